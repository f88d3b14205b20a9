"""The web edition: one file that works offline, without scripts, and sends no request.

The brief's own HTML, with its notes gathered into a list, its styles and script inside, and a
Content Security Policy (W3C CSP 3) that allows nothing else: what is fetched, what is submitted and
what runs is decided by the hashes in it. The evidence manifest travels in a data block.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from lxml import html as lxml_html

from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTES: Final = "notes"
"""The id of the section that takes the notes; the template says where it stands."""

_EVIDENCE: Final = re.compile(
    rb'<script type="application/json" id="evidence">(.*?)</script>', re.DOTALL
)


def write_web(page: str, *, css: str, script: str, manifest: bytes) -> bytes:
    """Make the web edition of the brief's HTML.

    `css` and `script` become part of the file; `manifest` is the canonical JSON that
    `manifest_in_html` gives back byte for byte. Raises EngineFault where the page has notes but no
    place for them, or where style or script would end their own element.
    """
    for name, text in (("style", css), ("script", script)):
        if f"</{name}" in text.lower():
            raise EngineFault(f"the web edition's {name} contains </{name}: take it out")
    root = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(encoding=None))
    _strip(root)
    _gather_notes(root)
    _label_cells(root)
    _let_figures_scroll(root)
    body: str = etree.tostring(root, method="html", encoding="unicode")
    # Put in as text: the policy's hashes are of these very bytes.
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(css, script)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="referrer" content="no-referrer">'
    )
    body = _once(body, "<head>", f"<head>{head}")
    body = _once(body, "</head>", f"<style>{css}</style></head>")
    data = _escape(manifest).decode("utf-8")
    tail = f'<script type="application/json" id="evidence">{data}</script><script>{script}</script>'
    body = _once(body, "</body>", f"{tail}</body>")
    return f"<!DOCTYPE html>\n{body}\n".encode()


def manifest_in_html(page: bytes) -> bytes | None:
    """Give the manifest that a web edition carries, as it was given; None where it has none."""
    found = _EVIDENCE.search(page)
    return _unescape(found[1]) if found else None


def _policy(css: str, script: str) -> str:
    return (
        "default-src 'none'; "
        f"style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _once(text: str, mark: str, replacement: str) -> str:
    before, found, after = text.partition(mark) if mark != "</body>" else text.rpartition(mark)
    if not found:
        raise EngineFault(f"the brief's template makes no {mark}")
    return before + replacement + after


def _escape(manifest: bytes) -> bytes:
    """Write JSON so that no markup can begin in it: the sign stands only within its strings."""
    return manifest.replace(b"<", b"\\u003C")


def _unescape(data: bytes) -> bytes:
    # The capital tells this escape from those that JSON writers make; one escape is taken after
    # the other, since a string's own text `\\u003C` must stay what it was.
    return re.sub(rb"\\(?:u003C|.)", lambda found: b"<" if len(found[0]) > 2 else found[0], data)


def _strip(root: Any) -> None:
    """Take out what the file has of its own or forbids: sheets, attributes of style, charset."""
    for element in root.xpath("//link | //style | //script | //meta[@charset]"):
        element.drop_tree()
    for element in root.xpath("//*[@style]"):
        del element.attrib["style"]


def _gather_notes(root: Any) -> None:
    notes = list(_notes(root))
    place = root.xpath(f"//*[@id='{NOTES}']")
    if not notes:
        for section in place:
            section.drop_tree()
        return
    if not place or place[0].find(".//ol") is None:
        raise EngineFault(f'the brief\'s template has no <section id="{NOTES}"> with a list in it')
    section = place[0]
    section.attrib.pop("hidden", None)
    label = section.attrib.pop("data-note", "%d")
    back = section.attrib.pop("data-back", "%d")
    items = section.find(".//ol")
    for number, note in enumerate(notes, 1):
        items.append(_item(note, number, back))
        _call(note, number, label)


def _notes(root: Any) -> Iterator[Any]:
    for element in root.iter("span"):
        if "note" in (element.get("class") or "").split():
            yield element


def _item(note: Any, number: int, back: str) -> Any:
    item = etree.Element("li", id=f"note-{number}")
    text = etree.SubElement(item, "span", {"class": "note-text"})
    text.text = note.text
    text.extend(list(note))
    text.tail = " "
    link = etree.SubElement(
        item,
        "a",
        {
            "href": f"#noteref-{number}",
            "role": "doc-backlink",
            "aria-label": back.replace("%d", str(number)),
        },
    )
    link.text = "↑"
    return item


def _call(note: Any, number: int, label: str) -> None:
    """Make the note's own element its call, so that the text around it stays where it is."""
    tail = note.tail
    identifier = note.get("id")
    note.clear()
    note.tail = tail
    note.tag = "sup"
    note.set("class", "noteref")
    if identifier:
        note.set("id", identifier)
    link = etree.SubElement(
        note,
        "a",
        {
            "id": f"noteref-{number}",
            "href": f"#note-{number}",
            "role": "doc-noteref",
            "aria-label": label.replace("%d", str(number)),
        },
    )
    link.text = str(number)


def _label_cells(root: Any) -> None:
    """Say above which cells a column's head stands: in a narrow window heads are not beside them.

    Roles that keep a table a table where it is laid out as blocks are the script's to give: HTML
    forbids an author to repeat what an element says already (W3C ARIA in HTML).
    """
    for table in root.iter("table"):
        heads = [" ".join(th.text_content().split()) for th in table.xpath("./thead/tr[1]/th")]
        for row in table.xpath("./tbody/tr"):
            column = 0
            for cell in row:
                if column < len(heads):
                    cell.set("data-label", heads[column])
                if not cell.text_content().strip():
                    cell.text = None
                column += int(cell.get("colspan") or 1)


def _let_figures_scroll(root: Any) -> None:
    """Give a drawing a frame that scrolls where the window is narrow, by keyboard as well."""
    for figure in root.iter("figure"):
        caption = figure.find("figcaption")
        for drawing in figure.findall("svg"):
            frame = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group"})
            if caption is not None:
                frame.set("aria-label", " ".join(caption.text_content().split()))
            drawing.addprevious(frame)
            frame.append(drawing)

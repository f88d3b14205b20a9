"""Make the web page: one file that works offline and without scripts, and sends no request.

It is the brief's own HTML with its notes gathered into a list and its styles and script inside. A
Content Security Policy (W3C CSP 3) allows these by their hashes and forbids all else. The evidence
manifest travels in a data block.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html
from lxml.builder import E

from sourcebrief.errors import EngineFault

NOTES: Final = "notes"
"""The id of the section that takes the notes; the template says where it stands."""

_FONT: Final = re.compile(r'url\("(fonts/[\w-]+\.woff2)"\)')
_CARRIED: Final = re.compile(
    rb'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL
)

_LESS_THAN: Final = rb"\u003C"


def write_web(page: str, *, css: str, script: str, carried: Mapping[str, bytes]) -> bytes:
    """Make the web page of the brief's HTML.

    `css` and `script` become part of the file, and so do the JSON files of `carried`, which
    `carried_in_html` returns byte for byte. Raises EngineFault where the page has notes but no
    place for them, or where style or script would end their own element.
    """
    for name, text in (("style", css), ("script", script)):
        if f"</{name}" in text.lower():
            raise EngineFault(f"the web edition's {name} contains </{name}: take it out")
    root: Any = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(encoding=None))
    # Out goes what the page itself brings or the policy forbids.
    for element in root.xpath("//link | //style | //script | //meta[@charset]"):
        element.drop_tree()
    etree.strip_attributes(root, "style")
    _gather_notes(root)
    _label_cells(root)
    head, body = root.find("head"), root.find("body")
    if head is None:
        raise EngineFault("the brief's template makes no <head>")
    head[:0] = [
        E.meta({"charset": "utf-8"}),
        E.meta({"http-equiv": "Content-Security-Policy", "content": content_policy(css, script)}),
        E.meta({"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        E.meta({"name": "color-scheme", "content": "light dark"}),
        E.meta({"name": "referrer", "content": "no-referrer"}),
    ]
    head.append(E.style(css))
    for name, content in carried.items():
        # No markup can begin in the JSON: "<" stands only within its strings.
        data = content.replace(b"<", _LESS_THAN).decode()
        body.append(E.script(data, type="application/json", id=name.removesuffix(".json")))
    body.append(E.script(script))
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n"


def content_policy(css: str, script: str) -> str:
    """Return the policy that allows a style sheet and a script, by the hashes of these bytes."""
    of_style, of_script = (
        "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (css, script)
    )
    return (
        f"default-src 'none'; style-src '{of_style}'; script-src '{of_script}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def with_fonts(css: str, read: Callable[[str], bytes]) -> str:
    """Put the fonts that a style sheet names, as `url("fonts/…")`, into it as data.

    `read` gives a file of the templates by its name.
    """
    return _FONT.sub(
        lambda found: f"url(data:font/woff2;base64,{b64encode(read(found[1])).decode()})", css
    )


def carried_in_html(page: bytes) -> dict[str, bytes]:
    """Return the JSON files that a web page carries, by name and byte for byte."""
    # Other JSON writers escape in lower case. The pattern reads one escape after the other, because
    # a string's own text `\\u003C` has to stay as it is.
    escape = rb"\\(?:u003C|.)"
    found: dict[str, bytes] = {}
    for name, data in _CARRIED.findall(page):
        content = re.sub(escape, lambda one: b"<" if len(one[0]) > 2 else one[0], data)
        found.setdefault(f"{name.decode()}.json", content)
    return found


def _gather_notes(root: Any) -> None:
    """Move the notes into their list; each keeps a link to its call, and the call one to it."""
    notes = root.xpath("//span[contains(concat(' ', @class, ' '), ' note ')]")
    section = root.get_element_by_id(NOTES, None)
    if not notes:
        if section is not None:
            section.drop_tree()
        return
    items = None if section is None else section.find(".//ol")
    if items is None:
        raise EngineFault(f'the brief\'s template has no <section id="{NOTES}"> with a list in it')
    section.attrib.pop("hidden", None)
    label, back = (section.attrib.pop(name, "%d") for name in ("data-note", "data-back"))
    for number, note in enumerate(notes, 1):
        text = E.span(note.text or "", *note, {"class": "note-text"})
        text.tail = " "
        link = {"href": f"#noteref-{number}", "role": "doc-backlink"}
        arrow = E.a("↑", link, {"aria-label": back.replace("%d", str(number))})
        items.append(E.li(text, arrow, id=f"note-{number}"))
        # The note's own element becomes its call, so that the text around it stays where it is.
        identifier = {"id": note.get("id")} if note.get("id") else {}
        note.clear(keep_tail=True)
        note.tag = "sup"
        note.attrib.update({"class": "noteref", **identifier})
        link = {"id": f"noteref-{number}", "href": f"#note-{number}", "role": "doc-noteref"}
        note.append(E.a(str(number), link, {"aria-label": label.replace("%d", str(number))}))


def _label_cells(root: Any) -> None:
    """Write each column's head on its cells, because a narrow window shows no heads above them.

    The script gives the roles that keep a table a table where it is laid out as blocks, because an
    author may not repeat the role that an element has (W3C ARIA in HTML).
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

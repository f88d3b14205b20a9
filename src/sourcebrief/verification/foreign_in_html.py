"""What a web page holds that no build writes, where it cannot be compared with one made again.

Its style sheet and script are those of the templates, to the letter. Where the page can be made
again, if by other versions, it is made as there.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from lxml import etree, html

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.write_web import content_policy
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.vocabulary import names

_SHOWN_BY_SCRIPT: Final = frozenset({"filter", "notes"})
"""What a page shows only where scripts run, by its id."""
_SCHEMES: Final = ("https:", "http:", "mailto:", "#")
_CARRIED: Final = frozenset({"evidence", "build-info"})
"""The data that a page carries, by the ids of their elements."""
_FIRST_STYLE: Final = "e96c9d8f316f6686429b609a8c193380a6ae66f5511e4e71864ede1517364677"
"""The SHA-256 of the style sheet of every page that the first edition built."""
_FIRST_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-hb9XhHqrn538bYjik22OnyvKwp+o6c9bfEz+x5uLKg4='; "
    "script-src 'sha256-rVzbuWChMgPxeMJ7ij72Ix7NiVSFqDeGUwp5fXj1kuI='; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
_SCRIPTS: Final = re.compile(rb"<script\b.*?</script", re.DOTALL)
_GIVE_THEM: Final = " here; give the folder of those that it was made with as --templates"

Style = tuple[str, str]
"""A style sheet and a script."""
Made = tuple[str, tuple[tuple[str, str], ...], str, str]
"""An element: its name, its attributes, the words that it begins with, those behind it."""


def foreign_in_html(sent: bytes, made: bytes | None, style: Style) -> list[str]:
    """Return what is foreign in a page, each kind once.

    `made` is the page made again, and `style` what the templates give every page.
    """
    root = html.document_fromstring(sent)
    found = list(_foreign_style(root, style))
    if made is None:
        found += _foreign(root)
    else:
        found += _otherwise_made(root, html.document_fromstring(made))
    if re.search(rb"<[!?]", sent.lstrip(b"\xef\xbb\xbf \t\r\n")[2:]):
        found.append("it holds a comment or a section that programs read differently")
    markup = _SCRIPTS.sub(b"", sent.lower())
    # A browser takes the attributes of a second one for those of the first, or a break from an end.
    tags = re.findall(rb"<(html|head|body|/br)\b", markup)
    if sorted(tags) != [b"body", b"head", b"html"]:
        found.append(
            "its tags are not as builds write them, so that browsers read them differently"
        )
    if sent.rpartition(b"</html>")[2].strip():
        found.append("something stands after its end")
    return list(dict.fromkeys(found))


def _foreign(root: Any) -> Iterator[str]:
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        if tag not in names("page elements"):
            yield f"it has the element {tag}, which no build writes"
        for name, value in element.attrib.items():
            if name not in names("page attributes") and not name.startswith("data-"):
                yield f"a {tag} has the attribute {name}, which no build writes"
            if name == "hidden" and element.get("id") not in _SHOWN_BY_SCRIPT:
                yield f"a {tag} is hidden: “{shorten(element.text_content(), 40)}”"
            if name == "dir":
                yield from _turned(element.text_content(), value)
            if name == "href" and not value.startswith(_SCHEMES):
                yield f"a link leads to {shorten(value, 60)}"


def _foreign_style(root: Any, style: Style) -> Iterator[str]:
    """What decides how a page looks and what it does, and does not come from the templates."""
    sheets = [_lines(one) for one in root.iter("style")]
    if sheets != [style[0].splitlines()] and _sha256(sheets) != _FIRST_STYLE:
        yield f"its style sheet, which could hide words, is not that of the templates{_GIVE_THEM}"
    scripts = [_lines(one) for one in root.iter("script") if not _is_data(one)]
    if scripts != [style[1].splitlines()]:
        yield f"its script, which could change words, is not that of the templates{_GIVE_THEM}"
    policies = {content_policy(*style), _FIRST_POLICY}
    for meta in root.iter("meta"):
        if (told := meta.get("http-equiv")) is not None and meta.get("content") not in policies:
            yield f"the page has an instruction for the browser: {shorten(told, 60)}"


def _lines(element: Any) -> list[str]:
    return (element.text or "").splitlines()


def _is_data(script: Any) -> bool:
    """Whether a script is data as builds write it: in the body, without a mark that could end it.

    A browser reads a script in a drawing as markup.
    """
    return (
        script.get("type") == "application/json"
        and script.get("id") in _CARRIED
        and script.getparent().tag == "body"
        and "<" not in (script.text or "")
    )


def _sha256(sheets: list[list[str]]) -> str:
    return hashlib.sha256(
        "\n".join(line for lines in sheets for line in lines).encode()
    ).hexdigest()


def _otherwise_made(root: Any, made: Any) -> Iterator[str]:
    """The first place where a page is another than the one made again, in marks or in words."""
    for ours, theirs in zip_longest(_elements(made), _elements(root)):
        if ours != theirs:
            name, attributes, words, _ = theirs or ours or ("", (), "", "")
            shown = " ".join([name, *(f'{key}="{value}"' for key, value in attributes)])
            place = f"<{shorten(shown, 60)}> “{shorten(words, 40)}”"
            yield f"from {place} on, it is another page than its evidence makes"
            return


def _elements(root: Any) -> Iterator[Made]:
    for one in root.iter(etree.Element):
        words = "" if one.get("id") == "build-info" else " ".join((one.text or "").split())
        yield (
            str(one.tag),
            tuple(sorted(one.attrib.items())),
            words,
            " ".join((one.tail or "").split()),
        )


def _turned(text: str, direction: str) -> Iterator[str]:
    if has_right_to_left(text) != (direction == "rtl"):
        yield f"“{shorten(text, 40)}” has another direction than its words"

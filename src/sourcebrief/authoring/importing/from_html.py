"""HTML pages: trafilatura finds the main text, and the metadata are read separately.

Only this module imports trafilatura. Nothing is fetched.
"""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree, html

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    UnreadableDocument,
    marked_encoding,
    text_of_pages,
)
from sourcebrief.authoring.importing.html_metadata import metadata_of

_LARGEST: Final = 64 * 1024 * 1024
_FOUND_BLOCKS: Final = frozenset(
    {"p", "head", "item", "row", "quote", "code", "list", "table", "div"}
)
_UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head"}
)
_FURNITURE: Final = frozenset(
    {"nav", "aside", "footer", "form", "button", "select", "dialog", "menu", "iframe"}
)
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_NEARLY_ALL: Final = 0.7
_ENOUGH: Final = 0.6
"""The share of a page's words below which its main text may lack something."""
_SOME: Final = 0.25
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def read_html(data: bytes, encoding: str | None = None) -> Extraction:
    """Read a page as it was saved. Raises UnreadableDocument where it holds no text of its own."""
    if len(data) > _LARGEST:
        size = _LARGEST // 1024 // 1024
        raise UnreadableDocument(f"it has more than {size} MiB; save the page again")
    source = _XML.sub("", _decode(data, encoding)).replace("\x00", "")
    try:
        tree = html.document_fromstring(source, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableDocument("it is not HTML; save the page again") from None
    whole = paragraphs_of_page(tree)
    paragraphs, remarks = _chosen(list(_main_text(source)), whole, tree)
    if not any(any(map(str.isalnum, text)) for text in paragraphs):
        raise UnreadableDocument(
            "no text was found in it: a script may make its text; print the page to PDF"
        )
    return Extraction(text_of_pages([paragraphs]), metadata_of(tree), remarks=remarks)


def paragraphs_of_page(tree: Any) -> list[str]:
    """Return the paragraphs of a parsed page; a table's row is one."""
    return list(_paragraphs(tree, _role_on_page))


def _chosen(main: list[str], whole: list[str], tree: Any) -> tuple[list[str], tuple[str, ...]]:
    """Choose between the main text of a page and the whole, with what to say about it."""
    ours, every = _count(main), _count(whole)
    share = ours / every if every else 1.0
    if share >= _NEARLY_ALL and next(tree.iter(*_FURNITURE), None) is None:
        return whole, ()
    if share >= _ENOUGH:
        return main, ()
    if share >= _SOME:
        counts = f"{ours:,} of the {every:,} words on the page"
        return main, (f"its main text is {counts}; check whether anything is missing",)
    return whole, ("its main text was not recognised: list under `ignore` what is not part of it",)


def _count(paragraphs: list[str]) -> int:
    return sum(len(text.split()) for text in paragraphs)


def _decode(data: bytes, encoding: str | None) -> str:
    """Decode as browsers do, by the mark, what the user says, what the page says, or UTF-8."""
    declared = _CHARSET.search(data[:4096])
    names = (marked_encoding(data) or encoding, declared and declared[1].decode("ascii"), "utf-8")
    for name in filter(None, names):
        # The WHATWG Encoding Standard reads these two names as windows-1252.
        known = "windows-1252" if name.lower() in ("iso-8859-1", "us-ascii") else name
        try:
            return data.decode(known).removeprefix("\ufeff")
        except (UnicodeError, LookupError):
            continue
    raise UnreadableDocument(
        "its encoding is not known; say which it is, as --encoding windows-1252"
    )


def _main_text(source: str) -> Iterator[str]:
    import trafilatura
    from trafilatura.settings import use_config

    # Below its least size, trafilatura would run the paragraphs of a short text together.
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    logging.disable(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            source,
            include_comments=False,
            include_tables=True,
            include_links=False,
            deduplicate=False,
            with_metadata=False,
            favor_recall=True,
            config=settings,
        )
    finally:
        logging.disable(logging.NOTSET)
    body = getattr(found, "body", None)
    if body is not None:
        yield from _paragraphs(body, _role_in_main_text)


def _paragraphs(element: Any, role_of: Callable[[Any], str | None]) -> Iterator[str]:
    """Yield the paragraphs of an element; `role_of` says how a child contributes, if at all."""
    words = _Gathered(element.text)
    for child in element:
        match role_of(child):
            case "line end":
                words.append("\n")
            case "row":
                yield from words.end()
                cells = (" ".join(_paragraphs(cell, role_of)) for cell in child)
                if row := "\t".join(filter(None, (" ".join(cell.split()) for cell in cells))):
                    yield row
            case "block":
                yield from words.end()
                yield from _paragraphs(child, role_of)
            case "inline":
                words.append(_opening(child) + "\n".join(_paragraphs(child, role_of)))
                words.append(_closing(child))
        words.append(_spaced(child.tail))
    yield from words.end()


def _role_in_main_text(element: Any) -> str | None:
    tag = element.tag
    if not isinstance(tag, str) or tag == "graphic":
        return None
    if tag in ("lb", "row"):
        return "line end" if tag == "lb" else "row"
    return "block" if tag in _FOUND_BLOCKS else "inline"


def _role_on_page(element: Any) -> str | None:
    tag = element.tag
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "hidden" in element.attrib or "display:none" in style
    if not isinstance(tag, str) or tag in _UNSEEN or tag in _FURNITURE or hidden:
        return None
    if tag in ("br", "tr"):
        return "line end" if tag == "br" else "row"
    return "inline" if tag in _INLINE else "block"


class _Gathered(list[str]):
    """The text of a paragraph, gathered piece by piece."""

    def __init__(self, text: str | None) -> None:
        super().__init__([_spaced(text)])

    def end(self) -> Iterator[str]:
        """Yield the paragraph, if there is one, and begin another."""
        text = "".join(self).strip()
        self.clear()
        if text:
            yield text


def _opening(element: Any) -> str:
    """Return the space at the beginning of an inline element, which `_paragraphs` strips."""
    return " " if (element.text or "")[:1].isspace() else ""


def _closing(element: Any) -> str:
    """Return the space at the end of an inline element, which `_paragraphs` strips."""
    last = element[-1].tail if len(element) else element.text
    return " " if (last or "")[-1:].isspace() and (last or "").strip() else ""


def _spaced(text: str | None) -> str:
    # A line end in HTML is a space.
    return re.sub(r"[\t\n\r\f ]+", " ", text or "")

"""HTML pages: trafilatura finds the main text, their own metadata are read as they stand.

This module alone imports trafilatura. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree, html

from sourcebrief.authoring.importing.extracted import Document, Unreadable, text_of
from sourcebrief.authoring.importing.html_metadata import metadata_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def read_html(data: bytes, encoding: str | None = None) -> Document:
    """Read a page as it was saved. Raises Unreadable where it holds no text of its own."""
    if len(data) > _LARGEST:
        raise Unreadable(f"it has more than {_LARGEST // 1024 // 1024} MiB; save the page anew")
    source = _XML.sub("", _decode(data, encoding)).replace("\x00", "")
    try:
        tree = html.document_fromstring(source, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"it is no HTML ({_first_words(error)})") from None
    metadata = metadata_of(tree)
    found, remarks = _chosen(list(_main_text(source)), tree)
    if not any(any(map(str.isalnum, text)) for text in found):
        way_out = "its text may be made by a script; print the page to PDF"
        raise Unreadable(f"no text was found in it: {way_out}")
    return Document(text_of(found), metadata, remarks=remarks)


def _chosen(main: list[str], tree: Any) -> tuple[list[str], tuple[str, ...]]:
    """The main text, or the whole where nothing around it has to go, or nearly all would."""
    whole = list(_seen(tree))
    ours, every = _count(main), _count(whole)
    share = ours / every if every else 1.0
    if share >= _NEARLY_ALL and next(tree.iter(*_FURNITURE), None) is None:
        return whole, ()
    if share >= _ENOUGH:
        return main, ()
    if share >= _SOME:
        counts = f"{ours:,} of the {every:,} words on the page"
        return main, (f"its main text is {counts}; see whether anything is missing",)
    return whole, ("its main text was not recognised: name under ignore what is not of it",)


def _count(paragraphs: list[str]) -> int:
    return sum(len(text.split()) for text in paragraphs)


def _decode(data: bytes, encoding: str | None) -> str:
    """Decode as browsers do: the mark, what is said from outside, what the page says, UTF-8."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    declared = _CHARSET.search(data[:4096])
    names = [marked or encoding, declared[1].decode("ascii") if declared else None, "utf-8"]
    for name in filter(None, names):
        # The WHATWG Encoding Standard reads these two names as windows-1252.
        known = "windows-1252" if name.lower() in ("iso-8859-1", "us-ascii") else name
        try:
            return data.decode(known).removeprefix("\ufeff")
        except (UnicodeError, LookupError):
            continue
    raise Unreadable("its encoding is not known; say which it is, as --encoding windows-1252")


def _main_text(source: str) -> Iterator[str]:
    import trafilatura
    from trafilatura.settings import use_config

    # Without its floor: a short text is one too, and its paragraphs are not to be run together.
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
        yield from _paragraphs(body)


def _flushed(words: list[str]) -> Iterator[str]:
    """End a paragraph: what was gathered of it, if anything, and nothing is gathered any more."""
    text = "".join(words).strip()
    words.clear()
    if text:
        yield text


def _paragraphs(element: Any) -> Iterator[str]:
    """The paragraphs of trafilatura's body; a row of a table is one, its cells parted by tabs."""
    words: list[str] = []
    words.append(_spaced(element.text))
    for child in element:
        if not isinstance(child.tag, str):
            pass
        elif child.tag == "lb":
            words.append("\n")
        elif child.tag == "row":
            yield from _flushed(words)
            cells = [" ".join(" ".join(_paragraphs(cell)).split()) for cell in child]
            if any(cells):
                yield "\t".join(cell for cell in cells if cell)
        elif child.tag in _FOUND_BLOCKS:
            yield from _flushed(words)
            yield from _paragraphs(child)
        elif child.tag != "graphic":
            inner = list(_paragraphs(child))
            words.append(" ".join(inner) if len(inner) < 2 else "\n".join(inner))
        words.append(_spaced(child.tail))
    yield from _flushed(words)


def _seen(element: Any) -> Iterator[str]:
    """The paragraphs of all that a page shows outside its furniture, as `_paragraphs` has them."""
    words: list[str] = []
    words.append(_spaced(element.text))
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _UNSEEN or tag in _FURNITURE or _hidden(child):
            pass
        elif tag == "br":
            words.append("\n")
        elif tag == "tr":
            yield from _flushed(words)
            cells = [" ".join(" ".join(_seen(cell)).split()) for cell in child]
            if any(cells):
                yield "\t".join(cell for cell in cells if cell)
        elif tag in _INLINE:
            inner = list(_seen(child))
            opening = " " if (child.text or "")[:1].isspace() else ""
            words.append(opening + "\n".join(inner) + _closing(child))
        else:
            yield from _flushed(words)
            yield from _seen(child)
        words.append(_spaced(child.tail))
    yield from _flushed(words)


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "hidden" in element.attrib or "display:none" in style


def _closing(element: Any) -> str:
    """The space at an inline element's end, which `_seen` strips."""
    last = element[-1].tail if len(element) else element.text
    return " " if (last or "")[-1:].isspace() and (last or "").strip() else ""


def _spaced(text: str | None) -> str:
    # A line end in HTML is a space.
    return re.sub(r"[\t\n\r\f ]+", " ", text or "")


def _first_words(error: Exception) -> str:
    return " ".join(str(error).split())[:100]

"""HTML pages: trafilatura finds the main text, and the metadata are read separately.

Only this module imports trafilatura. Nothing is fetched.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from itertools import pairwise
from typing import Any, Final

from lxml import etree, html

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    UnreadableDocument,
    decoded,
    letters_of,
    marked_encoding,
    text_of_pages,
)
from sourcebrief.authoring.importing.html_metadata import is_doubtful_title, metadata_of, site_name
from sourcebrief.authoring.importing.page_cleaning import INLINE, UNSEEN, cleaned

_FOUND_BLOCKS: Final = frozenset(
    {"p", "head", "item", "row", "quote", "code", "list", "table", "div"}
)
_FEWEST_WORDS: Final = 40
"""A main text of fewer words says nothing about the rest of a page."""
_SOME: Final = 0.05
"""The share of a page's words that its main text has at least, or it was not recognised."""
_NEAR: Final = 2
"""So many paragraphs between two of the main text belong to it."""
_MOST_BYLINES: Final = 25
"""How far below its title a main text may begin; what lies between may be names, dates, buttons."""
_CLOSE: Final = 6
_FEW: Final = 5
"""More words than a button has."""
_HEADLINE: Final = 7
"""A paragraph that is one link and has more words than this is a headline elsewhere."""
_NEARLY: Final = 0.8
_LETTER = re.compile(r"[^\W_]")
_LINKED: Final = "\ue000"
"""Stands for each letter of a link."""
_BYLINE = re.compile(r"(?i)\b(?:19|20)[0-9]{2}\b|^\W*(?:by|par|por|von|de|di|da)\s+\w")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def read_html(data: bytes, encoding: str | None = None) -> Extraction:
    """Read a page as it was saved. Raises UnreadableDocument where it holds no text of its own."""
    source = _decode(data, encoding)
    tree = _parsed(source)
    metadata = metadata_of(tree)
    remarks = [*_disagreement(data, encoding), *cleaned(tree)]
    if (site := site_name(tree)) != metadata.container_title:
        remarks.append(
            f"its site calls itself “{site}”, of which “{metadata.container_title}” is taken for "
            "the name; correct the entry where that is not all of it"
        )
    paragraphs = paragraphs_of_page(tree)
    if not any(any(map(str.isalnum, text)) for text in paragraphs):
        raise UnreadableDocument(
            "no text was found in it: a script may make its text; print the page to PDF"
        )
    links = _only_links(tree)
    for much in (True, False):
        main = list(_main_text(tree, much))
        ignored = _other_columns(paragraphs, main, metadata.title, links)
        if ignored is not None:
            break
    if ignored is None:
        remarks.append(
            "its main text was not recognised: list under `ignore` what is not part of it"
        )
    return Extraction(
        text_of_pages([paragraphs]),
        metadata,
        remarks=tuple(remarks),
        ignored=ignored or (),
        title_doubtful=is_doubtful_title(metadata),
    )


def paragraphs_of_source(source: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of HTML that is part of another document, and remarks on them."""
    tree = _parsed(source)
    remarks = cleaned(tree)
    return paragraphs_of_page(tree), remarks


def _parsed(source: str) -> Any:
    source = _XML.sub("", source).replace("\x00", "")
    try:
        tree: Any = html.document_fromstring(source, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableDocument("it is not HTML; save the page again") from None
    for frame in list(tree.xpath("//iframe[normalize-space(@srcdoc)]")):
        # A page within the page, which is part of the file.
        frame.tag = "div"
        frame[:] = [_parsed(f"<div>{frame.attrib.pop('srcdoc')}</div>")]
    return tree


def paragraphs_of_page(tree: Any) -> list[str]:
    """Return the paragraphs of a parsed page; a table's row is one."""
    return list(_paragraphs(tree, _role_on_page))


def _only_links(tree: Any) -> frozenset[int]:
    """Return the paragraphs, counted from 1, of which every letter is part of a link elsewhere."""
    tree = deepcopy(tree)
    for link in tree.iter("a"):
        if not link.get("href", "#").startswith("#"):
            for part in link.iter():
                part.text = _LETTER.sub(_LINKED, part.text or "")
                if part is not link:
                    part.tail = _LETTER.sub(_LINKED, part.tail or "")
    texts = enumerate(paragraphs_of_page(tree), 1)
    return frozenset(
        n
        for n, text in texts
        if _LINKED in text and not _LETTER.search(text) and "\t" not in text and text[0] != "^"
    )


def _other_columns(
    paragraphs: list[str], main: list[str], title: str | None, links: frozenset[int]
) -> tuple[int, ...] | None:
    """Return the paragraphs, counted from 1, that are not of a page's main text.

    None where the main text was not recognised. What stands between paragraphs of the main text
    belongs to it, but for `links`, which are menus and other headlines. So do its title, and what
    stands below that with a date, a name or a few words more.
    """
    ours, every = _count(main), _count(paragraphs)
    if ours < min(_FEWEST_WORDS, every / 2) or ours < _SOME * every:
        return None
    found = "".join(letters_of(text) for text in main)
    belongs = [
        number for number, text in enumerate(paragraphs, 1) if (letters_of(text) or "-") in found
    ]
    kept = set(belongs)
    for before, after in pairwise(belongs):
        between = paragraphs[before : after - 1]
        # A long table of figures is part of a text, though it is not found as one.
        if len(between) <= _NEAR or 2 * sum("\t" in text for text in between) > len(between):
            kept.update(range(before, after))
    # One that stands alone among others was found by chance.
    kept -= {n for n in kept if not kept & {n - 1, n + 1} and _words(paragraphs[n - 1]) < 8}
    words = [_words(text) for text in paragraphs]
    links &= kept
    in_a_list = {n for n in links if len({n - 2, n - 1, n + 1, n + 2} & links) > 1}
    kept -= in_a_list | {n for n in links if words[n - 1] > _HEADLINE}
    begins = _title_above(paragraphs, kept, title)
    if begins is not None:
        kept = {begins, *(n for n in kept if n > begins)}
        first = min(kept - {begins}, default=begins)
        for n in range(max(begins, first - _MOST_BYLINES), first):
            if words[n - 1] > _FEW:
                kept |= {n} - links
            elif first - n <= _CLOSE or _BYLINE.search(paragraphs[n - 1]):
                kept.add(n)
    return tuple(number for number in range(1, len(paragraphs) + 1) if number not in kept)


def _title_above(paragraphs: list[str], kept: set[int], title: str | None) -> int | None:
    """Return the last paragraph that is the title and has nearly all of the main text below it."""
    whole = letters_of(title or "")
    found = None
    for number, text in enumerate(paragraphs, 1):
        letters = letters_of(text)
        if letters in whole and 2 * len(letters) > len(whole):
            below = _count([paragraphs[n - 1] for n in kept if n >= number])
            if below < _NEARLY * _count([paragraphs[n - 1] for n in kept]):
                break
            found = number
    return found


def _count(paragraphs: list[str]) -> int:
    return sum(map(_words, paragraphs))


def _words(text: str) -> int:
    """Count the words; where nothing parts them, five letters are one."""
    return max(len(text.split()), len(letters_of(text)) // 5)


def _decode(data: bytes, encoding: str | None) -> str:
    """Decode by the mark, by what the user says, as UTF-8, by what the page says.

    Bytes that are UTF-8 and not ASCII are hardly ever anything else, whatever the page says.
    """
    text = decoded(data, marked_encoding(data) or encoding, "utf-8", _named(data))
    if text is not None:
        return text
    raise UnreadableDocument(
        "its encoding is not known; say which it is, as --encoding windows-1252"
    )


def _named(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else None


def _disagreement(data: bytes, encoding: str | None) -> Iterator[str]:
    """Say that a page is in UTF-8 and names another encoding."""
    name = _named(data)
    if encoding or marked_encoding(data) or data.isascii() or name in (None, "utf-8", "utf8"):
        return
    with suppress(UnicodeError):
        data.decode("utf-8")
        yield (
            f"it says that it is in {name}, but its bytes are UTF-8 and were read so; "
            "--encoding decides otherwise"
        )


def _main_text(tree: Any, much: bool) -> Iterator[str]:
    """Yield what trafilatura takes for the main text; `much`: rather too much of it."""
    import trafilatura
    from trafilatura.settings import use_config

    # Below its least size, trafilatura would run the paragraphs of a short text together.
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    logging.disable(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree),
            include_comments=False,
            include_tables=True,
            include_links=False,
            deduplicate=False,
            with_metadata=False,
            favor_recall=much,
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
                yield from _row([list(_paragraphs(cell, role_of)) for cell in child])
            case "block":
                yield from words.end()
                yield from _paragraphs(child, role_of)
            case "inline":
                words.append(_inline(child, role_of))
        words.append(_spaced(child.tail))
    yield from words.end()


def _inline(element: Any, role_of: Callable[[Any], str | None]) -> str:
    """Return the text of an element within a paragraph."""
    words = [_spaced(element.text)]
    for child in element:
        role = role_of(child)
        words.append("\n" if role == "line end" else _inline(child, role_of) if role else "")
        words.append(_spaced(child.tail))
    return "".join(words)


def _row(cells: list[list[str]]) -> Iterator[str]:
    """Yield a table's row as one paragraph; a cell with several keeps them, to be quoted whole."""
    if any(len(cell) > 1 for cell in cells):
        yield from (text for cell in cells for text in cell)
    elif row := "\t".join(" ".join(text.split()) for cell in cells for text in cell):
        yield row


def _role_in_main_text(element: Any) -> str | None:
    tag = element.tag
    if not isinstance(tag, str) or tag == "graphic":
        return None
    if tag in ("lb", "row"):
        return "line end" if tag == "lb" else "row"
    return "block" if tag in _FOUND_BLOCKS else "inline"


def _role_on_page(element: Any) -> str | None:
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN:
        return None
    if tag in ("br", "tr"):
        return "line end" if tag == "br" else "row"
    # Blocks within `a` or `span` part paragraphs as they do outside.
    inline = _is_inline(tag) and all(
        map(_is_inline, (one.tag for one in element.iterdescendants()))
    )
    return "inline" if inline else "block"


def _is_inline(tag: Any) -> bool:
    unseen = not isinstance(tag, str) or tag in UNSEEN
    return unseen or tag in INLINE or tag == "br" or ":" in tag


class _Gathered(list[str]):
    """The text of a paragraph, gathered piece by piece."""

    def __init__(self, text: str | None) -> None:
        super().__init__([_spaced(text)])

    def end(self) -> Iterator[str]:
        """Yield the paragraph, or those that blank lines part in it, and begin another."""
        text = "".join(self)
        self.clear()
        yield from filter(None, map(str.strip, _BLANK_LINE.split(text)))


def _spaced(text: str | None) -> str:
    # A line end in HTML is a space.
    return re.sub(r"[\t\n\r\f ]+", " ", text or "")

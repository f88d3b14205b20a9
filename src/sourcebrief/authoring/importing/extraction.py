"""What an extractor finds in a document: its text as a seed has it, and its metadata.

Dates become EDTF and languages BCP 47.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from sourcebrief.dates.cldr import LanguageError, month_names
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.in_text import find_dates
from sourcebrief.evidence.passages import PAGE_BREAK
from sourcebrief.text.characters import (
    BINARY,
    HYPHENS,
    NOT_IN_XML_OR_YAML,
    REPLACEMENT,
    SOFT_HYPHEN,
    VANISHING_CLASS,
)

MOST_CHARACTERS: Final = 20_000_000
"""The most text that one seed may have."""
_MOST_METADATA: Final = 2_000
_HEAD: Final = 10_000
"""The characters in which a document's title stands."""
# The mark of UTF-32 begins with that of UTF-16, so it is tried first.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# ISO 8601, extended or basic, with or without a time; PDF's D:20190720123000+02'00' (ISO 32000-2).
_ISO = re.compile(
    r"(?:D:)?(?P<year>[12][0-9]{3})"
    r"(?:(?P<parting>[-/.]?)(?P<month>[01][0-9])(?:(?P=parting)(?P<day>[0-3][0-9]))?)?"
    r"(?:(?:T| +|(?<=[0-9]{8}))[0-9]{2}[0-9:.,]*[^\n]{0,12})?"
)
_YEARS = re.compile(r"([12][0-9]{3})\s*[-–]\s*([12][0-9]{3})")
_CIRCA = re.compile(
    r"(?i)^(?:circa|ca?\.?|about|around|approx(?:imately|\.)?|hacia|vers|um)\s*(?=[\[\w])"
)
# The hyphens of 30-Mar-2020.
_HYPHENS_IN_DATE = re.compile(r"(?<=[0-9])-(?=[^\W\d_])|(?<=[^\W\d_])-(?=[0-9])")
_CODECS: Final = {
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean"), "cp949"),
    **dict.fromkeys(("tis-620", "windows-874", "iso-8859-11"), "cp874"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "windows-1254",
}
_NO_TEXT: Final = frozenset({"Cn", "Co", "Cs"})
_INVISIBLE = re.compile(f"[{VANISHING_CLASS}]")
_BULLET = re.compile(r"(?m)^[\uf000-\uf0ff](?=\s)")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\s*\n\s*")


class UnreadableDocument(Exception):  # noqa: N818 - it names what the document is
    """A document cannot become a seed. The message says why and what to do, in one line."""


class DamagedDocument(UnreadableDocument):
    """A PDF that some programs repair while they read it."""


class ScannedDocument(UnreadableDocument):
    """A PDF of pictures, whose text a program can recognise."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself; None where it says nothing.

    `issued` is EDTF, and `issued_from` names the field that it comes from. `type` is a CSL type.
    """

    title: str | None = None
    publisher: str | None = None
    container_title: str | None = None
    issued: str | None = None
    issued_from: str | None = None
    language: str | None = None
    url: str | None = None
    doi: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of a document and its metadata.

    `title_proposed` is a line of the text that may be its title, where the metadata have none;
    `title_doubtful` says that theirs may be that of a site, or of another document.
    `remarks` say what was left out or looks wrong. `recognised`: a program read it from
    a picture. `ignored` are the paragraphs, counted from 1, that are not the document.
    """

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    title_proposed: str | None = None
    remarks: tuple[str, ...] = ()
    title_doubtful: bool = False
    recognised: bool = False
    ignored: tuple[int, ...] = ()


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names, or the zeros of UTF-16 without a mark."""
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    odd, even = data[1:64:2], data[:64:2]
    if marked is None and len(data) > 3 and not (any(odd) and any(even)):
        return "utf-16-be" if any(odd) else "utf-16-le"
    if marked is None and b"\0" in data[:_HEAD]:
        # In the wrong order a line feed is U+0A00, which is no character.
        fitting = [name for name in ("utf-16-le", "utf-16-be") if _is_text(data[:_HEAD], name)]
        return fitting[0] if len(fitting) == 1 else None
    return marked


def _is_text(data: bytes, encoding: str) -> bool:
    text = data.decode(encoding, "ignore")
    return not BINARY.search(text) and all(unicodedata.category(c) not in _NO_TEXT for c in text)


def decoded(data: bytes, *encodings: str | None) -> str | None:
    """Decode by the first encoding that fits; their names are read as browsers read them.

    None where none fits (https://encoding.spec.whatwg.org).
    """
    for name in filter(None, encodings):
        with suppress(UnicodeError, LookupError):  # LookupError also for a codec that is none
            return data.decode(_CODECS.get(name.lower(), name)).removeprefix("\ufeff")
    return None


def one_line(words: object) -> str | None:
    """Return metadata as one line without invisible characters; None where nothing is left."""
    if not isinstance(words, str):
        return None
    text = NOT_IN_XML_OR_YAML.sub(" ", _INVISIBLE.sub("", words[: 4 * _MOST_METADATA]))
    return " ".join(text.split())[:_MOST_METADATA].rstrip() or None


def letters_of(text: str) -> str:
    """Return the letters and figures of a text alone, in lower case."""
    return "".join(filter(str.isalnum, text)).casefold()


def is_foreign_title(title: str | None, text: str) -> bool:
    """Say whether a title does not stand at a document's head: it may be that of its template."""
    return bool(title) and letters_of(title or "") not in letters_of(text[:_HEAD])


def text_of_pages(pages: Sequence[Sequence[str]], continued: frozenset[int] = frozenset()) -> str:
    """Make the text of a seed out of the paragraphs of each page.

    Blank lines separate paragraphs, U+000C separates pages, and line ends within a paragraph stay.
    `continued` holds the indices of the pages that begin with the rest of the paragraph before.
    Characters that XML or YAML cannot hold become U+FFFD. Raises UnreadableDocument where there is
    no word or too much text.
    """
    cleaned = [[text for text in map(_clean, page) if text] for page in pages]
    if sum(len(text) for page in cleaned for text in page) > MOST_CHARACTERS:
        raise UnreadableDocument(f"it has more than {MOST_CHARACTERS:,} characters; divide it")
    # In a seed without a blank line each line would be a paragraph.
    if sum(map(len, cleaned)) == 1:
        cleaned = [list(map(_unwrapped, page)) for page in cleaned]
    elif sum(map(len, cleaned)) - len(continued) == 1:
        continued = frozenset()
    parts: list[str] = []
    for number, page in enumerate(cleaned):
        if number:
            joins = number in continued and bool(page) and bool(cleaned[number - 1])
            parts.append(("\n" if joins else "\n\n") + PAGE_BREAK)
        parts.append("\n\n".join(page))
    text = "".join(parts)
    if not any(map(str.isalnum, text)):
        raise UnreadableDocument("it holds no text")
    return text + "\n"


def _clean(paragraph: str) -> str:
    text = paragraph.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = NOT_IN_XML_OR_YAML.sub(REPLACEMENT, text.replace(PAGE_BREAK, " ").replace("\x85", "\n"))
    return _BULLET.sub("•", _LINE_ENDS.sub("\n", _SPACES.sub(" ", text)).strip())


def _unwrapped(paragraph: str) -> str:
    """Put a paragraph on one line; a hyphen that divides a word becomes a soft hyphen."""
    first, *rest = paragraph.split("\n")
    for line in rest:
        divided = (
            first.endswith((*HYPHENS, SOFT_HYPHEN))
            and first[-2:-1].isalpha()
            and line[:1].islower()
        )
        first = f"{first[:-1]}{SOFT_HYPHEN}{line}" if divided else f"{first} {line}"
    return first


def edtf_of(written: object, language: str | None = None) -> str | None:
    """Return a date of metadata as EDTF, to the precision that it has; None where it is not a date.

    The day is the one that is written, whatever the time zone. Month names are read in `language`
    and in English.
    """
    if not isinstance(written, str) or len(written) > 100:
        return None
    text = written.strip()
    if found := _ISO.fullmatch(text):
        parts = [found["year"], found["month"], found["day"]]
        return _checked("-".join(part for part in parts if part))
    if found := _YEARS.fullmatch(text):
        return _checked(f"{found[1]}/{found[2]}")
    plain = _HYPHENS_IN_DATE.sub(" ", _CIRCA.sub("", text))
    qualifier = "~" if _CIRCA.match(text) else ""
    if text.endswith("?"):
        qualifier = "%" if qualifier else "?"
    for tongue in dict.fromkeys((language or "en", "en")):
        try:
            named = find_dates(plain, tongue)
        except LanguageError:
            continue
        if len(named) == 1 and len(named[0].dates) == 1 and not named[0].dates[0].decade:
            date = named[0].dates[0]
            rest = plain[: named[0].start] + plain[named[0].end :]
            if date.day is None and any(map(str.isalnum, rest)):
                return None  # the words say more than was understood
            words = f"{date.year:04}"
            if date.month is not None:
                words += f"-{date.month:02}" + ("" if date.day is None else f"-{date.day:02}")
            return _checked(words + qualifier)
    return None


def _checked(text: str) -> str | None:
    try:
        return parse_edtf(text).text
    except EDTFError:
        return None


def first_date(
    written: Iterable[tuple[str, object]], language: str | None
) -> tuple[str | None, str | None]:
    """Return the first field that is a date, as EDTF, and its name; None and None without one."""
    for name, words in written:
        if date := edtf_of(words, language):
            return date, name
    return None, None


def language_of(written: object) -> str | None:
    """Return a language of metadata (`es_EC`, `en-US`) as BCP 47; None where CLDR lacks it."""
    if not isinstance(written, str) or not written.strip() or len(written) > 40:
        return None
    tag = written.split(",")[0].split(";")[0].split(".")[0].strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag) or tag.lower() == "und":
        return None
    language, *rest = tag.split("-")
    tag = "-".join([language.lower(), *(r.upper() if len(r) == 2 else r for r in rest)])
    try:
        month_names(tag)
    except LanguageError:
        return None
    return tag

"""Compare a PDF with the same document made again, object by object.

Programs that save a PDF again pack and number its objects anew, and describe it anew. None of that
counts. All else does, because what a build does not write can show what the evidence does not say.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf

from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.words_of_pdf import opened

MOST_OBJECTS: Final = 2_000_000
_PACKING: Final = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
_OF_CATALOGUE: Final = frozenset({"/Metadata"})
"""What the catalogue says of the document, and of who saved it when."""
_DESCRIBED: Final = ("dc:title", "dc:creator", "dc:description", "dc:subject")
_OF_PAGE: Final = frozenset({"/Contents", "/Parent"})
"""The streams of a page are compared by what they draw, the tree of pages below the catalogue."""
_COMPOUND: Final = (pikepdf.Stream, pikepdf.Dictionary, pikepdf.Array)
_PARTS: Final = {
    "/Annots": "an annotation",
    "/Contents": "what is drawn",
    "/Resources": "a font, colour or picture",
    "/StructTreeRoot": "the order in which it is read",
    "/Names": "an attached or named file",
    "/Outlines": "a bookmark",
    "/OpenAction": "what happens when it is opened",
    "/AA": "an action",
    "/OCProperties": "a layer",
    "/AcroForm": "a form",
    "/CropBox": "the part of the page that is shown",
    "/MediaBox": "the size of the page",
    "/Rotate": "how the page is turned",
    **dict.fromkeys(("/Title", "/dc:title"), "its title"),
    **dict.fromkeys(("/Author", "/dc:creator"), "its author"),
}
"""What a message calls the entries of the catalogue and of a page."""


def pdf_differences(sent: bytes, made: bytes) -> list[str]:
    """Return where a PDF differs from the one made again, each place once."""
    with opened(sent) as one, pikepdf.open(BytesIO(made)) as other:
        return list(dict.fromkeys(_differences(one, other)))


def _differences(sent: pikepdf.Pdf, made: pikepdf.Pdf) -> Iterator[str]:
    yield from ambiguities(sent)
    if len(sent.pages) != len(made.pages):
        yield f"it has {len(sent.pages)} pages, and {len(made.pages)} when it is made again"
        return
    seen: set[tuple[Any, Any]] = set()
    # What is reached from several places is named by the first page that leads there.
    for number, (one, other) in enumerate(zip(sent.pages, made.pages, strict=True), 1):
        yield from _below(f"page {number}", one.obj, other.obj, _OF_PAGE, seen)
        if _instructions(one) != _instructions(other):
            yield _in_words(f"page {number}", "/Contents")
    yield from _below("the document", sent.Root, made.Root, _OF_CATALOGUE, seen)
    yield from other_descriptions(sent, made)


def ambiguities(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Say whether viewers may read a PDF differently, such as one with two entries of one name."""
    objects = sum(1 for _ in pdf.objects)
    if pdf.get_warnings() and objects:
        yield "its objects are not as a PDF has them, so that viewers may read them differently"


def other_descriptions(sent: pikepdf.Pdf, made: pikepdf.Pdf) -> Iterator[str]:
    """Yield what a PDF says of itself, such as its title, otherwise than the one made again."""
    expected = _said_of_itself(made)
    for name, words in _said_of_itself(sent).items():
        if words not in (None, expected[name]):
            yield _in_words("the document", name)


def _said_of_itself(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The title, author, subject and keywords, which a program that saves it again may drop."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        found = {f"/{name}": packet.get(name) for name in _DESCRIBED}
    named = ("/Title", "/Author", "/Subject", "/Keywords")
    return found | {name: pdf.docinfo.get(name) for name in named}


def _below(
    place: str, top: Any, made_top: Any, ignored: frozenset[str], seen: set[tuple[Any, Any]]
) -> Iterator[str]:
    """Yield the entries of two dictionaries whose values, or what they lead to, differ."""
    stack = [("", top, made_top)]
    while stack:
        part, one, other = stack.pop()
        kind = _kind(one)
        if kind is not _kind(other):
            yield _in_words(place, part)
            continue
        if kind in _COMPOUND and (one.is_indirect or other.is_indirect):
            pair = one.objgen, other.objgen
            if pair in seen:
                continue
            seen.add(pair)
            if len(seen) > MOST_OBJECTS:
                raise NotABrief("its objects have no end")
        if kind is pikepdf.Array:
            if len(one) != len(other):
                yield _in_words(place, part)
            stack += [(part, *pair) for pair in zip(one, other, strict=False)]
        elif kind in _COMPOUND:
            skipped = _PACKING if kind is pikepdf.Stream else frozenset()
            for key in sorted(
                (set(one.keys()) | set(other.keys())) - (skipped if part else ignored)
            ):
                if key in one and key in other:
                    stack.append((part or key, one[key], other[key]))
                else:
                    yield _in_words(place, part or key)
            if kind is pikepdf.Stream and _content(one) != _content(other):
                yield _in_words(place, part)
        elif one != other:
            yield _in_words(place, part)


def _content(stream: Any) -> bytes:
    """What is packed in a stream; a picture that pikepdf does not unpack, as it is."""
    try:
        unpacked: bytes = stream.read_bytes()
    except pikepdf.PdfError:
        unpacked = stream.read_raw_bytes()
    return unpacked


def _kind(value: Any) -> type:
    return next((kind for kind in _COMPOUND if isinstance(value, kind)), type(value))


def _instructions(page: pikepdf.Page) -> tuple[bytes, set[str]]:
    """What a page draws, however its streams are divided and spaced, and what else these have."""
    contents: Any = page.obj.get("/Contents", [])
    streams = [contents] if isinstance(contents, pikepdf.Stream) else contents
    entries = set().union(*(stream.keys() for stream in streams)) - _PACKING
    return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)), entries


def _in_words(place: str, part: str) -> str:
    what = _PARTS.get(part, f"its {part[1:]}" if part else "it")
    return f"{place}: {what} is not what its evidence makes ({part or 'its kind'})"

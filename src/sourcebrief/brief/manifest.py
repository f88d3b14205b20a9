"""The manifest: what a brief says and rests on, as canonical JSON that travels with the documents.

Documents are made from it alone, so that whoever has it can make them again. One schema serves for
writing and for reading. Equal evidence is equal bytes: keys are sorted, white space is left out,
and nothing of the machine, the clock or the layout is in it. The edition is the first 12 hex digits
of its SHA-256, so the manifest does not hold it.

Format 1 was written by the first edition, and holds the words of its page. Format 2 has what a page
is made from instead, and leaves a key without a value out. A reader takes both.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, NotRequired, TypeVar

# Below Python 3.12 pydantic needs the TypedDict of typing_extensions.
from typing_extensions import TypedDict

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORMAT: Final = "sourcebrief-evidence/2"
_READ_FORMATS: Final = ("sourcebrief-evidence/1", FORMAT)
EDITION_DIGITS: Final = 12
LARGEST: Final = 64 * 1024 * 1024
"""How many bytes a manifest may have."""

Json = TypeVar("Json")


class CitedIn(TypedDict):
    """A citation: an event or a source, and where in it."""

    id: str
    locator: NotRequired[str]


class ParagraphIn(TypedDict):
    """A paragraph of a statement: its words without markup, and what it cites."""

    words: str
    cites: list[CitedIn]


class StatementIn(TypedDict):
    """A text of the author's: as it was written, and read as paragraphs."""

    text: str
    paragraphs: list[ParagraphIn]


class JudgementIn(StatementIn):
    """A judgement with its confidence."""

    confidence: str


class FollowedIn(TypedDict):
    """A followed actor, with what is said of it where anything is."""

    id: str
    name: str
    text: NotRequired[str]
    paragraphs: NotRequired[list[ParagraphIn]]


class SectionIn(StatementIn):
    """A free section and the section that it follows."""

    heading: str
    after: str


class ReviewIn(TypedDict):
    """Who read each statement beside its passages, when, and the hash of what was read."""

    name: str
    date: str
    statements: str


class BriefIn(TypedDict):
    """What `brief.yaml` says; `style` is the SHA-256 of a citation style of its own."""

    title: str
    subtitle: NotRequired[str | None]
    as_of: str
    status: str
    version: str
    prepared_by: str
    prepared_for: NotRequired[str | None]
    marking: str
    language: str
    page: NotRequired[str]
    style: NotRequired[str | None]
    likelihood: NotRequired[str]
    drafted_with: NotRequired[str | None]
    reviewed_by: NotRequired[ReviewIn | None]
    bottom_line: StatementIn
    judgements: list[JudgementIn]
    actors: list[FollowedIn]
    gaps: list[StatementIn]
    sections: list[SectionIn]


class DateIn(TypedDict):
    """A date in EDTF, as it is worded, and what it rests on."""

    value: str
    worded: str
    basis: str
    note: NotRequired[str | None]
    sources: list[str]


class NamedIn(TypedDict):
    """An actor that takes part."""

    id: str
    name: str


class ActorIn(NamedIn):
    """An actor that the brief names, or that one of those is a part of."""

    short: str
    country: NotRequired[str | None]
    part_of: NotRequired[str | None]


class PersonIn(TypedDict):
    """A person in the role held on the event's date."""

    name: str
    role: str
    actor: NotRequired[str | None]


class LaterIn(TypedDict):
    """What another source says has become of an outcome."""

    status: str
    date: str
    source: str


class OutcomeIn(TypedDict):
    """What an event led to; `by` is who undertakes it."""

    kind: str
    status: str
    text: str
    expected: NotRequired[str | None]
    by: NotRequired[str | None]
    later: NotRequired[LaterIn | None]


class QuoteSelector(TypedDict):
    """A TextQuoteSelector of the W3C Web Annotation Data Model."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class PositionSelector(TypedDict):
    """A TextPositionSelector of the W3C Web Annotation Data Model, in code points."""

    type: Literal["TextPositionSelector"]
    start: int
    end: int


class TranslationIn(TypedDict):
    """A translation of a quotation: ours, a machine's, or one that a seed gives.

    What a seed gives is proven there, and has its place and its selectors as a quotation has.
    """

    text: str
    language: NotRequired[str | None]
    by: NotRequired[str | None]
    seed: NotRequired[str | None]
    paragraph: NotRequired[int | None]
    locator: NotRequired[str | None]
    selectors: NotRequired[list[tuple[QuoteSelector, PositionSelector]] | None]


class QuotationIn(TypedDict):
    """A quotation, where it stands, and a pair of selectors for each of its pieces."""

    seed: str
    quote: str
    paragraph: int
    page: NotRequired[int | None]
    locator: str
    selectors: list[tuple[QuoteSelector, PositionSelector]]
    translation: NotRequired[TranslationIn | None]
    note: NotRequired[str | None]


class EventIn(TypedDict):
    """An event of the chronology.

    `part_of` is the nearest event in it that contains this one; `origins` counts the independent
    origins of its evidence.
    """

    number: int
    id: str
    date: DateIn
    title: str
    actors: list[NamedIn]
    people: list[PersonIn]
    place: NotRequired[str | None]
    themes: list[str]
    summary: StatementIn
    caveat: NotRequired[StatementIn | None]
    outcomes: list[OutcomeIn]
    credibility: NotRequired[int | None]
    part_of: NotRequired[str | None]
    evidence: list[QuotationIn]
    origins: NotRequired[int]
    key: NotRequired[bool | None]
    marking: NotRequired[str | None]


class FileIn(TypedDict):
    """A file by its name and SHA-256."""

    file: str
    sha256: str


class GradeIn(TypedDict):
    """How reliable a source is (Admiralty A to F), and why."""

    grade: str
    why: str


class DistinctIn(TypedDict):
    """An entry that shares text with this one and is independent all the same."""

    id: str
    why: str


class SourceIn(TypedDict):
    """A catalogue entry that the brief quotes, cites or dates an event by."""

    id: str
    csl: dict[str, Any]
    issued: str
    issued_basis: NotRequired[str | None]
    issued_note: NotRequired[str | None]
    file: NotRequired[str | None]
    sha256: NotRequired[str | None]
    ignore: list[int]
    original: NotRequired[FileIn | None]
    reliability: NotRequired[GradeIn | None]
    origin: NotRequired[str | None]
    derived_from: NotRequired[str | None]
    embed: NotRequired[str | None]
    short: str
    marking: NotRequired[str | None]
    distinct: NotRequired[list[DistinctIn] | None]
    recognised: NotRequired[bool]


class ChangesIn(TypedDict):
    """The box of changes since an earlier edition, as it is worded."""

    since: str
    lines: list[str]


class PrintedWords(TypedDict):
    """Format 1's page word by word: runs of place, part and words, alternatives, links, heads."""

    runs: list[tuple[str, str, str]]
    alternatives: list[str]
    links: list[str]
    running: dict[str, str]


class Manifest(TypedDict):
    """A whole manifest. `actors` is of format 2, `printed` of format 1."""

    format: str
    briefing: str
    brief: BriefIn
    actors: NotRequired[list[ActorIn]]
    events: list[EventIn]
    sources: list[SourceIn]
    changes: NotRequired[ChangesIn | None]
    printed: NotRequired[PrintedWords]


class InvalidManifest(ValueError):  # noqa: N818 - it says what the bytes are
    """Bytes that are not a manifest of this program; the message says why, in a clause."""


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no white space, UTF-8 (as RFC 8785 orders and spaces it)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def edition_of(manifest: bytes) -> str:
    """The identity of the edition that carries this manifest."""
    return hashlib.sha256(manifest).hexdigest()[:EDITION_DIGITS]


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest that anyone may have made. Raises InvalidManifest where its form is wrong.

    Whether its bytes are canonical, and what it says is true, is for `verify` to find out.
    """
    from pydantic import ValidationError

    if len(data) > LARGEST:
        raise InvalidManifest(f"its evidence is larger than {LARGEST // 1024 // 1024} MiB")
    if data.count(b"[") + data.count(b"{") > LARGEST // 16:
        raise InvalidManifest("its evidence is not a manifest of this program")
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise InvalidManifest("its evidence was altered or damaged: it is not JSON") from error
    found = value.get("format") if isinstance(value, dict) else None
    if found not in _READ_FORMATS:
        what = f"of the format {found!r}" if isinstance(found, str) else "not a manifest"
        raise InvalidManifest(f"its evidence is {what}, and this program reads {FORMAT!r}")
    if found == FORMAT and "printed" in value:
        raise InvalidManifest("its evidence names the words of its page, as no build writes it")
    try:
        # JSON knows no tuples, so lists are taken for them; texts and numbers stay apart.
        return _adapter().validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]
        )
        wanted = _WANTED.get(first["type"], "what this program writes")
        message = f"its evidence was altered: {place.removeprefix('.') or 'it'} is not {wanted}"
        raise InvalidManifest(message) from error


@cache
def _adapter() -> TypeAdapter[Manifest]:
    # pydantic takes a while to import, and a build that has nothing to do reads no manifest.
    from pydantic import TypeAdapter

    return TypeAdapter(Manifest)


def manifest_schema() -> bytes:
    """The JSON Schema (2020-12) of a manifest, as it stands in `docs/schemas/`."""
    schema = _adapter().json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    text = json.dumps({**head, **schema}, ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode() + b"\n"


_WANTED: Final = {
    "missing": "there",
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "an object",
    "too_long": "as long as it should be",
}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def without_nothing(value: Json) -> Json:
    """A value of JSON without the keys that have no value."""
    if isinstance(value, dict):
        return {  # type: ignore[return-value]
            key: without_nothing(item) for key, item in value.items() if item is not None
        }
    if isinstance(value, list):
        return [without_nothing(item) for item in value]  # type: ignore[return-value]
    return value

"""The three files as a frozen model: `seeds.yaml`, `events.yaml` and `brief.yaml`.

The fields are the contract's. What the model checks is the shape of one value; what holds between
values (ids, dates against each other, evidence) is checked where both are at hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.event_date import EventDate
from sourcebrief.text.characters import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

# Far beyond what anybody reads; what costs more than its length allows ends here.
_LONGEST_LINE = 5_000
LONGEST_TEXT = 50_000
_LONGEST_QUOTATION = 20_000

CSL_TYPES = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
]  # fmt: skip


def invisible(text: str) -> str | None:
    """What is wrong with a text that holds a character which nobody sees; None where none does."""
    found = INVISIBLE.search(text)
    return f"holds the invisible character U+{ord(found[0]):04X}; delete it" if found else None


def _visible(text: str) -> str:
    if fault := invisible(text):
        raise ValueError(fault)
    if not text.strip():
        raise ValueError("is empty; write it or delete the key")
    return text


def _date(value: object) -> EventDate:
    if isinstance(value, EventDate):
        return value
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        members = ",".join(value)
        raise ValueError(f"a set of dates needs quotes: '[{members}]'")
    if isinstance(value, dict) and not any(value.values()):
        members = ",".join(value)
        raise ValueError(f"a set of dates needs quotes: '{{{members}}}'")
    if isinstance(value, list | dict):
        raise ValueError("a date is one EDTF text such as 2019-07-21")
    return parse_edtf(str(value))


def _one_line(text: str) -> str:
    if len(text.strip().splitlines()) > 1:
        raise ValueError("has more than one line; join them")
    return text.strip()


def _address(text: str) -> str:
    # citeproc would put https:// before anything else, and make a link of it.
    if not re.fullmatch(r"(?i)https?://[^\s/]\S*", text):
        raise ValueError("is no address; write it whole, from https:// on")
    return text


def _hex(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("is not a SHA-256 in 64 lower-case hex digits; `pin` writes it")
    return text


def _digest(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{12,64}", text):
        raise ValueError("is not a hash in 12 to 64 lower-case hex digits")
    return text


def _layout(value: object) -> object:
    if value == "short":
        raise ValueError("is not known here: this version builds the full layout only")
    return value


def _boolean(value: object) -> bool:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise ValueError("is neither true nor false; write one of them")


def _whole_number(value: object) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    raise ValueError("is no whole number; write digits only")


def _paragraph_ranges(value: object) -> frozenset[int]:
    if not isinstance(value, list):
        raise ValueError("is no list of paragraphs such as [1, 3-4]")
    numbers: set[int] = set()
    for item in value:
        found = re.fullmatch(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?", str(item).strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not 0 < first <= last:
            raise ValueError(f"{item!r} is no paragraph or range of paragraphs such as 3-4")
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def _short_date(value: object) -> object:
    # `date: 2022-11-16` is short for a stated date. A set that lacks its quotes arrives as a list,
    # or as a mapping of keys without values: then the date's own message shows the quoted form.
    is_set = isinstance(value, dict) and value and not any(value.values())
    if isinstance(value, str | list) or is_set:
        return {"value": value, "basis": "stated"}
    return value


def _translation(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _person_reference(value: object) -> object:
    if isinstance(value, str):
        return {"id": value}
    if isinstance(value, dict) and "id" not in value and len(value) == 1:
        ((person, actor),) = value.items()
        return {"id": person, "actor": actor}
    if isinstance(value, dict) and "id" not in value and not value.keys() & {"actor"}:
        raise ValueError("one person to an entry: pompeo, or {pompeo: us-state} with the actor")
    return value


def _single_role(value: object) -> object:
    # `role` and `actor` beside `name` are short for one role without a term.
    if isinstance(value, dict) and value.get("roles") is None and "role" in value:
        rest = {key: value[key] for key in value if key not in ("role", "actor", "roles")}
        role = {key: value[key] for key in ("role", "actor") if key in value}
        return {**rest, "roles": [role]}
    return value


def _without_absent(cls: type[BaseModel], value: object) -> object:
    # A known key without a value is absent; an unknown one stays, to be found.
    if isinstance(value, dict) and None in value.values():
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: value[key] for key in value if value[key] is not None or key not in known}
    return value


_TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number"]})
_DATE_SCHEMA = WithJsonSchema(
    {"type": ["string", "integer"], "description": "An EDTF date such as 2022-11-16 or 2018-04"}
)

Id = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$", max_length=120)]
Text = Annotated[
    str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_visible), _TEXT_SCHEMA
]
Line = Annotated[
    str,
    Field(min_length=1, max_length=_LONGEST_LINE),
    AfterValidator(_visible),
    AfterValidator(_one_line),
    _TEXT_SCHEMA,
]
Address = Annotated[Line, AfterValidator(_address)]
QuotedText = Annotated[str, Field(min_length=1, max_length=_LONGEST_QUOTATION), _TEXT_SCHEMA]
Date = Annotated[
    EventDate, PlainValidator(_date), PlainSerializer(lambda date: date.text), _DATE_SCHEMA
]
Sha256 = Annotated[str, AfterValidator(_hex)]
Flag = Annotated[bool, PlainValidator(_boolean), WithJsonSchema({"type": "boolean"})]
WholeNumber = Annotated[
    int, PlainValidator(_whole_number), WithJsonSchema({"type": "integer", "minimum": 1})
]
ParagraphNumbers = Annotated[
    frozenset[int],
    PlainValidator(_paragraph_ranges),
    WithJsonSchema({"type": "array", "items": {"type": ["integer", "string"]}}),
]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    _absence = model_validator(mode="before")(_without_absent)


class Original(_Model):
    """The file that a seed was extracted from."""

    file: Line
    sha256: Sha256


class Reliability(_Model):
    """An Admiralty grade of the source, A to F, and the reason for it."""

    grade: Literal["A", "B", "C", "D", "E", "F"]
    why: Line


class Distinct(_Model):
    """An entry that shares text with this one and is independent all the same."""

    from_: Id = Field(alias="from")
    why: Line


class EarlierCopy(_Model):
    """A superseded copy of a seed: never quoted, used to verify old editions."""

    file: Line
    sha256: Sha256
    until: Date


class Custom(_Model):
    """What is sourcebrief's own in a catalogue entry (CSL's `custom` object)."""

    file: Line | None = None
    sha256: Sha256 | None = None
    original: Original | None = None
    issued_basis: Literal["stated", "inferred", "external"] | None = None
    issued_note: Line | None = None
    title_supplied: Flag = False
    reliability: Reliability | None = None
    origin: Line | None = None
    derived_from: Id | None = None
    ignore: ParagraphNumbers = Field(default_factory=frozenset)
    embed: Literal["quotes", "full"] = "quotes"
    private: Flag = False
    recognised: Flag = False
    marking: Line | None = None
    distinct: tuple[Distinct, ...] = ()
    earlier: tuple[EarlierCopy, ...] = ()


class CatalogueEntry(BaseModel):
    """A catalogue entry in CSL: a seed where `custom.file` names one, else a reference."""

    model_config = ConfigDict(frozen=True, extra="allow")

    _absence = model_validator(mode="before")(_without_absent)

    id: Id
    type: CSL_TYPES
    title: Line
    issued: Date
    URL: Address | None = None
    language: Line | None = None
    publisher: Line | None = None
    container_title: Line | None = Field(None, alias="container-title")
    container_title_short: Line | None = Field(None, alias="container-title-short")
    custom: Custom = Field(default_factory=Custom)

    @property
    def is_seed(self) -> bool:
        """Whether quotations can be found in it."""
        return self.custom.file is not None


class Catalogue(_Model):
    """`seeds.yaml`, the bibliography."""

    references: tuple[CatalogueEntry, ...]


class Actor(_Model):
    """An organisation that takes part in events."""

    name: Line
    short: Line | None = None
    country: Line | None = None
    part_of: Id | None = None

    @property
    def label(self) -> str:
        """The short name, where there is one."""
        return self.short or self.name


class Role(_Model):
    """A function held in an actor, for a term where one is given."""

    role: Line
    actor: Id | None = None
    from_: Date | None = Field(None, alias="from")
    to: Date | None = None


class Person(_Model):
    """A person in one or more roles."""

    _short_form = model_validator(mode="before")(_single_role)

    name: Line
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class DateOfEvent(_Model):
    """When something happened and how that is known."""

    _short_form = model_validator(mode="before")(_short_date)

    value: Date
    basis: Literal["stated", "inferred", "external"] = "stated"
    note: Line | None = None
    sources: tuple[Id, ...] = ()


class PersonReference(_Model):
    """A person taking part; `actor` names the role where the date does not decide."""

    _short_form = model_validator(mode="before")(_person_reference)

    id: Id
    actor: Id | None = None


class Translation(_Model):
    """A quotation in the brief's language: ours, a machine's, or one that a seed gives."""

    _short_form = model_validator(mode="before")(_translation)

    text: Annotated[Text, Field(max_length=_LONGEST_QUOTATION)]
    by: Literal["ours", "machine"] | None = None
    seed: Id | None = None
    paragraph: WholeNumber | None = None

    @model_validator(mode="after")
    def _has_one_origin(self) -> Translation:
        if self.by and self.seed:
            raise ValueError("has both by and seed; the seed's own translation needs seed alone")
        if self.paragraph and not self.seed:
            raise ValueError("has a paragraph and no seed; name the seed, or delete paragraph")
        return self


class Evidence(_Model):
    """A verbatim quotation from a seed that supports an event."""

    seed: Id
    quote: QuotedText
    paragraph: WholeNumber | None = None
    translation: Translation | None = None
    note: Line | None = None


OutcomeStatus = Literal["proposed", "negotiating", "announced", "signed", "in-force", "unknown"]


class LaterStatus(_Model):
    """What another source says has become of an outcome."""

    status: OutcomeStatus
    date: Date
    source: Id


class Outcome(_Model):
    """What an event led to, or a forecast where `expected` gives its date."""

    kind: Literal["agreement", "programme", "assistance", "statement", "request"]
    status: OutcomeStatus
    text: Line
    expected: Date | None = None
    by: Id | None = None
    later: LaterStatus | None = None


class Event(_Model):
    """Something that happened, with the evidence for it."""

    id: Id
    date: DateOfEvent
    title: Line
    actors: Annotated[tuple[Id, ...], Field(min_length=1)]
    people: tuple[PersonReference, ...] = ()
    place: Line | None = None
    themes: tuple[Line, ...] = ()
    summary: Text
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    outcomes: tuple[Outcome, ...] = ()
    credibility: Annotated[Literal[1, 2, 3, 4, 5, 6] | None, BeforeValidator(_whole_number)] = None
    caveat: Text | None = None
    part_of: Id | None = None
    key: Flag = False
    marking: Line | None = None

    @property
    def entries(self) -> Iterator[str]:
        """The ids of the catalogue entries that it names, apart from those its texts cite."""
        yield from self.date.sources
        for item in self.evidence:
            yield item.seed
            if item.translation and item.translation.seed:
                yield item.translation.seed
        yield from (outcome.later.source for outcome in self.outcomes if outcome.later)


class EventList(_Model):
    """`events.yaml`: actors, people and events; a file may hold any of the three."""

    actors: dict[Id, Actor] = Field(default_factory=dict)
    people: dict[Id, Person] = Field(default_factory=dict)
    events: tuple[Event, ...] = ()


class Selection(_Model):
    """Which events a brief takes: values within a key are alternatives, keys combine."""

    actors: tuple[Id, ...] = ()
    themes: tuple[Line, ...] = ()
    from_: Date | None = Field(None, alias="from")
    to: Date | None = None


class Judgement(_Model):
    """An assessment, apart from the facts that it rests on."""

    text: Text
    confidence: Literal["high", "moderate", "low"]


class FollowedActor(_Model):
    """An actor that the brief follows and what it says of it."""

    id: Id
    summary: Text | None = None


class FreeSection(_Model):
    """A section of the author's, after a standard one."""

    heading: Line
    text: Text
    after: Literal[
        "bottom-line", "judgements", "timeline", "chronology", "actors", "commitments", "gaps"
    ] = "actors"


class Review(_Model):
    """Who read each statement beside its passages, and when."""

    name: Line
    date: Date
    statements: Annotated[str, AfterValidator(_digest), _TEXT_SCHEMA]


class BriefFile(_Model):
    """`brief.yaml`: what a briefing says."""

    title: Line
    subtitle: Line | None = None
    as_of: Date
    status: Literal["draft", "final"]
    version: Line
    prepared_by: Line
    prepared_for: Line | None = None
    marking: Line
    language: Line
    page: Literal["A4", "Letter"] = "A4"
    events: Annotated[tuple[Line, ...], Field(min_length=1)]
    select: Selection = Field(default_factory=lambda: Selection.model_validate({}))
    bottom_line: Text
    judgements: tuple[Judgement, ...] = ()
    actors: Annotated[tuple[FollowedActor, ...], Field(min_length=1)]
    gaps: tuple[Text, ...] = ()
    sections: tuple[FreeSection, ...] = ()
    csl: Line | None = None
    formats: Annotated[tuple[Literal["pdf", "docx", "html"], ...], Field(min_length=1)] = (
        "pdf",
        "docx",
        "html",
    )
    layouts: Annotated[
        tuple[Annotated[Literal["full"], BeforeValidator(_layout)], ...], Field(min_length=1)
    ] = ("full",)
    require_translation: Flag = False
    likelihood: Literal["icd203", "phia", "none"] | None = None
    reviewed_by: Review | None = None
    drafted_with: Line | None = None

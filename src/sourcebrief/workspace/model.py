"""The three files as a frozen model: `seeds.yaml`, `events.yaml` and `brief.yaml`.

The fields are the contract's, each with its meaning and an example, which editors show. What the
model checks is the shape of one value. What holds between values (ids, dates against each other,
evidence) is checked where both are at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sourcebrief.workspace.field_types import (
    CSL_TYPES,
    LONGEST_QUOTATION,
    Address,
    Date,
    Digest,
    Flag,
    Id,
    Line,
    ParagraphNumbers,
    QuotedText,
    Sha256,
    Text,
    WholeNumber,
    whole_number,
)


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


_SHA256_EXAMPLE = "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce"


def _key(meaning: str, example: Any, default: Any = ..., **options: Any) -> Any:
    """Return the field of a key, with what editors show beside it."""
    return Field(default, description=meaning, examples=[example], **options)


def _maybe(meaning: str, example: Any, **options: Any) -> Any:
    return _key(meaning, example, None, **options)


def _list(meaning: str, example: list[Any]) -> Any:
    return _key(meaning, example, ())


def _flag(meaning: str) -> Any:
    return _key(meaning, True, False)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    _absence = model_validator(mode="before")(_without_absent)


class Original(_Model):
    """The file that a seed was extracted from."""

    file: Line = _key("The original, beside seeds.yaml.", "readout.pdf")
    sha256: Sha256 = _key("Its pin: the SHA-256 of the file.", _SHA256_EXAMPLE)


class Reliability(_Model):
    """An Admiralty grade of the source, A to F, and the reason for it."""

    grade: Literal["A", "B", "C", "D", "E", "F"] = _key(
        "A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot "
        "be judged.",
        "B",
    )
    why: Line = _key("The reason, in a line. It prints.", "The Ministry's own account")


class Distinct(_Model):
    """An entry that shares text with this one and is independent all the same."""

    from_: Id = _key("The other entry.", "wire-2024", alias="from")
    why: Line = _key("The reason, in a line. It prints.", "Both print the same official statement.")


class EarlierCopy(_Model):
    """A superseded copy of a seed: never quoted, used to verify old editions."""

    file: Line = _key("The copy, beside seeds.yaml.", "readout-2024.1.txt")
    sha256: Sha256 = _key("Its pin: the SHA-256 of the copy.", _SHA256_EXAMPLE)
    until: Date = _key("The day on which it was superseded.", "2026-01-05")


class Custom(_Model):
    """What is sourcebrief's own in a catalogue entry (CSL's `custom` object)."""

    file: Line | None = _maybe(
        "The quoted text, in UTF-8, beside seeds.yaml; makes the entry a seed.", "readout.txt"
    )
    sha256: Sha256 | None = _maybe(
        "The pin: the SHA-256 of the file, which `sourcebrief pin` writes.", _SHA256_EXAMPLE
    )
    original: Original | None = _maybe(
        "What the text was taken from.", {"file": "readout.pdf", "sha256": _SHA256_EXAMPLE}
    )
    issued_basis: Literal["stated", "inferred", "external"] | None = _maybe(
        "How its date is known: stated in its text, inferred from it, or external.", "stated"
    )
    issued_note: Line | None = _maybe(
        "How an unstated date is known. It prints.", "The press of the next day reports it."
    )
    title_supplied: Flag = _flag("true: the title is yours and prints in brackets.")
    reliability: Reliability | None = _maybe(
        "What the source is worth: an Admiralty grade and its reason.",
        {"grade": "B", "why": "The Ministry's own account"},
    )
    origin: Line | None = _maybe("Whose account it is; one origin counts once.", "ministry")
    derived_from: Id | None = _maybe("The entry that this reprints or translates.", "readout-2024")
    ignore: ParagraphNumbers = _key(
        "Paragraphs that are not the document, such as menus.", [1, "3-4"], frozenset()
    )
    embed: Literal["quotes", "full"] = _key(
        "quotes: documents carry excerpts. full: the seed is attached whole, where you may "
        "reprint it.",
        "quotes",
        "quotes",
    )
    private: Flag = _flag("true: the document is never handed out to a program that asks for it.")
    recognised: Flag = _flag("true: the text was read by OCR. It prints.")
    marking: Line | None = _maybe("The document's marking; TLP labels are checked.", "TLP:AMBER")
    distinct: tuple[Distinct, ...] = _list(
        "Entries that share text with this one and are independent all the same.",
        [{"from": "wire-2024", "why": "Both print the same official statement."}],
    )
    earlier: tuple[EarlierCopy, ...] = _list(
        "Superseded copies of the file. They verify old editions and are never quoted.",
        [{"file": "readout-2024.1.txt", "sha256": _SHA256_EXAMPLE, "until": "2026-01-05"}],
    )


class CatalogueEntry(BaseModel):
    """A catalogue entry in CSL: a seed where `custom.file` names one, else a reference."""

    model_config = ConfigDict(frozen=True, extra="allow")

    _absence = model_validator(mode="before")(_without_absent)

    STAND_INS: ClassVar = {
        "type": "document",
        "title": "-",
        "issued": "0001/9999",
        **dict.fromkeys(("URL", "publisher", "container-title", "container-title-short")),
    }
    """What takes the place of a value with a fault, and offends no check."""

    id: Id = _key("How events and texts name it: [@readout-2024].", "readout-2024")
    type: CSL_TYPES = _key("The kind of document, a type of CSL.", "webpage")
    title: Line = _key(
        "As the document has it. Where you supplied it, say so with title_supplied.",
        "Readout of the meeting in Almera",
    )
    issued: Date = _key("The date of the document, in EDTF.", "2024-03-12")
    URL: Address | None = _maybe("Its address.", "https://example.org/readout")
    language: Line | None = _maybe("BCP 47; a seed needs it, for names of months.", "en")
    publisher: Line | None = _maybe("Who issued it.", "Ministry of Transport")
    container_title: Line | None = _maybe(
        "The newspaper, site or series it is in.", "Almera Gazette", alias="container-title"
    )
    container_title_short: Line | None = _maybe(
        "What notes call it, where the full name is long.", "Gazette", alias="container-title-short"
    )
    custom: Custom = _key(
        "What is sourcebrief's own. With `file` the entry is a seed.",
        {"file": "readout.txt", "issued_basis": "stated"},
        Custom(),
    )

    @property
    def is_seed(self) -> bool:
        """Whether quotations can be found in it."""
        return self.custom.file is not None


class Catalogue(_Model):
    """`seeds.yaml`, the bibliography."""

    references: tuple[CatalogueEntry, ...] = _key(
        "The bibliography: seeds, which are quoted, and references, which are only cited.",
        [{"id": "readout-2024", "type": "webpage", "title": "Readout", "issued": "2024-03-12"}],
    )


class Actor(_Model):
    """An organisation that takes part in events."""

    name: Line = _key("In full.", "Ministry of Transport")
    short: Line | None = _maybe("For the table and the figure; default: the name.", "Ministry")
    country: Line | None = _maybe("As you like to write it; it does not print.", "EC")
    part_of: Id | None = _maybe("The parent: an event of a part counts for it, too.", "government")

    @property
    def label(self) -> str:
        """The short name, where there is one."""
        return self.short or self.name


class Role(_Model):
    """A function held in an actor, for a term where one is given."""

    role: Line = _key("The title of the function.", "Minister of Transport")
    actor: Id | None = _maybe("The actor in which it is held.", "ministry")
    from_: Date | None = _maybe("When it began, in EDTF.", "2018-04-26", alias="from")
    to: Date | None = _maybe("When it ended, in EDTF.", "2021-01")


class Person(_Model):
    """A person in one or more roles."""

    _short_form = model_validator(mode="before")(_single_role)

    name: Line = _key("As it prints.", "Ana Ruiz")
    roles: tuple[Role, ...] = _key(
        "The functions held; the one held on an event's date prints with it.",
        [{"role": "Minister of Transport", "actor": "ministry", "from": 2023}],
        min_length=1,
    )


class DateOfEvent(_Model):
    """When something happened and how that is known."""

    _short_form = model_validator(mode="before")(_short_date)

    value: Date = _key("The date, in EDTF; a set needs quotes.", "2024-03-12")
    basis: Literal["stated", "inferred", "external"] = _key(
        "stated by one quotation; inferred from the seed or its entry; or external, known "
        "from elsewhere.",
        "inferred",
        "stated",
    )
    note: Line | None = _maybe("How an unstated date is known. It prints.", "Day of the report.")
    sources: tuple[Id, ...] = _list("Catalogue entries that give an external date.", ["gazette"])


class PersonReference(_Model):
    """A person taking part; `actor` names the role where the date does not decide."""

    _short_form = model_validator(mode="before")(_person_reference)

    id: Id = _key("The person.", "hale")
    actor: Id | None = _maybe("The actor whose role is meant.", "harbour")


class Translation(_Model):
    """A quotation in the brief's language: ours, a machine's, or one that a seed gives."""

    _short_form = model_validator(mode="before")(_translation)

    text: Annotated[Text, Field(max_length=LONGEST_QUOTATION)] = _key(
        "The words.", "Both sides agreed to share the data"
    )
    by: Literal["ours", "machine"] | None = _maybe("Who translated: ours or machine.", "machine")
    seed: Id | None = _maybe("The seed that gives it, an official translation.", "readout-2024-en")
    paragraph: WholeNumber | None = _maybe("The paragraph of that seed.", 4)

    @model_validator(mode="after")
    def _has_one_origin(self) -> Translation:
        if self.by and self.seed:
            raise ValueError("has both by and seed; the seed's own translation needs seed alone")
        if self.paragraph and not self.seed:
            raise ValueError("has a paragraph and no seed; name the seed, or delete paragraph")
        return self


class Evidence(_Model):
    """A verbatim quotation from a seed that supports an event."""

    STAND_INS: ClassVar = dict.fromkeys(("translation", "note"))

    seed: Id = _key("The id of a seed.", "readout-2024")
    quote: QuotedText = _key(
        "Its words, verbatim and within one paragraph; [...] leaves words out, [words] are yours.",
        "Both sides agreed to share the data",
    )
    paragraph: WholeNumber | None = _maybe("Their paragraph, where they stand more than once.", 4)
    translation: Translation | None = _maybe(
        "The quotation in the brief's language: a text of yours, or one with its origin.",
        {"text": "Both sides agreed to share the data", "by": "machine"},
    )
    note: Line | None = _maybe(
        "How you cut the quotation. It prints.", "The speaker names two ports here."
    )


OutcomeStatus = Literal["proposed", "negotiating", "announced", "signed", "in-force", "unknown"]


class LaterStatus(_Model):
    """What another source says has become of an outcome."""

    status: OutcomeStatus = _key("How far it has come since.", "signed")
    date: Date = _key("When that was so, in EDTF.", "2024-09-01")
    source: Id = _key("The catalogue entry that says so.", "gazette-2024")


class Outcome(_Model):
    """What an event led to, or a forecast where `expected` gives its date."""

    kind: Literal["agreement", "programme", "assistance", "statement", "request"] = _key(
        "What it is.", "agreement"
    )
    status: OutcomeStatus = _key("How far it has come.", "announced")
    text: Line = _key("In one line, plain text.", "Sharing of scanner data")
    expected: Date | None = _maybe("By when it is foreseen, in EDTF.", "2024-06")
    by: Id | None = _maybe(
        "Who undertakes it; not needed where one followed actor takes part.", "ministry"
    )
    later: LaterStatus | None = _maybe(
        "What another source says has become of it.",
        {"status": "signed", "date": "2024-09-01", "source": "gazette-2024"},
    )


class Event(_Model):
    """Something that happened, with the evidence for it."""

    STAND_INS: ClassVar = {
        "date": {"value": "0001/9999", "basis": "inferred", "note": "-"},
        **dict.fromkeys(("title", "summary"), "-"),
        **dict.fromkeys(("people", "outcomes"), ()),
        **dict.fromkeys(("place", "credibility", "caveat", "part_of", "marking")),
    }
    """What takes the place of a value with a fault, and offends no check."""

    id: Id = _key("How texts cite it: [@scanner-data].", "scanner-data")
    date: DateOfEvent = _key(
        "When it happened and how that is known; a date alone is one that a quotation states.",
        "2024-03-12",
    )
    title: Line = _key("What happened, in one line.", "Minister and Authority agree to share data")
    actors: tuple[Id, ...] = _key("All who took part.", ["ministry", "harbour"], min_length=1)
    people: tuple[PersonReference, ...] = _list(
        "Who took part; {person: actor} where the date does not decide the role.",
        ["ruiz", {"hale": "harbour"}],
    )
    place: Line | None = _maybe("Where, in the seed's words.", "Almera")
    themes: tuple[Line, ...] = _list("Free text, compared as written.", ["container scanning"])
    summary: Text = _key(
        "One or two sentences of Markdown; figures in them have to stand in the evidence.",
        "The two agreed to share the data of the scanners.",
    )
    evidence: tuple[Evidence, ...] = _key(
        "The quotations that prove it, at least one.",
        [{"seed": "readout-2024", "quote": "Both sides agreed to share the data"}],
        min_length=1,
    )
    outcomes: tuple[Outcome, ...] = _list(
        "What it led to, or is to lead to.",
        [{"kind": "agreement", "status": "announced", "text": "Sharing of scanner data"}],
    )
    credibility: Annotated[Literal[1, 2, 3, 4, 5, 6] | None, BeforeValidator(whole_number)] = (
        _maybe(
            "Admiralty grade: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 "
            "doubtful, 5 improbable, 6 cannot be judged.",
            2,
        )
    )
    caveat: Text | None = _maybe(
        "What to know before relying on it.", "Only one side has said so. [@readout-2024]"
    )
    part_of: Id | None = _maybe("The event that contains it.", "visit-2024")
    key: Flag = _flag("true: an entry of the short edition.")
    marking: Line | None = _maybe("The marking of the event; TLP labels are checked.", "TLP:AMBER")

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

    actors: dict[Id, Actor] = _key(
        "Organisations, by an id of your choice.",
        {"ministry": {"name": "Ministry of Transport", "short": "Ministry"}},
        {},
    )
    people: dict[Id, Person] = _key(
        "Persons, by an id of your choice.",
        {"ruiz": {"name": "Ana Ruiz", "role": "Minister of Transport", "actor": "ministry"}},
        {},
    )
    events: tuple[Event, ...] = _list("What happened, in any order.", [])


class Selection(_Model):
    """Which events a brief takes: values within a key are alternatives, keys combine."""

    actors: tuple[Id, ...] = _list(
        "Events in which one of them takes part; a parent stands for its parts.", ["us"]
    )
    themes: tuple[Line, ...] = _list("Events with one of them.", ["cybersecurity", "5G"])
    from_: Date | None = _maybe("Events that may end on or after it, in EDTF.", 2019, alias="from")
    to: Date | None = _maybe("Events that may begin on or before it, in EDTF.", "2020-12")


class Judgement(_Model):
    """An assessment, apart from the facts that it rests on."""

    STAND_INS: ClassVar = {"text": "-", "confidence": "low"}

    text: Text = _key("Markdown that cites events.", "We judge that it will hold. [@scanner-data]")
    confidence: Literal["high", "moderate", "low"] = _key("How sure you are.", "moderate")


class FollowedActor(_Model):
    """An actor that the brief follows and what it says of it."""

    STAND_INS: ClassVar = {"summary": None}

    id: Id = _key("An actor of the event files.", "ministry")
    summary: Text | None = _maybe(
        "Markdown; its figures are counted for you.", "It agreed. [@scanner-data]"
    )


class FreeSection(_Model):
    """A section of the author's, after a standard one."""

    heading: Line = _key("One line.", "Questions to put")
    text: Text = _key("Markdown that cites events.", "When will terms be ready? [@scanner-data]")
    after: Literal[
        "bottom-line", "judgements", "timeline", "chronology", "actors", "commitments", "gaps"
    ] = _key("The section that it follows.", "gaps", "actors")


class Review(_Model):
    """Who read each statement beside its passages, and when."""

    name: Line = _key("The reader.", "Ana Ruiz")
    date: Date = _key("When it was read, in EDTF.", "2024-03-30")
    statements: Digest = _key("The hash of the statements that were read.", "52269a07d1ca")


class BriefFile(_Model):
    """`brief.yaml`: what a briefing says."""

    STAND_INS: ClassVar = {
        "as_of": "9999",
        "status": "draft",
        "page": "A4",
        "formats": ("pdf",),
        "layouts": ("full",),
        **dict.fromkeys(("title", "version", "prepared_by", "marking", "bottom_line"), "-"),
        **dict.fromkeys(("judgements", "gaps", "sections"), ()),
        **dict.fromkeys(("subtitle", "prepared_for", "csl", "likelihood", "reviewed_by")),
        **dict.fromkeys(("drafted_with",)),
    }
    """What takes the place of a value with a fault, and offends no check."""

    title: Line = _key("One line.", "Scanner data in the harbour of Almera")
    subtitle: Line | None = _maybe("One line.", "What was agreed, and what was not")
    as_of: Date = _key("When the brief is true; no selected event may begin later.", "2024-03-31")
    status: Literal["draft", "final"] = _key("draft or final.", "draft")
    version: Line = _key("Your own; quote it.", "1.0")
    prepared_by: Line = _key("Prints in the masthead.", "Policy desk")
    prepared_for: Line | None = _maybe("Prints in the masthead.", "The Minister")
    # It has to fit the running head.
    marking: Annotated[Line, Field(max_length=80)] = _key(
        "On every page; TLP labels are checked and coloured.", "TLP:GREEN"
    )
    language: Line = _key(
        "BCP 47: labels, dates, quotation marks; en, es, fr, de, pt, it.", "en-GB"
    )
    page: Literal["A4", "Letter"] = _key("The size of the page.", "A4", "A4")
    events: tuple[Line, ...] = _key(
        "Paths from brief.yaml; briefings may share a file.", ["events.yaml"], min_length=1
    )
    select: Selection = _key(
        "Which events to take: values within a key are alternatives, keys combine.",
        {"themes": ["container scanning"], "from": 2024},
        Selection(),
    )
    bottom_line: Text = _key(
        "What the reader must know if they read nothing else.",
        "The two agreed to share data. [@scanner-data]",
    )
    judgements: tuple[Judgement, ...] = _list(
        "What you conclude, apart from the facts, each with its confidence.",
        [{"text": "We judge that it will hold. [@scanner-data]", "confidence": "moderate"}],
    )
    actors: tuple[FollowedActor, ...] = _key(
        "The organisations that the brief follows, in this order.",
        [{"id": "ministry", "summary": "The Ministry agreed. [@scanner-data]"}],
        min_length=1,
    )
    gaps: tuple[Text, ...] = _list(
        "What the record lacks or gets wrong.", ["No sum is on record. [@readout-2024, ¶ 5]"]
    )
    sections: tuple[FreeSection, ...] = _list(
        "Sections of your own.",
        [{"heading": "Questions", "text": "When? [@scanner-data]", "after": "gaps"}],
    )
    csl: Line | None = _maybe("A citation style of the brief's own, a file beside it.", "house.csl")
    formats: tuple[Literal["pdf", "docx", "html"], ...] = _key(
        "What a build makes; default: all three.",
        ["pdf", "docx"],
        ("pdf", "docx", "html"),
        min_length=1,
    )
    layouts: tuple[Literal["full", "short"], ...] = _key(
        "The layouts to make: full, and short for two pages of the entries marked with key.",
        ["full", "short"],
        ("full",),
        min_length=1,
    )
    require_translation: Flag = _flag("true: a quotation in another language needs a translation.")
    likelihood: Literal["icd203", "phia", "none"] | None = _maybe(
        "Whose words of likelihood the judgements use: icd203, phia or none.", "icd203"
    )
    reviewed_by: Review | None = _maybe(
        "Who read each statement beside its passages.",
        {"name": "Ana Ruiz", "date": "2024-03-30", "statements": "52269a07d1ca"},
    )
    drafted_with: Line | None = _maybe("A program that proposed text.", "Example 1.0")

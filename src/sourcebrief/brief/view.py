"""The brief's view: everything that prints, worded and in order, and nothing else.

One view feeds one template, and the template feeds every document, so that the documents cannot
disagree. `Html` fields are safe markup made by the composing stage; every other text is plain and
is escaped by the template.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sourcebrief.brief.figure_parts import Figure
from sourcebrief.dates.event_date import EventDate


class Html(str):
    """Markup that may stand in a document as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell the template engine that this text is already escaped (MarkupSafe's protocol)."""
        return str(self)


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor as it is shown: `accent` counts the followed from 1, 0 is everybody else.

    `country` is worded, and empty where there is none or the name says it.
    """

    id: str
    name: str
    short: str
    accent: int = 0
    country: str = ""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person in the role held on the event's date."""

    name: str
    role: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What an event led to. `kind` and `status` are keys; their labels are in the language.

    `meaning` explains the status, and is empty where its label does.
    `by` is who undertakes it, and `later` what another source says has become of it, worded with
    its date and a note; each is empty where nothing is said.
    """

    kind: str
    kind_label: str
    status: str
    status_label: str
    text: Html
    meaning: str
    expected: str | None = None
    by: ActorView | None = None
    later: Html = Html("")  # noqa: RUF009 - a text, which nothing changes


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the chronology.

    `date` is worded; `basis` is stated, inferred or external; `lanes` are the followed actors that
    take part (empty: Others); `counterparts` the remaining actors; `notes` the note spans that
    follow the title; `depth` its level under `part_of`; `date_note` why the date is not as stated.
    """

    number: int
    id: str
    anchor: str
    date: str
    edtf: EventDate
    basis: str
    basis_label: str
    date_note: Html | None
    year: str
    depth: int
    part_of: int | None
    lanes: tuple[ActorView, ...]
    counterparts: tuple[ActorView, ...]
    title: str
    summary: Html
    notes: Html
    caveat: Html | None
    people: tuple[PersonView, ...]
    place: str | None
    themes: tuple[str, ...]
    outcomes: tuple[OutcomeView, ...]
    origins: int
    credibility: int | None
    key: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The rows that begin in one year."""

    year: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class JudgementView:
    """An assessment with its confidence (high, moderate, low) and the label of it."""

    text: Html
    confidence: str
    confidence_label: str


@dataclass(frozen=True, slots=True)
class LikelihoodView:
    """The scale whose words of likelihood the judgements use: its name, and each word's range."""

    scale: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many outcomes of one status an actor's engagements hold."""

    status_label: str
    count: int


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """A followed actor: what is said of it and its figures."""

    actor: ActorView
    anchor: str
    text: Html
    engagements: int
    first: str | None
    last: str | None
    counterparts: tuple[str, ...]
    outcomes: tuple[OutcomeCount, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """An outcome on record, by the event that holds it."""

    outcome: OutcomeView
    row: Row


@dataclass(frozen=True, slots=True)
class Section:
    """A free section of the author's; `after` names the section that it follows."""

    heading: str
    anchor: str
    text: Html
    after: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited catalogue entry. `reference` is citeproc's; `outside` marks one without a seed.

    `title_supplied`: its title, in brackets, is ours.
    `recognised`: a program read its text from a picture, so a quotation of it proves less.
    """

    id: str
    anchor: str
    short: str
    reference: Html
    outside: bool
    grade: str | None
    why: str | None
    date_note: str | None
    sha256: str | None
    recognised: bool = False
    title_supplied: bool = False


@dataclass(frozen=True, slots=True)
class TranslationView:
    """A translation of a quotation; `mark` says whose it is, with a link to its source."""

    text: str
    language: str
    mark: Html


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A verified quotation as the seed has it, with the curator's brackets and word on it."""

    anchor: str
    text: str
    source: str
    source_anchor: str
    locator: str
    language: str
    note: str | None = None
    translation: TranslationView | None = None


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """The quotations that one event rests on, with how many independent origins hold it."""

    row: Row
    quotations: tuple[QuotationView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of the box of changes since an earlier edition."""

    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since an earlier edition."""

    since: str
    lines: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class BriefView:
    """A whole brief, ready for the template.

    `edition` is the edition's identity, 12 hex digits; `sections` maps the name of a standard
    section to the free sections after it; `named` are all actors in the order of their short names;
    `themes` are the distinct themes in order of appearance.
    """

    name: str
    title: str
    subtitle: str | None
    as_of: str
    status: str
    status_label: str
    version: str
    prepared_by: str
    prepared_for: str | None
    marking: str
    tlp: str | None
    language: str
    page: str
    layout: str
    edition: str
    bottom_line: Html
    judgements: tuple[JudgementView, ...]
    likelihood: LikelihoodView | None
    figure: Figure | None
    narrow_figure: Figure | None
    figure_title: str
    figure_alt: str
    actors: tuple[ActorView, ...]
    named: tuple[ActorView, ...]
    years: tuple[YearGroup, ...]
    summaries: tuple[ActorSummary, ...]
    sections: Mapping[str, tuple[Section, ...]]
    commitments: tuple[Commitment, ...]
    gaps: tuple[Html, ...]
    sources: tuple[SourceView, ...]
    annex: tuple[AnnexEntry, ...]
    themes: tuple[str, ...]
    changes: Changes | None = None
    drafted_with: str | None = None
    read_by: str | None = None
    read_on: str | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every event in chronological order."""
        return tuple(row for group in self.years for row in group.rows)

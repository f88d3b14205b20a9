"""What a changed seed does to the quotations, events and statements that rest on it.

A pin is the SHA-256 of a seed's bytes (FIPS 180-4). Everything here is a pure function of what the
seed was and is; the caller finds the earlier text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import product, takewhile
from operator import add
from typing import Final, NamedTuple

from sourcebrief.dates.in_text import date_spans
from sourcebrief.errors import Place
from sourcebrief.evidence.assertions import number_values
from sourcebrief.evidence.folding import JOINT, fold_text, printed_line
from sourcebrief.evidence.misses import nearest_passage
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.quotations import (
    CONTEXT,
    LocatedPiece,
    LocatedQuotation,
    locate,
    occurrences,
)
from sourcebrief.workspace.authored_texts import brief_texts, event_texts
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.markup import CitedItem
from sourcebrief.workspace.model import BriefFile, Event, Evidence
from sourcebrief.workspace.validation import Positioned

_MOST_JOINTS: Final = 4


@dataclass(frozen=True, slots=True)
class BriefingContent:
    """What one briefing may rest on a seed with; `brief` is None where it could not be read."""

    briefing: str
    record: Record
    brief: Positioned[BriefFile] | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A seed as it was pinned: its text, or what an earlier edition says of its quotations.

    Neither is there where nothing is known. `passages` gives, by event and folded quotation, the
    paragraph and the pieces of each.
    """

    seed: SeedText | None = None
    passages: Mapping[tuple[str, str], tuple[tuple[int, tuple[LocatedPiece, ...]], ...]] = field(
        default_factory=dict
    )


class Drift(Enum):
    """What became of a passage, from the best to the worst."""

    UNMOVED = "unmoved"
    MOVED = "moved"
    ALTERED = "altered"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Drifted:
    """What became of a passage, and where it, or what is most like it, stands now.

    `text` is what stands there now; None, as `passage`, where the passage is gone.
    """

    drift: Drift
    passage: Passage | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A text of a briefing by the name that reports give it, as "judgement 2"."""

    briefing: str
    name: str
    place: Place
    numbers: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class QuotationDrift:
    """What became of one quotation, or of an official translation of one.

    `stands` says whether it is evidence as the seed is now, by every rule for quotations. `before`
    and `now` go piece by piece, and are empty where it is not known where the quotation stood;
    `briefings` hold the event, `own` are its texts, and `statements` cite it. `translated` says
    whether a translation was made of its words, and `translation` whether it is one itself.
    `language` is that of the document.
    """

    event: str
    quote: str
    place: Place
    stands: bool
    before: tuple[LocatedPiece, ...]
    now: tuple[Drifted, ...]
    briefings: tuple[str, ...]
    statements: tuple[Statement, ...]
    own: tuple[Statement, ...] = ()
    translated: bool = False
    translation: bool = False
    language: str | None = None

    @property
    def lost_numbers(self) -> dict[str, str]:
        """The numbers that the words have and what stands there now has not, as a reader sees them.

        They are by what they are compared by, as a statement's `numbers` are.
        """
        if not self.now:
            return {}  # what stands there now is not known
        now = number_values(fold_text(" ".join(one.text or "" for one in self.now)))
        found = number_values(fold_text(self.quote)).items()
        lost = {number: written for number, written in found if number not in now}
        for first, last in date_spans(self.quote, self.language) if lost and self.language else ():
            date = self.quote[first:last]
            for number in lost.keys() & number_values(fold_text(date)).keys():
                lost[number] = f"the {lost[number]} of “{date}”"
        return lost

    @property
    def drift(self) -> Drift | None:
        """As well off as the worst of its pieces; None where it is not known where they stood."""
        return max((one.drift for one in self.now), key=list(Drift).index, default=None)

    @property
    def changed(self) -> bool:
        """Whether what rests on the quotation must be read again."""
        return not self.stands or self.drift in (Drift.ALTERED, Drift.GONE)

    @property
    def stale_translation(self) -> bool:
        """Whether it has a translation of words that are no longer the document's."""
        return self.translated and self.changed


@dataclass(frozen=True, slots=True)
class CitingDrift:
    """A statement that cites a seed itself, of which what it cites has changed or may have.

    `paragraphs` are the numbers of those that changed, each with the number under which the same
    words stand now, or None; there are none where the seed is cited as a whole, or its text as it
    was pinned is not known.
    """

    statement: Statement
    paragraphs: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class SeedDrift:
    """What a change of a seed does to all that rests on it.

    `citing` are the statements that cite the seed itself; `known` whether anything is known of the
    seed as it was pinned.
    """

    seed: str
    file: str
    quotations: tuple[QuotationDrift, ...]
    citing: tuple[CitingDrift, ...] = ()
    known: bool = True

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements to read again: they cite what was altered, is gone or stands no longer."""
        found = [s for one in self.quotations if one.changed for s in one.statements]
        return tuple(dict.fromkeys([*found, *(one.statement for one in self.citing)]))


def changed_seeds(library: Library, sha256: Callable[[str], str]) -> tuple[str, ...]:
    """The seeds whose bytes are not those that were pinned; `sha256` takes a path."""
    customs = {key: library.entries[key].value.custom for key in library.seeds}
    return tuple(
        key
        for key, custom in customs.items()
        if custom.sha256 is not None and sha256(f"seeds/{custom.file}") != custom.sha256
    )


class Quoted(NamedTuple):
    """Words that stand in a seed: a quotation, or an official translation of one."""

    event: str
    words: str
    paragraph: int | None
    briefings: list[str]
    translated: bool = False
    translation: bool = False


class SeedUses:
    """What rests on which seed in the briefings given: built once, asked for each changed seed.

    `quotations` gives, by seed and place, what is quoted and by which briefings; `citing`, by the
    id of an event or a seed, the statements that cite it, and how they do.
    """

    def __init__(self, briefings: Iterable[BriefingContent]) -> None:
        self.quotations: dict[str, dict[Place, Quoted]] = {}
        self.citing: dict[str, list[tuple[Statement, CitedItem]]] = {}
        self.own: dict[str, list[Statement]] = {}
        for one in briefings:
            texts = [] if one.brief is None else list(brief_texts(one.brief))
            for event in one.record.events.values():
                texts += event_texts(event)
                for index, item in enumerate(event.value.evidence):
                    for seed, place, quoted in _quoted(event, index, item):
                        # Briefings may share a list: the same quotations, at the same places.
                        at = self.quotations.setdefault(seed, {})
                        at.setdefault(place, quoted).briefings.append(one.briefing)
            for text in texts:
                numbers = frozenset(number_values(fold_text(text.text)))
                statement = Statement(one.briefing, text.name, text.place, numbers)
                if text.own:
                    self.own.setdefault(text.own, []).append(statement)
                for cited in text.citations:
                    self.citing.setdefault(cited.id, []).append((statement, cited))


def _quoted(
    event: Positioned[Event], index: int, item: Evidence
) -> Iterator[tuple[str, Place, Quoted]]:
    """Yield the words that a piece of evidence takes from seeds, with their seed and place."""
    key, given = event.value.id, item.translation
    quoted = Quoted(key, item.quote, item.paragraph, [], translated=given is not None)
    yield item.seed, event.place("evidence", index, "quote"), quoted
    if given and given.seed:
        place = event.place("evidence", index, "translation", "text")
        yield given.seed, place, Quoted(key, given.text, given.paragraph, [], translation=True)


def seed_drift(key: str, file: str, seed: SeedText, earlier: Earlier, uses: SeedUses) -> SeedDrift:
    """Say what became of everything that rests on a seed."""
    quotations = []
    for place, item in uses.quotations.get(key, {}).items():
        before = _pieces(item, earlier)
        resting = [s for s, _ in uses.citing.get(item.event, ()) if s.briefing in item.briefings]
        quotations.append(
            QuotationDrift(
                event=item.event,
                quote=item.words,
                place=place,
                stands=isinstance(locate(item.words, seed, item.paragraph), LocatedQuotation),
                before=before,
                now=tuple(drift(piece, seed) for piece in before),
                briefings=tuple(item.briefings),
                statements=() if item.translation else tuple(dict.fromkeys(resting)),
                own=tuple(uses.own.get(item.event, ())),
                translated=item.translated,
                translation=item.translation,
                language=seed.language,
            )
        )
    changed: dict[Statement, dict[int, int | None]] = {}
    for statement, cited in uses.citing.get(key, ()):
        paragraphs = _changed_paragraphs(cited, seed, earlier)
        if paragraphs is not None:
            changed.setdefault(statement, {}).update(paragraphs)
    citing = tuple(CitingDrift(*found) for found in changed.items())
    return SeedDrift(key, file, tuple(quotations), citing, known=earlier != Earlier())


def folded_quotation(quote: str) -> str:
    """The form under which an earlier edition's quotation and a curated one are the same."""
    return fold_text(quote).strip()


def _pieces(item: Quoted, earlier: Earlier) -> tuple[LocatedPiece, ...]:
    """Where a quotation stood; nothing where that is not known, or it stood nowhere."""
    if earlier.seed is not None:
        # A paragraph named for the text as it is now need not be the one it was.
        for paragraph in dict.fromkeys((item.paragraph, None)):
            found = locate(item.words, earlier.seed, paragraph)
            if isinstance(found, LocatedQuotation):
                return found.pieces
    passages = earlier.passages.get((item.event, folded_quotation(item.words)), ())
    here = [pieces for number, pieces in passages if number == item.paragraph]
    if here or len(passages) == 1:
        return here[0] if here else passages[0][1]
    return ()


def _changed_paragraphs(
    item: CitedItem, seed: SeedText, earlier: Earlier
) -> dict[int, int | None] | None:
    """Return the cited paragraphs that changed, and where each stands now; None where none did."""
    if earlier.seed is None or not item.paragraphs:
        return {}
    now, then = ([one.text for one in text.folded] for text in (seed, earlier.seed))
    found: dict[int, int | None] = {}
    for number in item.paragraphs:
        was = then[number - 1 : number]
        if not was or was != now[number - 1 : number]:
            found[number] = now.index(was[0]) + 1 if was and was[0] in now else None
    return found or None


def drift(piece: LocatedPiece, seed: SeedText) -> Drifted:
    """Say what became of a piece of a quotation, located in an earlier text, in a seed's new text.

    It is unmoved where the same words stand in the same paragraph, and moved where they stand in
    another: of several places the old one, else the one whose surroundings are most like the old.
    It is altered where only words like them stand.
    """
    if places := _same_words(piece.exact, seed):
        at_old = [at for at in places if (at.start, at.end) == (piece.start, piece.end)]
        place = at_old[0] if at_old else max(places, key=lambda at: _likeness(piece, at, seed))
        kind = Drift.UNMOVED if place.paragraph == piece.paragraph else Drift.MOVED
        return Drifted(kind, place, seed.text[place.start : place.end])
    near = nearest_passage(piece.exact, seed)
    if near is None:
        return Drifted(Drift.GONE)
    return Drifted(Drift.ALTERED, near, printed_line(seed.text[near.start : near.end]))


def _same_words(exact: str, seed: SeedText) -> list[Passage]:
    """Where words of a seed stand, hyphens at line ends taken either way."""
    first, *rest = fold_text(exact, seed=True).split(JOINT, _MOST_JOINTS)
    found: dict[Passage, None] = {}
    for hyphens in product(("", "-"), repeat=len(rest)):
        words = first + "".join(map(add, hyphens, rest)).replace(JOINT, "")
        found |= dict.fromkeys(occurrences(words, seed))
    return list(found)


def _likeness(piece: LocatedPiece, place: Passage, seed: SeedText) -> tuple[int, int]:
    """How far the surroundings of a place are those of a piece; then, how near it is."""
    before = seed.text[max(0, place.start - CONTEXT) : place.start]
    after = seed.text[place.end : place.end + CONTEXT]
    alike = _shared(before[::-1], piece.prefix[::-1]) + _shared(after, piece.suffix)
    return alike, -abs(place.start - piece.start)


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

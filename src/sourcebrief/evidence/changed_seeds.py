"""Pins: what a changed seed does to the quotations, events and statements that rest on it.

A pin is the SHA-256 of a seed's bytes (FIPS 180-4). Everything here is a pure function of what the
seed was and is; where the earlier text comes from is the caller's affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.claims import brief_texts, event_texts
from sourcebrief.evidence.drift import Drift, Drifted, drift, worst
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.quotations import Located, Piece, locate
from sourcebrief.text.phrases import count_of
from sourcebrief.workspace.markup import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sourcebrief.errors import Place
    from sourcebrief.evidence.claims import AuthoredText
    from sourcebrief.evidence.passages import SeedText
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.markup import CitedItem
    from sourcebrief.workspace.model import BriefFile, Evidence
    from sourcebrief.workspace.validation import Located as LocatedRecord

_MOST_NAMES: Final = 3
_MOST_STATEMENTS: Final = 6


@dataclass(frozen=True, slots=True)
class Curated:
    """What one briefing may rest on a seed with; `brief` is None where it could not be read."""

    briefing: str
    record: Record
    brief: LocatedRecord[BriefFile] | None = None


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A seed as it was pinned."""

    seed: SeedText


@dataclass(frozen=True, slots=True)
class EarlierSelectors:
    """Where quotations stood in a seed as it was pinned, known from an earlier edition.

    `passages` gives, by event and folded quotation, the paragraph and the pieces of each.
    """

    passages: Mapping[tuple[str, str], tuple[tuple[int, tuple[Piece, ...]], ...]]


Earlier = EarlierText | EarlierSelectors


@dataclass(frozen=True, slots=True)
class Statement:
    """A text of a briefing by the name that reports give it, as "judgement 2"."""

    briefing: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class QuotationDrift:
    """What became of one quotation.

    `drift` is None where it is not known where the quotation stood; `stands` tells whether it is
    evidence as the seed is now, by every rule for quotations. `before` and `now` go piece by piece;
    `briefings` hold the event, and `statements` cite it.
    """

    event: str
    quote: str
    place: Place
    drift: Drift | None
    stands: bool
    before: tuple[Piece, ...]
    now: tuple[Drifted, ...]
    briefings: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def changed(self) -> bool:
        """Whether what rests on the quotation must be read again."""
        return not self.stands or self.drift in (Drift.ALTERED, Drift.GONE)


@dataclass(frozen=True, slots=True)
class SeedDrift:
    """What a change of a seed does to all that rests on it.

    `citing` are the statements that cite the seed itself, where what they cite has changed or may
    have; `known` whether anything is known of the seed as it was pinned.
    """

    seed: str
    file: str
    quotations: tuple[QuotationDrift, ...]
    citing: tuple[Statement, ...] = ()
    known: bool = True

    def having(self, *drifts: Drift | None) -> tuple[QuotationDrift, ...]:
        """The quotations with one of these fates."""
        return tuple(one for one in self.quotations if one.drift in drifts)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements to read again: they cite what was altered, is gone or stands no longer."""
        resting = [s for one in self.quotations if one.changed for s in one.statements]
        return tuple(dict.fromkeys([*resting, *self.citing]))


def changed_seeds(library: Library, sha256: Callable[[str], str]) -> tuple[str, ...]:
    """The seeds whose bytes are not those that were pinned; `sha256` takes a path."""
    found = []
    for key in library.seeds:
        custom = library.entries[key].value.custom
        if custom.sha256 is not None and sha256(f"seeds/{custom.file}") != custom.sha256:
            found.append(key)
    return tuple(found)


class Resting:
    """What rests on which seed in the briefings given: built once, asked for each changed seed."""

    def __init__(self, curated: Iterable[Curated]) -> None:
        self._quotations: dict[str, dict[Place, tuple[str, Evidence]]] = {}
        self._holding: dict[tuple[str, str], list[str]] = {}
        self._citing: dict[tuple[str, str], dict[Statement, list[CitedItem]]] = {}
        self._briefings: list[str] = []
        for one in curated:
            self._briefings.append(one.briefing)
            for key, event in one.record.events.items():
                self._holding.setdefault((key, event.document.path), []).append(one.briefing)
                for index, item in enumerate(event.value.evidence):
                    # Briefings may share a list: its quotations are the same, at the same places.
                    place = event.place("evidence", index, "quote")
                    self._quotations.setdefault(item.seed, {})[place] = key, item
            for text in _texts(one):
                statement = Statement(one.briefing, text.name, text.place)
                for cited in _cited(text):
                    citing = self._citing.setdefault((one.briefing, cited.id), {})
                    citing.setdefault(statement, []).append(cited)

    def quotations(self, seed: str) -> Iterator[tuple[str, Evidence, Place]]:
        """The quotations of a seed: event, evidence, and where the quotation is written."""
        for place, (event, item) in self._quotations.get(seed, {}).items():
            yield event, item, place

    def holding(self, event: str, path: str) -> tuple[str, ...]:
        """The briefings with an event of this event file."""
        return tuple(self._holding[event, path])

    def statements(
        self, cited: str, briefings: Iterable[str] | None = None
    ) -> Iterator[tuple[Statement, list[CitedItem]]]:
        """The statements that cite an event or a seed, and how they do."""
        for briefing in self._briefings if briefings is None else briefings:
            yield from self._citing.get((briefing, cited), {}).items()


def seed_drift(
    key: str, file: str, seed: SeedText | None, earlier: Earlier | None, resting: Resting
) -> SeedDrift:
    """Say what became of everything that rests on a seed; `seed` is None where it is no text."""
    quotations = []
    for event, item, place in resting.quotations(key):
        before = _pieces(item, event, earlier)
        now = tuple(Drifted(Drift.GONE) if seed is None else drift(p, seed) for p in before)
        briefings = resting.holding(event, place.path)
        quotations.append(
            QuotationDrift(
                event=event,
                quote=item.quote,
                place=place,
                drift=worst(one.drift for one in now) if now else None,
                stands=_stands(item, seed),
                before=before,
                now=now,
                briefings=briefings,
                statements=tuple(one for one, _ in resting.statements(event, briefings)),
            )
        )
    citing = tuple(
        statement
        for statement, items in resting.statements(key)
        if not all(_as_it_was(item, seed, earlier) for item in items)
    )
    return SeedDrift(key, file, tuple(quotations), citing, earlier is not None)


def folded_quotation(quote: str) -> str:
    """The form under which an earlier edition's quotation and a curated one are the same."""
    return fold_text(quote).strip()


def _stands(item: Evidence, seed: SeedText | None) -> bool:
    return seed is not None and isinstance(locate(item.quote, seed, item.paragraph), Located)


def _pieces(item: Evidence, event: str, earlier: Earlier | None) -> tuple[Piece, ...]:
    """Where a quotation stood; nothing where that is not known, or it stood nowhere."""
    if isinstance(earlier, EarlierText):
        # A paragraph named for the text as it is now need not be the one it was.
        for paragraph in dict.fromkeys((item.paragraph, None)):
            found = locate(item.quote, earlier.seed, paragraph)
            if isinstance(found, Located):
                return found.pieces
    elif isinstance(earlier, EarlierSelectors):
        passages = earlier.passages.get((event, folded_quotation(item.quote)), ())
        here = [pieces for number, pieces in passages if number == item.paragraph]
        if here or len(passages) == 1:
            return here[0] if here else passages[0][1]
    return ()


def _texts(curated: Curated) -> Iterator[AuthoredText]:
    if curated.brief is not None:
        yield from brief_texts(curated.brief)
    for event in curated.record.events.values():
        yield from event_texts(event)


def _cited(text: AuthoredText) -> tuple[CitedItem, ...]:
    return parse(text.text, inline=text.inline).citations if text.markdown else ()


def _as_it_was(item: CitedItem, seed: SeedText | None, earlier: Earlier | None) -> bool:
    if seed is None or not isinstance(earlier, EarlierText) or not item.paragraphs:
        return False
    last = min(len(seed.folded), len(earlier.seed.folded))
    return all(
        0 < number <= last and seed.folded[number - 1].text == earlier.seed.folded[number - 1].text
        for number in item.paragraphs
    )


def consequence(found: SeedDrift) -> str:
    """The whole in one clause: how many quotations fared how, and what rests on the worse of them.

    Names are given up to a few; `pin` lists them all.
    """
    lost = [one for one in found.quotations if not one.stands]
    if not found.quotations:
        clause = "no quotation rests on it"
    elif not found.known or all(one.drift is None for one in found.quotations):
        clause = _standing(found, lost)
    else:
        parts = [_part(kind.value, found.having(kind)) for kind in Drift if found.having(kind)]
        if unknown := found.having(None):
            parts.append(_part("not in the text that was pinned", unknown))
        count = count_of(len(found.quotations), "quotation")
        only = f"all {count}" if len(found.quotations) > 1 else "its quotation"
        clause = f"of {count} {_listed(parts)}" if len(parts) > 1 else f"{only} {_alone(parts[0])}"
        # Those altered and gone are named already; a repeat, say, makes others fall too.
        others = [one for one in lost if one.drift in (Drift.UNMOVED, Drift.MOVED)]
        if others:
            clause += f"; no longer evidence though the words stand: {_events(others)}"
    if found.statements:
        clause += f"; to be read again: {statements_listed(found.statements, _MOST_STATEMENTS)}"
    return clause


def _standing(found: SeedDrift, lost: list[QuotationDrift]) -> str:
    count = len(found.quotations)
    if not lost:
        return (
            f"all {count_of(count, 'quotation')} from it still stand"
            if count > 1
            else "its quotation stands"
        )
    stand = "stands" if len(lost) == 1 else "stand"
    return f"{len(lost)} of {count_of(count, 'quotation')} no longer {stand} ({_events(lost)})"


def _part(word: str, quotations: tuple[QuotationDrift, ...]) -> str:
    # Whatever has not moved needs no name.
    names = "" if word == Drift.UNMOVED.value else f" ({_events(quotations)})"
    return f"{len(quotations)} {word}{names}"


def _alone(part: str) -> str:
    """A part that is the whole: without its number."""
    return part.split(" ", 1)[1]


def _events(quotations: Iterable[QuotationDrift]) -> str:
    names = tuple(dict.fromkeys(one.event for one in quotations))
    return _shortened(names, _MOST_NAMES)


def statements_listed(statements: Iterable[Statement], most: int | None = None) -> str:
    """Statements by briefing: "the bottom line and judgement 2 of ports"; `most` of them each."""
    by_briefing: dict[str, list[str]] = {}
    for one in statements:
        by_briefing.setdefault(one.briefing, []).append(one.name)
    parts = []
    for briefing, names in by_briefing.items():
        listed = _listed(names) if most is None else _shortened(names, most)
        parts.append(f"{listed} of {briefing}")
    return "; ".join(parts)


def _shortened(names: Iterable[str], most: int) -> str:
    names = list(names)
    if len(names) <= most + 1:
        return _listed(names)
    return _listed([*names[:most], f"{len(names) - most} more"])


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""

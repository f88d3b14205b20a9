"""What a changed seed does to the quotations, events and statements that rest on it.

A pin is the SHA-256 of a seed's bytes (FIPS 180-4). Everything here is a pure function of what the
seed was and is; the caller finds the earlier text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebrief.errors import Place
from sourcebrief.evidence.drift import Drift, Drifted, drift, worst
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.quotations import LocatedPiece, LocatedQuotation, locate
from sourcebrief.workspace.authored_texts import brief_texts, event_texts

if TYPE_CHECKING:
    from sourcebrief.workspace.authored_texts import AuthoredText
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.markup import CitedItem
    from sourcebrief.workspace.model import BriefFile, Evidence
    from sourcebrief.workspace.validation import Positioned


@dataclass(frozen=True, slots=True)
class BriefingContent:
    """What one briefing may rest on a seed with; `brief` is None where it could not be read."""

    briefing: str
    record: Record
    brief: Positioned[BriefFile] | None = None


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A seed as it was pinned."""

    seed: SeedText


@dataclass(frozen=True, slots=True)
class EarlierSelectors:
    """Where quotations stood in a seed as it was pinned, known from an earlier edition.

    `passages` gives, by event and folded quotation, the paragraph and the pieces of each.
    """

    passages: Mapping[tuple[str, str], tuple[tuple[int, tuple[LocatedPiece, ...]], ...]]


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

    `drift` is None where it is not known where the quotation stood; `stands` says whether it is
    evidence as the seed is now, by every rule for quotations. `before` and `now` go piece by piece;
    `briefings` hold the event, and `statements` cite it.
    """

    event: str
    quote: str
    place: Place
    drift: Drift | None
    stands: bool
    before: tuple[LocatedPiece, ...]
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
    customs = {key: library.entries[key].value.custom for key in library.seeds}
    return tuple(
        key
        for key, custom in customs.items()
        if custom.sha256 is not None and sha256(f"seeds/{custom.file}") != custom.sha256
    )


class SeedUses:
    """What rests on which seed in the briefings given: built once, asked for each changed seed."""

    def __init__(self, briefings: Iterable[BriefingContent]) -> None:
        self._quotations: dict[str, dict[Place, tuple[str, Evidence, list[str]]]] = {}
        self._citing: dict[str, list[tuple[Statement, CitedItem]]] = {}
        for one in briefings:
            for key, event in one.record.events.items():
                for index, item in enumerate(event.value.evidence):
                    # Briefings may share a list: its quotations are the same, at the same places.
                    place = event.place("evidence", index, "quote")
                    at = self._quotations.setdefault(item.seed, {})
                    at.setdefault(place, (key, item, []))[2].append(one.briefing)
            for text in _texts(one):
                for cited in text.citations:
                    statement = Statement(one.briefing, text.name, text.place)
                    self._citing.setdefault(cited.id, []).append((statement, cited))

    def quotations(self, seed: str) -> Iterator[tuple[Place, str, Evidence, tuple[str, ...]]]:
        """The quotations of a seed: the place, the event, the evidence, and the briefings."""
        for place, (event, item, briefings) in self._quotations.get(seed, {}).items():
            yield place, event, item, tuple(briefings)

    def citing(self, cited: str) -> list[tuple[Statement, CitedItem]]:
        """The statements that cite an event or a seed, and how they do."""
        return self._citing.get(cited, [])


def seed_drift(
    key: str, file: str, seed: SeedText | None, earlier: Earlier | None, uses: SeedUses
) -> SeedDrift:
    """Say what became of everything that rests on a seed; `seed` is None where it is not text."""
    quotations = []
    for place, event, item, briefings in uses.quotations(key):
        before = _pieces(item, event, earlier)
        now = tuple(Drifted(Drift.GONE) if seed is None else drift(p, seed) for p in before)
        statements = [one for one, _ in uses.citing(event) if one.briefing in briefings]
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
                statements=tuple(dict.fromkeys(statements)),
            )
        )
    changed = [one for one, item in uses.citing(key) if not _as_it_was(item, seed, earlier)]
    citing = tuple(dict.fromkeys(changed))
    return SeedDrift(key, file, tuple(quotations), citing, earlier is not None)


def folded_quotation(quote: str) -> str:
    """The form under which an earlier edition's quotation and a curated one are the same."""
    return fold_text(quote).strip()


def _stands(item: Evidence, seed: SeedText | None) -> bool:
    return seed is not None and isinstance(
        locate(item.quote, seed, item.paragraph), LocatedQuotation
    )


def _pieces(item: Evidence, event: str, earlier: Earlier | None) -> tuple[LocatedPiece, ...]:
    """Where a quotation stood; nothing where that is not known, or it stood nowhere."""
    if isinstance(earlier, EarlierText):
        # A paragraph named for the text as it is now need not be the one it was.
        for paragraph in dict.fromkeys((item.paragraph, None)):
            found = locate(item.quote, earlier.seed, paragraph)
            if isinstance(found, LocatedQuotation):
                return found.pieces
    elif isinstance(earlier, EarlierSelectors):
        passages = earlier.passages.get((event, folded_quotation(item.quote)), ())
        here = [pieces for number, pieces in passages if number == item.paragraph]
        if here or len(passages) == 1:
            return here[0] if here else passages[0][1]
    return ()


def _texts(curated: BriefingContent) -> Iterator[AuthoredText]:
    if curated.brief is not None:
        yield from brief_texts(curated.brief)
    for event in curated.record.events.values():
        yield from event_texts(event)


def _as_it_was(item: CitedItem, seed: SeedText | None, earlier: Earlier | None) -> bool:
    if seed is None or not isinstance(earlier, EarlierText) or not item.paragraphs:
        return False
    last = min(len(seed.folded), len(earlier.seed.folded))
    return all(
        0 < number <= last and seed.folded[number - 1].text == earlier.seed.folded[number - 1].text
        for number in item.paragraphs
    )

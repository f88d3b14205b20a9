"""The proof of a record: every quotation located in its seed before anything is written."""

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from typing import Final

from sourcebrief.dates.event_date import EventDate
from sourcebrief.dates.in_text import full_dates, states
from sourcebrief.dates.other_calendars import in_common_era
from sourcebrief.errors import Problem
from sourcebrief.evidence.misses import explain, quoted
from sourcebrief.evidence.passages import NotUTF8, SeedText, decode_seed, read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, MissReason, locate
from sourcebrief.evidence.translations import locate_translation
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import CatalogueEntry, Event, Evidence
from sourcebrief.workspace.validation import Positioned, validate

# Of the seeds, for quotations that miss: 200 of them among 2,000 seeds of 10 kB.
_MOST_READ: Final = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Proven:
    """A quotation of an event and the passage where it stands.

    `translation` is where its official translation stands, if it has one.
    """

    evidence: Evidence
    located: LocatedQuotation
    translation: LocatedQuotation | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The proven evidence of every event, and what its sources are worth."""

    library: Library
    seeds: Mapping[str, SeedText]
    evidence: Mapping[str, tuple[Proven, ...]]

    def is_whole(self, event: Positioned[Event]) -> bool:
        """Whether each quotation of an event was located."""
        return len(self.evidence[event.value.id]) == len(event.value.evidence)

    def origins(self, event: str) -> frozenset[str]:
        """The independent origins of an event's quotations; references do not count."""
        return frozenset(self.library.origin(p.evidence.seed) for p in self.evidence[event])

    def grade(self, seed: str) -> str | None:
        """The Admiralty letter of a seed, or None where it is not graded."""
        reliability = self.library.entries[seed].value.custom.reliability
        return reliability.grade if reliability is not None else None


def read_seeds(
    library: Library, sound: Container[str] = ()
) -> tuple[dict[str, SeedText], list[Problem], frozenset[str]]:
    """Divide every seed into paragraphs, and check what its entry says of its text.

    A seed that is not UTF-8 is a problem and is left out. Of those that are known to be `sound`
    the entry is not checked; the last of what is returned are those that are not.
    """
    faulty = set()
    seeds: dict[str, SeedText] = {}
    problems: list[Problem] = []
    for key, data in library.seeds.items():
        entry = library.entries[key]
        custom = entry.value.custom
        try:
            seeds[key] = read_seed(decode_seed(data), custom.ignore, entry.value.language)
        except NotUTF8 as error:
            problems.append(Problem(entry.place("custom", "file"), f"{custom.file}: {error}"))
            faulty.add(key)
            continue
        found = [] if key in sound else list(_check_entry(entry, seeds[key]))
        problems += found
        if found or entry.replaced:
            faulty.add(key)
    return seeds, problems, frozenset(faulty)


def _check_entry(entry: Positioned[CatalogueEntry], seed: SeedText) -> Iterator[Problem]:
    custom, issued, language = entry.value.custom, entry.value.issued, entry.value.language
    last = len(seed.paragraphs)
    if beyond := sorted(number for number in custom.ignore if number > last):
        message = f"ignore names paragraph {beyond[0]}, but {custom.file} has {last}"
        yield Problem(entry.place("custom", "ignore"), message)
    stated = custom.issued_basis == "stated" and "issued" not in entry.replaced
    if stated and language and not _states(seed, issued, language):
        way_out = "correct it, or set issued_basis to inferred or external and say why"
        if converted := _in_another_era([seed.text], issued, language):
            way_out = (
                f"it counts the year in another era ({converted}): "
                "set issued_basis to inferred, and say so in issued_note"
            )
        nearest = _nearest_date({entry.value.id: seed}, issued)
        message = f"issued {issued.text} is not stated in {custom.file}{nearest}; {way_out}"
        yield Problem(entry.place("issued"), message)


def _states(seed: SeedText, issued: EventDate, language: str) -> bool:
    """Whether a seed states its date; nearly always a paragraph with the year does."""
    day = issued.earliest or issued.latest
    year = f"{day.year:04}" if day else ""
    near = (paragraph.text for paragraph in seed.paragraphs if year in paragraph.text)
    return any(states(text, issued, language) for text in near) or states(
        seed.text, issued, language
    )


Located = dict[tuple[str, str, int | None], LocatedQuotation | Miss]
"""What became of quotations, by seed, words and paragraph: true while the seeds stay the same."""


def prove(
    record: Record,
    library: Library,
    seeds: Mapping[str, SeedText],
    located: Located | None = None,
    sound: Container[str] = (),
) -> tuple[Proof, list[Problem]]:
    """Locate every quotation and test every stated date of a record.

    The quotations of an event that could not be read are located too, for their problems.
    `located` remembers each, for the next record with the same seeds. `sound` are events whose date
    is known to be stated.
    """
    located = {} if located is None else located
    wide = _wide_searches(seeds)
    problems: list[Problem] = []
    evidence: dict[str, tuple[Proven, ...]] = {}
    for key, event in record.events.items():
        path = (*event.path, "evidence")
        items = [
            Positioned(item, event.document, (*path, n))
            for n, item in enumerate(event.value.evidence)
        ]
        evidence[key], missed = _locate_each(items, seeds, wide, located)
        problems += missed
    for items in _unread_evidence(record):
        problems += _locate_each(items, seeds, wide, located)[1]
    proof = Proof(library, seeds, evidence)
    for key, event in record.events.items():
        known = key in sound or "date" in event.replaced
        problems += () if known else _check_stated(event, proof)
        if proof.is_whole(event):
            problems += _check_credibility(event, proof)
    return proof, problems


def _unread_evidence(record: Record) -> Iterator[list[Positioned[Evidence]]]:
    """Yield the readable evidence of each event that has a fault elsewhere, as in its date."""
    read = {(event.document.path, event.path) for event in record.events.values()}
    for document in record.files:
        events = document.get("events")
        for index, event in enumerate(events if isinstance(events, list) else ()):
            listed = event.get("evidence") if isinstance(event, dict) else None
            if isinstance(listed, list) and (document.path, ("events", index)) not in read:
                path = ("events", index, "evidence")
                items = (validate(Evidence, v, document, (*path, n)) for n, v in enumerate(listed))
                yield [item for item, _ in items if item is not None]


def _wide_searches(seeds: Mapping[str, SeedText]) -> Iterator[bool]:
    """Say for each quotation that misses whether to look for it in all seeds, or in its own alone.

    The limit counts characters and not seconds, so that every machine gives the same messages.
    """
    size = sum(len(seed.text) for seed in seeds.values())
    return chain(repeat(True, max(1, _MOST_READ // (size + 1))), repeat(False))


def _locate_each(
    items: Iterable[Positioned[Evidence]],
    seeds: Mapping[str, SeedText],
    wide: Iterator[bool],
    located: Located,
) -> tuple[tuple[Proven, ...], list[Problem]]:
    """Locate the quotations of one event in the seeds that could be read."""
    proven: list[Proven] = []
    problems: list[Problem] = []
    seen: set[tuple[str, tuple[tuple[int, int], ...]]] = set()
    for item in items:
        evidence = item.value
        if evidence.seed not in seeds:
            continue
        asked = evidence.seed, evidence.quote, evidence.paragraph
        if asked not in located:
            located[asked] = locate(evidence.quote, seeds[evidence.seed], evidence.paragraph)
        found = located[asked]
        if isinstance(found, Miss):
            key = "paragraph" if found.reason is MissReason.WRONG_PARAGRAPH else "quote"
            searched = seeds if next(wide) else {evidence.seed: seeds[evidence.seed]}
            message = explain(found, evidence.seed, searched)
            problems.append(Problem(item.place(key), message))
            continue
        passage = (evidence.seed, tuple((piece.start, piece.end) for piece in found.pieces))
        if passage in seen:
            message = "this passage is quoted for the event already; delete one"
            problems.append(Problem(item.place("quote"), message))
        seen.add(passage)
        # The author's word on how the quotation was cut prints behind it.
        for turned in () if evidence.note else found.turned:
            message = f"{turned}; quote more, or say in `note` how you cut it"
            problems.append(Problem(item.place("quote"), message, "warning"))
        translation = locate_translation(item, seeds)
        if isinstance(translation, Problem):
            problems.append(translation)
            translation = None
        proven.append(Proven(evidence, found, translation))
    return tuple(proven), problems


def _check_stated(event: Positioned[Event], proof: Proof) -> Iterator[Problem]:
    date, listed = event.value.date, event.value.evidence
    if date.basis != "stated" or not all(item.seed in proof.seeds for item in listed):
        return
    entries = proof.library.entries
    found = {proven.evidence: proven.located.stretches for proven in proof.evidence[event.value.id]}
    # A quotation that misses may be meant to state it: then only the words are wrong.
    quoted_words = [
        (found.get(item, (item.quote,)), entries[item.seed].value.language) for item in listed
    ]
    seeds = {item.seed: proof.seeds[item.seed] for item in listed}
    what = why_unstated(date.value, quoted_words, seeds)
    if not what:
        return
    way_out = (
        "quote the words that hold the whole date, or write date: "
        f"{{value: {date.value.text}, basis: inferred, note: how it is known}}"
    )
    for stretches, language in quoted_words:
        if converted := _in_another_era(stretches, date.value, language):
            what = f"the quotation counts the year in another era ({converted})"
            way_out = "set basis to inferred, and say so in `note`"
    message = f"the date {date.value.text} is given as stated, but {what}; {way_out}"
    yield Problem(event.place("date"), message)


def why_unstated(
    date: EventDate,
    quoted_words: Iterable[tuple[Sequence[str], str | None]],
    seeds: Mapping[str, SeedText],
) -> str:
    """Say why no quotation states a date; empty where one does.

    The quotations are stretches of words with their language, from the `seeds`.
    """
    # What brackets part is not one date expression, and what they hold is not the seed's.
    for stretches, language in quoted_words:
        if language and any(states(words, date, language) for words in stretches):
            return ""
    if date.qualified:
        return "a qualified date is never stated"
    return f"no quotation states it{_nearest_date(seeds, date)}"


def _nearest_date(seeds: Mapping[str, SeedText], date: EventDate) -> str:
    """Write a clause that names the passage which states a date, or one with the nearest day."""
    day = date.earliest or date.latest or datetime.date.max
    passages = [
        (abs((day - named).days), name, one)
        for name, seed in seeds.items()
        for one in seed.paragraphs
        for named in full_dates(one.text, seed.language or "en")
        if not one.ignored
    ]
    if not passages:
        return ""
    _, name, one = min(passages, key=itemgetter(0))
    where = f"{name}, ¶ {one.number}, {quoted(one.text)}"
    stated = states(one.text, date, seeds[name].language or "en")
    return f", though {where} does" if stated else f"; the nearest date is in {where}"


def _in_another_era(texts: Iterable[str], date: EventDate, language: str | None) -> str | None:
    """Word the conversion by which a text would state a date, if one does."""
    for text in texts:
        converted = in_common_era(text, language) if language else None
        if language and converted and states(converted[0], date, language):
            return converted[1]
    return None


def _check_credibility(event: Positioned[Event], proof: Proof) -> Iterator[Problem]:
    if event.value.credibility == 1 and len(proof.origins(event.value.id)) < 2:
        message = (
            "credibility 1 means confirmed by an independent source, "
            "but the evidence has one origin; quote a second or lower it"
        )
        yield Problem(event.place("credibility"), message)

"""What authored texts claim, held against the evidence that they cite.

These are warnings: they point at a number, a date, quoted words or a judgement for which no passage
speaks, and leave it to the author, who may know why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sourcebrief.dates.in_text import date_spans, full_dates
from sourcebrief.errors import Problem
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.quotations import contains_words
from sourcebrief.text.names import did_you_mean
from sourcebrief.workspace.markup import parse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator

    from sourcebrief.errors import Place
    from sourcebrief.evidence.proof import Proof
    from sourcebrief.workspace.briefing import Briefing, Record
    from sourcebrief.workspace.markup import CitedItem
    from sourcebrief.workspace.model import BriefFile, Event
    from sourcebrief.workspace.validation import Positioned

# A number begins where neither letter nor digit precedes: the 5 of 5G and the 4 of Cyber4dev are
# parts of names. An ordinal's ending belongs to the number.
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f]\d+)*(?:(?:st|nd|rd|th)\b|[ºª])?(?!\w)")
_ANY_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_SEPARATORS = re.compile(r"[.,\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class AuthoredText:
    """A text of the author's and where it stands.

    `name` is what a report calls it ("judgement 2", "caveat of cyber-talks"); `path` leads to it in
    its record; `own` is the event it belongs to, whose evidence carries it; `needs_citation` is
    set for the brief's own paragraphs.
    """

    name: str
    text: str
    record: Positioned[Any]
    path: tuple[str | int, ...]
    own: str | None = None
    markdown: bool = True
    inline: bool = False
    needs_citation: bool = False

    @property
    def place(self) -> Place:
        """Where it begins; found when asked, since most texts have no fault to be shown."""
        return self.record.place(*self.path)


def brief_texts(located: Positioned[BriefFile]) -> Iterator[AuthoredText]:
    """Every text of a `brief.yaml`, in the order of the file."""
    brief = located.value

    def own(name: str, text: str, *path: str | int) -> AuthoredText:
        return AuthoredText(name, text, located, path, needs_citation=True)

    yield own("bottom line", brief.bottom_line, "bottom_line")
    for index, judgement in enumerate(brief.judgements):
        yield own(f"judgement {index + 1}", judgement.text, "judgements", index, "text")
    for index, actor in enumerate(brief.actors):
        if actor.summary:
            yield own(f"summary of {actor.id}", actor.summary, "actors", index, "summary")
    for index, gap in enumerate(brief.gaps):
        yield own(f"gap {index + 1}", gap, "gaps", index)
    for index, section in enumerate(brief.sections):
        yield own(f"section “{section.heading}”", section.text, "sections", index, "text")


def event_texts(event: Positioned[Event]) -> Iterator[AuthoredText]:
    """The texts of an event, which its own evidence carries."""
    value, key = event.value, event.value.id
    yield AuthoredText(f"title of {key}", value.title, event, ("title",), key, markdown=False)
    yield AuthoredText(f"summary of {key}", value.summary, event, ("summary",), key, inline=True)
    if value.caveat:
        yield AuthoredText(f"caveat of {key}", value.caveat, event, ("caveat",), key, inline=True)
    for index, outcome in enumerate(value.outcomes):
        name, path = f"outcome {index + 1} of {key}", ("outcomes", index, "text")
        yield AuthoredText(name, outcome.text, event, path, key, markdown=False)


def check_citations(
    texts: Iterable[AuthoredText],
    record: Record,
    proof: Proof,
    selected: Collection[str],
) -> Iterator[Problem]:
    """Report markup that does not print and citations that lead nowhere: errors."""
    for text in texts:
        if not text.markdown:
            continue
        parsed = parse(text.text, inline=text.inline)
        yield from (Problem(text.place, fault) for fault in parsed.faults)
        for item in parsed.citations:
            if fault := _citation_fault(item, record, proof, selected):
                yield Problem(text.place, fault)
        if text.needs_citation:
            for block in parsed.blocks:
                if not block.citations:
                    shown = " ".join(block.plain.split()[:6])
                    message = f'a paragraph without a citation ("{shown} …"); cite what it rests on'
                    yield Problem(text.place, message, "warning")


def _citation_fault(
    item: CitedItem, record: Record, proof: Proof, selected: Collection[str]
) -> str | None:
    if item.id in record.known_events and item.id not in proof.library.known:
        if item.locator is not None:
            return f"[@{item.id}, {item.locator}]: an event has no locator; cite its seed for one"
        if item.id in record.events and item.id not in selected:
            return f"the event {item.id!r} is cited but not selected; select it or cite another"
        return None
    if item.id not in proof.library.known:
        known = {*record.known_events, *proof.library.known}
        way_out = did_you_mean(item.id, known) or "; cite one that there is"
        return f"no event or catalogue entry {item.id!r} to cite{way_out}"
    seed = proof.seeds.get(item.id)
    if seed is not None:
        for number in item.paragraphs:
            if not 1 <= number <= len(seed.paragraphs):
                return f"{item.id} has no paragraph {number}; it has {len(seed.paragraphs)}"
    return None


def check_claims(
    texts: Iterable[AuthoredText],
    record: Record,
    proof: Proof,
    language: str,
) -> Iterator[Problem]:
    """Warn of numbers, quoted words and full dates for which nothing cited speaks."""
    for text in texts:
        if not text.markdown:
            yield from _check_block(text, text.text, (), record, proof, language)
            continue
        for block in parse(text.text, inline=text.inline).blocks:
            yield from _check_block(text, block.plain, block.citations, record, proof, language)


def _check_block(
    text: AuthoredText,
    words: str,
    citations: tuple[CitedItem, ...],
    record: Record,
    proof: Proof,
    language: str,
) -> Iterator[Problem]:
    cited = [item.id for item in citations]
    events = [key for key in ([text.own] if text.own else []) + cited if key in proof.evidence]
    passages = [p.located.printed for key in events for p in proof.evidence[key]]
    passages += list(_cited_passages(citations, proof))
    found = numbers(words, language)
    if found:
        carried = {number for passage in passages for number in _all_numbers(passage)}
        for shown, number in found:
            if number not in carried:
                message = (
                    f"no evidence cited here carries the number {shown}; "
                    "quote the words that do, or correct it"
                )
                yield Problem(text.place, message, "warning")
    seeds = {p.evidence.seed for key in events for p in proof.evidence[key]}
    seeds |= {key for key in cited if key in proof.seeds}
    for quoted in _QUOTED.findall(words):
        if not any(contains_words(quoted, proof.seeds[key]) for key in sorted(seeds)):
            message = (
                f'the quoted words "{quoted}" stand in no seed cited here; '
                "cite their seed, or say it in your own words"
            )
            yield Problem(text.place, message, "warning")
    dates = {record.events[key].value.date.value for key in events if key in record.events}
    for day in full_dates(words, language):
        if any(day in (known.earliest, known.latest) for known in dates):
            continue
        if any(_names_day(passage, day, _languages(proof, seeds)) for passage in passages):
            continue
        message = (
            f"the date {day} is no cited event's, and no evidence cited states it; "
            "cite what does, or correct it"
        )
        yield Problem(text.place, message, "warning")


def _names_day(passage: str, day: dt.date, languages: Iterable[str]) -> bool:
    return any(day in full_dates(passage, language) for language in languages)


def _languages(proof: Proof, seeds: Collection[str]) -> list[str]:
    languages = {proof.library.entries[key].value.language for key in seeds}
    return sorted(language for language in languages if language)


def _cited_passages(citations: Iterable[CitedItem], proof: Proof) -> Iterator[str]:
    for item in citations:
        seed = proof.seeds.get(item.id)
        if seed is None:
            continue
        wanted = set(item.paragraphs)
        for paragraph in seed.paragraphs:
            if not wanted or paragraph.number in wanted:
                yield paragraph.text


def numbers(text: str, language: str) -> list[tuple[str, str]]:
    """The numbers of a text, as written and as compared; dates and digits in names apart."""
    if not _NUMBER.search(text):
        return []
    for start, end in date_spans(text, language):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return [(found[0], _value(found[0])) for found in _NUMBER.finditer(text)]


def _all_numbers(passage: str) -> Iterator[str]:
    for found in _ANY_NUMBER.finditer(fold_text(passage)):
        yield _value(found[0])


def _value(number: str) -> str:
    return number if number.isdecimal() else _SEPARATORS.sub("", re.sub(r"\D+$", "", number))


def check_judgements(briefing: Briefing, proof: Proof) -> Iterator[Problem]:
    """Warn of high confidence on one origin, or on sources graded D to F alone."""
    for index, judgement in enumerate(briefing.brief.value.judgements):
        if judgement.confidence != "high":
            continue
        events = [i.id for i in parse(judgement.text).citations if i.id in proof.evidence]
        place = briefing.brief.place("judgements", index, "confidence")
        origins = {origin for event in events for origin in proof.origins(event)}
        seeds = {proven.evidence.seed for event in events for proven in proof.evidence[event]}
        if len(origins) < 2:
            held = "one origin; cite a second" if origins else "no event; cite those it rests on"
            message = f"high confidence rests on {held} or lower it"
            yield Problem(place, message, "warning")
        # An ungraded source is not known to be poor.
        if seeds and all(proof.grade(seed) in ("D", "E", "F") for seed in seeds):
            message = "high confidence rests only on sources graded D to F; lower it"
            yield Problem(place, message, "warning")


def check_newest_seed(record: Record, proof: Proof) -> Iterator[Problem]:
    """Warn of an event that begins after the newest seed quoted for it."""
    for key, event in record.events.items():
        issued = [
            proof.library.entries[p.evidence.seed].value.issued.latest for p in proof.evidence[key]
        ]
        if issued and all(issued):
            newest = max(day for day in issued if day is not None)
            if event.value.date.value.begins_after(newest):
                message = (
                    f"the event begins after the newest seed quoted for it ({newest}); "
                    "correct the date, or quote a later seed"
                )
                yield Problem(event.place("date"), message, "warning")

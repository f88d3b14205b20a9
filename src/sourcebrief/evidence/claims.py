"""What authored texts claim, held against the evidence that they cite.

These are warnings: they point at a number, a date, quoted words or a judgement for which no passage
speaks, and leave it to the author, who may know why.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from sourcebrief.dates.event_date import EventDate
from sourcebrief.dates.in_text import days_of_months, full_dates
from sourcebrief.errors import Problem
from sourcebrief.evidence.claimed_numbers import Passage, uncarried_numbers
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.proof import Proof, Proven
from sourcebrief.evidence.quotations import occurrences
from sourcebrief.evidence.translated_numbers import unfounded_in
from sourcebrief.evidence.translations import holds_words
from sourcebrief.text.likelihood import likelihood_faults, scale_for
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.phrases import QUOTED_WORDS
from sourcebrief.workspace.authored_texts import AuthoredText
from sourcebrief.workspace.briefing import Briefing, Record
from sourcebrief.workspace.markup import CitedItem, parse_markup

# What stands in brackets, and is no citation there, has a problem of its own.
_BARE_CITATION = re.compile(r"(?<!\w)@([a-z0-9][a-z0-9-]*[a-z0-9])(?![^\[\]]*\])")


def check_citations(
    texts: Iterable[AuthoredText], record: Record, proof: Proof, selected: Collection[str]
) -> Iterator[Problem]:
    """Report markup that does not print and citations that lead nowhere: errors."""
    for text in texts:
        if not text.markdown:
            continue
        parsed = text.parsed
        yield from (Problem(text.place, fault) for fault in parsed.faults)
        for item in parsed.citations:
            if fault := _citation_fault(item, record, proof, selected):
                yield Problem(text.place, fault)
        for words, citations in text.blocks:
            for key in _BARE_CITATION.findall(words):
                if key in record.events or key in proof.library.known:
                    yield Problem(text.place, f"'@{key}' cites nothing yet; write [@{key}]")
            if text.own is None and not citations:
                shown = " ".join(words.split()[:6])
                message = f'a paragraph without a citation ("{shown} …"); cite what it rests on'
                yield Problem(text.place, message, "warning")


def _citation_fault(
    item: CitedItem, record: Record, proof: Proof, selected: Collection[str]
) -> str | None:
    known = record.known_events
    if item.id not in proof.library.known and (known is None or item.id in known):
        if item.locator is not None:
            return f"[@{item.id}, {item.locator}]: an event has no locator; cite its seed for one"
        if item.id in record.events and item.id not in selected:
            return f"the event {item.id!r} is cited but not selected; select it or cite another"
        return None
    if item.id not in proof.library.known:
        if item.id in record.actors:
            return f"[@{item.id}] is an actor; cite an event or a catalogue entry"
        way_out = (
            did_you_mean(item.id, {*(known or ()), *proof.library.known})
            or "; cite one that there is"
        )
        return f"no event or catalogue entry {item.id!r} to cite{way_out}"
    seed = proof.seeds.get(item.id)
    if seed is not None:
        for number in item.paragraphs:
            if not 1 <= number <= len(seed.paragraphs):
                return f"{item.id} has no paragraph {number}; it has {len(seed.paragraphs)}"
    return None


def check_claims(
    texts: Iterable[AuthoredText], record: Record, proof: Proof, language: str
) -> Iterator[Problem]:
    """Warn of numbers, quoted words and full dates for which nothing cited speaks.

    Where something cited has a fault of its own, what it could say is not known.
    """
    translated = _translated_by_seed(proof)
    for text in texts:
        for words, citations in text.blocks:
            cited = [item.id for item in citations]
            named = ([text.own] if text.own else []) + cited
            if not all(_is_known(key, record, proof) for key in named):
                continue
            events = [key for key in named if key in proof.evidence]
            # What brackets hold supports nothing.
            held = [proven for key in events for proven in proof.evidence[key]]
            entries = proof.library.entries
            passages = [
                (words, entries[proven.evidence.seed].value.language)
                for proven in held
                for words in proven.located.stretches
            ]
            passages += [
                (paragraph.text, entries[item.id].value.language)
                for item in citations
                if item.id in proof.seeds
                for paragraph in proof.seeds[item.id].paragraphs
                if not item.paragraphs or paragraph.number in item.paragraphs
            ]
            seeds = {proven.evidence.seed for proven in held}
            held += [proven for key in cited for proven in translated.get(key, ())]
            # A translation is never evidence: what its original lacks supports nothing.
            translations = [p.evidence.translation.text for p in held if p.evidence.translation]
            passages += [(_founded(p, proof, language), language) for p in held]
            seeds |= {key for key in cited if key in proof.seeds}
            sources = [proof.seeds[key] for key in sorted(seeds)]
            dates = {record.events[key].value.date.value for key in events}
            undated = any("date" in record.events[key].replaced for key in events)
            # A document that is cited as a whole may say a day as "on Sunday".
            is_whole = entries.keys() & cited
            for message in (
                *uncarried_numbers(words, language, passages),
                *_unfound_quotations(words, sources, translations),
                *(() if undated else _unfound_dates(words, language, dates, passages)),
                *(() if undated or is_whole else _unfound_days(words, language, dates, passages)),
            ):
                yield Problem(text.place, message, "warning")


def _is_known(key: str, record: Record, proof: Proof) -> bool:
    """Whether all that an event or a catalogue entry can say for a text is known."""
    if key in record.events:
        return proof.is_whole(record.events[key])
    entry = proof.library.entries.get(key)
    return entry is not None and (not entry.value.is_seed or key in proof.seeds)


def _founded(proven: Proven, proof: Proof, language: str) -> str:
    """A quotation's translation without the numbers and dates that the quotation lacks."""
    given = proven.evidence.translation
    if given is None:
        return ""
    text = given.text
    for written in unfounded_in(text, proven, proof, language):
        text = text.replace(written, " ")
    return text


def _unfound_quotations(
    words: str, seeds: list[SeedText], translations: list[str]
) -> Iterator[str]:
    for quoted in QUOTED_WORDS.findall(words):
        if not any(any(occurrences(quoted, seed)) for seed in seeds) and not any(
            holds_words(text, quoted) for text in translations
        ):
            yield (
                f'the quoted words "{quoted}" stand in no seed cited here; '
                "cite their seed, or say it in your own words"
            )


def _unfound_dates(
    words: str, language: str, dates: set[EventDate], passages: list[Passage]
) -> Iterator[str]:
    for day in full_dates(words, language):
        if any(day in (known.earliest, known.latest) for known in dates):
            continue
        if not any(spoken and day in full_dates(text, spoken) for text, spoken in passages):
            yield (
                f"the date {day} is no cited event's, and no evidence cited states it; "
                "cite what does, or correct it"
            )


def _unfound_days(
    words: str, language: str, dates: set[EventDate], passages: list[Passage]
) -> Iterator[str]:
    """Yield a message for each day without its year that neither events nor passages name."""
    known = {*full_dates(words, language), *(end for d in dates for end in (d.earliest, d.latest))}
    known_days = {(day.month, day.day) for day in known if day}
    for day_of_month, written in days_of_months(words, language).items():
        if day_of_month not in known_days and not any(
            spoken and day_of_month in days_of_months(text, spoken) for text, spoken in passages
        ):
            yield (
                f"{written} is the day of no cited event, and no evidence cited states it; "
                "cite what does, or correct it"
            )


def _translated_by_seed(proof: Proof) -> dict[str, list[Proven]]:
    """The quotations with a translation, by the seed that they are taken from."""
    found: dict[str, list[Proven]] = {}
    for proven in (one for held in proof.evidence.values() for one in held):
        if proven.evidence.translation:
            found.setdefault(proven.evidence.seed, []).append(proven)
    return found


def check_judgements(briefing: Briefing, proof: Proof) -> Iterator[Problem]:
    """Warn of words of likelihood that do not fit together, and of confidence that is too high.

    High confidence needs two origins, and more than sources graded D to F.
    """
    brief = briefing.brief.value
    scale = scale_for(brief.likelihood, brief.language)
    for index, judgement in enumerate(brief.judgements):
        words = " ".join(block.plain for block in parse_markup(judgement.text).blocks)
        for fault in likelihood_faults(words, scale):
            yield Problem(briefing.brief.place("judgements", index, "text"), fault, "warning")
        cited = [item.id for item in parse_markup(judgement.text).citations]
        known = all(_is_known(key, briefing.record, proof) for key in cited)
        if judgement.confidence != "high" or not known:
            continue
        events = [key for key in cited if key in proof.evidence]
        place = briefing.brief.place("judgements", index, "confidence")
        origins = {origin for event in events for origin in proof.origins(event)}
        seeds = {proven.evidence.seed for event in events for proven in proof.evidence[event]}
        if len(origins) < 2:
            held = "no event; cite those it rests on"
            if origins:
                # Whether a document that is cited by itself bears a text out, nothing here tells.
                held = "events of one origin (documents do not count); cite an event of another"
            message = f"high confidence rests on {held} or lower it"
            yield Problem(place, message, "warning")
        # An ungraded source is not known to be poor.
        if seeds and all(proof.grade(seed) in ("D", "E", "F") for seed in seeds):
            message = "high confidence rests only on sources graded D to F; lower it"
            yield Problem(place, message, "warning")


def check_later_seeds(
    briefing: Briefing, proof: Proof, selected: Collection[str]
) -> Iterator[Problem]:
    """Warn, at its first quotation, of a seed that is dated after the brief's `as_of`."""
    as_of = briefing.brief.value.as_of
    warned: set[str] = set()
    for key, event in briefing.record.events.items():
        for index, item in enumerate(event.value.evidence if key in selected else ()):
            entry = proof.library.entries.get(item.seed)
            if entry is None or as_of.latest is None or item.seed in warned:
                continue
            issued = entry.value.issued
            if "issued" not in entry.replaced and issued.begins_after(as_of.latest):
                warned.add(item.seed)
                message = (
                    f"the document {item.seed!r} is dated {issued.text}, after the brief's as_of "
                    f"{as_of.text}; correct one, or quote an earlier document"
                )
                yield Problem(event.place("evidence", index, "seed"), message, "warning")


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

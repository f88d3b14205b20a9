"""The reading sheet: each statement of a brief beside the passages that it rests on.

That a passage supports a statement is for a reader to judge. The sheet holds what is to be judged,
and its hash names exactly that.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from sourcebrief.brief.labels import BASES, CONFIDENCES, KINDS, Labels
from sourcebrief.dates.event_date import EventDate
from sourcebrief.dates.wording import word
from sourcebrief.errors import Place
from sourcebrief.evidence.proof import Proof, Proven
from sourcebrief.workspace.authored_texts import AuthoredText, brief_texts, event_texts
from sourcebrief.workspace.briefing import Briefing
from sourcebrief.workspace.markup import CitedItem
from sourcebrief.workspace.model import BriefFile, Event, Review

SHOWN_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class SheetPassage:
    """What a statement rests on: words of a source, or a source that is cited as a whole.

    `words` are empty for one that is cited as a whole; `translation` is the quotation in the
    brief's language, where there is one, and `translated` says whose it is.
    """

    source: str
    title: str
    locator: str = ""
    words: str = ""
    translation: str = ""
    translated: str = ""


@dataclass(frozen=True, slots=True)
class SheetStatement:
    """A statement as a reader judges it, with its place in the YAML.

    `keyed` are its words with keys and EDTF dates for labels and worded dates, or nothing where
    they are the same.
    """

    name: str
    words: str
    place: Place
    passages: tuple[SheetPassage, ...]
    keyed: str = ""


@dataclass(frozen=True, slots=True)
class ReadingSheet:
    """All statements of a brief, in the order of the file, then of the chronology."""

    briefing: str
    title: str
    version: str
    statements: tuple[SheetStatement, ...]
    review: Review | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of what is read, whatever its order: statements, passages, translations.

        Ids, places and labels are left out, since they change while what is read stays.
        """
        read = sorted(
            [
                one.keyed or one.words,
                *([part.title, part.words, part.translation] for part in one.passages),
            ]
            for one in self.statements
        )
        return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()

    @property
    def is_reviewed(self) -> bool:
        """Whether the review that the brief names read exactly these statements."""
        return self.review is not None and self.digest.startswith(self.review.statements)


class _Wording(NamedTuple):
    """How a sheet writes a key of a table of labels, a status of a kind of outcome, and a date."""

    named: Callable[[Mapping[str, str], str], str]
    status: Callable[[str, str], str]
    date: Callable[[EventDate], str]


_KEYS: Final = _Wording(lambda _, key: key, lambda status, _: status, lambda date: date.text)


def reading_sheet(
    briefing: Briefing, proof: Proof, selected: Mapping[str, Event], labels: Labels
) -> ReadingSheet:
    """Gather the statements of a brief and of its selected events, worded as the brief words."""
    brief: BriefFile = briefing.brief.value
    events = briefing.record.events
    texts = chain(brief_texts(briefing.brief), *(event_texts(events[key]) for key in selected))
    worded = _Wording(labels.named, labels.status, lambda date: word(date, labels.language))
    statements = tuple(
        SheetStatement(
            text.name,
            _words(text, briefing, worded),
            text.place,
            tuple(dict.fromkeys(_passages(text, briefing, proof))),
            _words(text, briefing, _KEYS),
        )
        for text in texts
    )
    return ReadingSheet(briefing.name, brief.title, brief.version, statements, brief.reviewed_by)


def _words(text: AuthoredText, briefing: Briefing, how: _Wording) -> str:
    """Return a statement's words, with what it says besides: a date, a confidence, a status."""
    words = " ".join(" ".join(block for block, _ in text.blocks).split())
    if text.own is None:
        if text.path[0] == "judgements":
            confidence = briefing.brief.value.judgements[int(text.path[1])].confidence
            return f"{words} (confidence: {how.named(CONFIDENCES, confidence)})"
        return words
    event = briefing.record.events[text.own].value
    if text.path[0] == "title":
        date = event.date
        note = f": {date.note}" if date.note else ""
        return f"{how.date(date.value)} ({how.named(BASES, date.basis)}{note}) {words}"
    if text.path[0] == "outcomes":
        outcome = event.outcomes[int(text.path[1])]
        by = briefing.record.actors[outcome.by].value.name if outcome.by else ""
        said = [how.named(KINDS, outcome.kind), how.status(outcome.status, outcome.kind)]
        said += [f"by {by}"] if by else []
        said += [f"expected {how.date(outcome.expected)}"] if outcome.expected else []
        if later := outcome.later:
            said.append(f"later {how.status(later.status, outcome.kind)}, {how.date(later.date)}")
        return f"{words} ({', '.join(said)})"
    return words


def _passages(text: AuthoredText, briefing: Briefing, proof: Proof) -> Iterator[SheetPassage]:
    if text.own is not None:
        yield from _quoted_for(text.own, proof)
        if text.path[0] == "outcomes":
            outcome = briefing.record.events[text.own].value.outcomes[int(text.path[1])]
            if outcome.later:
                yield from _cited(CitedItem(outcome.later.source), proof)
    for item in text.citations:
        if item.id in proof.evidence and item.id not in proof.library.entries:
            yield from _quoted_for(item.id, proof)
        elif item.id in proof.library.entries:
            yield from _cited(item, proof)


def _quoted_for(event: str, proof: Proof) -> Iterator[SheetPassage]:
    for proven in proof.evidence[event]:
        entry = proof.library.entries[proven.evidence.seed].value
        official, given = proven.translation, proven.evidence.translation
        translation = official.printed if official else given.text if given else ""
        yield SheetPassage(
            proof.library.short_name(entry.id),
            entry.title,
            proven.located.locator,
            proven.located.printed,
            translation,
            _whose(proven, proof),
        )


def _whose(proven: Proven, proof: Proof) -> str:
    given = proven.evidence.translation
    if given is None:
        return ""
    if given.seed:
        return f"translation in {proof.library.short_name(given.seed)}"
    return "machine translation" if given.by == "machine" else "our translation"


def _cited(item: CitedItem, proof: Proof) -> Iterable[SheetPassage]:
    """Return the paragraphs of a source that are cited, or the source as a whole."""
    source, title = proof.library.short_name(item.id), proof.library.entries[item.id].value.title
    seed = proof.seeds.get(item.id)
    if seed is None or not item.paragraphs:
        return [SheetPassage(source, title, item.locator or "")]
    found = [one for one in seed.paragraphs if one.number in item.paragraphs]
    return [SheetPassage(source, title, one.locator, " ".join(one.text.split())) for one in found]

"""What the last check found, part by part, for the next one in which only a few parts have changed.

A part is named by all that its result depends on: the bytes of a seed and what its entry says of
them, a quotation, an event as it is written with the seeds that it quotes. Of what was sound only
the name is remembered. What had a problem is checked again, so that it is said where it stands now.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.errors import Place, Problem
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.proof import Located
from sourcebrief.evidence.quotations import LocatedQuotation, located_piece
from sourcebrief.evidence.shared_texts import SharedText
from sourcebrief.workspace.authored_texts import event_texts
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import Event
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.validation import Positioned

_NAME = "known"
_CITED = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]*)")


class KnownChecks:
    """What was found before, and what is found now; without a memory it knows nothing."""

    def __init__(self, memory: SealedMemory | None = None) -> None:
        self._memory = memory
        old = memory.recall(_NAME) if memory else None
        self._old: Mapping[str, Any] = old or {"sound": [], "shared": None, "located": {}}
        self._were_sound = frozenset(self._old["sound"])
        self._sound: set[str] = set()
        self._shared: Any = None
        self._had_located: frozenset[object] = frozenset()
        self._seeds: dict[str, str] = {}
        self._events: dict[Record, dict[str, str]] = {}

    def name_seeds(self, library: Library, inputs: Inputs) -> None:
        """Name each seed by its bytes and what its entry says of them."""
        for key in library.seeds if self._memory else ():
            entry = library.entries[key].value
            custom = entry.custom
            says = custom.ignore, entry.language, entry.issued.text, custom.issued_basis
            self._seeds[key] = f"{inputs.sha256(f'seeds/{custom.file}')} {says}"

    def sound_seeds(self) -> frozenset[str]:
        """The seeds that are what their entry says of them."""
        return frozenset(key for key, name in self._seeds.items() if name in self._were_sound)

    def keep_seeds(self, faulty: frozenset[str]) -> None:
        """Remember the seeds that are sound."""
        self._sound.update(name for key, name in self._seeds.items() if key not in faulty)

    def shared(self, find: Callable[[], tuple[SharedText, ...]]) -> tuple[SharedText, ...]:
        """The pairs of seeds that share their text; `find` looks for them."""
        old = self._old["shared"]
        if self._memory is not None and old is not None and old[0] == self._seeds:
            self._shared = old
            return tuple(SharedText(*pair) for pair in old[1])
        pairs = find()
        self._shared = self._seeds, [(one.one, one.other, one.share) for one in pairs]
        return pairs

    def located(self, seeds: Mapping[str, SeedText]) -> Located:
        """Where quotations stood in the seeds that have not changed."""
        found: Located = {}
        for key, (name, quotations) in self._old["located"].items():
            if key in seeds and self._seeds.get(key) == name:
                for quote, paragraph, pieces, printed, stretches, turned in quotations:
                    shown = quote if printed is None else printed
                    found[key, quote, paragraph] = LocatedQuotation(
                        tuple(located_piece(seeds[key], *piece) for piece in pieces),
                        shown,
                        (shown,) if stretches is None else tuple(stretches),
                        tuple(turned),
                    )
        self._had_located = frozenset(found)
        return found

    def sound_events(self, record: Record, stage: str) -> frozenset[str]:
        """The events in which a stage of the checks finds nothing."""
        sound = self._were_sound | self._sound
        return frozenset(key for key, name in self._parts(record, stage) if name in sound)

    def keep_events(self, record: Record, stage: str, problems: Iterable[Problem]) -> None:
        """Remember the events in which a stage found nothing."""
        places = {problem.place for problem in problems}
        for key, name in self._parts(record, stage):
            if not places or places.isdisjoint(_places(record.events[key])):
                self._sound.add(name)

    def forget_others(self, records: Collection[Record]) -> None:
        """Let go of what the events of all other records are named."""
        self._events = {one: names for one, names in self._events.items() if one in records}

    def _parts(self, record: Record, stage: str) -> Iterator[tuple[str, str]]:
        if self._memory is None:
            return
        if record not in self._events:
            evidence = (one for event in record.events.values() for one in event.value.evidence)
            translated = frozenset(one.seed for one in evidence if one.translation)
            named = ((key, self._name(key, record, translated)) for key in record.events)
            self._events[record] = {key: name for key, name in named if name}
        for key, name in self._events[record].items():
            yield key, f"{name} {stage}"

    def _name(self, key: str, record: Record, translated: frozenset[str]) -> str:
        """Name an event; empty where one of its seeds cannot be read.

        The events and the seeds that it cites belong to its name, since they support its texts;
        with a cited seed, so would all translations from it, which are `translated`.
        """
        text = _written(record.events[key])
        cited = _CITED.findall(text) if "@" in text else []
        events = [record.events[one] for one in (key, *cited) if one in record.events]
        quoted = [one for event in events for one in event.value.evidence]
        asked = {one.seed for one in quoted}.union(self._seeds.keys() & cited)
        asked.update(one.translation.seed or one.seed for one in quoted if one.translation)
        if not asked <= self._seeds.keys() or not translated.isdisjoint(cited):
            return ""
        parts = [*map(_written, events[1:]), *(self._seeds[each] for each in sorted(asked))]
        return hashlib.sha256("".join([text, *parts]).encode()).hexdigest()[:32]

    def keep(self, located: Located, *, whole: bool) -> None:
        """Remember what was found; of a `whole` workspace nothing else than that."""
        if self._memory is None:
            return
        used = {
            (one.seed, one.quote, one.paragraph)
            for record in self._events
            for event in record.events.values()
            for one in event.value.evidence
        }
        stand = {
            asked: found
            for asked, found in located.items()
            if isinstance(found, LocatedQuotation) and (asked in used or not whole)
        }
        # A stage is left out where another one finds errors; what it found before stays true.
        names = {name for record in self._events.values() for name in record.values()}
        sound = self._sound.union(
            part for part in self._were_sound if not whole or part.partition(" ")[0] in names
        )
        same = sound == self._were_sound and stand.keys() == self._had_located
        if same and self._shared is self._old["shared"]:
            return
        places: dict[str, tuple[str, list[Any]]] = {}
        for (seed, quote, paragraph), found in stand.items():
            pieces = [(one.start, one.end, one.paragraph, one.page) for one in found.pieces]
            printed = None if found.printed == quote else found.printed
            stretches = None if found.stretches == (found.printed,) else found.stretches
            said = quote, paragraph, pieces, printed, stretches, found.turned
            places.setdefault(seed, (self._seeds[seed], []))[1].append(said)
        self._memory.keep(
            _NAME, {"sound": sorted(sound), "shared": self._shared, "located": places}
        )


def _written(event: Positioned[Event]) -> str:
    value: Any = event.document.value
    for step in event.path:
        value = value[step]
    return json.dumps(value)


def _places(event: Positioned[Event]) -> set[Place]:
    """Where a stage that looks at one event finds something wrong in it."""
    found = {event.place("date"), event.place("credibility")}
    found.update(text.place for text in event_texts(event))
    for index in range(len(event.value.evidence)):
        for key in ("quote", "paragraph", "translation"):
            found.add(event.place("evidence", index, key))
    return found

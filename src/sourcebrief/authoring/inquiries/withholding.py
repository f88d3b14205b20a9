"""What is withheld from a program: documents that are private or marked above its limit.

With a document goes all that rests on it: the events that name it, the texts that cite those, and
whatever a check would say of them. `Withholding` says which lines of the YAML that is; and as the
last step before an answer leaves, it looks for the withheld words themselves.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sourcebrief.errors import Problem
from sourcebrief.evidence.folding import JOINT, fold_text
from sourcebrief.evidence.passages import SeedText
from sourcebrief.text.characters import is_unspaced
from sourcebrief.text.tlp import marking_conflict
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.yaml_places import Path, YamlFile, texts_in

WITHHELD: Final = "[withheld]"
_RUN: Final = 4
"""So many words in a row of a withheld text are taken for words from it."""
_WORD: Final = re.compile(r"\w+")
_TOKEN: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Question:
    """The words of a question, which its answer may repeat: no guess is confirmed by their lack."""

    text: str = ""

    @cached_property
    def line(self) -> str:
        """Its words, parted by single spaces."""
        return _line(self.text)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All that may be an id in it."""
        return frozenset(_TOKEN.findall(self.text))


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a YAML file that a change touches or leaves: an entry, an event, a text.

    `lines` runs from its first line to the last before the next unit, counted from 1.
    """

    path: Path
    value: Any
    lines: range

    @property
    def name(self) -> str:
        """The id that other parts know it by; empty where it has none."""
        if isinstance(self.value, dict) and isinstance(self.value.get("id"), str):
            return str(self.value["id"])
        return str(self.path[-1]) if isinstance(self.path[-1], str) else ""

    @property
    def marking(self) -> str | None:
        """How it is marked; None where it is not."""
        marking = self.value.get("marking") if isinstance(self.value, dict) else None
        return marking if isinstance(marking, str) else None

    @property
    def tokens(self) -> frozenset[str]:
        """All that may be an id in it, in citations too."""
        return frozenset(_TOKEN.findall(json.dumps([self.path, self.value], ensure_ascii=False)))


def units_of(document: YamlFile) -> list[Unit]:
    """Divide a file into its units: each entry of a top-level list or mapping, or the key."""
    found: list[tuple[Path, Any]] = []
    for key, value in document.value.items() if isinstance(document.value, dict) else ():
        if isinstance(value, list) and value:
            found += [((key, index), item) for index, item in enumerate(value)]
        elif isinstance(value, dict) and value:
            found += [((key, name), item) for name, item in value.items()]
        else:
            found.append(((key,), value))
    starts = [document.place(path, key=isinstance(path[-1], str)).line for path, _ in found]
    ends = [*starts[1:], 10**9]
    return [
        # Units on one line share it.
        Unit(path, value, range(start, max(start + 1, end)))
        for (path, value), start, end in zip(found, starts, ends, strict=True)
    ]


@dataclass(frozen=True)
class Withholding:
    """What is withheld at a limit, from all of a workspace's catalogue and event files."""

    limit: str
    library: Library
    seeds: Mapping[str, SeedText]
    events: tuple[YamlFile, ...] = ()

    @cached_property
    def documents(self) -> frozenset[str]:
        """The ids of the catalogue entries that are withheld, invalid ones too."""
        withheld = {
            key
            for key, entry in self.library.entries.items()
            if entry.value.custom.private or self.above(entry.value.custom.marking)
        }
        for unit in units_of(self.library.document):
            # What an invalid entry says of itself cannot be trusted to be less than it seems.
            value = unit.value if isinstance(unit.value, dict) else {}
            custom = value.get("custom")
            said = custom.keys() if isinstance(custom, dict) else set()
            if unit.name not in self.library.entries and said & {"private", "marking"}:
                withheld.add(unit.name)
        return frozenset(withheld)

    def above(self, marking: str | None) -> bool:
        """Say whether a marking is above the limit, or cannot be held against it."""
        return bool(marking) and marking_conflict(marking, self.limit) is not None

    @cached_property
    def visible(self) -> dict[str, SeedText]:
        """The seeds that may be shown."""
        return {key: seed for key, seed in self.seeds.items() if key not in self.documents}

    @cached_property
    def withheld_events(self) -> list[Unit]:
        """The events that rest on a withheld document, or are marked above the limit."""
        return [
            unit
            for document in self.events
            for unit in units_of(document)
            if unit.path[0] == "events"
            and (unit.tokens & self.documents or self.above(unit.marking))
        ]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all that is withheld: documents, and events that rest on them."""
        return self.documents | {unit.name for unit in self.withheld_events if unit.name}

    @cached_property
    def _needed(self) -> frozenset[str]:
        """The ids that withheld events name: a change there could be tried out on them."""
        return frozenset(token for unit in self.withheld_events for token in unit.tokens)

    @property
    def anything(self) -> bool:
        """Whether anything at all is withheld."""
        return bool(self.ids)

    def touches(self, unit: Unit) -> bool:
        """Whether a unit is withheld, names what is, or is what a withheld event needs."""
        if not self.anything:
            return False
        defined = unit.path[0] in ("actors", "people") and isinstance(unit.path[-1], str)
        needed = (defined or unit.path[0] == "events") and unit.name in self._needed
        return needed or bool(unit.tokens & self.ids) or self.above(unit.marking)

    def covers(self, document: YamlFile, line: int) -> bool:
        """Whether nothing may be said of a line of a file."""
        return any(line in unit.lines and self.touches(unit) for unit in units_of(document))

    def hides(
        self, problem: Problem, documents: Mapping[str, YamlFile], question: Question
    ) -> bool:
        """Whether a problem stands at what is withheld, or speaks of it."""
        if not self.anything:
            return False
        if self.hides_place(problem, documents):
            return True
        line = _line(problem.message)
        named = self.ids.intersection(_TOKEN.findall(problem.message)) - question.tokens
        titles = (name for name in self._names if f" {name} " in line)
        return (
            bool(named)
            or any(f" {title} " not in question.line for title in titles)
            or self.holds(problem.message, question)
        )

    def hides_place(self, problem: Problem, documents: Mapping[str, YamlFile]) -> bool:
        """Whether a problem stands at what is withheld."""
        document = documents.get(problem.place.path)
        return document is not None and self.covers(document, problem.place.line)

    # --- the words themselves ---------------------------------------------------------------------

    def holds(self, text: str, question: Question) -> bool:
        """Whether a text has words in a row of what is withheld, or a title of several words.

        Words that stand in a document which may be shown are that document's; and those of the
        question are the asker's, to whom it says nothing that they come back.
        """
        if not self.anything:
            return False
        words = _words(text)
        line = f" {' '.join(words)} "
        titles = (name for name in self._names if " " in name and f" {name} " in line)
        runs = (run for run in _runs(words) if run in self._runs)
        said = (one for one in (*titles, *runs) if f" {one} " not in question.line)
        return not all(map(self._is_shown, said))

    @cached_property
    def _names(self) -> frozenset[str]:
        """The titles, files and addresses of withheld documents, as words."""
        entries = (
            unit.value
            for unit in units_of(self.library.document)
            if unit.name in self.documents and isinstance(unit.value, dict)
        )
        named = (
            value
            for entry in entries
            for value in (entry.get("title"), entry.get("URL"), *_files(entry.get("custom")))
        )
        return frozenset(" ".join(_words(name)) for name in named if isinstance(name, str)) - {""}

    @cached_property
    def _runs(self) -> frozenset[str]:
        withheld = [self.seeds[key] for key in self.documents if key in self.seeds]
        found = {run for seed in withheld for words in _forms(seed) for run in _runs(words)}
        texts = (text for unit in self.withheld_events for _, text in texts_in(unit.value))
        return frozenset(found.union(run for text in texts for run in _runs(_words(text))))

    @cached_property
    def _examined(self) -> tuple[set[str], set[str]]:
        """What is withheld and known to stand in a shown document too, and those looked at."""
        return set(), set()

    def _is_shown(self, said: str) -> bool:
        """Whether words stand in a document that may be shown.

        Only those that have each of the words are looked at closely.
        """
        known, examined = self._examined
        for key, seed in self.visible.items() if said not in known else ():
            text = seed.whole.lower()
            near = JOINT in text or all(word in text for word in said.split())
            if not near or key in examined:
                continue
            examined.add(key)
            for words in _forms(seed):
                known.update(run for run in _runs(words) if run in self._runs)
                line = f" {' '.join(words)} "
                known.update(name for name in self._names if f" {name} " in line)
            if said in known:
                break
        return said in known

    def scrubbed(self, value: Any, question: Question) -> Any:
        """Return an answer in which no text holds withheld words: such a text is left out whole."""
        if isinstance(value, str):
            return WITHHELD if self.holds(value, question) else value
        if isinstance(value, dict):
            return {
                self.scrubbed(key, question): self.scrubbed(item, question)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self.scrubbed(item, question) for item in value]
        return value


def _files(custom: Any) -> Iterable[Any]:
    if not isinstance(custom, dict):
        return ()
    original = custom.get("original")
    return custom.get("file"), original.get("file") if isinstance(original, dict) else None


def _line(text: str) -> str:
    return f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    """The words of a text for this comparison; each letter where no spaces part them."""
    return _divided(fold_text(text))


def _forms(seed: SeedText) -> Iterator[list[str]]:
    """The words of a seed, with those that a line's end divides in two, and as one."""
    yield _divided(seed.whole.replace(JOINT, "-"))
    if JOINT in seed.whole:
        yield _divided(seed.whole.replace(JOINT, ""))


def _divided(folded: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(folded.lower()):
        found += list(word) if any(map(is_unspaced, word)) else [word]
    return found


def _runs(words: list[str]) -> Iterator[str]:
    for at in range(len(words) - _RUN + 1):
        yield " ".join(words[at : at + _RUN])

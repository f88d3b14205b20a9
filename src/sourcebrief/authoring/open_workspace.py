"""A workspace that is asked many times: what has not changed is not read, folded or proven again.

Files that are held stand before those on disk: a text that is being typed, or a change that is only
proposed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sourcebrief.authoring.word_index import WordIndex
from sourcebrief.build.checks import check_briefing, check_forms, check_together, read_corpus
from sourcebrief.build.known_checks import KnownChecks
from sourcebrief.build.results import CheckedWorkspace, Corpus
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.build.watch import status_of
from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.briefing import Record, read_briefing
from sourcebrief.workspace.read_files import CATALOGUE, Inputs

_NOTHING_HELD: Final[Mapping[str, bytes]] = {}
_Stamp = tuple[int, int, int]
_UNSEEN: Final = (-1, -1, -1)


class OpenWorkspace:
    """The files of a workspace and what was made of them, kept while they stay as they are.

    `records` are those of the briefings that were checked, by name. While a list is broken, the
    last good one stays: what stood in it is not gone because of a quotation mark that is missing.
    """

    def __init__(self, root: Path, memory: SealedMemory | None = None) -> None:
        self.root = root
        self._memory = memory
        self.words = WordIndex()
        self.inputs = Inputs(root)
        self.records: dict[str, Record] = {}
        self._stamps: dict[str, _Stamp | None] = {}
        self._changes: set[str] = set()
        self._asked: frozenset[str] = frozenset()
        self._held: frozenset[str] = frozenset()
        self._corpus: Corpus | None = None
        self._catalogue: bytes | None = None

    def has_changed(self, reported: Collection[str] = ()) -> bool:
        """Say whether a file is not as it was read, or one is `reported` that was not read."""
        self._changes |= self._changed(reported)
        return bool(self._changes)

    def corpus(self, held: Mapping[str, bytes] = _NOTHING_HELD) -> Corpus:
        """Return the catalogue and the seeds as they are now, and files that are held.

        Raises InvalidInput where the catalogue cannot be read.
        """
        changed, self._changes = self._changes | self._changed(()), set()
        self.inputs, self._held = self.inputs.renewed(changed, held), frozenset(held)
        known, catalogue = self._corpus, held.get(CATALOGUE)
        stale = catalogue != self._catalogue or not changed.isdisjoint(self._asked)
        if known is not None and not stale:
            self._corpus = replace(known, inputs=self.inputs)
            return self._corpus
        # What a record is depends on the catalogue.
        lists = {path for path in self.inputs.known if path.startswith("briefings/")}
        self.inputs = self.inputs.renewed(lists, held)
        self._corpus, self._catalogue = None, catalogue
        self._corpus = read_corpus(self.inputs, KnownChecks(self._memory))
        self._asked = frozenset(self.inputs.used)
        return self._corpus

    def _changed(self, reported: Collection[str]) -> set[str]:
        """The files that are not what they were when they were read, by their bytes.

        A stamp counts only where it was taken before its file was read, and not of a file that is
        reported; until then bytes are compared.
        """
        known = self.inputs.known
        paths = (known | self._asked) - self._held
        seen = status_of([self.root / path for path in paths])
        stamps = {path: seen[str(self.root / path)] for path in paths}
        fresh = Inputs(self.root)
        unsure = {path for path in stamps if self._stamps.get(path, _UNSEEN) != stamps[path]}
        self._stamps = stamps
        return set(reported).difference(paths) | {
            path
            for path in unsure.union(paths.intersection(reported))
            if _content(fresh, path) != (_content(self.inputs, path) if path in known else None)
        }

    def check(
        self,
        names: Sequence[str],
        held: Mapping[str, bytes] = _NOTHING_HELD,
        without: Collection[str] = (),
    ) -> CheckedWorkspace:
        """Run every check of `check` on the named briefings.

        The texts of seeds that are left out with `without` are not looked at: nothing is proven by
        them, and no message rests on them.
        """
        try:
            corpus = self.corpus(held)
        except InvalidInput as error:
            forms = check_forms(names, Inputs(self.root, held))
            return CheckedWorkspace(None, (*error.problems, *forms))
        if without:
            seeds = {key: seed for key, seed in corpus.seeds.items() if key not in without}
            corpus = replace(corpus, seeds=seeds, proofs={}, claims={})
        checked = check_together([check_briefing(name, corpus) for name in names], corpus)
        for one in checked.briefings:
            if one.record.known_events is not None or one.name not in self.records:
                self.records[one.name] = one.record
        # What earlier records came to is not asked for again.
        records = {one.record for one in checked.briefings}.union(self.records.values())
        for proven in corpus.proofs.keys() - records:
            del corpus.proofs[proven]
        for claimed in [key for key in corpus.claims if key[0] not in records]:
            del corpus.claims[claimed]
        corpus.known.forget_others(records)
        return checked

    def record(self, name: str, corpus: Corpus) -> Record:
        """Return what is on record in a briefing, however much of it is valid."""
        return read_briefing(name, corpus.inputs, corpus.library)[0]

    def briefings_of(self, paths: Collection[str], corpus: Corpus) -> tuple[str, ...]:
        """Return the briefings that are made from any of these files."""
        return tuple(
            name
            for name in corpus.inputs.briefings()
            if not {*files_of(name, self.record(name, corpus))}.isdisjoint(paths)
        )


def _content(inputs: Inputs, path: str) -> bytes | None:
    try:
        return inputs.read(path)
    except OSError:
        return None


def files_of(name: str, record: Record | None) -> Iterable[str]:
    """Return the paths of a briefing's YAML: its brief and the event files that could be read."""
    lists = record.files if record else ()
    return (f"briefings/{name}/brief.yaml", *(document.path for document in lists))

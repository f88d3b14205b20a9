"""Reading a briefing again and again: after a change, only what changed is read and proven anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebrief.build.checks import check_briefing, check_forms, check_together, read_corpus
from sourcebrief.build.results import Corpus
from sourcebrief.build.staleness import sha256_of
from sourcebrief.build.watch import status_of
from sourcebrief.errors import InvalidInput, Problem, has_error, in_reading_order
from sourcebrief.evidence.changed_seeds import changed_seeds
from sourcebrief.workspace.read_files import CATALOGUE, Inputs

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.evidence.proof import Proof, Proven
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.model import BriefFile, Event
    from sourcebrief.workspace.validation import Positioned


@dataclass(frozen=True, slots=True)
class Reading:
    """A briefing as it stands at a moment.

    `composition` is None where a problem keeps it from printing; `corpus` where no catalogue was
    ever readable, else it is the last one that was. `proof` is of all events that could be read.
    `hashes` are those of the files of the briefing, by path, and `documents` counts how often the
    catalogue and its documents were read anew.
    """

    name: str
    problems: tuple[Problem, ...]
    corpus: Corpus | None = None
    record: Record | None = None
    brief: Positioned[BriefFile] | None = None
    composition: Composition | None = None
    proof: Proof | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0

    @property
    def events(self) -> Mapping[str, Positioned[Event]]:
        """The events that could be read, by id."""
        return self.record.events if self.record else {}

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers that the selected events have in the brief."""
        selected = self.composition.selected if self.composition else ()
        return {key: number for number, key in enumerate(selected, 1)}

    def proven(self) -> Iterator[tuple[str, Proven]]:
        """Every quotation that stands, with the id of its event."""
        for key, found in (self.proof.evidence if self.proof else {}).items():
            yield from ((key, one) for one in found)


class Reader:
    """Reads a briefing of a workspace; keeps what it read and proved while the files stay."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        self._inputs = Inputs(root)
        self._status: dict[str, tuple[int, int, int] | None] = {}
        self._corpus: Corpus | None = None
        self._times = 0
        self._last: Reading | None = None

    def read(self, reported: Collection[str] = ()) -> Reading:
        """Read what has changed, or is `reported` to have: paths from the workspace.

        Where that proves to be as it was, the reading is the last one itself.
        """
        before = self._status_of(self._inputs.known)
        touched = {path for path, status in before.items() if self._status.get(path) != status}
        changed = {path for path in touched.union(reported) if not self._is_as_read(path)}
        if changed or self._last is None:
            self._inputs = self._inputs.renewed(changed)
            self._last = self._checked(changed)
        self._status = before | self._status_of(self._inputs.known - before.keys())
        return self._last

    def _is_as_read(self, path: str) -> bool:
        """Whether a file holds the bytes that were read; systems report one save several times."""
        if path not in self._inputs.known:
            return False
        return sha256_of(self.root / path) == self._inputs.sha256(path)

    def _status_of(self, paths: Collection[str]) -> dict[str, tuple[int, int, int] | None]:
        found = status_of(self.root / path for path in paths)
        return {path: found[str(self.root / path)] for path in paths}

    def _checked(self, changed: Collection[str]) -> Reading:
        try:
            corpus = self._corpus_after(changed)
        except InvalidInput as error:
            forms = check_forms((self.name,), self._inputs)
            problems = in_reading_order((*error.problems, *forms))
            hashes = self._hashes(None)
            return Reading(self.name, problems, self._corpus, hashes=hashes, documents=self._times)
        one = check_briefing(self.name, corpus)
        workspace = check_together([one], corpus)
        [one] = workspace.briefings
        proof, _ = corpus.proofs[one.record]
        # What earlier records came to is not asked for again.
        for known in [record for record in corpus.proofs if record is not one.record]:
            del corpus.proofs[known]
        for claimed in [key for key in corpus.claims if key[0] is not one.record]:
            del corpus.claims[claimed]
        problems = in_reading_order((*workspace.problems, *one.problems))
        # A changed document stops a build too.
        stopped = has_error(problems) or changed_seeds(corpus.library, corpus.inputs.sha256)
        return Reading(
            self.name,
            problems,
            corpus,
            one.record,
            one.brief,
            None if stopped else one.composition,
            proof,
            self._hashes(one.record),
            self._times,
        )

    def _corpus_after(self, changed: Collection[str]) -> Corpus:
        """The catalogue and its documents; read again where one of them changed."""
        if self._corpus is None or any(path.split("/")[0] == "seeds" for path in changed):
            # What a record is depends on the catalogue.
            self._inputs = self._inputs.renewed(_records(self._inputs))
            self._times += 1
            self._corpus = read_corpus(self._inputs)
            return self._corpus
        self._corpus = replace(self._corpus, inputs=self._inputs)
        return self._corpus

    def _hashes(self, record: Record | None) -> dict[str, str]:
        paths = [f"briefings/{self.name}/brief.yaml", CATALOGUE]
        paths += [document.path for document in record.files] if record else []
        found = {}
        for path in paths:
            try:
                found[path] = self._inputs.sha256(path)
            except OSError:
                continue  # it is gone, which is among the problems
        return found


def _records(inputs: Inputs) -> frozenset[str]:
    """The event files that were read."""
    return frozenset(path for path in inputs.known if path.startswith("briefings/"))

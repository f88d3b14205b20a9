"""Reading a briefing again and again: after a change, only what changed is read and proven anew."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sourcebrief.authoring.open_workspace import OpenWorkspace, files_of
from sourcebrief.brief.make_manifest import Composition
from sourcebrief.build.results import Corpus
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.errors import Problem, has_error, in_reading_order
from sourcebrief.evidence.changed_seeds import changed_seeds
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.proof import Proof, Proven
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.model import BriefFile, CatalogueEntry, Event
from sourcebrief.workspace.read_files import CATALOGUE
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
    def seeds(self) -> Mapping[str, SeedText]:
        """The texts of the documents, by id."""
        return self.corpus.seeds if self.corpus else {}

    @property
    def entries(self) -> Mapping[str, Positioned[CatalogueEntry]]:
        """The entries of the catalogue, by id."""
        return self.corpus.library.entries if self.corpus else {}

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

    def __init__(self, root: Path, name: str, memory: SealedMemory | None = None) -> None:
        self.name = name
        self._workspace = OpenWorkspace(root, memory)
        self._corpus: Corpus | None = None
        self._times = 0
        self._last: Reading | None = None

    def read(self, reported: Collection[str] = ()) -> Reading:
        """Read what has changed, or is `reported` to have: paths from the workspace.

        Where that proves to be as it was, the reading is the last one itself.
        """
        if self._last is None or self._workspace.has_changed(reported):
            self._last = self._read()
        return self._last

    def _read(self) -> Reading:
        checked = self._workspace.check((self.name,))
        corpus = checked.corpus
        problems = in_reading_order(checked.all_problems())
        if corpus is None:
            hashes = self._hashes(None)
            return Reading(self.name, problems, self._corpus, hashes=hashes, documents=self._times)
        if self._corpus is None or self._corpus.library is not corpus.library:
            self._times += 1
            corpus.known.keep(corpus.located, whole=False)
        self._corpus = corpus
        [one] = checked.briefings
        # A changed document stops a build too.
        stopped = has_error(problems) or changed_seeds(corpus.library, corpus.inputs.sha256)
        return Reading(
            self.name,
            problems,
            corpus,
            one.record,
            one.brief,
            None if stopped else one.composition,
            corpus.proofs[one.record][0],
            self._hashes(one.record),
            self._times,
        )

    def _hashes(self, record: Record | None) -> dict[str, str]:
        paths = [CATALOGUE, *files_of(self.name, record)]
        found = {}
        for path in paths:
            # One that is gone is among the problems.
            with suppress(OSError):
                found[path] = self._workspace.inputs.sha256(path)
        return found

"""Reading a briefing again and again: after a change, only what changed is read and proven anew."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sourcebrief.authoring.open_workspace import OpenWorkspace, files_of
from sourcebrief.authoring.word_index import WordIndex
from sourcebrief.brief.make_manifest import Composition
from sourcebrief.build.results import CheckedBriefing, Corpus
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

    `composition` is None where a problem keeps it from printing. All else is the last that could be
    read: `corpus`, the `record` of which every file could be read, the `proof` of its events and
    the `numbers` that they had in the brief. `broken` is the first problem of a file that cannot
    be read now. `hashes` are those of the files of the briefing, by path, and `documents` counts
    how often the catalogue and its documents were read anew. `words` are those of the documents.
    """

    name: str
    problems: tuple[Problem, ...]
    corpus: Corpus | None = None
    record: Record | None = None
    brief: Positioned[BriefFile] | None = None
    composition: Composition | None = None
    proof: Proof | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    broken: Problem | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0
    words: WordIndex = field(default_factory=WordIndex)

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
        checked, last = self._workspace.check((self.name,)), self._last
        problems = in_reading_order(checked.all_problems())
        corpus, one = checked.corpus, next(iter(checked.briefings), None)
        if corpus and (self._corpus is None or self._corpus.library is not corpus.library):
            self._times += 1
            corpus.known.keep(corpus.located, whole=False)
        self._corpus = corpus = corpus or self._corpus
        record = self._workspace.records.get(self.name)
        # A changed document stops a build too.
        stopped = (
            one is None
            or corpus is None
            or has_error(problems)
            or changed_seeds(corpus.library, corpus.inputs.sha256)
        )
        composition = one.composition if one and not stopped else None
        proven = corpus.proofs.get(record) if corpus and record else None
        numbers = {key: n for n, key in enumerate(composition.selected, 1)} if composition else {}
        return Reading(
            self.name,
            problems,
            corpus,
            record,
            (one.brief if one else None) or (last.brief if last else None),
            composition,
            proven[0] if proven else None,
            numbers or (last.numbers if last else {}),
            _broken(one, problems),
            self._hashes(record),
            self._times,
            self._workspace.words,
        )

    def _hashes(self, record: Record | None) -> dict[str, str]:
        paths = [CATALOGUE, *files_of(self.name, record)]
        found = {}
        for path in paths:
            # One that is gone is among the problems.
            with suppress(OSError):
                found[path] = self._workspace.inputs.sha256(path)
        return found


def _broken(one: CheckedBriefing | None, problems: Sequence[Problem]) -> Problem | None:
    """The first problem of a file that cannot be read, for which the last good state stands."""
    if one is not None and one.record.known_events is not None:
        return None
    documents = [*one.record.files, *([one.brief.document] if one.brief else [])] if one else []
    read = {document.path for document in documents}
    return next((problem for problem in problems if problem.place.path not in read), None)

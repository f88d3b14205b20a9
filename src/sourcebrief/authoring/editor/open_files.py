"""The files that an editor holds open in a workspace, and the problems of the texts as typed."""

import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from sourcebrief.authoring.editor.assistance import Known
from sourcebrief.authoring.open_workspace import OpenWorkspace, files_of
from sourcebrief.errors import InvalidInput, Problem, in_reading_order
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_edits import YamlText
from sourcebrief.workspace.yaml_places import decode, load


class OpenFiles:
    """What is open of one workspace. Its texts stand before the files on disk.

    Threads may ask at the same time; each waits for its turn.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._workspace = OpenWorkspace(root)
        self._turn = threading.RLock()
        self._texts: dict[str, str] = {}
        self._owners: dict[str, set[str]] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._reported: set[str] = set()

    def hold(self, path: str, text: str | None) -> None:
        """Take a text for a file from now on; None for what is on disk."""
        with self._turn:
            if text is None:
                self._texts.pop(path, None)
            else:
                self._texts[path] = text

    @property
    def _held(self) -> dict[str, bytes]:
        # A half of a surrogate pair is then an error of encoding, at its place.
        return {path: text.encode("utf-8", "surrogatepass") for path, text in self._texts.items()}

    def text(self, path: str) -> str:
        """The text of a file, as it is typed or on disk; empty where it cannot be read."""
        with self._turn:
            if path in self._texts:
                return self._texts[path]
            try:
                return decode(Inputs(self.root).read(path), path)
            except (OSError, InvalidInput):
                return ""

    def yaml(self, path: str) -> YamlText | None:
        """The text of a file as YAML; None while it is none."""
        with self._turn:
            return _parsed(path, self.text(path))

    def check(self, path: str | None = None) -> Mapping[str, tuple[Problem, ...]]:
        """Check what is made from a file, or everything: the problems of each file, by its path.

        A file that had problems and has none any more is there, too.
        """
        with self._turn:
            held = self._held
            names = self._briefings(path)
            checked = self._workspace.check(names, held)
            if checked.corpus is None:
                # Without a catalogue only the form is checked, and all of it stands together.
                self._problems = {"": checked.problems}
            else:
                self._problems[""] = checked.problems
                for one in checked.briefings:
                    self._problems[one.name] = one.problems
                    for file in files_of(one.name, one.record):
                        self._owners.setdefault(file, set()).add(one.name)
            found: dict[str, list[Problem]] = {each: [] for each in self._reported}
            for problem in in_reading_order(p for each in self._problems.values() for p in each):
                found.setdefault(problem.place.path, []).append(problem)
            self._reported = {each for each, problems in found.items() if problems}
            return {each: tuple(problems) for each, problems in found.items()}

    def _briefings(self, path: str | None) -> tuple[str, ...]:
        """The briefings that a change of a file may touch."""
        present = Inputs(self.root, self._held).briefings()
        for gone in self._problems.keys() - {"", *present}:
            del self._problems[gone]
        if path is None or not path.startswith("briefings/"):
            return present
        # A list that cannot be read at the moment belongs to whom it belonged to.
        owners = {*self._owners.get(path, ()), path.split("/")[1]}
        unknown = set(present) - self._problems.keys()
        return tuple(name for name in present if name in owners | unknown)

    def known(self, path: str) -> Known | None:
        """What was last read of the catalogue and of the briefing that a file belongs to.

        None while there is no readable catalogue.
        """
        with self._turn:
            try:
                corpus = self._workspace.corpus(self._held)
            except InvalidInput:
                return None
            records = self._workspace.records
            if not records:
                self.check()
            owners = {*self._owners.get(path, ()), *path.split("/")[1:2]}
            record = _joined(record for name, record in records.items() if name in owners)
            return Known(corpus.library, corpus.seeds, record)


@lru_cache(maxsize=2)  # asked again and again while nothing is typed; nodes are large
def _parsed(path: str, text: str) -> YamlText | None:
    try:
        load(text.encode("utf-8", "surrogatepass"), path)
    except InvalidInput:
        return None
    return YamlText(text)


def _joined(records: Iterable[Record]) -> Record:
    """What is on record in several briefings, which share a list."""
    known = list(records)
    return Record(
        tuple(document for record in known for document in record.files),
        {key: value for record in known for key, value in record.actors.items()},
        {key: value for record in known for key, value in record.people.items()},
        {key: value for record in known for key, value in record.events.items()},
        None,
        None,
        None,
    )

"""What is known of a briefing at any moment, and who is to hear when it changes.

One thread at a time reads and makes pages; the server's thread only takes what is there. The last
good page stays while the YAML is broken.
"""

import hashlib
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sourcebrief.brief.layouts import FULL
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.desk.files import FileEdits
from sourcebrief.desk.pages import PageMaker, PreviewPages
from sourcebrief.desk.reading import Reader, Reading
from sourcebrief.errors import Problem, in_reading_order


@dataclass(frozen=True, slots=True)
class PdfState:
    """How the PDF stands: none, waiting, making, ready or failed; of which edition, and why."""

    state: str = "none"
    edition: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """All that the browser shows at a moment.

    `pages` are the last good ones; `stale` says that the YAML has moved on without them.
    """

    reading: Reading
    pages: PreviewPages
    problems: tuple[Problem, ...]
    stale: bool
    digests: Mapping[str, str]
    pdf: PdfState = PdfState()

    def page(self, layout: str) -> bytes | None:
        """The page of a layout, where there has been a good one."""
        return (self.pages.html or {}).get(layout)

    def summary(self, edits: FileEdits) -> dict[str, Any]:
        """What a browser has to know to show it: digests say which panes have changed."""
        severities = [problem.severity for problem in self.problems]
        return {
            **self.digests,
            "title": self.reading.brief.value.title if self.reading.brief else "",
            "edition": self.pages.edition,
            "stale": self.stale,
            "broken": self.reading.broken is not None,
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "hashes": dict(self.reading.hashes),
            "pdf": asdict(self.pdf),
            "undo": edits.last,
            "redo": edits.undone,
        }


def _digests(
    reading: Reading, pages: PreviewPages, problems: tuple[Problem, ...]
) -> dict[str, str]:
    """Digests of what each pane shows."""
    quoted = ((key, one.located.pieces) for key, one in reading.proven())
    titles = ((key, one.value.title) for key, one in reading.events.items())
    shown = (*quoted, *titles, *reading.numbers.items(), reading.documents)
    return {
        "page": _digest(*(pages.html or {}).values()),
        "problems": _digest(*(str(problem).encode() for problem in problems)),
        "documents": _digest(*(repr(one).encode() for one in shown)),
    }


def _digest(*parts: bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(hashlib.sha256(part).digest())
    return found.hexdigest()[:16] if parts else ""


class Session:
    """A briefing under way: its moment, the edits of this sitting, and those who listen."""

    def __init__(self, root: Path, name: str, memory: SealedMemory | None = None) -> None:
        self.root = root
        self.name = name
        self.edits = FileEdits(root)
        self.moment: Moment | None = None
        self.ended = False
        self._layouts = {FULL}
        self._made: set[str] = set()
        self._reader = Reader(root, name, memory)
        self._maker = PageMaker()
        self._reading = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def refresh(self, reported: Collection[str] = ()) -> None:
        """Read what changed, make the pages, and tell those who listen."""
        with self._reading:
            reading = self._reader.read(reported)
            if self.moment and self.moment.reading is reading and self._made == self._layouts:
                return
            self._made = set(self._layouts)
            pages = self._maker.make(reading, self._layouts)
            before = self.moment
            good = pages.html is not None
            problems = in_reading_order((*reading.problems, *pages.problems))
            pages = pages if good or before is None else before.pages
            self.moment = Moment(
                reading,
                pages,
                problems,
                stale=not good,
                digests=_digests(reading, pages, problems),
                pdf=before.pdf if before else PdfState(),
            )
        self._tell()

    @property
    def busy(self) -> bool:
        """Whether a change is being read."""
        return self._reading.locked()

    def want(self, layout: str) -> None:
        """Make a layout too, from now on."""
        if layout not in self._layouts:
            self._layouts.add(layout)
            self.refresh()

    def set_pdf(self, pdf: PdfState) -> None:
        """Say how the PDF stands."""
        with self._reading:
            if self.moment is not None:
                self.moment = replace(self.moment, pdf=pdf)
        self._tell()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function, from any thread, at every change; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def end(self) -> None:
        """Let those who listen go."""
        self.ended = True
        self._tell()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()

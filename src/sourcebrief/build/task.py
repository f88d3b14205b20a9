"""Making one briefing's documents, wherever that happens: bytes in, bytes out."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sourcebrief.build.staleness import loaded_libraries
from sourcebrief.errors import InvalidInput, Place, Problem, SourcebriefError
from sourcebrief.processes.limits import memory_allowed

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from types import FrameType

    from sourcebrief.brief.manuscript import Manuscript
    from sourcebrief.documents.publish import Edition

SECONDS: Final = 300.0
"""How long documents may take, and `SECONDS_PER_EVENT` more for each event."""
SECONDS_PER_EVENT: Final = 2.0
MEMORY: Final = 3 * 2**30
"""How many bytes documents may take, and `MEMORY_PER_EVENT` more for each event: more than four
times what 800 events take."""
MEMORY_PER_EVENT: Final = 4 * 2**20
GRACE: Final = 5.0
"""Seconds from the time limit until a process ends that cannot be interrupted."""

_one_at_a_time = threading.Lock()
"""WeasyPrint, and the variables that fontTools reads, are one for a whole process; a worker of a
cluster may run several threads."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that a process needs to make a briefing's documents.

    `place` is where a fault of an engine is reported, `templates` every template by its name,
    `time_limit` in seconds, `memory_limit` in bytes.
    """

    manuscript: Manuscript
    references: Mapping[str, str]
    templates: Mapping[str, bytes]
    formats: tuple[str, ...]
    epoch: int | None
    keep_html: bool
    place: Place
    time_limit: float
    memory_limit: int

    @property
    def name(self) -> str:
        """The briefing's name."""
        return self.manuscript.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: an edition, and problems, which are only warnings where there is one.

    `templates` are the names of those that it read; `engines` the versions of what made it and
    `libraries` the files of the system among them.
    """

    edition: Edition | None = None
    problems: tuple[Problem, ...] = ()
    templates: frozenset[str] = frozenset()
    engines: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()


class _TooLong(BaseException):
    """The time limit has passed; no engine may take it for a fault of its own."""


def perform(task: Task) -> Outcome:
    """Make the documents; whatever a user can cause comes back as problems.

    Past the time limit they are given up. A process that cannot be interrupted then ends: an engine
    that hangs in compiled code cannot be stopped in any other way.
    """
    from sourcebrief.documents.publish import publish
    from sourcebrief.documents.template_folders import TemplateFiles

    with _one_at_a_time:
        templates = TemplateFiles(task.templates)
        try:
            with _limited(task.time_limit), _with_memory(task.memory_limit):
                edition = publish(
                    task.manuscript,
                    task.references,
                    templates,
                    task.formats,
                    epoch=task.epoch,
                    keep_html=task.keep_html,
                )
        except InvalidInput as error:
            return Outcome(problems=error.problems)
        except SourcebriefError as error:
            return Outcome(problems=(Problem(task.place, str(error)),))
        except _TooLong:
            return Outcome(problems=(too_long(task),))
        except MemoryError:
            size = f"{task.memory_limit / 2**30:.1f} GiB"
            words = f"its documents took more than {size} of memory; look for what makes it large"
            return Outcome(problems=(Problem(task.place, words),))
        engines, libraries = engines_here(task.formats)
        warnings = tuple(Problem(task.place, words, "warning") for words in edition.warnings)
        return Outcome(edition, warnings, frozenset(templates.used), engines, libraries)


def too_long(task: Task) -> Problem:
    """What is told of a briefing whose documents passed the time limit."""
    limit = f"{task.time_limit:g} s"
    words = f"its documents took more than {limit} and were given up; look for what makes it large"
    return Problem(task.place, words)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise _TooLong in the block after so many seconds; a little later, end the process."""
    # Signals are for the main thread, which a worker of a cluster may not be, and not for Windows.
    interrupts = hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        before = signal.signal(signal.SIGALRM, _give_up) if interrupts else None
        try:
            if interrupts:
                signal.setitimer(signal.ITIMER_REAL, seconds)
            yield
        finally:
            if interrupts:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _with_memory(size: int) -> Iterator[None]:
    # Not where the process is shared: with the other threads of a worker of a cluster.
    own = threading.current_thread() is threading.main_thread()
    with memory_allowed(size) if own else nullcontext():
        yield


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


_LIBRARIES: Final = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libglib", "libz.")


def engines_here(formats: Container[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The versions of the engines of this process, and the system's files among them."""
    from sourcebrief.documents import pandoc

    engines = {"pandoc": pandoc.version()}
    if "pdf" not in formats:
        return engines, ()
    from sourcebrief.documents.pdf.engine.load import engine_versions

    return engines | engine_versions(), tuple(loaded_libraries(_LIBRARIES))


def time_limit(events: int) -> float:
    """How many seconds the documents of a briefing with so many events may take."""
    return SECONDS + SECONDS_PER_EVENT * events


def memory_limit(events: int) -> int:
    """How many bytes of memory the documents of a briefing with so many events may take."""
    return MEMORY + MEMORY_PER_EVENT * events

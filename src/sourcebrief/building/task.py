"""Making one briefing's documents, wherever that happens: bytes in, bytes out."""

from __future__ import annotations

import faulthandler
import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sourcebrief.building.fingerprint import loaded_libraries
from sourcebrief.errors import InvalidInput, Place, Problem, SourcebriefError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from sourcebrief.composing.manuscript import Manuscript
    from sourcebrief.publishing.publish import Edition

SECONDS: Final = 300.0
"""How long documents may take, and `SECONDS_PER_EVENT` more for each event."""
SECONDS_PER_EVENT: Final = 2.0

_one_at_a_time = threading.Lock()
"""WeasyPrint, and the variables that fontTools reads, are one for a whole process; a worker of a
cluster may run several threads."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that a process needs to make a briefing's documents.

    `place` is where a fault of an engine is reported, `templates` every template by its name,
    `time_limit` in seconds.
    """

    manuscript: Manuscript
    references: Mapping[str, str]
    templates: Mapping[str, bytes]
    formats: tuple[str, ...]
    epoch: int | None
    keep_html: bool
    place: Place
    time_limit: float

    @property
    def name(self) -> str:
        """The briefing's name."""
        return self.manuscript.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: an edition, or problems.

    `templates` are the names of those that it read; `engines` the versions of what made it and
    `libraries` the files of the system among them.
    """

    edition: Edition | None = None
    problems: tuple[Problem, ...] = ()
    templates: frozenset[str] = frozenset()
    engines: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()


def perform(task: Task) -> Outcome:
    """Make the documents; whatever a user can cause comes back as problems.

    A process that takes longer than the time limit ends: an engine that hangs in compiled code
    cannot be stopped in any other way.
    """
    from sourcebrief.publishing.publish import publish
    from sourcebrief.publishing.resources import TemplateFiles

    with _one_at_a_time:
        templates = TemplateFiles(task.templates)
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device
            faulthandler.dump_traceback_later(task.time_limit, exit=True, file=nowhere)
            try:
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
            finally:
                faulthandler.cancel_dump_traceback_later()
        engines, libraries = engines_here(task.formats)
        return Outcome(edition, (), frozenset(templates.used), engines, libraries)


_LIBRARIES: Final = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libglib", "libz.")


def engines_here(formats: Container[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The versions of the engines of this process, and the system's files among them."""
    from sourcebrief.publishing import pandoc

    engines = {"pandoc": pandoc.version()}
    if "pdf" not in formats:
        return engines, ()
    from sourcebrief.publishing.pdf import engine_versions

    return engines | engine_versions(), tuple(loaded_libraries(_LIBRARIES))


def time_limit(events: int) -> float:
    """How many seconds the documents of a briefing with so many events may take."""
    return SECONDS + SECONDS_PER_EVENT * events

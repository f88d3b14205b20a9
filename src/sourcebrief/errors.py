"""What can go wrong, and where.

SourcebriefError        anything a user can cause or correct; never shown as a traceback
├── InvalidInput        one or more problems in the inputs, each at its place
├── EnvironmentFault    a missing package, library, font or program; an unwritable folder
├── EngineFault         WeasyPrint, pandoc or another engine failed on valid input
└── UsageError          a command that cannot be carried out as it was given
"""

from __future__ import annotations

import errno
import importlib.util
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in an input file: path from the workspace, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    @classmethod
    def at(cls, path: str, text: str, offset: int) -> Place:
        """Return the point at an offset of a file's text, in code points."""
        before = text[:offset]
        return cls(path, before.count("\n") + 1, offset - before.rfind("\n"))


@dataclass(frozen=True, slots=True)
class Problem:
    """Anything wrong with an input, at a file, line and column, with the way out."""

    place: Place
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Order problems as they are shown: errors before warnings, each by place, without repeats."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda p: (p.severity != "error", p.place, p.message))
    )


def has_error(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error and not a warning."""
    return any(problem.severity == "error" for problem in problems)


class SourcebriefError(Exception):
    """The root of all that a user can cause or correct."""


class InvalidInput(SourcebriefError):  # noqa: N818 - it names what the input is
    """One or more problems in the inputs."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_reading_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[InvalidInput], tuple[tuple[Problem, ...]]]:
        """Let problems come back from another process as they are, not as their words."""
        return InvalidInput, (self.problems,)


class EnvironmentFault(SourcebriefError):  # noqa: N818 - a fault, not an error of the inputs
    """Something the build needs from the machine is missing; the message says what to install."""


class EngineFault(SourcebriefError):  # noqa: N818
    """A third-party engine failed; the message names the engine and its own first words."""


def cannot_write(path: Path, error: OSError, way_out: str) -> EnvironmentFault:
    """Say that the system refuses to write a file; on a full disk, `way_out` is another one."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        way_out = "make room"
    reason = (error.strerror or str(error)).lower()
    return EnvironmentFault(f"cannot write {path}: {reason}; {way_out}")


class UsageError(SourcebriefError):
    """A command that cannot be carried out as given: an unknown name, no workspace."""


def require_package(package: str, extra: str, purpose: str) -> None:
    """Raise EnvironmentFault where a package is missing that an extra of this program brings."""
    if importlib.util.find_spec(package) is None:
        raise EnvironmentFault(
            f"{purpose}, the package {package!r} is missing; run: {install_extra(extra)}"
        )


def install_extra(extra: str) -> str:
    """The command that adds an extra to this program, by what it was installed with."""
    wanted, home = f"'sourcebrief[{extra}]'", Path(sys.prefix)
    if (home / "pipx_metadata.json").is_file():
        return f"pipx inject sourcebrief {wanted}"
    if (home / "uv-receipt.toml").is_file():
        return f"uv pip install --python {home} {wanted}"
    return f"pip install {wanted}"

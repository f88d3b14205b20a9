"""What was measured, as a table with its targets and the machine that it comes from."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COMPONENTS = ("weasyprint", "pypandoc-binary", "pydantic", "pyyaml", "typst")


@dataclass(frozen=True, slots=True)
class Line:
    """One measured figure: what was done, what it took, and what it is held against.

    `value` is compared with `target`: at most that much, in `unit` ("x" is a ratio). Without a
    target it is told for comparison.
    """

    work: str
    measured: str
    value: float
    target: float | None = None
    unit: str = "x"

    def met(self, slack: float = 1.0) -> bool:
        """Whether the value is at most `slack` times the target."""
        return self.target is None or self.value <= self.target * slack

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The line as it prints."""
        target = "" if self.target is None else f"≤ {self.target:.3g} {self.unit}"
        verdict = "" if self.target is None else "met" if self.met() else "MISSED"
        return self.work, self.measured, f"{self.value:.2f} {self.unit}", target, verdict


HEADS = ("work", "measured (medians)", "result", "target", "")


def plain(lines: Sequence[Line]) -> str:
    """The table for a terminal."""
    rows = [HEADS, *(line.cells for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def markdown(lines: Sequence[Line]) -> str:
    """The table for a page."""
    rows = (HEADS, ("---",) * len(HEADS), *(line.cells for line in lines))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine() -> str:
    """The machine and the versions, in one sentence."""
    parts = [
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        ", ".join(_versions(_COMPONENTS)),
    ]
    return "; ".join(parts)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    for line in text.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GB"


def _versions(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            continue


BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def into(page: Path, lines: Sequence[Line], said: str) -> None:
    """Put the table into a page, between its two marks."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{page}: has no {BEGIN} and {END} to put the table between")
    page.write_text(f"{before}{BEGIN}\n{said}\n\n{markdown(lines)}\n{END}{after}", encoding="utf-8")

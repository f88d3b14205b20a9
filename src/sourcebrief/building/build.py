"""A build: decide what is stale, check it, make its documents, replace its outputs whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourcebrief.building import fingerprint
from sourcebrief.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

FORMATS = ("pdf", "docx", "html")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: what a user can say that changes an output.

    `epoch` is SOURCE_DATE_EPOCH in seconds where it is set; `output_dir` is None for beside the
    YAML; `since` holds the manifests of the earlier editions to which changes are told, by name.
    """

    root: Path
    formats: tuple[str, ...] | None = None
    force: bool = False
    output_dir: Path | None = None
    keep_html: bool = False
    epoch: int | None = None
    strict: bool = False
    since: Mapping[str, bytes] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The options that decide the bytes and the places of a briefing's outputs.

        Whether warnings fail is no part of it: what was built is the same.
        """
        wanted = ",".join(self.formats) if self.formats else "own"
        since = hashlib.sha256(self.since.get(name, b"")).hexdigest()
        return f"{wanted} {self.folder(name)} {self.keep_html} {self.epoch} {since}"

    def record(self, name: str) -> str:
        """The name under which a build is remembered: one for each folder that it is built into."""
        if self.output_dir is None:
            return name
        return f"{name}.{hashlib.sha256(str(self.output_dir).encode()).hexdigest()[:8]}"

    def folder(self, name: str) -> Path:
        """Where the outputs of a briefing go."""
        return self.output_dir / name if self.output_dir else self.root / "briefings" / name


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build made: its path, its size in bytes, and its pages where it has any."""

    path: Path
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one briefing: `built`, `unchanged` or `failed`."""

    name: str
    state: str
    problems: tuple[Problem, ...] = ()
    outputs: tuple[Output, ...] = ()
    edition: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Report:
    """What came of a whole run.

    `problems` are the workspace's own, in none of the results; `reasons` say why a briefing was
    not left as it stood.
    """

    results: list[Result] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    def all_problems(self) -> Iterator[Problem]:
        """Every problem of the run."""
        yield from self.problems
        for result in self.results:
            yield from result.problems

    @property
    def failed(self) -> bool:
        """Whether any briefing was not built, or an input is wrong."""
        return any(result.state == "failed" for result in self.results) or any(
            problem.severity == "error" for problem in self.all_problems()
        )


def build(names: Iterable[str], options: Options, progress: Callable[[str], None]) -> Report:
    """Build every named briefing that is stale; one that fails does not stop the others."""
    report = Report()
    stale = []
    for name in names:
        record = (
            None if options.force else fingerprint.load_record(options.root, options.record(name))
        )
        reason = fingerprint.why_stale(options.root, record, options.key(name))
        if reason is None:
            assert record is not None  # noqa: S101 - no record is a reason
            report.results.append(_unchanged(name, record, options))
        else:
            report.reasons[name] = "--force" if options.force else reason
            stale.append(name)
    if stale:
        # Everything that takes time to import is needed only from here on.
        from sourcebrief.building.making import make

        make(stale, options, report, progress)
    return report


def _unchanged(name: str, record: fingerprint.BuildRecord, options: Options) -> Result:
    outputs = tuple(
        Output(options.root / path, (options.root / path).stat().st_size, _pages(path, record))
        for path in record.outputs
    )
    problems = tuple(
        Problem(Place(w["path"], w["line"], w["column"]), w["message"], "warning")
        for w in record.warnings
    )
    return Result(name, "unchanged", problems, outputs, record.edition)


def _pages(path: str, record: fingerprint.BuildRecord) -> int | None:
    return record.pages if path.endswith(".pdf") else None


def why_not_current(name: str, options: Options) -> str | None:
    """Why what stands built is not what would be built now, or None."""
    record = fingerprint.load_record(options.root, options.record(name))
    return fingerprint.why_stale(options.root, record, options.key(name))

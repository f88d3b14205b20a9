"""A build: decide what is stale, check it, make its documents, replace its outputs whole."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourcebrief.build import staleness
from sourcebrief.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sourcebrief.build.workers import Workers

FORMATS = ("pdf", "docx", "html")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: what a user can say that changes an output.

    `epoch` is SOURCE_DATE_EPOCH in seconds where it is set; `output_dir` is None for beside the
    YAML; `since` holds the manifests of the earlier editions to which changes are told, by name.
    `jobs` is how many processes may make documents, `cluster` the address of a Dask scheduler that
    makes them instead.
    """

    root: Path
    formats: tuple[str, ...] | None = None
    force: bool = False
    output_dir: Path | None = None
    keep_html: bool = False
    epoch: int | None = None
    strict: bool = False
    since: Mapping[str, bytes] = field(default_factory=dict)
    jobs: int = 1
    cluster: str | None = None

    def key(self, name: str) -> str:
        """The options that decide the bytes and the places of a briefing's outputs.

        Whether warnings fail, and who makes the documents, is no part of it: they are the same.
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
    not left as it stood; `inputs` are the paths of all that was read for it.
    """

    results: list[Result] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    inputs: set[str] = field(default_factory=set)

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


@dataclass(frozen=True, slots=True)
class Due:
    """A briefing that may have to be built, why, and what its last build remembers."""

    name: str
    why: staleness.Stale
    record: staleness.BuildRecord | None


def build(
    names: Sequence[str],
    options: Options,
    progress: Callable[[str], None],
    workers: Workers | None = None,
) -> Report:
    """Build every named briefing that is stale; one that fails does not stop the others.

    `workers` make the documents where there are some already; else they live as long as the build.
    """
    report = Report()
    due = _due(names, options, report)
    if due:
        # Everything that takes time to import is needed only from here on.
        from sourcebrief.processes.lock import locked

        with locked(options.root / staleness.STATE, progress) as waited:
            if waited:
                # Whoever held the lock may have built them.
                report = Report()
                due = _due(names, options, report)
            if due:
                _make(due, options, report, progress, workers)
    order = {name: number for number, name in enumerate(names)}
    report.results.sort(key=lambda result: order[result.name])
    return report


def _make(
    due: Sequence[Due],
    options: Options,
    report: Report,
    progress: Callable[[str], None],
    workers: Workers | None,
) -> None:
    with ExitStack() as stack:
        if workers is None:
            certain = sum(not each.why.doubtful for each in due) or 1
            workers = stack.enter_context(workers_for(certain, options.jobs, options.cluster))
        from sourcebrief.build.make import make

        make(due, options, report, progress, workers)


def workers_for(certain: int, jobs: int, cluster: str | None) -> AbstractContextManager[Workers]:
    """Whoever makes documents: `certain` processes of at most `jobs`, or a cluster's workers."""
    if cluster is not None:
        from sourcebrief.build.cluster import ClusterWorkers

        return ClusterWorkers(cluster)
    from sourcebrief.build.workers import LocalWorkers

    return LocalWorkers(min(certain, jobs), at_most=jobs)


def _due(names: Sequence[str], options: Options, report: Report) -> list[Due]:
    """The briefings that may have to be built; the others are in the report."""
    files = staleness.Files(options.root)
    due = []
    for name in names:
        record = staleness.load_record(options.root, options.record(name))
        why = staleness.why_stale(
            files, options.root, None if options.force else record, options.key(name)
        )
        if record is not None:
            report.inputs.update(record.inputs)
        if why is None:
            assert record is not None  # noqa: S101 - no record is a reason
            report.results.append(unchanged(name, record, options))
        else:
            report.reasons[name] = "--force" if options.force else why.reason
            due.append(Due(name, why, record))
    return due


def unchanged(name: str, record: staleness.BuildRecord, options: Options) -> Result:
    """What is told of a briefing that stands as it was built, its last warnings included."""
    outputs = tuple(
        Output(options.root / path, (options.root / path).stat().st_size, _pages(path, record))
        for path in record.outputs
    )
    problems = tuple(
        Problem(Place(w["path"], w["line"], w["column"]), w["message"], "warning")
        for w in record.warnings
    )
    return Result(name, "unchanged", problems, outputs, record.edition)


def _pages(path: str, record: staleness.BuildRecord) -> int | None:
    return record.pages if path.endswith(".pdf") else None

"""A build: decide what is stale, check it, make its documents, replace its outputs whole."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial

from sourcebrief.build.results import FORMATS, BuildOptions, BuildReport, BuildResult
from sourcebrief.build.staleness import find_stale, state_folder
from sourcebrief.processes.pool import Workers


def build(
    names: Sequence[str],
    options: BuildOptions,
    progress: Callable[[str], None],
    workers: Workers | None = None,
    notice: Callable[[str], None] = lambda _: None,
) -> BuildReport:
    """Build every named briefing that is stale; one that fails does not stop the others.

    `progress` is what happens from moment to moment, `notice` that another command has to end
    first. `workers` make the documents; without them, workers are started that end with the build.
    """
    stale, records = find_stale(names, options)
    report = BuildReport()
    if stale:
        # Everything that takes time to import is needed only from here on.
        from sourcebrief.processes.lock import locked

        elsewhere = ", or build elsewhere: --output-dir DIR"
        with locked(state_folder(options), notice, elsewhere=elsewhere) as waited:
            if waited:
                # The command that held the lock may have built them.
                stale, records = find_stale(names, options)
            if stale:
                given = nullcontext(workers) if workers else None
                # They start first, so that they import the engines while this process reads and
                # checks.
                with given or start_workers(len(stale), options) as making:
                    from sourcebrief.build.build_stale import build_stale

                    report, unaffected = build_stale(stale, options, progress, making)
                records |= unaffected
    results = {result.name: result for result in report.results}
    for name, record in records.items():
        read = frozenset(record.inputs)
        results[name] = BuildResult(name, "unchanged", record.warnings, record, inputs=read)
    return replace(report, results=tuple(results[name] for name in names))


def start_workers(tasks: int, options: BuildOptions) -> AbstractContextManager[Workers]:
    """Start processes for so many tasks, or connect to a cluster's workers."""
    if options.cluster is not None:
        from sourcebrief.documents.versions import all_versions
        from sourcebrief.processes.cluster import ClusterWorkers

        return ClusterWorkers(options.cluster, all_versions)
    from sourcebrief.build.make_documents import load_engines
    from sourcebrief.processes.pool import WorkerPool

    load = partial(load_engines, options.formats or FORMATS)
    return WorkerPool(min(tasks, options.jobs), load)

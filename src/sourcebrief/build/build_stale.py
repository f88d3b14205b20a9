"""Building the briefings that may be stale: check each, make its documents, write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sourcebrief.build.catalogue_use import unaffected
from sourcebrief.build.changed_pins import has_changed_seeds
from sourcebrief.build.checks import check_briefing, check_forms, check_together, read_corpus
from sourcebrief.build.produce import DocumentProduction
from sourcebrief.build.results import BuildReport, BuildResult
from sourcebrief.build.staleness import forget, save_record
from sourcebrief.errors import InvalidInput
from sourcebrief.processes.pool import Workers
from sourcebrief.workspace.read_files import CATALOGUE, Inputs

if TYPE_CHECKING:
    from sourcebrief.build.results import (
        BuildOptions,
        BuildRecord,
        CheckedBriefing,
        Corpus,
        StaleBriefing,
    )


def build_stale(
    stale: Sequence[StaleBriefing],
    options: BuildOptions,
    progress: Callable[[str], None],
    workers: Workers,
) -> tuple[BuildReport, dict[str, BuildRecord]]:
    """Check and build briefings; also returns the records of those that prove to be up to date."""
    progress("Checking")
    inputs = Inputs(options.root)
    try:
        corpus = read_corpus(inputs)
    except InvalidInput as error:
        names = [each.name for each in stale]
        failed = tuple(_failed(each) for each in stale)
        return BuildReport(failed, (*error.problems, *check_forms(names, inputs))), {}

    # Whether nothing can be printed is known before any briefing is read.
    printable = not options.forbids(corpus.problems) and not has_changed_seeds(corpus)
    records: dict[str, BuildRecord] = {}
    if printable:
        stale, records = _without_unaffected(stale, corpus, options)
        workers.expect(len(stale))

    def is_fit(one: CheckedBriefing) -> bool:
        return printable and one.composition is not None and not options.forbids(one.problems)

    with DocumentProduction(workers, corpus, options) as production:
        checked = []
        for each in stale:
            checked.append(one := check_briefing(each.name, corpus))
            if is_fit(one):
                production.start(one)
        workspace = check_together(checked, corpus)
        results = []
        for each, one in zip(stale, workspace.briefings, strict=True):
            if is_fit(one):
                progress(f"Building {one.name}")
                result = production.finish(one)
            else:
                forget(options.root, options.record_name(one.name))
                result = BuildResult(one.name, "failed", one.problems)
            known = each.record.inputs if each.record else ()
            read = frozenset((*one.templates.inputs.used, *known))
            results.append(replace(result, reason=each.reason, inputs=read))
    return BuildReport(tuple(results), workspace.problems), records


def _failed(stale: StaleBriefing) -> BuildResult:
    read = frozenset(stale.record.inputs if stale.record else ())
    return BuildResult(stale.name, "failed", reason=stale.reason, inputs=read)


def _without_unaffected(
    stale: Iterable[StaleBriefing], corpus: Corpus, options: BuildOptions
) -> tuple[list[StaleBriefing], dict[str, BuildRecord]]:
    """Leave out what a changed catalogue does not concern, and renew the records of those."""
    affected, records = [], {}
    for each in stale:
        if each.catalogue_only and each.record and unaffected(each.record.entries, corpus.library):
            record = replace(each.record, catalogue=corpus.inputs.sha256(CATALOGUE))
            save_record(options.root, options.record_name(each.name), record)
            records[each.name] = record
        else:
            affected.append(each)
    return affected, records

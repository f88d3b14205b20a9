"""Building the briefings that may be stale: check each, have its documents made, write them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import edition_of, read_manifest
from sourcebrief.brief.manuscript import manuscript
from sourcebrief.build.catalogue_use import renew_unaffected
from sourcebrief.build.checks import check_briefing, check_forms, check_together, read_corpus
from sourcebrief.build.make_documents import make_documents, problem_of_ending
from sourcebrief.build.results import BuildReport, BuildResult, DocumentTask, MadeDocuments
from sourcebrief.build.staleness import forget
from sourcebrief.build.versions import engines_here
from sourcebrief.build.write_documents import write_documents
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput
from sourcebrief.evidence.changed_seeds import changed_seeds
from sourcebrief.processes.pool import WorkerEnded, Workers
from sourcebrief.verification.change_report import changes_summary
from sourcebrief.verification.changes import compare
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.brief.manifest import ChangesIn
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
        forms = check_forms([each.name for each in stale], inputs)
        failed = tuple(
            BuildResult(each.name, "failed", reason=each.reason, inputs=each.known_inputs)
            for each in stale
        )
        return BuildReport(failed, (*error.problems, *forms)), {}

    # Whether nothing can be printed is known before any briefing is read.
    changed = changed_seeds(corpus.library, inputs.sha256)
    printable = not changed and not options.forbids(corpus.problems)
    renewed: dict[str, BuildRecord] = {}
    if printable:
        stale, renewed = renew_unaffected(stale, corpus, options)
        workers.expect(len(stale))

    def is_fit(one: CheckedBriefing) -> bool:
        return printable and one.composition is not None and not options.forbids(one.problems)

    # Documents are made while the next briefing is checked.
    checked: list[CheckedBriefing] = []
    began: dict[str, float] = {}
    under_way: dict[str, Callable[[], MadeDocuments]] = {}
    for each in stale:
        checked.append(one := check_briefing(each.name, corpus))
        if is_fit(one):
            began[one.name] = time.perf_counter()
            under_way[one.name] = _start_documents(one, corpus, options, workers)
    workspace = check_together(checked, corpus)
    results = []
    for each, one in zip(stale, workspace.briefings, strict=True):
        if is_fit(one):
            progress(f"Building {one.name}")
            result = write_documents(one, under_way[one.name](), corpus, options)
            result = replace(result, seconds=time.perf_counter() - began[one.name])
        else:
            forget(options.root, options.record_name(one.name))
            result = BuildResult(one.name, "failed", one.problems)
        read = each.known_inputs | one.templates.inputs.used
        results.append(replace(result, reason=each.reason, inputs=read))
    return BuildReport(tuple(results), workspace.problems), renewed


def _start_documents(
    checked: CheckedBriefing, corpus: Corpus, options: BuildOptions, workers: Workers
) -> Callable[[], MadeDocuments]:
    """Begin the documents of a briefing; the function that this returns waits for them."""
    composition, brief = checked.composition, checked.brief
    assert composition is not None and brief is not None  # noqa: S101, PT018 - it is fit to print
    folders = TemplateFolders(corpus.inputs.tracking(), packaged_folder())
    task = DocumentTask(
        manuscript=manuscript(composition, _changes(composition, options.since.get(checked.name))),
        templates=corpus.inputs.once("templates", folders.files),
        formats=options.formats or brief.value.formats,
        layouts=options.layouts or brief.value.layouts,
        epoch=options.epoch,
        keep_html=options.keep_html,
        place=brief.place(),
        place_of_style=brief.place("csl"),
    )
    wait = workers.submit(make_documents, task)

    def made() -> MadeDocuments:
        try:
            documents = wait()
        except WorkerEnded as ended:
            return MadeDocuments(problems=(problem_of_ending(task, ended),))
        if options.cluster is None or documents.edition is None:
            return documents
        # The record holds the libraries of this machine, where it is read again.
        return replace(documents, libraries=engines_here(task.formats)[1])

    return made


def _changes(composition: Composition, earlier: bytes | None) -> ChangesIn | None:
    if earlier is None:
        return None
    found = compare(
        read_manifest(earlier),
        manifest_of(composition),
        before_edition=edition_of(earlier),
        after_edition="",
    )
    return changes_summary(found, composition.labels)

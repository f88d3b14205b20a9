"""Checking and making briefings, once it is known that something may be stale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sourcebrief.build import staleness
from sourcebrief.build.checks import (
    Checked,
    check_briefing,
    check_forms,
    read_corpus,
    with_unselected,
)
from sourcebrief.build.entries_used import unaffected
from sourcebrief.build.garbage import kept
from sourcebrief.build.pin_check import check_pinned, has_changed_seeds
from sourcebrief.build.produce import Press
from sourcebrief.build.run import Result, unchanged
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput, Problem
from sourcebrief.workspace.catalogue import read_library
from sourcebrief.workspace.read_files import CATALOGUE, Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sourcebrief.build.checks import Corpus
    from sourcebrief.build.run import Due, Options, Report
    from sourcebrief.build.workers import Workers
    from sourcebrief.evidence.coverage import Coverage
    from sourcebrief.workspace.catalogue import Library


def check(names: Iterable[str], root: Path) -> list[Problem]:
    """Run every check on the named briefings and give what is wrong."""
    return examine(names, root).problems


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks of a run found, and how its briefings stand to their seeds.

    `coverage` is there for every briefing without an error. `unquoted` are the seeds that no
    briefing of the workspace quotes, known where all of them were checked without an error.
    """

    problems: list[Problem]
    coverage: tuple[Coverage, ...] = ()
    unquoted: tuple[str, ...] = ()


@kept()
def examine(names: Iterable[str], root: Path, *, with_coverage: bool = False) -> Examined:
    """Run every check on the named briefings and, if asked, measure their coverage."""
    inputs = Inputs(root)
    try:
        corpus = read_corpus(inputs)
    except InvalidInput as error:
        problems = list(error.problems)
        check_forms(names, inputs, problems)
        return Examined(problems)
    checked = _check_all(names, corpus)
    problems = [*corpus.problems, *(problem for one in checked for problem in one.problems)]
    if not with_coverage:
        return Examined(problems)
    # Imported here: a check without a report does not need it.
    from sourcebrief.evidence.coverage import measure_coverage

    sound = [one.composition for one in checked if one.composition is not None]
    found = tuple(measure_coverage(one.briefing, one.proof, one.selected.numbers) for one in sound)
    unquoted: tuple[str, ...] = ()
    if {one.briefing for one in found} >= set(inputs.briefings()):
        quoted = {seed.id for one in found for seed in one.seeds}
        unquoted = tuple(key for key in corpus.library.seeds if key not in quoted)
    return Examined(problems, found, unquoted)


def _check_all(names: Iterable[str], corpus: Corpus) -> list[Checked]:
    checked = [_check_one(name, corpus)[0] for name in names]
    check_pinned(corpus, checked)
    return with_unselected(checked, corpus)


def _check_one(name: str, corpus: Corpus) -> tuple[Checked, TemplateFolders]:
    templates = TemplateFolders(corpus.inputs.tracking(), packaged_folder())
    return check_briefing(name, corpus, templates.inputs, templates), templates


@kept()
def make(
    due: Sequence[Due],
    options: Options,
    report: Report,
    progress: Callable[[str], None],
    workers: Workers,
) -> None:
    """Check and build the briefings that are due; what came of each is added to the report."""
    progress("Checking")
    inputs = Inputs(options.root)
    try:
        corpus = read_corpus(inputs)
    except InvalidInput as error:
        names = [each.name for each in due]
        report.problems += error.problems
        check_forms(names, inputs, report.problems)
        report.results += [Result(name, "failed") for name in names]
        return
    # What makes nothing fit to be printed is known before any briefing is read.
    printable = not _forbidden(corpus, options) and not has_changed_seeds(corpus)
    if printable:
        due = _affected(due, corpus, options, report)
        workers.expect(len(due))
    with Press(workers, options, corpus) as press:
        checked = []
        for each in due:
            one, templates = _check_one(each.name, corpus)
            report.inputs.update(templates.inputs.used)
            checked.append(one)
            if printable and _is_fit(one, options):
                press.begin(one, templates)
        check_pinned(corpus, checked)
        report.problems += corpus.problems
        for one in with_unselected(checked, corpus):
            if printable and _is_fit(one, options):
                progress(f"Building {one.name}")
                report.results.append(press.finish(one))
            else:
                staleness.forget(options.root, options.record(one.name))
                report.results.append(Result(one.name, "failed", one.problems))


def _affected(due: Sequence[Due], corpus: Corpus, options: Options, report: Report) -> list[Due]:
    """Those that a changed catalogue concerns; of the others only the memory is brought up."""
    affected = []
    for each in due:
        record = each.record
        if each.why.doubtful and record is not None and unaffected(record.entries, corpus.library):
            now = replace(record, catalogue=corpus.inputs.sha256(CATALOGUE))
            staleness.save_record(options.root, options.record(each.name), now)
            del report.reasons[each.name]
            report.results.append(unchanged(each.name, record, options))
        else:
            affected.append(each)
    return affected


def _is_fit(checked: Checked, options: Options) -> bool:
    return checked.composition is not None and not any(
        _fails(problem, options) for problem in checked.problems
    )


def _forbidden(corpus: Corpus, options: Options) -> bool:
    return any(_fails(problem, options) for problem in corpus.problems)


def _fails(problem: Problem, options: Options) -> bool:
    return problem.severity == "error" or options.strict


def not_current(names: Iterable[str], options: Options) -> dict[str, str]:
    """Why what stands built is not what would be built now, by briefing; the others are current.

    Each file is read once however many briefings use it, and the catalogue only where it changed.
    """
    files = staleness.Files(options.root)
    library: Library | None = None
    problems: list[Problem] = []
    reasons = {}
    for name in names:
        record = staleness.load_record(options.root, options.record(name))
        why = staleness.why_stale(files, options.root, record, options.key(name))
        if why is None:
            continue
        if why.doubtful and record is not None:
            if library is None:
                library, problems = read_library(Inputs(options.root))
            if not problems and unaffected(record.entries, library):
                continue
        reasons[name] = why.reason
    return reasons


def why_not_current(name: str, options: Options) -> str | None:
    """Why what stands built of one briefing is not what would be built now, or None."""
    return not_current((name,), options).get(name)

"""Checking and making briefings, once it is known that something is stale."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebrief.building import fingerprint
from sourcebrief.building.build import Output, Result
from sourcebrief.building.checking import (
    Checked,
    check_briefing,
    check_forms,
    read_corpus,
    with_unselected,
)
from sourcebrief.building.pinning import check_pinned
from sourcebrief.composing.manifest import canonical, edition_of, manifest
from sourcebrief.editions.box import changes_box
from sourcebrief.editions.changes import compare
from sourcebrief.editions.manifest import read_manifest
from sourcebrief.errors import InvalidInput, Problem, SourcebriefError
from sourcebrief.publishing.files import replace_all
from sourcebrief.publishing.publish import Edition, publish
from sourcebrief.publishing.resources import FOLDER, TemplateFolders, packaged_folder
from sourcebrief.reading.workspace import CATALOGUE, Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sourcebrief.building.build import Options, Report
    from sourcebrief.building.checking import Corpus
    from sourcebrief.composing.compose import Composition
    from sourcebrief.composing.view import Changes
    from sourcebrief.evidence.coverage import Coverage


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


def examine(names: Iterable[str], root: Path, *, with_coverage: bool = False) -> Examined:
    """Run every check on the named briefings and, if asked, measure their coverage."""
    inputs = Inputs(root)
    try:
        corpus = read_corpus(inputs)
    except InvalidInput as error:
        problems = list(error.problems)
        check_forms(names, inputs, problems)
        return Examined(problems)
    checked = [one for one, _ in _check_all(names, corpus)]
    problems = [*corpus.problems, *(problem for one in checked for problem in one.problems)]
    if not with_coverage:
        return Examined(problems)
    # Imported here: a check without a report does not need it.
    from sourcebrief.evidence.coverage import coverage

    sound = [one.composition for one in checked if one.composition is not None]
    found = tuple(coverage(one.briefing, one.proof, one.selected.numbers) for one in sound)
    unquoted: tuple[str, ...] = ()
    if {one.briefing for one in found} >= set(inputs.briefings()):
        quoted = {seed.id for one in found for seed in one.seeds}
        unquoted = tuple(key for key in corpus.library.seeds if key not in quoted)
    return Examined(problems, found, unquoted)


def _check_all(names: Iterable[str], corpus: Corpus) -> list[tuple[Checked, TemplateFolders]]:
    checked, folders = [], []
    for name in names:
        templates = TemplateFolders(corpus.inputs.tracking(), packaged_folder())
        checked.append(check_briefing(name, corpus, templates.inputs, templates))
        folders.append(templates)
    check_pinned(corpus, checked)
    return list(zip(with_unselected(checked, corpus), folders, strict=True))


def make(
    names: Iterable[str], options: Options, report: Report, progress: Callable[[str], None]
) -> None:
    """Check and build the named briefings; what came of each is added to the report."""
    began = time.perf_counter()
    progress("Checking")
    names = tuple(names)
    try:
        inputs = Inputs(options.root)
        corpus = read_corpus(inputs)
    except InvalidInput as error:
        report.problems += error.problems
        check_forms(names, inputs, report.problems)
        report.results += [Result(name, "failed") for name in names]
        return
    checked = _check_all(names, corpus)
    report.problems += corpus.problems
    forbidden = any(_fails(problem, options) for problem in corpus.problems)
    for one, templates in checked:
        if (
            forbidden
            or one.composition is None
            or any(_fails(problem, options) for problem in one.problems)
        ):
            fingerprint.forget(options.root, options.record(one.name))
            report.results.append(Result(one.name, "failed", one.problems))
            continue
        progress(f"Building {one.name}")
        report.results.append(_make_one(one, templates, corpus, options, began))
        began = time.perf_counter()


def _fails(problem: Problem, options: Options) -> bool:
    return problem.severity == "error" or options.strict


def _make_one(
    checked: Checked,
    templates: TemplateFolders,
    corpus: Corpus,
    options: Options,
    began: float,
) -> Result:
    assert checked.composition is not None  # noqa: S101 - the caller has seen to it
    brief = checked.composition.briefing.brief.value
    formats = options.formats or brief.formats
    try:
        fingerprint.forget(options.root, options.record(checked.name))
        edition = publish(
            checked.composition,
            templates,
            formats,
            epoch=options.epoch,
            keep_html=options.keep_html,
            changes=_changes(checked.composition, options.since.get(checked.name)),
        )
        folder = options.folder(checked.name)
        outputs = {folder / name: data for name, data in edition.files.items()}
        staging = options.root / fingerprint.STATE / "staging" / checked.name
        replace_all(outputs, staging)
        record = _record(checked, templates, corpus, options, edition, outputs)
        fingerprint.save_record(options.root, options.record(checked.name), record)
    except InvalidInput as error:
        return Result(checked.name, "failed", (*checked.problems, *error.problems))
    except SourcebriefError as error:
        place = checked.composition.briefing.brief.place()
        problem = Problem(place, str(error))
        return Result(checked.name, "failed", (*checked.problems, problem))
    made = tuple(
        Output(path, len(data), edition.pages if path.suffix == ".pdf" else None)
        for path, data in outputs.items()
    )
    seconds = time.perf_counter() - began
    return Result(checked.name, "built", checked.problems, made, edition.identity, seconds)


def _changes(composition: Composition, earlier: bytes | None) -> Changes | None:
    if earlier is None:
        return None
    # What the page prints is not compared, and is not known before this box stands in it.
    now = json.loads(canonical(manifest(composition, {})))
    found = compare(
        read_manifest(earlier), now, before_edition=edition_of(earlier), after_edition=""
    )
    return changes_box(found, composition.labels)


def _record(
    checked: Checked,
    templates: TemplateFolders,
    corpus: Corpus,
    options: Options,
    edition: Edition,
    outputs: Mapping[Path, bytes],
) -> fingerprint.BuildRecord:
    root = options.root
    used = set(templates.inputs.used) | {CATALOGUE}
    for entry in corpus.library.entries.values():
        custom = entry.value.custom
        used.update(f"seeds/{file}" for file in (custom.file,) if file)
        if custom.original is not None:
            used.add(f"seeds/{custom.original.file}")
    folders = [f"{FOLDER}", f"{FOLDER}/labels"]
    return fingerprint.BuildRecord(
        options=options.key(checked.name),
        versions=fingerprint.versions(),
        inputs={path: corpus.inputs.sha256(path) for path in sorted(used)},
        folders={folder: fingerprint.listing(root / folder) for folder in folders},
        outputs={_named(path, root): _sha(data) for path, data in outputs.items()},
        warnings=[
            {
                "path": problem.place.path,
                "line": problem.place.line,
                "column": problem.place.column,
                "message": problem.message,
            }
            for problem in checked.problems
            if problem.severity == "warning"
        ],
        edition=edition.identity,
        pages=edition.pages,
    )


def _named(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

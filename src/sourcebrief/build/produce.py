"""From a checked briefing to its documents on disk, made by whoever the workers are."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebrief.brief.labels import FOLDER as LABELS
from sourcebrief.brief.manifest import canonical, edition_of, manifest
from sourcebrief.brief.manuscript import manuscript
from sourcebrief.build import staleness
from sourcebrief.build.entries_used import entries_used
from sourcebrief.build.run import Output, Result
from sourcebrief.build.task import Outcome, Task, memory_limit, time_limit
from sourcebrief.documents.publish import start_references
from sourcebrief.documents.template_folders import FOLDER, TemplateFolders, packaged_folder
from sourcebrief.errors import (
    EnvironmentFault,
    InvalidInput,
    Place,
    Problem,
    SourcebriefError,
)
from sourcebrief.verification.changes import compare
from sourcebrief.verification.changes_box import changes_box
from sourcebrief.verification.manifest_reading import read_manifest
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.write_files import replace_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from sourcebrief.brief.compose import Composition
    from sourcebrief.brief.manuscript import Manuscript
    from sourcebrief.brief.view import Changes
    from sourcebrief.build.checks import Checked, Corpus
    from sourcebrief.build.run import Options
    from sourcebrief.build.workers import Workers
    from sourcebrief.documents.citeproc import BibliographyJob
    from sourcebrief.documents.publish import Edition


@dataclass(slots=True)
class _UnderWay:
    """A briefing at the workers, or already known to fail."""

    templates: TemplateFolders
    began: float
    used: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    task: Task | None = None
    future: Future[Outcome] | None = None


class Press:
    """Hands briefings to the workers as they are checked, and writes what comes back.

    One behind: pandoc words the references of a briefing while the next one is being checked.
    """

    def __init__(self, workers: Workers, options: Options, corpus: Corpus) -> None:
        self._workers = workers
        self._options = options
        self._corpus = corpus
        self._templates: Mapping[str, bytes] | None = None
        self._under_way: dict[str, _UnderWay] = {}
        self._waiting: tuple[Checked, Manuscript, BibliographyJob] | None = None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting is not None:
            self._waiting[2].cancel()

    def begin(self, checked: Checked, templates: TemplateFolders) -> None:
        """Begin the documents of a briefing without faults; `templates` are those it was given."""
        composition = checked.composition
        assert composition is not None  # noqa: S101 - the caller has seen to it
        under_way = _UnderWay(templates, time.perf_counter(), entries_used(composition))
        self._under_way[checked.name] = under_way
        try:
            earlier = self._options.since.get(checked.name)
            text = manuscript(composition, _changes(composition, earlier))
            references = start_references(text, templates)
        except SourcebriefError as error:
            under_way.problems = _problems(error, checked)
            return
        self._send()
        self._waiting = checked, text, references

    def _send(self) -> None:
        if self._waiting is None:
            return
        (checked, text, references), self._waiting = self._waiting, None
        under_way = self._under_way[checked.name]
        try:
            worded = references.result()
        except SourcebriefError as error:
            under_way.problems = _problems(error, checked)
            return
        under_way.task = Task(
            manuscript=text,
            references=worded,
            templates=self._all_templates(),
            formats=self._formats(checked),
            epoch=self._options.epoch,
            keep_html=self._options.keep_html,
            place=_place(checked),
            time_limit=time_limit(len(text.view.rows)),
            memory_limit=memory_limit(len(text.view.rows)),
        )
        under_way.future = self._workers.submit(under_way.task)

    def _formats(self, checked: Checked) -> tuple[str, ...]:
        assert checked.brief is not None  # noqa: S101 - it has been composed
        return self._options.formats or checked.brief.value.formats

    def _all_templates(self) -> Mapping[str, bytes]:
        if self._templates is None:
            folders = TemplateFolders(self._corpus.inputs.tracking(), packaged_folder())
            self._templates = folders.files()
        return self._templates

    def finish(self, checked: Checked) -> Result:
        """Wait for the documents that were begun and put them in the place of the earlier ones."""
        self._send()
        under_way = self._under_way.pop(checked.name)
        outcome = Outcome(problems=under_way.problems)
        if under_way.task is not None and under_way.future is not None:
            outcome = self._workers.outcome(under_way.task, under_way.future)
        edition, options = outcome.edition, self._options
        staleness.forget(options.root, options.record(checked.name))
        if edition is None:
            return Result(checked.name, "failed", (*checked.problems, *outcome.problems))
        problems = (*checked.problems, *outcome.problems)
        folder = options.folder(checked.name)
        outputs = {folder / name: data for name, data in edition.files.items()}
        try:
            replace_all(outputs, options.root / staleness.STATE / "staging" / checked.name)
            record = self._record(checked, under_way, outcome, edition, outputs)
            staleness.save_record(options.root, options.record(checked.name), record)
        except EnvironmentFault as error:
            return Result(checked.name, "failed", (*problems, *_problems(error, checked)))
        made = tuple(
            Output(path, len(data), edition.pages if path.suffix == ".pdf" else None)
            for path, data in outputs.items()
        )
        seconds = time.perf_counter() - under_way.began
        return Result(checked.name, "built", problems, made, edition.identity, seconds)

    def _record(
        self,
        checked: Checked,
        under_way: _UnderWay,
        outcome: Outcome,
        edition: Edition,
        outputs: Mapping[Path, bytes],
    ) -> staleness.BuildRecord:
        root, inputs = self._options.root, self._corpus.inputs
        used = set(under_way.templates.inputs.used)
        used.update(under_way.templates.path(name) for name in outcome.templates)
        used.update(self._corpus.library.files(under_way.used))
        folders = (FOLDER, f"{FOLDER}/{LABELS}")
        return staleness.BuildRecord(
            options=self._options.key(checked.name),
            versions=staleness.versions(),
            engines=dict(outcome.engines),
            libraries={path: staleness.library_identity(path) for path in outcome.libraries},
            inputs={path: inputs.sha256(path) for path in sorted(used)},
            catalogue=inputs.sha256(CATALOGUE),
            entries=dict(under_way.used),
            folders={folder: staleness.listing(root / folder) for folder in folders},
            outputs={_named(path, root): _sha(data) for path, data in outputs.items()},
            warnings=[
                {
                    "path": problem.place.path,
                    "line": problem.place.line,
                    "column": problem.place.column,
                    "message": problem.message,
                }
                for problem in (*checked.problems, *outcome.problems)
                if problem.severity == "warning"
            ],
            edition=edition.identity,
            pages=edition.pages,
        )


def _changes(composition: Composition, earlier: bytes | None) -> Changes | None:
    if earlier is None:
        return None
    # What the page prints is not compared, and is not known before this box stands in it.
    now = json.loads(canonical(manifest(composition, {})))
    found = compare(
        read_manifest(earlier), now, before_edition=edition_of(earlier), after_edition=""
    )
    return changes_box(found, composition.labels)


def _place(checked: Checked) -> Place:
    assert checked.brief is not None  # noqa: S101 - it has been composed
    return checked.brief.place()


def _problems(error: SourcebriefError, checked: Checked) -> tuple[Problem, ...]:
    if isinstance(error, InvalidInput):
        return error.problems
    return (Problem(_place(checked), str(error)),)


def _named(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

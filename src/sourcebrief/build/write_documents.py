"""Putting the documents of a briefing in the place of the earlier ones, and remembering how."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebrief.brief.labels import FOLDER as LABELS
from sourcebrief.build.catalogue_use import entries_used
from sourcebrief.build.results import BuildRecord, BuildResult, OutputFile
from sourcebrief.build.staleness import STATE, forget, listing, save_record
from sourcebrief.build.versions import library_identity, package_versions
from sourcebrief.documents.template_folders import FOLDER
from sourcebrief.errors import EnvironmentFault, InvalidInput, Problem, SourcebriefError
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.write_files import replace_all

if TYPE_CHECKING:
    from sourcebrief.build.results import BuildOptions, CheckedBriefing, Corpus, MadeDocuments
    from sourcebrief.documents.publish import Edition


def write_documents(
    checked: CheckedBriefing, made: MadeDocuments, corpus: Corpus, options: BuildOptions
) -> BuildResult:
    """Write all documents or none; where there are none, the earlier ones stay and are stale."""
    name, edition = checked.name, made.edition
    forget(options.root, options.record_name(name))
    problems = (*checked.problems, *made.problems)
    if edition is None or options.forbids(made.problems):
        return BuildResult(name, "failed", problems)
    outputs = {options.folder(name) / file: data for file, data in edition.files.items()}
    try:
        replace_all(outputs, options.root / STATE / "staging" / name)
        record = _record(checked, made, edition, outputs, corpus, options)
        save_record(options.root, options.record_name(name), record)
    except EnvironmentFault as error:
        return BuildResult(name, "failed", (*problems, *problems_of(error, checked)))
    files = tuple(
        OutputFile(path, len(data), edition.pages if path.suffix == ".pdf" else None)
        for path, data in outputs.items()
    )
    return BuildResult(name, "built", problems, files, edition.identity)


def problems_of(error: SourcebriefError, checked: CheckedBriefing) -> tuple[Problem, ...]:
    """The problems that an error stands for; one without a place stands at the brief's first."""
    if isinstance(error, InvalidInput):
        return error.problems
    assert checked.brief is not None  # noqa: S101 - it has been composed
    return (Problem(checked.brief.place(), str(error)),)


def _record(
    checked: CheckedBriefing,
    made: MadeDocuments,
    edition: Edition,
    outputs: Mapping[Path, bytes],
    corpus: Corpus,
    options: BuildOptions,
) -> BuildRecord:
    assert checked.composition is not None  # noqa: S101 - its documents have been made
    root, inputs = options.root, corpus.inputs
    entries = entries_used(checked.composition)
    used = {
        *checked.templates.inputs.used,
        *(checked.templates.path(name) for name in made.templates),
        *corpus.library.files(entries),
    }
    folders = (FOLDER, f"{FOLDER}/{LABELS}")
    return BuildRecord(
        options=options.key(checked.name),
        versions=package_versions(),
        engines=dict(made.engines),
        libraries={path: library_identity(path) for path in made.libraries},
        inputs={path: inputs.sha256(path) for path in sorted(used)},
        catalogue=inputs.sha256(CATALOGUE),
        entries=entries,
        folders={folder: listing(root / folder) for folder in folders},
        outputs={
            _named(path, root): hashlib.sha256(data).hexdigest() for path, data in outputs.items()
        },
        warnings=tuple(
            problem
            for problem in (*checked.problems, *made.problems)
            if problem.severity == "warning"
        ),
        edition=edition.identity,
        pages=edition.pages,
    )


def _named(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

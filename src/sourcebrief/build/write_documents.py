"""Putting the documents of a briefing in the place of the earlier ones, and remembering how."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sourcebrief.brief.labels import FOLDER as LABELS
from sourcebrief.build.catalogue_use import entries_used
from sourcebrief.build.results import BuildRecord, BuildResult
from sourcebrief.build.staleness import STATE, forget, listing, save_record
from sourcebrief.build.versions import library_identity, package_versions
from sourcebrief.documents.template_folders import FOLDER
from sourcebrief.errors import EnvironmentFault, Problem
from sourcebrief.text.phrases import count_of
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.write_files import replace_all

if TYPE_CHECKING:
    from sourcebrief.build.results import BuildOptions, CheckedBriefing, Corpus, MadeDocuments


def write_documents(
    checked: CheckedBriefing, made: MadeDocuments, corpus: Corpus, options: BuildOptions
) -> BuildResult:
    """Write all documents or none; where there are none, the earlier ones stay and are stale."""
    name, root = checked.name, options.root
    forget(root, options.record_name(name))
    problems = (*checked.problems, *made.problems)
    if made.edition is None or options.forbids(made.problems):
        return BuildResult(name, "failed", problems)
    folder = options.folder(name)
    if folder.is_relative_to(root):
        folder = folder.relative_to(root)
    outputs = {(folder / file).as_posix(): data for file, data in made.edition.files.items()}
    try:
        replace_all(
            {root / path: data for path, data in outputs.items()}, root / STATE / "staging" / name
        )
        record = _record(checked, made, outputs, corpus, options)
        save_record(root, options.record_name(name), record)
    except EnvironmentFault as error:
        assert checked.brief is not None  # noqa: S101 - its documents have been made
        fault = Problem(checked.brief.place(), str(error))
        return BuildResult(name, "failed", (*problems, fault))
    if made.edition.lines_over:
        # Without its record the briefing stays stale, so that the next build says this again.
        forget(root, options.record_name(name))
        problems = (*problems, _overfull(checked, made.edition.lines_over))
    return BuildResult(name, "built", problems, record)


def _overfull(checked: CheckedBriefing, lines: int) -> Problem:
    brief = checked.brief
    assert brief is not None  # noqa: S101 - its documents have been made
    return Problem(
        brief.place("layouts"),
        f"the short edition takes {count_of(lines, 'line')} more than its two pages, so only the "
        "full one was built; shorten the judgements or the summaries of entries with key: true, or "
        "mark fewer of them",
    )


def _record(
    checked: CheckedBriefing,
    made: MadeDocuments,
    outputs: Mapping[str, bytes],
    corpus: Corpus,
    options: BuildOptions,
) -> BuildRecord:
    composition, edition = checked.composition, made.edition
    assert composition is not None and edition is not None  # noqa: S101, PT018 - they are written
    inputs, entries = corpus.inputs, entries_used(composition)
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
        folders={folder: listing(options.root / folder) for folder in folders},
        outputs={path: hashlib.sha256(data).hexdigest() for path, data in outputs.items()},
        warnings=(*checked.problems, *made.problems),
        edition=edition.identity,
        pages=dict(edition.pages),
    )

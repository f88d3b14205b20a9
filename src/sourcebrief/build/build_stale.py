"""Building the briefings that may be stale: check each, have its documents made, write them.

Documents take the place of the earlier ones together, and what they were made from is remembered.
"""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sourcebrief.brief.labels import FOLDER as LABELS
from sourcebrief.brief.make_manifest import Composition, manifest_of, manuscript
from sourcebrief.brief.manifest import ChangesIn, edition_of, read_manifest
from sourcebrief.build.catalogue_use import entries_used, renew_unaffected
from sourcebrief.build.checks import check_briefing, check_forms, check_together, read_corpus
from sourcebrief.build.make_documents import make_documents, problem_of_ending
from sourcebrief.build.results import (
    BuildOptions,
    BuildRecord,
    BuildReport,
    BuildResult,
    CheckedBriefing,
    Corpus,
    DocumentTask,
    MadeDocuments,
    StaleBriefing,
)
from sourcebrief.build.sealing import is_sealed, remove_signatures
from sourcebrief.build.staleness import (
    forget,
    library_identity,
    listing,
    require_room,
    save_record,
    state_folder,
)
from sourcebrief.documents.template_folders import FOLDER, TemplateFolders, packaged_folder
from sourcebrief.documents.versions import engines_here, package_versions
from sourcebrief.errors import EnvironmentFault, InvalidInput, Place, Problem
from sourcebrief.evidence.changed_seeds import changed_seeds
from sourcebrief.processes.pool import WorkerEnded, Workers
from sourcebrief.text.phrases import count_of
from sourcebrief.verification.change_report import changes_summary
from sourcebrief.verification.changes import compare
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.write_files import replace_all


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

    sealed = {each.name: _would_break_seal(each, options) for each in stale}

    def is_fit(one: CheckedBriefing) -> bool:
        fit = printable and one.composition is not None and not options.forbids(one.problems)
        return fit and sealed[one.name] is None

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
            result = _write_documents(one, under_way[one.name](), corpus, options)
            if result.state == "built":
                remove_signatures(each.record, options)
            result = replace(result, seconds=time.perf_counter() - began[one.name])
        elif (problem := sealed[one.name]) is not None:
            result = BuildResult(one.name, "failed", (*one.problems, problem))
        else:
            result = BuildResult(one.name, "failed", one.problems)
        read = each.known_inputs | one.templates.inputs.used
        results.append(replace(result, reason=each.reason, inputs=read))
    return BuildReport(tuple(results), workspace.problems), renewed


def _would_break_seal(stale: StaleBriefing, options: BuildOptions) -> Problem | None:
    if options.force or not is_sealed(stale.record, options):
        return None
    return Problem(
        Place(f"briefings/{stale.name}/brief.yaml"),
        f"its files are sealed, and a build would replace them ({stale.reason}); keep a copy of "
        "them, give --force, and sign the new ones",
    )


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
        here = (*engines_here(task.formats)[1], *documents.edition.system_fonts)
        return replace(documents, libraries=here)

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


def _write_documents(
    checked: CheckedBriefing, made: MadeDocuments, corpus: Corpus, options: BuildOptions
) -> BuildResult:
    """Write all documents or none; where there are none, the earlier ones stay, with their record.

    Whoever stops this leaves a record whose hashes are not those of what has been replaced.
    """
    name, root = checked.name, options.root
    problems = (*checked.problems, *made.problems)
    if made.edition is None or options.forbids(made.problems):
        return BuildResult(name, "failed", problems)
    folder = options.folder(name)
    if folder.is_relative_to(root):
        folder = folder.relative_to(root)
    outputs = {(folder / file).as_posix(): data for file, data in made.edition.files.items()}
    try:
        require_room(options, name)
        replace_all(
            {root / path: data for path, data in outputs.items()},
            state_folder(options) / "staging" / name,
        )
        record = _record(checked, made, outputs, corpus, options)
        if made.edition.lines_over:
            # Without a record the briefing stays stale, so that the next build says this again.
            forget(options, name)
            problems = (*problems, _overfull(checked, made.edition.lines_over))
        else:
            save_record(options, name, record)
    except EnvironmentFault as error:
        assert checked.brief is not None  # noqa: S101 - its documents have been made
        fault = Problem(checked.brief.place(), str(error))
        return BuildResult(name, "failed", (*problems, fault))
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
        options=options.decisive(checked.name),
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

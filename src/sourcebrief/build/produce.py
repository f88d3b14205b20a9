"""From a checked briefing to its documents: the task of a worker, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import edition_of, read_manifest
from sourcebrief.brief.manuscript import manuscript
from sourcebrief.build.make_documents import make_documents, memory_for, seconds_allowed, too_long
from sourcebrief.build.results import DocumentTask, MadeDocuments
from sourcebrief.build.versions import engines_here
from sourcebrief.build.write_documents import problems_of, write_documents
from sourcebrief.documents.citeproc import BibliographyJob
from sourcebrief.documents.publish import start_references
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import Problem, SourcebriefError
from sourcebrief.processes.pool import WorkerEnded, Workers
from sourcebrief.verification.change_report import changes_summary
from sourcebrief.verification.changes import compare

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.brief.manifest import ChangesIn
    from sourcebrief.brief.manuscript import Manuscript
    from sourcebrief.build.results import BuildOptions, BuildResult, CheckedBriefing, Corpus


@dataclass(frozen=True, slots=True)
class _Worded:
    """A briefing whose references pandoc is wording."""

    checked: CheckedBriefing
    manuscript: Manuscript
    references: BibliographyJob


class DocumentProduction:
    """Hands briefings to the workers as they are checked, and writes what comes back.

    It stays one behind: pandoc words the references of a briefing while the next is being checked.
    """

    def __init__(self, workers: Workers, corpus: Corpus, options: BuildOptions) -> None:
        self._workers = workers
        self._corpus = corpus
        self._options = options
        self._templates: Mapping[str, bytes] | None = None
        self._previous: _Worded | None = None
        self._began: dict[str, float] = {}
        self._made: dict[str, Callable[[], MadeDocuments]] = {}

    def __enter__(self) -> DocumentProduction:
        return self

    def __exit__(self, *_: object) -> None:
        if self._previous is not None:
            self._previous.references.cancel()

    def start(self, checked: CheckedBriefing) -> None:
        """Begin the documents of a briefing that has a composition."""
        composition = checked.composition
        assert composition is not None  # noqa: S101 - the caller has seen to it
        self._began[checked.name] = time.perf_counter()
        try:
            text = manuscript(
                composition, _changes(composition, self._options.since.get(checked.name))
            )
            references = start_references(text, checked.templates)
        except SourcebriefError as error:
            self._fail(checked, error)
            return
        self._submit_previous()
        self._previous = _Worded(checked, text, references)

    def finish(self, checked: CheckedBriefing) -> BuildResult:
        """Wait for the documents that were begun and put them in the place of the earlier ones."""
        self._submit_previous()
        made = self._made.pop(checked.name)()
        result = write_documents(checked, made, self._corpus, self._options)
        return replace(result, seconds=time.perf_counter() - self._began[checked.name])

    def _submit_previous(self) -> None:
        if self._previous is None:
            return
        previous, self._previous = self._previous, None
        checked = previous.checked
        try:
            references = previous.references.result()
        except SourcebriefError as error:
            self._fail(checked, error)
            return
        task = self._task(checked, previous.manuscript, references)
        wait = self._workers.submit(make_documents, task)
        self._made[checked.name] = lambda: self._wait(task, wait)

    def _fail(self, checked: CheckedBriefing, error: SourcebriefError) -> None:
        problems = problems_of(error, checked)
        self._made[checked.name] = lambda: MadeDocuments(problems=problems)

    def _wait(self, task: DocumentTask, wait: Callable[[], MadeDocuments]) -> MadeDocuments:
        try:
            made = wait()
        except WorkerEnded as ended:
            return MadeDocuments(problems=(_problem_of_ending(task, ended),))
        if self._options.cluster is None or made.edition is None:
            return made
        # The record holds the libraries of this machine, where it is read again.
        return replace(made, libraries=engines_here(task.formats)[1])

    def _task(
        self, checked: CheckedBriefing, text: Manuscript, references: Mapping[str, str]
    ) -> DocumentTask:
        brief, options = checked.brief, self._options
        assert brief is not None  # noqa: S101 - it has been composed
        if self._templates is None:
            folders = TemplateFolders(self._corpus.inputs.tracking(), packaged_folder())
            self._templates = folders.files()
        return DocumentTask(
            manuscript=text,
            references=references,
            templates=self._templates,
            formats=options.formats or brief.value.formats,
            epoch=options.epoch,
            keep_html=options.keep_html,
            place=brief.place(),
            time_limit=seconds_allowed(len(text.manifest["events"])),
            memory_limit=memory_for(len(text.manifest["events"])),
        )


def _changes(composition: Composition, earlier: bytes | None) -> ChangesIn | None:
    if earlier is None:
        return None
    now = manifest_of(composition)
    found = compare(
        read_manifest(earlier), now, before_edition=edition_of(earlier), after_edition=""
    )
    return changes_summary(found, composition.labels)


def _problem_of_ending(task: DocumentTask, ended: WorkerEnded) -> Problem:
    if ended.reason:
        words = f"the workers that made its documents were ended ({ended.reason})"
        return Problem(task.place, f"{words}; look at their logs")
    if ended.seconds >= task.time_limit:
        return too_long(task)
    words = (
        "the process that made its documents was ended by the system or crashed; look for what "
        "makes it large, or give the machine more memory"
    )
    return Problem(task.place, words)

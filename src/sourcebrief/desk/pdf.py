"""The PDF of the desk: made in a process of its own when typing rests, and held in memory."""

import threading
from typing import Final

from sourcebrief.brief.layouts import FULL, file_name
from sourcebrief.build.make_documents import make_documents, problem_of_ending
from sourcebrief.build.results import DocumentTask, MadeDocuments
from sourcebrief.desk.session import Moment, PdfState, Session
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.processes.pool import WorkerEnded, Workers
from sourcebrief.text.phrases import count_of

REST: Final = 1.5
"""Seconds without a change after which the PDF is made."""


class RestingPdf:
    """Makes the PDF of a session's last good page, one at a time, once nothing changes."""

    def __init__(self, session: Session, workers: Workers, rest: float = REST) -> None:
        self._session = session
        self._workers = workers
        self._rest = rest
        self._changed = threading.Event()
        self._ended = False
        self._made, self._content = "", b""  # the edition that was made last, and its PDF
        self._tried = ""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._stop = session.listen(self._changed.set)

    @property
    def content(self) -> bytes | None:
        """The PDF that was made last, which may be of an earlier edition."""
        return self._content or None

    def start(self) -> None:
        """Begin to wait for rest."""
        self._changed.set()
        self._thread.start()

    def end(self) -> None:
        """Wait for nothing any more; what is being made is given up with its worker."""
        self._ended = True
        self._stop()
        self._changed.set()

    def _run(self) -> None:
        while not self._ended:
            self._changed.wait()
            self._changed.clear()
            if self._ended:
                return
            moment = self._session.moment
            if moment is None or moment.stale or moment.pages.edition == self._tried:
                continue
            if moment.pdf.state != "waiting":
                self._session.set_pdf(PdfState("waiting", self._made))
                self._changed.clear()
            if self._changed.wait(self._rest):
                continue  # something changed: the rest begins again
            if self._session.busy:
                self._changed.set()
                continue
            self._make(moment)

    def _make(self, moment: Moment) -> None:
        self._tried = moment.pages.edition
        self._session.set_pdf(PdfState("making", self._made))
        made = self._documents(_task(moment))
        faults = [problem.message for problem in made.problems if problem.severity == "error"]
        if made.edition is None:
            self._session.set_pdf(PdfState("failed", self._made, "; ".join(faults)))
            return
        name = file_name(moment.reading.name, FULL, "pdf")
        self._made, self._content = self._tried, made.edition.files[name]
        pages = count_of(made.edition.pages[name], "page")
        self._session.set_pdf(PdfState("ready", self._tried, pages))

    def _documents(self, task: DocumentTask) -> MadeDocuments:
        try:
            return self._workers.submit(make_documents, task)()
        except WorkerEnded as ended:
            return MadeDocuments(problems=(problem_of_ending(task, ended),))


def _task(moment: Moment) -> DocumentTask:
    reading, written = moment.reading, moment.pages.manuscript
    assert reading.corpus and reading.brief and written  # noqa: S101, PT018 - its page was made
    folders = TemplateFolders(reading.corpus.inputs.tracking(), packaged_folder())
    return DocumentTask(
        manuscript=written,
        templates=folders.files(),
        formats=("pdf",),
        layouts=(FULL,),
        epoch=None,
        keep_html=False,
        place=reading.brief.place(),
        place_of_style=reading.brief.place("csl"),
    )

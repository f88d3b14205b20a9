"""The PDF is made when typing rests, once, and an earlier one stays until it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sourcebrief.build.results import MadeDocuments
from sourcebrief.desk.pdf import RestingPdf
from sourcebrief.desk.session import Session
from sourcebrief.documents.publish import Edition
from sourcebrief.errors import Place, Problem
from sourcebrief.processes.pool import WorkerEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Workspace


class Printer:
    """Stands in for the workers: gives each task a PDF of its title."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.fault: MadeDocuments | Exception | None = None

    def submit(self, _: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
        [task] = arguments
        self.printed.append(task.manuscript.manifest["brief"]["title"])

        def wait() -> MadeDocuments:
            if isinstance(self.fault, Exception):
                raise self.fault
            edition = Edition("e", {"port.pdf": self.printed[-1].encode()}, {"port.pdf": 2})
            return self.fault or MadeDocuments(edition)

        return wait


def wait_for(state: str, session: Session) -> None:
    deadline = time.monotonic() + 20
    while session.moment is None or session.moment.pdf.state != state:
        assert time.monotonic() < deadline, session.moment and session.moment.pdf
        time.sleep(0.01)


def test_a_burst_of_changes_makes_one_pdf(workspace: Workspace) -> None:
    session, printer = Session(workspace.root, "port"), Printer()
    pdf = RestingPdf(session, printer, rest=0.4)
    session.refresh()
    pdf.start()
    for old, new in (("Scanning", "Scan"), ("Scan ", "Scanned "), ("Scanned", "Scanners")):
        workspace.edit("briefings/port/brief.yaml", f"title: {old}", f"title: {new}")
        session.refresh()
    wait_for("ready", session)
    assert printer.printed == ["Scanners in Port Almera"]
    assert pdf.content == b"Scanners in Port Almera"
    assert session.moment is not None
    assert session.moment.pdf.edition == session.moment.pages.edition
    assert session.moment.pdf.words == "2 pages"
    pdf.end()


def test_a_fault_is_said_and_the_earlier_pdf_stays(workspace: Workspace) -> None:
    session, printer = Session(workspace.root, "port"), Printer()
    pdf = RestingPdf(session, printer, rest=0.01)
    session.refresh()
    pdf.start()
    wait_for("ready", session)
    printer.fault = MadeDocuments(problems=(Problem(Place("a"), "the template makes no page"),))
    workspace.edit("briefings/port/brief.yaml", "Scanning in", "Scanners in")
    session.refresh()
    wait_for("failed", session)
    assert pdf.content == b"Scanning in Port Almera"
    assert session.moment is not None
    assert session.moment.pdf.words == "the template makes no page"
    printer.fault = WorkerEnded(1.0, "out of memory")
    workspace.edit("briefings/port/brief.yaml", "Scanners in", "Scan of")
    session.refresh()
    time.sleep(0.2)
    wait_for("failed", session)
    assert "out of memory" in session.moment.pdf.words
    pdf.end()


def test_broken_yaml_makes_no_pdf(workspace: Workspace) -> None:
    workspace.edit("briefings/port/brief.yaml", "title:", "title: [")
    session, printer = Session(workspace.root, "port"), Printer()
    pdf = RestingPdf(session, printer, rest=0.01)
    session.refresh()
    pdf.start()
    time.sleep(0.2)
    pdf.end()
    assert (printer.printed, pdf.content) == ([], None)

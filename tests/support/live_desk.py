"""A desk of a test's own, asked as its browser asks it, without a socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from starlette.testclient import TestClient

from sourcebrief.desk.admission import Admission, Keys
from sourcebrief.desk.app import desk_app
from sourcebrief.desk.pdf import RestingPdf
from sourcebrief.desk.session import Session

if TYPE_CHECKING:
    import httpx2 as httpx

    from conftest import Workspace

HOME = "http://127.0.0.1:7373"


class NoWorkers:
    """Makes nothing."""

    def submit(self, *_: object) -> Any:
        raise AssertionError("a document was to be made")


@dataclass
class LiveDesk:
    """A session, the browser that was let in, and the files."""

    session: Session
    browser: TestClient
    keys: Keys
    workspace: Workspace

    def get(self, address: str, **more: Any) -> httpx.Response:
        return self.browser.get(address, **more)

    def post(self, address: str, **given: Any) -> httpx.Response:
        """Write, as the page does, with the hashes that it was told."""
        assert self.session.moment is not None
        given.setdefault("hashes", dict(self.session.moment.reading.hashes))
        return self.browser.post(address, json=given, headers={"Origin": HOME})

    def text(self, path: str) -> str:
        return (self.workspace.root / path).read_text("utf-8")

    def span(self, seed: str, words: str) -> list[int]:
        """Where words stand in a document, as a browser names them."""
        assert self.session.moment is not None
        corpus = self.session.moment.reading.corpus
        assert corpus is not None
        for paragraph in corpus.seeds[seed].paragraphs:
            if (start := paragraph.text.find(words)) >= 0:
                return [paragraph.number, start, paragraph.number, start + len(words)]
        raise AssertionError(words)


def open_desk(workspace: Workspace, name: str = "port") -> LiveDesk:
    """Read the briefing, and come in by the address that was printed."""
    session = Session(workspace.root, name)
    session.refresh()
    keys = Keys()
    pdf = RestingPdf(session, NoWorkers())
    browser = TestClient(
        Admission(desk_app(session, pdf, "vscode://file/{path}:{line}:{column}"), keys, 7373),
        base_url=HOME,
        raise_server_exceptions=True,
    )
    assert browser.get(f"/?token={keys.token}").status_code == 200
    return LiveDesk(session, browser, keys, workspace)


@pytest.fixture(name="desk")
def desk_of_the_port(workspace: Workspace) -> LiveDesk:
    """The desk of the small good workspace."""
    return open_desk(workspace)

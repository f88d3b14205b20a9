"""The server: its port, what it follows, and its end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from sourcebrief.desk.serve import concerns, following, listen
from sourcebrief.desk.session import Session
from sourcebrief.documents.template_folders import packaged_folder
from sourcebrief.errors import EnvironmentFault

if TYPE_CHECKING:
    from conftest import Workspace


def test_a_port_that_is_taken_is_said_and_the_usual_one_gives_way() -> None:
    with listen(0 or None) as one, listen(None) as other:
        assert one.getsockname()[0] == other.getsockname()[0] == "127.0.0.1"
        taken = one.getsockname()[1]
        assert taken != other.getsockname()[1]
        with pytest.raises(
            EnvironmentFault,
            match=f"cannot listen on port {taken}: another program listens there; name another",
        ):
            listen(taken)


@pytest.mark.parametrize(
    ("path", "follows"),
    [
        ("briefings/port/events.yaml", True),
        ("briefings/port/house.csl", True),
        ("seeds/wire.txt", True),
        ("seeds/wire.pdf", True),
        ("templates/brief.css", True),
        ("briefings/port/port.pdf", False),
        ("briefings/port/port.evidence.json", False),
        ("briefings/port/.events.yaml.swp", False),
        ("briefings/port/events.yaml~", False),
    ],
)
def test_what_builds_write_and_editors_keep_aside_is_no_change(path: str, follows: bool) -> None:
    assert concerns(path) is follows


def test_a_save_is_followed(workspace: Workspace) -> None:
    session = Session(workspace.root, "port")
    with following(session):
        deadline = time.monotonic() + 20
        while session.moment is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)  # the watch begins
        workspace.edit("briefings/port/brief.yaml", "Scanning in", "Scanners in")
        while time.monotonic() < deadline:
            brief = session.moment.reading.brief if session.moment else None
            if brief and brief.value.title.startswith("Scanners"):
                break
            time.sleep(0.01)
        else:
            raise AssertionError("not followed")
        css = packaged_folder() / "screen.css"
        workspace.write("templates/screen.css", css.read_text() + "\nb { color: #123456 }\n")
        while time.monotonic() < deadline:
            if b"#123456" in ((session.moment and session.moment.page("full")) or b""):
                break
            time.sleep(0.01)
        else:
            raise AssertionError("a folder that came later was not followed")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_with_its_terminal_and_leaves_nothing(
    workspace: Workspace, sent: signal.Signals
) -> None:
    before = {path for path in workspace.root.rglob("*") if ".sourcebrief" not in path.parts}
    command = [sys.executable, "-m", "sourcebrief", "serve", "--no-open", "-C", workspace.root]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as served:
        assert served.stdout is not None
        assert served.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=\S+", served.stdout.readline())
        assert address
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address[0], timeout=20) as answer:
            assert "Scanning in Port Almera" in answer.read().decode() or answer.status == 200
        # A browser that listens does not keep it.
        listening = opener.open(f"http://127.0.0.1:{address[1]}/events", timeout=20)
        began = time.monotonic()
        os.kill(served.pid, sent)
        said = served.stderr.read()
        code = served.wait(20)
        listening.close()
    assert time.monotonic() - began < 8
    assert (code, said) == (130 if sent == signal.SIGINT else 143, "")
    after = {path for path in workspace.root.rglob("*") if ".sourcebrief" not in path.parts}
    assert after == before
    # What cleans up after a process ends a moment after it.
    deadline = time.monotonic() + 5
    while _any_left(served.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _any_left(served.pid)
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", int(address[1]))) != 0


def _any_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True

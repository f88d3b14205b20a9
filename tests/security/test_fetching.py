"""Nothing is fetched: not by WeasyPrint, not by pandoc, not by a build."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from sourcebrief.documents import pandoc
from sourcebrief.documents.pdf.engine.render import raising_faults, render
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Workspace

SOURCE = Path(__file__).resolve().parents[2] / "src"


class Listener:
    """A server on this machine that remembers what it was asked for, and sends elsewhere."""

    def __init__(self, secret: Path) -> None:
        self.asked: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.asked.append(self.path)
                self.send_response(302)
                self.send_header("Location", secret.as_uri())
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.png"
    path.write_bytes(b"\x89PNG secret of the machine")
    return path


@pytest.fixture
def listener(secret: Path) -> Iterator[Listener]:
    listening = Listener(secret)
    yield listening
    listening.server.shutdown()
    listening.server.server_close()


PLACES = {
    "an image": '<img alt="x" src="{}">',
    "a choice of images": '<img alt="x" src="data:," srcset="{} 2x">',
    "a style sheet": '<link rel="stylesheet" href="{}">',
    "an import": "<style>@import '{}';</style>",
    "an import by url()": "<style>@import url({});</style>",
    "a typeface": "<style>@font-face {{font-family: X; src: url({})}} p {{font-family: X}}</style>",
    "a background": '<p style="background: url({})">x</p>',
    "a list's sign": '<ul style="list-style-image: url({})"><li>x</li></ul>',
    "content": '<style>p::before {{ content: url({}) }}</style><p>x</p>',
    "an object": '<object data="{}" type="image/png">x</object>',
    "an embedded thing": '<embed src="{}" type="image/png">',
    "a drawing's image": '<svg width="9" height="9"><title>x</title><image href="{}"/></svg>',
    "a drawing's use": '<svg width="9" height="9"><title>x</title><use href="{}#a"/></svg>',
    "a drawing's style": '<svg width="9"><title>x</title><style>@import "{}";</style></svg>',
    "a page's background": "<style>@page {{ background: url({}) }}</style>",
}  # fmt: skip


def addresses(listener: Listener, secret: Path) -> dict[str, str]:
    return {
        "http": f"http://{listener.address}/x.png",
        "https": f"https://{listener.address}/x.png",
        "ftp": f"ftp://{listener.address}/x.png",
        "no scheme": f"//{listener.address}/x.png",
        "file": secret.as_uri(),
        "file of a host": f"file://localhost{secret}",
        "a path": str(secret),
        "a path upwards": f"../../../../../..{secret}",
        "a resource upwards": f"resource:../../../../../..{secret}",
        "a font upwards": f"font:../../../../../..{secret}",
        "encoded": "file:%2F%2F" + str(secret).replace("/", "%2F"),
        "of upper case": f"FILE://{secret}",
    }


def lay_out(page: str, resources: dict[str, bytes]) -> Any:
    with raising_faults():
        return render(page, resources)


def html(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><title>T</title><body><p>Words</p>{body}</body></html>'


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_weasyprint_fetches_nothing_from_any_place(
    place: str, scheme: str, listener: Listener, secret: Path
) -> None:
    address = addresses(listener, secret)[scheme]
    try:
        # What WeasyPrint does not know, it does not ask for.
        came_to = str(len(lay_out(html(place.format(address)), {}).pages))
    except EngineFault as refused:
        came_to = str(refused)
    assert "secret of" not in came_to
    assert listener.asked == []


@pytest.mark.parametrize("number", range(12))
def test_weasyprint_takes_no_address_but_those_it_is_given(
    number: int, listener: Listener, secret: Path
) -> None:
    address = list(addresses(listener, secret).values())[number]
    for place in ("an image", "an import"):
        with pytest.raises(EngineFault, match=r"not among the resources|WeasyPrint"):
            lay_out(html(PLACES[place].format(address)), {})
        sheet = f"@import '{address}';"
        with pytest.raises(EngineFault, match=r"not among the resources|WeasyPrint"):
            lay_out(
                html('<link rel="stylesheet" href="print.css">'),
                {"print.css": sheet.encode()},
            )
    assert listener.asked == []


@pytest.mark.parametrize("scheme", ["http", "file", "a path"])
def test_no_file_is_attached_that_the_page_names(
    scheme: str, listener: Listener, secret: Path
) -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    properties = DocumentProperties("T", "A", "S", (), "en", moment)
    address = addresses(listener, secret)[scheme]
    for body in (
        f'<link rel="attachment" href="{address}">',
        f'<a rel="attachment" href="{address}">x</a>',
    ):
        try:
            made = write_pdf(html(body), resources={}, properties=properties).content
        except EngineFault:
            continue
        assert b"secret of" not in made
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert not list(pdf.attachments)
    assert listener.asked == []


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{}">',
        '<iframe src="{}"></iframe>',  # CVE-2025-51591
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<video src="{}"></video>',
        '<link rel="stylesheet" href="{}">',
        '<base href="{}"><img src="x.png">',
        '<svg><image href="{}"/></svg>',
    ],
)
def test_pandoc_fetches_nothing(body: str, listener: Listener, secret: Path) -> None:
    named = addresses(listener, secret)
    page = "<p>Words".join(body.format(named[each]) for each in ("http", "file", "a path")).encode()
    try:
        came_to = pandoc.start_pandoc(["--from=html", "--to=docx"], page).result()
    except EngineFault as refused:
        came_to = str(refused).encode()
    assert b"secret of" not in came_to
    assert listener.asked == []


REFUSE = """
import pathlib, socket
def refuse(self, address, *rest):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        pathlib.Path({mark!r}).write_text(repr(address))
        raise PermissionError("no connection is to be made")
    return connect(self, address, *rest)
class Refusing(socket.socket):
    connect = refuse
    connect_ex = refuse
connect = socket.socket.connect
socket.socket = Refusing
"""


def namespace() -> list[str]:
    """What runs a command in a network namespace without routes, where the system allows one."""
    command = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None:
        return []
    return (
        command if subprocess.run([*command, "true"], capture_output=True).returncode == 0 else []
    )


def test_a_whole_build_makes_no_connection_and_the_same_bytes(
    workspace: Workspace, tmp_path: Path
) -> None:
    mark = tmp_path / "asked"
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(REFUSE.format(mark=str(mark)))
    paths = [str(tmp_path / "site"), str(SOURCE)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    alone = namespace()

    # That the means are good: a listener of ours cannot be reached.
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = f"import socket; socket.create_connection({server.getsockname()!r}, 5)"
        for hampered in (environment, os.environ.copy()) if alone else (environment,):
            ran = subprocess.run([*alone, sys.executable, "-c", reach], env=hampered, timeout=60,
                                 capture_output=True)  # fmt: skip
            assert ran.returncode == 1
    assert mark.exists()
    mark.unlink()

    built = subprocess.run(
        [*alone, sys.executable, "-m", "sourcebrief", "-C", workspace.root, "--jobs", "1"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert built.returncode == 0, built.stderr
    assert not mark.exists()
    assert workspace.run("build", "--output-dir", tmp_path / "with-network").code == 0
    for kind in ("pdf", "docx", "html", "evidence.json"):
        inside = workspace.root / f"briefings/port/port.{kind}"
        outside = tmp_path / f"with-network/port/port.{kind}"
        assert inside.read_bytes() == outside.read_bytes(), kind

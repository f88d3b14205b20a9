"""The server of the desk: on this machine alone, for as long as its terminal is there."""

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from watchfiles import watch as report_changes

from sourcebrief.build.make_documents import load_engines
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.build.watch import FOLDERS
from sourcebrief.desk.admission import LOOPBACK, Admission, Keys
from sourcebrief.desk.app import desk_app
from sourcebrief.desk.pdf import RestingPdf
from sourcebrief.desk.session import Session
from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.pool import WorkerPool

PORT: Final = 7373
"""The usual port; where it is taken, any free one serves."""
_REST: Final = 15
"""Milliseconds without a change after which a burst of changes is read."""
_BURST: Final = 150
_LOOK: Final = 100
"""Milliseconds between two looks at whether it has ended."""
_LEAVING: Final = 1
"""Seconds that answers under way have when the server ends."""
_OUTPUTS: Final = (".pdf", ".docx", ".html", ".evidence.json", ".sha256", ".sig", ".eml", ".part")


def serve(
    root: Path,
    name: str,
    *,
    port: int | None,
    editor: str,
    memory: SealedMemory | None,
    ready: Callable[[str, str], None],
) -> int:
    """Serve a briefing until a signal comes; returns its number.

    `ready` is called with two addresses once it listens: one to print, one that opens once.
    Raises EnvironmentFault where the port cannot be had.
    """
    with suppress(_GivenUp), listen(port) as listening, WorkerPool(1, give_way) as workers:
        # It forks before any thread begins, and is warm when the first PDF is due.
        session = Session(root, name, memory)
        pdf = RestingPdf(session, workers)
        keys = Keys()
        number = listening.getsockname()[1]
        server = _Server(Admission(desk_app(session, pdf, editor), keys, number), session.end)
        address = f"http://{LOOPBACK}:{number}/?token="
        with following(session):
            pdf.start()
            ready(address + keys.token, address + keys.once[0])
            try:
                server.run(sockets=[listening])
            finally:
                pdf.end()
        raise _GivenUp  # a PDF that is under way, with its process
    return server.signal


class _GivenUp(Exception):  # noqa: N818 - it names what the work under way is
    """Nothing waits for the work under way."""


def give_way() -> None:
    """Load the engines, in a process that gives way: the page comes before the PDF."""
    if hasattr(os, "nice"):
        os.nice(10)
    load_engines()


def listen(port: int | None) -> socket.socket:
    """Listen on a port of this machine: the one that is named, else the usual or a free one."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, PORT if port is None else port))
        listening.listen()
    except OSError as error:
        listening.close()
        if port is None:
            return listen(0)
        used = error.errno == errno.EADDRINUSE
        why = "another program listens there" if used else (error.strerror or str(error)).lower()
        raise EnvironmentFault(
            f"cannot listen on port {port}: {why}; name another with --port"
        ) from error
    return listening


@contextmanager
def following(session: Session) -> Iterator[None]:
    """Read the briefing now, and again whenever one of the workspace's files changes."""
    ended = threading.Event()

    def folders() -> list[Path]:
        return [session.root / folder for folder in FOLDERS if (session.root / folder).is_dir()]

    def named(paths: Iterable[Path]) -> set[str]:
        found = (path.relative_to(session.root).as_posix() for path in paths)
        return {path for path in found if concerns(path)}

    def follow() -> None:
        watched: list[Path] = []
        while not ended.is_set():
            new = set(folders()).difference(watched) if watched else ()
            watched = folders()
            batches = report_changes(
                *watched,
                watch_filter=None,
                step=_REST,
                debounce=_BURST,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=ended,
                raise_interrupt=False,
            )
            next(batches, None)  # begins to watch, so that a save during the first reading is seen
            session.refresh(named(path for folder in new for path in folder.rglob("*")))
            for changes in batches:
                if concerned := named(Path(path) for _, path in changes):
                    session.refresh(concerned)
                if folders() != watched:
                    break  # one came, such as `templates`

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_LEAVING)


def concerns(path: str) -> bool:
    """Whether a changed file may change the page: not what builds write and editors keep aside."""
    file = path.rpartition("/")[2]
    if file.startswith(".") or file.endswith("~"):
        return False
    return not (path.startswith("briefings/") and file.endswith(_OUTPUTS))


class _Server(uvicorn.Server):
    """Ends at a signal, and first lets those go that wait for changes."""

    def __init__(self, app: ASGIApp, ending: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                http="h11",
                ws="none",
                timeout_graceful_shutdown=_LEAVING,
            )
        )
        self.signal = 0
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Begin to end; the signal is not raised again, since all is cleaned up."""
        self.signal = sig
        self.should_exit = True
        self._ending()

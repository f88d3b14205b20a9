"""Run the pandoc binary that pypandoc ships, under a time limit and without network.

pypandoc's own `convert_*` functions cannot be timed out, start pandoc only where the caller waits
for it, prefer a newer pandoc on `PATH` (other bytes on other machines), and take as long to import
as a conversion. The binary lies beside the package, which need not be imported to find it.

pandoc runs in its sandbox: it reads its standard input and the files named in `files`, which lie in
a folder of their own. That folder is also its user data folder, so that no file of the user who
builds can alter a document.
"""

import contextlib
import functools
import importlib.util
import os
import re
import subprocess
import tempfile
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sourcebrief.errors import EngineFault, EnvironmentFault
from sourcebrief.processes.temporary_folders import TemporaryFolder
from sourcebrief.text.phrases import shorten

TIME_LIMIT: Final = 60.0
"""Seconds that one conversion may take."""

OLDEST: Final = (3, 8)
"""The first pandoc that has --syntax-highlighting, the newest of the options used here."""

_INSTALL: Final = "run: pip install pypandoc_binary"

_HEAP_EXHAUSTED: Final = 251
"""What a program of GHC's exits with beyond its heap."""


class PandocOverLimit(EngineFault):
    """A conversion that passed its limit of time or memory."""


class PandocJob:
    """One conversion under way; `result` waits for it, `cancel` ends it."""

    def __init__(
        self, process: subprocess.Popen[bytes], folder: TemporaryFolder, limit: float, what: str
    ) -> None:
        self._process = process
        self._folder = folder
        self._limit = limit
        self._deadline = time.monotonic() + limit
        self._what = what
        # Ends the process and removes its folder. It may be called twice, and runs at the
        # interpreter's exit: an abandoned job leaves no process and no file.
        self.cancel = weakref.finalize(self, _end, process, folder)

    def result(self) -> bytes:
        """Return what pandoc wrote to standard output.

        Raises EngineFault where pandoc fails or warns, and PandocOverLimit where it passes a limit.
        Its process and its folder are gone in every case.
        """
        folder = self._folder.path
        try:
            code = self._process.wait(max(0.0, self._deadline - time.monotonic()))
            if code == 0:
                return (folder / "stdout").read_bytes()
            said = " ".join((folder / "stderr").read_text("utf-8", "replace").split())
        except subprocess.TimeoutExpired:
            raise PandocOverLimit(
                f"pandoc: {self._what}: not done within {self._limit:g} seconds; ended"
            ) from None
        finally:
            self.cancel()
        if code == _HEAP_EXHAUSTED:
            raise PandocOverLimit(f"pandoc: {self._what}: took more memory than it can need; ended")
        words = shorten(said.removesuffix("Failing because there were warnings."), 400)
        if not words:
            words = f"ended by signal {-code}" if code < 0 else f"failed with exit status {code}"
        raise EngineFault(f"pandoc: {self._what}: {words}")


def start_pandoc(
    arguments: Sequence[str],
    text: bytes,
    *,
    files: Mapping[str, bytes] | None = None,
    source_date_epoch: int = 0,
    time_limit: float = TIME_LIMIT,
    heap_limit: float | None = None,
    what: str = "conversion",
) -> PandocJob:
    """Start pandoc on `text` and return at once.

    `files` (name to content) lie in the folder that pandoc runs in, so `arguments` may name them.
    `heap_limit` is in MiB, `time_limit` in seconds, and so is `source_date_epoch`
    (https://reproducible-builds.org/specs/source-date-epoch/). `what` says in a message what was
    being made. A warning of pandoc's counts as a failure. Raises EnvironmentFault where pandoc is
    missing or cannot run.
    """
    options = ("--sandbox", "--fail-if-warnings", "--data-dir=.", *arguments, "--output=-")
    heap = () if heap_limit is None else ("+RTS", f"-M{heap_limit:.0f}m", "-RTS")
    command = [str(binary()), *heap, *options]
    with contextlib.ExitStack() as undo:
        try:
            folder = TemporaryFolder()
            undo.callback(folder.cleanup)
            for name, content in {**(files or {}), "stdin": text}.items():
                (folder.path / name).write_bytes(content)
        except OSError as error:
            where = error.filename or tempfile.gettempdir()
            raise EnvironmentFault(
                f"cannot write {where}: {_reason(error).lower()}; make room there, or set TMPDIR "
                "to a folder that has some"
            ) from error
        # The streams are files instead of pipes, so that the caller need not pump them.
        try:
            with (
                (folder.path / "stdin").open("rb") as stdin,
                (folder.path / "stdout").open("wb") as stdout,
                (folder.path / "stderr").open("wb") as stderr,
            ):
                process = subprocess.Popen(  # noqa: S603 - the program is ours, no shell
                    command,
                    stdin=stdin,
                    stdout=stdout,
                    stderr=stderr,
                    cwd=folder.path,
                    env=_environment(source_date_epoch),
                )
        except OSError as error:
            raise EnvironmentFault(f"pandoc does not run ({_reason(error)}); {_INSTALL}") from error
        undo.pop_all()
    return PandocJob(process, folder, time_limit, what)


def binary() -> Path:
    """Return the path of the pandoc that pypandoc ships, if its version is new enough.

    Raises EnvironmentFault where the package, or its binary, is missing or too old.
    """
    spec = importlib.util.find_spec("pypandoc")
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    for folder in (spec and spec.submodule_search_locations) or ():
        program = Path(folder) / "files" / name
        if program.is_file():
            _version_of(program)
            return program
    raise EnvironmentFault(f"pandoc is missing; {_INSTALL}")


def version() -> str:
    """Return pandoc's version, as the record of a build has it: ``3.9``."""
    return _version_of(binary())


@functools.cache
def _version_of(program: Path) -> str:
    try:
        reported = subprocess.run(  # noqa: S603 - the program is ours, no shell
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=TIME_LIMIT,
            env=_environment(0),
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError) as error:
        raise EnvironmentFault(f"pandoc does not run ({_reason(error)}); {_INSTALL}") from error
    found = re.match(r"pandoc(?:\.exe)? (\d+(?:\.\d+)*)", reported)
    if found is None:
        raise EnvironmentFault(f"pandoc does not report its version; {_INSTALL}")
    if tuple(map(int, found[1].split("."))) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise EnvironmentFault(f"pandoc {found[1]} is older than {oldest}; {_INSTALL}")
    return found[1]


def _environment(epoch: int) -> dict[str, str]:
    """Return what pandoc may know of the machine: no home, proxy or time zone; UTF-8."""
    # Windows finds its own libraries by SYSTEMROOT, so without it no process starts.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _end(process: subprocess.Popen[bytes], folder: TemporaryFolder) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
    folder.cleanup()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__

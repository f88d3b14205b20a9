"""The pandoc binary that pypandoc ships, run under a time limit, without files or network of ours.

pypandoc serves as the package that carries the binary; its ``convert_*`` functions are not
called. They cannot be timed out, start pandoc only where the caller waits for it, prefer a newer
pandoc found on ``PATH`` (other bytes on other machines), and importing them takes as long as a
conversion. The binary lies beside the package, so the package need not be imported to find it.

Every run is sandboxed: pandoc reads its standard input and the files named in ``files``, which
lie in a folder of their own that is also its user data folder, so that nothing in the home of
whoever builds can alter a document.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import re
import subprocess
import tempfile
import time
import weakref
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sourcebrief.errors import EngineFault, EnvironmentFault
from sourcebrief.processes.temporary_folders import TemporaryFolder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TIME_LIMIT = 60.0
"""Seconds that one conversion may take."""

OLDEST = (3, 8)
"""The first pandoc that knows every option used here (--syntax-highlighting is the youngest)."""

_INSTALL = "run: pip install pypandoc_binary"


class PandocJob:
    """One conversion under way; ``result`` waits for it, ``cancel`` ends it."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        folder: TemporaryFolder,
        *,
        deadline: float,
        limit: float,
        what: str,
    ) -> None:
        self._process = process
        self._folder = folder
        self._deadline = deadline
        self._limit = limit
        self._what = what
        # Also runs at the interpreter's exit: an abandoned job leaves no process and no file.
        self._end = weakref.finalize(self, _end, process, folder)

    def result(self) -> bytes:
        """Return what pandoc wrote to standard output.

        Raises EngineFault where pandoc fails, warns, or passes its time limit; its process and
        its folder are gone in any case.
        """
        try:
            code = self._process.wait(max(0.0, self._deadline - time.monotonic()))
            folder = self._folder.path
            if code != 0:
                said = (folder / "stderr").read_text("utf-8", "replace")
                raise EngineFault(f"pandoc: {self._what}: {_first_words(said, code)}")
            return (folder / "stdout").read_bytes()
        except subprocess.TimeoutExpired:
            raise EngineFault(
                f"pandoc: {self._what}: not done within {self._limit:g} seconds; ended"
            ) from None
        finally:
            self.cancel()

    def cancel(self) -> None:
        """End the process, if it still runs, and remove its folder; may be called twice."""
        self._end()


def start_pandoc(
    arguments: Sequence[str],
    text: bytes,
    *,
    files: Mapping[str, bytes] | None = None,
    source_date_epoch: int = 0,
    time_limit: float = TIME_LIMIT,
    what: str = "conversion",
) -> PandocJob:
    """Start pandoc on ``text`` and return at once.

    ``files`` (name to content) lie in the folder that pandoc runs in, so ``arguments`` may name
    them. ``what`` says in a message what was being made. ``source_date_epoch`` is in seconds
    (https://reproducible-builds.org/specs/source-date-epoch/). A warning of pandoc's is a
    failure. Raises EnvironmentFault where there is no pandoc to run.
    """
    program = binary()
    try:
        folder = TemporaryFolder()
    except OSError as error:
        raise EnvironmentFault(_no_room(error)) from error
    try:
        process = _start(program, folder.path, arguments, text, files or {}, source_date_epoch)
    except BaseException:
        folder.cleanup()
        raise
    return PandocJob(
        process, folder, deadline=time.monotonic() + time_limit, limit=time_limit, what=what
    )


def _start(
    program: Path,
    folder: Path,
    arguments: Sequence[str],
    text: bytes,
    files: Mapping[str, bytes],
    source_date_epoch: int,
) -> subprocess.Popen[bytes]:
    try:
        for name, content in {**files, "stdin": text}.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise EnvironmentFault(_no_room(error)) from error
    command = [str(program), "--sandbox", "--fail-if-warnings", "--data-dir=.", *arguments]
    # Files in place of pipes: nothing has to be pumped while the caller does other work.
    with (
        (folder / "stdin").open("rb") as stdin,
        (folder / "stdout").open("wb") as stdout,
        (folder / "stderr").open("wb") as stderr,
    ):
        streams = (stdin, stdout, stderr)
        return _launch([*command, "--output=-"], folder, source_date_epoch, streams)


def _no_room(error: OSError) -> str:
    where = error.filename or tempfile.gettempdir()
    return (
        f"cannot write {where}: {_reason(error).lower()}; make room there, or set TMPDIR to a "
        "folder that has some"
    )


def run_pandoc(
    arguments: Sequence[str],
    text: bytes,
    *,
    files: Mapping[str, bytes] | None = None,
    source_date_epoch: int = 0,
    time_limit: float = TIME_LIMIT,
    what: str = "conversion",
) -> bytes:
    """Run pandoc on ``text`` and return what it wrote: `start_pandoc` and ``result`` in one."""
    return start_pandoc(
        arguments,
        text,
        files=files,
        source_date_epoch=source_date_epoch,
        time_limit=time_limit,
        what=what,
    ).result()


def binary() -> Path:
    """Return the path of the pandoc that pypandoc ships, once it has told a usable version.

    Raises EnvironmentFault where the package, or its binary, is missing or too old.
    """
    try:
        spec = importlib.util.find_spec("pypandoc")
    except (ImportError, ValueError):
        spec = None
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    for folder in (spec.submodule_search_locations or ()) if spec else ():
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
        told = subprocess.run(  # noqa: S603 - the program is ours, no shell
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=TIME_LIMIT,
            env=_environment(0),
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError) as error:
        raise EnvironmentFault(f"pandoc does not run ({_reason(error)}); {_INSTALL}") from error
    found = re.match(r"pandoc(?:\.exe)? (\d+(?:\.\d+)*)", told)
    if found is None:
        raise EnvironmentFault(f"pandoc does not tell its version; {_INSTALL}")
    if tuple(map(int, found[1].split("."))) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise EnvironmentFault(f"pandoc {found[1]} is older than {oldest}; {_INSTALL}")
    return found[1]


def _launch(
    command: list[str], folder: Path, epoch: int, streams: tuple[IO[bytes], IO[bytes], IO[bytes]]
) -> subprocess.Popen[bytes]:
    stdin, stdout, stderr = streams
    try:
        return subprocess.Popen(  # noqa: S603 - the program is ours, no shell
            command, stdin=stdin, stdout=stdout, stderr=stderr, cwd=folder, env=_environment(epoch)
        )
    except OSError as error:
        raise EnvironmentFault(f"pandoc does not run ({_reason(error)}); {_INSTALL}") from error


def _environment(epoch: int) -> dict[str, str]:
    """Return what pandoc may know of the machine: no home, proxy or time zone; UTF-8."""
    # Windows loads its own libraries by SYSTEMROOT; without it no process starts.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _end(process: subprocess.Popen[bytes], folder: TemporaryFolder) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
    folder.cleanup()


def _first_words(said: str, code: int) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    words = " ".join(lines).removesuffix("Failing because there were warnings.").rstrip()
    if not words:
        return f"ended by signal {-code}" if code < 0 else f"failed with exit status {code}"
    return words if len(words) <= 400 else words[:399] + "…"


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


__all__ = ["TIME_LIMIT", "PandocJob", "binary", "run_pandoc", "start_pandoc", "version"]

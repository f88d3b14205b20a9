"""What the git repository around a workspace remembers of its files. Nothing is checked out."""

import os
import subprocess
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Timer

_LINK = b"120000"
"""The mode of a symbolic link (git-ls-tree(1))."""


def find_commit(root: Path, revision: str) -> str | None:
    """Return the id of a revision's commit; None without such a revision or a repository.

    Raises FileNotFoundError where git is not installed, as every function here does.
    """
    found = _run(root, ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
    return found.decode().strip() if found else None


def files_at(root: Path, commit: str, folders: Sequence[str]) -> dict[str, bytes]:
    """Read the files below folders of the workspace at a commit; links are left out."""
    listed = _run(root, ["ls-tree", "-r", "-z", commit, "--", *folders]) or b""
    ids: dict[str, str] = {}
    for entry in filter(None, listed.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, kind, identifier = about.split()[:3]
        if kind == b"blob" and mode != _LINK:
            ids[path.decode("utf-8", "surrogateescape")] = identifier.decode()
    blobs = zip(ids, _blobs(root, ids.values()), strict=True)
    return {path: data for path, data in blobs if data is not None}


def file_versions(root: Path, paths: Sequence[str], seconds: float) -> Generator[bytes, None, None]:
    """Yield all that files ever held, staged content first, until the time is up.

    Nothing is yielded without a repository, and nothing is fetched from elsewhere.
    """
    try:
        listed = _run(
            root,
            ["rev-list", "--all", "--objects", "--full-history", "--stdin"],
            given=_lines(["--", *paths]),
            seconds=seconds,
        )
    except subprocess.TimeoutExpired:
        return
    if listed is None:
        return
    objects = (line.split(b" ", 1) for line in listed.splitlines())
    ids = {item[0].decode("ascii") for item in objects if len(item) == 2 and item[1]}
    # What is staged may not be in any commit yet.
    names = [*(f":./{path}" for path in paths), *ids]
    yield from (data for data in _blobs(root, names, seconds) if data is not None)


def _command(root: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", "-C", str(root), "--no-pager", *arguments]


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _run(
    root: Path, arguments: Sequence[str], given: bytes = b"", seconds: float | None = None
) -> bytes | None:
    """Return what git writes, or None where it fails."""
    done = subprocess.run(  # noqa: S603 - fixed words; paths go in by standard input
        _command(root, arguments),
        input=given,
        capture_output=True,
        timeout=seconds,
        env=_environment(),
        check=False,
    )
    return done.stdout if done.returncode == 0 else None


def _blobs(
    root: Path, names: Iterable[str], seconds: float | None = None
) -> Iterator[bytes | None]:
    """Yield the content of each object, None for what is not a blob (git-cat-file(1)).

    Objects are asked for one at a time, so that a caller who has found enough can stop. When the
    time is up, the rest is left out.
    """
    with subprocess.Popen(  # noqa: S603
        _command(root, ["cat-file", "--batch"]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        timer = Timer(seconds, process.kill) if seconds is not None else None
        if timer:
            timer.start()
        try:
            for name in names:
                process.stdin.write(_lines([name]))
                process.stdin.flush()
                header = process.stdout.readline().split()
                if not header:  # git has ended
                    return
                if len(header) != 3 or not header[2].isdigit():
                    yield None  # "NAME missing": neither in the index nor in the repository
                    continue
                size = int(header[2])
                data = process.stdout.read(size + 1)[:size]
                yield data if header[1] == b"blob" and len(data) == size else None
        except BrokenPipeError:
            return
        finally:
            if timer:
                timer.cancel()
            process.kill()

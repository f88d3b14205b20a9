"""What the git repository around a workspace remembers of its files. Nothing is checked out."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from time import monotonic

_LINK = b"120000"
"""The mode of a symbolic link (git-ls-tree(1))."""
_AT_ONCE = 16  # blobs that one process of git reads
_SETTINGS = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def find_commit(root: Path, revision: str) -> str | None:
    """Return the id of a revision's commit; None without such a revision or a repository.

    Raises FileNotFoundError where git is not installed, as every function here does.
    """
    found = _run(root, ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
    return found.decode().strip() if found else None


def foreign_repository(root: Path) -> str | None:
    """Say that git does not read the repository, because another user owns it, and the way out."""
    done = _done(root, ["rev-parse", "--git-dir"])
    found = re.search(r"safe\.directory (.+)", done.stderr.decode("utf-8", "replace"))
    if done.returncode == 0 or found is None:
        return None
    return (
        "git does not read this repository, because it belongs to another user; if you trust it, "
        f"run: git config --global --add safe.directory {found[1]}"
    )


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


def file_versions(root: Path, paths: Sequence[str], seconds: float) -> Iterator[bytes]:
    """Yield all that files ever held, staged content first, until the time is up.

    Nothing is yielded without a repository, and nothing is fetched from elsewhere.
    """
    end = monotonic() + seconds
    try:
        listing = ["rev-list", "--all", "--objects", "--full-history", "--stdin"]
        listed = _run(root, listing, ["--", *paths], seconds)
        if not paths or listed is None:
            return
        objects = (line.split(b" ", 1) for line in listed.splitlines())
        ids = {item[0].decode("ascii") for item in objects if len(item) == 2 and item[1]}
        # What is staged may not be in any commit yet.
        names = [*(f":./{path}" for path in paths), *ids]
        # A few at a time, so that a caller who has found enough can stop.
        for first in range(0, len(names), _AT_ONCE):
            blobs = _blobs(root, names[first : first + _AT_ONCE], end - monotonic())
            yield from (data for data in blobs if data is not None)
    except subprocess.TimeoutExpired:
        return


def _run(
    root: Path, words: Sequence[str], given: Iterable[str] = (), seconds: float | None = None
) -> bytes | None:
    """Return what git writes when it is given lines, or None where it fails."""
    done = _done(root, words, given, seconds)
    return done.stdout if done.returncode == 0 else None


def _done(
    root: Path, words: Sequence[str], given: Iterable[str] = (), seconds: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(root), "--no-pager", *words]
    return subprocess.run(  # noqa: S603 - fixed words; paths go in by standard input
        command,
        input="".join(f"{line}\n" for line in given).encode(),
        capture_output=True,
        timeout=seconds,
        env=os.environ | _SETTINGS,
        check=False,
    )


def _blobs(
    root: Path, names: Iterable[str], seconds: float | None = None
) -> Iterator[bytes | None]:
    """Yield the content of each object, None for what is not a blob (git-cat-file(1))."""
    written = BytesIO(_run(root, ["cat-file", "--batch"], names, seconds) or b"")
    while header := written.readline().split():
        if len(header) != 3 or not header[2].isdigit():
            yield None  # "NAME missing": neither in the index nor in the repository
            continue
        data = written.read(int(header[2]) + 1)[:-1]
        yield data if header[1] == b"blob" else None

"""A full disk, folders that cannot be written, inputs that change underneath: old outputs stand."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from standins import command, needs_fork, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Workspace

pytestmark = needs_fork


@pytest.fixture
def built(workspace: Workspace) -> Workspace:
    """The workspace, built and then changed, so that every output is due."""
    process = command(workspace, "", "build")
    assert process.communicate(timeout=60)[1] == ""
    return workspace.edit("briefings/port/brief.yaml", "Scanning in", "Looking into")


def failing(workspace: Workspace, before: str, *arguments: str) -> str:
    """What a build says that fails and leaves every file as it was; `before` runs first."""
    old = tree(workspace.root)
    process = command(workspace, before, *(arguments or ("build",)))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, ""), err
    assert "Traceback" not in err
    assert tree(workspace.root) == old
    return err


def mended(workspace: Workspace) -> None:
    process = command(workspace, "", "build")
    assert process.communicate(timeout=60)[1] == ""
    assert process.returncode == 0
    made = (workspace.root / "briefings/port/port.pdf").read_bytes()
    assert made.startswith(b"pdf: Looking into")


def test_a_limit_on_the_size_of_files(built: Workspace) -> None:
    err = failing(
        built,
        """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        """,
    )
    assert "briefings/port/port.pdf: file too large; make room" in err
    mended(built)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip(f"no file system may be mounted: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(built: Workspace, small_disk: Path) -> None:
    first = command(built, "", "build", "--format", "pdf", "--output-dir", str(small_disk))
    assert first.communicate(timeout=60)[1] == ""
    old = tree(small_disk)
    built.edit("briefings/port/brief.yaml", "Looking into", "Watching")
    (small_disk / "other").write_bytes(bytes(120_000))
    err = failing(built, "", "build", "--output-dir", str(small_disk))
    assert ": no space left on device; make room" in err
    left = tree(small_disk)
    del left["other"]
    assert left == old


def test_no_room_for_temporary_files(built: Workspace, small_disk: Path) -> None:
    (small_disk / "other").write_bytes(bytes(256_000))
    # The real pandoc, which is given its input in files.
    before = f"""
    module.word_references = word_references
    import tempfile
    tempfile.tempdir = {str(small_disk)!r}
    """
    err = failing(built, before)
    assert "no space left on device; make room there, or set TMPDIR" in err


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, which they may not pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


# Permissions do not bind root: another user builds, once all that it may not read is imported.
DROPPED = """
import tempfile
from sourcebrief import cli
assert cli.run(["-C", {copy!r}, "-q", "build"]) == 0
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
tempfile.tempdir = None
"""


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ("briefings/port", "port.pdf: its folder is not writable; make it writable"),
        (".sourcebrief/builds", "make .sourcebrief/ writable or delete it"),
    ],
)
def test_a_folder_that_cannot_be_written(
    built: Workspace, open_folder: Path, closed: str, said: str
) -> None:
    for name in ("copy", "workspace"):
        shutil.copytree(built.root, open_folder / name)
    root = open_folder / "workspace"
    for path in (root, *root.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (root / closed).chmod(0o555)
    there = replace(built, root=root)
    try:
        assert said in failing(there, DROPPED.format(copy=str(open_folder / "copy")))
    finally:
        (root / closed).chmod(0o777)
    mended(there)


VANISHING = """
check = build_stale.check_briefing
def check_briefing(*arguments):
    checked = check(*arguments)
    for path in Path({root!r}).rglob("*.{ending}"):
        {what}
    return checked
build_stale.check_briefing = check_briefing
"""


@pytest.mark.parametrize(
    ("ending", "what"), [("yaml", "path.unlink()"), ("txt", "path.write_text('other')")]
)
def test_what_was_checked_is_what_is_printed(built: Workspace, ending: str, what: str) -> None:
    before = VANISHING.format(root=str(built.root), ending=ending, what=what)
    process = command(built, before, "build")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    made = (built.root / "briefings/port/port.pdf").read_bytes()
    assert made.startswith(b"pdf: Looking into")
    # What stands there now is another matter, and the next build's.
    process = command(built, "", "build")
    _, err = process.communicate(timeout=60)
    assert process.returncode in (1, 2)
    assert "Traceback" not in err
    assert (built.root / "briefings/port/port.pdf").read_bytes() == made


def test_a_seed_that_is_half_written_when_it_is_read(built: Workspace) -> None:
    seed = built.root / "seeds/wire.txt"
    data = seed.read_bytes()
    seed.write_bytes(data[: len(data) // 2])
    assert "wire.txt has changed since it was pinned" in failing(built, "")
    seed.write_bytes(data)
    mended(built)


def test_every_input_is_opened_once(workspace: Workspace) -> None:
    before = f"""
    opened = []
    def watch(event, arguments):
        if event == "open" and str(arguments[0]).startswith({str(workspace.root)!r}):
            opened.append(str(arguments[0]))
    sys.addaudithook(watch)
    import atexit, json
    atexit.register(lambda: print(json.dumps(opened)))
    """
    process = command(workspace, before, "build", "-q")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    opened = Counter(path.removeprefix(f"{workspace.root}/") for path in json.loads(out))
    inputs = {path: count for path, count in opened.items() if path.endswith((".yaml", ".txt"))}
    assert inputs == dict.fromkeys(
        [
            "briefings/port/brief.yaml",
            "briefings/port/events.yaml",
            "seeds/gazette.txt",
            "seeds/seeds.yaml",
            "seeds/wire.txt",
        ],
        1,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such permissions")
def test_a_file_keeps_its_permissions(workspace: Workspace) -> None:
    catalogue = workspace.root / "seeds/seeds.yaml"
    catalogue.chmod(0o640)
    seed = workspace.root / "seeds/wire.txt"
    seed.write_text(seed.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert workspace.run("pin", "--all", "--yes").code == 0
    assert stat.S_IMODE(catalogue.stat().st_mode) == 0o640
    assert os.access(catalogue, os.R_OK)

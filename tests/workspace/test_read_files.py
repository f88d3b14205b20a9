"""Finding the workspace, and never reading outside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sourcebrief.errors import Place, Problem, UsageError
from sourcebrief.workspace.read_files import Inputs, find_workspace, portable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "space"
    (root / "seeds").mkdir(parents=True)
    (root / "briefings" / "port").mkdir(parents=True)
    return root


def test_the_nearest_folder_upwards_is_the_workspace(root: Path) -> None:
    deep = root / "briefings" / "port"
    assert find_workspace(deep) == root
    inner = deep / "inner"
    (inner / "seeds").mkdir(parents=True)
    assert find_workspace(inner) == root  # seeds/ alone is none
    (inner / "briefings").mkdir()
    assert find_workspace(inner / "seeds") == inner


def test_without_a_workspace_the_message_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name one with -C DIR"):
        find_workspace(tmp_path)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("events.yaml", "briefings/port/events.yaml"),
        ("./a/../events.yaml", "briefings/port/events.yaml"),
        ("../other/events.yaml", "briefings/other/events.yaml"),
        ("../../shared/events.yaml", "shared/events.yaml"),
        ("..hidden.yaml", "briefings/port/..hidden.yaml"),
        ("señales.yaml", "briefings/port/señales.yaml"),
    ],
)
def test_names_inside_the_workspace(root: Path, name: str, path: str) -> None:
    assert Inputs(root).inside("briefings/port", name) == path


@pytest.mark.parametrize(
    "name",
    [
        "../../../x.yaml",
        "../../..",
        "a/../../../../x.yaml",
        "/etc/passwd",
        "//host/share",
        "C:/x.yaml",
        "c:x.yaml",
        "\\\\host\\x.yaml",
        "a\\b.yaml",
        "x.yaml:stream",
        "a\x00b.yaml",
        "a\nb.yaml",
        "",
        " x.yaml",
        "x.yaml ",
        "con",
        "NUL.yaml",
        "a/aux/b.yaml",
        "COM1.yaml",
        "lpt9",
        "x.",
        "a/x ./b.yaml",
    ],
)
def test_names_that_are_refused(root: Path, name: str) -> None:
    with pytest.raises(ValueError, match="; "):
        Inputs(root).inside("briefings/port", name)


@pytest.mark.parametrize("name", ["console.yaml", "com.yaml", "com10.yaml", "nullable", "a.con"])
def test_names_that_only_look_like_devices(name: str) -> None:
    assert portable(name) is None


def test_a_link_out_of_the_workspace_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("events: []")
    (root / "briefings/port/link.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "briefings/port/folder").symlink_to(tmp_path)
    for name in ("link.yaml", "folder/secret.yaml"):
        with pytest.raises(ValueError, match="leads out of the workspace"):
            Inputs(root).inside("briefings/port", name)


def test_a_link_inside_the_workspace_is_followed(root: Path) -> None:
    (root / "briefings/port/link.yaml").symlink_to(root / "seeds")
    assert Inputs(root).inside("briefings/port", "link.yaml") == "briefings/port/link.yaml"


def refusal(root: Path, path: str) -> str:
    found = Inputs(root).read_or_problem(path, Place("x", 2))
    assert isinstance(found, Problem)
    assert found.place == Place("x", 2)
    return found.message


@pytest.mark.parametrize("path", ["briefings/port/brief.yaml", "seeds/seeds.yaml"])
def test_the_files_of_fixed_names_may_not_be_links_out_either(
    root: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "secret.yaml").write_text("title: secret")
    (root / path).symlink_to(tmp_path / "secret.yaml")
    assert "leads out of the workspace" in refusal(root, path)


def test_a_link_to_itself_is_a_problem_and_no_crash(root: Path) -> None:
    (root / "seeds/loop.txt").symlink_to(root / "seeds/loop.txt")
    assert "link that leads nowhere" in refusal(root, "seeds/loop.txt")


def test_only_regular_files_are_read(root: Path) -> None:
    os.mkfifo(root / "seeds/pipe")  # reading it would wait for ever
    (root / "seeds/folder").mkdir()
    for name, words in (("pipe", "not a regular file"), ("folder", "folder"), ("none", "no such")):
        assert words in refusal(root, f"seeds/{name}")


def test_each_file_is_read_once_whatever_happens_to_it(root: Path) -> None:
    path = root / "seeds/a.txt"
    path.write_bytes(b"first")
    inputs = Inputs(root)
    assert inputs.read("seeds/a.txt") == b"first"
    path.write_bytes(b"second")
    tracking = inputs.tracking()
    assert tracking.read("seeds/a.txt") == b"first"
    assert inputs.sha256("seeds/a.txt") == tracking.sha256("seeds/a.txt")
    assert tracking.used == {"seeds/a.txt"}


def test_briefings_are_the_folders_with_a_brief(root: Path) -> None:
    for name in ("zeta", "alpha"):
        (root / "briefings" / name).mkdir()
        (root / "briefings" / name / "brief.yaml").touch()
    assert Inputs(root).briefings() == ("alpha", "zeta")


# ---------------------------------------------------------------- where files come from


@pytest.fixture
def disk(root: Path) -> Path:
    """A workspace with one file in `seeds`."""
    (root / "seeds/a.txt").write_bytes(b"on disk")
    return root


def test_held_files_stand_before_those_on_disk(disk: Path) -> None:
    inputs = Inputs(disk, {"seeds/a.txt": b"planned", "seeds/new/b.txt": b"b"})
    assert inputs.read("seeds/a.txt") == b"planned"
    assert inputs.is_file("seeds/new/b.txt")
    assert inputs.names("seeds") == {"a.txt", "new"}


def test_without_the_disk_nothing_but_held_files_is_there(disk: Path) -> None:
    inputs = Inputs(disk, {"briefings/port/brief.yaml": b""}, on_disk=False)
    assert not inputs.is_file("seeds/a.txt")
    assert inputs.names("briefings") == {"port"}
    assert inputs.real("seeds/a.txt") == "seeds/a.txt"
    with pytest.raises(FileNotFoundError):
        inputs.read("seeds/a.txt")
    assert inputs.read(str(disk / "seeds/a.txt")) == b"on disk"


def test_links_are_followed_inside_the_workspace_and_refused_outside(disk: Path) -> None:
    (disk / "inside").symlink_to("seeds")
    (disk / "outside").symlink_to("..")
    inputs = Inputs(disk)
    assert inputs.real("inside/a.txt") == "seeds/a.txt"
    with pytest.raises(ValueError, match="leads out of the workspace"):
        inputs.real("outside/a.txt")
    assert inputs.names("nowhere") == set()

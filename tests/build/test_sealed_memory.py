"""What checks remember is believed only where this user's sourcebrief sealed it."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.build import sealed_memory
from sourcebrief.build.sealed_memory import SealedMemory, user_secret

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = bytes(32)
FILE = "checks/said"


@pytest.fixture
def memory(tmp_path: Path) -> SealedMemory:
    kept = SealedMemory(tmp_path / "checks", SECRET)
    kept.keep("said", {"of": ["Quito", "\ud800"]})
    return kept


def test_what_was_kept_is_recalled(memory: SealedMemory, tmp_path: Path) -> None:
    assert memory.recall("said") == {"of": ["Quito", "\ud800"]}
    assert memory.recall("never said") is None
    assert [path.name for path in (tmp_path / FILE).parent.iterdir()] == ["said"]


@given(st.integers(0), st.binary(max_size=3))
def test_what_is_damaged_or_poisoned_is_not_believed(
    tmp_path_factory: pytest.TempPathFactory, at: int, instead: bytes
) -> None:
    root = tmp_path_factory.mktemp("damaged")
    kept = SealedMemory(root / "checks", SECRET)
    kept.keep("said", ["no problem"])
    data = (root / FILE).read_bytes()
    at %= len(data)
    (root / FILE).write_bytes(changed := data[:at] + instead + data[at + 1 :])
    assert kept.recall("said") == (["no problem"] if changed == data else None)


def test_a_seal_holds_for_its_secret_its_name_and_its_rules(
    memory: SealedMemory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SealedMemory(tmp_path / "checks", b"another user's".ljust(32)).recall("said") is None
    (tmp_path / FILE).rename((tmp_path / FILE).with_name("renamed"))
    assert memory.recall("renamed") is None
    (tmp_path / FILE).with_name("renamed").rename(tmp_path / FILE)
    assert SealedMemory(tmp_path / "checks", SECRET).recall("said") is not None
    monkeypatch.setattr(sealed_memory, "sources_digest", lambda: "those of tomorrow")
    assert SealedMemory(tmp_path / "checks", SECRET).recall("said") is None


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_another_thing_in_its_place_is_no_memory(
    memory: SealedMemory, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (tmp_path / FILE).unlink()
    make(tmp_path / FILE)
    assert memory.recall("said") is None
    memory.keep("said", [])


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "checks").write_text("a file")
    kept = SealedMemory(tmp_path / "checks", SECRET)
    kept.keep("said", [])
    assert kept.recall("said") is None
    assert user_secret(tmp_path / "checks" / "state") is None


def test_a_secret_is_made_once_and_is_the_users_alone(tmp_path: Path) -> None:
    secret = user_secret(tmp_path / "state")
    assert secret is not None
    assert user_secret(tmp_path / "state") == secret
    assert (tmp_path / "state" / "secret").stat().st_mode & 0o077 == 0
    (tmp_path / "state" / "secret").write_bytes(secret[:5])
    assert user_secret(tmp_path / "state") is None


def _keep_often(root: Path, word: str) -> None:
    kept = SealedMemory(root / "checks", SECRET)
    for _ in range(50):
        kept.keep("said", [word] * 1000)
        assert kept.recall("said") in (["one"] * 1000, ["other"] * 1000)


def test_processes_at_once_find_whole_values(tmp_path: Path) -> None:
    context = get_context("spawn")
    started = [context.Process(target=_keep_often, args=(tmp_path, w)) for w in ("one", "other")]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
        assert process.exitcode == 0


def test_a_packaged_template_that_changes_is_another_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_memory, "packaged_folder", lambda: tmp_path)
    template = tmp_path / "brief.html.j2"
    template.write_text("<p>", "utf-8")
    before = sealed_memory.rules_version()
    assert sealed_memory.rules_version() == before
    template.write_text("<p>More", "utf-8")
    assert sealed_memory.rules_version() != before

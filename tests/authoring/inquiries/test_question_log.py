"""The log: a line for each question, without a word of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sourcebrief.authoring.inquiries.question_log import LOG, QuestionLog
from sourcebrief.errors import EnvironmentFault


def refused(words: str) -> None:
    raise AssertionError(words)


def test_a_line_for_each_question(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path / "state", lambda: "2026-01-05T10:00:00.000+00:00", "mcp", refused)
    log.write(operation="find", outcome="answered")
    log.write(operation="check", outcome="refused")
    lines = (tmp_path / "state" / LOG).read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"at": "2026-01-05T10:00:00.000+00:00", "door": "mcp", **said}
        for said in (
            {"operation": "find", "outcome": "answered"},
            {"operation": "check", "outcome": "refused"},
        )
    ]


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / LOG
    path.write_bytes(b"x" * 1_000_001)
    QuestionLog(tmp_path, lambda: "now", "mcp", refused).write(operation="find")
    assert path.stat().st_size < 100
    assert (tmp_path / f"{LOG}.1").stat().st_size == 1_000_001


@pytest.mark.parametrize("name", [LOG, f"{LOG}.1"])
def test_a_link_in_its_place_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EnvironmentFault, match="is a link, where the log is kept"):
        QuestionLog(tmp_path, lambda: "now", "mcp", refused)


def test_a_log_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    said: list[str] = []
    log = QuestionLog(tmp_path / "state", lambda: "now", "mcp", said.append)
    log.write(operation="find")
    log.write(operation="find")
    (words,) = said
    assert words.startswith("cannot write ")
    assert words.endswith("; questions are answered without a log")

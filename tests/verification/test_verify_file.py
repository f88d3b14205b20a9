"""A file is read under limits of time and memory, in a process of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sourcebrief.verification.verify import verify
from sourcebrief.verification.verify_file import verify_file

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built


def test_the_guard_gives_the_same_verdict(built: Built) -> None:
    file = built.file("muelle", "docx")
    assert verify_file(file) == verify(file.read_bytes())


def test_a_file_that_takes_too_long(built: Built) -> None:
    verdict = verify_file(built.file("harbours", "pdf"), time_limit=0.01)
    assert verdict.unreadable
    assert "took more than" in verdict.problems[0]


def test_a_file_that_takes_too_much_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.evidence.json"
    file.write_bytes(b'{"a":[' + b"1.5," * 4_000_000 + b"1]}")
    verdict = verify_file(file, memory_limit=150_000_000)
    assert verdict.unreadable
    assert "memory" in verdict.problems[0]


def test_a_manifest_cannot_make_us_read_other_files(built: Built, tmp_path: Path) -> None:
    manifest = json.loads(built.bytes("muelle", "evidence.json"))
    for source in manifest["sources"]:
        source["file"] = "../" * 12 + "etc/passwd" if source["file"] else None
    file = tmp_path / "other.json"
    file.write_text(json.dumps(manifest), "utf-8")
    problems = verify_file(file, seeds=built.root / "seeds").problems
    assert any("is not among the documents" in words for words in problems)
    assert not any("SHA-256" in words for words in problems)

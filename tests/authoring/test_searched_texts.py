"""A search with what was remembered gives what one without gives, whatever happened between."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebrief.authoring.find_passages import find_passages
from sourcebrief.authoring.searched_texts import searched_texts
from sourcebrief.build.sealed_memory import SealedMemory

WORDS = ("radar station", "scaners harbour", "the Minister agreed", "zzzz")


@pytest.fixture
def memory(tmp_path: Path) -> SealedMemory:
    return SealedMemory(tmp_path / "checks", bytes(32))


def searched(root: Path, memory: SealedMemory | None) -> object:
    texts, problems = searched_texts(root, memory)
    return [texts.find(words, 5, memory) for words in WORDS], texts.titles, problems


def test_what_is_remembered_follows_every_change(root: Path, memory: SealedMemory) -> None:
    seed = next(path for path in sorted((root / "seeds").glob("*.txt")))
    catalogue = root / "seeds" / "seeds.yaml"
    for change in (
        lambda: None,
        lambda: seed.write_text(seed.read_text() + "\n\nThe radar station was sold again."),
        lambda: catalogue.write_text(catalogue.read_text().replace("title: ", "title: New ", 1)),
        lambda: seed.write_bytes(b"\xff"),
        lambda: seed.unlink(),
    ):
        change()
        for _ in range(2):
            assert searched(root, memory) == searched(root, None)


def test_a_document_is_read_only_where_a_passage_of_it_is_wanted(
    root: Path, memory: SealedMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(root, memory)
    read: list[str] = []
    texts, _ = searched_texts(root, memory)
    monkeypatch.setattr(
        "sourcebrief.authoring.searched_texts.decode_seed",
        lambda data: read.append(data.decode()) or data.decode(),
    )
    assert texts.find("zzzz", 5, memory) == []
    assert read == []
    hits = texts.find("radar station", 1, memory)
    assert hits == find_passages("radar station", dict(texts), 1)
    assert 0 < len(read) <= len(texts)

"""The documents of a workspace for a search, each read when a passage of it is asked for.

What the catalogue says of them, and the index of their words, are remembered between commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.authoring.find_passages import Hit, find_passages
from sourcebrief.authoring.word_index import WordIndex
from sourcebrief.build.last_check import keep_answered, recall_answered
from sourcebrief.errors import Place, Problem
from sourcebrief.evidence.passages import NotUTF8, SeedText, decode_seed, read_seed, seed_name
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.build.sealed_memory import SealedMemory

_TEXTS: Final = "searched"
_WORDS: Final = "words"


class SearchedTexts(Mapping[str, SeedText]):
    """Documents by id; `said` gives the title, path, ignored and language of each."""

    def __init__(self, said: Mapping[str, Any], inputs: Inputs) -> None:
        self.titles: dict[str, str] = {key: title for key, (title, *_) in said.items()}
        self.names = {
            key: seed_name(inputs.sha256(path), ignore)
            for key, (_, path, ignore, _) in said.items()
        }
        self.said = said
        self._inputs = inputs
        self._read: dict[str, SeedText] = {}

    def __getitem__(self, key: str) -> SeedText:
        if key not in self._read:
            _, path, ignore, language = self.said[key]
            text = decode_seed(self._inputs.read(path))
            self._read[key] = read_seed(text, ignore, language)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.said)

    def __len__(self) -> int:
        return len(self.said)

    def only(self, keys: Iterable[str]) -> SearchedTexts:
        """Return some of the documents."""
        return SearchedTexts({key: self.said[key] for key in keys}, self._inputs)

    def find(self, words: str, limit: int, memory: SealedMemory | None) -> list[Hit]:
        """Find passages as `find_passages` does; the index is kept for the next time."""
        index = WordIndex((memory and memory.recall_bytes(_WORDS)) or b"")
        if index.hold(self.names, self) and memory:
            memory.keep_bytes(_WORDS, index.image())
        return find_passages(words, self, limit, index, self.names)


def searched_texts(root: Path, memory: SealedMemory | None) -> tuple[SearchedTexts, list[Problem]]:
    """Return all documents of a workspace, and what is wrong in its catalogue.

    Raises InvalidInput where the catalogue cannot be read.
    """
    if memory and (recalled := recall_answered(_TEXTS, root, memory)):
        (known, listed), inputs = recalled
        problems = [Problem(**{**each, "place": Place(**each["place"])}) for each in listed]
        return SearchedTexts(known, inputs), problems
    # Imported here: where nothing has changed, neither YAML nor the model is needed.
    from sourcebrief.workspace.catalogue import read_library

    inputs = Inputs(root)
    library, problems = read_library(inputs)
    said: dict[str, Any] = {}
    for key in library.seeds:
        record = library.entries[key]
        entry, custom = record.value, record.value.custom
        try:
            decode_seed(library.seeds[key])
        except NotUTF8 as error:
            place = record.place("custom", "file")
            problems.append(Problem(place, f"{custom.file}: {error}"))
        else:
            said[key] = entry.title, f"seeds/{custom.file}", list(custom.ignore), entry.language
    if memory:
        listed = [asdict(problem) for problem in problems]
        keep_answered(_TEXTS, (said, listed), inputs, memory)
    return SearchedTexts(said, inputs), problems

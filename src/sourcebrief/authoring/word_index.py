"""The index of words: in which paragraphs a word, its other forms and words like it stand.

It is made from the texts of documents and from nothing else, each named by its content, so that an
index which was kept gives what a new one gives. SQLite holds it in memory; its image can be kept.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.folding import JOINT, fold_text
from sourcebrief.text.characters import UNSPACED

if TYPE_CHECKING:
    from sourcebrief.evidence.passages import SeedText

_TABLES: Final = """
CREATE VIRTUAL TABLE words USING fts5(
    text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE terms USING fts5vocab(words, row);
CREATE TABLE documents (name TEXT PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL);
CREATE TABLE vocabulary (text TEXT NOT NULL);
"""
_MOST_STALE: Final = 0.25
"""The share of paragraphs that are gone from which on the index is made again."""
_LONG_WORD: Final = 8
"""From so many letters on a word may have two typing errors instead of one."""
_MOST_LIKE: Final = 8

_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of a text as they are compared; in scripts without spaces each letter is one."""
    return _TOKEN.findall(_apart(text.casefold()))


def _apart(text: str) -> str:
    return text if text.isascii() else UNSPACED.sub(r" \g<0> ", text)


class WordIndex:
    """The words of documents that were given to it, of which those held last are searched."""

    def __init__(self, image: bytes = b"") -> None:
        self.lock = Lock()
        self._open(image)

    def _open(self, image: bytes) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        if image:
            self._database.deserialize(image)
        else:
            self._database.executescript(_TABLES)
        read = self._database.execute("SELECT name, first, count FROM documents")
        self._known = {name: (first, count) for name, first, count in read}
        self._rows = sum(count for _, count in self._known.values())
        self._arrange((), ())

    def image(self) -> bytes:
        """The index as bytes, from which another one is opened."""
        return self._database.serialize()

    def hold(self, names: Mapping[str, str], seeds: Mapping[str, SeedText]) -> bool:
        """Search these seeds from now on, each named by its content; say whether one was new."""
        wanted = tuple(f"{key} {name}" for key, name in names.items())
        if wanted == self._names:
            return False
        new = {
            name: key for name, key in zip(wanted, names, strict=True) if name not in self._known
        }
        if new:
            kept = sum(self._known[name][1] for name in wanted if name not in new)
            if self._rows - kept > _MOST_STALE * self._rows:
                self._open(b"")
                new = dict(zip(wanted, names, strict=True))
            for name, key in new.items():
                self._add(name, seeds[key])
            self._database.execute("DELETE FROM vocabulary")
            terms = "\n".join(term for (term,) in self._database.execute("SELECT term FROM terms"))
            self._database.execute("INSERT INTO vocabulary VALUES (?)", (terms,))
            self._database.commit()
        self._arrange(tuple(names), wanted)
        return bool(new)

    def _add(self, name: str, seed: SeedText) -> None:
        first = self._rows
        texts = seed.whole.split("\n")[: len(seed.paragraphs)]
        rows = (
            (first + number, "" if paragraph.ignored else _indexed(text))
            for number, (paragraph, text) in enumerate(zip(seed.paragraphs, texts, strict=True))
        )
        self._database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
        self._known[name] = first, len(texts)
        self._rows += len(texts)
        self._database.execute("INSERT INTO documents VALUES (?, ?, ?)", (name, *self._known[name]))

    def _arrange(self, keys: tuple[str, ...], names: tuple[str, ...]) -> None:
        """Number the paragraphs that are searched in the order of the seeds."""
        self._positions = array("q", [-1]) * self._rows
        self._starts: list[int] = []
        done = 0
        for name in names:
            first, count = self._known[name]
            self._positions[first : first + count] = array("q", range(done, done + count))
            self._starts.append(done)
            done += count
        self._keys, self._names, self.size = keys, names, done

    def place(self, position: int) -> tuple[str, int]:
        """The seed and the index of the paragraph at a position."""
        number = bisect_right(self._starts, position) - 1
        return self._keys[number], position - self._starts[number]

    def standing(self, expression: str, most: int) -> list[int] | None:
        """The positions of the paragraphs that fit; None where they are more than `most`."""
        # Paragraphs that are not searched do not count, so as many more are read.
        others = len(self._positions) - self.size
        read = self._database.execute(
            "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (expression, most + others + 1)
        )
        found = sorted(map(self._positions.__getitem__, chain.from_iterable(read)))
        del found[: bisect_right(found, -1)]
        return found if len(found) <= most else None

    def stands(self, expression: str) -> bool:
        """Whether any paragraph fits."""
        return self.standing(expression, 0) is None

    def like(self, word: str) -> list[str]:
        """The words that stand somewhere and are like one that may be misspelt, nearest first."""
        # Imported here: most words stand somewhere as they are written.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        (text,) = self._database.execute("SELECT text FROM vocabulary").fetchone() or ("",)
        allowed = 1 if len(word) < _LONG_WORD else 2
        alike = extract_iter(word, text.split("\n"), scorer=OSA.distance, score_cutoff=allowed)
        near = sorted((distance, term) for term, distance, _ in alike)
        return [term for _, term in near if self.stands(f'"{term}"')][:_MOST_LIKE]


def _indexed(text: str) -> str:
    """A folded paragraph as it is indexed: where a word is divided, it stands as one and as two."""
    whole = text.replace(JOINT, "")
    return _apart((whole if whole == text else f"{whole} {text.replace(JOINT, ' ')}").casefold())


def spaced(text: str) -> str:
    """A text as words between single spaces, of which each can be found with those around it."""
    return f" {' '.join(tokens(fold_text(text, seed=True).replace(JOINT, '')))} "

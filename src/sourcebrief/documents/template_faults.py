"""From what an engine says of a page to the template that is to blame, where that can be told.

An engine sees one page and one style; who wrote it sees files. What cannot be traced to a file
stays the engine's fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourcebrief.documents.fonts import SANS, SERIF, missing_glyphs
from sourcebrief.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourcebrief.errors import EngineFault

_CHARACTER = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
_FOREIGN = re.compile(r"(?P<characters>.*) was drawn in (?P<family>.+?), not in ", re.DOTALL)
_AT = re.compile(r" at (\d+):(\d+)\b")
_QUOTED = re.compile(r"`\s*([^`]+?)\s*`|(@[\w-]+)")
_FAMILY = re.compile(r"(?:--serif|--sans|font-family|\bfont)\s*:\s*(?P<value>[^;}]+)")


def blamed(fault: EngineFault, files: Mapping[str, bytes]) -> InvalidInput | None:
    """Give the problem at the file that a fault of the PDF engine comes from.

    `files` are the templates that the page was made from, by the path that messages name. None
    where the fault is not theirs, or names no file.
    """
    texts = {path: data.decode("utf-8", "replace") for path, data in files.items()}
    said = str(fault).removeprefix("WeasyPrint: ")
    problems = [*_lacking(said, texts), *_declarations(said, texts), *_families(said, texts)]
    return InvalidInput(problems[:1]) if problems else None


def _lacking(said: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """A character that no font of ours draws, where a template has it."""
    lacking = [chr(int(code, 16)) for code in _CHARACTER.findall(said)]
    if drawn := _FOREIGN.search(said):
        # Another font of the machine's had it.
        lacking += missing_glyphs(drawn["characters"])
    for character in lacking:
        message = (
            f"{SERIF} and {SANS} have no glyph for {character!r} (U+{ord(character):04X}); "
            "write it another way"
        )
        for path, text in texts.items():
            if (at := text.find(character)) >= 0:
                yield Problem(_place(path, text, at), message)


def _declarations(said: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """A rule that WeasyPrint does not take, in the style sheet that has it where it was said."""
    at, quoted = _AT.search(said), _QUOTED.search(said)
    if at is None or quoted is None:
        return
    line, column = int(at[1]), int(at[2])
    begins = (quoted[1] or quoted[2]).split()[0]
    sentence = " ".join(_AT.sub("", said.partition(" (and ")[0]).split()).rstrip(".")
    for path, text in texts.items():
        lines = text.splitlines()
        if line <= len(lines) and lines[line - 1][column - 1 :].startswith(begins):
            yield Problem(Place(path, line, column), f"WeasyPrint: {sentence}; mend or delete it")


def _families(said: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """A typeface of the machine's, where a style sheet names another than the two of a brief."""
    foreign = _FOREIGN.search(said)
    if foreign is None:
        return
    for path, text in texts.items():
        for found in _FAMILY.finditer(text):
            value = found["value"]
            if not re.search(rf"var\(|inherit|{SERIF}|{SANS}", value) and path.endswith(".css"):
                yield Problem(
                    _place(path, text, found.start()),
                    f"text was drawn in {foreign['family']}: a PDF has {SERIF} and {SANS} alone; "
                    "name one of them",
                )


def _place(path: str, text: str, at: int) -> Place:
    before = text[:at]
    return Place(path, before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)


__all__ = ["blamed"]

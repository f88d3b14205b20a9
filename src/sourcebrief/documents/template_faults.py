"""The template in which a fault of the PDF engine originates, where it can be found.

An engine sees one page and one style; the user sees files. What cannot be traced to a file stays
the engine's fault.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from sourcebrief.documents.fonts import SANS, SERIF, missing_glyphs
from sourcebrief.errors import EngineFault, InvalidInput, Place, Problem

_CHARACTER = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
_FOREIGN = re.compile(r"(?P<characters>.*) was drawn in (?P<family>.+?), not in ", re.DOTALL)
_AT = re.compile(r" at (\d+):(\d+)\b")
_QUOTED = re.compile(r"`\s*([^`]+?)\s*`|(@[\w-]+)")
_FAMILY = re.compile(r"(?:--serif|--sans|font-family|\bfont)\s*:\s*(?P<value>[^;}]+)")


def fault_in_templates(fault: EngineFault, files: Mapping[str, bytes]) -> InvalidInput | None:
    """Return a fault of the PDF engine as a problem in the file that causes it.

    `files` are the templates that the page was made from, by the path that messages name. The
    result is None where none of them causes the fault, or the message names no file.
    """
    texts = {path: data.decode("utf-8", "replace") for path, data in files.items()}
    message = str(fault).removeprefix("WeasyPrint: ")
    problems = chain.from_iterable(
        search(message, texts) for search in (_characters, _declarations, _families)
    )
    return next((InvalidInput([problem]) for problem in problems), None)


def _characters(message: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each character in a template that neither typeface has."""
    lacking = [chr(int(code, 16)) for code in _CHARACTER.findall(message)]
    if drawn := _FOREIGN.search(message):
        # Another font of this machine had it.
        lacking += missing_glyphs(drawn["characters"])
    for character in lacking:
        words = (
            f"{SERIF} and {SANS} have no glyph for {character!r} (U+{ord(character):04X}); "
            "write it another way"
        )
        for path, text in texts.items():
            if (at := text.find(character)) >= 0:
                yield Problem(Place.at(path, text, at), words)


def _declarations(message: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for a rule that WeasyPrint refuses, where a style sheet has it."""
    at, quoted = _AT.search(message), _QUOTED.search(message)
    if at is None or quoted is None:
        return
    line, column = int(at[1]), int(at[2])
    begins = (quoted[1] or quoted[2]).split()[0]
    sentence = " ".join(_AT.sub("", message.partition(" (and ")[0]).split()).rstrip(".")
    for path, text in texts.items():
        lines = text.splitlines()
        if line <= len(lines) and lines[line - 1][column - 1 :].startswith(begins):
            words = f"WeasyPrint: {sentence}; correct or delete it"
            yield Problem(Place(path, line, column), words)


def _families(message: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem where a style sheet names another typeface than the two of a brief."""
    foreign = _FOREIGN.search(message)
    if foreign is None:
        return
    for path, text in texts.items():
        for found in _FAMILY.finditer(text if path.endswith(".css") else ""):
            if not re.search(rf"var\(|inherit|{SERIF}|{SANS}", found["value"]):
                yield Problem(
                    Place.at(path, text, found.start()),
                    f"text was drawn in {foreign['family']}: a PDF has {SERIF} and {SANS} alone; "
                    "name one of them",
                )

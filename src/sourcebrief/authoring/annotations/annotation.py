"""What an annotation made elsewhere is: words that someone selected in a document, with a note."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sourcebrief.text.characters import NOT_IN_XML_OR_YAML, VANISHING_CLASS

MOST_ANNOTATIONS: Final = 10_000
"""The most that one file may hold."""
MOST_CHARACTERS: Final = 20_000
"""The longest words and the longest note that are read."""
_VANISHING: Final = dict.fromkeys(map(ord, VANISHING_CLASS))


@dataclass(frozen=True, slots=True)
class SelectedWords:
    """A stretch of a document that someone selected, as their program describes it.

    `prefix` and `suffix` are the words beside it, `start` the offset at which it begins there.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """An annotation of a file: the stretches that are selected, in order, and the note on them.

    `where` names it for its author, `documents` are names that its document may be known by, and
    `page` counts from 1. `quotation` is the whole with its brackets, where a program has it.
    """

    where: str
    parts: tuple[SelectedWords, ...]
    note: str = ""
    documents: tuple[str, ...] = ()
    page: int | None = None
    quotation: str = ""


def clean_note(notes: Iterable[object]) -> str:
    """Return notes as lines of a YAML comment: no control, nothing that hides or turns words."""
    texts = (note[:MOST_CHARACTERS] for note in notes if isinstance(note, str))
    lines = (line for text in texts for line in text.translate(_VANISHING).splitlines())
    clean = (" ".join(NOT_IN_XML_OR_YAML.sub(" ", line).split()) for line in lines)
    return "\n".join(filter(None, clean))

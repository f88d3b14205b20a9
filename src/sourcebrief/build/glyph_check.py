"""Characters that the fonts lack: a problem at their place, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sourcebrief.brief.printed_texts import PrintedText, printed_texts, texts_below
from sourcebrief.documents.fonts import SANS, SERIF, missing_glyphs
from sourcebrief.errors import Problem
from sourcebrief.text.characters import INVISIBLE

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.model import BriefFile
    from sourcebrief.workspace.validation import Positioned


def check_glyphs(composition: Composition) -> list[Problem]:
    """Report every text that holds a character which no document of ours can print."""
    return _problems(list(printed_texts(composition)))


def check_unread_glyphs(
    record: Record, brief: Positioned[BriefFile] | None, left_out: Collection[str]
) -> list[Problem]:
    """Check the YAML as it was written, where other errors keep the briefing from being composed.

    Events that are `left_out` of the selection do not print.
    """
    unprinted = {(record.events[key].document.path, record.events[key].path) for key in left_out}
    files = [*([brief.document] if brief else []), *record.files]
    return _problems(
        [
            # Invisible characters are reported as such.
            PrintedText(INVISIBLE.sub("", text), file, path)
            for document in files
            for text, file, path in texts_below(document, document.value, ())
            if (file.path, path[:2]) not in unprinted
        ]
    )


def _problems(texts: Sequence[PrintedText]) -> list[Problem]:
    # One look at all that prints; the place is sought only where something is wrong.
    missing = set(missing_glyphs("".join(text.text for text in texts)))
    return [
        Problem(
            text.place,
            f"{SERIF} and {SANS} have no glyph for {character!r} (U+{ord(character):04X}); "
            "write it another way",
        )
        for text in (texts if missing else ())
        for character in sorted(missing.intersection(text.text))
    ]

"""Changes between editions in words that can be sent to a reader: text, Markdown, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sourcebrief.verification.changes import Change, ChangeKind, EditionChanges, Field, Subject

_SUBJECTS: Final[tuple[Subject, ...]] = (
    "brief",
    "judgement",
    "event",
    "actor",
    "gap",
    "section",
    "source",
)
_VERBS: Final[dict[ChangeKind, str]] = {
    "added": "added",
    "altered": "changed",
    "removed": "removed",
}
_REMOVED: Final = {"judgement": "withdrawn", "gap": "closed"}
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~])")


class _Style(NamedTuple):
    """What stands before a title, a heading, an item and a field, and how a text is written."""

    title: str
    heading: str
    item: str
    field: str
    below_heading: tuple[str, ...]
    plain: Callable[[str], str]


def change_report(several: Sequence[EditionChanges], form: str) -> str:
    """The changes of several briefings as `text`, `markdown` or `json` (a list)."""
    if form == "json":
        return json.dumps([asdict(each) for each in several], ensure_ascii=False, indent=2)
    style = _MARKDOWN if form == "markdown" else _TEXT
    return "\n\n".join("\n".join(_lines(changes, style)) for changes in several)


def _lines(changes: EditionChanges, style: _Style) -> Iterator[str]:
    before, after, plain = changes.before, changes.after, style.plain
    yield style.title + plain(after.title)
    if before.edition == after.edition:
        yield f"Edition {after.edition}: nothing changed."
        return
    yield (
        f"From edition {before.edition} (version {plain(before.version)}, as of {before.as_of}) "
        f"to edition {after.edition} (version {plain(after.version)}, as of {after.as_of})"
    )
    if not changes.changes:
        yield ""
        yield "Nothing that the brief says changed; only the way it is printed."
    for subject, (kind, verb) in product(_SUBJECTS, _VERBS.items()):
        found = changes.of(subject, kind)
        if not found:
            continue
        if kind == "removed":
            verb = _REMOVED.get(subject, verb)
        heading = "The brief" if subject == "brief" else f"{subject.capitalize()}s {verb}"
        yield from ("", style.heading + heading, *style.below_heading)
        for change in found:
            yield from _item(change, style)


def _item(change: Change, style: _Style) -> Iterator[str]:
    plain = style.plain
    if change.subject == "brief":
        for each in change.fields:
            yield style.item + _field(each, plain)
        return
    reworded = any(each.name == "text" for each in change.fields) and not change.id
    # A statement has no name but its words, and those follow.
    yield style.item + ("Reworded:" if reworded else plain(change.name))
    for each in change.fields:
        yield style.field + _field(each, plain)


def _field(field: Field, plain: Callable[[str], str]) -> str:
    if field.was is None:
        return f"{field.name}: “{plain(field.now or '')}”, where there was none"
    if field.now is None:
        return f"{field.name}: no longer “{plain(field.was)}”"
    if field.name == "confidence":
        return f"confidence: moved from {field.was} to {field.now}"
    return f"{field.name}: from “{plain(field.was)}” to “{plain(field.now)}”"


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _one_space(text))


_TEXT: Final = _Style("", "", "  - ", "      ", (), _one_space)
_MARKDOWN: Final = _Style("## ", "### ", "- ", "  - ", ("",), _escaped)

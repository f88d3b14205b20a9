"""Changes between editions in words that can be sent to a reader: text, Markdown, JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sourcebrief.verification.changes import Change, ChangeKind, EditionChanges, Field, Subject

_HEADINGS: Final[tuple[tuple[Subject, ChangeKind, str], ...]] = (
    ("brief", "altered", "The brief"),
    ("judgement", "added", "Judgements added"),
    ("judgement", "altered", "Judgements changed"),
    ("judgement", "removed", "Judgements withdrawn"),
    ("event", "added", "Events added"),
    ("event", "altered", "Events changed"),
    ("event", "removed", "Events removed"),
    ("actor", "added", "Actors added"),
    ("actor", "altered", "Actors changed"),
    ("actor", "removed", "Actors removed"),
    ("gap", "added", "Gaps added"),
    ("gap", "altered", "Gaps changed"),
    ("gap", "removed", "Gaps closed"),
    ("section", "added", "Sections added"),
    ("section", "altered", "Sections changed"),
    ("section", "removed", "Sections removed"),
    ("source", "added", "Sources added"),
    ("source", "altered", "Sources changed"),
    ("source", "removed", "Sources removed"),
)
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~])")


def change_report(several: Sequence[EditionChanges], form: str) -> str:
    """The changes of several briefings as `text`, `markdown` or `json` (a list)."""
    if form == "json":
        return json.dumps([asdict(each) for each in several], ensure_ascii=False, indent=2)
    write = _markdown if form == "markdown" else _text
    return "\n\n".join(map(write, several))


def _text(changes: EditionChanges) -> str:
    return "\n".join(_lines(changes, "{}", "{}", "  - ", "      ", _one_space))


def _markdown(changes: EditionChanges) -> str:
    return "\n".join(_lines(changes, "## {}\n", "### {}\n", "- ", "  - ", _escaped))


def _lines(
    changes: EditionChanges,
    title: str,
    heading: str,
    item: str,
    field: str,
    plain: Callable[[str], str],
) -> Iterator[str]:
    yield title.format(plain(changes.after.title)).rstrip("\n")
    before, after = changes.before, changes.after
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
    for subject, kind, name in _HEADINGS:
        found = changes.of(subject, kind)
        if not found:
            continue
        yield ""
        yield heading.format(name)[: None if heading == "{}" else -1]
        if heading != "{}":
            yield ""
        for change in found:
            yield from _item(change, item, field, plain)


def _item(change: Change, item: str, field: str, plain: Callable[[str], str]) -> Iterator[str]:
    if change.subject == "brief":
        for each in change.fields:
            yield item + _field(each, plain)
        return
    reworded = any(each.name == "text" for each in change.fields) and not change.id
    # A statement has no name but its words, and those follow.
    yield item + ("Reworded:" if reworded else plain(change.name))
    for each in change.fields:
        yield field + _field(each, plain)


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
    return _MARKDOWN.sub(r"\\\1", _one_space(text))

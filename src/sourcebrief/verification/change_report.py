"""Changes in words: a report to send to a reader, and the summary at the head of a document.

The report is English, as text, Markdown or JSON. The summary has a line for each kind of change, in
the language of the document.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Final, NamedTuple

from sourcebrief.brief.labels import CONFIDENCES, N_, Labels
from sourcebrief.brief.manifest import ChangesIn
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word
from sourcebrief.text.phrases import escaped_markdown, first_words
from sourcebrief.verification.changes import (
    STALE_TRANSLATION,
    Change,
    ChangeKind,
    EditionChanges,
    Field,
    Subject,
)

_LINES: Final[Mapping[tuple[Subject, ChangeKind], str]] = {
    ("judgement", "added"): N_("Judgements added: %(names)s"),
    ("judgement", "altered"): N_("Judgements reworded: %(names)s"),
    ("judgement", "removed"): N_("Judgements withdrawn: %(names)s"),
    ("event", "added"): N_("Events added: %(names)s"),
    ("event", "altered"): N_("Events altered: %(names)s"),
    ("event", "removed"): N_("Events removed: %(names)s"),
    ("actor", "added"): N_("Actors added: %(names)s"),
    ("actor", "altered"): N_("Actors altered: %(names)s"),
    ("actor", "removed"): N_("Actors removed: %(names)s"),
    ("gap", "added"): N_("Gaps added: %(names)s"),
    ("gap", "altered"): N_("Gaps reworded: %(names)s"),
    ("gap", "removed"): N_("Gaps closed: %(names)s"),
    ("section", "added"): N_("Sections added: %(names)s"),
    ("section", "altered"): N_("Sections altered: %(names)s"),
    ("section", "removed"): N_("Sections removed: %(names)s"),
    ("source", "added"): N_("Sources added: %(names)s"),
    ("source", "altered"): N_("Sources altered: %(names)s"),
    ("source", "removed"): N_("Sources removed: %(names)s"),
}
OF_BRIEF: Final[Mapping[str, str]] = {
    "title": N_("title"),
    "subtitle": N_("subtitle"),
    "as of": N_("date of the record"),
    "status": N_("status"),
    "version": N_("version"),
    "prepared by": N_("author"),
    "prepared for": N_("addressee"),
    "marking": N_("marking"),
    "language": N_("language"),
    "drafted with": N_("program that proposed text"),
    "bottom line": N_("bottom line"),
    "citations of the bottom line": N_("citations of the bottom line"),
}
"""What changes of a brief itself, by the name of the field."""
_NAME_WORDS: Final = 12
_AROUND: Final = 6
_INNER_MARKS: Final = str.maketrans("“”", "‘’")
"""Words that stay on each side of what differs between two long texts."""


def changes_summary(found: EditionChanges, labels: Labels) -> ChangesIn:
    """What a reader of the earlier edition needs to know, as the template prints it."""
    since = f"{word(parse_edtf(found.before.as_of), labels.language)} ({found.before.edition})"
    lines = list(_summary_lines(found, labels))
    if not lines:
        lines.append(labels.gettext("Nothing that the brief says has changed."))
    return {"since": since, "lines": lines}


def _summary_lines(found: EditionChanges, labels: Labels) -> Iterator[str]:
    of_brief = [field.name for change in found.of("brief", "altered") for field in change.fields]
    if of_brief:
        told = labels.apart(labels.named(OF_BRIEF, name) for name in of_brief)
        yield labels.gettext("Of the brief itself: %(names)s", names=told)
    for change in found.of("judgement", "altered"):
        for field in change.fields:
            if field.name == "confidence":
                yield labels.gettext(
                    "Confidence of a judgement from “%(was)s” to “%(now)s”: %(name)s",
                    was=labels.named(CONFIDENCES, str(field.was)),
                    now=labels.named(CONFIDENCES, str(field.now)),
                    name=first_words(change.name, _NAME_WORDS),
                )
    for (subject, kind), label in _LINES.items():
        names = [
            first_words(change.name, _NAME_WORDS)
            for change in found.of(subject, kind)
            # A confidence that moved has a line of its own.
            if kind != "altered" or {field.name for field in change.fields} != {"confidence"}
        ]
        if names:
            yield labels.gettext(label, names=labels.apart(names))


class _Style(NamedTuple):
    """What stands before a title, a heading, an item and a field, and how a text is written."""

    title: str
    heading: str
    item: str
    field: str
    below_heading: tuple[str, ...]
    plain: Callable[[str], str]


def _one_space(text: str) -> str:
    return " ".join(text.split())


_STYLES: Final = {
    "text": _Style("", "", "  - ", "      ", (), _one_space),
    "markdown": _Style(
        "## ", "### ", "- ", "  - ", ("",), lambda text: escaped_markdown(_one_space(text))
    ),
}


def change_report(several: Sequence[EditionChanges], form: str) -> str:
    """The changes of several briefings as `text`, `markdown` or `json` (a list)."""
    if form == "json":
        return json.dumps([asdict(each) for each in several], ensure_ascii=False, indent=2)
    return "\n\n".join("\n".join(_report_lines(changes, _STYLES[form])) for changes in several)


def _report_lines(changes: EditionChanges, style: _Style) -> Iterator[str]:
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
    for change in changes.of("brief", "altered"):
        yield from ("", f"{style.heading}The brief", *style.below_heading)
        yield from (style.item + _field(each, plain) for each in change.fields)
    for (subject, kind), label in _LINES.items():
        found = changes.of(subject, kind)
        if found:
            # A judgement whose confidence alone moved is changed, but not reworded.
            heading = re.sub("altered|reworded", "changed", label.partition(":")[0])
            yield from ("", style.heading + heading, *style.below_heading)
        for change in found:
            yield from _item(change, style)


def _item(change: Change, style: _Style) -> Iterator[str]:
    reworded = any(each.name == "text" for each in change.fields) and not change.id
    # A statement has no name but its words, and those follow.
    yield style.item + ("Reworded:" if reworded else style.plain(change.name))
    yield from (style.field + _field(each, style.plain) for each in change.fields)


def _field(field: Field, plain: Callable[[str], str]) -> str:
    def quoted(words: str | None) -> str:
        # Marks within marks are single ones.
        return f"“{plain(words or '').translate(_INNER_MARKS)}”"

    if field.name == STALE_TRANSLATION:
        return (
            f"{field.name}: it is of {quoted(field.was)}, "
            f"and the quotation is now {quoted(field.now)}; translate it again"
        )
    if field.was is None:
        return f"{field.name}: added {quoted(field.now)}"
    if field.now is None:
        return f"{field.name}: no longer {quoted(field.was)}"
    if field.name == "confidence":
        return f"confidence: moved from {field.was} to {field.now}"
    was, now = _about_the_change(field.was.split(), field.now.split())
    return f"{field.name}: from {quoted(was)} to {quoted(now)}"


def _about_the_change(was: list[str], now: list[str]) -> tuple[str, str]:
    """Both texts, without the many words before and after all that differs."""
    same = _alike(was, now)
    before = max(same - _AROUND, 0)
    after = max(_alike(was[same:][::-1], now[same:][::-1]) - _AROUND, 0)

    def cut(words: list[str]) -> str:
        kept = " ".join(words[before : len(words) - after])
        return f"{'… ' if before else ''}{kept}{' …' if after else ''}"

    return cut(was), cut(now)


def _alike(one: list[str], other: list[str]) -> int:
    """How many words two texts have alike at their begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))

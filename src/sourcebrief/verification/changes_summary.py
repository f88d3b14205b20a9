"""Changes as they are listed at the head of a document: a line for each kind, in its language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sourcebrief.brief.labels import N_, Labels
from sourcebrief.brief.view import Changes, ChangeView
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word
from sourcebrief.text.phrases import first_words

if TYPE_CHECKING:
    from sourcebrief.verification.changes import Change, ChangeKind, EditionChanges, Subject

_LINES: Final[tuple[tuple[Subject, ChangeKind, str], ...]] = (
    ("judgement", "added", N_("Judgements added: %(names)s")),
    ("judgement", "altered", N_("Judgements reworded: %(names)s")),
    ("judgement", "removed", N_("Judgements withdrawn: %(names)s")),
    ("event", "added", N_("Events added: %(names)s")),
    ("event", "altered", N_("Events altered: %(names)s")),
    ("event", "removed", N_("Events removed: %(names)s")),
    ("actor", "added", N_("Actors added: %(names)s")),
    ("actor", "altered", N_("Actors altered: %(names)s")),
    ("actor", "removed", N_("Actors removed: %(names)s")),
    ("gap", "added", N_("Gaps added: %(names)s")),
    ("gap", "altered", N_("Gaps reworded: %(names)s")),
    ("gap", "removed", N_("Gaps closed: %(names)s")),
    ("section", "added", N_("Sections added: %(names)s")),
    ("section", "altered", N_("Sections altered: %(names)s")),
    ("section", "removed", N_("Sections removed: %(names)s")),
    ("source", "added", N_("Sources added: %(names)s")),
    ("source", "altered", N_("Sources altered: %(names)s")),
    ("source", "removed", N_("Sources removed: %(names)s")),
)
_NAME_WORDS = 12


def changes_summary(found: EditionChanges, labels: Labels) -> Changes:
    """What a reader of the earlier edition needs to know, as the template prints it."""
    since = f"{word(parse_edtf(found.before.as_of), labels.language)} ({found.before.edition})"
    lines = list(_lines(found, labels))
    if not lines:
        lines.append(labels.gettext("Nothing that the brief says has changed."))
    return Changes(since, tuple(map(ChangeView, lines)))


def _lines(found: EditionChanges, labels: Labels) -> Iterator[str]:
    of_brief = [field.name for change in found.of("brief", "altered") for field in change.fields]
    if of_brief:
        yield labels.gettext("Of the brief itself: %(names)s", names="; ".join(of_brief))
    for change in found.of("judgement", "altered"):
        for field in change.fields:
            if field.name == "confidence":
                yield labels.gettext(
                    "Confidence of a judgement from “%(was)s” to “%(now)s”: %(name)s",
                    was=labels.confidence(str(field.was)),
                    now=labels.confidence(str(field.now)),
                    name=_short(change),
                )
    for subject, kind, label in _LINES:
        names = [_short(change) for change in found.of(subject, kind) if not _only_moved(change)]
        if names:
            yield labels.gettext(label, names="; ".join(names))


def _only_moved(change: Change) -> bool:
    """Whether a judgement's confidence is all that changed: that has a line of its own."""
    return change.kind == "altered" and {field.name for field in change.fields} == {"confidence"}


def _short(change: Change) -> str:
    """The name of what changed; of a statement, which has none, its first words."""
    return first_words(change.name, _NAME_WORDS)

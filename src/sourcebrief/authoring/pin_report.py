"""What `pin` shows: each new pin, and its effect on every quotation of the seed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sourcebrief.authoring.pin_seeds import NewPin
from sourcebrief.dates.in_text import date_spans
from sourcebrief.evidence.changed_seeds import Drift, QuotationDrift, SeedDrift
from sourcebrief.evidence.drift_words import list_statements
from sourcebrief.evidence.misses import quoted, word_differences
from sourcebrief.evidence.passages import Passage
from sourcebrief.evidence.quotations import LocatedPiece
from sourcebrief.text.phrases import listed

_DIGITS: Final = 12
_MOST_DIFFERENCES: Final = 6
_IN_ORIGINAL: Final = (
    "quotations are not searched for in an original; check that the seed is still its text"
)
_WITHIN_DATES: Final = "\ue000"
_WIDTH: Final = max(len(kind.value) for kind in Drift)


def pin_report(pins: Iterable[NewPin], drifts: Mapping[str, SeedDrift]) -> str:
    """Write new pins and their consequences; `drifts` are by seed."""
    lines: list[str] = []
    for pin in pins:
        lines.append(f"{pin.seed}: {'the original ' * pin.original}{_change(pin)}")
        if pin.original:
            lines.append(f"  {_IN_ORIGINAL}")
        else:
            lines += drift_lines(drifts[pin.seed], pinned=pin.before is not None)
    return "\n".join(lines)


def _change(pin: NewPin) -> str:
    if pin.before is None:
        return f"{pin.file}, pinned for the first time: {pin.now[:_DIGITS]}"
    return f"{pin.file}, {pin.before[:_DIGITS]} → {pin.now[:_DIGITS]}"


def drift_lines(found: SeedDrift, *, pinned: bool = True) -> Iterator[str]:
    """Write what became of each quotation, and which statements cite what changed."""
    if not found.quotations:
        yield "  no quotation rests on it"
    elif not found.known and pinned:
        yield (
            "  neither git nor an earlier edition holds the text that was pinned, "
            "so only the quotations that stand are shown"
        )
    for one in found.quotations:
        yield from _quotation(one)
    for citing in found.citing:
        said, what = citing.statement, _cited(citing.paragraphs)
        yield f"  {said.name} of {said.briefing} cites {what}: read it again at {said.place}"


def _cited(paragraphs: Mapping[int, int | None]) -> str:
    """Say which paragraphs a statement cites, and where those are now that have moved."""
    return (
        listed(
            f"¶ {number}, which is now ¶ {now}" if now else f"¶ {number}, whose words have changed"
            for number, now in paragraphs.items()
        )
        or "it as a whole"
    )


def _quotation(one: QuotationDrift) -> Iterator[str]:
    fate = one.drift.value if one.drift else "stands" if one.stands else "lost"
    indent = " " * (2 + _WIDTH + 2)
    what = f"{one.event}, official translation" if one.translation else one.event
    yield f"  {fate:<{_WIDTH}}  {what}: {quoted(one.quote)}{_moved(one)}"
    for piece, now in zip(one.before, one.now, strict=True):
        if now.drift is Drift.ALTERED and now.passage is not None:
            yield f"{indent}{_altered(piece, now.passage, now.text or '', one.language)}"
        elif now.drift is Drift.GONE and len(one.before) > 1:
            yield f"{indent}{quoted(piece.exact)} is gone"
    if not one.stands:
        lost = "no longer proven" if one.translation else "no longer evidence"
        yield f"{indent}{lost}: correct it at {one.place}"
    if one.stale_translation:
        yield f"{indent}its translation is of the words as they were: translate it again"
    if one.changed and not one.translation:
        own = f"title and summary of {one.event}"
        resting = "; ".join(filter(None, (own, list_statements(one.statements))))
        yield f"{indent}statements that rest on it: {resting}"
        for number, written in one.lost_numbers.items():
            own = ", ".join(dict.fromkeys(s.name for s in one.own if number in s.numbers))
            citing = list_statements([s for s in one.statements if number in s.numbers])
            if saying := "; ".join(filter(None, (own, citing))):
                yield f"{indent}it no longer carries {written}, which is in {saying}"


def _altered(piece: LocatedPiece, passage: Passage, text: str, language: str | None) -> str:
    """List the words and dates that differ, or both passages where too many differ."""

    def shown(words: str) -> str:
        return quoted(words.replace(_WITHIN_DATES, " "))

    was, now = (_with_whole_dates(words, language) for words in (piece.exact, text))
    differing = [
        f"{shown(one.quotation)} is now {shown(one.seed)}"
        if one.seed and one.quotation
        else f"{shown(one.seed)} was added"
        if one.seed
        else f"{shown(one.quotation)} was left out"
        for one in word_differences(was, now)
    ]
    if not 0 < len(differing) <= _MOST_DIFFERENCES:
        differing = [f"{quoted(piece.exact)} is now {quoted(text)}"]
    return f"¶ {passage.paragraph}: {', '.join(differing)}"


def _with_whole_dates(text: str, language: str | None) -> str:
    """Make one word of each date, so that another day is not told as another number."""
    for first, last in reversed(date_spans(text, language) if language else ()):
        text = text[:first] + _WITHIN_DATES.join(text[first:last].split()) + text[last:]
    return text


def _moved(one: QuotationDrift) -> str:
    """Name the paragraph, and the one before it where the quotation has moved."""
    passages = [now.passage for now in one.now if now.passage is not None]
    if not one.before or not passages or one.drift not in (Drift.UNMOVED, Drift.MOVED):
        return ""
    was, now = one.before[0].paragraph, passages[0].paragraph
    return f", ¶ {now}" if was == now else f", ¶ {was} → ¶ {now}"

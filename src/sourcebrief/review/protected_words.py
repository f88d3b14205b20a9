"""What of an authored text no reviewer's edit may change, and what it changes only after a look.

Numbers, dates and quoted words of an authored text stand in a source. Whoever changes them there
needs other evidence, so the change is shown with what the source has, and never made. A change that
turns a sentence into its opposite, or makes something more or less likely, is legitimate or a slip:
no check can tell, so an editor has to read it.
"""

import re
from collections.abc import Iterator
from typing import Final

from sourcebrief.brief.manifest import Manifest
from sourcebrief.evidence.assertions import assertions, negations
from sourcebrief.evidence.folding import fold_text
from sourcebrief.review.addresses import AuthoredPlace
from sourcebrief.review.compare_paragraphs import WordChange
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.word_text import PARAGRAPH_END
from sourcebrief.text.likelihood import likelihood_words
from sourcebrief.text.phrases import sentence_starts, shorten
from sourcebrief.workspace.markup import parse_markup

_QUOTED: Final = re.compile(r"[“„«\"][^“”„«»\"]+[”“»\"]")
_TOKEN: Final = re.compile(r"[\w.,\u00a0\u202f%$€£]*")
_SHOWN: Final = 160


def why_protected(
    manifest: Manifest, place: AuthoredPlace, said: str, change: WordChange
) -> str | None:
    """Say why a change of `said`, a printed paragraph, is not made; None where it may be."""
    for quoted in _QUOTED.finditer(said):
        if (quoted.start(), quoted.end()) == (0, len(said)):
            continue  # a translation of a quotation, which is ours
        inside = change.start < quoted.end() and change.end > quoted.start()
        if inside and not _is_sentence(said, change):
            return f"it changes quoted words; {_told(manifest, place, quoted[0][1:-1])}"
        if quoted.start() < change.start < quoted.end():
            return f"it changes quoted words; {_told(manifest, place, quoted[0][1:-1])}"
    lost = _lost(manifest["brief"]["language"], said, change)
    if lost and (place.event or place.markdown):
        more = " ".join([*said[: change.start].split()[-1:], lost])
        return f"{lost} rests on evidence; {_told(manifest, place, more, lost)}"
    return None


def caution(language: str, said: str, change: WordChange) -> str:
    """Say why an editor has to read a change before it is made; empty where it needs no look."""
    if _is_sentence(said, change) or change.new.startswith(PARAGRAPH_END):
        return ""
    was, now = _whole_words(said, change)
    before, after = (negations(fold_text(text), language) for text in (was, now))
    if bool(before) != bool(after):
        word = next(iter((before or after).values()))
        return f"it {'takes out' if before else 'puts in'} “{word}”, which turns the sense"
    if likelihood_words(was) != likelihood_words(now):
        return "it changes how likely this is"
    if lost := _lost(language, said, change):
        return f"it changes {lost}"
    return ""


def _lost(language: str, said: str, change: WordChange) -> str:
    """Return the numbers and dates that a change takes out of a sentence that stays."""
    if _is_sentence(said, change):
        return ""
    before, after = (_values(text, language) for text in _whole_words(said, change))
    return ", ".join(sorted(before[value] for value in before.keys() - after.keys()))


def _values(text: str, language: str) -> dict[str, str]:
    """Return the numbers and the dates of a text, as they are compared and as they are written."""
    folded = fold_text(text)
    found = assertions(folded, language)
    return {key: word for key, word in found.items() if key not in negations(folded, language)}


def _whole_words(said: str, change: WordChange) -> tuple[str, str]:
    """Return what a change replaces, and by what, each with the rest of the words it cuts."""
    before = re.search(rf"{_TOKEN.pattern}\Z", said[: change.start])
    behind = _TOKEN.match(said, change.end)
    head, tail = before[0] if before else "", behind[0] if behind else ""
    return head + change.old + tail, head + change.new + tail


def _is_sentence(said: str, change: WordChange) -> bool:
    """Say whether a change takes out whole sentences."""
    starts = {0, *sentence_starts(said.replace(CALL, ")")), len(said)}
    first = len(said[: change.start]) + len(change.old) - len(change.old.lstrip())
    last = len(said[: change.end])
    ends = last + len(said[last:]) - len(said[last:].lstrip(f" {CALL}"))
    return not change.new.strip() and first in starts and (ends in starts or ends == len(said))


def _told(manifest: Manifest, place: AuthoredPlace, *wanted: str) -> str:
    """Say what the evidence of a text has that holds some words, the first that any of it has."""
    for words in wanted:
        for quote, source in _evidence(manifest, place):
            if fold_text(words).lower() in fold_text(quote).lower():
                return f"{source} has “{shorten(quote, _SHOWN)}”"
    cited = parse_markup(place.text).citations if place.markdown else ()
    shorts, located = _shorts(manifest), [one for one in cited if one.locator]
    if at := [f"{shorts[one.id]}, {' '.join((one.locator or '').split())}" for one in located]:
        return f"“{shorten(wanted[-1], _SHOWN)}” stands in {' or '.join(at)}"
    return "change it in the YAML, with its evidence"


def _shorts(manifest: Manifest) -> dict[str, str]:
    return {source["id"]: source["short"] for source in manifest["sources"]}


def _evidence(manifest: Manifest, place: AuthoredPlace) -> Iterator[tuple[str, str]]:
    """Yield the quotations and dates of the events that a text belongs to or cites."""
    cited = {item.id for item in parse_markup(place.text).citations} if place.markdown else set()
    shorts = _shorts(manifest)
    for event in manifest["events"]:
        if event["id"] in {place.event, *cited}:
            for item in event["evidence"]:
                source = f"{shorts[item['seed']]}, {item['locator']},"
                yield item["quote"], source
                if translation := item.get("translation"):
                    yield translation["text"], f"the translation of {source}"
            yield event["date"]["worded"], f"the date of event {event['number']}"

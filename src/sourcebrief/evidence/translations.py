"""Translations of quotations: where official ones stand, and what must hold of every one.

A translation is never evidence. An official one is proven in its own document by the rules of
quotations; ours and a machine's are in the brief's language.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from sourcebrief.errors import Problem
from sourcebrief.evidence.brackets import one_space
from sourcebrief.evidence.misses import explain
from sourcebrief.evidence.passages import SeedText, read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, MissReason, locate, occurrences
from sourcebrief.text.languages import same_language
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import BriefFile, Evidence
from sourcebrief.workspace.validation import Positioned


def locate_translation(
    item: Positioned[Evidence], seeds: Mapping[str, SeedText]
) -> LocatedQuotation | Problem | None:
    """Find where an official translation stands in its own document; None where there is none.

    Nothing is looked for where its document is unknown or could not be read, which is a problem
    of its own.
    """
    given = item.value.translation
    if given is None or given.seed is None or given.seed not in seeds:
        return None
    found = locate(given.text, seeds[given.seed], given.paragraph)
    if not isinstance(found, Miss):
        return found
    key = "paragraph" if found.reason is MissReason.WRONG_PARAGRAPH else "text"
    message = explain(found, given.seed, {given.seed: seeds[given.seed]})
    named = message.removeprefix("the quotation ")
    return Problem(
        item.place("translation", key),
        f"the official translation{':' if named == message else ''} {named}",
    )


def check_translations(record: Record, library: Library, language: str) -> Iterator[Problem]:
    """Check the languages of the translations that a brief in `language` would print."""
    for event in record.events.values():
        for index, item in enumerate(event.value.evidence):
            given = item.translation
            if given is None:
                continue
            original = _language(library, item.seed)
            into = _language(library, given.seed) if given.seed else language
            if not original or not into:
                continue  # a seed without a language is a problem of its own
            message = None
            if same_language(original, into):
                same = "and so is its translation" if given.seed else "as the brief is"
                message = f"the quotation is in {original}, {same}; delete the translation"
            elif not same_language(into, language):
                message = (
                    f"the translation in {given.seed} is in {into}, and the brief in {language}; "
                    "name a document in the brief's language, or translate the quotation yourself"
                )
            if message:
                yield Problem(event.place("evidence", index, "translation"), message)


def check_required_translations(
    brief: Positioned[BriefFile], record: Record, library: Library, selected: Collection[str]
) -> Iterator[Problem]:
    """Report quotations in another language without a translation, where the brief asks for one."""
    if not brief.value.require_translation:
        return
    for event in (record.events[key] for key in record.events if key in selected):
        for index, item in enumerate(event.value.evidence):
            original = _language(library, item.seed)
            if item.translation or not original or same_language(original, brief.value.language):
                continue
            message = (
                f"the quotation is in {original} and has no translation, which the brief requires; "
                "add the key 'translation' beside it, or delete require_translation"
            )
            yield Problem(event.place("evidence", index, "quote"), message)


def _language(library: Library, seed: str) -> str | None:
    entry = library.entries.get(seed)
    return entry.value.language if entry is not None else None


def holds_words(text: str, words: str) -> bool:
    """Whether words stand in a text as words of a seed would: folded, with whole words."""
    return any(occurrences(words, _as_seed(text)))


@lru_cache(maxsize=256)  # a brief quotes one translation in several texts
def _as_seed(text: str) -> SeedText:
    return read_seed(one_space(text))

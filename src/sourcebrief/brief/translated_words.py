"""Whose a translation is, in words, and the mark behind words that authors quote from one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sourcebrief.brief.labels import TRANSLATED_BY, Labels
from sourcebrief.brief.manifest import EventIn, SourceIn, TranslationIn
from sourcebrief.evidence.translations import holds_words
from sourcebrief.text.phrases import QUOTED_WORDS
from sourcebrief.workspace.markup import AuthoredMarkup, Block, unparted


def translation_mark(translation: TranslationIn, labels: Labels, source: str) -> str:
    """Word whose a translation is; `source` is the document and place of an official one."""
    if translation.get("seed"):
        return labels.gettext("translation in %(source)s", source=source)
    return labels.named(TRANSLATED_BY, translation.get("by") or "ours")


def official_source(translation: TranslationIn, sources: Mapping[str, SourceIn]) -> str:
    """Name the document of an official translation with its place; empty for another."""
    seed, locator = translation.get("seed"), translation.get("locator") or ""
    if not seed:
        return ""
    return ", ".join(filter(None, (sources[seed]["short"], unparted(locator))))


class TranslationMarks:
    """Marks the words in quotation marks that are a translation's and not a document's own.

    A text's words are looked for in what it cites: the quotations of its events, and those that
    the brief takes from a document that it cites.
    """

    def __init__(
        self, events: Iterable[EventIn], sources: Mapping[str, SourceIn], labels: Labels
    ) -> None:
        self._quoted: defaultdict[str, list[str]] = defaultdict(list)
        # The words of a translation, and its mark.
        self._said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for event in events:
            for item in event["evidence"]:
                translation = item.get("translation")
                for key in (event["id"], item["seed"]):
                    self._quoted[key].append(item["quote"])
                    if translation:
                        source = official_source(translation, sources)
                        mark = translation_mark(translation, labels, source)
                        self._said[key].append((translation["text"], mark))

    def marked(self, text: AuthoredMarkup, own: str | None = None) -> AuthoredMarkup:
        """Put the marks into an authored text; `own` is the event that it belongs to."""
        if not self._said:
            return text
        return replace(text, blocks=tuple(self._marked(block, own) for block in text.blocks))

    def marked_line(self, text: str, own: str) -> str:
        """Put the marks into a text of an event that is not Markdown."""
        for at, mark in reversed(list(self._marks(text, [own]))):
            text = text[:at] + mark + text[at:]
        return text

    def _marked(self, block: Block, own: str | None) -> Block:
        cited = [*([own] if own else []), *(item.id for item in block.citations)]
        said = "".join(piece.text for piece in block.pieces if piece.kind == "text")
        marks = list(self._marks(said, cited))
        pieces, end = [], 0
        for piece in block.pieces:
            if piece.kind == "text":
                start, end = end, end + len(piece.text)
                here = [(at - start, mark) for at, mark in marks if start < at <= end]
                words = piece.text
                for at, mark in reversed(here):
                    words = words[:at] + mark + words[at:]
                piece = replace(piece, text=words)
            pieces.append(piece)
        return replace(block, pieces=tuple(pieces))

    def _marks(self, words: str, cited: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Yield where each mark belongs in a text, and the mark with the space before it."""
        said = [one for key in dict.fromkeys(cited) for one in self._said.get(key, ())]
        quoted = [text for key in cited for text in self._quoted.get(key, ())] if said else []
        for found in QUOTED_WORDS.finditer(words) if said else ():
            if any(holds_words(text, found[1]) for text in quoted):
                continue
            mark = next((mark for text, mark in said if holds_words(text, found[1])), None)
            if mark:
                yield found.end(), f" ({mark})"

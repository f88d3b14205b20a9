"""Documents as the desk shows them: paragraphs with their quoted passages, and the list of all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sourcebrief.authoring.find_passages import Hit, find_passages
from sourcebrief.dates.wording import word
from sourcebrief.desk.reading import Reading
from sourcebrief.evidence.coverage import CoveredParagraph, covered_paragraphs
from sourcebrief.evidence.passages import Paragraph
from sourcebrief.text.phrases import unaccented
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import CatalogueEntry

PART: Final = 300
"""Paragraphs that are sent at once: a long document comes part by part."""
MOST_LISTED: Final = 60
MOST_HITS: Final = 20
_LONGEST_PART: Final = 100_000
"""Characters of a document's paragraphs that are sent at once, if that is fewer."""
_LANGUAGE: Final = "en-GB"
"""The desk's own."""


@dataclass(frozen=True, slots=True)
class EventLink:
    """An event as the desk names it; `number` is the brief's, 0 where it has none."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph and how many quotations hold them."""

    text: str
    quoted: int


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph in stretches, the events that rest on it, and the share of it that is quoted."""

    number: int
    ignored: bool
    stretches: tuple[Stretch, ...]
    events: tuple[EventLink, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in the list of all."""

    id: str
    title: str
    source: str
    issued: str
    quotations: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, or the part of it from `first` on; `following` is where the next part begins.

    `text` is the name of the text that is shown, by which a selection says what it was made in.
    """

    listed: ListedDocument
    text: str
    language: str
    paragraphs: tuple[ParagraphView, ...]
    count: int
    ignored: int
    percent: int
    first: int
    following: int | None


@dataclass(frozen=True, slots=True)
class DocumentList:
    """The documents that fit a search, those with quotations first, and passages like its words."""

    wanted: str
    documents: tuple[ListedDocument, ...]
    more: int
    hits: tuple[Hit, ...]
    count: int


def event_links(keys: Iterable[str], reading: Reading) -> list[EventLink]:
    """Name events, those of the brief first, in its order."""
    links = (
        EventLink(key, reading.numbers.get(key, 0), reading.events[key].value.title)
        for key in dict.fromkeys(keys)
    )
    return sorted(links, key=lambda one: (one.number or 10**9, one.id))


def view_document(key: str, reading: Reading, *, around: int = 1) -> DocumentView | None:
    """View a document, in the part that holds the paragraph `around`; None where there is none."""
    corpus = reading.corpus
    if corpus is None or key not in corpus.seeds:
        return None
    seed = corpus.seeds[key]
    spans = list(_quoted_spans(key, reading))
    quoted = [(start, end) for start, end, _ in spans]
    covered = {one.number: one for one in covered_paragraphs(seed, quoted, touched=True)}
    words = zip(seed.paragraphs, seed.word_counts, strict=True)
    parts = _parts(seed.paragraphs)
    first, last = next((p for p in parts if p[0] < around <= p[1]), parts[0])
    paragraphs = tuple(
        _paragraph(one, spans, covered.get(one.number), reading)
        for one in seed.paragraphs[first:last]
    )
    return DocumentView(
        listed=_listed(key, corpus.library, len(spans)),
        text=seed.name,
        language=seed.language or "",
        paragraphs=paragraphs,
        count=len(seed.paragraphs),
        ignored=sum(one.ignored for one in seed.paragraphs),
        percent=_percent(
            sum(one.covered for one in covered.values()),
            sum(count for one, count in words if not one.ignored),
        ),
        first=first + 1,
        following=last + 1 if last < len(seed.paragraphs) else None,
    )


def list_documents(reading: Reading, wanted: str = "") -> DocumentList:
    """List the documents whose title or id fits some words, and the passages that are like them."""
    corpus = reading.corpus
    if corpus is None:
        return DocumentList(wanted, (), 0, (), 0)
    quotations = Counter(proven.evidence.seed for _, proven in reading.proven())
    words = unaccented(wanted).casefold().split()
    fitting = [
        key
        for key in corpus.seeds
        if all(word in _searched(key, corpus.library.entries[key].value) for word in words)
    ]
    fitting.sort(key=lambda key: -quotations[key])
    shown = [_listed(key, corpus.library, quotations[key]) for key in fitting[:MOST_LISTED]]
    long_enough = sum(map(str.isalnum, wanted)) > 2
    hits = find_passages(wanted, corpus.seeds, MOST_HITS, reading.words) if long_enough else []
    return DocumentList(
        wanted, tuple(shown), len(fitting) - len(shown), tuple(hits), len(corpus.seeds)
    )


def _listed(key: str, library: Library, quotations: int) -> ListedDocument:
    entry = library.entries[key].value
    # Its title stands beside where it comes from.
    source = library.short_name(key).removesuffix(f", {entry.title}")
    return ListedDocument(key, entry.title, source, word(entry.issued, _LANGUAGE), quotations)


def _searched(key: str, entry: CatalogueEntry) -> str:
    names = (entry.title, entry.container_title, entry.publisher)
    return unaccented(" ".join((key, *filter(None, names)))).casefold()


def _quoted_spans(key: str, reading: Reading) -> Iterator[tuple[int, int, str]]:
    for event, proven in reading.proven():
        if proven.evidence.seed == key:
            yield from ((piece.start, piece.end, event) for piece in proven.located.pieces)


def _percent(covered: int, words: int) -> int:
    return round(100 * covered / words) if words else 0


def _parts(paragraphs: tuple[Paragraph, ...]) -> list[tuple[int, int]]:
    """Divide a document into parts of so many paragraphs, and of so many characters."""
    parts, first, size = [], 0, 0
    for number, paragraph in enumerate(paragraphs):
        size += len(paragraph.text)
        if number + 1 - first >= PART or size >= _LONGEST_PART:
            parts.append((first, number + 1))
            first, size = number + 1, 0
    return [*parts, (first, len(paragraphs))] if first < len(paragraphs) or not parts else parts


def _paragraph(
    paragraph: Paragraph,
    spans: Iterable[tuple[int, int, str]],
    covered: CoveredParagraph | None,
    reading: Reading,
) -> ParagraphView:
    inside = [
        (max(start, paragraph.start), min(end, paragraph.end), event)
        for start, end, event in spans
        if start < paragraph.end and paragraph.start < end
    ]
    edges = sorted(
        {paragraph.start, paragraph.end, *(at for start, end, _ in inside for at in (start, end))}
    )
    stretches = tuple(
        Stretch(
            paragraph.text[start - paragraph.start : end - paragraph.start],
            sum(one <= start and end <= other for one, other, _ in inside),
        )
        for start, end in pairwise(edges)
    )
    return ParagraphView(
        paragraph.number,
        paragraph.ignored,
        stretches,
        tuple(event_links((key for *_, key in inside), reading)),
        _percent(covered.covered, covered.words) if covered else 0,
    )

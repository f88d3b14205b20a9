"""Authored text to markup: what the author wrote, escaped, with what each citation prints.

A citation prints the numbers of events in the line, and a note for sources. A note is one span at
the place of its call. Each document makes of it what is native there: a footnote on the page, a
Word footnote, a linked note.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, islice
from typing import Final, NamedTuple

from sourcebrief.brief.labels import BASES, Labels
from sourcebrief.brief.manifest import EventIn, QuotationIn, SourceIn, TranslationIn
from sourcebrief.brief.translated_words import official_source, translation_mark
from sourcebrief.brief.view import Html
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word
from sourcebrief.text.phrases import curled, first_words
from sourcebrief.workspace.markup import SIGNS, AuthoredMarkup, Citation, InlinePiece, unparted

NOTE_WORDS: Final = 30
"""How many words of a quotation a note gives."""
NO_BREAK: Final = "\u00a0"
OTHER_SOURCE: Final = "†"
"""Marks a source that is cited and not quoted; the masthead and the list of sources explain it."""
_LIST_TAGS = {"bullet": "ul", "number": "ol"}


class CitationMarkup(NamedTuple):
    """What a citation prints: the numbers of events in the line, and a note for its sources."""

    events: Html
    note: Html


def render_blocks(
    text: AuthoredMarkup, cite: Callable[[Citation], CitationMarkup], language: str
) -> Html:
    """Markup of a block text: paragraphs and lists."""
    lines: list[str] = []
    for tag, blocks in groupby(text.blocks, key=lambda block: _LIST_TAGS.get(block.kind)):
        item = "li" if tag else "p"
        found = [f"<{item}>{_inline(block.pieces, cite, language)}</{item}>" for block in blocks]
        lines += [f"<{tag}>", *found, f"</{tag}>"] if tag else found
    return Html("\n".join(lines))


def render_inline(
    text: AuthoredMarkup, cite: Callable[[Citation], CitationMarkup], language: str
) -> Html:
    """Markup of a one-paragraph text, without the paragraph."""
    return Html(" ".join(_inline(block.pieces, cite, language) for block in text.blocks))


def _inline(
    pieces: tuple[InlinePiece, ...], cite: Callable[[Citation], CitationMarkup], language: str
) -> str:
    written: list[str] = []
    run: list[CitationMarkup] = []
    remaining = _without_blanks(_curled(pieces))
    for index, piece in enumerate(remaining):
        if piece.kind == "text":
            written.append(escape(piece.text, quote=False))
        elif piece.kind == "link":
            written.append(f'<a href="{escape(piece.text)}">')
        elif piece.kind == "/link":
            written.append("</a>")
        elif piece.kind == "citation":
            run.append(cite(piece.citation))
            if index + 1 < len(remaining) and remaining[index + 1].kind == "citation":
                continue  # brackets in a row stand at one place
            events, note = ("".join(parts) for parts in zip(*run, strict=True))
            before = index - len(run)
            run = []
            if written:
                written[-1] = written[-1].rstrip()
            if events:
                sign = _trailing_punctuation(remaining[before]) if before >= 0 else ""
                if sign:
                    written[-1] = written[-1].removesuffix(sign)
                written.append(f"{events}{sign}")
            if note:
                written.append(_leading_punctuation(remaining, index, language))
                written.append(note)
        else:
            written.append(f"<{piece.kind}>")
    return "".join(written)


def _curled(pieces: tuple[InlinePiece, ...]) -> list[InlinePiece]:
    """The pieces with the apostrophes of print; quoted words may go on from piece to piece."""
    letters = iter(curled("".join(piece.text for piece in pieces if piece.kind == "text")))
    return [
        replace(piece, text="".join(islice(letters, len(piece.text))))
        if piece.kind == "text"
        else piece
        for piece in pieces
    ]


def _without_blanks(pieces: list[InlinePiece]) -> list[InlinePiece]:
    """The pieces without the blanks before a citation."""
    kept: list[InlinePiece] = []
    for piece in reversed(pieces):
        if not (_is_blank(piece) and kept and kept[-1].kind == "citation"):
            kept.append(piece)
    return kept[::-1]


def _is_blank(piece: InlinePiece) -> bool:
    return piece.kind == "text" and not piece.text.strip()


def _trailing_punctuation(piece: InlinePiece) -> str:
    """The sign that ends a text and has to follow the numbers in the line.

    The full stop of an abbreviation (U.S.) is a part of its word, and stays.
    """
    word = piece.text.split()[-1] if piece.kind == "text" else ""
    sign = word[-1:]
    return sign if sign in SIGNS and "." not in word[:-1] else ""


def _leading_punctuation(pieces: list[InlinePiece], index: int, language: str) -> str:
    """Take the sign after a citation to stand before its note, as English typesetting has it."""
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if following is None or following.kind != "text" or not language.startswith("en"):
        return ""
    if following.text[:1] not in SIGNS:
        return ""
    pieces[index + 1] = type(following)("text", following.text[1:])
    return following.text[0]


def event_anchor(event_id: str) -> str:
    """The id of an event's row."""
    return f"event-{event_id}"


def source_anchor(entry_id: str) -> str:
    """The id of a source in the list."""
    return f"source-{entry_id}"


def quotation_anchor(event_id: str, number: int) -> str:
    """The id of an event's quotation in the annex; `number` counts from 1."""
    return f"evidence-{event_id}-{number}"


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Writes notes in one language for one chronology: `sources` by id, `numbers` of events.

    `anchors` are those that a link may lead to (None: all).
    """

    sources: Mapping[str, SourceIn]
    labels: Labels
    numbers: Mapping[str, int]
    anchors: Collection[str] | None = None

    def source_date(self, entry_id: str) -> str:
        """A source's date as worded, marked where it does not stand in the source."""
        source = self.sources[entry_id]
        date = word(parse_edtf(source["issued"]), self.labels.language)
        basis = source.get("issued_basis")
        return f"{date} ({self.labels.named(BASES, basis)})" if basis == "external" else date

    def for_event(self, event: EventIn) -> Html:
        """The note of an event's row: its sources with date and place, and what its date rests on.

        Each place leads to the whole words in the annex; those that are translated stand here too.
        """
        places: dict[str, dict[str, str]] = {one["seed"]: {} for one in event["evidence"]}
        numbered = enumerate(event["evidence"], 1)
        for number, quotation in sorted(numbered, key=lambda one: one[1]["paragraph"]):
            locator = escape(unparted(quotation["locator"]), quote=False)
            link = f'<a href="#{quotation_anchor(event["id"], number)}">{locator}</a>'
            here = places[quotation["seed"]]
            here[locator] = here.get(locator, link) + self._translated(quotation)
        parts = [
            f"{self._dated(seed)}, {', '.join(locators.values())}"
            for seed, locators in places.items()
        ]
        if event["date"]["basis"] == "external":
            links = [self._source_link(source) for source in event["date"]["sources"]]
            rests = self.labels.gettext("date from another source: %(sources)s")
            parts.append(rests % {"sources": self.labels.listing(links)})
        return _span(self.labels.apart(parts) + ".")

    def _translated(self, quotation: QuotationIn) -> str:
        """The beginning of a quotation and of its translation; empty where it has none."""
        translation = quotation.get("translation")
        if not translation:
            return ""
        language = self.language_of(quotation["seed"])
        said = self.quoted(first_words(quotation["quote"], NOTE_WORDS), language)
        into = self.quoted(
            first_words(translation["text"], NOTE_WORDS), self.language_of(translation.get("seed"))
        )
        colon = self.labels.gettext(":")
        return f"{colon} {said} ({into}, {self.translation_mark(translation)})"

    def quoted(self, words: str, language: str) -> str:
        """Words in quotation marks, tagged with their language."""
        marked = escape(self.labels.quote(words), quote=False)
        return f'<span lang="{escape(language)}">{marked}</span>'

    def language_of(self, seed: str | None) -> str:
        """The language of a document; the brief's where there is no document or it names none."""
        language = self.sources[seed]["csl"].get("language") if seed else None
        return language or self.labels.language

    def translation_mark(self, translation: TranslationIn) -> Html:
        """Whose a translation is; the place of an official one leads to its source."""
        seed = translation.get("seed")
        place = escape(official_source(translation, self.sources), quote=False)
        link = self._link(source_anchor(seed), place) if seed else ""
        return Html(translation_mark(translation, self.labels, link))

    def for_citation(self, citation: Citation) -> CitationMarkup:
        """What a bracket prints: the numbers of events in the line, a note for the sources."""
        events = sorted(
            {item.id for item in citation if item.id in self.numbers}, key=self.numbers.__getitem__
        )
        places: dict[str, list[str]] = {}
        for item in citation:
            if item.id not in self.numbers:
                places.setdefault(item.id, []).append(item.locator or "")
        sources = [self._source(*source) for source in places.items()]
        links = [self._link(event_anchor(id_), str(self.numbers[id_])) for id_ in events]
        # A line ends between two numbers only where there are two or more on either side of it.
        joined = "".join(
            f"{link},{' ' if 1 < place < len(links) - 1 else NO_BREAK}"
            for place, link in enumerate(links[:-1], 1)
        )
        # The space is within the span: WeasyPrint breaks a line too early before one between.
        shown = f'<span class="events">{NO_BREAK}[{joined}{links[-1]}]</span>' if links else ""
        return CitationMarkup(
            Html(shown),
            _span(self.labels.apart(sources) + ".") if sources else Html(""),
        )

    def for_source(self, entry_id: str) -> Html:
        """The note of one source."""
        return _span(self._source(entry_id) + ".")

    def _source(self, entry_id: str, places: Iterable[str] = ()) -> str:
        said = (escape(unparted(place), quote=False) for place in dict.fromkeys(places) if place)
        return ", ".join([self._dated(entry_id), *said])

    def _dated(self, entry_id: str) -> str:
        return f"{self._source_link(entry_id)}, {escape(self.source_date(entry_id), quote=False)}"

    def _source_link(self, entry_id: str) -> str:
        source = self.sources[entry_id]
        link = self._link(source_anchor(entry_id), escape(source["short"], quote=False))
        return link if source.get("file") else link + OTHER_SOURCE

    def _link(self, anchor: str, markup: str) -> str:
        known = self.anchors is None or anchor in self.anchors
        return f'<a href="#{anchor}">{markup}</a>' if known else markup


def _span(markup: str) -> Html:
    return Html(f'<span class="note">{markup}</span>')

"""The texts that an author writes: their names, their places, what they cite.

Checks, manifest, change lists, exports and the glyph check all take the texts of an event from
`EVENT_TEXTS`, so a new text key is added in one place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.errors import Place
from sourcebrief.workspace.markup import AuthoredMarkup, CitedItem, parse_markup
from sourcebrief.workspace.model import BriefFile, Event
from sourcebrief.workspace.validation import Positioned


@dataclass(frozen=True, slots=True)
class EventText:
    """A text key of an event.

    `markdown` allows inline Markdown with citations; `checked` has its numbers, dates and quoted
    words compared with the evidence.
    """

    key: str
    markdown: bool = False
    checked: bool = True


EVENT_TEXTS: Final = (
    EventText("title"),
    EventText("place", checked=False),
    EventText("summary", markdown=True),
    EventText("caveat", markdown=True),
)


@dataclass(frozen=True, slots=True)
class AuthoredText:
    """A text of the author's and where it stands.

    `name` is what a report calls it ("judgement 2", "caveat of cyber-talks"); `path` leads to it in
    its record. `own` is the event that it belongs to, whose evidence supports it; a brief's own
    text has none, and each paragraph of it needs a citation.
    """

    name: str
    text: str
    record: Positioned[Any]
    path: tuple[str | int, ...]
    own: str | None = None
    markdown: bool = True

    @property
    def place(self) -> Place:
        """Where it begins; found when asked, since most texts have no fault to be shown."""
        return self.record.place(*self.path)

    @property
    def parsed(self) -> AuthoredMarkup:
        """The text as Markdown; inline where it belongs to an event."""
        return parse_markup(self.text, inline=self.own is not None)

    @property
    def blocks(self) -> tuple[tuple[str, tuple[CitedItem, ...]], ...]:
        """The words of each paragraph without markup, and what it cites."""
        if not self.markdown:
            return ((self.text, ()),)
        return tuple((block.plain, block.citations) for block in self.parsed.blocks)

    @property
    def citations(self) -> tuple[CitedItem, ...]:
        """All that it cites, in order."""
        return self.parsed.citations if self.markdown else ()


def brief_texts(located: Positioned[BriefFile]) -> Iterator[AuthoredText]:
    """Every text of a `brief.yaml`, in the order of the file."""
    brief = located.value
    yield AuthoredText("bottom line", brief.bottom_line, located, ("bottom_line",))
    for index, judgement in enumerate(brief.judgements):
        path: tuple[str | int, ...] = ("judgements", index, "text")
        yield AuthoredText(f"judgement {index + 1}", judgement.text, located, path)
    for index, actor in enumerate(brief.actors):
        if actor.summary:
            path = ("actors", index, "summary")
            yield AuthoredText(f"summary of {actor.id}", actor.summary, located, path)
    for index, gap in enumerate(brief.gaps):
        yield AuthoredText(f"gap {index + 1}", gap, located, ("gaps", index))
    for index, section in enumerate(brief.sections):
        path = ("sections", index, "text")
        yield AuthoredText(f"section “{section.heading}”", section.text, located, path)


def event_texts(event: Positioned[Event]) -> Iterator[AuthoredText]:
    """The texts of an event, which its own evidence supports."""
    key = event.value.id
    for kind in EVENT_TEXTS:
        text = getattr(event.value, kind.key)
        if text and kind.checked:
            name = f"{kind.key} of {key}"
            yield AuthoredText(name, text, event, (kind.key,), key, kind.markdown)
    for index, outcome in enumerate(event.value.outcomes):
        name, path = f"outcome {index + 1} of {key}", ("outcomes", index, "text")
        yield AuthoredText(name, outcome.text, event, path, key, markdown=False)

"""Addresses: how a text of the YAML is named in a document, and where it stands in both.

An address is made of keys and ids, such as `judgements/2` or `events/the-pact/summary`. Numbers
count from 1, as readers do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sourcebrief.brief.manifest import Manifest
from sourcebrief.review.compare_paragraphs import ALIKE, likeness
from sourcebrief.workspace.authored_texts import EVENT_TEXTS
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.yaml_edits import value_at
from sourcebrief.workspace.yaml_places import Path, Value, YamlFile


@dataclass(frozen=True, slots=True)
class AuthoredPlace:
    """A text that an author wrote, as an edition has it; `markdown` allows citations in it.

    `block` says that it may have several paragraphs, `listed` that it is an item of a list and
    nothing more, `event` whose evidence supports it.
    """

    text: str
    markdown: bool = True
    block: bool = True
    listed: bool = False
    event: str = ""


def text_of(manifest: Manifest, address: str) -> AuthoredPlace | None:
    """Return the text at an address of an edition; None where it is not an author's."""
    brief: Any = manifest["brief"]
    match address.split("/"):
        case ["title" | "subtitle" as key]:
            return _plain(brief.get(key))
        case ["bottom-line"]:
            return AuthoredPlace(brief["bottom_line"]["text"])
        case ["judgements" | "gaps" | "sections" as key, number] if number.isdecimal():
            place = _markdown(_item(brief[key], number), "text")
            return replace(place, listed=key == "gaps") if place else None
        case ["sections", number, "heading"] if number.isdecimal():
            return _plain((_item(brief["sections"], number) or {}).get("heading"))
        case ["actors", key]:
            actor = next((one for one in brief["actors"] if one["id"] == key), None)
            return _markdown(actor, "text")
        case ["events", key, *rest]:
            event = next((one for one in manifest["events"] if one["id"] == key), None)
            return None if event is None else _of_event(event, rest)
    return None


def _item(items: Sequence[Any], number: str) -> Any:
    return items[int(number) - 1] if 0 < int(number[:9]) <= len(items) else None


def _plain(text: str | None, event: str = "") -> AuthoredPlace | None:
    return AuthoredPlace(text, markdown=False, block=False, event=event) if text else None


def _markdown(item: Mapping[str, Any] | None, key: str) -> AuthoredPlace | None:
    return AuthoredPlace(item[key]) if item and item.get(key) else None


def _of_event(event: Mapping[str, Any], rest: list[str]) -> AuthoredPlace | None:
    key = event["id"]
    match rest:
        case ["date", "note"]:
            return _plain(event["date"].get("note"), key)
        case ["evidence", number, "note" | "translation" as told] if number.isdecimal():
            return _beside_quotation(_item(event["evidence"], number), told, key)
        case ["outcomes", number] if number.isdecimal():
            return _plain((_item(event["outcomes"], number) or {}).get("text"), key)
    for text in EVENT_TEXTS:
        said = event.get(text.key)
        if rest == [text.key] and said:
            if not text.markdown:
                return _plain(said, key)
            return AuthoredPlace(said["text"], block=False, event=key)
    return None


def _beside_quotation(item: Any, told: str, event: str) -> AuthoredPlace | None:
    """Return an editor's note on a quotation, or its translation where no seed gives it."""
    said = (item or {}).get(told)
    if isinstance(said, dict):
        said = None if said.get("seed") else said["text"]
    return _plain(said, event)


_FACTS: Final = {
    "names": "the name of an actor",
    "people": "a person and the role, as `people` has them",
    "date": "the date of an event",
    "confidence": "the confidence of a judgement",
    "status": "the status",
    "kind": "the kind of an outcome",
}


def record_of(address: str) -> str:
    """Return the address of what has a text, such as an event: that of the whole text's first."""
    return "/".join(address.split("/")[:2])


def named(manifest: Manifest, address: str) -> str:
    """Say what the owner of a text is, as a message names it."""
    match address.split("/"):
        case ["judgements" | "gaps" | "sections" as key, number, *_]:
            return f"{key.removesuffix('s')} {number}"
        case ["events", key, *rest]:
            event = next(e for e in manifest["events"] if e["id"] == key)
            return f"{'an outcome of ' if 'outcomes' in rest else ''}event {event['number']}"
        case ["actors", key]:
            return (
                f"what is said of {next(a['short'] for a in manifest['actors'] if a['id'] == key)}"
            )
        case [key] if key:
            return f"the {key.replace('-', ' ')}"
    return "a table"


def as_item(address: str) -> str:
    """Return the address of what goes or comes whole with the text at an address; empty if none."""
    match address.split("/"):
        case ["events", key, "title"]:
            return f"events/{key}"
        case ["judgements" | "gaps" | "sections" | "actors" as key, name, *_]:
            return f"{key}/{name}"
        case ["events", _, "outcomes", _]:
            return address
    return ""


def fact_at(address: str) -> str | None:
    """Say which fact an address names that a reviewer cannot change in Word; None if it is none."""
    first, last = address.split("/")[0], address.split("/")[-1]
    if address in ("as_of", "prepared_by", "prepared_for", "reviewed_by", "version", "marking"):
        return f"`{address}`"
    return _FACTS.get("names" if first == "names" else last)


def quotation_of(manifest: Manifest, address: str) -> str | None:
    """Return the quotation at an address, with its source; None where there is none."""
    match address.split("/"):
        case ["events", key, "evidence", number] if number.isdecimal():
            event = next((one for one in manifest["events"] if one["id"] == key), None)
            item = _item(event["evidence"], number) if event else None
            if item:
                short = next(s["short"] for s in manifest["sources"] if s["id"] == item["seed"])
                return f"“{item['quote']}” ({short}, {item['locator']})"
    return None


@dataclass(frozen=True, slots=True)
class YamlPlace:
    """A value of a file of the workspace."""

    file: YamlFile
    path: Path

    @property
    def value(self) -> Value:
        """The value; None where the path leads nowhere."""
        try:
            return value_at(self.file.value, self.path)  # type: ignore[no-any-return]
        except (LookupError, TypeError):
            return None


class Addresses:
    """Where the addresses of an edition lead in the workspace as it is."""

    def __init__(self, brief: YamlFile, record: Record, library: Library) -> None:
        self.brief = brief
        self.record = record
        self.library = library

    def place(self, address: str, reviewed: str = "") -> YamlPlace:
        """Find a place; where there is none any more, that of what it belonged to.

        `reviewed` are the words that the edition has there, for a confidence those of its
        judgement: judgements and gaps have no names but their words.
        """
        match address.split("/"):
            case [key] if self.brief.get(key) is not None:
                return YamlPlace(self.brief, (key,))
            case ["bottom-line"]:
                return YamlPlace(self.brief, ("bottom_line",))
            case ["judgements" | "gaps" | "sections", number, *rest] if number.isdecimal():
                return self._listed(address, int(number) - 1, rest, reviewed)
            case ["events", key, "outcomes", number] if key in self.record.events:
                return self._listed(address, int(number) - 1, [], reviewed)
            case ["actors", key]:
                items = self._items(address)[1]
                ids = [each.get("id") if isinstance(each, dict) else each for each in items]
                if key in ids:
                    return YamlPlace(self.brief, ("actors", ids.index(key), "summary"))
            case ["events", key, *rest] if key in self.record.events:
                event = self.record.events[key]
                found = YamlPlace(event.document, (*event.path, *_event_path(rest)))
                if isinstance(found.value, dict) and rest[-1:] == ["translation"]:
                    return YamlPlace(event.document, (*found.path, "text"))
                return found
            case ["names", key] if key in self.record.actors:
                named = self.record.actors[key]
                return YamlPlace(named.document, named.path)
            case ["sources", key] if key in self.library.entries:
                entry = self.library.entries[key]
                return YamlPlace(entry.document, entry.path)
        return YamlPlace(self.brief, ())

    def texts(self, address: str, inner: tuple[str, ...] = ("text",)) -> list[str]:
        """Return what each item says of the list into which an address leads."""
        return [_text(item, inner) for item in self._items(address)[1]]

    def _items(self, address: str) -> tuple[YamlPlace, list[Any]]:
        key, name, *rest = address.split("/")
        listed = YamlPlace(self.brief, (key,))
        if rest[:1] == ["outcomes"]:
            event = self.record.events[name]
            listed = YamlPlace(event.document, (*event.path, "outcomes"))
        return listed, listed.value if isinstance(listed.value, list) else []

    def _listed(self, address: str, index: int, rest: list[str], reviewed: str) -> YamlPlace:
        listed, items = self._items(address)
        inner = tuple(rest) or ("text",)
        texts = [_text(item, ("text",) if rest == ["confidence"] else inner) for item in items]
        likenesses = [likeness(reviewed, text) for text in texts]
        best = max(likenesses, default=0.0)
        if best >= ALIKE and likenesses[index : index + 1] != [1.0]:
            index = likenesses.index(best)
        elif index >= len(texts):
            return listed
        inner = inner if isinstance(items[index], dict) else ()
        return YamlPlace(listed.file, (*listed.path, index, *inner))


def _event_path(rest: Iterable[str]) -> Path:
    steps = [int(step) - 1 if step.isdecimal() else step for step in rest]
    match steps:
        case ["evidence", number]:
            return ("evidence", number, "quote")
        case ["evidence", int(number), told]:
            return ("evidence", number, told)
    return tuple(steps)


def _text(item: Any, inner: Sequence[str]) -> str:
    for key in inner if isinstance(item, dict) else ():
        item = item.get(key)
    return item if isinstance(item, str) else ""

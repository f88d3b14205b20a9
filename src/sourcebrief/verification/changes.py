"""What changed between two editions, by their manifests alone.

Only what the brief says counts. An event that has another number because one was added before it
has not changed, and neither has a text with other quotation marks. Two manifests that say the same
have no changes, whatever their templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, Literal

from sourcebrief.evidence.folding import fold_text
from sourcebrief.workspace.authored_texts import EVENT_TEXTS

if TYPE_CHECKING:
    from sourcebrief.brief.manifest import Statements

ChangeKind = Literal["added", "removed", "altered"]
Subject = Literal["brief", "judgement", "event", "actor", "gap", "section", "source"]

_BRIEF_KEYS: Final = (
    *("title", "subtitle", "as_of", "status", "version"),
    *("prepared_by", "prepared_for", "marking", "language"),
)
_OTHER_STATEMENT: Final = 0.5
"""From 0 to 1: how unlike two statements without an identifier may be, and one was reworded."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field and its words before and after; None where it had, or has, none."""

    name: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, removed or altered; `name` is how a reader knows it."""

    subject: Subject
    kind: ChangeKind
    id: str
    name: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """An edition as a heading names it; `as_of` is EDTF."""

    edition: str
    title: str
    version: str
    as_of: str


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What changed from one edition to another."""

    briefing: str
    before: Side
    after: Side
    changes: tuple[Change, ...]

    def of(self, subject: Subject, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one subject and kind, in the order of the brief."""
        return tuple(c for c in self.changes if (c.subject, c.kind) == (subject, kind))


def compare(
    before: Statements, after: Statements, *, before_edition: str, after_edition: str
) -> EditionChanges:
    """Compare two manifests of one briefing."""
    return EditionChanges(
        after["briefing"],
        _side(before, before_edition),
        _side(after, after_edition),
        tuple(_changes(before, after)),
    )


def _side(manifest: Statements, edition: str) -> Side:
    brief = manifest["brief"]
    return Side(edition, brief["title"], brief["version"], brief["as_of"])


def _changes(before: Statements, after: Statements) -> Iterator[Change]:
    was, now = before["brief"], after["brief"]
    if fields := _altered(_brief_fields(was), _brief_fields(now)):
        yield Change("brief", "altered", after["briefing"], now["title"], fields)
    yield from _statements("judgement", was["judgements"], now["judgements"])
    yield from _keyed("event", before["events"], after["events"])
    yield from _keyed("actor", was["actors"], now["actors"])
    yield from _statements("gap", was["gaps"], now["gaps"])
    yield from _keyed("section", was["sections"], now["sections"])
    yield from _keyed("source", before["sources"], after["sources"])


# ------------------------------------------------------------------- things with an identifier


def _keyed(
    subject: Subject, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    key = "heading" if subject == "section" else "id"
    name, fields = _NAMES[subject], _FIELDS[subject]
    was = {item[key]: item for item in before}
    now = {item[key]: item for item in after}
    for identifier, item in now.items():
        if identifier not in was:
            yield Change(subject, "added", identifier, name(item))
        elif altered := _altered(fields(was[identifier]), fields(item)):
            yield Change(subject, "altered", identifier, name(item), altered)
    for identifier, item in was.items():
        if identifier not in now:
            yield Change(subject, "removed", identifier, name(item))


def _altered(was: Mapping[str, str | None], now: Mapping[str, str | None]) -> tuple[Field, ...]:
    names = dict.fromkeys([*was, *now])
    return tuple(
        Field(name, was.get(name), now.get(name))
        for name in names
        if not _same(was.get(name), now.get(name))
    )


def _same(was: str | None, now: str | None) -> bool:
    """Whether two texts have the same words; typography is no change."""
    if was is None or now is None:
        return was is now
    return was == now or fold_text(was) == fold_text(now)


def _brief_fields(brief: Mapping[str, Any]) -> dict[str, str | None]:
    fields = {key.replace("_", " "): brief.get(key) for key in _BRIEF_KEYS}
    return fields | _statement("bottom line", brief["bottom_line"])


def _statement(name: str, statement: Mapping[str, Any] | None) -> dict[str, str | None]:
    """A statement's words, and what it cites, each a field."""
    if statement is None:
        return {name: None}
    return {name: _words(statement), f"citations of the {name}": _cites(statement)}


def _words(statement: Mapping[str, Any]) -> str:
    return "\n".join(paragraph["words"] for paragraph in statement["paragraphs"])


def _cites(statement: Mapping[str, Any]) -> str | None:
    cites = [
        f"{cite['id']}, {cite['locator']}" if "locator" in cite else str(cite["id"])
        for paragraph in statement["paragraphs"]
        for cite in paragraph["cites"]
    ]
    return "; ".join(cites) or None


def _event_fields(event: Mapping[str, Any]) -> dict[str, str | None]:
    date = event["date"]
    credibility = event.get("credibility")
    texts: dict[str, str | None] = {}
    for text in EVENT_TEXTS:
        said = event.get(text.key)
        texts |= _statement(text.key, said) if text.markdown else {text.key: said}
    return {
        "date": date["worded"],
        "what the date rests on": "; ".join([date["basis"], *date["sources"]]),
        "note on the date": date.get("note"),
        "title": texts.pop("title"),
        "actors": _listed(actor["name"] for actor in event["actors"]),
        "people": _listed(f"{one['name']}, {one['role']}" for one in event["people"]),
        "place": texts.pop("place"),
        "themes": _listed(event["themes"]),
        **texts,
        "outcomes": _listed(map(_outcome, event["outcomes"])),
        "credibility": None if credibility is None else str(credibility),
        "part of": event.get("part_of"),
        "marking": event.get("marking"),
        "evidence": _listed(map(_quotation, event["evidence"])),
    }


def _outcome(outcome: Mapping[str, Any]) -> str:
    by = f"{outcome['by']}, " if outcome.get("by") else ""
    expected = f", expected {outcome['expected']}" if outcome.get("expected") else ""
    later = outcome.get("later")
    now = f" (later {later['status']}, {later['date']}, {later['source']})" if later else ""
    return f"{by}{outcome['kind']}, {outcome['status']}{expected}: {outcome['text']}{now}"


def _quotation(item: Mapping[str, Any]) -> str:
    added = [item.get("note"), (item.get("translation") or {}).get("text")]
    more = "".join(f"; {text}" for text in added if text)
    return f"“{item['quote']}” ({item['seed']}, {item['locator']}{more})"


def _listed(items: Iterable[str]) -> str | None:
    return "; ".join(items) or None


def _source_fields(source: Mapping[str, Any]) -> dict[str, str | None]:
    reliability = source.get("reliability") or {}
    original = source.get("original") or {}
    own: dict[str, str | None] = {
        "title": source["csl"]["title"],
        "date": source["issued"],
        "what the date rests on": source.get("issued_basis"),
        "note on the date": source.get("issued_note"),
        "text (SHA-256)": source.get("sha256"),
        "original (SHA-256)": original.get("sha256"),
        "reliability": reliability.get("grade"),
        "reason for the reliability": reliability.get("why"),
        "origin": source.get("origin"),
        "derived from": source.get("derived_from"),
        "marking": source.get("marking"),
    }
    other = {
        name: value if isinstance(value, str) else repr(value)
        for name, value in source["csl"].items()
        if name not in ("id", "title", "issued")
    }
    return own | other


def _actor_fields(actor: Mapping[str, Any]) -> dict[str, str | None]:
    summary = actor if "paragraphs" in actor else None
    return {"name": actor["name"], **_statement("summary", summary)}


def _section_fields(section: Mapping[str, Any]) -> dict[str, str | None]:
    return {**_statement("text", section), "place": f"after {section['after']}"}


_NAMES: Final[Mapping[Subject, Callable[[Mapping[str, Any]], str]]] = {
    "event": lambda event: f"{event['date']['worded']}: {event['title']}",
    "actor": lambda actor: str(actor["name"]),
    "section": lambda section: str(section["heading"]),
    "source": lambda source: str(source["csl"]["title"]),
}
_FIELDS: Final[Mapping[Subject, Callable[[Mapping[str, Any]], dict[str, str | None]]]] = {
    "event": _event_fields,
    "actor": _actor_fields,
    "section": _section_fields,
    "source": _source_fields,
}


# --------------------------------------------------------------- statements without identifier


def _statements(
    subject: Subject, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    """Pair statements: those that say the same, then the most alike; the others came or went."""
    pairs = _paired([_words(item) for item in before], [_words(item) for item in after])
    old = {there: here for here, there in pairs}
    for number, item in enumerate(after):
        if number not in old:
            yield Change(subject, "added", "", _words(item), _confidence_of(item))
            continue
        was = before[old[number]]
        fields = _altered(_statement_fields(was), _statement_fields(item))
        if fields:
            yield Change(subject, "altered", "", _words(item), fields)
    kept = {here for here, _ in pairs}
    for number, item in enumerate(before):
        if number not in kept:
            yield Change(subject, "removed", "", _words(item))


def _statement_fields(item: Mapping[str, Any]) -> dict[str, str | None]:
    return {"text": _words(item), "citations": _cites(item), "confidence": item.get("confidence")}


def _confidence_of(item: Mapping[str, Any]) -> tuple[Field, ...]:
    confidence = item.get("confidence")
    return (Field("confidence", None, confidence),) if confidence else ()


def _paired(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    pairs = []
    left, right = list(range(len(before))), list(range(len(after)))
    for here in tuple(left):
        there = next((number for number in right if _same(after[number], before[here])), None)
        if there is not None:
            pairs.append((here, there))
            left.remove(here)
            right.remove(there)
    unlike = sorted(
        (_unlikeness(before[here], after[there]), here, there) for here in left for there in right
    )
    for how_unlike, here, there in unlike:
        if how_unlike <= _OTHER_STATEMENT and here in left and there in right:
            pairs.append((here, there))
            left.remove(here)
            right.remove(there)
    return pairs


def _unlikeness(was: str, now: str) -> float:
    return 1 - SequenceMatcher(None, was.split(), now.split(), autojunk=False).ratio()

"""What changed between two editions, by their manifests alone.

Only what the brief says counts. An event that has another number because one was added before it
has not changed, and neither has a text with other quotation marks. Two manifests that say the same
have no changes, whatever their templates.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal, TypeAlias, get_args

from sourcebrief.brief.labels import BASES, STATUSES
from sourcebrief.brief.manifest import Manifest
from sourcebrief.evidence.folding import fold_text
from sourcebrief.workspace.authored_texts import EVENT_TEXTS

ChangeKind = Literal["added", "altered", "removed"]
Subject = Literal["brief", "judgement", "event", "actor", "gap", "section", "source"]
_Item: TypeAlias = Mapping[str, Any]
_Names: TypeAlias = Mapping[str, str]
"""What readers know sources, events and actors by, for each id."""

BRIEF_KEYS: Final = (
    *("title", "subtitle", "as_of", "status", "version"),
    *("prepared_by", "prepared_for", "marking", "language", "drafted_with"),
)
"""The keys of `brief.yaml` that are compared, apart from its texts."""
STALE_TRANSLATION: Final = "stale translation"
"""The name of a field that holds the words of a quotation before and after, translated once."""
_OTHER_STATEMENT: Final = 0.5
"""From 0 to 1: how unlike two statements without an identifier may be, and one was reworded."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field and its words before and after; None where it had, or has, none.

    Of a list, such as the evidence, only what came, went or changed is among them.
    """

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
    before: Manifest, after: Manifest, *, before_edition: str, after_edition: str
) -> EditionChanges:
    """Compare two manifests of one briefing."""
    # Manifests of the first edition name the other actors with their events alone.
    first_edition = not all("actors" in side for side in (before, after))
    lists: list[_Item] = [
        {
            **side["brief"],
            **side,
            "briefs": [{**side["brief"], "id": after["briefing"]}],
            "actors": _actors(side, followed_alone=first_edition),
        }
        for side in (before, after)
    ]
    names = {**_names(before), **_names(after)}
    changes = (
        change
        for subject in get_args(Subject)
        for change in _changes(subject, lists[0][f"{subject}s"], lists[1][f"{subject}s"], names)
    )
    was, now = (
        Side(edition, side["brief"]["title"], side["brief"]["version"], side["brief"]["as_of"])
        for side, edition in ((before, before_edition), (after, after_edition))
    )
    return EditionChanges(after["briefing"], was, now, tuple(changes))


def _names(side: Manifest) -> _Names:
    return {
        **{source["id"]: source["short"] for source in side["sources"]},
        **{event["id"]: event["title"] for event in side["events"]},
        **{actor["id"]: actor["name"] for actor in side.get("actors", ())},
    }


def _actors(side: Manifest, *, followed_alone: bool) -> list[_Item]:
    """Every actor of an edition; those that the brief follows have what it says of them."""
    followed = {actor["id"]: actor for actor in side["brief"]["actors"]}
    every = {} if followed_alone else {actor["id"]: actor for actor in side["actors"]}
    return [{**every.get(key, {}), **followed.get(key, {})} for key in {**followed, **every}]


def _changes(
    subject: Subject, before: Sequence[_Item], after: Sequence[_Item], names: _Names
) -> Iterator[Change]:
    if subject in ("judgement", "gap"):
        was, now = _by_likeness(before, after)
    else:
        was, now = _by_identifier(before, after, lambda item: _known_as(subject, item, names))
    for key, item in now.items():
        name, fields = _told(subject, item, names)
        if key not in was:
            confidence = _altered({}, {"confidence": item.get("confidence")})
            yield Change(subject, "added", _identifier(item), name, confidence)
        elif altered := _altered(_told(subject, was[key], names)[1], fields):
            if subject == "event":
                altered = (*altered, *_stale_translations(was[key], item))
            yield Change(subject, "altered", _identifier(item), name, altered)
    for key, item in was.items():
        if key not in now:
            yield Change(subject, "removed", _identifier(item), _told(subject, item, names)[0])


def _identifier(item: _Item) -> str:
    return str(item.get("id", item.get("heading", "")))


_Keyed: TypeAlias = tuple[dict[str | int, _Item], dict[str | int, _Item]]


def _by_identifier(
    before: Sequence[_Item], after: Sequence[_Item], name_of: Callable[[_Item], str]
) -> _Keyed:
    """Pair what has one id; then, where an id was renamed, what a reader knows by one name."""
    was: dict[str | int, _Item] = {_identifier(item): item for item in before}
    kept = {_identifier(item) for item in after}
    renamed = {name_of(item): key for key, item in was.items() if key not in kept}
    keys = (
        key if key in was else renamed.pop(name_of(item), key)
        for key, item in ((_identifier(item), item) for item in after)
    )
    return was, dict(zip(keys, after, strict=True))


def _by_likeness(before: Sequence[_Item], after: Sequence[_Item]) -> _Keyed:
    """Pair statements: those that say the same, then the most alike; the others came or went."""
    unlike = sorted(
        (_unlikeness(_words(was), _words(now)), old, new)
        for old, was in enumerate(before)
        for new, now in enumerate(after)
    )
    pairs: dict[int, int] = {}
    for how_unlike, old, new in unlike:
        if how_unlike <= _OTHER_STATEMENT and new not in pairs and old not in pairs.values():
            pairs[new] = old
    return dict(enumerate(before)), {pairs.get(at, -1 - at): now for at, now in enumerate(after)}


def _known_as(subject: Subject, item: _Item, names: _Names) -> str:
    """What is one thing to a reader, whatever its id; two documents may have one title."""
    name = _told(subject, item, names)[0]
    if subject != "source":
        return name
    return f"{name} {item.get('sha256') or item['csl'].get('URL', '')}"


def _unlikeness(was: str, now: str) -> float:
    if _same(was, now):
        return 0
    return 1 - SequenceMatcher(None, was.split(), now.split(), autojunk=False).ratio()


def _altered(was: _Item, now: _Item) -> tuple[Field, ...]:
    fields = (
        Field(name, *map(_text, _apart(was.get(name), now.get(name))))
        for name in dict.fromkeys([*was, *now])
    )
    return tuple(field for field in fields if not _same(field.was, field.now))


def _apart(was: Any, now: Any) -> tuple[Any, Any]:
    """Two values, without what is in both lists; lists of another order stay whole."""
    if not (isinstance(was, list) and isinstance(now, list)):
        return was, now
    before, after = ({fold_text(one) for one in each} for each in (was, now))
    if before == after:
        return was, now
    return (
        [one for one in was if fold_text(one) not in after],
        [one for one in now if fold_text(one) not in before],
    )


def _same(was: str | None, now: str | None) -> bool:
    """Whether two texts have the same words; typography is no change."""
    if was is None or now is None:
        return was is now
    return was == now or fold_text(was) == fold_text(now)


def _text(value: Any) -> str | None:
    """A value of a field as a reader sees it; a list is parted by semicolons."""
    if isinstance(value, list):
        return "; ".join(value) or None
    return None if value is None else str(value)


def _told(subject: Subject, item: _Item, names: _Names) -> tuple[str, dict[str, Any]]:
    """What a reader knows a thing by, and its fields that are compared, by name."""
    match subject:
        case "brief":
            fields = {key.replace("_", " "): item.get(key) for key in BRIEF_KEYS}
            return item["title"], fields | _statement("bottom line", item["bottom_line"], names)
        case "judgement" | "gap":
            words, confidence = _words(item), item.get("confidence")
            return words, {
                "text": words,
                "citations": _cites(item, names),
                "confidence": confidence,
            }
        case "event":
            return f"{item['date']['worded']}: {item['title']}", _event_fields(item, names)
        case "actor":
            summary = item if "paragraphs" in item else None
            return item["name"], {"name": item["name"], **_statement("summary", summary, names)}
        case "section":
            fields = {**_statement("text", item, names), "place": f"after {item['after']}"}
            return item["heading"], fields
        case "source":
            return item["csl"]["title"], _source_fields(item, names)


def _statement(name: str, statement: _Item | None, names: _Names) -> dict[str, Any]:
    """A statement's words, and what it cites, each a field."""
    if statement is None:
        return {}
    return {name: _words(statement), f"citations of the {name}": _cites(statement, names)}


def _words(statement: _Item) -> str:
    return "\n".join(paragraph["words"] for paragraph in statement["paragraphs"])


def _cites(statement: _Item, names: _Names) -> list[str]:
    return [
        ", ".join(filter(None, (names.get(cite["id"], cite["id"]), cite.get("locator"))))
        for paragraph in statement["paragraphs"]
        for cite in paragraph["cites"]
    ]


def _event_fields(event: _Item, names: _Names) -> dict[str, Any]:
    date, whole = event["date"], event.get("part_of")
    fields = {
        "date": date["worded"],
        "what the date rests on": [
            BASES[date["basis"]],
            *(names.get(source, source) for source in date["sources"]),
        ],
        "note on the date": date.get("note"),
        "title": None,
        "actors": [actor["name"] for actor in event["actors"]],
        "people": [f"{one['name']}, {one['role']}" for one in event["people"]],
        "place": None,
        "themes": event["themes"],
    }
    for text in EVENT_TEXTS:
        said = event.get(text.key)
        fields |= _statement(text.key, said, names) if text.markdown else {text.key: said}
    return fields | {
        "outcomes": [_outcome(outcome, names) for outcome in event["outcomes"]],
        "credibility": event.get("credibility"),
        "part of": names.get(whole, whole) if whole else None,
        "marking": event.get("marking"),
        "evidence": [_quotation(item, names) for item in event["evidence"]],
    }


def _stale_translations(was: _Item, now: _Item) -> Iterator[Field]:
    """Yield the translations that are as they were, though the words that they translate changed.

    Each field has the words that were translated, and those that stand now.
    """
    before = {
        (item["seed"], fold_text(item["translation"]["text"])): item["quote"]
        for item in was["evidence"]
        if item.get("translation")
    }
    for item in now["evidence"]:
        text = (item.get("translation") or {}).get("text")
        quote = before.get((item["seed"], fold_text(text))) if text else None
        if quote is not None and not _same(quote, item["quote"]):
            yield Field(STALE_TRANSLATION, quote, item["quote"])


def _outcome(outcome: _Item, names: _Names) -> str:
    by, later = outcome.get("by"), outcome.get("later")
    said = [names.get(by, by) if by else "", outcome["kind"], STATUSES[outcome["status"]]]
    said += [f"expected {outcome['expected']}"] if outcome.get("expected") else []
    if later:
        source = names.get(later["source"], later["source"])
        said.append(f"{STATUSES[later['status']]} on {later['date']} according to {source}")
    return f"{', '.join(filter(None, said))}: {outcome['text']}"


def _quotation(item: _Item, names: _Names) -> str:
    translation = item.get("translation") or {}
    # A manifest that does not say who translated has ours.
    seed = translation.get("seed")
    by = names.get(seed, seed) if seed else translation.get("by") or "ours"
    added = [item.get("note"), f"{translation['text']} ({by})" if translation else None]
    source = names.get(item["seed"], item["seed"])
    where = "; ".join([f"{source}, {item['locator']}", *filter(None, added)])
    return f"“{item['quote']}” ({where})"


def _source_fields(source: _Item, names: _Names) -> dict[str, Any]:
    reliability = source.get("reliability") or {}
    csl = {name: value for name, value in source["csl"].items() if name not in ("id", "issued")}
    return {
        "title": csl.pop("title"),
        "date": source["issued"],
        "what the date rests on": source.get("issued_basis"),
        "note on the date": source.get("issued_note"),
        "text (SHA-256)": _shown_hash(source),
        "original (SHA-256)": _shown_hash(source.get("original") or {}),
        "reliability": reliability.get("grade"),
        "reason for the reliability": reliability.get("why"),
        "origin": names.get(source.get("origin", ""), source.get("origin")),
        "derived from": names.get(source.get("derived_from", ""), source.get("derived_from")),
        "marking": source.get("marking"),
        **{name: str(value) for name, value in csl.items()},
    }


def _shown_hash(file: _Item) -> str | None:
    return f"{file['sha256'][:12]}…" if file.get("sha256") else None

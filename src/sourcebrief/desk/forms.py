"""What a browser sends: a selection of a document, and the forms of evidence and events."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from starlette.requests import Request

from sourcebrief.authoring.adding.holdings import unused_id
from sourcebrief.authoring.select_evidence import Proposal, Span, paragraph_at, propose
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.event_date import EventDate
from sourcebrief.dates.in_text import full_dates
from sourcebrief.desk.files import ChangedUnderneath
from sourcebrief.desk.reading import Reading
from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.evidence.passages import SeedText
from sourcebrief.evidence.proof import why_unstated
from sourcebrief.text.names import did_you_mean
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.briefing import Record

_LARGEST: Final = 200_000
_MOST_SPANS: Final = 20


class NotReady(SourcebriefError):  # noqa: N818 - it names what the desk is
    """The documents are still being read, or what is asked for is not there."""


class Unfit(SourcebriefError):  # noqa: N818 - it names what the form is
    """What is wrong with a form, by the names of its fields."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


async def json_of(request: Request) -> Mapping[str, Any]:
    """The JSON object of a request, of a bounded size."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise SourcebriefError("send JSON")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise SourcebriefError("that is too long; quote less")
    try:
        given = json.loads(body)
        json.dumps(given, ensure_ascii=False).encode()  # no half of a surrogate pair
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise SourcebriefError("send a JSON object")
    return given


def text_of(given: Mapping[str, Any], key: str) -> str:
    """The text of a field, without white space around it; empty where it is none."""
    value = given.get(key)
    return value.strip() if isinstance(value, str) else ""


def proposed(given: Mapping[str, Any], reading: Reading) -> Proposal:
    """The proposal of spans that a browser named by paragraph and code points within it.

    `text` names the text that they were selected in, which must be the document's now.
    """
    key, seeds = given.get("seed"), reading.seeds
    if not isinstance(key, str) or key not in seeds:
        raise NotReady("there is no such document now")
    if given.get("text") not in (None, seeds[key].name):
        raise ChangedUnderneath(
            f"{key} has changed since these words were selected; select them again"
        )
    paragraphs = seeds[key].paragraphs
    spans: list[Span] = []
    try:
        for first, start, last, end in given["spans"][:_MOST_SPANS]:
            begins, ends = (paragraphs[_whole(each) - 1] for each in (first, last))
            spans.append((begins.start + _whole(start), ends.start + _whole(end)))
        named = given.get("paragraph")
        paragraph = None if named in (None, "") else _whole(named)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise SourcebriefError(
            "the selection does not fit the document now; select again"
        ) from None
    return propose(key, seeds, spans, paragraph=paragraph)


def _whole(value: Any) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("negative")
    return number


def in_paragraphs(spans: Iterable[Span], seed: SeedText) -> str:
    """Write the spans as a browser names them: paragraph and code points within it, both ends."""
    written = []
    for start, end in spans:
        first, last = paragraph_at(seed, start), paragraph_at(seed, end - 1)
        if first and last:
            one, other = first[0], last[0]
            written.append(f"{one.number}.{start - one.start}.{other.number}.{end - other.start}")
    return " ".join(written)


def date_of_selection(found: Proposal, reading: Reading) -> tuple[str, bool]:
    """The date of an event: a day that it states and that had come, else its document's."""
    if found.located is None:
        return "", False
    entry = reading.entries[found.seed].value
    for words in found.located.stretches:
        for day in full_dates(words, entry.language or "en"):
            if str(day)[: len(entry.issued.text)] <= entry.issued.text:
                return str(day), True
    return entry.issued.text, False


def selected_evidence(
    given: Mapping[str, Any], reading: Reading
) -> tuple[Proposal, dict[str, Any]]:
    """The selection, proven once more here, and the evidence to write."""
    found = proposed(given, reading)
    if found.located is None:
        raise SourcebriefError(found.fault)
    typed = {name: text_of(given, name) for name in ("translation", "note")}
    return found, found.item(**typed)


def events_quoting(found: Proposal, reading: Reading) -> list[str]:
    """The events that quote this very passage already."""
    if found.located is None:
        return []
    spans = [(piece.start, piece.end) for piece in found.located.pieces]
    return [
        event
        for event, one in reading.proven()
        if one.evidence.seed == found.seed
        and [(piece.start, piece.end) for piece in one.located.pieces] == spans
    ]


def why_not_stated(date: EventDate, found: Proposal, reading: Reading) -> str:
    """Say, by the rule of `check`, why the selection does not state a date; empty where it does."""
    if found.located is None:
        return ""
    quoted = [(found.located.stretches, reading.entries[found.seed].value.language)]
    return why_unstated(date, quoted, {found.seed: reading.seeds[found.seed]})


def actors_named(words: str, record: Record | None) -> tuple[list[str], dict[str, str]]:
    """The actors that a form names in words: the ids of all, and the names of new ones by id.

    One whose name is known, whatever its case and its spaces, is no new one.
    """
    known: dict[str, str] = {}
    for key, one in record.actors.items() if record else ():
        for name in filter(None, (one.value.name, one.value.short, key)):
            known.setdefault(name.casefold(), key)
    taken = {*record.actors, *record.people} if record else set()
    new: dict[str, str] = {}
    found = []
    for name in filter(None, (" ".join(part.split()) for part in words.split(";"))):
        if name.casefold() not in known:
            key = unused_id(slug(name) or "actor", taken | new.keys())
            known[name.casefold()], new[key] = key, name
        found.append(known[name.casefold()])
    return found, new


def event_named(words: str, reading: Reading) -> str:
    """The id of the event that words name: by its id, its title or, alone, a part of its title."""
    if words in reading.events:
        return words
    if reading.broken:
        raise InvalidInput([reading.broken])
    if not words:
        raise Unfit({"event": "choose the event to add it to"})
    wanted = words.casefold()
    titles = {key: one.value.title.casefold() for key, one in reading.events.items()}
    found = [key for key, title in titles.items() if title == wanted]
    found = found or [key for key, title in titles.items() if wanted in title]
    if len(found) > 1:
        raise Unfit({"event": f"{len(found)} events have {words!r} in their titles; choose one"})
    if not found:
        known = did_you_mean(words, reading.events) or "; choose another"
        raise Unfit({"event": f"no event {words!r} can be read{known}"})
    return found[0]


def event_of(
    given: Mapping[str, Any],
    key: str,
    item: Mapping[str, Any],
    named_actors: Iterable[str],
    unstated: Callable[[EventDate], str],
) -> dict[str, Any]:
    """The event to write, as its form gave it; raises Unfit where that lacks something.

    `unstated` says why the quotation does not state a date.
    """
    listed = given.get("actors")
    actors = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    actors = list(dict.fromkeys((*actors, *named_actors)))
    title, date, summary = (text_of(given, name) for name in ("title", "date", "summary"))
    basis, why = text_of(given, "basis"), text_of(given, "date_note")
    inferred = basis not in ("", "stated")
    faults = {
        "title": "" if key else "name the event in a few words",
        "date": _fault_of_date(date, (lambda _: "") if inferred else unstated),
        "date_note": "say how the date follows" if inferred and not why else "",
        "new_actor": "" if actors else "tick who took part, or name someone here",
        "summary": "" if summary else "say what happened",
    }
    if any(faults.values()):
        raise Unfit({name: words for name, words in faults.items() if words})
    return {
        "id": key,
        "date": {"value": date, "basis": basis, "note": why} if inferred else date,
        "title": title,
        "actors": actors,
        "summary": summary,
        "evidence": [dict(item)],
    }


def _fault_of_date(date: str, unstated: Callable[[EventDate], str]) -> str:
    try:
        why = unstated(parse_edtf(date))
    except EDTFError as error:
        return str(error) if date else "give a date, such as 2024-03-12 or 2024"
    return f"{why}; quote the words that hold it, or choose “inferred” beside" if why else ""

"""What an editor shows: ids to complete, what stands behind one, where it is, a miss put right.

Everything is a function of what was read. Texts of documents are given as plain text, so that
nothing in them is a link or a picture.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import yaml
from pydantic import ValidationError

from sourcebrief.authoring.editor.cursor import Named, Wanted, evidence_path, named_at, path_at
from sourcebrief.authoring.select_evidence import Proposal, grown, propose
from sourcebrief.errors import Place
from sourcebrief.evidence.misses import explain, nearest_passage, quoted, word_differences
from sourcebrief.evidence.passages import SeedText, read_seed
from sourcebrief.evidence.quotations import (
    LocatedQuotation,
    Miss,
    MissReason,
    locate,
    occurrences,
)
from sourcebrief.workspace.briefing import Record
from sourcebrief.workspace.catalogue import Library
from sourcebrief.workspace.model import Actor, CatalogueEntry, Event, Evidence, Person
from sourcebrief.workspace.validation import Positioned
from sourcebrief.workspace.yaml_edits import Edit, YamlText
from sourcebrief.workspace.yaml_places import Path

_LONGEST_SHOWN: Final = 3_000
_MOST_OFFERED: Final = 200
_MARKS: Final = "\"'“”‘’«»"
_ENDS: Final = f".,;:!?{_MARKS}"


@dataclass(frozen=True, slots=True)
class Known:
    """What was last read of a workspace, and of the briefing that is edited."""

    library: Library
    seeds: Mapping[str, SeedText]
    record: Record


@dataclass(frozen=True, slots=True)
class SeedStretch:
    """A stretch of a seed's file, in code points of its text."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What would make a quotation evidence, in words, and the edits of the YAML that do it."""

    title: str
    edits: tuple[Edit, ...]


def candidates(wanted: Wanted, known: Known) -> Iterator[tuple[str, str]]:
    """The ids that may stand where one is typed, each with what it is."""
    if wanted.kind in ("entry", "cited"):
        for key, entry in known.library.entries.items():
            yield key, f"{entry.value.title} ({entry.value.issued.text})"
    if wanted.kind in ("event", "cited"):
        for key, event in known.record.events.items():
            yield key, f"{event.value.date.value.text}: {event.value.title}"
    if wanted.kind == "actor":
        for key, actor in known.record.actors.items():
            yield key, actor.value.name
    if wanted.kind == "person":
        for key, person in known.record.people.items():
            yield key, person.value.name


def likeliest(wanted: Wanted, known: Known, typed: str) -> tuple[list[tuple[str, str]], bool]:
    """The candidates that what is typed may become, the best first, and whether there are more."""

    def rank(candidate: tuple[str, str]) -> tuple[bool, ...]:
        key, about = candidate
        return not key.startswith(typed), typed not in key, typed.casefold() not in about.casefold()

    found = sorted(candidates(wanted, known), key=rank)
    return found[:_MOST_OFFERED], len(found) > _MOST_OFFERED


# --- what stands behind it ------------------------------------------------------------------------


def hover(text: YamlText, offset: int, known: Known) -> str | None:
    """What stands behind the value or the citation at an offset, as plain text."""
    item = _quotation_at(text, offset, known)
    if item is not None:
        return _about_quotation(item, known)
    named = named_at(text, offset)
    return None if named is None else about(named, known)


def _quotation_at(text: YamlText, offset: int, known: Known) -> Evidence | None:
    """The item of evidence at whose quotation or paragraph an offset is, of a seed that is read."""
    path, _ = path_at(text, offset)
    found = evidence_at(text, offset) if path[4:] in (("quote",), ("paragraph",)) else None
    return found[1] if found and found[1].seed in known.seeds else None


def evidence_at(text: YamlText, offset: int) -> tuple[Path, Evidence] | None:
    """The item of evidence at an offset, where it can be read."""
    path = evidence_path(path_at(text, offset)[0])
    node = text.node(path) if path else None
    if path is None or not isinstance(node, yaml.MappingNode):
        return None
    value = {key.value: item.value for key, item in node.value if isinstance(item.value, str)}
    try:
        known = {key: value[key] for key in ("seed", "quote", "paragraph") if key in value}
        return path, Evidence.model_validate(known)
    except ValidationError:
        return None  # its own problem says what is wrong with it


def _about_quotation(item: Evidence, known: Known) -> str:
    seed = known.seeds[item.seed]
    found = locate(item.quote, seed, item.paragraph)
    if isinstance(found, Miss):
        return explain(found, item.seed, known.seeds)
    title = known.library.entries[item.seed].value.title
    numbers = dict.fromkeys(piece.paragraph for piece in found.pieces)
    shown = "\n\n".join(seed.paragraphs[number - 1].text for number in numbers)
    return f"{item.seed}, {found.locator}: {title}\n\n{_cut(shown)}"


def _named_record(named: Named, known: Known) -> Positioned[Any] | None:
    """The record that an id names; what is cited is an event before it is an entry."""
    record = known.record
    if named.kind in ("actor", "person"):
        return (record.actors if named.kind == "actor" else record.people).get(named.id)
    if named.kind != "entry" and named.id in record.events:
        return record.events[named.id]
    return None if named.kind == "event" else known.library.entries.get(named.id)


def about(named: Named, known: Known) -> str | None:
    """What an id names."""
    found = _named_record(named, known)
    match found and found.value:
        case Actor(name=name, part_of=part_of):
            return f"{name}, part of {part_of}" if part_of else name
        case Person(name=name, roles=roles):
            return "\n".join((name, *(role.role for role in roles)))
        case Event():
            return _about_event(named.id, known)
        case CatalogueEntry():
            return _about_entry(named, known)
    return None


def _about_event(key: str, known: Known) -> str:
    event = known.record.events[key].value
    lines = [f"{event.date.value.text} ({event.date.basis}): {event.title}", event.summary]
    for item in event.evidence:
        where = item.seed
        if item.seed in known.seeds:
            found = locate(item.quote, known.seeds[item.seed], item.paragraph)
            stands = isinstance(found, LocatedQuotation)
            where += f", {found.locator}" if stands else " (does not stand there)"  # type: ignore[union-attr]
        lines.append(f"{quoted(item.quote)} {where}")
    return _cut("\n\n".join(lines))


def _about_entry(named: Named, known: Known) -> str:
    entry = known.library.entries[named.id].value
    kind = "document" if named.id in known.seeds else "other source"
    head = f"{known.library.short_name(named.id)}, {entry.issued.text} ({kind}): {entry.title}"
    paragraphs = known.seeds[named.id].paragraphs if named.id in known.seeds else ()
    if named.paragraph and named.paragraph <= len(paragraphs):
        head += f"\n\n¶ {named.paragraph}: {paragraphs[named.paragraph - 1].text}"
    return _cut(head)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"


# --- where it is ----------------------------------------------------------------------------------


def definition(text: YamlText, offset: int, known: Known) -> Place | SeedStretch | None:
    """Where the id at an offset is defined, or the passage that a quotation comes from."""
    item = _quotation_at(text, offset, known)
    if item is not None:
        found = locate(item.quote, known.seeds[item.seed], item.paragraph)
        if isinstance(found, Miss):
            return None
        return _passage(item.seed, found.pieces[0].start, found.pieces[-1].end, known)
    named = named_at(text, offset)
    return None if named is None else _defined(named, known)


def _passage(key: str, start: int, end: int, known: Known) -> SeedStretch:
    return SeedStretch(f"seeds/{known.library.entries[key].value.custom.file}", start, end)


def _defined(named: Named, known: Known) -> Place | SeedStretch | None:
    found = _named_record(named, known)
    if found is None:
        return None
    if isinstance(found.value, Actor | Person):
        return found.key_place()
    is_entry = isinstance(found.value, CatalogueEntry) and named.id in known.seeds
    paragraphs = known.seeds[named.id].paragraphs if is_entry else ()
    if named.paragraph and named.paragraph <= len(paragraphs):
        paragraph = paragraphs[named.paragraph - 1]
        return _passage(named.id, paragraph.start, paragraph.end, known)
    return found.place("id")


# --- a near miss put right ------------------------------------------------------------------------


def corrections(text: YamlText, offset: int, known: Known) -> Iterator[Correction]:
    """What would make the quotation at an offset evidence: each passes every check for itself."""
    found = evidence_at(text, offset)
    if found is None or found[1].seed not in known.seeds:
        return
    path, item = found
    seed = known.seeds[item.seed]
    miss = locate(item.quote, seed, item.paragraph)
    if not isinstance(miss, Miss):
        return
    if miss.reason is MissReason.NOT_FOUND and miss.piece in ("", miss.quotation):
        for whole in _nearest_first(item, known):
            yield from _replacement("Replace by the words of", text, path, item, whole)
    elif miss.reason in (MissReason.CUT, MissReason.TOO_SHORT):
        places = miss.places or tuple(islice(occurrences(item.quote, seed), 2))
        spans = [(at.start, at.end) for at in places] if len(places) == 1 else []
        longer = _whole(propose(item.seed, known.seeds, spans), known) if spans else None
        if longer is not None:
            yield from _replacement("Quote whole words of", text, path, item, longer)
    elif miss.reason in (MissReason.AMBIGUOUS, MissReason.WRONG_PARAGRAPH):
        for number in dict.fromkeys(at.paragraph for at in miss.places):
            if isinstance(locate(item.quote, seed, number), LocatedQuotation):
                edit = text.set_key(path, "paragraph", number, after="quote")
                if edit is not None:
                    yield Correction(f"Take ¶ {number} of {item.seed}", (edit,))


def _nearest_first(item: Evidence, known: Known) -> list[Proposal]:
    """The passages most like a quotation, in all of its document and in the paragraph it names."""
    seed, spans = known.seeds[item.seed], []
    paragraphs = seed.paragraphs[item.paragraph - 1 : item.paragraph] if item.paragraph else ()
    for start, part in ((0, seed), *((each.start, read_seed(each.text)) for each in paragraphs)):
        if (near := nearest_passage(item.quote, part)) is not None:
            first, last = start + near.start, start + near.end
            # What stands around the words is quoted where it was.
            while first < last and seed.text[first] in _MARKS and item.quote[0] not in _MARKS:
                first += 1
            while last > first and seed.text[last - 1] in _ENDS and item.quote[-1] not in _ENDS:
                last -= 1
            spans.append((first, last))
    proposals = (propose(item.seed, known.seeds, [span]) for span in dict.fromkeys(spans))
    found = (_whole(one, known) for one in proposals)
    wholes = [one for one in found if one is not None]
    return sorted(wholes, key=lambda one: len(word_differences(item.quote, one.quote)))


def _whole(proposal: Proposal, known: Known) -> Proposal | None:
    """The proposal, made longer where it is not evidence as it is."""
    if proposal.located is not None:
        return proposal
    spans = grown(proposal, known.seeds)
    longer = propose(proposal.seed, known.seeds, spans) if spans else None
    return longer if longer is not None and longer.located is not None else None


def _replacement(
    what: str, text: YamlText, path: Path, item: Evidence, whole: Proposal
) -> Iterator[Correction]:
    assert whole.located is not None  # noqa: S101 - that is what makes it whole
    edit = text.scalar_edit((*path, "quote"), whole.quote)
    if edit is None:
        return
    title = f"{what} {item.seed}, {whole.located.locator}: {quoted(whole.quote)}"
    named = item.paragraph not in (None, whole.located.paragraph)
    moved = text.set_key(path, "paragraph", whole.located.paragraph) if named else None
    yield Correction(title, (edit,) if moved is None else (edit, moved))

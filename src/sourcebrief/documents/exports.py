"""A briefing's events and sources as data: CSV for spreadsheets, CSL JSON for bibliographies."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sourcebrief.brief.labels import KINDS, Labels
from sourcebrief.brief.make_manifest import Composition, csl_item, manifest_of
from sourcebrief.brief.translated_words import translation_mark
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.wording import csl_date
from sourcebrief.documents.timeline_exports import calendar, timelinejs
from sourcebrief.documents.web_annotations import web_annotations
from sourcebrief.text.characters import CONTROL, INVISIBLE
from sourcebrief.workspace.authored_texts import EVENT_TEXTS
from sourcebrief.workspace.model import Event, Outcome

_FIRST: Final = (
    *("number", "id", "date", "date_worded", "earliest", "latest", "basis", "date_note"),
    *("date_sources", "title", "actors", "people", "place", "themes", "summary", "outcomes"),
    "credibility",
)
_STATEMENTS: Final = tuple(text.key for text in EVENT_TEXTS if text.key not in _FIRST)
COLUMNS: Final = (
    *_FIRST,
    *_STATEMENTS,
    "part_of",
    "origins",
    "sources",
    "quotations",
    "translations",
)
"""The heads of the CSV's columns, in order."""

# A spreadsheet takes a cell for a formula that begins so, white space, quotation marks and what
# nobody sees passed over; full-width and small forms too. One that parts at semicolons begins a
# cell after each.
_CELL_BEGINS: Final = re.compile(rf"(?:^|[;,|])(?:[\s\"]|{INVISIBLE.pattern})*(?=(\S))")
_FORMULA: Final = frozenset("=+-@")

_DATES: Final = ("accessed", "available-date", "event-date", "original-date", "submitted")


def events_csv(composition: Composition) -> bytes:
    """The events in order, a row each: CSV as in RFC 4180, UTF-8 with a byte order mark.

    Without the mark Excel reads a file in the code page of the machine. Several values of one cell
    stand on lines of their own. No cell can run as a formula: see `harmless`.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    events = manifest_of(composition)["events"]
    for event, values in zip(composition.selected.values(), events, strict=True):
        row = _row(composition, event, values)
        writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return written.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV Injection).

    An apostrophe is put before a sign that would begin one, at the cell's own beginning and
    wherever a spreadsheet with another separator would begin a cell; controls become spaces.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_CELL_BEGINS.sub(_defused, CONTROL.sub(" ", line)) for line in lines)


def _defused(found: re.Match[str]) -> str:
    # Full-width, small and superscript forms are compatibility forms of the sign itself.
    begins = unicodedata.normalize("NFKC", found[1])[:1] in _FORMULA
    return f"{found[0]}'" if begins else found[0]


def _row(composition: Composition, event: Event, values: Mapping[str, Any]) -> dict[str, Any]:
    labels, library = composition.labels, composition.library
    date, evidence = values["date"], values["evidence"]
    return {
        **values,
        "date": date["value"],
        "date_worded": date["worded"],
        "earliest": event.date.value.earliest,
        "latest": event.date.value.latest,
        "basis": date["basis"],
        "date_note": date.get("note"),
        "date_sources": [library.short_name(key) for key in date["sources"]],
        "actors": [actor["name"] for actor in values["actors"]],
        "people": [f"{one['name']}, {one['role']}" for one in values["people"]],
        "outcomes": [_outcome(outcome, labels) for outcome in event.outcomes],
        "part_of": event.part_of,
        "sources": [f"{library.short_name(one['seed'])}, {one['locator']}" for one in evidence],
        "quotations": [one["quote"] for one in evidence],
        "translations": _translations(composition, evidence),
    }


def _translations(composition: Composition, evidence: Sequence[Mapping[str, Any]]) -> list[str]:
    """The translation of each quotation with its mark, an empty line for one without."""
    lines = []
    for translation in (item.get("translation") for item in evidence):
        if translation is None:
            lines.append("")
            continue
        seed = translation.get("seed")
        source = f"{composition.library.short_name(seed)}, {translation['locator']}" if seed else ""
        mark = translation_mark(translation, composition.labels, source)
        lines.append(f"{translation['text']} ({mark})")
    return lines if any(lines) else []


def _cell(value: Any) -> str:
    """Write a value; several stand on lines of their own, and a statement is its words."""
    if isinstance(value, Mapping):
        value = [paragraph["words"] for paragraph in value["paragraphs"]]
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = "\n".join(value)
    return harmless("" if value is None else str(value))


def _outcome(outcome: Outcome, labels: Labels) -> str:
    expected = f", {outcome.expected.text}" if outcome.expected else ""
    known = f"{labels.status(outcome.status, outcome.kind)}{expected}"
    return f"{labels.named(KINDS, outcome.kind)} ({known}): {outcome.text}"


def sources_csl(composition: Composition) -> bytes:
    """The cited catalogue entries as CSL JSON (schema 1.0.2), by id.

    Dates and supplied titles are as citeproc is given them; what is sourcebrief's own stays in
    `custom`.
    """
    language = composition.briefing.brief.value.language
    items = []
    for key in composition.cited_entries:
        item = csl_item(composition.library, key, language)
        custom = composition.library.entries[key].value.custom
        own = custom.model_dump(by_alias=True, exclude_defaults=True, exclude={"title_supplied"})
        if "ignore" in own:
            own["ignore"] = sorted(own["ignore"])
        item |= {name: _date(item[name], language) for name in _DATES if name in item}
        if own:
            item["custom"] = own
        items.append(item)
    return (json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _date(value: Any, language: str) -> Any:
    """A date as the catalogue has it, EDTF or CSL's own object, as an object of CSL JSON."""
    if isinstance(value, str):
        try:
            return csl_date(parse_edtf(value), language)
        except EDTFError:
            return {"literal": value}
    if isinstance(value, dict) and "date-parts" in value:
        # Scalars of the catalogue are text; CSL's dates are numbers.
        parts = [[int(n) if str(n).isdecimal() else n for n in p] for p in value["date-parts"]]
        return {**value, "date-parts": parts}
    return value


EXPORTS: Final[Mapping[str, Callable[[Composition], bytes]]] = {
    "csv": events_csv,
    "csl-json": sources_csl,
    "web-annotation": web_annotations,
    "timelinejs": timelinejs,
    "ics": calendar,
}
"""What a briefing can be exported as."""

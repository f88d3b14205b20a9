"""A briefing's events and sources as data: CSV for spreadsheets, CSL JSON for bibliographies."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.brief.bibliography import csl_items
from sourcebrief.brief.labels import Labels
from sourcebrief.brief.statements import statements_of
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.wording import csl_date
from sourcebrief.text.characters import CONTROL, INVISIBLE
from sourcebrief.workspace.authored_texts import EVENT_TEXTS

if TYPE_CHECKING:
    from sourcebrief.brief.compose import Composition
    from sourcebrief.workspace.model import Event

_STATEMENTS: Final = tuple(
    text.key for text in EVENT_TEXTS if text.markdown and text.key != "summary"
)

COLUMNS: Final = (
    "number", "id", "date", "date_worded", "earliest", "latest", "basis", "date_note",
    "date_sources", "title", "actors", "people", "place", "themes", "summary", "outcomes",
    "credibility", *_STATEMENTS, "part_of", "origins", "sources", "quotations",
)  # fmt: skip
"""The heads of the CSV's columns, in order."""

# A spreadsheet takes a cell for a formula that begins so, white space, quotation marks and what
# nobody sees passed over; full-width and small forms too. One that parts at semicolons begins a
# cell after each.
_CELL_BEGINS: Final = re.compile(rf"(?:^|[;,|])(?:[\s\"]|{INVISIBLE.pattern})*(?=(\S))")
_FORMULA: Final = frozenset("=+-@")

_DATES: Final[tuple[str, ...]] = (
    "accessed",
    "available-date",
    "event-date",
    "original-date",
    "submitted",
)


def events_csv(composition: Composition) -> bytes:
    """The events in order, a row each: CSV as in RFC 4180, UTF-8 with a byte order mark.

    Without the mark Excel reads a file in the code page of the machine. Several values of one cell
    stand on lines of their own. No cell can run as a formula: see `harmless`.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    events = statements_of(composition)["events"]
    for event, values in zip(composition.selected.events, events, strict=True):
        cells = _row(composition, event, values)
        writer.writerow([harmless(cells[column]) for column in COLUMNS])
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


def _row(composition: Composition, event: Event, values: Mapping[str, Any]) -> dict[str, str]:
    labels, library = composition.labels, composition.library
    date = event.date.value
    evidence = values["evidence"]
    return {
        "number": str(values["number"]),
        "id": event.id,
        "date": date.text,
        "date_worded": values["date"]["worded"],
        "earliest": date.earliest.isoformat() if date.earliest else "",
        "latest": date.latest.isoformat() if date.latest else "",
        "basis": event.date.basis,
        "date_note": event.date.note or "",
        "date_sources": "\n".join(library.short_name(key) for key in event.date.sources),
        "title": event.title,
        "actors": "\n".join(actor["name"] for actor in values["actors"]),
        "people": "\n".join(f"{one['name']}, {one['role']}" for one in values["people"]),
        "place": event.place or "",
        "themes": "\n".join(event.themes),
        "summary": _plain(values["summary"]),
        "outcomes": "\n".join(_outcomes(event, labels)),
        "credibility": str(event.credibility or ""),
        **{key: _plain(values[key]) if values.get(key) else "" for key in _STATEMENTS},
        "part_of": event.part_of or "",
        "origins": str(len(composition.proof.origins(event.id))),
        "sources": "\n".join(
            f"{library.short_name(one['seed'])}, {one['locator']}" for one in evidence
        ),
        "quotations": "\n".join(one["quote"] for one in evidence),
    }


def _plain(statement: Mapping[str, Any]) -> str:
    return "\n".join(paragraph["words"] for paragraph in statement["paragraphs"])


def _outcomes(event: Event, labels: Labels) -> Iterator[str]:
    for outcome in event.outcomes:
        known = labels.status(outcome.status)
        if outcome.expected:
            known += f", {outcome.expected.text}"
        yield f"{labels.kind(outcome.kind)} ({known}): {outcome.text}"


def sources_csl(composition: Composition) -> bytes:
    """The cited catalogue entries as CSL JSON (schema 1.0.2), by id.

    Dates and supplied titles are as citeproc is given them; what is sourcebrief's own stays in
    `custom`.
    """
    language = composition.briefing.brief.value.language
    keys = sorted(composition.cited_entries())
    items = []
    for key, item in zip(keys, csl_items(composition.library, keys, language), strict=True):
        custom = composition.library.entries[key].value.custom
        own = custom.model_dump(by_alias=True, exclude_defaults=True, exclude={"title_supplied"})
        if "ignore" in own:
            own["ignore"] = sorted(own["ignore"])
        dates = {name: _date(item[name], language) for name in _DATES if name in item}
        item |= dates
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
        return {**value, "date-parts": [[_number(n) for n in part] for part in value["date-parts"]]}
    return value


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


EXPORTS: Final[Mapping[str, Callable[[Composition], bytes]]] = {
    "csv": events_csv,
    "csl-json": sources_csl,
}
"""What a briefing can be exported as."""

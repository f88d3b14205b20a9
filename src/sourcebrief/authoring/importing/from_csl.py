"""References from CSL JSON, as Zotero exports it, and CSL YAML, as Better BibTeX and pandoc do.

Dates become EDTF. Every other CSL variable is kept as it is.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.authoring.importing.extraction import UnreadableDocument, edtf_of, one_line
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.text.names import did_you_mean
from sourcebrief.workspace.yaml_places import decode, load

ENDINGS: Final = (".json", ".yaml", ".yml")
_NO_DATE: Final = "it has no date; give it one where it comes from, or delete it from the file"
_SPRING, _FIRST_OF_CSL = 21, 13
"""Seasons follow from these as months do: in EDTF, and in `date-parts`."""
_CUSTOM_DROPPED: Final = "its `custom` was left out, because only this program writes that object"
_LISTED: Final = """
id citation-key type title title-short container-title container-title-short issued URL DOI
language publisher publisher-place abstract accessed annote archive archive-place
archive_collection archive_location author authority available-date call-number categories chair
chapter-number citation-label citation-number collection-editor collection-number collection-title
compiler composer container-author contributor curator custom dimensions director division edition
editor editor-translator editorial-director event event-date event-place event-title
executive-producer first-reference-note-number genre guest host illustrator interviewer ISBN ISSN
issue journalAbbreviation jurisdiction keyword license locator medium narrator note number
number-of-pages number-of-volumes organizer original-author original-date original-publisher
original-publisher-place original-title page page-first part-number part-title performer PMCID
PMID printing-number producer recipient references reviewed-author reviewed-genre reviewed-title
scale script-writer section series-creator shortTitle source status submitted supplement-number
translator version volume volume-title volume-title-short year-suffix
"""
_VARIABLES: Final = frozenset(_LISTED.split())
"""The variables of CSL 1.0.2, and Zotero's."""


@dataclass(frozen=True, slots=True)
class CslItem:
    """One item of a CSL file: its key there, its place, and its variables with `issued` in EDTF.

    `remarks` say what of it was left out, or looks mistyped.
    """

    key: str
    place: Place
    variables: dict[str, Any]
    remarks: tuple[str, ...] = ()


class CslDateError(ValueError):
    """A CSL date that EDTF cannot express: why, and the way out."""


def read_csl(data: bytes, path: str) -> list[CslItem]:
    """Return the items of a CSL file.

    Raises InvalidInput with a problem for each item that cannot be taken, UnreadableDocument where
    the file holds no list of items at all.
    """
    read = _read_json if path.lower().endswith(".json") else _read_yaml
    items: list[CslItem] = []
    problems: list[Problem] = []
    for item, place in read(data, path):
        if not isinstance(item, dict):
            problems.append(Problem(place, "an item of CSL is a mapping with id, type and title"))
            continue
        key = str(item.get("id") or item.get("citation-key") or "")
        try:
            items.append(_item(item, key, place))
        except CslDateError as error:
            problems.append(Problem(place, f"{key or 'an item without an id'}: {error}"))
    if problems:
        raise InvalidInput(problems)
    if not items:
        raise UnreadableDocument("it lists no items; export them as CSL JSON or CSL YAML")
    return items


def _read_json(data: bytes, path: str) -> list[tuple[Any, Place]]:
    text = decode(data, path)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = Place(path, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        fault = "nested too deeply" if isinstance(error, RecursionError) else "not JSON"
        raise InvalidInput([Problem(place, f"{fault}; export the file again")]) from None
    items = value.get("items", value.get("references")) if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise UnreadableDocument("it is not CSL JSON, which is a list of items")
    placed, at = [], 0
    for item in items:
        # The JSON parser gives no places, but an id stands in the file as it is written here.
        words = json.dumps(item.get("id") if isinstance(item, dict) else None, ensure_ascii=False)
        at = max(at, text.find(words, at))
        placed.append((item, Place(path, text.count("\n", 0, at) + 1)))
    return placed


def _read_yaml(data: bytes, path: str) -> list[tuple[Any, Place]]:
    document = load(data, path)
    value: Any = document.value
    items = value.get("references") if isinstance(value, dict) else value
    at: tuple[str, ...] = ("references",) if isinstance(value, dict) else ()
    if not isinstance(items, list):
        raise UnreadableDocument("it is not CSL YAML, which has a list under `references:`")
    return [(item, document.place((*at, number))) for number, item in enumerate(items)]


def _item(item: dict[str, Any], key: str, place: Place) -> CslItem:
    variables = {name: value for name, value in item.items() if value not in (None, "", [], {})}
    remarks = [_CUSTOM_DROPPED] if variables.pop("custom", None) is not None else []
    mistyped = ((name, did_you_mean(name, _VARIABLES)) for name in variables.keys() - _VARIABLES)
    remarks += (f"its key {name!r} is not one of CSL{way}" for name, way in sorted(mistyped) if way)
    variables["issued"] = csl_date_as_edtf(item.get("issued"), str(item.get("language") or "en"))
    for name in ("title", "publisher", "container-title", "container-title-short", "URL"):
        if name in variables:
            variables[name] = one_line(str(variables[name]))
    return CslItem(key, place, variables, tuple(remarks))


def csl_date_as_edtf(value: Any, language: str = "en") -> str:
    """Return a CSL date variable as EDTF. Raises CslDateError where that is impossible.

    It may be `date-parts` (one or two), `circa`, `literal` and `raw` where they are a date, EDTF
    text, and the lists of `year`, `month`, `day` that Better BibTeX writes.
    """
    ends = value if isinstance(value, list) else [value]
    if not ends or value in (None, "", {}):
        raise CslDateError(_NO_DATE)
    if not isinstance(ends[0], dict):
        if not isinstance(value, list):
            return _from_words(str(value), language)
        return _from_ends(value if isinstance(value[0], list) else [value])
    circa = any(str(end.get("circa")).lower() in ("true", "1") for end in ends)
    if "year" in ends[0]:
        written: Any = [[end["year"], *_rest(end)] for end in ends]
        return _from_ends(written, circa=circa)
    if written := ends[0].get("date-parts"):
        if ends[0].get("season"):
            written = [[*written[0], *_rest(ends[0])]]
        return _from_ends(written, circa=circa)
    for name in ("literal", "raw", "edtf"):
        if ends[0].get(name):
            return _from_words(str(ends[0][name]), language)
    raise CslDateError(_NO_DATE)


def _rest(end: dict[str, Any]) -> list[Any]:
    """Return the season of a year as the month that stands for it, or its month and day."""
    season = str(end.get("season") or "")
    known = _SPRING - 1 + int(season) if season.isdigit() else season
    return [known] if season else [end.get("month"), end.get("day")]


def _end(parts: Any) -> str | None:
    """Return one end of a date as EDTF; None where it is open, which CSL writes as 0 or nothing."""
    numbers = []
    for part in parts if isinstance(parts, list) else [parts]:
        if part in (None, ""):
            break
        if not re.fullmatch(r"-?[0-9]{1,5}", str(part).strip()):
            raise CslDateError(f"{str(part)[:40]!r} is not a number of a date; correct it")
        numbers.append(int(str(part).strip()))
    while numbers and numbers[-1] == 0:
        numbers.pop()
    if not numbers:
        return None
    if len(numbers) > 1 and _FIRST_OF_CSL <= numbers[1] < _SPRING:
        numbers[1:] = [(numbers[1] - _FIRST_OF_CSL) % 4 + _SPRING]
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])])


def _from_ends(written: Any, *, circa: bool = False) -> str:
    ends = [_end(parts) for parts in written] if isinstance(written, list) else []
    if not any(ends):
        raise CslDateError(_NO_DATE)
    if len(ends) > 2:
        raise CslDateError("a date has a beginning and an end, and no more; correct it")
    if len(ends) == 2 and ends[0] == ends[1]:
        ends = ends[:1]
    return _valid("/".join(f"{end}{'~' if circa else ''}" if end else ".." for end in ends))


def _from_words(words: str, language: str) -> str:
    try:
        return _valid(words.strip())
    except CslDateError:
        if found := edtf_of(words, language):
            return found
        raise


def _valid(text: str) -> str:
    try:
        return parse_edtf(text).text
    except EDTFError as error:
        raise CslDateError(f"its date: {error}") from None

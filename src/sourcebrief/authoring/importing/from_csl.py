"""References out of CSL JSON, as Zotero exports it, and CSL YAML, as Better BibTeX and pandoc do.

Dates become EDTF, keys become ids, and every other CSL variable is kept as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.authoring.importing.extracted import Unreadable, one_line
from sourcebrief.authoring.importing.metadata_dates import edtf_of
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.workspace.yaml_nodes import decode, load

ENDINGS: Final = (".json", ".yaml", ".yml")
_LARGEST: Final = 64 * 1024 * 1024
_NO_DATE: Final = "it has no date; give it one where it comes from, or delete it from the file"
_SEASONS: Final = {1: "Spring", 2: "Summer", 3: "Autumn", 4: "Winter"}


@dataclass(frozen=True, slots=True)
class Record:
    """One item of a CSL file: its key there, the place, and its variables with `issued` in EDTF.

    `dropped` tells that it held a `custom` object, which is this program's own.
    """

    key: str
    place: Place
    variables: dict[str, Any]
    dropped: bool = False


class NoDate(ValueError):  # noqa: N818 - it names what is missing
    """A CSL date that EDTF cannot say: why, and the way out."""


def read_csl(data: bytes, path: str) -> list[Record]:
    """The items of a CSL file. Raises InvalidInput with a problem for each that cannot be taken.

    Raises Unreadable where the file holds no list of items at all.
    """
    if len(data) > _LARGEST:
        raise Unreadable(f"it has more than {_LARGEST // 1024 // 1024} MiB; divide it")
    if path.lower().endswith(".json"):
        items, places = _json(data, path)
    else:
        items, places = _yaml(data, path)
    records: list[Record] = []
    problems: list[Problem] = []
    for item, place in zip(items, places, strict=True):
        if not isinstance(item, dict):
            problems.append(Problem(place, "an item of CSL is a mapping with id, type and title"))
            continue
        key = str(item.get("id") or item.get("citation-key") or "")
        try:
            records.append(_record(item, key, place))
        except NoDate as error:
            problems.append(Problem(place, f"{key or 'an item without an id'}: {error}"))
    if problems:
        raise InvalidInput(problems)
    if not records:
        raise Unreadable("it lists no items; export them as CSL JSON or CSL YAML")
    return records


def _json(data: bytes, path: str) -> tuple[list[Any], list[Place]]:
    text = decode(data, path)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = Place(path, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        words = getattr(error, "msg", "nested too deeply")
        raise InvalidInput([Problem(place, f"not JSON: {words}; export it again")]) from None
    items = value.get("items", value.get("references")) if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise Unreadable("it is no CSL JSON: that is a list of items")
    places, at = [], 0
    for item in items:
        # JSON's own parser knows no places; an id stands in the file as it was written.
        words = json.dumps(item.get("id") if isinstance(item, dict) else None, ensure_ascii=False)
        found = text.find(words, at)
        at = found if found >= 0 else at
        places.append(Place(path, text.count("\n", 0, at) + 1))
    return items, places


def _yaml(data: bytes, path: str) -> tuple[list[Any], list[Place]]:
    document = load(data, path)
    value: Any = document.value
    items = value.get("references") if isinstance(value, dict) else value
    at: tuple[str, ...] = ("references",) if isinstance(value, dict) else ()
    if not isinstance(items, list):
        raise Unreadable("it is no CSL YAML: that has a list under `references:`")
    return items, [document.place((*at, number)) for number in range(len(items))]


def _record(item: dict[str, Any], key: str, place: Place) -> Record:
    variables = {name: value for name, value in item.items() if value not in (None, "", [], {})}
    dropped = variables.pop("custom", None) is not None
    variables["issued"] = issued_of(item.get("issued"), str(item.get("language") or "en"))
    for name in ("title", "publisher", "container-title", "container-title-short", "URL"):
        if name in variables:
            variables[name] = one_line(str(variables[name]))
    return Record(key, place, variables, dropped)


def issued_of(value: Any, language: str = "en") -> str:
    """A CSL date variable as EDTF; raises NoDate where it cannot be said.

    Read are `date-parts` (one or two), `circa`, `literal` and `raw` where they are a date, EDTF
    text, and the lists of `year`, `month`, `day` that Better BibTeX writes.
    """
    if value in (None, "", [], {}):
        raise NoDate(_NO_DATE)
    if isinstance(value, dict):
        return _of_variable(value, language)
    if isinstance(value, list):
        return _of_list(value, language)
    return _of_words(str(value), language)


def _of_variable(value: dict[str, Any], language: str) -> str:
    if season := value.get("season"):
        raise NoDate(_season(season, value))
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts:
        ends = [_end(part if isinstance(part, list) else [part]) for part in parts]
        return _joined(ends, circa=_is_true(value.get("circa")))
    if "year" in value:
        return _of_list([value], language)
    for name in ("literal", "raw", "edtf"):
        if value.get(name):
            return _of_words(str(value[name]), language)
    raise NoDate(_NO_DATE)


def _of_list(value: list[Any], language: str) -> str:
    if all(isinstance(end, list) for end in value):
        return _joined([_end(end) for end in value])
    if not all(isinstance(end, dict) for end in value):
        return _joined([_end(value)])
    if len(value) == 1 and "year" not in value[0]:
        return _of_variable(value[0], language)
    for end in value:
        if end.get("season"):
            raise NoDate(_season(end["season"], end))
    ends = [_end([end.get(name) for name in ("year", "month", "day")]) for end in value]
    return _joined(ends, circa=any(_is_true(end.get("circa")) for end in value))


def _end(parts: list[Any]) -> str | None:
    """One end of a date as EDTF; None where it is open: CSL has a zero, or nothing, for that."""
    numbers = []
    for part in parts:
        if part in (None, ""):
            break
        if not re.fullmatch(r"-?[0-9]{1,5}", str(part).strip()):
            raise NoDate(f"{str(part)[:40]!r} is no number of a date; correct it")
        numbers.append(int(str(part).strip()))
    while numbers and numbers[-1] == 0:
        numbers.pop()
    if not numbers:
        return None
    if len(numbers) > 1 and numbers[1] > 12:
        raise NoDate(_season((numbers[1] - 13) % 4 + 1, {"year": numbers[0]}))
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])])


def _joined(ends: list[str | None], *, circa: bool = False) -> str:
    if ends == [None] or not any(ends):
        raise NoDate(_NO_DATE)
    if len(ends) > 2:
        raise NoDate("a date has a beginning and an end, and no more; correct it")
    mark = "~" if circa else ""
    if len(ends) == 2 and ends[0] == ends[1]:
        ends = ends[:1]
    return _checked("/".join(f"{end}{mark}" if end else ".." for end in ends))


def _of_words(words: str, language: str) -> str:
    try:
        return parse_edtf(words.strip()).text
    except EDTFError as error:
        if found := edtf_of(words, language):
            return found
        raise NoDate(f"its date {error}") from None


def _checked(text: str) -> str:
    try:
        return parse_edtf(text).text
    except EDTFError as error:
        raise NoDate(f"its date {error}") from None


def _season(season: Any, value: dict[str, Any]) -> str:
    number = int(season) if str(season).isdigit() else 0
    parts = value.get("date-parts") or [[value.get("year", "YYYY")]]
    year = parts[0][0] if isinstance(parts[0], list) and parts[0] else parts[0]
    name = f"{_SEASONS.get(number, season)} {year}"
    return f"its date is a season ({name}), which is none in the calendar; give months: {year}-MM"


def _is_true(value: Any) -> bool:
    return str(value).lower() in ("true", "1")

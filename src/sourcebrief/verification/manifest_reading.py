"""Reading a manifest that came with a document: from bytes that anybody may have made to values.

What is checked here is the form alone: JSON, the keys and kinds of value of
`composing.manifest`. Whether the bytes are canonical, and true, is asked elsewhere.
"""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from sourcebrief.brief.manifest import FORMAT
from sourcebrief.verification.document_text import NotABrief

LARGEST: Final = 64 * 1024 * 1024

_TEXT: Final = "a text"
_NUMBER: Final = "a whole number"
_TEXT_OR_NOTHING: Final = "a text or null"
_NUMBER_OR_NOTHING: Final = "a whole number or null"
_SIMPLE: Final[dict[str, tuple[type, ...]]] = {
    _TEXT: (str,),
    _NUMBER: (int,),
    _TEXT_OR_NOTHING: (str, type(None)),
    _NUMBER_OR_NOTHING: (int, type(None)),
}
_SELECTORS: Final = ("TextQuoteSelector", "TextPositionSelector")
_STATEMENT: Final = {
    "text": _TEXT,
    "paragraphs": [{"words": _TEXT, "cites": [{"id": _TEXT}]}],
}
_SHAPE: Final[dict[str, Any]] = {
    "format": _TEXT,
    "briefing": _TEXT,
    "brief": {
        "title": _TEXT,
        "subtitle": _TEXT_OR_NOTHING,
        "as_of": _TEXT,
        "status": _TEXT,
        "version": _TEXT,
        "prepared_by": _TEXT,
        "prepared_for": _TEXT_OR_NOTHING,
        "marking": _TEXT,
        "language": _TEXT,
        "bottom_line": _STATEMENT,
        "judgements": [{**_STATEMENT, "confidence": _TEXT}],
        "actors": [{"id": _TEXT, "name": _TEXT}],
        "gaps": [_STATEMENT],
        "sections": [{**_STATEMENT, "heading": _TEXT, "after": _TEXT}],
    },
    "events": [
        {
            "number": _NUMBER,
            "id": _TEXT,
            "date": {
                "value": _TEXT,
                "worded": _TEXT,
                "basis": _TEXT,
                "note": _TEXT_OR_NOTHING,
                "sources": [_TEXT],
            },
            "title": _TEXT,
            "actors": [{"id": _TEXT, "name": _TEXT}],
            "people": [{"name": _TEXT, "role": _TEXT}],
            "place": _TEXT_OR_NOTHING,
            "themes": [_TEXT],
            "summary": _STATEMENT,
            "outcomes": [
                {"kind": _TEXT, "status": _TEXT, "text": _TEXT, "expected": _TEXT_OR_NOTHING}
            ],
            "credibility": _NUMBER_OR_NOTHING,
            "part_of": _TEXT_OR_NOTHING,
            "evidence": [
                {
                    "seed": _TEXT,
                    "quote": _TEXT,
                    "paragraph": _NUMBER,
                    "locator": _TEXT,
                    "selectors": [[{"type": _TEXT}]],
                }
            ],
        }
    ],
    "sources": [
        {
            "id": _TEXT,
            "csl": {"title": _TEXT},
            "issued": _TEXT,
            "issued_basis": _TEXT_OR_NOTHING,
            "issued_note": _TEXT_OR_NOTHING,
            "file": _TEXT_OR_NOTHING,
            "sha256": _TEXT_OR_NOTHING,
            "ignore": [_NUMBER],
            "origin": _TEXT_OR_NOTHING,
            "derived_from": _TEXT_OR_NOTHING,
            "embed": _TEXT_OR_NOTHING,
            "short": _TEXT,
        }
    ],
    "printed": {"runs": [[_TEXT]], "alternatives": [_TEXT], "links": [_TEXT], "running": {}},
}


def read_manifest(data: bytes) -> dict[str, Any]:
    """The manifest as values. Raises NotABrief where it is none of ours, or damaged."""
    if len(data) > LARGEST:
        raise NotABrief(f"its evidence is larger than {LARGEST // 1024 // 1024} MiB")
    if data.count(b"[") + data.count(b"{") > LARGEST // 16:
        raise NotABrief("its evidence is not a manifest of this program")
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotABrief(f"its evidence was altered or damaged: it is not JSON ({error})") from error
    found = value.get("format") if isinstance(value, dict) else None
    if found != FORMAT:
        what = f"of the format {found!r}" if isinstance(found, str) else "no manifest"
        raise NotABrief(f"its evidence is {what}, and this program reads {FORMAT!r}")
    manifest: dict[str, Any] = value
    _check(value, _SHAPE, "")
    _check_selectors(value)
    for run in value["printed"]["runs"]:
        if len(run) != 3:
            _wrong("printed.runs", "three texts each")
    if not all(isinstance(text, str) for text in value["printed"]["running"].values()):
        _wrong("printed.running", "texts")
    return manifest


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _check(value: Any, shape: Any, path: str) -> None:
    if isinstance(shape, str):
        if not isinstance(value, _SIMPLE[shape]) or isinstance(value, bool):
            _wrong(path, shape)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            _wrong(path, "a list")
        for number, item in enumerate(value):
            _check(item, shape[0], f"{path}[{number}]")
    else:
        if not isinstance(value, dict):
            _wrong(path, "an object")
        for key, inner in shape.items():
            if key not in value:
                _wrong(f"{path}.{key}", "there")
            _check(value[key], inner, f"{path}.{key}")


def _check_selectors(value: dict[str, Any]) -> None:
    for event in value["events"]:
        for item in event["evidence"]:
            for pair in item["selectors"]:
                if tuple(selector["type"] for selector in pair) != _SELECTORS:
                    _wrong(f"{event['id']}: selectors", " and ".join(_SELECTORS))
                _check(pair[0], {"exact": _TEXT, "prefix": _TEXT, "suffix": _TEXT}, "selector")
                _check(pair[1], {"start": _NUMBER, "end": _NUMBER}, "selector")


def _wrong(path: str, wanted: str) -> NoReturn:
    raise NotABrief(f"its evidence was altered: {path.removeprefix('.')} is not {wanted}")

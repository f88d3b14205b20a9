"""JSON Schemas of the three files, for editors; generated from the model, never written by hand.

An editor resolves the scalars that we take as text: `2018` is a number to it, `true` a boolean, an
empty value null. What a build accepts, its schema accepts as an editor reads it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.workspace.model import BriefFile, Catalogue, EventList

if TYPE_CHECKING:
    from pydantic import BaseModel

Schema = dict[str, Any]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_ID_PATTERN: Final = "^[a-z0-9][a-z0-9-]*$"
_ID: Final[Schema] = {"type": ["string", "integer"], "pattern": _ID_PATTERN}
_AS_READ: Final[dict[str, Schema]] = {
    "text": {"type": ["string", "number", "boolean"]},
    "sha256": {"type": ["string", "number"], "pattern": "^[0-9a-f]{64}$"},
    "whole": {"type": ["integer", "string"], "minimum": 1, "pattern": "^[0-9]{1,9}$"},
}
_OF_SHA256: Final = ("Custom", "Original", "EarlierCopy")


def schemas() -> dict[str, bytes]:
    """The schemas by file name, as the bytes that stand in `docs/schemas/`."""
    models: dict[str, type[BaseModel]] = {
        "seeds": Catalogue,
        "events": EventList,
        "brief": BriefFile,
    }
    return {
        f"{name}.schema.json": _written(model.__name__, model.model_json_schema(by_alias=True))
        for name, model in models.items()
    }


def _written(root: str, schema: Schema) -> bytes:
    definitions = schema.get("$defs", {})
    for name, model in ((root, schema), *definitions.items()):
        _clean(model)
        for key in ("sha256",) if name in _OF_SHA256 else ():
            _replace_text(model["properties"][key], _AS_READ["sha256"])
    _as_editors_read(schema)
    _add_short_forms(definitions)
    text = json.dumps({"$schema": _DRAFT, **schema}, ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode() + b"\n"


def _clean(model: Schema) -> None:
    """Leave out titles and empty defaults, and allow null where a key may be absent."""
    required = model.get("required", ())
    for key, value in model["properties"].items():
        value.pop("title", None)
        if value.get("default") in (None, []) or isinstance(value["default"], dict):
            value.pop("default", None)
        if key not in required:
            _allow_null(value)


def _allow_null(value: Schema) -> None:
    if any(choice == {"type": "null"} for choice in value.get("anyOf", ())):
        return
    if "$ref" in value:
        value["anyOf"] = [{"$ref": value.pop("$ref")}, {"type": "null"}]
        return
    kinds = value["type"]
    value["type"] = [*(kinds if isinstance(kinds, list) else [kinds]), "null"]
    if "enum" in value:
        value["enum"] = [*value["enum"], None]


def _replace_text(value: Schema, instead: Schema) -> None:
    for choice in (value, *value.get("anyOf", ())):
        if choice.get("type") == "string":
            choice |= instead


def _as_editors_read(schema: Any) -> None:
    """Let every text and number be what an editor takes it for."""
    if isinstance(schema, list):
        for item in schema:
            _as_editors_read(item)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == ["string", "number"] and "pattern" not in schema:
        schema |= _AS_READ["text"]
    if schema.get("type") == "integer" and "minimum" in schema:
        schema |= _AS_READ["whole"]
    if schema.get("pattern") == _ID_PATTERN and schema.get("type") == "string":
        schema |= _ID
    for key, value in schema.items():
        # The keys of a mapping are text to everybody; an example is no schema.
        if key not in ("propertyNames", "examples"):
            _as_editors_read(value)


def _add_short_forms(definitions: dict[str, Schema]) -> None:
    """What the model takes besides, and pydantic cannot derive from its fields."""
    if "DateOfEvent" in definitions:
        date = definitions["DateOfEvent"]["properties"]["value"]
        _also(definitions, "DateOfEvent", {"type": date["type"]})
    if "Translation" in definitions:
        _also(definitions, "Translation", _AS_READ["text"])
    if "PersonReference" in definitions:
        one = {"type": "object", "additionalProperties": _ID, "minProperties": 1}
        _also(definitions, "PersonReference", _ID, {**one, "maxProperties": 1})
    if "Person" in definitions:
        person, role = definitions["Person"], definitions["Role"]
        single = {
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "role"],
            "properties": {
                "name": person["properties"]["name"],
                "role": role["properties"]["role"],
                "actor": role["properties"]["actor"],
            },
        }
        _also(definitions, "Person", single)


def _also(definitions: dict[str, Schema], name: str, *short: Schema) -> None:
    definitions[name] = {"anyOf": [*short, definitions[name]]}

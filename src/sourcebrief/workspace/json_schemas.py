"""JSON Schemas of the three files, for editors: generated from the model, never written by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sourcebrief.workspace.field_types import ID_SCHEMA
from sourcebrief.workspace.model import BriefFile, Catalogue, EventList

if TYPE_CHECKING:
    from pydantic import BaseModel

Schema = dict[str, Any]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, bytes]:
    """Return the schemas by file name, as the bytes that stand in `docs/schemas/`."""
    models: dict[str, type[BaseModel]] = {
        "seeds": Catalogue,
        "events": EventList,
        "brief": BriefFile,
    }
    return {
        f"{name}.schema.json": _written(model.model_json_schema(by_alias=True))
        for name, model in models.items()
    }


def _written(schema: Schema) -> bytes:
    definitions = schema.get("$defs", {})
    for model in (schema, *definitions.values()):
        _clean(model)
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


def _add_short_forms(definitions: dict[str, Schema]) -> None:
    """Add the short forms that the model takes and pydantic cannot derive from its fields."""
    if "DateOfEvent" in definitions:
        date = definitions["DateOfEvent"]["properties"]["value"]
        _also(definitions, "DateOfEvent", {"type": date["type"]})
    if "Translation" in definitions:
        _also(definitions, "Translation", {"type": ["string", "number", "boolean"]})
    if "PersonReference" in definitions:
        one = {"type": "object", "additionalProperties": ID_SCHEMA, "minProperties": 1}
        _also(definitions, "PersonReference", ID_SCHEMA, {**one, "maxProperties": 1})
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

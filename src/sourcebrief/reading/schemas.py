"""JSON Schemas of the three files, for editors; generated from the model, never written by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sourcebrief.reading.model import BriefFile, Catalogue, EventList

if TYPE_CHECKING:
    from pydantic import BaseModel

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}


def schemas() -> dict[str, bytes]:
    """The schemas by file name, as the bytes that stand in `docs/schemas/`."""
    models: dict[str, type[BaseModel]] = {
        "seeds": Catalogue,
        "events": EventList,
        "brief": BriefFile,
    }
    return {
        f"{name}.schema.json": _written(model.model_json_schema(by_alias=True))
        for name, model in models.items()
    }


def _written(schema: dict[str, Any]) -> bytes:
    definitions = schema.get("$defs", {})
    # The short forms that the model takes are not in what pydantic derives from its fields.
    if "DateOfEvent" in definitions:
        date = definitions["DateOfEvent"]["properties"]["value"]
        _also(definitions, "DateOfEvent", {"type": date["type"]})
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
    text = json.dumps({"$schema": _DRAFT, **schema}, ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode() + b"\n"


def _also(definitions: dict[str, Any], name: str, *short: dict[str, Any]) -> None:
    definitions[name] = {"anyOf": [*short, definitions[name]]}

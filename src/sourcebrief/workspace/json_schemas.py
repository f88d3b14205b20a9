"""JSON Schemas of the three files, for editors: generated from the model, never written by hand."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from sourcebrief.workspace.field_types import ID_SCHEMA
from sourcebrief.workspace.model import BriefFile, Catalogue, EventList

Schema = dict[str, Any]

_MODELS: dict[str, type[BaseModel]] = {"seeds": Catalogue, "events": EventList, "brief": BriefFile}
_NULL = {"type": "null"}


class _EditorSchema(GenerateJsonSchema):
    """Leaves out titles of keys and empty defaults, and takes null where a key may be absent."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False

    def default_schema(self, schema: Any) -> Schema:
        value, default = self.generate_inner(schema["schema"]), schema.get("default")
        if _NULL not in value.get("anyOf", ()):
            value = {"anyOf": [value, _NULL]}
        is_shown = default is False or (default and isinstance(default, str | tuple))
        return {**value, "default": default} if is_shown else value


def schemas() -> dict[str, bytes]:
    """Return the schemas by file name, as the bytes that stand in `docs/schemas/`."""
    made = {}
    for name, model in _MODELS.items():
        schema = model.model_json_schema(schema_generator=_EditorSchema)
        definitions = schema["$defs"]
        for key, short in _short_forms(definitions).items():
            definitions[key] = {"anyOf": [*short, definitions[key]]}
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True)
        made[f"{name}.schema.json"] = text.encode() + b"\n"
    return made


def _short_forms(definitions: dict[str, Schema]) -> dict[str, list[Schema]]:
    """Return the short forms that the model takes and pydantic cannot derive from its fields."""
    if "Person" not in definitions:
        return {}
    keys = {"name": definitions["Person"]["properties"]["name"]}
    keys |= {key: definitions["Role"]["properties"][key] for key in ("role", "actor")}
    person = {"type": "object", "additionalProperties": ID_SCHEMA}
    return {
        "DateOfEvent": [{"type": definitions["DateOfEvent"]["properties"]["value"]["type"]}],
        "Translation": [{"type": ["string", "number", "boolean"]}],
        "PersonReference": [ID_SCHEMA, {**person, "minProperties": 1, "maxProperties": 1}],
        "Person": [
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "role"],
                "properties": keys,
            }
        ],
    }

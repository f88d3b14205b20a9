"""The schemas that editors read are those of the model, and the real files fit them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sourcebrief.reading.positions import load
from sourcebrief.reading.schemas import schemas

jsonschema = pytest.importorskip("jsonschema", reason="the package jsonschema is not installed")

ROOT = Path(__file__).parents[2]
FILES = {
    "seeds/seeds.yaml": "seeds.schema.json",
    "briefings/ecuador-security-cooperation/events.yaml": "events.schema.json",
    "briefings/ecuador-security-cooperation/brief.yaml": "brief.schema.json",
}


@pytest.mark.parametrize("name", schemas())
def test_the_schema_in_the_docs_is_the_models(name: str) -> None:
    assert (ROOT / "docs/schemas" / name).read_bytes() == schemas()[name]


def _typed(value: object) -> object:
    """The value as an editor's YAML reader sees it: whole numbers and truth values resolved."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return {"true": True, "false": False}.get(str(value), value)


@pytest.mark.parametrize(("file", "schema"), FILES.items())
def test_a_real_file_fits_its_schema(file: str, schema: str) -> None:
    document = load((ROOT / file).read_bytes(), file)
    jsonschema.validate(_typed(document.value), json.loads(schemas()[schema]))


def test_a_misspelt_key_does_not_fit() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"event": []}, json.loads(schemas()["events.schema.json"]))

"""The schemas that editors read are those of the model, and the real files fit them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from sourcebrief.authoring.scaffold import plan_scaffold, write_scaffold
from sourcebrief.workspace import model
from sourcebrief.workspace.json_schemas import schemas

jsonschema = pytest.importorskip("jsonschema", reason="the package jsonschema is not installed")

ROOT = Path(__file__).parents[2]
KINDS = ("seeds", "events", "brief")
MADE = schemas()
READ = {name: json.loads(data) for name, data in MADE.items()}


MODELS: dict[str, type[BaseModel]] = {
    name: value
    for name, value in vars(model).items()
    if isinstance(value, type)
    and issubclass(value, BaseModel)
    and value.__module__ == model.__name__
    and not name.startswith("_")
}


def validate(kind: str, text: str) -> None:
    """Validate a file as an editor reads it (YAML 1.2, whose core schema PyYAML is near to)."""
    schema = READ[f"{kind}.schema.json"]
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(text))


@pytest.mark.parametrize("name", MADE)
def test_the_schema_in_the_docs_is_the_models(name: str) -> None:
    assert (ROOT / "docs/schemas" / name).read_bytes() == MADE[name]


@pytest.mark.parametrize("name", MADE)
def test_the_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(READ[name])


# ---------------------------------------------------------------- descriptions


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (name, field.alias or key)
        for name, one in MODELS.items()
        for key, field in one.model_fields.items()
    ],
)
def test_an_example_fits_its_own_key(name: str, key: str) -> None:
    found: dict[str, Any] = {}
    for schema in READ.values():
        found |= schema["$defs"] | {schema["title"]: schema}
    definition = next(
        each
        for each in (found[name], *found[name].get("anyOf", ()))
        if key in each.get("properties", {}) and "description" in each
    )
    value = definition["properties"][key]
    assert value["description"].endswith(".")
    (example,) = value["examples"]
    jsonschema.Draft202012Validator(value | {"$defs": found}).validate(example)


# ---------------------------------------------------------------- what editors read


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("events", "actors: {a: {name: 2018}}"),
        ("events", "actors: {a: {name: 1.0, short: true, country: }}"),
        ("events", "actors:\npeople: ~\nevents: []"),
        ("events", "people: {a: {name: A, role: B}}"),
        ("events", "people: {a: {name: A, roles: [{role: B, from: 2018, to: 2018-04}]}}"),
        ("seeds", "references: [{id: 2018, type: book, title: 1984, issued: 1949}]"),
        ("seeds", "references: [{id: a, type: book, title: b, issued: '2020?', volume: 3}]"),
    ],
)
def test_what_a_build_accepts_an_editor_accepts(kind: str, text: str) -> None:
    validate(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("events", "event: []"),
        ("events", "actors: {a: {nam: A}}"),
        ("events", "actors: {a: {name: }}"),
        ("events", "actors: {a: {name: [A]}}"),
        ("events", "people: {a: {name: A}}"),
        ("seeds", "references: [{id: Not An Id, type: book, title: b, issued: 2020}]"),
        ("seeds", "references: [{id: a, type: novel, title: b, issued: 2020}]"),
        ("seeds", "references: [{id: a, type: book, title: b}]"),
        ("brief", "title: Only this"),
    ],
)
def test_what_a_build_refuses_an_editor_shows(kind: str, text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate(kind, text)


# ---------------------------------------------------------------- real files


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """This repository, and a workspace with a first and a second briefing out of the scaffolds."""
    made = tmp_path_factory.mktemp("made")
    for name in ("first", "second"):
        write_scaffold(plan_scaffold(made, name, dt.date(2026, 3, 4)))
    return [ROOT, made]


def files(kind: str, root: Path) -> list[Path]:
    pattern = "seeds/seeds.yaml" if kind == "seeds" else f"briefings/*/{kind}.yaml"
    return sorted(root.glob(pattern))


@pytest.mark.parametrize("kind", KINDS)
def test_real_files_fit_their_schema(kind: str, workspaces: list[Path]) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    if not program.exists():
        pytest.skip("check-jsonschema is not installed")
    found = [file for root in workspaces for file in files(kind, root)]
    assert len(found) >= 2
    schema = ROOT / "docs/schemas" / f"{kind}.schema.json"
    done = subprocess.run(
        [program, "--schemafile", schema, *found], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_line_leads_an_editor_to_the_schema(kind: str, workspaces: list[Path]) -> None:
    for root in workspaces:
        for file in files(kind, root):
            first = file.read_text(encoding="utf-8").splitlines()[0]
            mark, _, path = first.partition("=")
            assert mark == "# yaml-language-server: $schema"
            assert (file.parent / path).resolve().read_bytes() == MADE[f"{kind}.schema.json"]

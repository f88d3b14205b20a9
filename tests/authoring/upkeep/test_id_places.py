"""Where ids stand: held against the model, so that a new key cannot be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from sourcebrief.authoring.upkeep.id_places import (
    CITING_TEXTS,
    NAMED_IDS,
    OWN_IDS,
    id_places,
    with_citations,
)
from sourcebrief.workspace.field_types import ID_SCHEMA
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.model import BriefFile, Catalogue, EventList
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = """\
actors:
  port: {name: Port, part_of: sea}
people:
  ruiz: {name: Ruiz, role: Minister, actor: sea}
  hale: {name: Hale, roles: [{role: Head, actor: port}]}
events:
  - id: talks
    part_of: visit
    actors: [port]
    people: [ruiz, {hale: port}, {id: ruiz, actor: sea}]
    date: {value: 2021, basis: external, sources: [wire]}
    summary: See [@visit; @wire, ¶ 2].
    caveat: None. [@wire]
    evidence:
      - {seed: post, quote: a b, translation: {text: c, seed: post-en}}
    outcomes:
      - {by: port, later: {source: gazette}}
"""
BRIEF = """\
select: {actors: [port]}
actors: [{id: port, summary: "It met. [@talks]"}]
bottom_line: They met. [@talks]
judgements: [{text: "We judge. [@talks]"}]
gaps: ["None. [@wire]"]
sections: [{text: "More. [@post]"}]
title: No citation is read in [@title]
"""


def fields_with_ids(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """The places of a model that hold an id."""

    def walk(annotation: Any, at: str) -> Iterator[str]:
        arguments = get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from fields_with_ids(annotation, at)
        elif any(getattr(one, "json_schema", None) == ID_SCHEMA for one in arguments):
            yield at
        elif get_origin(annotation) is dict:
            yield f"{at}.{{}}"
            yield from walk(arguments[1], f"{at}.{{}}")
        else:
            for argument in arguments:
                yield from walk(argument, f"{at}.*" if get_origin(annotation) is tuple else at)

    for name, field in model.model_fields.items():
        at = f"{path}.{field.alias or name}".lstrip(".")
        # Pydantic takes the outer annotation apart.
        if any(getattr(one, "json_schema", None) == ID_SCHEMA for one in field.metadata):
            yield at
        else:
            yield from walk(field.annotation, at)


def test_every_id_of_the_model_is_in_a_table() -> None:
    models = (Catalogue, EventList, BriefFile)
    found = {path for model in models for path in fields_with_ids(model)}
    assert found <= OWN_IDS.keys() | NAMED_IDS.keys()
    # The short forms of the files are no fields of the model.
    short = {"people.{}.actor", "events.*.people.*"}
    assert (OWN_IDS.keys() | NAMED_IDS.keys()) - found == short


def test_every_text_that_cites_is_in_the_table() -> None:
    assert {text.split(".")[0] for text in CITING_TEXTS} == {
        "events", "bottom_line", "judgements", "actors", "gaps", "sections",
    }  # fmt: skip


def test_ids_are_found_in_every_form() -> None:
    found = {
        (one.id, "/".join(one.kinds), one.form, ".".join(map(str, one.path)))
        for one in id_places([load(LIST.encode(), "events.yaml")])
        if not one.own
    }
    assert found == {
        ("sea", "actor", "value", "actors.port.part_of"),
        ("sea", "actor", "value", "people.ruiz.actor"),
        ("port", "actor", "value", "people.hale.roles.0.actor"),
        ("port", "actor", "value", "events.0.actors.0"),
        ("ruiz", "person", "value", "events.0.people.0"),
        ("hale", "person", "key", "events.0.people.1.hale"),
        ("port", "actor", "value", "events.0.people.1.hale"),
        ("ruiz", "person", "value", "events.0.people.2.id"),
        ("sea", "actor", "value", "events.0.people.2.actor"),
        ("post", "entry", "value", "events.0.evidence.0.seed"),
        ("post-en", "entry", "value", "events.0.evidence.0.translation.seed"),
        ("port", "actor", "value", "events.0.outcomes.0.by"),
        ("gazette", "entry", "value", "events.0.outcomes.0.later.source"),
        ("wire", "entry", "value", "events.0.date.sources.0"),
        ("visit", "event", "value", "events.0.part_of"),
        ("visit", "event/entry", "citation", "events.0.summary"),
        ("wire", "event/entry", "citation", "events.0.summary"),
        ("wire", "event/entry", "citation", "events.0.caveat"),
    }


def test_a_brief_names_actors_and_cites() -> None:
    found = list(id_places([load(BRIEF.encode(), "brief.yaml")]))
    assert [one.id for one in found if one.form != "citation"] == ["port", "port"]
    assert [one.id for one in found if one.form == "citation"] == [
        "talks", "talks", "talks", "wire", "post",
    ]  # fmt: skip
    assert not any(one.own for one in found)


def test_own_ids_are_told_from_named_ones() -> None:
    own = [one for one in id_places([load(LIST.encode(), "events.yaml")]) if one.own]
    assert [(one.id, one.kinds, one.place.line) for one in own] == [
        ("talks", ("event",), 7),
        ("port", ("actor",), 2),
        ("ruiz", ("person",), 4),
        ("hale", ("person",), 5),
    ]


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("[@a]", "[@X]"),
        ("[@a; @a, ¶ 2;@b]", "[@X; @X, ¶ 2;@b]"),
        ("[@a, see @a]", "[@X, see @a]"),
        ("[@ab] [@a-b]", "[@ab] [@a-b]"),
        ("\\[@a] a @a [a]", "\\[@a] a @a [a]"),
        ("\\\\[@a]", "\\\\[@X]"),
        ("[@b;\n  @a]", "[@b;\n  @X]"),
    ],
)
def test_ids_in_citations_are_changed_and_nothing_else(text: str, renamed: str) -> None:
    found = with_citations(text, lambda key: "X" if key == "a" else key)
    assert found == renamed
    before = [item.id for item in parse_markup(text).citations]
    assert [item.id for item in parse_markup(found).citations] == [
        "X" if key == "a" else key for key in before
    ]

"""What the cursor is on, marked by | in the texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.editor.cursor import (
    Named,
    citation_at,
    evidence_path,
    named_at,
    path_at,
    wanted_at,
)
from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.yaml_edits import YamlText
from sourcebrief.workspace.yaml_places import load

EVENTS = "briefings/port/events.yaml"
BRIEF = "briefings/port/brief.yaml"
SEEDS = "seeds/seeds.yaml"


def marked(text: str) -> tuple[str, int]:
    offset = text.index("|")
    return text[:offset] + text[offset + 1 :], offset


@pytest.mark.parametrize(
    ("text", "path", "on_key"),
    [
        ("a: x|y", ("a",), False),
        ("a|b: x", ("ab",), True),
        ("a: [b, c|]", ("a", 1), False),
        ("- a: {b: c|}", (0, "a", "b"), False),
        ("a:\n  - b: >-\n      wo|rds\n", ("a", 0, "b"), False),
        ("a: 1\n\n|\nb: 2\n", (), False),
        ("|", (), False),
    ],
)
def test_the_way_to_a_value(text: str, path: tuple[str | int, ...], on_key: bool) -> None:
    text, offset = marked(text)
    assert path_at(YamlText(text), offset) == (path, on_key)


def test_an_item_of_evidence() -> None:
    assert evidence_path(("events", 0, "evidence", 1, "quote")) == ("events", 0, "evidence", 1)
    assert evidence_path(("events", 0, "summary")) is None
    assert evidence_path(("actors", "x", "evidence", 1)) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It was so. [@pa|ct]", Named("cited", "pact")),
        ("[@pact; @wire-20|21, ¶ 4]", Named("cited", "wire-2021", 4)),
        ("[@wire-2021, ¶ 4|]", Named("cited", "wire-2021", 4)),
        ("[@pact] and m|ore [@offer]", None),
        ("mail@pa|ct", None),
        ("[one] @pa|ct", None),
    ],
)
def test_a_citation(text: str, named: Named | None) -> None:
    text, offset = marked(text)
    assert citation_at(text, offset) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("events: [{evidence: [{seed: wi|re}]}]", Named("entry", "wire")),
        ("events: [{date: {value: 2021, sources: [al|m]}}]", Named("entry", "alm")),
        ("events: [{outcomes: [{later: {source: a|b}}]}]", Named("entry", "ab")),
        ("events: [{outcomes: [{by: a|b}]}]", Named("actor", "ab")),
        ("events: [{actors: [a|b]}]", Named("actor", "ab")),
        ("events: [{part_of: a|b}]", Named("event", "ab")),
        ("actors: {x: {part_of: a|b}}", Named("actor", "ab")),
        ("people: {x: {role: r, actor: a|b}}", Named("actor", "ab")),
        ("events: [{people: [a|b]}]", Named("person", "ab")),
        ("events: [{people: [{a|b: cd}]}]", Named("person", "ab")),
        ("events: [{people: [{ab: c|d}]}]", Named("actor", "cd")),
        ("actors: [{id: a|b, summary: x}]", Named("actor", "ab")),
        ("select: {actors: [a|b]}", Named("actor", "ab")),
        ("references: [{custom: {derived_from: a|b}}]", Named("entry", "ab")),
        ("references: [{custom: {distinct: [{from: a|b}]}}]", Named("entry", "ab")),
        ('events: [{summary: "It was. [@a|b]"}]', Named("cited", "ab")),
        ("events: [{title: a|b}]", None),
        ("events: [{id: a|b}]", None),
        ("people: {x: {roles: [{from: 20|18}]}}", None),
    ],
)
def test_an_id_and_its_kind(text: str, named: Named | None) -> None:
    text, offset = marked(text)
    assert named_at(YamlText(text), offset) == named


@pytest.mark.parametrize(
    ("text", "path", "kind", "typed"),
    [
        ("bottom_line: It was. [@pa|", BRIEF, "cited", "pa"),
        ("bottom_line: It was. [@pact; @|", BRIEF, "cited", ""),
        ("gaps:\n  - text [@x, ¶ 4; @of|", BRIEF, "cited", "of"),
        ("    evidence:\n      - seed: wi|", EVENTS, "entry", "wi"),
        ("      - {seed: wi|", EVENTS, "entry", "wi"),
        ("    date: {value: 2021, sources: [a, b|", EVENTS, "entry", "b"),
        ("    date: {value: 2021, sources: [b|", EVENTS, "entry", "b"),
        ("events:\n  - id: x\n    part_of: p|", EVENTS, "event", "p"),
        ("actors:\n  x:\n    part_of: p|", EVENTS, "actor", "p"),
        ("events:\n  - actors: [p|", EVENTS, "actor", "p"),
        ("events:\n  - id: x\n    actors:\n      - p|", EVENTS, "actor", "p"),
        ("events:\n  - id: x\n    people:\n      - p|", EVENTS, "person", "p"),
        ("actors:\n  - id: p|", BRIEF, "actor", "p"),
        ("events:\n  - id: p|", EVENTS, None, ""),
        ("references:\n  - custom:\n      derived_from: |", SEEDS, "entry", ""),
        ("references:\n  - custom:\n      distinct:\n        - {from: w|", SEEDS, "entry", "w"),
        ("people:\n  x: {role: r, from: 2|", EVENTS, None, ""),
        ("    title: p|", EVENTS, None, ""),
        ("    themes:\n      - p|", EVENTS, None, ""),
        ("|", EVENTS, None, ""),
    ],
)
def test_an_id_that_is_typed(text: str, path: str, kind: str | None, typed: str) -> None:
    text, offset = marked(text)
    wanted = wanted_at(text, offset, path)
    assert (wanted.kind if wanted else None) == kind
    if wanted:
        assert text[wanted.start : offset] == typed


LINES = st.sampled_from(
    [
        "events:",
        "  - id: x",
        "    actors: [a, ",
        "      - seed: y",
        "    people: [{p: a}]",
        "    summary: It was. [@x; @y, ¶ 3]",
        "actors: {a: {part_of: b}}",
        "\t:",
        "",
        "- - -",
        "ñ😀: '",
    ]
)


@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 200))
def test_no_text_and_no_place_is_a_fault(lines: list[str], end: str, offset: int) -> None:
    text = end.join(lines)
    offset = min(offset, len(text))
    for path in (EVENTS, BRIEF, SEEDS):
        wanted = wanted_at(text, offset, path)
        assert wanted is None or 0 <= wanted.start <= offset
    citation_at(text, offset)
    try:
        load(text.encode(), EVENTS)
    except InvalidInput:
        return
    named_at(YamlText(text), offset)

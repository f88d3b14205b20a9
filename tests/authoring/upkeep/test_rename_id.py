"""Renaming: every place changes, nothing else does, and a file that would read otherwise stays."""

from __future__ import annotations

import difflib
import shutil
from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from conftest import PROJECT
from sourcebrief.authoring.upkeep.authored_files import authored_files
from sourcebrief.authoring.upkeep.id_places import KINDS, id_places
from sourcebrief.authoring.upkeep.rename_id import plan_renaming, renaming_report
from sourcebrief.errors import InvalidInput, UsageError
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.write_files import replace_unchanged

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.authoring.upkeep.id_places import Kind

EVENTS, PORTS = "briefings/ports/events.yaml", "briefings/ports/brief.yaml"
SEEDS = "seeds/seeds.yaml"


def rename(root: Path, old: str, new: str, kind: Kind | None = None) -> str:
    renaming = plan_renaming(Inputs(root), old, new, kind)
    replace_unchanged(root, renaming.files)
    return renaming_report(renaming, old, new)


def texts(root: Path) -> dict[str, str]:
    return {path: (root / path).read_bytes().decode() for path in authored_files(Inputs(root))}


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [
        line
        for path in before
        for line in difflib.ndiff(before[path].splitlines(), after[path].splitlines())
        if line[0] in "+-"
    ]


def test_an_event_is_renamed_where_it_is_cited(root: Path) -> None:
    before = texts(root)
    assert rename(root, "pact-signed", "pact-2021").splitlines() == [
        "event pact-signed is now pact-2021",
        "  briefings/coast/brief.yaml: once",
        "  briefings/ports/brief.yaml: 2 times",
        "  briefings/ports/events.yaml: once",
    ]
    assert changes(before, texts(root)) == [
        "- bottom_line: The coast guard signed. [@pact-signed]",
        "+ bottom_line: The coast guard signed. [@pact-2021]",
        "- bottom_line: The pact is signed. [@pact-signed]",
        "+ bottom_line: The pact is signed. [@pact-2021]",
        "-     summary: The authority took part. [@pact-signed; @pact-binds]",
        "+     summary: The authority took part. [@pact-2021; @pact-binds]",
        "-   - id: pact-signed",
        "+   - id: pact-2021",
    ]


def test_a_seed_is_renamed_where_it_is_quoted_and_cited(root: Path) -> None:
    harbour.change(root, "issued_basis: stated}", "issued_basis: stated, derived_from: post-2021}",
                   SEEDS)  # fmt: skip
    harbour.change(root, "  - id: post-2021\n", "  # post-2021 came first\n  - id: 'post-2021'\n",
                   SEEDS)  # fmt: skip
    said = rename(root, "post-2021", "no")
    assert f"{SEEDS}:3:5: a comment still has post-2021" in said
    after = texts(root)
    assert "  - id: 'no'\n" in after[SEEDS]
    # Another reader of YAML would take the bare word for a truth value.
    assert 'derived_from: "no"}' in after[SEEDS]
    assert after[EVENTS].count('seed: "no"') == 3
    assert "[@no, ¶ 5]" in after[PORTS]
    assert [one for one in check(("coast", "ports"), root) if one.severity == "error"] == []


def test_an_actor_and_a_person_are_renamed_in_every_form(root: Path) -> None:
    people = "people:\n  ruiz: {name: Ana Ruiz, role: Minister, actor: port}\nevents:\n"
    harbour.change(root, "events:\n", people, EVENTS)
    summary = "    summary: The minister"
    harbour.change(root, summary, f"    people: [ruiz: port]\n{summary}", EVENTS)
    harbour.change(root, "guard: {name", '"guard": {part_of: port, name', EVENTS)
    harbour.change(root, "bottom_line", "select: {actors: [port]}\nbottom_line", PORTS)
    rename(root, "port", "tarn")
    rename(root, "ruiz", "ana")
    rename(root, "guard", "coast")
    after = texts(root)
    assert "  tarn: {name: Port Authority}" in after[EVENTS]
    assert '  "coast": {part_of: tarn, name: Coast Guard}' in after[EVENTS]
    assert "  ana: {name: Ana Ruiz, role: Minister, actor: tarn}" in after[EVENTS]
    assert "people: [ana: tarn]" in after[EVENTS]
    assert "actors: [tarn, coast]" in after[EVENTS]
    assert "select: {actors: [tarn]}" in after[PORTS]
    assert "  - id: tarn\n" in after[PORTS]
    assert check(("coast", "ports"), root) == []


def test_an_alias_is_renamed_where_it_is_written(root: Path) -> None:
    harbour.change(root, "actors: [port, guard]", "actors: &both [port, guard]", EVENTS)
    harbour.change(root, "actors: [port]", "actors: *both", EVENTS)
    rename(root, "guard", "coast")
    assert "actors: &both [port, coast]" in texts(root)[EVENTS]


def test_a_word_that_an_alias_gives_to_two_kinds_is_refused(root: Path) -> None:
    harbour.change(root, "  - id: pact-signed", "  - id: &it pact-signed", EVENTS)
    harbour.change(root, "title: Pact on patrols signed", "title: *it", EVENTS)
    before = texts(root)
    with pytest.raises(InvalidInput) as raised:
        rename(root, "pact-signed", "pact-2021")
    assert [str(one) for one in raised.value.problems] == [
        f"{EVENTS}:5:9: error: cannot be edited as it is written; write 'pact-2021' here yourself, "
        "or undo the alias"
    ]
    assert texts(root) == before


def test_text_that_only_looks_like_a_citation_stays(root: Path) -> None:
    harbour.change(root, "Nothing is said of costs.",
                   r"Nothing, \[@pact-binds] or @pact-binds, is said of costs.", PORTS)  # fmt: skip
    rename(root, "pact-binds", "binding")
    assert r"Nothing, \[@pact-binds] or @pact-binds, is" in texts(root)[PORTS]
    assert "[@binding]" in texts(root)[PORTS]


def test_a_citation_over_two_lines_and_one_behind_an_escape(root: Path) -> None:
    harbour.change(
        root, "bottom_line: The pact is signed. [@pact-signed]",
        "bottom_line: >-\n  The pact is signed. [@pact-signed;\n  @pact-binds]", PORTS,
    )  # fmt: skip
    harbour.change(root, "text: Patrols follow. [@patrols-begin]",
                   'text: "Patrols\\u00a0follow. [@pact-binds]"', PORTS)  # fmt: skip
    rename(root, "pact-binds", "binding")
    assert "[@pact-signed;\n  @binding]" in texts(root)[PORTS]
    assert '"Patrols\\u00a0follow. [@binding]"' in texts(root)[PORTS]


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ("pact-sined", "x", None, "no id 'pact-sined'; did you mean 'pact-signed'?"),
        ("port", "x", "event", "no event 'port'"),
        ("port", "guard", None, f"the id 'guard' is taken by the actor at {EVENTS}:3:3"),
        ("pact-binds", "post-2021", None, "is taken by the catalogue entry at seeds/seeds.yaml:3"),
        ("pact-binds", "Pact", None, "'Pact' cannot be an id"),
        ("pact-binds", "a" * 121, None, "at most 120"),
        ("pact-binds", "pact-binds", None, "is the id that it has"),
    ],
)
def test_what_cannot_be_renamed_is_refused(
    root: Path, old: str, new: str, kind: Kind | None, words: str
) -> None:
    with pytest.raises(UsageError) as raised:
        rename(root, old, new, kind)
    assert words in str(raised.value)


def test_an_id_of_two_kinds_needs_its_kind(root: Path) -> None:
    rename(root, "pact-binds", "port")  # an event may have the id of an actor
    with pytest.raises(UsageError, match="'port' is the id of an event and an actor; add --kind"):
        rename(root, "port", "x")
    rename(root, "port", "binding", "event")
    assert "- id: port" in texts(root)[PORTS]
    assert "[@binding]" in texts(root)[PORTS]
    rename(root, "port", "pact-binds", "actor")
    assert check(("coast", "ports"), root) == []


def test_an_event_that_took_the_id_of_an_entry_gives_it_back(root: Path) -> None:
    harbour.change(root, "  - id: patrols-begin", "  - id: post-2021", EVENTS)
    rename(root, "post-2021", "patrols-begin", "event")
    assert "- id: patrols-begin" in texts(root)[EVENTS]
    assert "[@post-2021, ¶ 5]" in texts(root)[PORTS]
    assert check(("coast", "ports"), root) == []


def test_an_origin_is_free_text_and_stays(root: Path) -> None:
    harbour.change(root, "issued_basis: stated}", "issued_basis: stated, origin: post-2021}", SEEDS)
    rename(root, "post-2021", "the-post")
    assert "origin: post-2021}" in texts(root)[SEEDS]


def test_every_id_of_a_real_workspace_there_and_back(tmp_path: Path) -> None:
    for folder in ("seeds", "briefings"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    before = texts(tmp_path)
    own = [one for one in id_places(authored_files(Inputs(tmp_path)).values()) if one.own]
    chosen = dict.fromkeys(next(one for one in own if one.kinds == (kind,)) for kind in KINDS)
    chosen |= dict.fromkeys(own[::9])
    for one in chosen:
        rename(tmp_path, one.id, f"{one.id}-renamed", one.kinds[0])
    assert check(tuple(Inputs(tmp_path).briefings()), tmp_path) == []
    for one in chosen:
        rename(tmp_path, f"{one.id}-renamed", one.id, one.kinds[0])
    assert texts(tmp_path) == before

"""What is withheld, and what may still be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.authoring.inquiries.withholding import WITHHELD, Question, Withholding, units_of
from sourcebrief.authoring.open_workspace import OpenWorkspace
from sourcebrief.errors import Place, Problem
from sourcebrief.workspace.yaml_places import load
from withheld import EVENTS, SEEDS, with_secret

if TYPE_CHECKING:
    from conftest import Workspace


NOTHING = Question()


def withholding(workspace: Workspace, limit: str = "TLP:GREEN") -> Withholding:
    open_ = OpenWorkspace(workspace.root)
    corpus = open_.corpus()
    return Withholding(limit, corpus.library, corpus.seeds, open_.record("port", corpus).files)


@pytest.mark.parametrize(
    ("custom", "limit", "withheld"),
    [
        ("private: true", "TLP:RED", True),
        ("private: false", "TLP:CLEAR", False),
        ("private: perhaps", "TLP:RED", True),
        ("marking: TLP:AMBER", "TLP:GREEN", True),
        ("marking: TLP:AMBER+STRICT", "TLP:AMBER", True),
        ("marking: TLP:AMBER", "TLP:AMBER", False),
        ("marking: TLP:GREEN", "TLP:AMBER", False),
        ("marking: TLP:GREEN", "TLP:GREEN", False),
        ("marking: TLP:AMBR", "TLP:RED", True),
        ("marking: Confidential", "TLP:RED", True),
        ("marking: Confidential", "Confidential", False),
        ("embed: quotes", "TLP:CLEAR", False),
    ],
)
def test_which_documents_are_withheld(
    workspace: Workspace, custom: str, limit: str, withheld: bool
) -> None:
    found = withholding(with_secret(workspace, custom=custom), limit)
    assert ("hidden-2021" in found.documents) is withheld
    assert ("hidden-2021" in found.visible) is not withheld or custom == "private: perhaps"
    assert found.visible.keys() >= {"gazette-2021", "wire-2021"}
    assert found.ids == ({"hidden-2021", "hush"} if withheld else frozenset())


def test_an_event_with_a_marking_of_its_own(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "themes: [equipment]", "themes: [equipment]\n    marking: TLP:RED")
    found = withholding(workspace)
    assert (found.documents, found.ids) == (frozenset(), {"offer"})
    assert [unit.name for unit in found.withheld_events] == ["offer"]


def test_units_and_their_lines() -> None:
    text = (
        b"a: 1\nevents:\n  - id: x\n    date: 2\n  - id: y\nactors: {p: {name: q}, r: {}}\nb: []\n"
    )
    units = units_of(load(text, "events.yaml"))
    assert [(unit.path, unit.name, unit.lines.start) for unit in units] == [
        (("a",), "a", 1),
        (("events", 0), "x", 3),
        (("events", 1), "y", 5),
        (("actors", "p"), "p", 6),
        (("actors", "r"), "r", 6),
        (("b",), "b", 7),
    ]
    assert all(4 in unit.lines for unit in units if unit.name == "x")
    assert [unit.name for unit in units if 6 in unit.lines] == ["p", "r"]


def test_lines_of_what_is_withheld_and_of_what_it_needs(workspace: Workspace) -> None:
    found = withholding(with_secret(workspace))
    (events,) = found.events
    lines = (workspace.root / EVENTS).read_text("utf-8").splitlines()
    covered = [line for number, line in enumerate(lines, 1) if found.covers(events, number)]
    assert covered[0] == "  coast-office: {name: Coast Office, part_of: interior}"
    assert covered[1:] == ["people:", *lines[lines.index("  - id: hush") :]]


@pytest.mark.parametrize(
    ("path", "line", "message", "hidden"),
    [
        (EVENTS, 12, "anything", False),
        (EVENTS, 45, "anything", True),
        (SEEDS, 33, "anything", True),
        (SEEDS, 3, "anything", False),
        (EVENTS, 12, "it stands in hidden-2021, ¶ 2", True),
        (EVENTS, 12, "“Zanzibar quagmire dossier”", True),
        (EVENTS, 12, "zanzibar.txt has changed", True),
        (EVENTS, 12, "nothing selects the event 'hush'", True),
        (EVENTS, 12, "nearest is “the quixotic, vermilion SUBMARINE anchored”", True),
        (EVENTS, 12, "nearest is “signed a pact on container scanning worth 1,500”", False),
        ("briefings/port/brief.yaml", 400, "anything", False),
    ],
)
def test_which_problems_are_told(
    workspace: Workspace, path: str, line: int, message: str, hidden: bool
) -> None:
    found = withholding(with_secret(workspace))
    documents = {SEEDS: found.library.document, EVENTS: found.events[0]}
    assert found.hides(Problem(Place(path, line), message), documents, NOTHING) is hidden


def test_an_answer_is_searched_for_the_words_before_it_leaves(workspace: Workspace) -> None:
    found = withholding(with_secret(workspace))
    shown = {"a": ["The Coast Office", {"b": 3, "c": None}]}
    assert found.scrubbed(shown, NOTHING) == shown
    secret = {"a": ["x: vermilion submarine anchored beneath x", {"Zanzibar quagmire dossier": 1}]}
    assert found.scrubbed(secret, NOTHING) == {"a": [WITHHELD, {WITHHELD: 1}]}


def test_words_without_spaces_are_searched_letter_by_letter(workspace: Workspace) -> None:
    with_secret(workspace)
    workspace.write(
        "seeds/zanzibar.txt", "秘密の潜水艦が港に停泊した。\n\nPublished on 10 March 2021.\n"
    )
    found = withholding(workspace)
    assert found.holds("答え「潜水艦が港」", NOTHING)
    assert not found.holds("港に船が停泊", NOTHING)


def test_where_nothing_is_withheld_nothing_is_looked_for(workspace: Workspace) -> None:
    found = withholding(workspace)
    assert not found.anything
    assert not found.holds("anything at all that is said here", NOTHING)


def test_the_words_of_a_question_may_come_back(workspace: Workspace) -> None:
    """Else a guess would be confirmed by the lack of its words in the answer."""
    found = withholding(with_secret(workspace))
    said = Question('{"title": "The quixotic vermilion submarine anchored"}')
    assert not found.holds("quixotic vermilion submarine anchored", said)
    assert found.holds("vermilion submarine anchored beneath", said)
    message = Problem(Place(EVENTS, 12), "no such thing as Zanzibar quagmire dossier")
    assert found.hides(message, {}, said)
    assert not found.hides(message, {}, Question("zanzibar quagmire DOSSIER"))


def test_a_word_that_a_lines_end_divides_is_seen_in_both_forms(workspace: Workspace) -> None:
    with_secret(workspace)
    text = "The quixotic vermil-\nion submarine anchored.\n\nPublished on 10 March 2021.\n"
    workspace.write("seeds/zanzibar.txt", text)
    found = withholding(workspace)
    assert found.holds("quixotic vermilion submarine anchored", NOTHING)
    assert found.holds("quixotic vermil- ion submarine", NOTHING)

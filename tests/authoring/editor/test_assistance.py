"""What an editor shows of the small good workspace; | marks the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.authoring.editor import assistance
from sourcebrief.authoring.editor.assistance import (
    Known,
    SeedStretch,
    candidates,
    corrections,
    definition,
    hover,
    likeliest,
)
from sourcebrief.authoring.editor.cursor import Wanted
from sourcebrief.authoring.open_workspace import OpenWorkspace
from sourcebrief.errors import Place
from sourcebrief.workspace.yaml_edits import YamlText, apply_edits

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"
BRIEF = "briefings/port/brief.yaml"
SENT = "The Office will send three scanners to the harbour"


def at(workspace: Workspace, file: str, words: str) -> tuple[YamlText, int, Known]:
    """A file with the cursor where | stands in some of its words."""
    open_ = OpenWorkspace(workspace.root)
    corpus = open_.corpus()
    known = Known(corpus.library, corpus.seeds, open_.record("port", corpus))
    text = (workspace.root / file).read_text("utf-8")
    assert text.count(words.replace("|", "")) == 1, words
    return YamlText(text), text.index(words.replace("|", "")) + words.index("|"), known


def ids(workspace: Workspace, kind: str) -> list[str]:
    known = at(workspace, EVENTS, "e|vents:")[2]
    return [key for key, _ in candidates(Wanted(kind, 0), known)]  # type: ignore[arg-type]


def test_ids_to_complete(workspace: Workspace) -> None:
    assert ids(workspace, "entry") == ["gazette-2021", "wire-2021", "almanac-2020"]
    assert ids(workspace, "event") == ["pact", "offer"]
    assert ids(workspace, "cited") == [*ids(workspace, "entry"), *ids(workspace, "event")]
    assert ids(workspace, "actor") == ["ports", "interior", "coast-office"]
    assert ids(workspace, "person") == ["ruiz", "hale"]


def test_the_likeliest_ids_come_first_and_not_thousands(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = at(workspace, EVENTS, "e|vents:")[2]
    found, more = likeliest(Wanted("cited", 0), known, "of")
    assert [key for key, _ in found][:1] == ["offer"]
    assert not more
    by_title = likeliest(Wanted("cited", 0), known, "scanners")[0]
    assert by_title[0] == ("offer", "2021-05-14: Coast Office promises scanners")
    monkeypatch.setattr(assistance, "_MOST_OFFERED", 2)
    found, more = likeliest(Wanted("cited", 0), known, "")
    assert (len(found), more) == (2, True)


@pytest.mark.parametrize(
    ("file", "words", "shown"),
    [
        (
            EVENTS,
            "quote: the pact on |container",
            "wire-2021, ¶ 1: Coast Office confirms pact\n\nThe Coast Office confirmed on 14 May",
        ),
        (BRIEF, "[@pact; @of|fer]", "2021-05-14 (inferred): Coast Office promises scanners"),
        (
            BRIEF,
            "[@wire-2021, ¶| 4]",
            "Wire, 2021-05-14 (document): Coast Office confirms pact\n\n",
        ),
        (BRIEF, "[@wire-2021, ¶ 4|]", "¶ 4: The Office did not say what the scanners cost."),
        (EVENTS, "[@alm|anac-2020]", "Almanac Press, 2020 (other source): Almanac of Ports"),
        (EVENTS, "- seed: gaz|ette-2021", "Gazette, 2021-05-13 (document): Harbour ministers"),
        (EVENTS, "actors: [coast-off|ice, ports]", "Coast Office, part of interior"),
        (EVENTS, "people: [ru|iz", "Ana Ruiz\nMinister of Ports"),
        (BRIEF, "id: int|erior", "Ministry of the Interior"),
    ],
)
def test_what_stands_behind_it(workspace: Workspace, file: str, words: str, shown: str) -> None:
    found = hover(*at(workspace, file, words))
    assert found is not None
    assert shown in found


def test_an_event_shows_its_quotations_and_where_they_stand(workspace: Workspace) -> None:
    found = hover(*at(workspace, BRIEF, "We judge that the pact holds. [@pa|ct]"))
    assert found is not None
    assert "“the pact on container scanning was signed” wire-2021, ¶ 1" in found


def test_a_quotation_that_does_not_stand_says_why(workspace: Workspace) -> None:
    workspace.edit(EVENTS, f"{SENT}\n", "The Office will send four scanners to the harbour\n")
    found = hover(*at(workspace, EVENTS, "send fo|ur scanners"))
    assert found is not None
    assert "the seed has “three” for “four”" in found


@pytest.mark.parametrize("words", ["title: Pact on con|tainer", "date: 2021-05-|12", "ev|ents:"])
def test_what_has_nothing_behind_it(workspace: Workspace, words: str) -> None:
    assert hover(*at(workspace, EVENTS, words)) is None
    assert definition(*at(workspace, EVENTS, words)) is None


@pytest.mark.parametrize(
    ("file", "words", "place"),
    [
        (BRIEF, "[@pact; @of|fer]", Place(EVENTS, 25, 9)),
        (EVENTS, "[@alm|anac-2020]", Place("seeds/seeds.yaml", 26, 9)),
        (EVENTS, "actors: [coast-office, por|ts]", Place(EVENTS, 2, 3)),
        (EVENTS, "people: [ruiz, ha|le]", Place(EVENTS, 7, 3)),
        (BRIEF, "id: int|erior", Place(EVENTS, 3, 3)),
    ],
)
def test_where_it_is_defined(workspace: Workspace, file: str, words: str, place: Place) -> None:
    assert definition(*at(workspace, file, words)) == place


@pytest.mark.parametrize(
    ("file", "words", "stretch"),
    [
        (EVENTS, "quote: The Office wi|ll send three", SENT),
        (EVENTS, "paragraph: 2|", SENT),
        (BRIEF, "[@wire-2021, ¶ 4|]", "The Office did not say what the scanners cost."),
    ],
)
def test_a_quotation_leads_to_its_passage(
    workspace: Workspace, file: str, words: str, stretch: str
) -> None:
    found = definition(*at(workspace, file, words))
    assert isinstance(found, SeedStretch)
    text = (workspace.root / found.path).read_text("utf-8")
    assert text[found.start : found.end] == stretch


# --- corrections ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "title", "after"),
    [
        (
            "The Office will send four scanners to the harbour\n        paragraph: 2",
            f"Replace by the words of wire-2021, ¶ 2: “{SENT}”",
            f"quote: {SENT}\n        paragraph: 2",
        ),
        (
            "The Office did not say what the radars cost\n        paragraph: 2",
            "Replace by the words of wire-2021, ¶ 4: "
            "“The Office did not say what the scanners cost”",
            "quote: The Office did not say what the scanners cost\n        paragraph: 4",
        ),
        (
            "'ffice did not say what the scan'",
            "Quote whole words of wire-2021, ¶ 4: “Office did not say what the scanners”",
            "quote: 'Office did not say what the scanners'",
        ),
        (
            "Office will send three scanners to the harbour",
            "Take ¶ 2 of wire-2021",
            "quote: Office will send three scanners to the harbour\n        paragraph: 2",
        ),
        (
            f"{SENT}\n        paragraph: 1",
            "Take ¶ 2 of wire-2021",
            f"quote: {SENT}\n        paragraph: 2",
        ),
    ],
)
def test_a_near_miss_is_put_right(
    workspace: Workspace, written: str, title: str, after: str
) -> None:
    workspace.edit(EVENTS, f"{SENT}\n        paragraph: 2", written)
    text, offset, known = at(workspace, EVENTS, f"quo|te: {written.splitlines()[0]}")
    found = list(corrections(text, offset, known))
    assert found[0].title == title
    corrected = apply_edits(text.text, found[0].edits)
    assert after in corrected
    (workspace.root / EVENTS).write_text(corrected, "utf-8")
    assert "quotation" not in workspace.run("check").err


def test_marks_around_the_words_in_the_document_are_not_added(workspace: Workspace) -> None:
    first = "met the Director of the Coast Office, Tom Hale, on 12 May 2021 in Port Almera"
    workspace.edit(EVENTS, first, "We will share radar photos with our neighbours")
    text, offset, known = at(workspace, EVENTS, "quo|te: We will share")
    (found, *_) = corrections(text, offset, known)
    assert "quote: We will share radar pictures with our neighbours\n" in apply_edits(
        text.text, found.edits
    )


def test_what_is_too_short_grows(workspace: Workspace) -> None:
    workspace.edit(EVENTS, f"{SENT}\n        paragraph: 2", "opens next")
    (found,) = corrections(*at(workspace, EVENTS, "quo|te: opens next"))
    assert found.title.startswith("Quote whole words of wire-2021, ¶ 3: “")
    assert "opens next" in found.edits[0].words


def test_a_repeat_may_be_any_of_its_paragraphs(workspace: Workspace) -> None:
    words = "Office will send three scanners to the harbour"
    workspace.edit(EVENTS, f"{SENT}\n        paragraph: 2", words)
    found = corrections(*at(workspace, EVENTS, f"quo|te: {words}"))
    assert [one.title for one in found] == ["Take ¶ 2 of wire-2021", "Take ¶ 3 of wire-2021"]


@pytest.mark.parametrize("written", ["zebras jump over xylophones", "x", "[...]"])
def test_what_has_no_correction(workspace: Workspace, written: str) -> None:
    workspace.edit(EVENTS, f"{SENT}\n        paragraph: 2", f'"{written}"')
    assert list(corrections(*at(workspace, EVENTS, f'quo|te: "{written}"'))) == []


def test_what_stands_needs_no_correction(workspace: Workspace) -> None:
    assert list(corrections(*at(workspace, EVENTS, f"quo|te: {SENT}"))) == []
    assert list(corrections(*at(workspace, EVENTS, "title: Pact on con|tainer"))) == []

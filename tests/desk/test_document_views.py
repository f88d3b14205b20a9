"""Documents as the desk shows them: every character of theirs, and what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.desk import document_views as documents
from sourcebrief.desk.document_views import list_documents, view_document
from sourcebrief.desk.reading import Reader

if TYPE_CHECKING:
    from conftest import Workspace


def test_the_stretches_of_a_paragraph_are_its_text(workspace: Workspace) -> None:
    reading = Reader(workspace.root, "port").read()
    assert reading.corpus is not None
    for key, seed in reading.corpus.seeds.items():
        view = view_document(key, reading)
        assert view is not None
        for shown, paragraph in zip(view.paragraphs, seed.paragraphs, strict=True):
            assert "".join(part.text for part in shown.stretches) == paragraph.text


def test_quoted_words_are_marked_with_their_events_and_share(workspace: Workspace) -> None:
    workspace.edit(
        "briefings/port/events.yaml",
        "        paragraph: 2\n",
        "        paragraph: 2\n      - seed: wire-2021\n        quote: will send three scanners to "
        "the\n        paragraph: 2\n",
    )
    view = view_document("wire-2021", Reader(workspace.root, "port").read())
    assert view is not None
    second = view.paragraphs[1]
    assert [(part.text, part.quoted) for part in second.stretches] == [
        ("The Office ", 1),
        ("will send three scanners to the", 2),
        (" harbour", 1),
        (".", 0),
    ]
    assert [event.id for event in second.events] == ["offer"]
    assert (second.percent, view.paragraphs[3].percent) == (100, 0)
    assert 0 < view.percent < 100


def test_a_long_document_comes_in_parts(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PART", 3)
    reading = Reader(workspace.root, "port").read()
    first = view_document("gazette-2021", reading)
    assert first is not None
    assert ([one.number for one in first.paragraphs], first.following) == ([1, 2, 3], 4)
    rest = view_document("gazette-2021", reading, around=6)
    assert rest is not None
    assert ([one.number for one in rest.paragraphs], rest.first) == ([4, 5, 6], 4)
    assert (rest.following, rest.count, rest.ignored) == (7, 7, 2)
    beyond = view_document("gazette-2021", reading, around=99)
    assert beyond is not None
    assert beyond.first == 1


def test_a_long_paragraph_ends_a_part(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_LONGEST_PART", 60)
    view = view_document("wire-2021", Reader(workspace.root, "port").read())
    assert view is not None
    assert len(view.paragraphs) == 1


def test_the_list_has_what_is_quoted_first_and_is_bounded(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reader(workspace.root, "port").read()
    found = list_documents(reading)
    assert [(one.id, one.quotations) for one in found.documents] == [
        ("wire-2021", 2),
        ("gazette-2021", 1),
    ]
    monkeypatch.setattr(documents, "MOST_LISTED", 1)
    found = list_documents(reading, "PORT almera")
    assert [one.id for one in found.documents] == ["gazette-2021"]
    assert list_documents(reading).more == 1


def test_a_search_finds_titles_without_accents_and_passages(workspace: Workspace) -> None:
    workspace.edit(
        "seeds/seeds.yaml", "title: Coast Office confirms", "title: Cóast Öffice confirms"
    )
    reading = Reader(workspace.root, "port").read()
    assert [one.id for one in list_documents(reading, "coast office").documents] == ["wire-2021"]
    hits = list_documents(reading, "radar station").hits
    assert (hits[0].seed, hits[0].paragraph) == ("wire-2021", 3)
    assert list_documents(reading, "zz").hits == ()


def test_without_documents_there_is_nothing(workspace: Workspace) -> None:
    (workspace.root / "seeds/seeds.yaml").unlink()
    reading = Reader(workspace.root, "port").read()
    assert view_document("wire-2021", reading) is None
    assert list_documents(reading).count == 0

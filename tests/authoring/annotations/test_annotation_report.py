"""Which annotations are on a document, and how they are written."""

from __future__ import annotations

import pytest
import yaml

from sourcebrief.authoring.annotations.annotation import Highlight, SelectedWords
from sourcebrief.authoring.annotations.annotation_report import annotations_as_yaml, annotations_of
from sourcebrief.authoring.annotations.place_annotations import place_annotations
from sourcebrief.errors import UsageError
from sourcebrief.evidence.passages import read_seed
from sourcebrief.workspace.model import CatalogueEntry

SHA256 = "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce"
ENTRY = CatalogueEntry.model_validate(
    {
        "id": "wire-2021",
        "type": "webpage",
        "title": "Coast Office confirms pact",
        "issued": "2021-05-14",
        "URL": "https://www.wire.example/pact/",
        "DOI": "10.1000/pact",
        "custom": {
            "file": "wire.txt",
            "sha256": SHA256,
            "original": {"file": "wire.pdf", "sha256": SHA256},
        },
    }
)
WORDS = (SelectedWords("signed a pact on scanning"),)


def on(*documents: str) -> Highlight:
    return Highlight("annotation 1", WORDS, documents=documents)


@pytest.mark.parametrize(
    "document",
    [
        "http://wire.example/pact#page=2",
        "https://www.wire.example/pact/",
        "wire-2021",
        "10.1000/pact",
        r"C:\\Zotero\\storage\\wire.pdf",
        "/home/x/wire.txt",
        "ni:///sha-256;UiaaB9HKroxlMNMazU1LZWaIHOlzDikYk8lZv0Kfb84",
    ],
)
def test_a_document_is_known_by_its_names(document: str) -> None:
    mine, other, unnamed = on("key", document), on("https://other.example/"), on()
    found = annotations_of([mine, other, unnamed], ENTRY, "notes.json")
    assert found == [mine, unnamed]


def test_those_on_one_unknown_document_are_taken_for_it() -> None:
    both = [on("urn:x-pdf:1"), on("urn:x-pdf:1")]
    assert annotations_of(both, ENTRY, "notes.json") == both


def test_of_several_unknown_documents_none_is_guessed() -> None:
    with pytest.raises(UsageError) as raised:
        annotations_of([on("urn:x-pdf:1"), on("urn:x-pdf:2")], ENTRY, "notes.json")
    assert str(raised.value) == (
        "notes.json has annotations on 2 documents, and none of them names the URL, the id or the "
        "file of 'wire-2021'; export those on one document"
    )


def test_a_note_is_a_comment_and_the_evidence_reads_back() -> None:
    seed = read_seed('Both sides signed a pact on scanning: "yes".\n\nOther words.\n')
    note = "Which pact?\n- seed: not-a-seed"
    words = (SelectedWords('signed a pact on scanning: "yes"'),)
    placed, _ = place_annotations([Highlight("annotation 1", words, note)], "w", {"w": seed})
    written = annotations_as_yaml(placed, "w", "Coast Office confirms pact")
    assert written.splitlines()[:3] == [
        "      # Coast Office confirms pact, ¶ 1: annotation 1",
        "      # Which pact?",
        "      # - seed: not-a-seed",
    ]
    assert yaml.safe_load(written) == [
        {"seed": "w", "quote": 'signed a pact on scanning: "yes"', "paragraph": 1}
    ]

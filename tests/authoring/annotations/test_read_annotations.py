"""Reading by what the bytes are, in a process with limits."""

from __future__ import annotations

import importlib.util
import json

import pytest

from built_documents import docx, pdf
from marked_pdf import BODY, marked
from sourcebrief.authoring.annotations import read_annotations as module
from sourcebrief.authoring.annotations.annotation import SelectedWords
from sourcebrief.authoring.annotations.read_annotations import read_annotations
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.limits import OverLimit

QUOTE = {"type": "TextQuoteSelector", "exact": "signed a pact 😀"}


@pytest.mark.parametrize(
    ("data", "exact"),
    [
        (json.dumps({"target": {"selector": QUOTE}}).encode(), "signed a pact 😀"),
        (b"\xef\xbb\xbf\n [" + json.dumps({"target": {"selector": QUOTE}}).encode() + b"]", "si"),
        (marked(pdf(BODY), 1, "signed a pact"), "signed a pact"),
        (docx("They [signed a pact]{.mark}."), "signed a pact"),
    ],
    ids=["json", "json with a mark", "pdf", "docx"],
)
def test_each_format(data: bytes, exact: str) -> None:
    (found,) = read_annotations(data)
    assert isinstance(found.parts[0], SelectedWords)
    assert found.parts[0].exact.startswith(exact)


@pytest.mark.parametrize("data", [b"", b"signed a pact", b"<html>", b"\xd0\xcf\x11\xe0"])
def test_other_formats(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="read from JSON, PDF and DOCX"):
        read_annotations(data)


def test_what_is_wrong_comes_back_from_the_other_process() -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_annotations(b"PK\x03\x04 no zip")


@pytest.mark.parametrize(
    ("time", "words"),
    [(True, "reading it takes more than 60 s"), (False, "reading it takes more memory than")],
)
def test_over_a_limit(monkeypatch: pytest.MonkeyPatch, time: bool, words: str) -> None:
    def over(*_: object, **__: object) -> bytes:
        raise OverLimit(time=time)

    monkeypatch.setattr(module, "run_limited", over)
    with pytest.raises(UnreadableDocument, match=words):
        read_annotations(b"[]")


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentFault, match=r"pip install 'sourcebrief\[import\]'"):
        read_annotations(b"%PDF-1.7")

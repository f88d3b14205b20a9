"""The checks of single values."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sourcebrief.workspace.field_types import (
    Address,
    Digest,
    Flag,
    Line,
    ParagraphNumbers,
    Sha256,
    WholeNumber,
)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [(["1", "3-4", "8"], {1, 3, 4, 8}), ([], set()), (["2–3"], {2, 3}), (["7", "7"], {7})],
)
def test_ignored_paragraphs(written: list[str], numbers: set[int]) -> None:
    assert TypeAdapter(ParagraphNumbers).validate_python(written) == numbers


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        *(
            (ParagraphNumbers, [item], "paragraph")
            for item in ("0", "4-3", "a", "3.5", "-1", ["1"])
        ),
        (ParagraphNumbers, "3", "list of paragraphs"),
        (Address, "example.org", "from https:// on"),
        (Sha256, "A" * 64, "64 lower-case hex digits"),
        (Digest, "52269a07", "12 to 64 lower-case hex digits"),
        (Flag, "yes", "neither true nor false"),
        (WholeNumber, "1.0", "digits only"),
        (Line, "one\ntwo", "more than one line"),
        (Line, "a\u200bb", "invisible character U+200B"),
        (Line, "  ", "is empty"),
    ],
)
def test_what_is_refused(kind: Any, value: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message.replace("+", r"\+")):
        TypeAdapter(kind).validate_python(value)

"""What a reviewer left in a document: one remark for each comment and each change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

RemarkKind = Literal["change", "comment", "format"]


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """New words for `[start, end)` of a text as the reviewed edition has it."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a change, and the text that it concerns.

    `address` names the text, `text` is that text as the reviewed edition has it, and `at` where in
    it the remark stands. `edits` make the change, and where there are none `reason` says why it is
    not made. `number` counts the remarks of a file; `reply_to` is that of the comment answered.
    `paragraph` tells apart where a text prints that prints twice.
    """

    number: int
    kind: RemarkKind
    author: str
    date: str
    says: str
    address: str = ""
    text: str = ""
    at: int = 0
    old: str = ""
    new: str = ""
    tracked: bool = True
    edits: tuple[SourceEdit, ...] = ()
    reason: str = ""
    reply_to: int | None = None
    resolved: bool = False
    moved: bool = False
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class FileReview:
    """What was found in a file: of which edition of which briefing it is, and the remarks.

    `notices` say what could not be compared. `fault` says why there is nothing else.
    """

    briefing: str = ""
    edition: str = ""
    remarks: tuple[Remark, ...] = ()
    notices: tuple[str, ...] = ()
    fault: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self)


def review_from_json(value: dict[str, Any]) -> FileReview:
    """Return what `to_json` gave."""
    remarks = tuple(
        Remark(**{**one, "edits": tuple(SourceEdit(**edit) for edit in one["edits"])})
        for one in value["remarks"]
    )
    return FileReview(**{**value, "remarks": remarks, "notices": tuple(value["notices"])})

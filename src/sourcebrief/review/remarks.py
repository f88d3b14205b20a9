"""What a reviewer left in a document: one remark for each comment and each change."""

from dataclasses import dataclass
from typing import Literal

from sourcebrief.workspace.yaml_edits import Edit

RemarkKind = Literal["change", "comment", "format"]


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """What becomes of a whole item of a list, that of a remark: a gap, a judgement or an event.

    It goes `out`; or `to` another place. `behind` has the words of the item that it stands behind
    now, empty at the begin, and of those between that were moved there too. Or new items with these
    `words` come `in` behind it.
    """

    kind: Literal["out", "to", "in"]
    behind: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a change, and the text that it concerns.

    `address` names the text, `text` is that text as the reviewed edition has it, and `at` where in
    it the remark stands. `edits` and `item` make the change, and where there are none `reason` says
    why it is not made. `number` counts the remarks of a file; `reply_to` is that of the comment
    answered. `beside` are the words of what a change without a text belongs to. `paragraph` tells
    apart where a text prints that prints twice. `caution` says why an editor has to read the change
    before it is made.
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
    edits: tuple[Edit, ...] = ()
    item: ItemEdit | None = None
    reason: str = ""
    caution: str = ""
    beside: str = ""
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

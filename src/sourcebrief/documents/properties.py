"""What every document says of itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """What a PDF and a Word document say of themselves, and Word's of itself on every page.

    An empty text is left out. `moment`, aware of its zone, dates the document to the second.
    `running` stands at the left of Word's foot: edition, date and status, in the document's
    language. `page_label` stands at its right, with `{page}` and `{pages}` for Word's own fields.
    `layout` names the one of the edition's layouts that the file is. A `draft` goes round, so that
    Word opens it with tracking on.
    """

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    moment: datetime
    marking: str = ""
    identifier: str = ""
    status: str = ""
    version: str = ""
    running: str = ""
    page_label: str = "{page} / {pages}"
    page: Literal["A4", "Letter"] = "A4"
    layout: str = ""
    draft: bool = False

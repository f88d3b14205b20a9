"""The types of single values in the three files, each with its check and its JSON Schema.

The schemas are for editors, which resolve the scalars that we take as text: `2018` is a number to
them, `true` a boolean. What a build accepts, they accept.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema

from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.event_date import EventDate
from sourcebrief.text.characters import INVISIBLE

# Far beyond what anyone reads; what costs more than its length allows ends here.
_LONGEST_LINE = 5_000
LONGEST_TEXT = 50_000
LONGEST_QUOTATION = 20_000

CSL_TYPES = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
]  # fmt: skip


def invisible(text: str) -> str | None:
    """Say what is wrong with a text that holds an invisible character; None where none does."""
    found = INVISIBLE.search(text)
    return f"holds the invisible character U+{ord(found[0]):04X}; delete it" if found else None


def _visible(text: str) -> str:
    if fault := invisible(text):
        raise ValueError(fault)
    if not text.strip():
        raise ValueError("is empty; write it or delete the key")
    return text


def _date(value: object) -> EventDate:
    if isinstance(value, EventDate):
        return value
    is_set = not any(value.values()) if isinstance(value, dict) else isinstance(value, list)
    if isinstance(value, list | dict) and is_set and all(isinstance(one, str) for one in value):
        members = ",".join(value)
        written = f"[{members}]" if isinstance(value, list) else f"{{{members}}}"
        raise ValueError(f"a set of dates needs quotes: '{written}'")
    if isinstance(value, list | dict):
        raise ValueError("a date is one EDTF text such as 2019-07-21")
    return parse_edtf(str(value))


def _one_line(text: str) -> str:
    if len(text.strip().splitlines()) > 1:
        raise ValueError("has more than one line; join them")
    return text.strip()


def _matches(pattern: str, fault: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(fault)
        return text

    return AfterValidator(check)


def _boolean(value: object) -> bool:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise ValueError("is neither true nor false; write one of them")


def whole_number(value: object) -> int:
    """Read a number written in digits."""
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    raise ValueError("is not a whole number; write digits only")


def _paragraph_ranges(value: object) -> frozenset[int]:
    if not isinstance(value, list):
        raise ValueError("is not a list of paragraphs such as [1, 3-4]")
    numbers: set[int] = set()
    for item in value:
        found = re.fullmatch(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?", str(item).strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not 0 < first <= last:
            raise ValueError(f"{item!r} is not a paragraph or range of paragraphs such as 3-4")
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


_TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number", "boolean"]})
_DATE_SCHEMA = WithJsonSchema(
    {"type": ["string", "integer"], "description": "An EDTF date such as 2022-11-16 or 2018-04"}
)

_ID_PATTERN = "^[a-z0-9][a-z0-9-]*$"
ID_SCHEMA = {"type": ["string", "integer"], "pattern": _ID_PATTERN, "maxLength": 120}

Id = Annotated[str, Field(pattern=_ID_PATTERN, max_length=120), WithJsonSchema(ID_SCHEMA)]
Text = Annotated[
    str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_visible), _TEXT_SCHEMA
]
Line = Annotated[
    str,
    Field(min_length=1, max_length=_LONGEST_LINE),
    AfterValidator(_visible),
    AfterValidator(_one_line),
    _TEXT_SCHEMA,
]
# citeproc would put https:// before anything else, and make a link of it.
Address = Annotated[
    Line,
    _matches(r"(?i)https?://[^\s/]\S*", "is not an address; write it whole, from https:// on"),
]
QuotedText = Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTATION), _TEXT_SCHEMA]
Date = Annotated[
    EventDate, PlainValidator(_date), PlainSerializer(lambda date: date.text), _DATE_SCHEMA
]
Sha256 = Annotated[
    str,
    _matches("[0-9a-f]{64}", "is not a SHA-256 in 64 lower-case hex digits; `pin` writes it"),
    WithJsonSchema({"type": ["string", "number"], "pattern": "^[0-9a-f]{64}$"}),
]
Flag = Annotated[bool, PlainValidator(_boolean), WithJsonSchema({"type": "boolean"})]
WholeNumber = Annotated[
    int,
    PlainValidator(whole_number),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "pattern": "^[0-9]{1,9}$"}),
]
ParagraphNumbers = Annotated[
    frozenset[int],
    PlainValidator(_paragraph_ranges),
    WithJsonSchema({"type": "array", "items": {"type": ["integer", "string"]}}),
]
Digest = Annotated[
    str,
    _matches("[0-9a-f]{12,64}", "is not a hash in 12 to 64 lower-case hex digits"),
    _TEXT_SCHEMA,
]

"""The tokens of running text that may belong to a date: figures, month names, and what joins them.

A number that is part of something larger (12022, $2,018, COVID-19, 10.30) is neither a day nor a
year.
"""

import datetime as dt
import re
import unicodedata
from typing import Final, NamedTuple

from sourcebrief.dates.date_lexicon import DateLexicon, date_lexicon
from sourcebrief.text.characters import HYPHENS

WRITTEN: Final = "w"
"""The kind of a token that is a date by itself: ISO 8601, or a decade."""
DAY, MONTH, YEAR, JOIN, OR, OF, COMMA, OTHER = "dmyjrocx"


class WrittenDate(NamedTuple):
    """A year, month or day as it is written in a text."""

    year: int
    """0 where it is not written beside the day or the month."""
    month: int | None = None
    day: int | None = None
    decade: bool = False
    """Whether the ten years from `year` on are meant: "the 2020s"."""

    @property
    def exists(self) -> bool:
        """Whether the calendar has it."""
        try:
            dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True


class Token(NamedTuple):
    """A token by its kind, one letter, and its place."""

    kind: str
    start: int
    end: int
    value: int = 0
    """The number of a day, a month or a year."""
    dates: tuple[WrittenDate, ...] = ()
    """What a `WRITTEN` token names."""


_UP_TO_LAST_FIGURE: Final = re.compile(r".*[0-9]", re.DOTALL)
_CURRENCIES: Final = "$€£¥₡₲₽₹"
_CURRENCY: Final = re.compile(rf"[{_CURRENCIES}]\s?\Z|\b(?:USD|EUR|GBP)\s\Z")
_MEASURE: Final = re.compile(r"\s?(?:%|‰|per\s?cent\b)", re.IGNORECASE)


_PLAIN_KINDS: Final = {"of": OF, "or": OR, "join": JOIN, "comma": COMMA, "other": OTHER}


def tokens(text: str, first: int, last: int, language: str) -> list[Token]:
    """Cut a paragraph into tokens, without white space, up to the first other one after figures."""
    lexicon = date_lexicon(language)
    found: list[Token] = []
    figures = _UP_TO_LAST_FIGURE.match(text, first, last)
    last_figure = figures.end() - 1 if figures else first
    for match in lexicon.pattern.finditer(text, first, last):
        kind = match.lastgroup
        if kind is None or kind == "space":
            continue
        token = _token(text, match, kind, found, lexicon)
        if token.kind == OTHER and found and found[-1].kind == OTHER:
            token = Token(OTHER, found.pop().start, token.end)
        found.append(token)
        if token.kind == OTHER and match.start() > last_figure:
            break
    return _without_compounds(text, found)


def _token(
    text: str, match: re.Match[str], kind: str, before: list[Token], lexicon: DateLexicon
) -> Token:
    start, end = match.start(), match.end(kind)
    other = Token(OTHER, start, end)
    if kind in _PLAIN_KINDS:
        return Token(_PLAIN_KINDS[kind], start, end)
    if kind in ("month", "word"):
        name = unicodedata.normalize("NFC", text[start:end].lower())
        name = re.sub(r"\s+", " ", name).rstrip(".")
        value = (lexicon.months if kind == "month" else lexicon.numbers).get(name)
        # The expression ignores case, and so takes a few letters for others, as ſ for s.
        return Token(MONTH if kind == "month" else DAY, start, end, value) if value else other
    if not (_begins_alone(text, start, before) and _ends_alone(text, end, before)):
        return other
    if kind in ("number", "ordinal"):
        figures, ordinal = match.group("number", "ordinal")
        if len(figures) <= 2 and 1 <= int(figures) <= 31:
            return Token(DAY, start, end, int(figures))
        # An ordinal's dot after a year is the end of a sentence: "im Dezember 2022."
        if len(figures) == 4 and int(figures) > 0 and ordinal in (None, "."):
            return Token(YEAR, start, start + 4, int(figures))
        return other
    if kind == "decade":
        dates = [WrittenDate(int(text[start : start + 4]), decade=True)]
    else:
        dates = [_iso(date) for date in text[start:end].split("/")]
        if kind == "iso_month" and (dates[0].month or 0) > dates[0].year % 100:
            return other  # "the 2011-12 session" may be two years
    return Token(WRITTEN, start, end, dates=tuple(dates)) if all(d.exists for d in dates) else other


def _iso(text: str) -> WrittenDate:
    year, month, *day = (int(number) for number in re.findall("[0-9]+", text))
    return WrittenDate(year, month, day[0] if day else None)


def _begins_alone(text: str, start: int, before: list[Token]) -> bool:
    if start == 0 or (before and before[-1].kind == MONTH and before[-1].end == start):
        return True  # "Nov.2022"
    previous, earlier = text[start - 1], text[start - 2 : start - 1] if start > 1 else ""
    if previous.isalnum() or previous in "_#@+/\\§":
        return False
    may_be_money = previous in _CURRENCIES or (previous.isspace() and not earlier.islower())
    if may_be_money and _CURRENCY.search(text[max(0, start - 5) : start]):
        return False
    if previous == ".":
        return not earlier.isalnum()
    if previous == ",":
        return not earlier.isdigit() or _is_comma_before_year(text, start, before)
    return previous != ":" or not earlier.isdigit()


def _ends_alone(text: str, end: int, before: list[Token]) -> bool:
    following, further = text[end : end + 1], text[end + 1 : end + 2]
    if following == "T":
        return further.isdigit()  # 2022-11-16T10:00
    if following.isalnum() or (following and following in "_°"):
        return False
    if following == "/":
        return not further.isalnum()
    if following and following in ".:":
        return not further.isdigit()
    if following == "," and further.isdigit():
        return bool(before) and before[-1].kind == MONTH and _is_year_at(text, end + 1)
    near = following + further if following.isspace() else following
    return not (any(sign in near for sign in "%‰pP") and _MEASURE.match(text, end))


def _is_year_at(text: str, at: int) -> bool:
    return re.match(r"[0-9]{4}(?![0-9])", text[at : at + 5]) is not None


def _is_comma_before_year(text: str, start: int, before: list[Token]) -> bool:
    """Whether this is the year of "November 16,2022"."""
    kinds = [token.kind for token in before[-3:]]
    return _is_year_at(text, start) and kinds == [MONTH, DAY, COMMA]


def _without_compounds(text: str, found: list[Token]) -> list[Token]:
    """Take out the numbers that a hyphen ties to something else: COVID-19, 10-11-2022, 2018-19.

    It may tie day to day, year to year, and either to a month: "June 28-July 2".
    """
    tied: set[int] = set()
    for i, (left, hyphen, right) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if hyphen.kind != JOIN or text[hyphen.start] not in HYPHENS:
            continue
        if left.end != hyphen.start or right.start != hyphen.end:
            continue
        kinds = {left.kind, right.kind}
        if OTHER in kinds:
            edge = text[left.end - 1] if left.kind == OTHER else text[right.start]
            apart = edge.isalnum()
        else:
            apart = kinds == {DAY, YEAR} or not kinds <= {DAY, YEAR, MONTH, WRITTEN}
        if apart:
            tied.update((i, i + 2))
    return [
        Token(OTHER, token.start, token.end)
        if i in tied and token.kind in (DAY, YEAR, WRITTEN)
        else token
        for i, token in enumerate(found)
    ]

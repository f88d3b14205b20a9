"""Date expressions in running text, and the rule on what a quotation states.

An expression is what a person would read as one date, span or list of dates, and holds a year:

    21 July 2019 · 21st of July, 2019 · July 21st, 2019 · Nov. 2022 · 2018 · 2022-11-16
    26 and 27 September 2023 · September 26 and 27, 2023 · December 7th through 8th, 2022
    28 February to 1 March 2023 · December 30, 2022 to January 2, 2023 · from 2011 to 2017
    16 de noviembre de 2022 · del 7 al 8 de diciembre de 2022

Months stand by name, whole or abbreviated; figures alone (16/11/2022) are no date, since they
are read in two ways, save in ISO 8601 form. A year that a span writes once counts for both ends.
A number that is part of something larger (12022, $2,018, COVID-19, 10.30) is no day and no year.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeAlias

from sourcebrief.text.characters import DASHES, HYPHENS, VANISHING_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourcebrief.dates.edtf import EventDate, SimpleDate

LONGEST_LIST: Final = 12
"""Days, months or years that one list in an expression may hold."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A year, month or day as it is written in a text."""

    year: int
    month: int | None = None
    day: int | None = None
    decade: bool = False
    """Whether the ten years from `year` on are meant: "the 2020s"."""

    @property
    def calendar_day(self) -> dt.date | None:
        """The day, where it is written in full."""
        if self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One date expression: where it stands (offsets in code points) and what it names.

    `alternatives` is True where "or" joins the dates: then none of them is stated.
    """

    start: int
    end: int
    text: str
    dates: tuple[WrittenDate, ...]
    alternatives: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """The years it names, in order, each once."""
        return tuple(dict.fromkeys(date.year for date in self.dates))

    @property
    def months(self) -> tuple[int, ...]:
        """The months it names, 1 to 12, in order, each once."""
        return tuple(dict.fromkeys(date.month for date in self.dates if date.month is not None))

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the month it names, in order, each once."""
        return tuple(dict.fromkeys(date.day for date in self.dates if date.day is not None))


@dataclass(frozen=True, slots=True)
class FullDate:
    """A date written to the day, and the expression that it stands in."""

    day: dt.date
    start: int
    end: int


def find_dates(text: str, language: str) -> tuple[DateExpression, ...]:
    """Find the date expressions of a text in a language (BCP 47), in order, not overlapping.

    Raises `LanguageError` for a language that CLDR does not know.
    """
    if not _YEAR_LIKE.search(text):
        return ()
    return _find(text, language)


def states(text: str, date: EventDate, language: str) -> bool:
    """Whether a text states a date.

    It does where every date that stands in the EDTF stands in one expression, as far as it is
    precise: "16 November 2022" states 2022-11-16 and 2022-11 and 2022. Both ends of a span have
    to be there; so has every member of a set. A qualified date is never stated, nor is one of two
    that "or" joins, save as a set of which one is meant: '[2022-12-07,2022-12-08]'.
    """
    if date.qualified or not _may_state(text, date):
        return False
    one_of_several = date.kind == "one-of" and len(date.named) > 1
    return any(
        (one_of_several or not expression.alternatives)
        and all(any(_says(written, named) for written in expression.dates) for named in date.named)
        for expression in find_dates(text, language)
    )


def _may_state(text: str, date: EventDate) -> bool:
    """Whether the figures of every year that a date names stand in a text: a quick look."""
    years = (f"{named.year:04}"[: _FIXED_FIGURES[named.precision]] for named in date.named)
    return all(year in text for year in years) or _INVISIBLE.search(text) is not None


_FIXED_FIGURES: Final[Mapping[str, int]] = MappingProxyType(
    {"day": 4, "month": 4, "year": 4, "decade": 3, "century": 2}
)
"""How many figures of the year a date of a precision fixes."""


def full_dates(text: str, language: str) -> tuple[FullDate, ...]:
    """List the days that a text names in full: year, month and day in one expression."""
    return tuple(
        FullDate(day, expression.start, expression.end)
        for expression in find_dates(text, language)
        for day in dict.fromkeys(written.calendar_day for written in expression.dates)
        if day is not None
    )


def date_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where dates stand, those without a year ("December 7th") too, as pairs of offsets.

    For what looks at the other numbers of a text.
    """
    if not _DIGIT.search(text):
        return ()
    return tuple((group.start, group.end) for group in _parsed(text, language) if group.has_figures)


def _says(written: WrittenDate, named: SimpleDate) -> bool:
    if named.precision in ("decade", "century"):
        return named.earliest.year <= written.year <= named.latest.year
    if written.decade:
        return False
    return (
        written.year == named.year
        and (named.month is None or written.month == named.month)
        and (named.day is None or written.day == named.day)
    )


# --- words ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """What may stand between the parts of an expression; regular expressions, in lower case."""

    joining: str
    """And, to, through: with the article that the language wants after it."""
    alternative: str
    of: str = r"(?!)"
    ordinal: str = r"(?!)"
    numbers: Mapping[str, int] = field(default_factory=dict)


# A language that is not here has dashes and single dates only, with a day like "7" or "7.".
_WORDS: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        "en": _Words(
            joining=r"(?:and|to|through|thru)(?:\s+the)?|&",
            alternative=r"or(?:\s+the)?",
            of=r"of",
            ordinal=r"(?:st|nd|rd|th)(?![^\W_])",
        ),
        "es": _Words(
            joining=r"(?:y|e|a|hasta)(?:\s+el)?|al",
            alternative=r"[ou](?:\s+el)?",
            of=r"del\s+año|de|del",
            ordinal=r"\.?[ºª°]|(?:ro|ero|er)(?![^\W_])",
            numbers=MappingProxyType({"primero": 1}),
        ),
        "fr": _Words(
            joining=r"(?:et|à)(?:\s+le)?|au|jusqu['’]au",
            alternative=r"ou(?:\s+le)?",
            of=r"de",
            ordinal=r"(?:er|ᵉʳ)(?![^\W_])",
        ),
        "pt": _Words(
            joining=r"(?:e|a|até)(?:\s+o)?|ao?",
            alternative=r"ou(?:\s+o)?",
            of=r"de|do",
            ordinal=r"\.?[ºª°]",
        ),
        "it": _Words(
            joining=r"(?:ed?|a)(?:\s+il)?|al|all['’]",
            alternative=r"od?(?:\s+il)?",
            of=r"del|di",
            ordinal=r"\.?[º°]",
        ),
        "de": _Words(
            joining=r"(?:und|bis)(?:\s+(?:zum|den|dem))?",
            alternative=r"oder(?:\s+(?:den|dem))?",
            ordinal=r"\.(?![0-9])",
        ),
    }
)
_OTHERS: Final = _Words(joining=r"(?!)", alternative=r"(?!)", ordinal=r"\.(?![0-9])")

_YEAR_LIKE: Final = re.compile(r"[0-9]\S?[0-9]\S?[0-9]\S?[0-9]")
_DIGIT: Final = re.compile(r"[0-9]")
_UP_TO_LAST_FIGURE: Final = re.compile(r".*[0-9]", re.DOTALL)

# What the folding of quotations drops: soft hyphens, zero-width and bidirectional controls, and
# the hyphen of a word divided at a line's end.
_INVISIBLE: Final = re.compile(
    f"[{VANISHING_CLASS}]+|(?<=[^\\W\\d_])[-\u2010](?:\r\n|[\r\n])[^\\S\r\n]*(?=[^\\W\\d_])"
)
# What begins no other token. With the words between, a row of them is one token: most of a text is
# no date.
_PLAIN_MARKS: Final = re.escape(".;:!?()[]\"'“”‘’/%")
_CURRENCIES: Final = "$€£¥₡₲₽₹"
_CURRENCY: Final = re.compile(rf"[{_CURRENCIES}]\s?\Z|\b(?:USD|EUR|GBP)\s\Z")
_MEASURE: Final = re.compile(r"\s?(?:%|‰|per\s?cent\b)", re.IGNORECASE)

_Kind: TypeAlias = Literal["written", "day", "year", "month", "join", "or", "of", "comma", "other"]


class _Token(NamedTuple):
    kind: _Kind
    start: int
    end: int
    value: int = 0
    """Of a day, a month or a year."""
    dates: tuple[WrittenDate, ...] = ()
    """Of a token that is written in one piece: ISO 8601, or a decade."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    months: Mapping[str, int]
    numbers: Mapping[str, int]


@lru_cache(maxsize=32)
def _lexicon(language: str) -> _Lexicon:
    # Imported here since it loads Babel, which a text without figures never needs.
    from sourcebrief.dates.wording import month_names

    names = month_names(language)
    words = _WORDS.get(re.split("[-_]", language.strip())[0].lower(), _OTHERS)
    whole, abbreviated = _any_of(names.whole), _any_of(names.abbreviated)
    month = rf"(?<!\w)(?: (?:{whole})(?!\w) | (?:{abbreviated})(?!\w)\.? )"
    word = rf"(?<!\w)(?:{_any_of(words.numbers)})(?!\w)"
    # That a word begins like no name at all is told much sooner than that it is none of them.
    name = rf"(?={_beginning_of_any(*names.whole, *names.abbreviated, *words.numbers)})"
    iso = rf"[0-9]{{4}}[{DASHES}](?:0[1-9]|1[0-2])[{DASHES}](?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    pattern = rf"""
        (?: (?P<iso>{iso}(?:/{iso})?)
        | (?P<iso_month>[0-9]{{4}}[{HYPHENS}](?:0[1-9]|1[0-2]) (?![0-9]|[{DASHES}][0-9]))
        | (?P<decade>[0-9]{{3}}0['’]?s(?!\w))
        | (?P<number>[0-9]+) (?P<ordinal>{words.ordinal})?
        | {name} (?: (?P<month>{month}) | (?P<word>{word}) )
        | (?P<of>(?<!\w)(?:{words.of})(?!\w))
        | (?P<or>(?<!\w)(?:{words.alternative})(?!\w))
        | (?P<join>(?<!\w)(?:{words.joining})(?!\w) | --?-? | [{DASHES}])
        | (?P<comma>,)
        | (?P<space>\s)
        | (?P<other>(?: (?! {name} (?:{month}|{word})) [^\W\d_]+ | [{_PLAIN_MARKS}\s] )++ | .)
        ) \s*+
    """
    return _Lexicon(
        re.compile(pattern, re.VERBOSE | re.IGNORECASE | re.DOTALL),
        MappingProxyType({**names.abbreviated, **names.whole}),
        words.numbers,
    )


def _any_of(names: Mapping[str, int]) -> str:
    """Match any of the names, in composed and decomposed letters; nothing where there is none."""
    forms = {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")}
    longest_first = sorted(forms, key=lambda name: (-len(name), name))
    escaped = (re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return "|".join(escaped) or r"(?!)"


def _beginning_of_any(*names: str) -> str:
    """Match what may be the first two letters of a name; of a name that has but one, the first."""
    forms = [unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")]
    first, second = ("".join(sorted({form[i : i + 1] for form in forms})) for i in (0, 1))
    if not forms:
        return r"(?!)"
    return f"[{re.escape(first)}]" + (
        f"[{re.escape(second)}]" if all(form[1:2].strip() for form in forms) else ""
    )


def _tokens(text: str, first: int, last: int, lexicon: _Lexicon) -> list[_Token]:
    """Cut a paragraph into tokens, without white space; what means nothing is `other`."""
    tokens: list[_Token] = []
    figures = _UP_TO_LAST_FIGURE.match(text, first, last)
    last_figure = figures.end() - 1 if figures else first
    for match in lexicon.pattern.finditer(text, first, last):
        kind = match.lastgroup
        if kind == "space" or kind is None:
            continue
        start, end = match.start(), match.end(kind)
        token = (
            _Token("other", start, end)
            if kind == "other"
            else _token(text, match, kind, start, end, tokens, lexicon)
        )
        if token.kind != "other":
            tokens.append(token)
            continue
        if tokens and tokens[-1].kind == "other":
            tokens[-1] = _Token("other", tokens[-1].start, token.end)
        else:
            tokens.append(token)
        if token.start > last_figure:
            break  # what follows cannot belong to a date with figures
    return _without_compounds(text, tokens)


def _token(
    text: str,
    match: re.Match[str],
    kind: str,
    start: int,
    end: int,
    before: list[_Token],
    lexicon: _Lexicon,
) -> _Token:
    if kind in ("month", "word"):
        name = unicodedata.normalize("NFC", text[start:end].lower())
        name = re.sub(r"\s+", " ", name).rstrip(".")
        value = (lexicon.months if kind == "month" else lexicon.numbers).get(name)
        if value is None:  # letters that only case folding takes for those of the name
            return _Token("other", start, end)
        return _Token("month" if kind == "month" else "day", start, end, value)
    if kind in ("of", "or", "join", "comma"):
        return _Token(_PLAIN_KINDS[kind], start, end)
    if kind == "other" or not _stands_alone(text, start, end, before):
        return _Token("other", start, end)
    if kind in ("number", "ordinal"):
        return _number(match, start, end)
    dates = (
        (WrittenDate(int(text[start : start + 4]), decade=True),)
        if kind == "decade"
        else _iso(text[start:end])
    )
    return _Token("written" if dates else "other", start, end, dates=dates)


_PLAIN_KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {"of": "of", "or": "or", "join": "join", "comma": "comma"}
)


def _number(match: re.Match[str], start: int, end: int) -> _Token:
    figures, ordinal = match.group("number", "ordinal")
    if len(figures) <= 2 and 1 <= int(figures) <= 31:
        return _Token("day", start, end, int(figures))
    # An ordinal's dot after a year is the end of a sentence: "im Dezember 2022."
    if len(figures) == 4 and int(figures) > 0 and ordinal in (None, "."):
        return _Token("year", start, start + 4, int(figures))
    return _Token("other", start, end)


def _iso(text: str) -> tuple[WrittenDate, ...]:
    """Read ISO 8601; empty where the calendar has no such day, or where it may be two years."""
    dates = []
    for date in text.split("/"):
        numbers = [int(number) for number in re.findall(r"[0-9]+", date)]
        if len(numbers) == 2 and numbers[1] > numbers[0] % 100:
            return ()  # "the 2011-12 session" is no December
        written = _written(*numbers)
        if written is None:
            return ()
        dates.append(written)
    return tuple(dates)


def _stands_alone(text: str, start: int, end: int, before: list[_Token]) -> bool:
    """Whether figures are a number of their own: no part of a word, a sum, a time, a fraction."""
    return _begins_alone(text, start, before) and _ends_alone(text, end, before)


def _begins_alone(text: str, start: int, before: list[_Token]) -> bool:
    if start == 0 or (before and before[-1].kind == "month" and before[-1].end == start):
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


def _ends_alone(text: str, end: int, before: list[_Token]) -> bool:
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
        return bool(before) and before[-1].kind == "month" and _is_year_at(text, end + 1)
    near = following + further if following.isspace() else following
    return not (any(sign in near for sign in "%‰pP") and _MEASURE.match(text, end))


def _is_year_at(text: str, at: int) -> bool:
    return re.match(r"[0-9]{4}(?![0-9])", text[at : at + 5]) is not None


def _is_comma_before_year(text: str, start: int, before: list[_Token]) -> bool:
    """Whether this is the year of "November 16,2022"."""
    return _is_year_at(text, start) and [token.kind for token in before[-3:]] == [
        "month",
        "day",
        "comma",
    ]


def _without_compounds(text: str, tokens: list[_Token]) -> list[_Token]:
    """Take out the numbers that a hyphen ties to something else: COVID-19, 10-11-2022, 2018-19.

    It may tie day to day, year to year, and either to a month: "June 28-July 2".
    """
    tied: set[int] = set()
    for i in range(1, len(tokens) - 1):
        left, hyphen, right = tokens[i - 1 : i + 2]
        if (
            hyphen.kind != "join"
            or text[hyphen.start] not in HYPHENS
            or left.end != hyphen.start
            or right.start != hyphen.end
        ):
            continue
        kinds = {left.kind, right.kind}
        if "other" in kinds:
            other = left if left.kind == "other" else right
            edge = text[other.end - 1] if other is left else text[other.start]
            apart = edge.isalnum()
        else:
            apart = kinds == {"day", "year"} or not kinds <= {"day", "year", "month", "written"}
        if apart:
            tied.update((i - 1, i + 1))
    return [
        _Token("other", token.start, token.end)
        if i in tied and token.kind in ("day", "year", "written")
        else token
        for i, token in enumerate(tokens)
    ]


# --- grammar --------------------------------------------------------------------------------------


class _Partial(NamedTuple):
    """A date whose year may stand further on."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False


class _Belongs(Protocol):
    def __call__(self, tokens: list[_Token], at: int, /) -> bool: ...


class _Group(NamedTuple):
    """Tokens read as dates: where they end in the list of tokens, and what they name."""

    stop: int
    dates: tuple[_Partial, ...]
    start: int = 0
    end: int = 0
    alternatives: bool = False
    has_figures: bool = True


def _find(text: str, language: str) -> tuple[DateExpression, ...]:
    found = []
    for group in _parsed(text, language):
        dates = _with_years(group.dates)
        if dates:
            slice_ = text[group.start : group.end]
            found.append(DateExpression(group.start, group.end, slice_, dates, group.alternatives))
    return tuple(found)


@lru_cache(maxsize=4096)
def _parsed(text: str, language: str) -> tuple[_Group, ...]:
    """Read the expressions of a text, those without a year too; offsets are those of the text."""
    return tuple(_groups(text, language))


def _groups(text: str, language: str) -> Iterator[_Group]:
    lexicon = _lexicon(language)
    visible, offsets = _without_invisible(text)
    for first, last in _paragraphs(visible):
        tokens = _tokens(visible, first, last, lexicon)
        at = 0
        while at < len(tokens):
            begins = tokens[at].kind in ("written", "year", "day", "month")
            group = _expression(tokens, at) if begins else None
            if group is None:
                at += 1
                continue
            start, end = tokens[at].start, tokens[group.stop - 1].end - 1
            yield _Group(
                group.stop,
                group.dates,
                offsets[start] if offsets else start,
                (offsets[end] if offsets else end) + 1,
                group.alternatives,
                any(token.kind in ("day", "year", "written") for token in tokens[at : group.stop]),
            )
            at = group.stop


# Atomic, or a CR and LF would be two ends of a line.
_BLANK_LINE: Final = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?:\r|\n)\s*|\u2029")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs that hold a figure begin and end; no expression reaches over two."""
    first = 0
    # Most texts are one line, which a plain search tells far sooner.
    breaks = _BLANK_LINE.finditer(text) if any(end in text for end in "\n\r\u2029") else ()
    for blank in breaks:
        if _DIGIT.search(text, first, blank.start()):
            yield first, blank.start()
        first = blank.end()
    if _DIGIT.search(text, first):
        yield first, len(text)


def _without_invisible(text: str) -> tuple[str, list[int]]:
    """Drop what cannot be seen; the second is the offset of each character kept, if any went."""
    # What cannot be printed is looked for first: it is told much sooner.
    if text.isprintable() or not _INVISIBLE.search(text):
        return text, []
    kept: list[int] = []
    position = 0
    for match in _INVISIBLE.finditer(text):
        divides_a_word = match.group()[0] in "-\u2010"
        if divides_a_word and not text[match.end()].islower():
            continue  # as in "Franco-" and "German" on the next line
        kept.extend(range(position, match.start()))
        position = match.end()
    kept.extend(range(position, len(text)))
    return "".join(text[i] for i in kept), kept


def _with_years(partials: tuple[_Partial, ...]) -> tuple[WrittenDate, ...]:
    """Give a date without a year that of the next; one that would then lie after it has none.

    "December 30 to January 2, 2023" does not say which year December is of.
    """
    dates: list[WrittenDate] = []
    following: WrittenDate | None = None
    for partial in reversed(partials):
        year = partial.year
        if year is None:
            if following is None or following.month is None or partial.month is None:
                continue
            year = following.year
            if (partial.month, partial.day or 0) > (following.month, following.day or 31):
                continue
        written = _written(year, partial.month, partial.day, decade=partial.decade)
        if written is None:
            continue
        following = written
        dates.append(written)
    return tuple(reversed(dates))


def _written(
    year: int, month: int | None = None, day: int | None = None, *, decade: bool = False
) -> WrittenDate | None:
    """Make a date, if the calendar has it."""
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return WrittenDate(year, month, day, decade)


def _kind(tokens: list[_Token], at: int) -> str:
    return tokens[at].kind if at < len(tokens) else ""


def _is_day(tokens: list[_Token], at: int, /) -> bool:
    return _kind(tokens, at) == "day"


def _is_month(tokens: list[_Token], at: int, /) -> bool:
    return _kind(tokens, at) == "month"


def _skip(tokens: list[_Token], at: int, *kinds: str) -> int:
    """Pass over at most one of each kind."""
    left = set(kinds)
    while _kind(tokens, at) in left:
        left.discard(tokens[at].kind)
        at += 1
    return at


def _expression(tokens: list[_Token], at: int) -> _Group | None:
    """Groups in a row, joined: "28 February to 1 March 2023"."""
    group = _group(tokens, at)
    if group is None:
        return None
    for _ in range(LONGEST_LIST):
        joint = _joint(tokens, group.stop)
        following = _group(tokens, joint) if joint > group.stop else None
        if following is None:
            break
        alternatives = any(token.kind == "or" for token in tokens[group.stop : joint])
        group = _Group(
            following.stop,
            group.dates + following.dates,
            alternatives=group.alternatives or following.alternatives or alternatives,
        )
    return group


def _joint(tokens: list[_Token], at: int) -> int:
    """After a joining word or dash, with a comma before it if there is one; `at` if none."""
    joint = _skip(tokens, at, "comma")
    return joint + 1 if _kind(tokens, joint) in ("join", "or") else at


def _group(tokens: list[_Token], at: int) -> _Group | None:
    """One date, or days or months of one list: "26 and 27 September 2023"."""
    match _kind(tokens, at):
        case "written":
            written = tokens[at].dates
            return _Group(
                at + 1, tuple(_Partial(d.year, d.month, d.day, d.decade) for d in written)
            )
        case "year":
            return _Group(at + 1, (_Partial(tokens[at].value),))
        case "day":
            return _days_first(tokens, at)
        case "month":
            return _month_first(tokens, at)
    return None


def _days_first(tokens: list[_Token], at: int) -> _Group | None:
    days, stop, alternatives = _list(tokens, at, _is_day)
    month = _skip(tokens, stop, "of")
    if _kind(tokens, month) != "month":
        return None
    year, stop = _year(tokens, month + 1)
    dates = tuple(_Partial(year, tokens[month].value, tokens[i].value) for i in days)
    return _Group(stop, dates, alternatives=alternatives)


def _month_first(tokens: list[_Token], at: int) -> _Group:
    if _is_day(tokens, at + 1):
        days, stop, alternatives = _list(tokens, at + 1, _is_day)
        if _kind(tokens, _skip(tokens, stop, "of")) == "month":
            # "November 16 to 18 December": the last day belongs to what follows.
            days, stop, alternatives = days[:1], at + 2, False
        year, stop = _year(tokens, stop)
        dates = tuple(_Partial(year, tokens[at].value, tokens[i].value) for i in days)
        return _Group(stop, dates, alternatives=alternatives)
    months, stop, alternatives = _list(tokens, at, _is_month)
    if len(months) > 1 and _is_day(tokens, stop):
        months, stop, alternatives = [at], at + 1, False
    year, stop = _year(tokens, stop)
    dates = tuple(_Partial(year, tokens[i].value) for i in months)
    return _Group(stop, dates, alternatives=alternatives)


def _year(tokens: list[_Token], at: int) -> tuple[int | None, int]:
    """The year that ends a date, after a comma or "of", and the token after it."""
    year = _skip(tokens, at, "comma", "of")
    if _kind(tokens, year) == "year":
        return tokens[year].value, year + 1
    return None, at


def _list(tokens: list[_Token], at: int, belongs: _Belongs) -> tuple[list[int], int, bool]:
    """Read days, or months, joined by commas and at last by a word or a dash.

    Gives the tokens of the items, the token after them, and whether "or" joins them. Commas alone
    join nothing: "on 7, 8 December".
    """
    items, stop = [at], at + 1
    joined = [at], at + 1, False
    alternatives = False
    while len(items) < LONGEST_LIST:
        following = _joint(tokens, stop)
        by_comma = following == stop
        if by_comma:
            following = _skip(tokens, stop, "comma")
        if following == stop or not belongs(tokens, following):
            break
        if not by_comma:
            alternatives = alternatives or tokens[following - 1].kind == "or"
        items, stop = [*items, following], following + 1
        if not by_comma:
            joined = items, stop, alternatives
    return joined

"""Years that a text counts in another era than the common one.

Such a date is never stated, since its year has to be converted: a Thai text has 2567 for 2024, a
Japanese one 令和6年. A message shows the year that is meant.
"""

import re
from typing import Final

from sourcebrief.text.languages import primary_subtag

_BEFORE_BUDDHIST: Final = 543
_BUDDHIST: Final = range(2400, 2700)
_BUDDHIST_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ERA_YEAR: Final = re.compile(r"(令和|平成|昭和|大正|民國|民国|中華民國)\s*(元|\d{1,3})\s*年")
_FIRST_YEARS: Final = {
    "令和": 2019,
    "平成": 1989,
    "昭和": 1926,
    "大正": 1912,
    "民國": 1912,
    "民国": 1912,
    "中華民國": 1912,
}


def in_buddhist_era(year: int, language: str) -> bool:
    """Whether a year of a text in a language is of the Buddhist era, and so not the year stated."""
    return primary_subtag(language) == "th" and year in _BUDDHIST


def in_common_era(text: str, language: str) -> tuple[str, str] | None:
    """The text with years of the common era, and the first that was converted as "2567 is 2024".

    None where there is none to convert.
    """
    converted: list[str] = []

    def buddhist(found: re.Match[str]) -> str:
        year = int(found[0])
        if not in_buddhist_era(year, language):
            return found[0]
        converted.append(f"{found[0]} is {year - _BEFORE_BUDDHIST}")
        return str(year - _BEFORE_BUDDHIST)

    def era(found: re.Match[str]) -> str:
        year = _FIRST_YEARS[found[1]] + (1 if found[2] == "元" else int(found[2])) - 1
        converted.append(f"{found[0]} is {year}")
        return f"{year}年"

    if primary_subtag(language) == "th":
        text = _BUDDHIST_YEAR.sub(buddhist, text)
    elif primary_subtag(language) in ("ja", "zh", "yue"):
        text = _ERA_YEAR.sub(era, text)
    return (text, converted[0]) if converted else None

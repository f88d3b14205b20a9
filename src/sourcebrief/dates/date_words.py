"""The words that stand around a date: "between", "by", "about", "since".

What CLDR gives (month names, the order of day, month and year) is not repeated here. One table a
language; to add one, add a `Phrases` to `_TABLES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


class LanguageError(ValueError):
    """A language that dates cannot be worded in: one line, with the way out."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words around dates in one language; `{a}` and `{b}` are dates.

    The form of a date is its precision, or `some` for "a day in December 2022".
    """

    between: str
    or_: str
    and_: str
    by: str
    or_later: str
    since: str
    until: str
    from_to: str
    """An interval that a dash cannot show, its ends being qualified or not known."""
    about: str
    about_inside: str
    """The same after a preposition."""
    uncertain: str
    a_day_in: str
    a_month_in: str
    decade: str
    """`{a}` is its first year."""
    century: str
    """`{a}` and `{b}` are its first and its last year."""
    after_preposition: Mapping[str, str] = field(default_factory=dict)
    """What a date becomes after "between", "since", "until", "about"."""
    when: Mapping[str, str] = field(default_factory=dict)
    """What it becomes where the question is when, as after "a más tardar"."""
    or_before_o: str = ""
    """The word for "or" before a sound like its own; empty where there is none."""

    def inside(self, date: str, form: str) -> str:
        """Word a date after a preposition: "desde el 7 de mayo"."""
        return self.after_preposition.get(form, "{a}").format(a=date)

    def at(self, date: str, form: str) -> str:
        """Word a date as the answer to when: "en mayo"."""
        return self.when.get(form, "{a}").format(a=date)


_TABLES: Final[Mapping[str, Phrases]] = {
    "en": Phrases(
        between="between {a} and {b}",
        or_="or",
        and_="and",
        by="by {a}",
        or_later="{a} or later",
        since="since {a}",
        until="until {a}",
        from_to="from {a} to {b}",
        about="about {a}",
        about_inside="about {a}",
        uncertain="{a} (uncertain)",
        a_day_in="a day in {a}",
        a_month_in="a month in {a}",
        decade="the {a}s",
        century="between {a} and {b}",
    ),
    "es": Phrases(
        between="entre {a} y {b}",
        or_="o",
        and_="y",
        by="a más tardar {a}",
        or_later="{a} o después",
        since="desde {a}",
        until="hasta {a}",
        from_to="desde {a} hasta {b}",
        about="hacia {a}",
        about_inside="aproximadamente {a}",
        uncertain="{a} (fecha incierta)",
        a_day_in="un día de {a}",
        a_month_in="un mes de {a}",
        decade="década de {a}",
        century="entre {a} y {b}",
        after_preposition={"day": "el {a}", "decade": "la {a}"},
        when={"day": "el {a}", "month": "en {a}", "year": "en {a}", "decade": "en la {a}"},
        or_before_o="u",
    ),
}

LANGUAGES: Final = tuple(sorted(_TABLES))
"""The languages that every date can be worded in."""


def phrases(language: str) -> Phrases:
    """Give the words of a language, of which only the first part (`es` of `es-EC`) counts.

    Raises `LanguageError` for a language without any.
    """
    table = _TABLES.get(language.replace("_", "-").split("-", 1)[0].lower())
    if table is None:
        raise LanguageError(
            f'\'{language}\': there are no words such as "between" and "about" for dates in this '
            f"language; write a language of {', '.join(LANGUAGES)}, as en-GB or es-EC"
        )
    return table

"""The words around dates ("between", "about"), by language: one table each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sourcebrief.dates.cldr import LanguageError
from sourcebrief.text.languages import primary_subtag


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words around dates in one language; `{a}` and `{b}` are dates.

    The form of a date is its precision, or `some` for "a day in December 2022".
    """

    between: str
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
    after_preposition: Mapping[str, str] = field(default_factory=dict)
    """What a date becomes after "between", "since", "until", "about"."""
    when: Mapping[str, str] = field(default_factory=dict)
    """What it becomes where it tells when something happens, as after "a más tardar"."""
    or_before_o: str = ""
    """What joins two dates by "or" before a sound like its own; empty where nothing else does."""
    contracted: Mapping[str, str] = field(default_factory=dict)
    """What words become beside each other, as "à le" in French; regular expressions, in order."""

    def contract(self, text: str) -> str:
        """Write the words of a date together where the language does."""
        for apart, together in self.contracted.items():
            text = re.sub(apart, together, text)
        return text

    def inside(self, date: str, form: str) -> str:
        """Word a date after a preposition: "desde el 7 de mayo"."""
        return self.after_preposition.get(form, "{a}").format(a=date)

    def at(self, date: str, form: str) -> str:
        """Word a date as the answer to when: "en mayo"."""
        return self.when.get(form, "{a}").format(a=date)


_TABLES: Final[Mapping[str, Phrases]] = {
    "en": Phrases(
        between="between {a} and {b}",
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
    ),
    "es": Phrases(
        between="entre {a} y {b}",
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
        after_preposition={"day": "el {a}", "decade": "la {a}"},
        when={"day": "el {a}", "month": "en {a}", "year": "en {a}", "decade": "en la {a}"},
        or_before_o="{0} u {1}",
    ),
    "fr": Phrases(
        between="entre {a} et {b}",
        by="au plus tard {a}",
        or_later="{a} ou plus tard",
        since="depuis {a}",
        until="jusqu’à {a}",
        from_to="de {a} à {b}",
        about="vers {a}",
        about_inside="environ {a}",
        uncertain="{a} (date incertaine)",
        a_day_in="un jour de {a}",
        a_month_in="un mois de {a}",
        decade="années {a}",
        after_preposition={"day": "le {a}", "decade": "les {a}"},
        when={"day": "le {a}", "month": "en {a}", "year": "en {a}", "decade": "dans les {a}"},
        contracted={
            # The first of a month is an ordinal, where no dash leads on to the next day.
            r"(?<![\d–])1(?= (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))": "1er",
            r"\bde (?=avr|août|oct|environ)": "d’",
            r"à le ": "au ",
            r"à les ": "aux ",
            r"\bde le ": "du ",
            r"\bde les ": "des ",
        },
    ),
    "de": Phrases(
        between="zwischen {a} und {b}",
        by="spätestens {a}",
        or_later="{a} oder später",
        since="seit {a}",
        until="bis {a}",
        from_to="von {a} bis {b}",
        about="um {a}",
        about_inside="etwa {a}",
        uncertain="{a} (unsicher)",
        a_day_in="ein Tag im {a}",
        a_month_in="ein Monat im {a}",
        decade="{a}er-Jahre",
        after_preposition={"day": "dem {a}", "decade": "den {a}n"},
        when={"day": "am {a}", "month": "im {a}", "decade": "in den {a}n"},
        contracted={
            r"\bim (?=[0-9]{4})": "im Jahr ",
            r"\bum dem ": "um den ",
            r"\bum den ([0-9]+er-Jahre)n": r"um die \1",
            r"\bvon dem ": "vom ",
            r"\bbis (etwa )?dem ": r"bis \1zum ",
            r"\bbis (etwa )?den ": r"bis \1zu den ",
            r"\b(seit|von|bis|zwischen) ein (?=Tag|Monat)": r"\1 einem ",
        },
    ),
    "pt": Phrases(
        between="entre {a} e {b}",
        by="até {a}, o mais tardar",
        or_later="{a} ou depois",
        since="desde {a}",
        until="até {a}",
        from_to="de {a} até {b}",
        about="por volta de {a}",
        about_inside="aproximadamente {a}",
        uncertain="{a} (data incerta)",
        a_day_in="um dia de {a}",
        a_month_in="um mês de {a}",
        decade="década de {a}",
        after_preposition={"decade": "a {a}"},
        when={"decade": "a {a}"},
        contracted={
            r"(?<![\d–])1(?= de (?:jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez))": "1º",
            r"\bde a (?=década)": "da ",
        },
    ),
    "it": Phrases(
        between="tra {a} e {b}",
        by="al più tardi {a}",
        or_later="{a} o in seguito",
        since="da {a}",
        until="fino a {a}",
        from_to="da {a} a {b}",
        about="verso {a}",
        about_inside="circa {a}",
        uncertain="{a} (data incerta)",
        a_day_in="un giorno di {a}",
        a_month_in="un mese di {a}",
        decade="anni {a}",
        after_preposition={"day": "il {a}", "year": "il {a}", "decade": "gli {a}"},
        when={"day": "il {a}", "month": "a {a}", "year": "nel {a}", "decade": "negli {a}"},
        contracted={
            r"(?<![\d–])1(?= (?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic))": "1º",
            r"\b(un giorno|un mese) di (?=[0-9]{4})": r"\1 del ",
            r"\bil (?=(?:8|11) )": "l’",
            r"\bda il ": "dal ",
            r"\bda l’": "dall’",
            r"\bda gli ": "dagli ",
            r"\ba il ": "al ",
            r"\ba l’": "all’",
            r"\ba gli ": "agli ",
        },
    ),
}

LANGUAGES: Final = tuple(sorted(_TABLES))
"""The languages that every date can be worded in."""


def known_phrases(language: str) -> Phrases | None:
    """Give the words of a language (BCP 47), or None where there are none."""
    return _TABLES.get(primary_subtag(language))


def phrases(language: str) -> Phrases:
    """Give the words of a language, of which only the first part (`es` of `es-EC`) counts.

    Raises `LanguageError` for a language without any.
    """
    table = known_phrases(language)
    if table is None:
        raise LanguageError(
            f'\'{language}\': there are no words such as "between" and "about" for dates in this '
            f"language; write a language of {', '.join(LANGUAGES)}, as en-GB or es-EC"
        )
    return table

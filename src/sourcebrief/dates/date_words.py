"""The words that stand in dates of running text beside the names of months, by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sourcebrief.text.languages import primary_subtag

_NOTHING: Final = r"(?!)"


@dataclass(frozen=True, slots=True)
class DateWords:
    """What may stand between the parts of an expression; regular expressions, in lower case.

    A language that is written without spaces is `unspaced`: its words need no boundaries. `year`,
    `month` and `day` are the signs after numbers in languages that write dates with them.
    """

    joining: str = _NOTHING
    """And, to, through: with the article that the language wants after it."""
    alternative: str = _NOTHING
    of: str = _NOTHING
    ordinal: str = _NOTHING
    first: str = _NOTHING
    """The word for the first day of a month."""
    before: str = ""
    """What may be written together with the name of a month, before it."""
    after: str = ""
    """What may be written together with it, after it."""
    before_day: str = _NOTHING
    """What a hyphen ties to a day, before it."""
    era: str = ""
    """What may be written together with a year, after it."""
    year: str = ""
    month: str = ""
    day: str = ""
    unspaced: bool = False
    both_names: bool = False
    """Whether texts write two names of a month side by side: آذار/مارس."""


_ROMANCE_ORDINAL: Final = r"\.?[ºª°]"
_DOT: Final = r"\.(?![0-9])"
_SOUTH_SLAVIC: Final = DateWords(r"i|и|do|до", r"ili|или", r"godine|године", _DOT)
_CHINESE: Final = DateWords(
    r"至|到|和|及|与|與|[~～〜－]", "或", year="年", month="月", day="[日号號]", unspaced=True
)

_WORDS: Final[Mapping[str, DateWords]] = {
    "en": DateWords(
        joining=r"(?:and|to|through|thru)(?:\s+the)?|&",
        alternative=r"or(?:\s+the)?",
        of=r"of",
        ordinal=r"(?:st|nd|rd|th)(?![^\W_])",
    ),
    "es": DateWords(
        joining=r"(?:y|e|a|hasta)(?:\s+el)?|al",
        alternative=r"[ou](?:\s+el)?",
        of=r"del\s+año|de|del",
        ordinal=r"\.?[ºª°]|(?:ro|ero|er)(?![^\W_])",
        first=r"primero",
    ),
    "fr": DateWords(
        joining=r"(?:et|à)(?:\s+le)?|au|jusqu['’]au",
        alternative=r"ou(?:\s+le)?",
        of=r"de",
        ordinal=r"(?:er|ᵉʳ)(?![^\W_])",
        first=r"premier",
    ),
    "pt": DateWords(
        joining=r"(?:e|a|até)(?:\s+o)?|ao?",
        alternative=r"ou(?:\s+o)?",
        of=r"de|do",
        ordinal=_ROMANCE_ORDINAL,
        first=r"primeiro",
    ),
    "it": DateWords(
        joining=r"(?:ed?|a)(?:\s+il)?|al|all['’]",
        alternative=r"od?(?:\s+il)?",
        of=r"del|di",
        ordinal=r"\.?[º°]",
        first=r"primo",
    ),
    "de": DateWords(
        joining=r"(?:und|bis)(?:\s+(?:zum|den|dem))?",
        alternative=r"oder(?:\s+(?:den|dem))?",
        ordinal=_DOT,
    ),
    "ca": DateWords(r"(?:i|a)(?:\s+el)?|al", r"o(?:\s+el)?", r"del|de|d['’]"),
    "gl": DateWords(r"e|a|ao", r"ou", r"de|do", _ROMANCE_ORDINAL),
    "ro": DateWords(r"și|şi|până\s+(?:la|pe)", r"sau"),
    "nl": DateWords(r"en|tot(?:\s+en\s+met)?|t/m", r"of", r"van"),
    "sv": DateWords(r"och|till", r"eller"),
    "da": DateWords(r"og|til", r"eller", ordinal=_DOT),
    "nb": DateWords(r"og|til", r"eller", ordinal=_DOT),
    "no": DateWords(r"og|til", r"eller", ordinal=_DOT),
    "fi": DateWords(r"ja", r"tai", ordinal=_DOT),
    "et": DateWords(r"ja|kuni", r"või", r"aasta", _DOT),
    "hu": DateWords(
        r"és|és\s+a", r"vagy", ordinal=r"\.?(?:-?(?:án|én|ai|ei|i|a|e|ától|étől|áig|éig)(?!\w))?"
    ),
    "lt": DateWords(r"ir|iki", r"ar|arba", r"m\.|metų", r"-?(?:oji|ąją|osios)(?!\w)"),
    "lv": DateWords(r"un|līdz", r"vai", r"gada", _DOT),
    "ru": DateWords(r"и|по|до", r"или", r"года", r"-?(?:го|ого|е|ое)(?!\w)"),
    "uk": DateWords(r"і|й|та|по|до", r"або|чи", r"року", r"-?(?:го|ого|е)(?!\w)"),
    "be": DateWords(r"і|й|па|да", r"або|ці", r"года", r"-?(?:га|ага|е)(?!\w)"),
    "bg": DateWords(r"и|до", r"или", ordinal=r"-?(?:ти|ви|ри|ми)(?!\w)"),
    "mk": DateWords(r"и|до", r"или"),
    "kk": DateWords(r"және|мен", r"немесе", r"ж\.|жылғы|жылы"),
    "sr": _SOUTH_SLAVIC,
    "hr": _SOUTH_SLAVIC,
    "bs": _SOUTH_SLAVIC,
    "sl": DateWords(r"in|do", r"ali", ordinal=_DOT),
    "pl": DateWords(r"i|oraz|do|po", r"lub|albo", r"roku", _DOT),
    "cs": DateWords(r"a|až|do", r"nebo", ordinal=_DOT),
    "sk": DateWords(r"a|až|do", r"alebo", ordinal=_DOT),
    "el": DateWords(
        r"(?:και|έως|ως|μέχρι)(?:\s+(?:τις|την|τη|στις))?",
        r"ή(?:\s+(?:τις|την|στις))?",
        r"του",
        r"(?:ης|η|ην)(?!\w)",
    ),
    "tr": DateWords(r"ve|ile|ila", r"veya|ya\s+da", after=r"(?:['’]?(?:ta|te|da|de))?"),
    "vi": DateWords(r"(?:và|đến|tới)(?:\s+ngày)?", r"hoặc(?:\s+ngày)?", r"năm"),
    "id": DateWords(r"dan|hingga|sampai|s\.d\.", r"atau"),
    "ar": DateWords(
        r"إلى|الى|حتى|و",
        r"أو",
        r"من|عام|سنة|لعام|لسنة",
        before="(?:و|ل|ب)?",
        era=r"(?:\s?م(?!\w))?",
        both_names=True,
    ),
    "he": DateWords(r"עד|ו", r"או", r"של|בשנת|שנת", before="[בלמהו]?", before_day="[בלמהו][-־]"),
    "fa": DateWords(r"و|تا|الی", r"یا", r"سال|ماه"),
    "ur": DateWords(r"اور|تا|سے", r"یا", r"سال|ماہ"),
    "hi": DateWords(r"और|से|तक|व|एवं", r"या"),
    "th": DateWords(r"และ|ถึง", r"หรือ", r"พ\.\s?ศ\.|ค\.\s?ศ\.|ปี", unspaced=True),
    "zh": _CHINESE,
    "yue": _CHINESE,
    "ja": DateWords(
        r"から|と|及び|および|[~～〜－]",
        r"または|又は",
        year="年",
        month="月",
        day="日",
        unspaced=True,
    ),
    "ko": DateWords(
        r"부터|와|과|및|[~～〜－]", r"또는", year="년", month="월", day="일", unspaced=True
    ),
    "lo": DateWords(r"ແລະ|ຫາ", r"ຫຼື", r"ປີ", unspaced=True),
    "km": DateWords(r"និង|ដល់", r"ឬ", r"ឆ្នាំ|ខែ", unspaced=True),
    "my": DateWords(unspaced=True),
}
_OTHERS: Final = DateWords(ordinal=_DOT)
"""A language that has no words here has dashes and single dates only, with a day "7" or "7."."""


def date_words(language: str) -> DateWords:
    """Give the words of a language (BCP 47)."""
    return _WORDS.get(primary_subtag(language), _OTHERS)

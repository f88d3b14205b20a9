"""Small operations on running text: shortening, counting, slugs, and where sentences end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_SENTENCE_END: Final = re.compile(
    r"""[.!?…。]["'”’»)\]]*\s+(?=["'“‘«¿¡(\[]*[^\W_a-z])""",
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Sr|Sra|St|Gen|Col|Lt|Sen|Rep|Gov|No|Art|vs|Jr|Prof|Hon"
    r"|Mme|EE|UU|Sig|Dott|dr|prof|bzw|ca|cf|evtl|ggf|inkl|sog|vgl|Mio|Mrd|mio|mrd|eks|esim|np|npr|např|tzv"
    r"|tzw|św|sv|pl)\.$"
)
_COUNTER: Final = re.compile(
    r"(?:^|[\s(])(?:[nN][rº]|[nN]ú?m|[nN]ro|[aA]rt|[aA]bs|Ziff|Rn|Kap|Bd|[pP]p|[fF]ig|kl|stk|pkt|poz"
    r"|ust|odst|št|č[lj]|br|sz)\.$"
)
"""What a number follows, and what may else end a sentence: "modern art."."""
_ORDINAL: Final = re.compile(
    r"(?:^|\W)(?:[dD](?:e[mnrs]|as|et)|[iI]m|[vV]om|[zZ]u[mr]|[bB]eim|[iI]ns)\s+[0-9]{1,3}\.$"
)
"""A number behind an article, as "im 20. Jahrhundert" or "den 3. Mai", which a noun follows."""
_NUMBER_END: Final = re.compile(r"(?:^|[^\w.,])[0-9]{1,2}\.$")
_MONTH: Final = re.compile(
    r"(?:Jan(?:uar|uari)?|Jänner|Feb(?:ruar|er)?|März|Mär|Marts|Apr(?:il)?|Ma[ij]|Jun[ií]?|Jul[ií]?"
    r"|Aug(?:ust|usti)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|De[zs](?:ember)?)\b"
)
"""Months that begin with a capital where the day is an ordinal."""
QUOTED_WORDS: Final = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
"""What stands between double quotation marks, as its group."""
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
_LONGEST_ABBREVIATION: Final = 14
_LONGEST_SLUG: Final = 60
# Letters that Unicode does not decompose.
_SPELT: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def count_of(number: int, noun: str) -> str:
    """Write a number with its noun, in the plural where it needs one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(words: Iterable[str]) -> str:
    """Join words with commas and a last "and"."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def listed_up_to(words: Iterable[str], most: int) -> str:
    """Join at most so many words, and say how many more there are; one more is named."""
    named = list(words)
    if len(named) > most + 1:
        named = [*named[:most], f"{len(named) - most:,} more"]
    return listed(named)


def first_words(text: str, most: int) -> str:
    """Return the first words of a text, with an ellipsis where there are more."""
    words = text.split()
    return " ".join(words) if len(words) <= most else f"{' '.join(words[:most])} …"


def shorten(text: str, length: int) -> str:
    """Cut a text at a word's end to at most `length` characters, with an ellipsis."""
    whole = " ".join(text.split())
    if len(whole) <= length:
        return whole
    head = whole[: length + 1].rpartition(" ")[0] or whole[: length - 1]
    return head.rstrip(" ,;:–—-") + "…"


def curled(text: str) -> str:
    """Give words the apostrophes of print, letter for letter; what is quoted keeps its own."""
    quoted = [range(*found.span()) for found in QUOTED_WORDS.finditer(text)]
    letters = list(text)
    for found in _APOSTROPHE.finditer(text):
        if not any(found.start() in words for words in quoted):
            letters[found.start()] = "’"
    return "".join(letters)


def escaped_markdown(text: str) -> str:
    """Return a text that Markdown prints as it is (CommonMark, backslash escapes)."""
    return re.sub(r"([\\`*_\[\]<>|&~#])", r"\\\1", text)


def unaccented(text: str) -> str:
    """Return a text without accents, which part no letters where a reader looks a name up."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slug(words: str, *, longest: int = _LONGEST_SLUG) -> str:
    """Make words an id, `[a-z0-9][a-z0-9-]*`; empty where none of them can stand in one."""
    plain = re.sub(r"['’]", "", unaccented(words.casefold().translate(_SPELT)))
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(whole) <= longest:
        return whole
    return whole[: longest + 1].rpartition("-")[0] or whole[:longest]


def sentence_starts(text: str) -> Iterator[int]:
    """Yield where each sentence after the first begins.

    Abbreviations, initials and ordinals ("am 12. Juni") end none.
    """
    for found in _SENTENCE_END.finditer(text):
        dot = found.start() + 1
        before = text[max(0, dot - _LONGEST_ABBREVIATION) : dot]
        if text[found.start()] != "." or not _goes_on(before, text, found.end()):
            yield found.end()


def _goes_on(before: str, text: str, after: int) -> bool:
    """Say whether the full stop at the end of `before` is that of an abbreviation or an ordinal."""
    if _ABBREVIATION.search(before) or _ORDINAL.search(before):
        return True
    if text[after : after + 1].isdigit():
        return bool(_COUNTER.search(before))
    return bool(_NUMBER_END.search(before) and _MONTH.match(text, after))

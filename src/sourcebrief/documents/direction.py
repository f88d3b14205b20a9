"""Right-to-left words inside a left-to-right page, set apart so that nothing around them moves.

A name, a title or a quotation in Arabic or Hebrew is isolated (Unicode Standard Annex 9, 3.1.2),
by an element with a direction of its own, which all three documents understand.
"""

import re
from functools import cache
from typing import Final

_RTL: Final = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RTL = re.compile(f"[{_RTL}]")
# What may stand between right-to-left words, and belong to them: figures, spaces, punctuation.
_BETWEEN: Final = r"[^<>&A-Za-z\u00c0-\u024f\u0370-\u052f“”«»]"
# At the end of a quotation, a number and the full stop behind it belong to it too.
_TAIL: Final = r"[\s0-9٠-٩.,:;…!?؟،٪%/-]+"
# A quotation that begins with right-to-left words is theirs whole, with Latin ones in it.
_QUOTED: Final = f"(?<=[“«])[^<>&A-Za-z\u00c0-\u052f“”«»{_RTL}]*[{_RTL}][^<>“”«»]*(?=[”»])"
_RUN = re.compile(f"{_QUOTED}|[{_RTL}](?:{_BETWEEN}*[{_RTL}])?(?:{_TAIL}(?=[”»]))?")
_WITHIN = re.compile(rf"[(\[]*[A-Za-z\u00c0-\u052f](?:[^<>&{_RTL}]*[\w)\]])?(?<![{_RTL}])")
_BACK: Final = r'<span dir="ltr">\g<0></span>'
_WHOLE = re.compile(f"[{_RTL}](?:{_BETWEEN}*[{_RTL}])?(?:{_TAIL}\\Z)?")
_LEFT_TO_RIGHT = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_TEXT = re.compile(
    r"<(?P<whole>script|style|title|svg)\b.*?</(?P=whole)>|<[^>]*>|(?P<text>[^<]+)", re.DOTALL
)
"""Elements in which none of ours can stand, tags, and text. A drawing turns its words itself."""


def with_directions(html: str) -> str:
    """Return HTML in which each run of right-to-left words has an element with its direction."""
    if not _HAS_RTL.search(html):
        return html
    return _TEXT.sub(lambda part: _set_apart(part[0]) if part["text"] else part[0], html)


def _set_apart(text: str) -> str:
    if not _HAS_RTL.search(text):
        return text
    # The full stop of a sentence around the words stays with that sentence.
    run = _RUN if _LEFT_TO_RIGHT.search(text) else _WHOLE
    return run.sub(lambda found: f'<span dir="rtl">{_WITHIN.sub(_BACK, found[0])}</span>', text)


def has_right_to_left(text: str) -> bool:
    """Say whether a text holds letters that are written from right to left."""
    return bool(_HAS_RTL.search(text))


@cache
def is_right_to_left(language: str) -> bool:
    """Say whether a language (BCP 47) is written from right to left."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("_", "-"), sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False

"""Forms of the names of months that CLDR lacks: it has those of a full date and the bare name.

"В марте 2024 года" and "w marcu 2024 r." state a month, in the case that the preposition wants.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_NUMBERS: Final = (
    *("một|giêng", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy|bẩy", "tám", "chín", "mười"),
    *("mười một", "mười hai|chạp"),
)
_VOWEL_DROPS: Final = ((r"ар$", "ра ру ром"), (r"ar$", "ra ru rom"))
_SERBIAN: Final = (*_VOWEL_DROPS, (r"$", "а у ом a u om"), (r"(?<=[аиеeiа])ј$", "ја ју јем"))
# The end of a name, and what it becomes.
_ENDINGS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "ru": ((r"я$", "е ю ем ём"), (r"а$", "е у ом")),
    "uk": ((r"я$", "і ю ем"), (r"ого$", "ому им ім"), (r"а$", "і у ом")),
    "be": ((r"я$", "і ю ем"), (r"ага$", "ым аму"), (r"а$", "у ом")),
    "pl": ((r"ego$", "ym emu"), (r"da$", "dzie dowi dem"), (r"a$", "u owi em")),
    "cs": ((r"na$", "nu nem"), (r"ce$", "ci cem"), (r"du$", "dem")),
    "sk": ((r"a$", "i e u om"),),
    "hr": ((r"oga$", "om ome"), (r"če$", "či"), (r"a$", "u om em")),
    "bs": _SERBIAN,
    "sr": _SERBIAN,
    "sl": (
        (r"ar$", "arja arju arjem"),
        (r"([bt])er$", r"\1ra \1ru \1rom"),
        (r"rec$", "rca rcu rcem"),
        (r"$", "a u om ja ju jem"),
    ),
    "lt": ((r"io$", "į yje iui"), (r"o$", "ą e ui"), (r"ės$", "ę ėje ei")),
    "lv": ((r"s$", "a ā u am"), (r"lis$", "ļa lī")),
    "el": ((r"ος$", "ο"),),
    "fi": ((r"ta$", "ssa sta hun n lla"),),
    "et": ((r"$", "is i il ini ist"),),
    "hu": ((r"$", "ban ben ig tól től i ában ében án én"),),
    "tr": ((r"$", "ın in un ün ında inde unda ünde"),),
}


def inflected(name: str, month: int, language: str) -> Iterator[str]:
    """Yield other forms of a month's whole name, in lower case, in a language (`ru`)."""
    if language == "vi":
        yield f"tháng {month:02}"
        yield from (f"tháng {word}" for word in _NUMBERS[month - 1].split("|"))
    for end, others in _ENDINGS.get(language, ()):
        if re.search(end, name):
            yield from (re.sub(end, other, name, count=1) for other in others.split())
            return

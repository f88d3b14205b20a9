"""Times of day in a text: 4 p.m., 16:00, 16h00, 16 Uhr, las 4 de la tarde, 下午4时30分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TIME: Final = re.compile(
    r"(?<![\d.,:])(?:(?P<early>上午|凌晨|早上|午前|오전)|(?P<late>下午|晚上|午後|오후))?\s*"
    r"(?P<hour>[01]?\d|2[0-4])(?![\d,])"
    r"(?:(?P<colon>:)(?P<m1>[0-5]\d)|\s?(?P<h>h|[時时点點시])\s?(?:(?P<m2>[0-5]\d)(?!\d))?"
    r"|(?P<dot>\.)(?P<m3>[0-5]\d))?(?![\d:])"
    r"(?:\s*(?:(?P<am>a\.?\s?m\b\.?|(?:de la|da|du|del|di|am)\s(?:mañana|madrugada|manhã|matin"
    r"|mattino|Morgen)\b|morgens\b)|(?P<pm>p\.?\s?m\b\.?|(?:de la|da|du|de l['’]|del|di|am)\s?"
    r"(?:tarde|noche|noite|soir|après-midi|pomeriggio|sera|Nachmittag|Abend)\b"
    r"|(?:nachmitt|ab)[ae]g?n?ds?\b)|(?P<clock>Uhr|o['’]clock|heures|hrs\b)))?",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"(?:\bore|\balle|\blas|\bàs|\bat|\bkl\.?|\bв|\bо)\s+$", re.IGNORECASE)
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day and its span; `sure` where the half of the day is known."""

    start: int
    end: int
    hour: int
    minute: int
    sure: bool

    def is_that_of(self, other: ClockTime) -> bool:
        """Say whether both may be the same time of day."""
        apart = abs(self.hour - other.hour) % 24
        unsure = not (self.sure and other.sure)
        return self.minute == other.minute and (apart == 0 or (unsure and apart == _NOON))


def clock_times(text: str) -> Iterator[ClockTime]:
    """Yield the times of day in a text; a bare number is none, unless a preposition says so."""
    for found in _TIME.finditer(text):
        half = found["am"] or found["early"] or found["pm"] or found["late"]
        marked = half or found["clock"] or found["colon"] or found["h"]
        if not marked and not _BEFORE.search(text, 0, found.start("hour")):
            continue
        hour, minute = int(found["hour"]), int(found["m1"] or found["m2"] or found["m3"] or 0)
        if half and hour <= _NOON:
            hour = hour % _NOON + (_NOON if found["pm"] or found["late"] else 0)
        sure = bool(half) or hour > _NOON or hour == 0 or bool(found["h"] or found["clock"])
        yield ClockTime(*found.span(), hour, minute, sure)

"""FIRST's Traffic Light Protocol 2.0: the labels and the colours in which they print."""

from typing import Final

TLP_COLOURS: Final = {
    "TLP:CLEAR": "FFFFFF",
    "TLP:GREEN": "33FF00",
    "TLP:AMBER": "FFC000",
    "TLP:AMBER+STRICT": "FFC000",
    "TLP:RED": "FF2B2B",
}
"""The colour of a label's text as RGB in hex digits, from the least to the most restricted. The
standard wants it on black, in at least 12 points."""


def marking_fault(marking: str | None) -> str | None:
    """Say what is wrong with a marking that begins like a TLP label and is not one."""
    if not marking or not marking.upper().startswith("TLP:") or marking in TLP_COLOURS:
        return None
    return f"marking {marking!r} is not a TLP 2.0 label; write {', '.join(TLP_COLOURS)}"


def marking_conflict(marking: str | None, brief: str) -> str | None:
    """Say why something with a marking may not print in a brief with another; None where it may.

    Only TLP labels have an order, so that a marking in other words can be held against none.
    """
    if marking is None or marking == brief:
        return None
    order = list(TLP_COLOURS)
    if marking in order and brief in order:
        return "is above" if order.index(marking) > order.index(brief) else None
    return "cannot be compared with" if marking in order or brief in order else None

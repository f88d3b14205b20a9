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

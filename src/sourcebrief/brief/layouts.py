"""The layouts of an edition: the full brief, and two pages that lead to it."""

from typing import Final

FULL: Final = "full"
SHORT: Final = "short"
LAYOUTS: Final = (FULL, SHORT)


def file_name(briefing: str, layout: str, kind: str) -> str:
    """The name of a document: `port.pdf`, `port-short.pdf`."""
    return f"{briefing}{'' if layout == FULL else '-short'}.{kind}"

"""Sets of characters that more than one module needs, each defined once and with its reason."""

import re
import unicodedata
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""Stands for what a text could not hold: visible, and never matched by accident."""
SOFT_HYPHEN: Final = "\u00ad"
HYPHENS: Final = "-\u2010\u2011"
"""The dashes that join two halves of one word."""
DASHES: Final = HYPHENS + "\u2012\u2013\u2014\u2015\u2212"

LEFT_TO_RIGHT_MARK: Final = "\u200e"
BIDIRECTIONAL_CONTROLS: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Unicode's Bidi_Control (UAX #9): one of them alone can reverse the order of two numbers."""
VANISHING: Final = BIDIRECTIONAL_CONTROLS | frozenset(
    SOFT_HYPHEN
    + "\u180e\u200b\u200c\u200d"
    + "\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
"""What the comparison of quotations ignores: soft hyphens, zero-width and bidirectional controls.
Seeds may hold them, because PDF and HTML files do."""
VANISHING_CLASS: Final = "".join(sorted(VANISHING))
"""The same, to stand inside the brackets of a regular expression."""

UNSPACED: Final = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"  # Han
    "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001aff0-\U0001b16f"  # kana
    "\u0e01-\u0e4f\u0e80-\u0ecf\u0edc-\u0edf\u1780-\u17df"  # Thai, Lao, Khmer
    "\u1000-\u103f\u104c-\u108f\u109a-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]"  # Burmese
)
"""What belongs to a script that is written without spaces between words."""
_SPACING_MARKS: Final = "\u0e33\u0eb3\uff9e\uff9f"


def is_mark(character: str) -> bool:
    """Whether a character is a combining mark (general category M)."""
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def extends_cluster(character: str) -> bool:
    """Whether a character belongs to the one before it: a mark, or a letter of that kind."""
    return is_mark(character) or character in _SPACING_MARKS


def is_unspaced(character: str) -> bool:
    """Whether a letter is of a script that is written without spaces between words."""
    return character.isalnum() and UNSPACED.match(character) is not None


_INVISIBLE_CLASS: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE: Final = re.compile(f"[{_INVISIBLE_CLASS}]")
"""Default_Ignorable_Code_Point (UAX #44), the line and paragraph separators, and interlinear
annotations. Authored texts may not hold them: a reviewer of the YAML would not see what prints."""
LAYOUT_CONTROLS: Final = frozenset(
    "\t\n\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
)
"""What text shaping consumes, so that a font needs no glyph for them."""

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""The control characters of ASCII and of ISO 8859 (general category Cc), line ends included."""
# CRLF is one end. (A possessive `?+` would say so too, but not in the Python 3.11.2 of Debian 12.)
BLANK_LINE: Final = r"[\r\n](?:(?<=\r)\n|(?<!\r)|(?!\n))[^\S\r\n]*[\r\n]\s*"
"""White space that holds two ends of lines (LF, CRLF or CR), as a regular expression."""
BINARY: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Control characters that no plain text file has; one shows that the file is something else."""
NOT_IN_XML_OR_YAML: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""What XML 1.0 (and so a DOCX) or YAML cannot hold."""
_NOT_FOR_TERMINALS: Final = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff{VANISHING_CLASS}]"
)


def visible(text: str) -> str:
    """Write out what a terminal would obey or hide, as JSON does.

    Words of seeds and names of files come from strangers. Line feeds and tabs stay.
    """
    return _NOT_FOR_TERMINALS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

"""Read mail addresses as a user types them (RFC 5322, 3.4), and write them into a header.

The standard library folds a long display name wrongly before Python 3.13: it can lose its quotes,
so that one recipient becomes two.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.header import Header
from typing import Final

_LINE: Final = 76
"""Characters in a line with an encoded word (RFC 2047, 2)."""
_LONGEST_PLAIN: Final = _LINE // 2
"""Characters beyond which a word is encoded, because a plain one cannot be folded."""

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+(?![0-9]+$){_LABEL}")
_WORDS: Final = re.compile(rf"{_ATOM}(?: {_ATOM})*")
_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_ONE: Final = re.compile(
    rf"(?:(?P<name>{_QUOTED}\s*|[^\"<>]*)<(?P<inside>[^<>]*)>|(?P<bare>[^<>\"]*))"
)
_UP_TO_COMMA: Final = re.compile(rf"((?:{_QUOTED}|[^,])*),")
# IDNA 2003 replaces these letters and IDNA 2008 keeps them, so the mail could reach a stranger.
_TWO_READINGS: Final = frozenset("ßς\u200c\u200d")


class AddressError(ValueError):
    """What is wrong with an address, and how to correct it, in a clause."""


@dataclass(frozen=True, slots=True)
class Address:
    """A recipient: the name to show, or "", and an ASCII address."""

    name: str
    address: str

    def header(self) -> str:
        """Write the mailbox for a header, folded and in ASCII (RFC 5322, 3.4; RFC 2047, 5)."""
        if not self.name:
            return self.address
        return f"{_phrase(self.name)}\r\n <{self.address}>"


def addresses(given: Iterable[str]) -> tuple[Address, ...]:
    """Read addresses, several in a text if commas part them; return each once, in their order.

    Raises AddressError for a text that is not `ana@example.org` or `Ana Ruiz <ana@example.org>`.
    """
    found: dict[str, Address] = {}
    for text in given:
        require_visible(text)
        for part in map(str.strip, _UP_TO_COMMA.findall(f"{text},")):
            if not part:
                raise AddressError("an address is empty; write ana@example.org")
            one = _address(part)
            found.setdefault(one.address.casefold(), one)
    return tuple(found.values())


def require_visible(text: str) -> None:
    """Raise AddressError for a control, a line break or an invisible character."""
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            raise AddressError(f"holds the character U+{ord(character):04X}; delete it")


def _address(text: str) -> Address:
    way_out = "write ana@example.org or Ana Ruiz <ana@example.org>, with commas between several"
    neither = AddressError(f"{text!r} is not an address; {way_out}")
    found = _ONE.fullmatch(text)
    if found is None:
        raise neither
    name = (found["name"] or "").strip()
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    elif re.search(r"[()\[\]:;@\\,]", name):
        raise AddressError(f'the name in {text!r} needs quotation marks: "Ruiz, Ana" <ana@…>')
    written = (found["inside"] or found["bare"] or "").strip()
    local, _, domain = written.rpartition("@")
    if domain and not local.isascii():
        raise AddressError(f"{written!r} is not ASCII before the @; ask for one that is")
    if not domain or not _LOCAL.fullmatch(local) or len(local) > 64:
        raise neither
    return Address(" ".join(name.split()), f"{local}@{_domain(domain)}")


def _domain(written: str) -> str:
    """Return a domain in ASCII, an internationalised one as its A-labels (RFC 5890)."""
    domain = written
    if not written.isascii():
        folded = unicodedata.normalize("NFC", written).lower()
        if _TWO_READINGS.intersection(folded):
            raise AddressError(f"{written!r} can mean two domains; write the domain as xn--…")
        try:
            domain = folded.encode("idna").decode("ascii")
        except UnicodeError:
            raise AddressError(f"{written!r} is not a domain; correct it") from None
    if not _DOMAIN.fullmatch(domain) or len(domain) > 253:
        raise AddressError(f"{written!r} is not a domain; correct it")
    return domain.lower()


def _phrase(name: str) -> str:
    if len(name) > _LONGEST_PLAIN or not name.isascii() or "=?" in name:
        return _folded(name, "utf-8")
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return name if _WORDS.fullmatch(name) else f'"{escaped}"'


def fold_subject(text: str) -> str:
    """Write a text as the value of a Subject field, folded, with encoded words where needed."""
    is_plain = text.isascii() and "=?" not in text
    is_plain = is_plain and max(map(len, text.split(" "))) <= _LONGEST_PLAIN
    return _folded(text, "us-ascii" if is_plain else "utf-8")


def _folded(text: str, charset: str) -> str:
    # The first line leaves room for the longest field name, "Subject: " (RFC 2047).
    header = Header(text, charset, maxlinelen=_LINE - 1, header_name="Subject")
    return header.encode(linesep="\r\n")

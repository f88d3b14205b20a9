"""The checksums of an edition's files, as `sha256sum -c` reads them (GNU coreutils)."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

ENDING: Final = "sha256"
LARGEST: Final = 64 * 1024
_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *]([^/\\]+)")


class NoChecksums(ValueError):  # noqa: N818 - it says what the file is
    """A file that does not hold checksums as a build writes them; the message is a clause."""


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Write a line for each file: its SHA-256, two spaces, its name."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return "".join(lines).encode()


def read_checksums(data: bytes) -> dict[str, str]:
    """Read the SHA-256 of each file by its name.

    Raises NoChecksums for anything else than lines of a hash and a name without a folder.
    """
    if len(data) > LARGEST:
        raise NoChecksums("larger than the checksums of an edition")
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise NoChecksums("not text in UTF-8") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise NoChecksums(f"line {number} is not a SHA-256 and the name of a file beside it")
        digest, name = match.groups()
        if found.setdefault(name, digest) != digest:
            raise NoChecksums(f"line {number} gives {name} another SHA-256 than a line before")
    if not found:
        raise NoChecksums("it holds no checksum")
    return found

"""Compare a document with the same one made again, after both are brought to one form.

What a program that saves it again packs, numbers or spaces anew does not count.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import Package
from sourcebrief.errors import EngineFault
from sourcebrief.text.phrases import shorten

_LONGEST: Final = 60
"""Characters of a line that a message shows."""


def differences(kind: str, sent: bytes, made: bytes) -> list[str]:
    """Return where a document of a kind differs from the one made again; nothing where it does not.

    Raises NotABrief where an object in a PDF has no end.
    """
    if sent == made:
        return []
    if kind == "pdf":
        from sourcebrief.verification.compare_pdf import pdf_differences

        return pdf_differences(sent, made)
    found = _of_packages if kind == "docx" else _of_pages
    return list(found(sent, made))


def _of_packages(sent: bytes, made: bytes) -> Iterator[str]:
    one, other = Package(sent), Package(made)
    for name in sorted({*one, *other}):
        if name not in other:
            yield f"{name} is a part that its evidence does not make"
        elif name not in one:
            yield f"{name} is missing"
        elif _canonical(one, name) != _canonical(other, name):
            yield f"{name} is not what its evidence makes"


def _canonical(package: Package, name: str) -> bytes:
    """A part in one form (W3C Canonical XML); a picture is compared as it is."""
    try:
        return etree.tostring(package.tree(name), method="c14n")
    except EngineFault:
        return package.read(name)


def _of_pages(sent: bytes, made: bytes) -> Iterator[str]:
    """Bytes, but for the ends of lines, because every browser must read the two pages alike."""
    one, other = (
        data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").rstrip().split(b"\n")
        for data in (sent, made)
    )
    for number, (line, expected) in enumerate(zip_longest(one, other, fillvalue=b""), 1):
        if line != expected:
            at = next(n for n, (a, b) in enumerate(zip_longest(line, expected)) if a != b)
            here = line[at : at + 4 * _LONGEST].decode("utf-8", "replace")
            shown = shorten(here, _LONGEST)
            yield f"from line {number} on, it is not what its evidence makes: “{shown}”"
            return

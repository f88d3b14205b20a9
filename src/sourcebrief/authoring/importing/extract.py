"""One document at a time, in a process of its own with limits: whatever it is, it cannot harm.

The request is a line of JSON and the bytes of the document; the answer is JSON.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import Any, Final

from sourcebrief.authoring.importing.extracted import Document, Unreadable
from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.limits import (
    MEMORY_LIMIT,
    TIME_LIMIT,
    OverLimit,
    limit_memory,
    run_limited,
)

KINDS: Final = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
"""What is read, by the ending of a file's name in lower case."""

_NEEDS: Final = {"html": ("trafilatura",), "pdf": ("pypdf",)}
_OTHERS: Final = {
    ".doc": "save it as DOCX",
    ".docm": "save it as DOCX",
    ".odt": "save it as DOCX",
    ".rtf": "save it as DOCX",
    ".epub": "save it as HTML or PDF",
    ".mht": "save the page as HTML",
    ".mhtml": "save the page as HTML",
    ".webarchive": "save the page as HTML",
    ".eml": "save the message as text or PDF",
    ".msg": "save the message as text or PDF",
    ".bib": "export it from Zotero as CSL JSON",
    ".ris": "export it from Zotero as CSL JSON",
    ".xml": "save it as HTML or text",
    ".pptx": "save it as PDF",
    ".xlsx": "save it as PDF",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "make a PDF with text by OCR"),
}


def kind_of(name: str, data: bytes) -> str:
    """What a document is, by its name; Unreadable where that is not read, or belied by the data."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    ending = ending if ending.isprintable() and len(ending) < 20 else "such a form"
    kind = KINDS.get(ending)
    if kind is None:
        way_out = _OTHERS.get(ending, "give text, HTML, PDF, DOCX, CSL JSON or CSL YAML")
        raise Unreadable(
            f"files {f'in {ending}' if ending else 'without an ending'} are not read; {way_out}"
        )
    if not data:
        raise Unreadable("it is empty")
    looks = _looks_like(data)
    if looks and looks != kind:
        ending = "docx" if looks == "docx" else looks
        raise Unreadable(f"its name says {kind}, its content {looks}; correct its name's ending")
    if kind == "pdf" and b"%PDF-" not in data[:1024]:
        raise Unreadable("it is no PDF: it does not begin with %PDF-; get it again")
    return kind


def _looks_like(data: bytes) -> str | None:
    head = data[:1024]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.lower().startswith((b"mime-version:", b"from: <saved by")):
        return "MHTML"
    return None


def extract(
    kind: str,
    data: bytes,
    *,
    encoding: str | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Document:
    """The text and metadata of a document.

    Raises Unreadable with what is wrong with it, EnvironmentFault where the package that reads its
    kind is not installed, RuntimeError where this program is at fault.
    """
    for package in _NEEDS.get(kind, ()):
        if importlib.util.find_spec(package) is None:
            raise EnvironmentFault(
                f"to read {kind.upper()}, the package {package!r} is missing; "
                "run: pip install 'sourcebrief[import]'"
            )
    request = {"kind": kind, "encoding": encoding, "memory": memory_limit}
    try:
        answer = run_limited(
            __name__, json.dumps(request).encode() + b"\n" + data, time_limit=time_limit
        )
    except OverLimit as over:
        if over.time:
            raise Unreadable(f"reading it took more than {time_limit:.0f} s; divide it") from None
        raise Unreadable("reading it takes more memory than a document can need") from None
    found: dict[str, Any] = json.loads(answer)
    if "fault" in found:
        raise EnvironmentFault(found["fault"])
    if "unreadable" in found:
        raise Unreadable(found["unreadable"])
    return Document.from_json(found)


def read(kind: str, data: bytes, encoding: str | None = None) -> Document:
    """The same in this process, without limits."""
    if kind == "text":
        from sourcebrief.authoring.importing.from_text import read_text

        return read_text(data, encoding)
    if kind == "html":
        from sourcebrief.authoring.importing.from_html import read_html

        return read_html(data, encoding)
    if kind == "pdf":
        from sourcebrief.authoring.importing.from_pdf import read_pdf

        return read_pdf(data)
    from sourcebrief.authoring.importing.from_docx import read_docx

    return read_docx(data)


def main() -> None:
    """Answer the request on standard input: the other process of `extract`."""
    request = json.loads(sys.stdin.buffer.readline())
    limit_memory(request["memory"])
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = read(request["kind"], data, request["encoding"]).as_json()
    except Unreadable as error:
        answer = {"unreadable": str(error)}
    except EnvironmentFault as error:
        answer = {"fault": str(error)}
    # Escaped, so that no terminal's or system's encoding has a say.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

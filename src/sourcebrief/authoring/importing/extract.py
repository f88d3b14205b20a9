"""Reading a document in a separate process with limits of time and memory.

The request is a line of JSON and the bytes of the document; the answer is JSON.
"""

import json
import sys
from dataclasses import asdict
from pkgutil import resolve_name
from typing import Any, Final

from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    ScannedDocument,
    UnreadableDocument,
)
from sourcebrief.errors import EnvironmentFault, require_package
from sourcebrief.processes.limits import (
    MEMORY_LIMIT,
    TIME_LIMIT,
    OverLimit,
    run_limited,
)

_FORMATS: Final = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
    **dict.fromkeys((".eml", ".mbox"), "message"),
}
"""The formats that are read, by the ending of a file's name in lower case."""
_READERS: Final = {
    "text": "from_text:read_text",
    "markdown": "from_text:read_markdown",
    "message": "from_email:read_email",
    "html": "from_html:read_html",
    "pdf": "from_pdf:read_pdf",
    "docx": "from_docx:read_docx",
}
_IN_ENCODINGS: Final = ("text", "markdown", "html")
"""The formats of which the user may say the encoding."""
_NEEDED_PACKAGES: Final = {"html": "trafilatura", "pdf": "pypdfium2"}
_WAYS_OUT: Final = {
    **dict.fromkeys((".doc", ".docm", ".odt", ".rtf"), "save it as DOCX"),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive"), "save the page as HTML"),
    **dict.fromkeys((".msg", ".emlx"), "save the message as EML or PDF"),
    **dict.fromkeys((".bib", ".ris"), "export it from Zotero as CSL JSON"),
    **dict.fromkeys((".pptx", ".xlsx"), "save it as PDF"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "make a PDF with text by OCR"),
    ".epub": "save it as HTML or PDF",
    ".xml": "save it as HTML or text",
}


def importable_format(name: str, data: bytes) -> str:
    """Return the format of a document by its name.

    Raises UnreadableDocument where that format is not read, or the data are of another one.
    """
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    ending = ending if ending.isprintable() and len(ending) < 20 else "this format"
    found = _FORMATS.get(ending)
    if found is None:
        way_out = _WAYS_OUT.get(ending, "give text, HTML, PDF, DOCX, CSL JSON or CSL YAML")
        raise UnreadableDocument(
            f"files {f'in {ending}' if ending else 'without an ending'} are not read; {way_out}"
        )
    if not data:
        raise UnreadableDocument("it is empty")
    content = _format_of_content(data[:1024])
    if content and content != found and (content, found) != ("MHTML", "message"):
        raise UnreadableDocument(
            f"its name says {found}, its content {content}; correct its name's ending"
        )
    if found == "pdf" and b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(
            "it is not a PDF: it does not begin with %PDF-; get the file again"
        )
    return found


def _format_of_content(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.lower().startswith((b"mime-version:", b"from: <saved by")):
        return "MHTML"
    return None


def extract(
    document_format: str,
    data: bytes,
    *,
    encoding: str | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Extraction:
    """Return the text and metadata of a document.

    Raises UnreadableDocument with what is wrong with it, EnvironmentFault where the package that
    reads its format is not installed, RuntimeError where this program is at fault.
    """
    if package := _NEEDED_PACKAGES.get(document_format):
        require_package(package, "import", f"to read {document_format.upper()}")
    request = {"format": document_format, "encoding": encoding}
    try:
        answer = run_limited(
            __name__,
            json.dumps(request).encode() + b"\n" + data,
            time_limit=time_limit,
            memory_limit=memory_limit,
        )
    except OverLimit as over:
        raise UnreadableDocument(
            f"reading it took more than {time_limit:.0f} s; divide it"
            if over.time
            else "reading it takes more memory than a document can need; divide it"
        ) from None
    found: dict[str, Any] = json.loads(answer)
    if "fault" in found:
        raise EnvironmentFault(found["fault"])
    if "unreadable" in found:
        raise (ScannedDocument if found["scan"] else UnreadableDocument)(found["unreadable"])
    found["metadata"] = Metadata(**found["metadata"])
    for name in ("remarks", "ignored"):
        found[name] = tuple(found[name])
    return Extraction(**found)


def extract_here(document_format: str, data: bytes, encoding: str | None = None) -> Extraction:
    """Return the same as `extract`, read in this process without limits."""
    # Each format imports an engine of its own.
    read = resolve_name(f"{__package__}.{_READERS[document_format]}")
    found: Extraction = read(data, encoding) if document_format in _IN_ENCODINGS else read(data)
    return found


def answer_request() -> None:
    """Answer the request on standard input: this is what the other process of `extract` runs."""
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = asdict(extract_here(request["format"], data, request["encoding"]))
    except UnreadableDocument as error:
        answer = {"unreadable": str(error), "scan": isinstance(error, ScannedDocument)}
    except EnvironmentFault as error:
        answer = {"fault": str(error)}
    # json.dumps escapes what is not ASCII, so the encoding of standard output does not matter.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    answer_request()

"""Reading a file of annotations in a separate process with limits of time and memory.

The request is a line of JSON and the bytes of the file; the answer is JSON.
"""

import json
import sys
from dataclasses import asdict
from typing import Any, Final

from sourcebrief.authoring.annotations.annotation import (
    MOST_ANNOTATIONS,
    Highlight,
    SelectedWords,
)
from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.errors import require_package
from sourcebrief.processes.limits import OverLimit, run_limited

_TIME_LIMIT: Final = 60.0


def read_annotations(data: bytes) -> list[Highlight]:
    """Return the annotations of a JSON file, a PDF or a Word document, by what the bytes are.

    Raises UnreadableDocument with what is wrong, EnvironmentFault where a package is missing.
    """
    kind = _format(data)
    if kind == "pdf":
        require_package("pypdfium2", "import", "to read highlights in a PDF")
    try:
        answer = run_limited(__name__, kind.encode() + b"\n" + data, time_limit=_TIME_LIMIT)
    except OverLimit as over:
        limit = f"{_TIME_LIMIT:.0f} s" if over.time else "memory than annotations can need"
        raise UnreadableDocument(f"reading it takes more {'than ' * over.time}{limit}") from None
    found: Any = json.loads(answer)
    if isinstance(found, dict):
        raise UnreadableDocument(found["unreadable"])
    for one in found:
        one["parts"] = tuple(SelectedWords(**part) for part in one["parts"])
        one["documents"] = tuple(one["documents"])
    return [Highlight(**one) for one in found]


def _format(data: bytes) -> str:
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return "json"
    raise UnreadableDocument("annotations are read from JSON, PDF and DOCX; give one of them")


def annotations_here(kind: str, data: bytes) -> list[Highlight]:
    """Return the same as `read_annotations`, read in this process without limits."""
    if kind == "pdf":
        from sourcebrief.authoring.annotations.pdf_highlights import read_pdf_highlights

        found = read_pdf_highlights(data)
    elif kind == "docx":
        from sourcebrief.authoring.annotations.docx_highlights import read_docx_highlights

        found = read_docx_highlights(data)
    else:
        from sourcebrief.authoring.annotations.json_annotations import read_json_annotations

        found = read_json_annotations(data)
    if len(found) > MOST_ANNOTATIONS:
        raise UnreadableDocument(f"it holds more than {MOST_ANNOTATIONS:,}; divide it")
    return found


def answer_for_annotations() -> None:
    """Answer the request on standard input: what the other process of `read_annotations` runs."""
    kind = sys.stdin.buffer.readline().decode().strip()
    answer: Any
    try:
        answer = [asdict(one) for one in annotations_here(kind, sys.stdin.buffer.read())]
    except UnreadableDocument as error:
        answer = {"unreadable": str(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    answer_for_annotations()

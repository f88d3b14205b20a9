"""Read a document that someone sent, in whichever format its first bytes are."""

from typing import Final

from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE
from sourcebrief.documents.page_words import NOTE, words_on_page
from sourcebrief.verification.document_text import DocumentText, NotABrief

LARGEST_PAGE: Final = 128 * 1024 * 1024
_LONGEST_TAIL: Final = 64 * 1024
_BEGINNINGS: Final = {
    b"%pdf-": "pdf",
    b"pk\x03\x04": "docx",
    b"<!doctype": "html",
    b"<html": "html",
    b"{": "json",
}
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(data: bytes, *, words: bool = True) -> DocumentText:
    """Read the words of a document and what it carries.

    Without `words`, those of a PDF are left out, which takes as long as drawing it. Raises
    NotABrief where this program cannot have built it.
    """
    # Each reader loads a large package, and `changes` needs at most one of them.
    kind = format_of(data)
    if kind == "pdf":
        from sourcebrief.verification.words_of_pdf import carried_in_pdf, words_of_pdf

        return words_of_pdf(data) if words else carried_in_pdf(data)
    if kind == "docx":
        from sourcebrief.verification.words_of_docx import words_of_docx

        return words_of_docx(data)
    if kind == "html":
        return _words_of_html(data)
    if kind == "json":
        return DocumentText("json", data)
    if data.startswith(_OLD_OFFICE):
        raise NotABrief("an encrypted or an old Word document; ask for a .docx without a password")
    what = "not a PDF, Word document, web page or evidence.json" if data else "an empty file"
    raise NotABrief(f"{what}; give one that this program built")


def format_of(data: bytes) -> str | None:
    """Return what the first bytes of a file say that it is; None where no format of ours."""
    # One file may be two things: what stands further on is not what its name makes a viewer show.
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = (kind for begins, kind in _BEGINNINGS.items() if start.startswith(begins))
    return next(found, None)


def _words_of_html(data: bytes) -> DocumentText:
    from sourcebrief.documents.write_web import carried_in_html

    if len(data) > LARGEST_PAGE:
        raise NotABrief("it is larger than a brief can be")
    # A mail gateway may append something to a page. Without its end the page was cut.
    if b"</html>" not in data[-_LONGEST_TAIL:].lower():
        raise NotABrief("cut short: the end of the page is missing")
    try:
        page = words_on_page(data.decode("utf-8"))
        carried = carried_in_html(data)
    except ValueError as error:
        raise NotABrief("not a web page as this program writes it") from error
    return DocumentText(
        "html",
        carried.get(EVIDENCE),
        carried.get(BUILD_INFO),
        body=[text for _, part, text in page["runs"] if part != NOTE],
        notes=[text for _, part, text in page["runs"] if part == NOTE],
        alternatives=page["alternatives"],
        links=page["linked"],
        said=list(page["said"].items()),
    )

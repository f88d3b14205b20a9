"""The words of a web page in reading order."""

from typing import Final

from sourcebrief.documents.page_words import NOTE, words_on_page
from sourcebrief.verification.document_text import DocumentText, NotABrief

LARGEST: Final = 128 * 1024 * 1024
_LONGEST_TAIL: Final = 64 * 1024


def words_of_html(data: bytes) -> DocumentText:
    """Read a web page. Raises NotABrief with the reason where this program cannot have built it."""
    from sourcebrief.documents.write_web import manifest_in_html

    if len(data) > LARGEST:
        raise NotABrief("it is larger than a brief can be")
    # A mail gateway may append something to a page. Without its end the page was cut.
    if b"</html>" not in data[-_LONGEST_TAIL:].lower():
        raise NotABrief("cut short: the end of the page is missing")
    try:
        page = words_on_page(data.decode("utf-8"))
        evidence = manifest_in_html(data)
    except ValueError as error:
        raise NotABrief("not a web page as this program writes it") from error
    return DocumentText(
        "html",
        evidence,
        body=[text for _, part, text in page["runs"] if part != NOTE],
        notes=[text for _, part, text in page["runs"] if part == NOTE],
        alternatives=page["alternatives"],
        links=frozenset(page["links"]),
        not_compared=["what the page's own style sheet and script show or hide"],
    )

"""The comments of a Word document: what was said by whom, in reply to what, what is resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.documents.word.opc_package import DOCUMENT, Package, w, w_value
from sourcebrief.review.word_paragraphs import author_of
from sourcebrief.review.word_text import Author

_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `reply_to` is the id of the one that it answers, empty where it begins a thread.

    A reply is resolved where its thread is.
    """

    id: str
    by: Author
    text: str
    reply_to: str = ""
    resolved: bool = False


def read_comments(package: Package) -> tuple[Comment, ...]:
    """Read the comments in the order of their part, replies behind what they answer."""
    threads = _threads(package)
    found = [
        (str(_last_paragraph(element)), element)
        for name in package.related(DOCUMENT, "comments").values()
        if name in package
        for element in package.tree(name).iterchildren(w("comment"))
    ]
    ids = {paragraph: w_value(element, "id") for paragraph, element in found if paragraph}
    comments = []
    for paragraph, element in found:
        parent, done = threads.get(paragraph, ("", False))
        answered = threads.get(parent, ("", False))[1]
        comments.append(
            Comment(
                w_value(element, "id"),
                author_of(element),
                "\n".join(_paragraphs(element)),
                ids.get(parent, ""),
                done or answered,
            )
        )
    order = {comment.id: number for number, comment in enumerate(comments)}
    return tuple(sorted(comments, key=lambda c: (order[c.reply_to or c.id], order[c.id])))


def _threads(package: Package) -> dict[str, tuple[str, bool]]:
    """For the last paragraph of each comment, that of the one it answers, and if it is resolved."""
    return {
        str(each.get(f"{{{_W15}}}paraId")): (
            str(each.get(f"{{{_W15}}}paraIdParent") or ""),
            each.get(f"{{{_W15}}}done") in ("1", "true"),
        )
        for name in package.related(DOCUMENT, "commentsExtended").values()
        if name in package
        for each in package.tree(name).iterchildren(f"{{{_W15}}}commentEx")
    }


def _last_paragraph(comment: Any) -> str:
    paragraphs = comment.findall(f".//{w('p')}")
    return (paragraphs[-1].get(f"{{{_W14}}}paraId") or "") if paragraphs else ""


def _paragraphs(comment: Any) -> Iterator[str]:
    for paragraph in comment.iter(w("p")):
        words = "".join(
            element.text or "" if element.tag == w("t") else " "
            for element in paragraph.iter(w("t"), w("tab"), w("br"))
        )
        if words.strip():
            yield " ".join(words.split())

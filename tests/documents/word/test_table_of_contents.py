"""The table of contents."""

from __future__ import annotations

import word_page
from sourcebrief.documents.word.opc_package import w
from word_documents import body, brief, paragraphs, value, words, written


def test_contents_are_filled_with_links_to_the_heads() -> None:
    document = written(contents="Contents")
    root = body(document)
    block = root.find(f".//{w('sdt')}")
    assert block is not None
    entries = [words(link) for link in block.iter(w("hyperlink"))]
    assert entries[:3] == ["Bottom line", "Key judgements", "Chronology of engagement"]
    assert "1. Patrol agreement signed" in entries
    places = {value(mark, "name") for mark in root.iter(w("bookmarkStart"))}
    assert {value(link, "anchor") for link in block.iter(w("hyperlink"))} <= places
    marks = [value(mark, "fldCharType") for mark in block.iter(w("fldChar"))]
    assert marks == ["begin", "separate", "end"]
    numbers = [value(mark, "id") for mark in root.iter(w("bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    heads = [said for _, said in paragraphs(document)]
    assert heads.index("Bottom line") < heads.index("Contents") < heads.index("High")


def test_contents_stand_where_the_page_has_its_navigation() -> None:
    page = word_page.page().replace("<main>", "<main><nav><ul><li>x y z</li></ul></nav>")
    assert paragraphs(written(page, contents="Contents"))[0] == ("TOC Heading", "Contents")
    assert "x y z" not in words(body(written(page)))


def test_no_contents_unless_asked() -> None:
    assert body(brief()).find(f".//{w('sdt')}") is None

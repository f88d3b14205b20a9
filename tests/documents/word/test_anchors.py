"""Each text of an author has a bookmark whose name says which it is."""

from lxml import html

from sourcebrief.documents.word.anchors import Anchor, mark_texts, name_bookmarks
from sourcebrief.documents.word.opc_package import Package, w, w_value
from sourcebrief.documents.word.pandoc_input import anchors_of
from word_documents import written

PAGE = """<!DOCTYPE html><html lang="en"><body data-title="T"><h1 data-text="title">Pact</h1>
<div data-text="bottom-line"><p>One <em>word</em>.</p><ul><li>Two</li><li>Three</li></ul></div>
<p class="screen-only" data-text="subtitle">Not in Word</p>
<p><b data-text="events/a-very-long-identifier-of-an-event/title">Pact.</b><span class="note">Source
</span> <span data-text="events/a-very-long-identifier-of-an-event/summary">They met.</span></p>
<p data-text="title">Pact</p></body></html>"""


def bookmarks(document: bytes) -> dict[str, str]:
    """The words between the begin and the end of each hidden bookmark."""
    body = Package(document).body()
    name_of, words = {}, {}
    for element in body.iter(w("bookmarkStart"), w("bookmarkEnd"), w("t")):
        if element.tag == w("t"):
            words.update({name: words[name] + (element.text or "") for name in name_of.values()})
        elif element.tag == w("bookmarkStart"):
            name_of[w_value(element, "id")] = w_value(element, "name")
            words[w_value(element, "name")] = ""
        else:
            name_of.pop(w_value(element, "id"))
    return {name: text for name, text in words.items() if name.startswith("_")}


def test_each_paragraph_has_a_bookmark_with_its_address() -> None:
    anchors = anchors_of(PAGE)
    assert [(one.address, one.paragraph) for one in anchors] == [
        ("title", 1),
        ("bottom-line", 1),
        ("bottom-line", 2),
        ("bottom-line", 3),
        ("events/a-very-long-identifier-of-an-event/title", 1),
        ("events/a-very-long-identifier-of-an-event/summary", 1),
        ("title", 1),
    ]
    found = bookmarks(written(PAGE))
    assert list(found) == [one.name for one in anchors]
    assert list(found.values()) == [
        *("Pact", "One word.", "Two", "Three", "Pact.", "They met.", "Pact"),
    ]


def test_names_are_what_word_allows_and_say_where_they_are() -> None:
    names = [one.name for one in anchors_of(PAGE)]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 and name.isidentifier() for name in names)
    assert names[1].startswith("_bottom_line_")
    assert names[4].startswith("_events_a_very_long_ident")


def test_a_name_changes_with_the_words_and_with_nothing_else() -> None:
    before, again = anchors_of(PAGE), anchors_of(PAGE.replace("<em>word</em>", "word"))
    assert before == again
    changed = anchors_of(PAGE.replace("One", "No"))
    assert [one for one in changed if one not in before] == [changed[1]]


def test_an_item_with_paragraphs_of_its_own_is_marked_once() -> None:
    page = "<body><ul data-text='gaps/1'><li><p>Words</p></li></ul></body>"
    body = html.document_fromstring(page).body
    (anchor,) = mark_texts(body)
    assert anchor == Anchor(anchor.name, "gaps/1", 1)
    assert b"<li><p><span id=" in html.tostring(body)


def test_other_bookmarks_keep_their_names() -> None:
    package = Package(written('<body><p id="a">x <a href="#a">y</a></p></body>'))
    name_bookmarks(package.body())
    starts = package.body().iter(w("bookmarkStart"))
    assert [w_value(start, "name") for start in starts] == ["a"]

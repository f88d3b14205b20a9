"""A document made in parts says what one that is made in one piece says."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

import word_page
from sourcebrief.documents.word import pandoc_input
from sourcebrief.documents.word.long_documents import parts_of
from sourcebrief.documents.word.opc_package import OFFICE, Package, relations_of, w, w_value
from sourcebrief.errors import EngineFault
from word_documents import written

if TYPE_CHECKING:
    from collections.abc import Iterator

_MORE = f"""<section id="more"><h2>More</h2><div><ul><li>First <em>point</em></li>
<li>Second{word_page.note(50, 'See <a href="https://example.org/gaceta">this</a>')}</li></ul>
<ol><li>One</li><li>Two</li></ol></div></section>
<figure id="figure-2"><figcaption>Figure 2. Again</figcaption>{word_page.SVG}</figure>
<section><h2>Last</h2><ul><li>Third</li></ul><ol><li>One again</li></ol>
<p>See <a href="#figure-2">the figure</a> and <a href="#event-7">event 7</a>.</p></section>
</main>"""
PAGE = word_page.page(12).replace("</main>", _MORE)


@functools.cache
def _whole() -> list[str]:
    return list(_said(Package(written(PAGE, contents="Contents"))))


@pytest.mark.parametrize("size", [1000, 6000])
def test_parts_say_the_same_as_one_piece(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(pandoc_input, "parts_of", functools.partial(parts_of, size=size))
    found = Package(written(PAGE, contents="Contents"))
    marks = [w_value(each, "id") for each in found.body().iter(w("bookmarkStart"))]
    assert len(marks) == len(set(marks)) > 10
    # Word allows no number of a note beyond 32,767.
    notes = [w_value(each, "id") for each in found.body().iter(w("footnoteReference"))]
    assert notes == [str(number + 1) for number in range(PAGE.count('class="note"'))]
    assert list(_said(found)) == _whole()


def test_what_is_wrong_with_a_later_part_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_input, "parts_of", functools.partial(parts_of, size=6000))
    lua = b"return {{ OrderedList = function() error('no such list') end }}"
    with pytest.raises(EngineFault, match="no such list"):
        written(PAGE, lua=lua)


@given(st.lists(st.sampled_from(["row", "long row", "entry", "loose words"]), max_size=30))
def test_every_word_is_in_one_part_and_in_order(kinds: list[str]) -> None:
    rows = "".join(
        f"<tr><td>{number} {'long ' * 40 * (kind == 'long row')}</td></tr>"
        for number, kind in enumerate(kinds)
        if "row" in kind
    )
    entries = "".join(
        f"<div><h3>{number}</h3><p>said </p></div>{'between ' * (kind == 'loose words')}"
        for number, kind in enumerate(kinds)
        if "row" not in kind
    )
    head = "<caption>Table</caption><thead><tr><th>Head</th></tr></thead>"
    page = f"<body><table>{head}<tbody>{rows}</tbody></table><div>{entries}</div></body>"
    body = html.document_fromstring(page)[0]
    words = body.text_content().split()
    found = []
    for number, part in enumerate(parts_of(body, 300)):
        again = html.document_fromstring(part.source.decode())
        for heads in again.xpath("//thead") if part.goes_on else ():
            heads.drop_tree()
        found += again.text_content().split()
        assert number or not part.goes_on
    assert "".join(found) == "".join(words)  # a space between two parts belongs to neither


def _said(package: Package) -> Iterator[str]:
    """Text and notes, each number in place of which it is, each relation of where it leads."""
    for part in ("word/document.xml", "word/footnotes.xml"):
        tree = package.tree(part)
        pictures = package.related(part, "image")
        leads = {
            str(each.get("Id")): str(package.read(pictures[each.get("Id")]))
            if each.get("Id") in pictures
            else str(each.get("Target"))
            for each in package.tree(relations_of(part))
        }
        counted: dict[tuple[str, str], str] = {}
        for element in tree.iter():
            kind = etree.QName(element).localname.removesuffix("Start").removesuffix("End")
            for name, value in element.items():
                if str(name).startswith(f"{{{OFFICE}}}"):
                    element.set(name, leads[str(value)])
                elif name in {w("id"), "id"} or kind == "numId":
                    nth = counted.setdefault((kind, str(value)), str(len(counted)))
                    element.set(name, nth)
            # pandoc writes blanks between blocks.
            if element.tag != w("t"):
                element.text = element.tail = None
        yield from etree.tostring(tree, pretty_print=True).decode().splitlines()
    yield from _lists(package)


def _lists(package: Package) -> Iterator[str]:
    """What each list of the text looks like, in the order of the text."""
    numbering = package.tree("word/numbering.xml")
    kinds = {w_value(each, "abstractNumId"): each for each in numbering.iter(w("abstractNum"))}
    for each in numbering.iter(w("num")):
        look = kinds[w_value(each.find(w("abstractNumId")))]
        yield w_value(look.find(f"{w('lvl')}/{w('numFmt')}"))

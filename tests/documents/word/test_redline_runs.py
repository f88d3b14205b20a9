"""Words of two paragraphs are compared, and their looks, links and bookmarks stay."""

from __future__ import annotations

from typing import Any

from lxml import etree

from sourcebrief.documents.word.opc_package import W, parse_part, w_element
from sourcebrief.documents.word.redline_runs import merged_paragraph


class Plain:
    """A tracker that brings elements as they are."""

    def track(self, kind: str) -> Any:
        return w_element(kind)

    def key_of(self, element: Any, *, newer: bool) -> str:
        return etree.tostring(element).decode()

    def brought(self, element: Any) -> Any:
        return parse_part(etree.tostring(element))


def paragraph(content: str) -> Any:
    return parse_part(f'<w:p xmlns:w="{W}">{content}</w:p>')


def merged(older: str | None, newer: str | None) -> str:
    sides = (None if each is None else paragraph(each) for each in (older, newer))
    made = etree.tostring(merged_paragraph(*sides, Plain())).decode()
    made = made.replace("ns0:", "w:").replace(":ns0", ":w")
    return made.replace(f' xmlns:w="{W}"', "").replace(' xml:space="preserve"', "")


def test_a_word_for_a_word() -> None:
    assert merged("<w:r><w:t>an old pact</w:t></w:r>", "<w:r><w:t>an odd pact</w:t></w:r>") == (
        "<w:p><w:r><w:t>an </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>odd</w:t></w:r></w:ins><w:r><w:t> pact</w:t></w:r></w:p>"
    )


def test_the_newer_look_is_taken_where_the_words_are_the_same() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>pact</w:t></w:r>"
    assert merged("<w:r><w:t>pact</w:t></w:r>", bold) == f"<w:p>{bold}</w:p>"


def test_bookmarks_of_the_newer_one_stay_in_place() -> None:
    marked = (
        '<w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id="1"/>'
    )
    assert merged("<w:r><w:t>a</w:t></w:r>", marked) == f"<w:p>{marked}</w:p>"


def test_a_link_holds_what_was_added_in_it() -> None:
    link = '<w:hyperlink w:anchor="x"><w:r><w:t>{}</w:t></w:r></w:hyperlink>'
    assert merged(link.format("one"), link.format("one two")) == (
        '<w:p><w:hyperlink w:anchor="x"><w:r><w:t>one</w:t></w:r></w:hyperlink>'
        '<w:hyperlink w:anchor="x"><w:ins><w:r><w:t> two</w:t></w:r></w:ins></w:hyperlink></w:p>'
    )


def test_a_paragraph_that_came_or_went_is_tracked_with_its_end() -> None:
    run = "<w:r><w:t>a</w:t></w:r>"
    end = "<w:pPr><w:rPr><w:{}/></w:rPr></w:pPr>"
    assert merged(None, run) == f"<w:p>{end.format('ins')}<w:ins>{run}</w:ins></w:p>"
    gone = "<w:del><w:r><w:delText>a</w:delText></w:r></w:del>"
    assert merged(run, None) == f"<w:p>{end.format('del')}{gone}</w:p>"


def test_instructions_of_fields_and_content_controls() -> None:
    held = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>"
    assert merged("", held) == "<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    assert "<w:delInstrText>PAGE</w:delInstrText>" in merged(field, "")

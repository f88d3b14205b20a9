"""What reviewers did anywhere in the document is found, with its text, and why it is not made."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from reviewed_port import EVENTS, enriched, remarks_of, review_of
from sourcebrief.documents.word.opc_package import DOCUMENT, W, w, w_element
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.compare_paragraphs import WordChange
from sourcebrief.review.find_remarks import _whole_around_notes, find_remarks
from sourcebrief.review.printed_source import CALL
from sourcebrief.review.remarks import ItemEdit, Remark
from sourcebrief.review.word_text import Author, TrackedMark
from sourcebrief.workspace.yaml_edits import Edit, apply_edits
from word_reviews import ANA, BEN

if TYPE_CHECKING:
    from conftest import Workspace
    from word_reviews import WordReview


ANA_MARK = TrackedMark(Author(ANA))


@pytest.fixture
def review(workspace: Workspace) -> WordReview:
    return review_of(enriched(workspace))


def only(review: WordReview) -> Remark:
    (remark,) = remarks_of(review.bytes())
    return remark


def test_a_document_as_it_was_built_has_no_remarks(review: WordReview) -> None:
    assert remarks_of(review.bytes()) == ()


def test_a_change_is_told_with_its_author_its_text_and_its_edit(review: WordReview) -> None:
    review.put_in("perhaps ", before="may send")
    remark = only(review)
    assert (remark.author, remark.date[:10], remark.tracked) == (ANA, "2023-10-03", True)
    assert remark.says == '"perhaps" inserted before "may send scanners"'
    assert remark.address == "sections/1"
    at = remark.text.index("may")
    assert remark.edits == (Edit(at, at, "perhaps "),)


def test_an_edit_with_tracking_off_is_found(review: WordReview) -> None:
    review.edit("may send", "might send")
    remark = only(review)
    assert (remark.says, remark.tracked) == (
        '"may" changed to "might" before "send scanners [2]."',
        False,
    )
    assert [edit.words for edit in remark.edits] == ["might"]


@pytest.mark.parametrize(
    ("words", "address", "reason"),
    [
        ("met the Director", "events/pact/evidence/1", "a quotation is its source's; it has “met"),
        ("14 May 2021", "events/offer/date", "it is the date of an event; change it"),
        ("Minister of Ports", "events/pact/people", "it is a person and the role"),
        ("Port Almera Gazette", "sources/gazette-2021", "stands in the catalogue"),
        ("version", "version", "it is `version`; change it in the YAML"),
        ("Key judgements", "judgements", "the program prints this"),
    ],
)
def test_what_no_author_wrote_is_shown_and_not_made(
    review: WordReview, words: str, address: str, reason: str
) -> None:
    review.change(words, "Other words")
    remark = only(review)
    assert remark.address.startswith(address)
    assert reason in remark.reason
    assert remark.edits == ()


def test_a_note_on_a_quotation_is_an_authors(workspace: Workspace) -> None:
    enriched(workspace)
    quote = "        quote: the pact on container scanning was signed\n"
    workspace.edit(EVENTS, quote, f"{quote}        note: As the agency has it.\n")
    review = review_of(workspace)
    review.change("agency has", "agency gives")
    one = only(review)
    assert one.address == "events/pact/evidence/2/note"
    assert [edit.words for edit in one.edits] == ["gives"]


def test_a_change_in_a_note_stands_at_the_text_of_its_call(review: WordReview) -> None:
    review.edit("Wire, 14 May", "Other, 14 May")
    remark = only(review)
    assert remark.address
    assert "a note names where its source is" in remark.reason


def test_a_change_in_a_cell_of_a_table_is_made(review: WordReview) -> None:
    review.change("signed a pact on container", "agreed on container")
    remark = only(review)
    assert remark.address == "events/pact/summary"
    assert remark.edits


def test_comments_are_at_the_words_that_they_are_about(review: WordReview) -> None:
    number = review.comment("on record", "Is it?")
    review.author = BEN
    review.comment("on record", "No.", reply_to=number)
    first, second = remarks_of(review.bytes())
    assert (first.kind, first.author, first.says) == ("comment", ANA, "Is it?")
    assert first.text[first.at :].startswith("on record")
    assert first.old == "on record"
    assert (second.author, second.reply_to) == (BEN, first.number)


def test_looks_new_and_lost_paragraphs_are_told(review: WordReview) -> None:
    review.reformat("may send")
    paragraphs = list(review.package.body().iter(w("p")))
    lost = next(p for p in paragraphs if "Nothing else" in "".join(p.itertext(w("t"))))
    lost.getparent().remove(lost)
    look, gone = remarks_of(review.bytes())
    assert look.says == '"may send" made bold'
    assert [edit.words for edit in look.edits] == ["**may send**"]
    assert gone.says == 'a paragraph taken out: "Nothing else is on record [1]."'
    assert [edit.words for edit in gone.edits] == [""]
    assert gone.caution == "it went with tracking off, and could be lost by mistake"


def test_emphasis_with_tracking_off_is_found(review: WordReview) -> None:
    for run in review.between("may send"):
        look = run.find(w("rPr"))
        if look is None:
            look = w_element("rPr")
            run.insert(0, look)
        look.append(w_element("b"))
    remark = only(review)
    assert (remark.says, remark.tracked) == ('"may send" made bold', False)
    assert [edit.words for edit in remark.edits] == ["**may send**"]


def test_notes_that_a_program_has_lost_are_one_remark(review: WordReview) -> None:
    (name,) = review.package.related(DOCUMENT, "footnotes").values()
    for text in review.package.tree(name).iter(w("t")):
        text.text = ""
    remark = only(review)
    assert remark.says.startswith("the words of ")
    assert "LibreOffice loses notes" in remark.reason


def test_lost_bookmarks_are_no_matter(review: WordReview) -> None:
    review.put_in("perhaps ", before="may send")
    for mark in list(review.package.body().iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    assert only(review).address == "sections/1"


def paragraph_with(review: WordReview, words: str) -> Any:
    for paragraph in review.package.body().iter(w("p")):
        if words in "".join(paragraph.itertext(w("t"))):
            return paragraph
    raise AssertionError(words)


def test_a_paragraph_that_was_carried_elsewhere_is_told_with_its_place(review: WordReview) -> None:
    gap = paragraph_with(review, "No text of the pact")
    gap.getparent().insert(8, gap)
    told = remarks_of(review.bytes())
    (one,) = [one for one in told if "moved" in one.says]
    assert one.says == 'gap 1 moved: "No text of the pact is on record."'
    assert one.reason.startswith("move it in the YAML")
    assert not [one for one in told if one.edits]


@pytest.mark.parametrize("tracked", [True, False])
def test_a_paragraph_is_moved_within_its_text(review: WordReview, *, tracked: bool) -> None:
    first, last = (paragraph_with(review, words) for words in ("The two", "Nothing else"))
    if tracked:
        copy = deepcopy(last)
        for paragraph, kind in ((last, "moveFrom"), (copy, "moveTo")):
            for run in list(paragraph.iter(w("r"))):
                mark = w_element(kind, id="1", author=ANA, date="")
                run.addprevious(mark)
                mark.append(run)
        last = copy
    first.addprevious(last)
    told = only(review)
    assert told.says.startswith("a paragraph moved: ")
    assert (told.address, told.author) == ("bottom-line", ANA if tracked else "")
    assert told.paragraph < -1  # so that two of them in one place are a conflict
    text = apply_edits(told.text, told.edits)
    assert text.startswith("Nothing else is on record. [@pact]\n\nThe two ministries")
    assert text.endswith("They say so themselves. [@wire-2021]")


@pytest.mark.parametrize("tracked", [True, False])
def test_paragraphs_are_joined_within_their_text(review: WordReview, *, tracked: bool) -> None:
    first, last = (paragraph_with(review, words) for words in ("The two", "Nothing else"))
    if tracked:
        mark = etree.SubElement(first.find(w("pPr")), w("rPr"))
        mark.append(w_element("del", id="1", author=ANA, date=""))
    else:
        first.extend(each for each in list(last) if each.tag != w("pPr"))
        last.getparent().remove(last)
    told = only(review)
    assert told.says == "a paragraph joined with the next one"
    text = apply_edits(told.text, told.edits)
    assert text.endswith("They say so themselves. [@wire-2021] Nothing else is on record. [@pact]")


def test_a_paragraph_taken_out_with_the_end_of_the_one_before_it_is_joined_to_none(
    review: WordReview,
) -> None:
    first, last = (paragraph_with(review, words) for words in ("The two", "Nothing else"))
    mark = etree.SubElement(first.find(w("pPr")), w("rPr"))
    mark.append(w_element("del", id="1", author=ANA, date=""))
    review.take_out("".join(last.itertext(w("t"))))
    told = only(review)
    assert apply_edits(told.text, told.edits).endswith("They say so themselves. [@wire-2021]")


def test_a_paragraph_parted_with_tracking_off_loses_no_word(review: WordReview) -> None:
    paragraph = paragraph_with(review, "may send")
    behind = review.runs("It has not said")[0]
    other = etree.Element(w("p"))
    other.append(deepcopy(paragraph.find(w("pPr"))))
    other.extend(list(paragraph)[paragraph.index(behind) :])
    paragraph.addnext(other)
    told = only(review)
    assert told.says == 'a paragraph parted before "It has not"'
    assert [edit.words for edit in told.edits] == ["\n\n"]


def test_a_passage_that_stands_elsewhere_now_has_two_ends(review: WordReview) -> None:
    review.take_out("They say so themselves.")
    review.put_in("They say so themselves. ", before="No text of the pact")
    assert [one.moved for one in remarks_of(review.bytes())] == [True, True]


def test_a_row_that_was_moved_is_one_remark(review: WordReview) -> None:
    rows = list(next(paragraph_with(review, "12 May 2021").iterancestors(w("tbl"))).iter(w("tr")))
    rows[-1].addnext(rows[-2])
    told = only(review)
    assert told.says.startswith(("the row of event 1 moved: ", "the row of event 2 moved: "))
    assert "events and outcomes stand in the order of the dates" in told.reason


def test_a_parted_paragraph_is_parted_in_the_text(review: WordReview) -> None:
    paragraph = paragraph_with(review, "may send")
    first, _ = review.runs("It has not said")
    behind = [each for each in paragraph if paragraph.index(each) >= paragraph.index(first)]
    other = etree.SubElement(paragraph.getparent(), w("p"))
    paragraph.addnext(other)
    other.extend(behind)
    mark = etree.SubElement(paragraph.find(w("pPr")), w("rPr"))
    mark.append(w_element("ins", id="1", author="Ana", date="2023-10-03T09:00:00Z"))
    (told,) = remarks_of(review.bytes())
    assert told.author == "Ana"
    assert told.says == 'a paragraph parted before "It has not"'
    assert [edit.words for edit in told.edits] == ["\n\n"]


def test_what_moved_within_tracking_is_told_at_both_ends(review: WordReview) -> None:
    (run,) = review.between("They say so themselves.")
    away = w_element("moveFrom", id="1", author="Ana", date="")
    run.addprevious(away)
    copy = deepcopy(run)
    away.append(run)
    here = w_element("moveTo", id="2", author="Ana", date="")
    here.append(copy)
    review.runs("Nothing else")[0].addprevious(here)
    told = remarks_of(review.bytes())
    assert [one.moved for one in told] == [True, True]
    assert "moved away" in told[0].says
    assert "moved here" in told[1].says


def test_boxes_captions_and_heads_are_shown(review: WordReview) -> None:
    review.change("Events in order", "Entries in order")
    box = etree.fromstring(
        f'<w:p xmlns:w="{W}"><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>A box of words</w:t></w:r>'
        "</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    paragraph_with(review, "may send").addprevious(box)
    head = next(name for name in review.package if name.startswith("word/footer"))
    for text in review.package.tree(head).iter(w("t")):
        if "Edition" in (text.text or ""):
            text.text = (text.text or "").replace("Edition", "Version")
    told = {one.says: one.reason for one in remarks_of(review.bytes())}
    assert "the program prints this" in told['"Events" changed to "Entries" before "in order of"']
    assert "no part of the brief" in told['a paragraph put in: "A box of words"']
    assert any("head and foot are made from the YAML" in reason for reason in told.values())
    assert len(told) == 3


def test_an_empty_document_has_lost_everything() -> None:
    manifest = {"events": [], "brief": {}, "sources": []}
    built = BuiltText(manifest, (), {})  # type: ignore[arg-type]
    assert list(find_remarks(built, (), (), like_sent=True)) == []


def test_a_row_that_is_taken_out_is_one_remark(review: WordReview) -> None:
    row = next(paragraph_with(review, "the pact holds").iterancestors(w("tr")))
    row.getparent().remove(row)
    remark = only(review)
    assert remark.says.startswith('the row of judgement 1 deleted: "')
    assert (remark.address, remark.tracked) == ("judgements/1", False)
    assert (remark.item, remark.reason) == (ItemEdit("out"), "")
    assert remark.caution == "it went with tracking off, and could be lost by mistake"


def test_a_cell_of_which_no_word_stayed_is_told_as_what_it_is(review: WordReview) -> None:
    row = next(paragraph_with(review, "the pact holds").iterancestors(w("tr")))
    cell = next(row.iter(w("t")))
    cell.text = "Quite"
    for mark in list(row.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    remark = only(review)
    assert remark.says.endswith('changed to "Quite"')
    assert remark.address == "judgements/1/confidence"
    assert remark.reason == "it is the confidence of a judgement; change it in the YAML"


def test_what_turns_the_sense_has_a_caution(review: WordReview) -> None:
    review.put_in("not ", before="signed a")
    remark = only(review)
    assert remark.edits
    assert remark.caution == "it puts in “not”, which turns the sense"


def test_a_paragraph_that_is_put_in_stands_behind_the_one_before_it(review: WordReview) -> None:
    last = paragraph_with(review, "Nothing else")
    new = deepcopy(last)
    for old in [each for each in new if each.tag != w("pPr")]:
        new.remove(old)
    etree.SubElement(etree.SubElement(new, w("r")), w("t")).text = "More is to come."
    last.addnext(new)
    remark = only(review)
    assert remark.says == 'a paragraph put in, "More is to come." after "on record [1]."'
    (edit,) = remark.edits
    assert (edit.words, edit.start) == ("\n\nMore is to come.", len(remark.text))


def test_a_blank_at_the_end_of_a_text_is_no_change(review: WordReview) -> None:
    review.edit("Scanners for the harbour", "Scanners for the harbour ")
    assert remarks_of(review.bytes()) == ()


def test_words_on_both_sides_of_a_note_change_together() -> None:
    built = f"more flights.{CALL} Post mentions it"
    first, second = (
        WordChange(5, 13, "flights.", (), ANA_MARK),
        WordChange(14, 19, " Post", (), ANA_MARK),
    )
    one = Remark(1, "change", ANA, "", "", edits=(Edit(5, 13, ""),))
    other = Remark(2, "change", ANA, "", "", reason="it cannot be written")
    made = [made for _, made in _whole_around_notes([(first, one), (second, other)], built)]
    assert [bool(each.edits) for each in made] == [False, False]
    assert made[0].reason.endswith(other.reason)
    kept = _whole_around_notes([(first, one), (second, other)], built.replace(CALL, "x"))
    assert kept[0][1] is one

"""Gaps, judgements, rows and paragraphs that went, came or moved whole reach their lists."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from reviewed_port import BRIEF, EVENTS, enriched, review_of, sent
from sourcebrief.documents.word.opc_package import w, w_element
from sourcebrief.review.apply_review import AppliedReview, apply_remarks
from sourcebrief.review.review_briefing import review_briefing
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.review.place_remarks import PlacedRemark
    from word_reviews import WordReview

LISTS = """\
gaps:
  - >-
    One is unknown,
    and so *firm*. [@pact]
  # Two has a comment.
  - Two is unknown. [@offer]

  - 'Three isn''t known. [@pact; @offer]'
  - Four is unknown. [@pact] Five *is* too. [@offer]
"""
JUDGED = """\
judgements:
  - text: We judge that the pact holds. [@pact]
    confidence: low
  # The second one.
  - {text: "We judge that the offer stands. [@offer]", confidence: moderate}
  - confidence: high
    text: We judge that nothing follows. [@pact]
"""
DAY = "2023-10-03T09:00:00Z"


@pytest.fixture
def port(workspace: Workspace) -> Workspace:
    enriched(workspace)
    text = (workspace.root / BRIEF).read_text("utf-8")
    value: Any = load(text.encode(), BRIEF).value
    assert isinstance(value["gaps"], list)
    begins = {key: text.index(f"{key}:") for key in ("gaps", "judgements")}
    for key, new in sorted(
        {"gaps": LISTS, "judgements": JUDGED}.items(), key=lambda one: -begins[one[0]]
    ):
        rest = text[begins[key] :].split("\n")
        size = 1 + next(n for n, line in enumerate(rest[1:]) if not line.startswith((" ", "#")))
        text = text[: begins[key]] + new + "\n".join(rest[size:])
    return workspace.write(BRIEF, text)


def paragraph(review: WordReview, words: str) -> Any:
    body = review.package.body()
    return next(
        p for p in body.iter(w("p")) if words in "".join(t.text or "" for t in p.iter(w("t")))
    )


def row(review: WordReview, words: str) -> Any:
    return next(paragraph(review, words).iterancestors(w("tr")))


def tracked(kind: str) -> Any:
    return w_element(kind, id="77", author="Ana", date=DAY)


def deleted(one: Any) -> Any:
    """Track a paragraph as taken out, with its end."""
    for run in list(one.iter(w("r"))):
        mark = tracked("del")
        run.addprevious(mark)
        mark.append(run)
        for text in run.iter(w("t")):
            text.tag = w("delText")
    etree.SubElement(one.find(w("pPr")), w("rPr")).append(tracked("del"))
    return one


def inserted(one: Any) -> Any:
    """A copy of a paragraph, tracked as put in."""
    new = deepcopy(one)
    for mark in list(new.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    for run in list(new.iter(w("r"))):
        mark = tracked("ins")
        run.addprevious(mark)
        mark.append(run)
    etree.SubElement(new.find(w("pPr")), w("rPr")).append(tracked("ins"))
    return new


def put_in(one: Any, words: str) -> None:
    """Track a new paragraph of the same style behind one."""
    new = deepcopy(one)
    for old in [each for each in new if each.tag != w("pPr")]:
        new.remove(old)
    mark = etree.SubElement(new, w("ins"), {w("id"): "78", w("author"): "Ana", w("date"): DAY})
    etree.SubElement(etree.SubElement(mark, w("r")), w("t")).text = words
    etree.SubElement(new.find(w("pPr")), w("rPr")).append(tracked("ins"))
    one.addnext(new)


def mark_row(one: Any, kind: str) -> Any:
    properties = one.find(w("trPr"))
    if properties is None:
        properties = w_element("trPr")
        one.insert(0, properties)
    properties.append(tracked(kind))
    return one


def placed(workspace: Workspace, *reviews: WordReview) -> tuple[PlacedRemark, ...]:
    paths = [sent(workspace, review, f"{n}.docx") for n, review in enumerate(reviews)]
    found = review_briefing("port", Inputs(workspace.root), paths, None)
    assert found.faults == ()
    return found.placed


def applied(workspace: Workspace, *reviews: WordReview) -> AppliedReview:
    """Apply reviews; a second time nothing is left to apply."""
    made = apply_remarks("port", Inputs(workspace.root), placed(workspace, *reviews))
    for path, data in made.files.items():
        (workspace.root / path).write_bytes(data)
    if made.files:
        again = placed(workspace, *reviews)
        assert not [one for one in again if one.writes]
    return made


def block(workspace: Workspace, key: str, path: str = BRIEF) -> str:
    text = (workspace.root / path).read_text("utf-8")
    found = text[text.index(f"{key}:") :].split("\n")
    size = 1 + next(
        n for n, line in enumerate(found[1:]) if not line.startswith((" ", "#")) and line
    )
    return "\n".join(found[1:size])


def test_a_gap_that_is_taken_out_goes_with_its_comment(port: Workspace) -> None:
    review = review_of(port)
    deleted(paragraph(review, "Two is unknown"))
    (one,) = applied(port, review).made
    assert (one.remark.says, one.remark.caution) == ('gap 2 deleted: "Two is unknown [2]."', "")
    assert block(port, "gaps") == (
        "  - >-\n    One is unknown,\n    and so *firm*. [@pact]\n\n"
        "  - 'Three isn''t known. [@pact; @offer]'\n"
        "  - Four is unknown. [@pact] Five *is* too. [@offer]"
    )


def test_one_that_is_gone_with_tracking_off_asks(port: Workspace) -> None:
    review = review_of(port)
    gone = paragraph(review, "Two is unknown")
    gone.getparent().remove(gone)
    (one,) = placed(port, review)
    assert one.item is not None
    assert one.remark.caution == "it went with tracking off, and could be lost by mistake"
    new = deepcopy(paragraph(review, "Four is"))
    for mark in list(new.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    texts = list(new.iter(w("t")))
    texts[0].text = "Quite another matter altogether, of which nobody has said a thing"
    paragraph(review, "One is").addnext(new)
    assert not [other for other in placed(port, review) if other.item and other.item.goes]


@pytest.mark.parametrize("is_tracked", [True, False])
def test_a_gap_that_is_moved_keeps_its_lines(port: Workspace, is_tracked: bool) -> None:
    review = review_of(port)
    first, last = paragraph(review, "One is"), paragraph(review, "Three isn")
    if is_tracked:
        last.addnext(inserted(first))
        deleted(first)
    else:
        last.addnext(first)
    review.change("unknown, and", "unclear, and") if not is_tracked else None
    made = applied(port, review).made
    assert any(one.remark.says.startswith("gap 1 moved: ") for one in made)
    word = "unknown" if is_tracked else "unclear"
    assert block(port, "gaps") == (
        "  # Two has a comment.\n  - Two is unknown. [@offer]\n"
        "  - 'Three isn''t known. [@pact; @offer]'\n\n"
        f"  - >-\n    One is {word},\n    and so *firm*. [@pact]\n"
        "  - Four is unknown. [@pact] Five *is* too. [@offer]"
    )


def test_two_that_are_moved_to_one_place_keep_their_order(port: Workspace) -> None:
    review = review_of(port)
    first, last = paragraph(review, "One is"), paragraph(review, "Four is")
    first.addprevious(paragraph(review, "Three isn"))
    first.addprevious(last)
    applied(port, review)
    words = [
        line.strip(" -'").split()[0] for line in block(port, "gaps").split("\n") if " - " in line
    ]
    assert words == ["Three", "Four", ">", "Two"]


def test_a_new_gap_is_written_with_the_events_that_its_numbers_cite(port: Workspace) -> None:
    review = review_of(port)
    put_in(paragraph(review, "Two is unknown"), "New *one*, said here. [2, 1]")
    (one,) = applied(port, review).made
    assert one.remark.says.startswith('a paragraph put in, "New *one*, said here. [2, 1]"')
    assert (
        '  - Two is unknown. [@offer]\n\n  - "New \\\\*one\\\\*, said here. [@offer; @pact]"\n'
        in block(port, "gaps")
    ) or "New \\*one\\*, said here. [@" in block(port, "gaps")


@pytest.mark.parametrize("is_tracked", [True, False])
def test_the_last_two_paragraphs_of_a_text_can_go(port: Workspace, is_tracked: bool) -> None:
    old = "It has not said **when** it will.\n"
    port.edit(BRIEF, old, old + "\n      Scanners may come. [@pact]\n\n      None did. [@pact]\n")
    review = review_of(port)
    deleted(paragraph(review, "Scanners may come"))
    last = paragraph(review, "None did")
    if is_tracked:
        deleted(last)
    else:
        last.getparent().remove(last)
    assert len(applied(port, review).made) == 2
    kept = f"      {old}  - {{heading: Of note, text: 'Trade isn''t named. [@pact]'}}\n"
    assert (port.root / BRIEF).read_text("utf-8").endswith(kept)


def test_a_new_gap_before_one_that_stays_is_no_part_of_it(port: Workspace) -> None:
    review = review_of(port)
    first = paragraph(review, "One is")
    put_in(first, "New, said here. [1]")
    first.addnext(paragraph(review, "Nothing else is on record"))
    said = [one.remark.says for one in applied(port, review).made]
    assert any("New, said here" in one for one in said)
    assert "New, said here. [@pact]" in block(port, "gaps")
    assert "Nothing else is on record" in block(port, "gaps")


def test_a_new_gap_without_a_source_is_taken_back(port: Workspace) -> None:
    review = review_of(port)
    put_in(paragraph(review, "Two is unknown"), "Nothing more is known.")
    made = applied(port, review)
    (one,) = made.refused
    assert (made.files, one.reason.startswith("taken back, because then ")) == ({}, True)


def test_a_gap_that_is_parted_becomes_two(port: Workspace) -> None:
    review = review_of(port)
    gap = paragraph(review, "Four is")
    first, _ = review.runs("Five ")
    other = deepcopy(gap)
    cut = list(gap).index(first)
    for old in list(gap)[cut:]:
        gap.remove(old)
    for old in [one for one in list(other)[:cut] if one.tag != w("pPr")]:
        other.remove(old)
    gap.addnext(other)
    etree.SubElement(gap.find(w("pPr")), w("rPr")).append(tracked("ins"))
    (one,) = applied(port, review).made
    assert (one.remark.author, one.remark.says) == (
        "Ana",
        'a paragraph parted before "Five is too"',
    )
    assert block(port, "gaps").endswith("  - Four is unknown. [@pact]\n  - Five *is* too. [@offer]")


def test_gaps_that_are_joined_become_one(port: Workspace) -> None:
    review = review_of(port)
    first = paragraph(review, "Three isn")
    etree.SubElement(first.find(w("pPr")), w("rPr")).append(tracked("del"))
    assert [one.remark.says for one in applied(port, review).made] == [
        "a paragraph joined with the next one",
        "a gap joined with the one before",
    ]
    assert block(port, "gaps").endswith(
        "  - 'Three isn''t known. [@pact; @offer] Four is unknown. [@pact] Five *is* too. [@offer]'"
    )


@pytest.mark.parametrize(
    ("words", "name", "path", "left"),
    [
        (["Of note", "Trade isn"], "section 2", BRIEF, "it will."),
        (["Scanners for the harbour"], "an outcome of event 2", EVENTS, "outcomes: []"),
        (["The Coast Office signed"], "what is said of Interior", BRIEF, "- id: interior\ngaps:"),
    ],
)
def test_what_is_taken_out_goes_with_its_keys(
    port: Workspace, words: list[str], name: str, path: str, left: str
) -> None:
    review = review_of(port)
    for each in words:
        deleted(paragraph(review, each))
    (one,) = applied(port, review).made
    assert one.remark.says.startswith(f"{name} deleted: ")
    assert left in (port.root / path).read_text("utf-8")


def test_a_comment_on_what_is_taken_out_is_kept_once(port: Workspace) -> None:
    review = review_of(port)
    review.comment("Two is unknown", "Why?")
    deleted(paragraph(review, "Two is unknown"))
    for _ in range(2):
        made = apply_remarks("port", Inputs(port.root), placed(port, review), comments=True)
        for path, data in made.files.items():
            (port.root / path).write_bytes(data)
    text = (port.root / BRIEF).read_text("utf-8")
    assert '# Ana Ruiz, 3 October on "Two is unknown": Why?\ngaps:\n' in text
    assert (text.count("Why?"), text.count("Two is")) == (1, 1)


def test_a_section_that_is_moved_is_one_remark(port: Workspace) -> None:
    review = review_of(port)
    heading, text = paragraph(review, "Of note"), paragraph(review, "Trade isn")
    paragraph(review, "What follows").addprevious(heading)
    heading.addnext(text)
    (one,) = placed(port, review)
    assert one.remark.says.startswith('section 1 moved: "What follows The Office')
    assert one.reason == "move it in the YAML, behind section 2, or change its `after`"


@pytest.mark.parametrize("is_tracked", [True, False])
def test_a_judgement_moves_with_its_confidence(port: Workspace, is_tracked: bool) -> None:
    review = review_of(port)
    first, last = row(review, "the pact holds"), row(review, "nothing follows")
    if is_tracked:
        new = deepcopy(first)
        for mark in list(new.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            mark.getparent().remove(mark)
        last.addnext(mark_row(new, "ins"))
        mark_row(first, "del")
    else:
        last.addnext(first)
    (one,) = applied(port, review).made
    assert one.remark.says.startswith("the row of judgement 1 moved: ")
    assert block(port, "judgements") == (
        "  # The second one.\n"
        '  - {text: "We judge that the offer stands. [@offer]", confidence: moderate}\n'
        "  - confidence: high\n    text: We judge that nothing follows. [@pact]\n"
        "  - text: We judge that the pact holds. [@pact]\n    confidence: low"
    )


def test_a_judgement_goes_with_its_confidence(port: Workspace) -> None:
    review = review_of(port)
    mark_row(row(review, "the offer stands"), "del")
    (one,) = applied(port, review).made
    assert (one.remark.address, one.remark.caution) == ("judgements/2", "")
    assert "offer" not in block(port, "judgements")


def test_a_new_judgement_wants_its_confidence_and_sources(port: Workspace) -> None:
    review = review_of(port)
    here = row(review, "the offer stands")
    new = deepcopy(here)
    for mark in list(new.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    texts = list(new.iter(w("t")))
    texts[-1].text = "Another thing is what we think of it all in the end"
    here.addnext(mark_row(new, "ins"))
    (one,) = placed(port, review)
    assert one.reason == "write it in the YAML, with its confidence and what it rests on"


def test_an_event_goes_only_if_asked_and_where_nothing_rests_on_it(port: Workspace) -> None:
    review = review_of(port)
    mark_row(row(review, "12 May 2021"), "del")
    (one,) = placed(port, review)
    assert one.remark.caution == "the event goes with its evidence"
    assert one.yaml.file.path == EVENTS
    (refused,) = applied(port, review).refused
    assert refused.reason.startswith("taken back, because then error: ")


def test_a_paragraph_moves_to_another_text_with_its_citations(port: Workspace) -> None:
    review = review_of(port)
    paragraph(review, "may send").addnext(paragraph(review, "Nothing else"))
    made = applied(port, review).made
    assert [one.remark.moved for one in made] == [True, True]
    text = (port.root / BRIEF).read_text("utf-8")
    assert text.count("Nothing else is on record. [@pact]") == 1
    assert text.index("Nothing else") > text.index("not said **when**")


def test_a_paragraph_becomes_a_gap_and_a_gap_a_paragraph(port: Workspace) -> None:
    review = review_of(port)
    here, gap = paragraph(review, "Nothing else"), paragraph(review, "Four is")
    gap.addnext(here)
    paragraph(review, "may send").addnext(gap)
    made = applied(port, review).made
    assert len(made) == 4
    assert "  - Nothing else is on record. [@pact]" in block(port, "gaps")
    assert "Four" not in block(port, "gaps")
    assert "      Four is unknown. [@pact] Five *is* too. [@offer]\n" in (
        port.root / BRIEF
    ).read_text("utf-8")


def test_two_reviewers_who_exclude_each_other_are_in_conflict(port: Workspace) -> None:
    review, other = review_of(port), review_of(port, "Ben Ode")
    deleted(paragraph(review, "Two is unknown"))
    other.change("Two is", "Two was")
    assert [one.conflict for one in placed(port, review, other)] == [True, True]


def test_a_gap_that_has_changed_since_is_in_conflict(port: Workspace) -> None:
    review = review_of(port)
    deleted(paragraph(review, "Two is unknown"))
    port.edit(BRIEF, "Two is unknown.", "Two is unknown today.")
    (one,) = placed(port, review)
    assert (one.conflict, one.reason.startswith("the text has changed since")) == (True, True)


def test_what_was_moved_and_then_edited_is_not_lost(port: Workspace) -> None:
    review = review_of(port)
    first, last = paragraph(review, "One is"), paragraph(review, "Four is")
    new = inserted(first)
    words = next(text for text in new.iter(w("t")) if "unknown" in (text.text or ""))
    words.text = (words.text or "").replace("is unknown", "is unclear")
    last.addnext(new)
    deleted(first)
    found = placed(port, review)
    assert len(found) == 2
    assert not [one for one in found if one.writes]

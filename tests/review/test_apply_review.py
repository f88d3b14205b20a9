"""Changes are written as small edits, and those that break a rule are taken back and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bilingual
from reviewed_port import BRIEF, EVENTS, document, enriched, review_of, sent
from sourcebrief.review.apply_review import AppliedReview, apply_remarks
from sourcebrief.review.review_briefing import review_briefing
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_places import load
from word_reviews import WordReview

if TYPE_CHECKING:
    from conftest import Workspace


def applied(workspace: Workspace, *reviews: WordReview, comments: bool = False) -> AppliedReview:
    paths = [sent(workspace, review, f"{n}.docx") for n, review in enumerate(reviews)]
    inputs = Inputs(workspace.root)
    found = review_briefing("port", inputs, paths, None)
    assert found.faults == ()
    return apply_remarks("port", inputs, found.placed, comments=comments)


def lines(workspace: Workspace, made: AppliedReview, path: str = BRIEF) -> tuple[list[str], ...]:
    """The lines of a file that are other ones now: before and after."""
    was = (workspace.root / path).read_text("utf-8").splitlines()
    now = made.files[path].decode().splitlines()
    return [one for one in was if one not in now], [one for one in now if one not in was]


def test_blocks_quotes_emphasis_and_citations_survive(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.change("binding", "firm")
    review.put_in("perhaps ", before="may send")
    review.change("named", "told")
    review.put_in(" all", after="They say so")
    made = applied(workspace, review)
    assert made.refused == ()
    was, now = lines(workspace, made)
    assert now == [
        "  The two ministries signed a *firm* pact, and scanners",
        "  are promised. [@pact; @offer] They say so all themselves. [@wire-2021]",
        "      The Office perhaps may send scanners. [@offer]",
        "  - {heading: Of note, text: 'Trade isn''t told. [@pact]'}",
    ]
    assert len(was) == len(now)


def test_words_at_the_begin_and_end_of_a_line_go_with_their_blank(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.take_out("are promised")
    review.take_out("scanners")
    review.take_out("It has")
    made = applied(workspace, review)
    assert made.refused == ()
    assert lines(workspace, made)[1] == [
        "  The two ministries signed a *binding* pact, and . [@pact; @offer] They say so "
        "themselves. [@wire-2021]",
        "      not said **when** it will.",
    ]


def test_events_are_edited_too(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.edit("Scanners for the harbour", "Scanners for the port")
    made = applied(workspace, review)
    assert lines(workspace, made, EVENTS)[1] == [
        "      - {kind: assistance, status: announced, text: Scanners for the port}"
    ]


def test_an_edit_that_breaks_a_rule_is_taken_back_and_the_others_stay(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("77 ", before="send ")
    review.change("named", "told")
    made = applied(workspace, review)
    assert [one.remark.new for one in made.made] == ["told"]
    (refused,) = made.refused
    assert "taken back, because then warning: no evidence cited here carries" in refused.reason
    assert "77" not in made.files[BRIEF].decode()


def test_nothing_is_applied_twice(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.change("named", "told")
    review.put_in("perhaps ", before="may send")
    made = applied(workspace, review)
    for path, data in made.files.items():
        (workspace.root / path).write_bytes(data)
    again = applied(workspace, review)
    assert (again.files, again.made, again.refused) == ({}, (), ())


def test_changes_of_two_files_come_together(workspace: Workspace) -> None:
    enriched(workspace)
    ana, ben = review_of(workspace), review_of(workspace, "Ben Ode")
    ana.change("binding", "firm")
    ben.put_in(" all", after="They say so")
    made = applied(workspace, ana, ben)
    assert [one.remark.author for one in made.made] == ["Ana Ruiz", "Ben Ode"]
    assert "*firm* pact" in made.files[BRIEF].decode()
    assert "so all themselves" in made.files[BRIEF].decode()


def test_open_comments_are_kept_at_their_lines_once(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    number = review.comment("may send", "Is it so?")
    review.comment("may send", "Yes.", reply_to=number)
    review.comment("named", "Fine.", resolved=True)
    made = applied(workspace, review, comments=True)
    assert lines(workspace, made)[1] == [
        '    # Ana Ruiz, 3 October on "may send": Is it so?',
        '    # Ana Ruiz, 3 October in reply on "may send": Yes.',
    ]
    (workspace.root / BRIEF).write_bytes(made.files[BRIEF])
    assert applied(workspace, review, comments=True).files in ({}, {BRIEF: made.files[BRIEF]})


def test_hostile_names_and_comments_stay_comments(workspace: Workspace) -> None:
    review = review_of(enriched(workspace), "Ana\u2028marking: TLP:RED\u0085x")
    review.comment("may send", "Why?\u2029status: final\u2028marking: x")
    review.put_in("so\u2028marking: y ", before="may send")
    made = applied(workspace, review, comments=True)
    before = load((workspace.root / BRIEF).read_bytes(), BRIEF).value
    after = load(made.files[BRIEF], BRIEF).value
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert [key for key in before if before[key] != after[key]] == ["sections"]
    assert before.keys() == after.keys()


def test_a_whole_paragraph_goes_with_its_citation(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.take_out("Nothing else is on record\u00a0[1].")
    made = applied(workspace, review)
    assert made.refused == ()
    was, now = lines(workspace, made)
    assert (was[-1], now) == ("  Nothing else is on record. [@pact]", [])
    again = load(made.files[BRIEF], BRIEF).get("bottom_line")
    assert str(again).strip().endswith("They say so themselves. [@wire-2021]")


def test_a_machines_translation_is_ours_once_a_person_has_changed_it(workspace: Workspace) -> None:
    bilingual.write(workspace.root)
    ours = "translation: agreed to share the data of 5,000 containers on 12 March 2024"
    words = ours.removeprefix("translation: ")
    machine = f"translation: {{text: '{words}', by: machine}}"
    bilingual.edit(workspace.root, bilingual.EVENT_LIST, ours, machine)
    review = WordReview(document(workspace, "pact"))
    review.put_in("promptly ", before="on 12 March 2024”")
    inputs = Inputs(workspace.root)
    placed = review_briefing("pact", inputs, [sent(workspace, review)], None).placed
    made = apply_remarks("pact", inputs, placed)
    assert lines(workspace, made, bilingual.EVENT_LIST)[1] == [
        "        translation: {text: 'agreed to share the data of 5,000 containers promptly on "
        "12 March 2024', by: ours}"
    ]


def test_a_paragraph_that_is_parted_stays_in_its_block(workspace: Workspace) -> None:
    review = review_of(enriched(workspace))
    review.put_in("\u2029", before="They say so")
    made = applied(workspace, review)
    assert made.refused == ()
    text = made.files[BRIEF].decode()
    assert "  are promised. [@pact; @offer]\n\n\n  They say so themselves. [@wire-2021]\n" in text

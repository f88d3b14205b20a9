"""A newer copy of a document: what it does to the evidence, what is written, what is refused."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest

import harbour
from checking import check
from sourcebrief.authoring.upkeep.update_seed import (
    SeedUpdate,
    plan_update,
    update_report,
    write_update,
)
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = "seeds/seeds.yaml"
NEWER = harbour.POST.replace("It runs for two years.", "It runs for three years.")
PAGE = "<html lang=en><title>Pact</title><body><article>{}</article></body></html>"


def newer(root: Path, text: str = NEWER, name: str = "post.txt") -> Path:
    file = root.parent / name
    file.write_text(text, "utf-8")
    return file


def plan(root: Path, key: str, file: Path) -> SeedUpdate:
    return plan_update(Inputs(root), key, file, "2021-06-30")


def changes(root: Path, update: SeedUpdate) -> list[str]:
    before = (root / SEEDS).read_text("utf-8").splitlines()
    write_update(root, update)
    after = (root / SEEDS).read_text("utf-8").splitlines()
    return [line for line in difflib.ndiff(before, after) if line[0] in "+-"]


def test_the_newer_copy_is_quoted_and_the_old_one_listed(root: Path) -> None:
    update = plan(root, "post-2021", newer(root))
    found = changes(root, update)
    assert [line for line in found if line.startswith("-")] == [
        "-       file: post.txt   # as received",
        f"-       sha256: {harbour.sha256(harbour.POST)}",
    ]
    assert [line for line in found if line.startswith("+")] == [
        "+       file: post-2.txt   # as received",
        f"+       sha256: {harbour.sha256(NEWER)}",
        "+       earlier:",
        "+         - file: post.txt",
        f"+           sha256: {harbour.sha256(harbour.POST)}",
        "+           until: 2021-06-30",
    ]
    assert (root / "seeds/post.txt").read_text("utf-8") == harbour.POST
    assert (root / "seeds/post-2.txt").read_text("utf-8") == NEWER
    assert check(("coast", "ports"), root) == []


def test_a_third_copy_joins_the_list(root: Path) -> None:
    write_update(root, plan(root, "post-2021", newer(root)))
    third = NEWER.replace("three years", "four years")
    update = plan(root, "post-2021", newer(root, third))
    assert [line for line in changes(root, update) if "file" in line] == [
        "-       file: post-2.txt   # as received",
        "+       file: post-3.txt   # as received",
        "+         - file: post-2.txt",
    ]
    assert check(("coast", "ports"), root) == []


def test_it_says_what_becomes_of_the_evidence(root: Path) -> None:
    text = NEWER.replace("legally", "illegally").replace("Harbour Post – subscribe now\n\n", "")
    report = update_report(plan(root, "post-2021", newer(root, text.replace("4 May", "5 May"))))
    assert report.splitlines()[0] == "post-2021: post-2.txt; before: post.txt"
    for words in (
        "altered  pact-binds",
        "“legally” is now “illegally”",
        "moved    pact-signed",
        "statements that rest on it: title and summary of pact-binds; judgement 1 and summary of "
        "port of ports",
        "note: it does not state the date 2021-05-04; correct issued or issued_basis",
        "note: ignore names ¶ 1, which was “Harbour Post – subscribe now” and is "
        "“Published on 5 May 2021”; correct it",
    ):
        assert words in report


def test_it_names_the_number_that_lost_its_proof(root: Path) -> None:
    summary = "They signed on 3 May 2021."
    harbour.change(root, "The two sides signed a pact.", summary, "briefings/ports/events.yaml")
    update = plan(root, "post-2021", newer(root, harbour.POST.replace("3 May 2021", "2 May 2021")))
    assert "“3 May 2021” is now “2 May 2021." in update_report(update)
    (line,) = (one for one in update_report(update).splitlines() if "no longer carries" in one)
    assert line.split("carries ")[1].startswith(
        "the 3 of “3 May 2021”, which is in summary of pact-signed"
    )


def test_a_text_that_shares_nothing_is_rather_another_document(root: Path) -> None:
    sentences = (f"In month {n} of that year ship {n} carried {n} boxes of tea." for n in range(9))
    update = plan(root, "post-2021", newer(root, " ".join(sentences)))
    assert update.other
    assert "it looks like another document" in update_report(update)
    assert not plan(root, "post-2021", newer(root, NEWER)).other


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Access denied", "it has hardly any text"),
        ("Your session has ended. Log in to read this page.", "hardly anything that is quoted"),
    ],
)
def test_a_page_that_refuses_access_is_no_newer_copy(root: Path, text: str, why: str) -> None:
    update = plan(root, "post-2021", newer(root, text))
    assert update.other
    assert update.other.startswith(why)


def test_an_entry_in_brackets_stays_in_brackets(root: Path) -> None:
    text = harbour.MINISTRY.replace("welcomes", "warmly welcomes")
    update = plan(root, "ministry-2021", newer(root, text, "welcome.txt"))
    (added,) = [line for line in changes(root, update) if line.startswith("+")]
    assert added == (
        f'+     custom: {{file: welcome.txt, sha256: "{harbour.sha256(text)}", earlier: '
        f"[{{file: ministry.txt, sha256: {harbour.sha256(harbour.MINISTRY)}, "
        'until: "2021-06-30"}], issued_basis: stated}'
    )


def paragraphs(text: str) -> str:
    return PAGE.format("".join(f"<p>{one}</p>" for one in text.strip().split("\n\n")))


def test_a_page_in_the_place_of_a_text_brings_its_original(root: Path) -> None:
    update = plan(root, "post-2021", newer(root, paragraphs(NEWER), "pact.html"))
    assert update.pins["file"] == "pact.txt"
    assert update.pins["original"]["file"] == "pact.html"
    assert update.superseded == ("post.txt",)
    write_update(root, update)
    page = newer(root, paragraphs(NEWER.replace("three", "four")), "pact.html")
    update = plan(root, "post-2021", page)
    assert update.superseded == ("pact.txt", "pact.html")
    write_update(root, update)
    assert [one for one in check(("coast", "ports"), root) if "earlier" in one.message] == []


def test_a_text_in_the_place_of_a_page_leaves_the_original(root: Path) -> None:
    write_update(root, plan(root, "post-2021", newer(root, paragraphs(NEWER), "pact.html")))
    update = plan(root, "post-2021", newer(root, NEWER, "plain.txt"))
    assert update.superseded == ("pact.txt", "pact.html")
    write_update(root, update)
    assert "original" not in (root / SEEDS).read_text("utf-8")
    assert check(("coast", "ports"), root) == []


def test_a_page_of_the_same_text_is_only_a_newer_original(root: Path) -> None:
    write_update(root, plan(root, "post-2021", newer(root, paragraphs(NEWER), "pact.html")))
    again = newer(root, paragraphs(NEWER).replace("<body>", "<body class=new>"), "again.html")
    update = plan(root, "post-2021", again)
    assert update.drift is None
    assert update.superseded == ("pact.html",)
    assert list(update.new_files) == ["seeds/again.html"]
    assert "the text is what it was" in update_report(update)
    write_update(root, update)
    assert [p for p in check(("coast", "ports"), root) if p.place.path == SEEDS] == []


@pytest.mark.parametrize(
    ("key", "error", "words"),
    [
        ("post-2020", UsageError, "no seed 'post-2020' in seeds/seeds.yaml; did you mean"),
        ("gazette-2021", UsageError, "is a reference: it has no file"),
    ],
)
def test_what_is_no_seed_is_refused(
    root: Path, key: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        plan(root, key, newer(root))


def test_a_copy_that_is_there_already_is_refused(root: Path) -> None:
    write_update(root, plan(root, "post-2021", newer(root)))
    for text, words in (
        (NEWER, "it is this document, or an earlier copy of it, already"),
        (harbour.POST, "it is this document, or an earlier copy of it, already"),
        (harbour.MINISTRY, "it is that of 'ministry-2021' already"),
        ("", "it is empty"),
    ):
        with pytest.raises(InvalidInput, match=words):
            plan(root, "post-2021", newer(root, text))
    with pytest.raises(InvalidInput, match="there is no such file"):
        plan(root, "post-2021", root / "nothing.txt")


def test_a_seed_that_changed_in_its_place_has_to_be_settled_first(root: Path) -> None:
    harbour.change(root, "legally", "illegally")
    with pytest.raises(InvalidInput, match=r"post.txt is not as pinned; restore it, or accept it"):
        plan(root, "post-2021", newer(root))


def test_an_earlier_copy_that_was_changed_is_a_problem(root: Path) -> None:
    write_update(root, plan(root, "post-2021", newer(root)))
    harbour.change(root, "legally", "illegally")
    (problem,) = check(("ports",), root)
    assert problem.message == (
        "the earlier copy post.txt is not what it was when it was superseded; "
        "restore it, since old editions are verified with it"
    )
    assert problem.place.line == harbour.line_of(root, SEEDS, harbour.sha256(harbour.POST))
    (root / "seeds/post.txt").unlink()
    assert "cannot read seeds/post.txt" in check(("ports",), root)[0].message


def test_an_entry_that_an_alias_shares_is_left_as_it_is(root: Path) -> None:
    harbour.change(
        root, "    custom:\n      file: post", "    custom: &own\n      file: post", SEEDS
    )
    harbour.change(root, "    issued: 2021\n", "    issued: 2021\n    note: *own\n", SEEDS)
    before = (root / SEEDS).read_bytes()
    with pytest.raises(SourcebriefError, match="cannot be edited as it is written; write this:"):
        plan(root, "post-2021", newer(root))
    assert (root / SEEDS).read_bytes() == before

"""What changed between two editions, in values that can be read."""

from __future__ import annotations

import copy
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from inspections import Built, write_corpus
from sourcebrief import cli
from sourcebrief.verification.change_report import change_report
from sourcebrief.verification.changes import (
    STALE_TRANSLATION,
    Change,
    EditionChanges,
    Field,
    compare,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def before(built: Built) -> Manifest:
    manifest: Manifest = json.loads(built.bytes("harbours", "evidence.json"))
    return manifest


def _between(before: Manifest, edit: Callable[[Manifest], object]) -> EditionChanges:
    after = copy.deepcopy(before)
    edit(after)
    same = after == before
    return compare(before, after, before_edition="a" * 12, after_edition="ab"[not same] * 12)


def _words(statement: Manifest, words: str) -> None:
    statement["paragraphs"][0]["words"] = words


def _one(found: EditionChanges) -> tuple[str, str, str, tuple[Field, ...]]:
    (change,) = found.changes
    return change.subject, change.kind, change.id, change.fields


def test_an_edition_against_itself(before: Manifest) -> None:
    found = _between(before, lambda m: None)
    assert found.changes == ()


def test_another_number_is_no_change(before: Manifest) -> None:
    found = _between(before, lambda m: [e.update(number=e["number"] + 1) for e in m["events"]])
    assert found.changes == ()


@pytest.mark.parametrize("kind", ["events", "actors", "sources"])
def test_another_id_is_no_change(before: Manifest, kind: str) -> None:
    text = json.dumps(before)
    for item in before[kind]:
        text = text.replace(f'"{item["id"]}"', f'"{item["id"]}-renamed"')
    after = json.loads(text)
    found = compare(before, after, before_edition="a" * 12, after_edition="b" * 12)
    assert found.changes == ()


def test_another_document_of_the_same_title_is_another_source(before: Manifest) -> None:
    def replace(manifest: Manifest) -> None:
        seed = next(source for source in manifest["sources"] if source.get("sha256"))
        seed |= {"id": "another", "sha256": "0" * 64}

    found = _between(before, replace)
    assert {(c.subject, c.kind) for c in found.changes} >= {
        ("source", "added"),
        ("source", "removed"),
    }


def test_typography_is_no_change(before: Manifest) -> None:
    found = _between(before, lambda m: m["brief"].update(title="Inspections in  the\u00a0harbours"))
    assert found.changes == ()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda m: m["brief"].update(version="1.1"),
         ("brief", "altered", "harbours", (Field("version", "1.0", "1.1"),))),
        (lambda m: _words(m["brief"]["bottom_line"], "Nothing came of it."),
         ("brief", "altered", "harbours", (Field("bottom line",
          "The harbours announced an extraordinarily comprehensive reorganisation, and the record "
          "does not show what became of it.", "Nothing came of it."),))),
        (lambda m: m["brief"]["judgements"][1].update(confidence="moderate"),
         ("judgement", "altered", "", (Field("confidence", "low", "moderate"),))),
        (lambda m: _words(m["brief"]["judgements"][1], "We judge that none led to seizures."),
         ("judgement", "altered", "", (Field("text", "We judge that few of them led to seizures.",
          "We judge that none led to seizures."),))),
        (lambda m: m["brief"]["judgements"].pop(), ("judgement", "removed", "", ())),
        (lambda m: m["brief"]["gaps"].pop(), ("gap", "removed", "", ())),
        (lambda m: m["events"].pop(4), ("event", "removed", "inspection-5", ())),
        (lambda m: m["events"][4].update(place="Faro"),
         ("event", "altered", "inspection-5", (Field("place", None, "Faro"),))),
        (lambda m: m["events"][4]["date"].update(worded="6 May 2021"),
         ("event", "altered", "inspection-5", (Field("date", "5 May 2021", "6 May 2021"),))),
        (lambda m: m["events"][4].update(caveat=None),
         ("event", "altered", "inspection-5", (
             Field("caveat", "The dispatch does not say who was present.", None),
             Field("citations of the caveat", "Quay Press", None)))),
        (lambda m: m["events"][4]["evidence"].pop(),
         ("event", "altered", "inspection-5", (Field("evidence",
          "“extraordinarily comprehensive reorganisation of the anti-smuggling arrangements "
          "(dispatch 5)” (Harbour Gazette, ¶ 6)", None),
         ))),
        (lambda m: m["sources"][1].update(sha256="0" * 64),
         ("source", "altered", "gazette-2021", "text (SHA-256)")),
        (lambda m: m["sources"].pop(0), ("source", "removed", "almanac-2020", ())),
        (lambda m: m["brief"]["sections"][0].update(heading="Options"), "two"),
    ],
)  # fmt: skip
def test_one_change_is_named(
    before: Manifest, edit: Callable[[Manifest], object], expected: Any
) -> None:
    found = _between(before, edit)
    if expected == "two":
        assert [(c.kind, c.name) for c in found.changes] == [
            ("added", "Options"), ("removed", "Implications"),
        ]  # fmt: skip
    elif isinstance(expected[3], str):
        assert _one(found)[:3] == expected[:3]
        assert [field.name for field in found.changes[0].fields] == [expected[3]]
    else:
        assert _one(found) == expected


def test_what_the_brief_says_of_a_followed_actor_is_compared(before: Manifest) -> None:
    actor = next(one for one in before["brief"]["actors"] if one.get("paragraphs"))

    def reword(manifest: Manifest) -> None:
        found = next(one for one in manifest["brief"]["actors"] if one["id"] == actor["id"])
        _words(found, "The bill was rejected.")

    subject, kind, key, fields = _one(_between(before, reword))
    assert (subject, kind, key) == ("actor", "altered", actor["id"])
    was = "\n".join(paragraph["words"] for paragraph in actor["paragraphs"])
    assert fields[0].name == "summary"
    assert (fields[0].was, fields[0].now) == (was, "The bill was rejected.")

    def unfollow(manifest: Manifest) -> None:
        manifest["brief"]["actors"].remove(actor)

    subject, kind, key, fields = _one(_between(before, unfollow))
    assert (subject, kind, key) == ("actor", "altered", actor["id"])
    assert (fields[0].was, fields[0].now) == (was, None)


def test_what_was_added_is_known_by_its_date_and_title(before: Manifest) -> None:
    event = copy.deepcopy(before["events"][0])
    event.update(id="strike", title="Dockers strike")
    found = _between(before, lambda m: m["events"].append(event))
    assert found.changes == (Change("event", "added", "strike", "1 May 2021: Dockers strike"),)


def test_a_translation_that_stayed_while_its_quotation_changed_is_stale(before: Manifest) -> None:
    def translated(quote: str, text: str) -> Manifest:
        manifest = copy.deepcopy(before)
        item = manifest["events"][0]["evidence"][0]
        item.update(quote=quote, translation={"text": text, "by": "ours"})
        return manifest

    def between(one: Manifest, other: Manifest) -> list[Field]:
        found = compare(one, other, before_edition="a" * 12, after_edition="b" * 12)
        report = change_report([found], "text")
        fields = [field for change in found.changes for field in change.fields]
        stale = [field for field in fields if field.name == STALE_TRANSLATION]
        assert ("stale translation: it is of “tres”, and the quotation is now “cuatro”; "
                "translate it again" in report) == bool(stale)  # fmt: skip
        return stale

    was = translated("tres", "three")
    assert between(was, translated("cuatro", "three")) == [
        Field(STALE_TRANSLATION, "tres", "cuatro")
    ]
    assert between(was, translated("cuatro", "four")) == []
    assert between(was, translated("tres", "trio")) == []


# -------------------------------------------------------------------------- the command line


def test_an_earlier_file_of_any_kind(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("pdf", "docx", "html", "evidence.json"):
        file = str(built.file("muelle", kind))
        assert cli.run(["changes", "-C", str(built.root), "--since", file]) == 0
        assert capsys.readouterr().out.endswith(": nothing changed.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--since", "no-such-thing"], 2, "is neither a file nor a revision"),
        (["--since", "--all"], 2, "is neither a file nor a revision"),
        (["harbours", "--since", "{muelle}"], 2, "is an edition of muelle, not of harbours"),
        (["--since", "{seed}"], 1, "not a PDF, Word document, web page or evidence.json"),
    ],
)
def test_what_it_cannot_compare_with(
    built: Built,
    arguments: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = {"muelle": built.file("muelle", "pdf"), "seed": built.root / "seeds" / "gazette.txt"}
    given = [each.format(**names) for each in arguments]
    assert cli.run(["changes", "-C", str(built.root), *given]) == code
    assert said in capsys.readouterr().err


def test_a_revision_of_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The workspace need not be the top of its repository.
    root = tmp_path / "desk"
    write_corpus(root)
    (root / "briefings" / "muelle").rename(tmp_path / "later")

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        command = ["git", "-C", str(tmp_path), *identity, *arguments]
        subprocess.run(command, check=True, capture_output=True)

    git("init", "-q")
    git("add", "desk")
    git("commit", "-q", "-m", "First edition")
    (tmp_path / "later").rename(root / "briefings" / "muelle")
    brief = root / "briefings" / "harbours" / "brief.yaml"
    text = brief.read_text("utf-8")
    brief.write_text(text.replace("confidence: low", "confidence: moderate"), "utf-8")
    assert cli.run(["changes", "-C", str(root), "--since", "HEAD"]) == 0
    said = capsys.readouterr()
    assert "confidence: moved from low to moderate" in said.out
    assert said.err == "muelle: HEAD has no such briefing, so all of it is new\n"
    git("stash", "-q")
    assert cli.run(["changes", "harbours", "-C", str(root), "--since", "HEAD"]) == 0
    assert capsys.readouterr().out.endswith(": nothing changed.\n")

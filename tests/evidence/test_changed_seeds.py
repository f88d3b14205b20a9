"""Pins: a changed seed is named with what it does to the evidence, and `pin` accepts it."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import harbour
from checking import check
from sourcebrief.authoring.pin_seeds import NewPin, pins_to_write, with_pins
from sourcebrief.brief.manifest import canonical, manifest
from sourcebrief.build.changed_pins import drifts
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.build.earlier_seeds import committed_bytes
from sourcebrief.cli import run
from sourcebrief.errors import Problem, SourcebriefError, UsageError
from sourcebrief.evidence.drift import Drift, drift
from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, locate
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.evidence.changed_seeds import SeedDrift

UNMOVED, MOVED, ALTERED, GONE = Drift
BRIEFINGS = ("coast", "ports")
PIN_LINE = ("seeds/seeds.yaml", 11)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return harbour.workspace(tmp_path)


def commit(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "The corpus")


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def post_drift(root: Path) -> SeedDrift:
    (found,) = drifts(read_corpus(Inputs(root)), {"post-2021": "post.txt"})
    return found


def fates(found: SeedDrift) -> dict[str, Drift | None]:
    return {one.event: one.drift for one in found.quotations}


def to_read_again(found: SeedDrift) -> set[str]:
    return {f"{one.name} of {one.briefing}" for one in found.statements}


def at_pin(problems: list[Problem]) -> str:
    (problem,) = [p for p in problems if (p.place.path, p.place.line) == PIN_LINE]
    return problem.message


def test_what_is_as_pinned_is_no_problem(root: Path) -> None:
    assert [p for p in check(BRIEFINGS, root) if p.severity == "error"] == []


# What is done to the seed, what becomes of each quotation, what no longer stands, and which
# statements have to be read again.
LAST = "Patrols begin in June, the ministry said."
SIGNED, BINDS, BEGIN = "pact-signed", "pact-binds", "patrols-begin"
CASES = {
    "words at the end": (
        (LAST, f"{LAST} It rained."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        set(),
        {"gap 1 of ports"},
    ),
    "a paragraph before all": (
        ("Published on", "By our reporter\n\nPublished on"),
        {SIGNED: MOVED, BINDS: MOVED, BEGIN: MOVED},
        set(),
        {"gap 1 of ports"},  # it cites ¶ 5, which is another one now
    ),
    "a word turned into its opposite": (
        ("legally", "illegally"),
        {SIGNED: UNMOVED, BINDS: ALTERED, BEGIN: MOVED},
        {BINDS},
        {"judgement 1 of ports", "summary of port of ports"},
    ),
    "a figure of equal length": (
        ("3 May 2021", "8 May 2021"),
        {SIGNED: ALTERED, BINDS: UNMOVED, BEGIN: UNMOVED},
        {SIGNED},
        {"bottom line of coast", "bottom line of ports", "summary of port of ports"},
    ),
    "a passage taken out": (
        (LAST, "Zzz."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: GONE},
        {BEGIN},
        {"section “Next” of ports", "gap 1 of ports"},
    ),
    "words that stand a second time": (
        (LAST, f"{LAST}\n\nPatrols begin in June, it said again."),
        {SIGNED: UNMOVED, BINDS: UNMOVED, BEGIN: UNMOVED},
        {BEGIN},
        {"section “Next” of ports"},
    ),
    "typography alone": (
        ("both sides", "both\n  sides"),
        {SIGNED: UNMOVED, BINDS: MOVED, BEGIN: MOVED},
        set(),
        set(),
    ),
}


@needs_git
@pytest.mark.parametrize(("edit", "expected", "lost", "again"), CASES.values(), ids=list(CASES))
def test_drift_names_exactly_the_expected_set(
    root: Path,
    edit: tuple[str, str],
    expected: dict[str, Drift],
    lost: set[str],
    again: set[str],
) -> None:
    commit(root)
    harbour.change(root, *edit)
    found = post_drift(root)
    assert fates(found) == expected
    assert {one.event for one in found.quotations if not one.stands} == lost
    assert to_read_again(found) == again
    problems = check(BRIEFINGS, root)
    quotes = {p.place.line for p in problems if p.place.path.endswith("events.yaml")}
    words = {SIGNED: "3 May", BINDS: "legally", BEGIN: "in June"}
    path = "briefings/ports/events.yaml"
    for event, near in words.items():
        assert (harbour.line_of(root, path, f"quote: {quote_with(near)}") in quotes) == (
            event in lost
        )
    assert "has changed since it was pinned" in at_pin(problems)


def quote_with(words: str) -> str:
    return next(
        line.split("quote: ")[1]
        for line in harbour.EVENTS.splitlines()
        if "quote: " in line and words in line
    )


@needs_git
def test_the_message_is_one_line_with_the_consequence_and_the_way_out(root: Path) -> None:
    commit(root)
    harbour.change(root, "legally", "illegally")
    assert at_pin(check(["coast"], root)) == (  # told for ports too, though not asked about
        "post.txt has changed since it was pinned: of 3 quotations 1 unmoved, "
        "1 moved (patrols-begin) and 1 altered (pact-binds); to be read again: judgement 1 and "
        "summary of port of ports; restore it, or accept it with `sourcebrief pin post-2021`"
    )


def test_without_the_pinned_text_the_message_says_what_stands(root: Path) -> None:
    harbour.change(root, "legally", "illegally")
    assert set(fates(post_drift(root)).values()) == {None}
    assert "1 of 3 quotations no longer stands (pact-binds)" in at_pin(check(BRIEFINGS, root))
    harbour.change(root, "illegally", "legally")
    harbour.change(root, "Published on", "It was published on")
    assert "all 3 quotations from it still stand" in at_pin(check(BRIEFINGS, root))


def test_an_earlier_edition_tells_where_quotations_stood(root: Path) -> None:
    write_manifest(root)
    harbour.change(root, "legally", "illegally")
    assert fates(post_drift(root)) == {SIGNED: UNMOVED, BINDS: ALTERED, BEGIN: MOVED}


def test_an_edition_of_another_text_tells_nothing(root: Path) -> None:
    write_manifest(root)
    harbour.change(root, harbour.sha256(harbour.POST), "0" * 64, "seeds/seeds.yaml")
    assert set(fates(post_drift(root)).values()) == {None}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"sources": 3}', '{"sources": [{"id": 1}]}'])
def test_a_manifest_that_cannot_be_read_is_no_memory(root: Path, content: str) -> None:
    (root / "briefings/ports/ports.evidence.json").write_text(content)
    harbour.change(root, "legally", "illegally")
    assert set(fates(post_drift(root)).values()) == {None}


def write_manifest(root: Path) -> None:
    """What a build leaves beside its documents."""
    corpus = read_corpus(Inputs(root))
    composition = check_briefing("ports", corpus).composition
    assert composition is not None
    path = root / "briefings/ports/ports.evidence.json"
    path.write_bytes(canonical(manifest(composition, {})))


QUOTED = "signed a pact on patrols on 3 May 2021"


@pytest.mark.parametrize("at", [i for i, letter in enumerate(QUOTED) if letter.isalnum()])
def test_each_letter_changed_in_a_quoted_passage_fails_at_pin_and_quotation(
    root: Path, at: int
) -> None:
    harbour.change(root, QUOTED, f"{QUOTED[:at]}x{QUOTED[at + 1 :]}")
    problems = check(["ports"], root)
    places = {(p.place.path, p.place.line) for p in problems if p.severity == "error"}
    quote = harbour.line_of(root, "briefings/ports/events.yaml", QUOTED)
    assert {PIN_LINE, ("briefings/ports/events.yaml", quote)} <= places


def test_a_seed_that_is_no_text_any_more_has_lost_everything(root: Path) -> None:
    (root / "seeds/post.txt").write_bytes(b"\xff\xfe\x00")
    assert "3 of 3 quotations no longer stand" in at_pin(check(BRIEFINGS, root))


SENTENCES = (
    "Quick brown foxes jump over lazy dogs",
    "Tax revenue fell by nine per cent",
    "My hovercraft is full of eels",
    "Uranium was shipped via Zanzibar",
    "The choir sang hymns until midnight",
    "Bankers hoard gold, economists protest",
)
FATES = st.sampled_from(["kept", "altered", "gone"])


@given(st.lists(FATES, min_size=6, max_size=6), st.integers(0, 6))
def test_drift_of_any_mixture_is_what_was_done(done: list[str], added: int) -> None:
    """Paragraphs kept, altered by one letter or taken out, and one put in somewhere."""
    before = read_seed("\n\n".join(SENTENCES))
    after, expected, at, was = [], {}, 0, 0
    for number, (sentence, fate) in enumerate(zip(SENTENCES, done, strict=True)):
        if number == added:
            after.append("0 1 2")
            at += len("0 1 2") + 2
        if fate != "gone":
            after.append(sentence if fate == "kept" else sentence.replace("e", "ë", 1))
        kept = UNMOVED if at == was else MOVED
        expected[sentence] = {"kept": kept, "altered": ALTERED, "gone": GONE}[fate]
        at += 0 if fate == "gone" else len(sentence) + 2
        was += len(sentence) + 2
    now = read_seed("\n\n".join(after))
    for sentence, fate_expected in expected.items():
        found = locate(sentence, before)
        assert isinstance(found, LocatedQuotation)
        assert drift(found.pieces[0], now).drift is fate_expected


@needs_git
class TestHistory:
    """Bytes under a hash are found wherever git still has them, and nowhere else."""

    POST = "seeds/post.txt"

    def wanted(self, root: Path) -> dict[str, str]:
        return {self.POST: harbour.sha256((root / self.POST).read_text(encoding="utf-8"))}

    def test_in_an_older_commit(self, root: Path) -> None:
        commit(root)
        wanted = self.wanted(root)
        for word in ("one", "two"):
            harbour.change(root, "Published", f"{word} Published")
            git(root, "commit", "-qam", word)
        assert committed_bytes(root, wanted) == {wanted[self.POST]: harbour.POST.encode()}

    def test_on_another_branch(self, root: Path) -> None:
        commit(root)
        git(root, "checkout", "-qb", "other")
        harbour.change(root, "Published", "Printed")
        git(root, "commit", "-qam", "other")
        wanted = self.wanted(root)
        git(root, "checkout", "-q", "-")
        assert set(committed_bytes(root, wanted)) == set(wanted.values())

    def test_staged_and_committed_nowhere(self, root: Path) -> None:
        commit(root)
        harbour.change(root, "Published", "Printed")
        git(root, "add", self.POST)
        wanted = self.wanted(root)
        harbour.change(root, "Printed", "Published")
        assert set(committed_bytes(root, wanted)) == set(wanted.values())

    def test_in_a_workspace_below_the_repository(self, tmp_path: Path) -> None:
        root = harbour.workspace(tmp_path / "desk" / "work")
        commit(tmp_path)
        assert set(committed_bytes(root, self.wanted(root))) == set(self.wanted(root).values())

    def test_never_committed(self, root: Path) -> None:
        commit(root)
        assert committed_bytes(root, {self.POST: "0" * 64}) == {}

    def test_no_repository(self, root: Path) -> None:
        assert committed_bytes(root, self.wanted(root)) == {}

    def test_no_git(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        commit(root)
        monkeypatch.setenv("PATH", "")
        assert committed_bytes(root, self.wanted(root)) == {}

    def test_no_time(self, root: Path) -> None:
        commit(root)
        assert committed_bytes(root, self.wanted(root), seconds=0) == {}


OLD, NEW = "a" * 64, "b" * 64
ENTRY = "references:\n  - id: x\n    custom:\n"
PINS = {
    "plain": (f"      file: x.txt\n      sha256: {OLD}   # why\n", None),
    "in quotes": (f"      sha256: \"{OLD}\"\n      file: 'x.txt'\n", None),
    "not a hash": ("      file: x.txt\n      sha256: TODO\n", ("TODO", NEW)),
    "empty": ("      file: x.txt\n      sha256:\n", ("sha256:", f"sha256: {NEW}")),
    "null": ("      file: x.txt\n      sha256: ~ # yet\n", ("~", NEW)),
    "missing": (
        "      file: x.txt  # as received\n      embed: full\n",
        ("received\n", f"received\n      sha256: {NEW}\n"),
    ),
    "missing at the end": ("      file: x.txt", ("x.txt", f"x.txt\n      sha256: {NEW}")),
    "folded": (
        f"      file: x.txt\n      sha256: >-\n        {OLD}\n",
        (f">-\n        {OLD}", NEW),
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("body", "edit"), PINS.values(), ids=list(PINS))
def test_a_pin_is_written_and_nothing_else_is_touched(
    body: str, edit: tuple[str, str] | None, mark: str, newline: str
) -> None:
    written = f"{mark}# Ein Katalog – 目録\n{ENTRY}{body}"
    old, new = edit or (OLD, NEW)
    expected = written.replace(old, new, 1).replace("\n", newline)
    pin = NewPin("x", "x.txt", ("references", 0, "custom"), OLD, NEW)
    assert with_pins(written.replace("\n", newline).encode(), [pin]).decode() == expected


def test_flow_mappings_and_originals_are_pinned_too() -> None:
    written = (
        "references:\n"
        f"- {{id: x, custom: {{file: x.txt, original: {{sha256: {OLD}, file: x.pdf}}}}}} # x\n"
    )
    seed = NewPin("x", "x.txt", ("references", 0, "custom"), None, NEW)
    original = NewPin("x", "x.pdf", (*seed.path, "original"), OLD, "c" * 64)
    assert with_pins(written.encode(), [original, seed]).decode() == written.replace(
        "file: x.txt", f"file: x.txt, sha256: {NEW}"
    ).replace(OLD, "c" * 64)


def test_a_pin_that_others_share_is_left_alone() -> None:
    written = f"{ENTRY}      sha256: &pin {OLD}\n      file: x.txt\n  - {{id: y, title: *pin}}\n"
    pin = NewPin("x", "x.txt", ("references", 0, "custom"), OLD, NEW)
    with pytest.raises(SourcebriefError, match=f"write this: .*: sha256: {NEW}"):
        with_pins(written.encode(), [pin])


def test_only_what_differs_is_to_be_pinned(root: Path) -> None:
    assert pins_to_write(Inputs(root), []) == ()
    harbour.change(root, "Patrols", "The patrols")
    (pin,) = pins_to_write(Inputs(root), [])
    assert (pin.seed, pin.before) == ("post-2021", harbour.sha256(harbour.POST))
    assert pins_to_write(Inputs(root), ["ministry-2021"]) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("post-2012", "no seed 'post-2012' in seeds/seeds.yaml; did you mean 'post-2021'"),
        ("gazette-2021", "'gazette-2021' is a reference: it has no file to pin"),
    ],
)
def test_what_is_no_seed_cannot_be_pinned(root: Path, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace("?", r"\?")):
        pins_to_write(Inputs(root), [name])


class TestCommand:
    """`pin` shows, asks, accepts."""

    def test_it_shows_the_drift_and_accepts(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        if shutil.which("git"):
            commit(root)
        catalogue = root / "seeds/seeds.yaml"
        before = catalogue.read_text()
        harbour.change(root, "legally", "illegally")
        assert run(["pin", "post-2021", "--yes", "-C", str(root)]) == 0
        shown = capsys.readouterr().out
        for words in ("unmoved  pact-signed", "moved    patrols-begin", "altered  pact-binds",
                      "“legally” is now “illegally”", "judgement 1 and summary of port of ports",
                      "seeds/seeds.yaml: 1 pin written"):  # fmt: skip
            assert words in shown
        changed = [
            line
            for line in difflib.ndiff(before.splitlines(), catalogue.read_text().splitlines())
            if line[0] in "+-"
        ]
        new = harbour.sha256(harbour.POST.replace("legally", "illegally"))
        assert changed == [
            f"-       sha256: {harbour.sha256(harbour.POST)}", f"+       sha256: {new}",
        ]  # fmt: skip
        assert not any(p.place.path == "seeds/seeds.yaml" for p in check(BRIEFINGS, root))

    def test_without_a_terminal_it_shows_and_refuses(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = (root / "seeds/seeds.yaml").read_bytes()
        harbour.change(root, "legally", "illegally")
        assert run(["pin", "--all", "-C", str(root)]) == 2
        written = capsys.readouterr()
        assert "post-2021: post.txt" in written.out
        assert "--yes" in written.err
        assert (root / "seeds/seeds.yaml").read_bytes() == before

    @pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
    def test_on_a_terminal_it_asks(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
    ) -> None:
        harbour.change(root, "legally", "illegally")
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)
        assert run(["pin", "--all", "-C", str(root)]) == code
        assert (pins_to_write(Inputs(root), []) == ()) == (answer == "y")

    def test_nothing_to_do(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["pin", "--all", "-C", str(root)]) == 0
        assert capsys.readouterr().out == "nothing to pin: every file is as pinned\n"

    @pytest.mark.parametrize("words", [["pin"], ["pin", "post-2021", "--all"], ["pin", "nobody"]])
    def test_usage(self, root: Path, words: list[str]) -> None:
        assert run([*words, "-C", str(root)]) == 2

    def test_a_missing_file_is_a_problem_at_its_line(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (root / "seeds/post.txt").unlink()
        assert run(["pin", "--all", "--yes", "-C", str(root)]) == 1
        assert capsys.readouterr().err.startswith("seeds/seeds.yaml:10:13: error: cannot read")

    def test_a_catalogue_changed_meanwhile_is_not_overwritten(self, root: Path) -> None:
        from sourcebrief.authoring.pin_seeds import write_pins

        harbour.change(root, "legally", "illegally")
        inputs = Inputs(root)
        pins = pins_to_write(inputs, [])
        harbour.change(root, "# The catalogue", "# My catalogue", "seeds/seeds.yaml")
        with pytest.raises(SourcebriefError, match="changed meanwhile"):
            write_pins(inputs, pins)


def test_unchanged_seeds_are_not_folded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody quotes costs its reading and hashing, even where another seed has changed."""
    harbour.change(root, "welcomes the pact on patrols", "welcomes it", "seeds/ministry.txt")
    harbour.change(root, "quote: welcomes the pact on patrols", "quote: patrols that the port",
                   "briefings/ports/events.yaml")  # fmt: skip
    corpus = read_corpus(Inputs(root))
    list(drifts(corpus, {"ministry-2021": "ministry.txt"}))
    assert "folded" not in vars(corpus.seeds["post-2021"])

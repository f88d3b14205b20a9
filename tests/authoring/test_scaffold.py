"""Scaffolds: what `new` writes builds at once, whatever the workspace holds; nothing is lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from checking import check
from sourcebrief.authoring.scaffold import (
    SCHEMAS,
    WORKFLOW,
    Scaffold,
    plan_scaffold,
    write_scaffold,
)
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from sourcebrief.workspace.json_schemas import schemas

PROJECT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 3, 4)
GOOD = Path(__file__).resolve().parents[1] / "wrong" / "_good"
ECUADOR = Path(__file__).resolve().parents[2] / "seeds"


def scaffold(root: Path, name: str = "first") -> Scaffold:
    made = plan_scaffold(root, name, TODAY)
    write_scaffold(made)
    return made


def files_in(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def seeds(root: Path, text: str, issued: str = "2024-03-12", extra: str = "") -> Path:
    """A workspace with one seed of a test's own."""
    (root / "briefings").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "seeds/own.txt").write_bytes(text.encode())
    (root / "seeds/seeds.yaml").write_text(
        f"references:\n  - id: own\n    type: report\n    title: Own\n    issued: {issued}\n"
        f"    language: en\n    custom:\n      file: own.txt\n      issued_basis: external\n"
        f"      issued_note: Known.\n{extra}"
        f"      sha256: {hashlib.sha256(text.encode()).hexdigest()}\n",
        encoding="utf-8",
    )
    return root


# ---------------------------------------------------------------- a new workspace


def test_an_empty_folder_becomes_a_workspace_whose_briefing_has_no_problem(tmp_path: Path) -> None:
    made = scaffold(tmp_path)
    assert made.makes_workspace
    assert check(["first"], tmp_path) == []
    assert set(files_in(tmp_path)) == set(made.files)
    assert {
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        WORKFLOW,
        "briefings/first/brief.yaml",
        "briefings/first/events.yaml",
        "seeds/example-readout.txt",
        "seeds/seeds.yaml",
        *(f"{SCHEMAS}/{name}" for name in schemas()),
    } == set(made.files)


def test_no_placeholder_is_left(tmp_path: Path) -> None:
    for path, data in scaffold(tmp_path).files.items():
        assert "«" not in data.decode(), path


def test_a_second_briefing_quotes_what_there_is_and_writes_nothing_else(tmp_path: Path) -> None:
    scaffold(tmp_path)
    second = scaffold(tmp_path, "second")
    assert set(second.files) == {"briefings/second/brief.yaml", "briefings/second/events.yaml"}
    assert check(["first", "second"], tmp_path) == []


@pytest.mark.parametrize("path", [".gitignore", ".vscode/settings.json", WORKFLOW])
def test_what_stood_around_the_briefings_stays_and_is_named(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("mine")
    made = scaffold(tmp_path)
    assert set(made.already_there) == {path}
    assert (tmp_path / path).read_text() == "mine"


def test_inside_a_repository_no_workflow_is_written_where_nobody_would_read_it(
    tmp_path: Path,
) -> None:
    (tmp_path / ".git").mkdir()
    assert WORKFLOW in plan_scaffold(tmp_path, "first", TODAY).files
    (tmp_path / "desk").mkdir()
    made = plan_scaffold(tmp_path / "desk", "first", TODAY)
    assert WORKFLOW not in made.files
    assert made.inside_repository


# ---------------------------------------------------------------- a workspace with seeds


def test_a_real_catalogue_gives_a_quotation_of_its_last_seed(tmp_path: Path) -> None:
    shutil.copytree(ECUADOR, tmp_path / "seeds")
    (tmp_path / "briefings").mkdir()
    made = scaffold(tmp_path)
    assert check(["first"], tmp_path) == []
    assert made.seed in made.files["briefings/first/events.yaml"].decode()


def test_the_schemas_that_the_catalogue_names_are_used(tmp_path: Path) -> None:
    shutil.copytree(ECUADOR, tmp_path / "seeds")
    shutil.copytree(ECUADOR.parent / "docs/schemas", tmp_path / "docs/schemas")
    (tmp_path / "briefings").mkdir()
    made = scaffold(tmp_path)
    assert set(made.files) == {"briefings/first/brief.yaml", "briefings/first/events.yaml"}
    first_line = made.files["briefings/first/brief.yaml"].decode().splitlines()[0]
    assert first_line.endswith("$schema=../../docs/schemas/brief.schema.json")


@pytest.mark.parametrize(
    "issued",
    [
        "2018",
        "2022-12-XX",
        "2020-11-14~",
        "2018/..",
        "../2022",
        "'[2023-09-27..2023-10-01]'",
        "2030",
    ],
)
def test_any_date_of_a_seed_gives_a_briefing_without_a_problem(tmp_path: Path, issued: str) -> None:
    scaffold(seeds(tmp_path / "ws", "The harbour was opened to ships of every flag.", issued))
    assert check(["first"], tmp_path / "ws") == []


@pytest.mark.parametrize(
    "text",
    [
        "A heading\n\nThe harbour was opened to the ships of every flag. It stays open.",
        "No full stop in this text at all\nnor in this line of it",
        'He said: "We agreed on 5 of the [many] points: all of them." # and no more',
        "- a list of words\n- another one of them",
        "The ships’ masters said that the U.S. Coast Guard inspected 14 of them.",
        "Los ministros firmaron un acuerdo sobre el puerto de Almera.\r\n\r\nFin.",
        "twice the same words\n\ntwice the same words\n\nand once some others",
        "page one of the text\fpage two of the text: the harbour is open",
    ],
)
def test_any_text_gives_a_briefing_without_a_problem(tmp_path: Path, text: str) -> None:
    scaffold(seeds(tmp_path / "ws", text))
    assert check(["first"], tmp_path / "ws") == []


def test_ignored_paragraphs_are_not_quoted(tmp_path: Path) -> None:
    text = "Menu of the site, with seven words here.\n\nThe harbour was opened to ships."
    made = scaffold(seeds(tmp_path / "ws", text, extra="      ignore: [1]\n"))
    assert "Menu" not in made.files["briefings/first/events.yaml"].decode()


def test_an_id_that_the_catalogue_has_is_not_taken(tmp_path: Path) -> None:
    root = seeds(tmp_path / "ws", "The harbour was opened to ships of every flag.")
    with (root / "seeds/seeds.yaml").open("a") as file:
        file.write("  - {id: first-event, type: book, title: Other, issued: 2020}\n")
    scaffold(root)
    assert check(["first"], root) == []


# ---------------------------------------------------------------- a workspace without a seed

REFERENCE = """\
# mine, with a comment
references:
  - {id: press-2024, type: webpage, title: Press, issued: 2024}   # a reference
"""


@pytest.mark.parametrize("catalogue", ["", "references:\n", "references: []\n", REFERENCE])
def test_the_example_is_added_to_a_catalogue_without_a_seed(tmp_path: Path, catalogue: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "briefings").mkdir()
    (tmp_path / "seeds/seeds.yaml").write_text(catalogue)
    made = scaffold(tmp_path)
    assert made.seed == "example-readout"
    assert check(["first"], tmp_path) == []
    after = (tmp_path / "seeds/seeds.yaml").read_text()
    assert after.startswith(catalogue.removesuffix(" []\n"))
    assert not (tmp_path / ".sourcebrief/staging/new").exists()


def test_a_catalogue_that_was_changed_meanwhile_stays_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "briefings").mkdir()
    (tmp_path / "seeds/seeds.yaml").write_text(REFERENCE)
    made = plan_scaffold(tmp_path, "first", TODAY)
    (tmp_path / "seeds/seeds.yaml").write_text("references: [mine]")
    with pytest.raises(SourcebriefError, match="was changed meanwhile"):
        write_scaffold(made)
    assert files_in(tmp_path) == {"seeds/seeds.yaml": b"references: [mine]"}


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Harbour Talks", "harbour-talks"),
        ("Häfen & Ports 2024", "hafen-ports-2024"),
        ("../up", "up"),
        ("-x", "x"),
        ("Straße", "strasse"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_one_that_can(
    tmp_path: Path, name: str, offered: str
) -> None:
    with pytest.raises(UsageError, match=f"; try: sourcebrief new {offered}$"):
        plan_scaffold(tmp_path, name, TODAY)


@pytest.mark.parametrize("name", ["", "港", "..", "con", "nul", "x" * 121])
def test_a_name_without_a_better_one_is_refused_all_the_same(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        plan_scaffold(tmp_path, name, TODAY)


@pytest.mark.parametrize(
    "path",
    ["briefings/first/brief.yaml", "briefings/first/events.yaml", "seeds/example-readout.txt"],
)
def test_a_file_that_is_there_is_a_problem_and_nothing_is_written(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("mine")
    with pytest.raises(InvalidInput, match=f"{path}:1:1: error: the file is there already, .*; "):
        plan_scaffold(tmp_path, "first", TODAY)
    assert files_in(tmp_path) == {path: b"mine"}


def test_a_link_that_leads_nowhere_is_there_too(tmp_path: Path) -> None:
    scaffold(tmp_path)
    (tmp_path / "briefings/second").mkdir()
    (tmp_path / "briefings/second/brief.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InvalidInput, match="is there already"):
        plan_scaffold(tmp_path, "second", TODAY)


def test_a_folder_that_leads_out_of_the_workspace_is_not_written_into(tmp_path: Path) -> None:
    scaffold(tmp_path / "ws")
    (tmp_path / "out").mkdir()
    (tmp_path / "ws/briefings/second").symlink_to(tmp_path / "out")
    with pytest.raises(InvalidInput, match="leads out of the workspace"):
        plan_scaffold(tmp_path / "ws", "second", TODAY)


def test_a_catalogue_with_errors_is_reported_and_nothing_is_written(tmp_path: Path) -> None:
    scaffold(tmp_path)
    (tmp_path / "seeds/example-readout.txt").write_text("changed")
    before = files_in(tmp_path)
    with pytest.raises(InvalidInput, match=r"seeds/seeds\.yaml"):
        scaffold(tmp_path, "second")
    assert files_in(tmp_path) == before


def test_a_seed_without_words_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourcebriefError, match="has words that can be quoted; `sourcebrief add"):
        plan_scaffold(seeds(tmp_path / "ws", "short"), "first", TODAY)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError(28, "No space left")])
def test_an_interruption_leaves_nothing(
    tmp_path: Path,
    interruption: BaseException | type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = plan_scaffold(tmp_path, "first", TODAY)
    opened = []
    real = Path.open

    def failing(path: Path, *arguments: object, **named: object) -> object:
        opened.append(path)
        if len(opened) == len(made.files):
            raise interruption
        return real(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises((KeyboardInterrupt, OSError)):
        write_scaffold(made)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_what_came_up_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    made = plan_scaffold(tmp_path, "first", TODAY)
    (tmp_path / "briefings/first").mkdir(parents=True)
    (tmp_path / "briefings/first/events.yaml").write_text("mine")
    with pytest.raises(InvalidInput, match=r"briefings/first/events\.yaml"):
        write_scaffold(made)
    assert files_in(tmp_path) == {"briefings/first/events.yaml": b"mine"}


def test_the_settings_of_a_new_workspace_start_the_server_that_the_manual_names() -> None:
    page = (PROJECT / "docs/editors.md").read_text("utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    scaffolds = PROJECT / "templates/scaffolds/workspace"
    settings = json.loads((scaffolds / "settings.json").read_text("utf-8"))
    assert json.loads(block).items() <= settings.items()
    recommended = json.loads((scaffolds / "extensions.json").read_text("utf-8"))
    assert "zsol.vscode-glspc" in recommended["recommendations"]

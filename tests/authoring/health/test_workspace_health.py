"""A workspace: what is unused, out of date or stray, each with its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import harbour
from sourcebrief.authoring.health.workspace_health import (
    old_schemas,
    workspace_health,
    write_schemas,
)

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace
    from sourcebrief.authoring.health.findings import Finding


def notes(root: Path, subject: str) -> list[str]:
    return [one.found for one in found(root) if one.subject == subject]


def found(root: Path) -> list[Finding]:
    return list(workspace_health(root, None))


def test_an_entry_that_nothing_names_is_unused(root: Path) -> None:
    assert notes(root, "unused") == ["1 reference that nothing cites: gazette-2021"]
    harbour.change(root, "Nothing is said of costs. [@post-2021, ¶ 5]", "Nothing. [@gazette-2021]",
                   "briefings/ports/brief.yaml")  # fmt: skip
    assert notes(root, "unused") == []


def test_each_kind_that_is_unused_is_named(root: Path) -> None:
    harbour.change(root, harbour.WELCOMED, "", "briefings/ports/events.yaml")
    harbour.change(root, "events:\n", "people:\n  ruiz: {name: Ana, role: Minister}\nevents:\n",
                   "briefings/ports/events.yaml")  # fmt: skip
    harbour.change(root, "[@patrols-begin]", "[@pact-binds]", "briefings/ports/brief.yaml")
    harbour.change(root, "actors:\n", "actors:\n  navy: {name: Navy}\n",
                   "briefings/ports/events.yaml")  # fmt: skip
    assert notes(root, "unused") == [
        "1 document that no briefing quotes or cites: ministry-2021",
        "1 reference that nothing cites: gazette-2021",
        "1 event that no text cites: patrols-begin",
        "1 actor that no event and no brief names: navy",
        "1 person whom no event names: ruiz",
    ]


def test_a_file_without_an_entry_is_named_and_an_earlier_copy_is_not(root: Path) -> None:
    (root / "seeds/old.txt").write_text("Before.\n", "utf-8")
    (root / "seeds/.DS_Store").write_bytes(b"x")
    assert notes(root, "seeds/") == ["no entry names old.txt"]
    harbour.change(
        root, "      ignore: [1]\n",
        "      ignore: [1]\n      earlier:\n"
        f"        - {{file: old.txt, sha256: {harbour.sha256('Before.')}, until: 2021-06-01}}\n",
        "seeds/seeds.yaml",
    )  # fmt: skip
    assert notes(root, "seeds/") == []


def test_a_list_that_no_brief_names_is_named(root: Path) -> None:
    (root / "briefings/ports/more.yaml").write_text("events: []\n", "utf-8")
    assert notes(root, "events") == ["no brief names briefings/ports/more.yaml"]


def test_schemas_of_another_version_are_named_and_written_anew(root: Path) -> None:
    folder = root / ".vscode/schemas"
    folder.mkdir(parents=True)
    (folder / "brief.schema.json").write_text("{}", "utf-8")
    assert notes(root, "editor") == [".vscode/schemas/brief.schema.json not of this version"]
    assert write_schemas(root) == (".vscode/schemas/brief.schema.json",)
    assert old_schemas(root) == {}
    assert notes(root, "editor") == []
    assert sorted(path.name for path in folder.iterdir()) == ["brief.schema.json"]


def test_a_workflow_of_another_version_is_named(root: Path) -> None:
    (root / ".github/workflows").mkdir(parents=True)
    (root / ".github/workflows/briefings.yml").write_text("run: pip install sourcebrief==0.0.1\n")
    assert notes(root, "workflow") == [".github/workflows/briefings.yml installs another version"]


def test_errors_are_counted_and_left_to_check(root: Path) -> None:
    assert [str(one) for one in found(root) if one.subject == "check"] == [
        "check: 2 briefings, nothing wrong"
    ]
    harbour.change(root, "would legally bind", "would bind", "briefings/ports/events.yaml")
    check = next(one for one in found(root) if one.subject == "check")
    assert (check.state, check.found) == ("wrong", "2 errors and 0 warnings")


def test_a_file_that_cannot_be_read_ends_the_look(root: Path) -> None:
    (root / "briefings/ports/events.yaml").write_text("events: [", "utf-8")
    assert [one.subject for one in found(root)] == ["check", "files"]


def test_a_quotation_that_changed_under_its_translation_is_named(
    workspace: Workspace,
) -> None:
    events = "briefings/port/events.yaml"
    quote = "quote: The Office will send three scanners to the harbour"
    translated = f"{quote}\n        translation: La Oficina enviará escáneres"
    workspace.edit(events, quote, translated)
    workspace.edit("briefings/port/brief.yaml", "language: en-GB", "language: es")
    assert workspace.run("build", "--format", "html").code == 0
    assert notes(workspace.root, "translations") == []
    workspace.edit(events, f"{quote}\n", "quote: The Office will send three scanners\n")
    assert notes(workspace.root, "translations") == [
        "since port was built, quotations have changed under them: offer"
    ]

"""`changes`: the earlier edition must be named and readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Workspace


def test_an_earlier_edition_is_named(workspace: Workspace) -> None:
    ran = workspace.run("changes")
    assert (ran.code, ran.err) == (
        2,
        "sourcebrief: --since is missing; see: sourcebrief changes --help\n",
    )


def test_an_edition_has_no_changes_since_itself(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "html").code == 0
    ran = workspace.run("changes", "--since", workspace.root / "briefings/port/port.evidence.json")
    assert (ran.code, ran.err) == (0, "")
    assert "no changes" in ran.out.lower() or "nothing" in ran.out.lower()


def test_a_redline_goes_to_a_file(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "docx").code == 0
    earlier, output = workspace.root / "briefings/port/port.docx", workspace.root / "red.docx"
    ran = workspace.run("changes", "--since", earlier, "--as", "docx", "--output", output)
    assert ran.code == 0
    assert ran.err.endswith(f"sourcebrief verify {earlier}\n")
    assert output.read_bytes().startswith(b"PK")


def test_a_redline_needs_a_file_of_its_own(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "docx").code == 0
    earlier = workspace.root / "briefings/port/port.docx"
    for more in (["--as", "docx"], ["--output", "x.docx"]):
        ran = workspace.run("changes", "--since", earlier, *more)
        assert ran.code == 2
        assert "--as docx and --output FILE go together" in ran.err
    for output in (earlier, "x.pdf"):
        assert (
            workspace.run("changes", "--since", earlier, "--as", "docx", "--output", output).code
            == 2
        )

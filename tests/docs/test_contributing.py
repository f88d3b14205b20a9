"""The contributor's page, the policy, the citation and the templates of reports."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sourcebrief import __version__

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/contributing.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("section", ["Add a check", "Add a format", "Add a language"])
def test_each_thing_to_add_names_its_files_in_a_table(section: str) -> None:
    rows = re.findall(r"^\| (`.*?) \|", SECTIONS[section], re.MULTILINE)
    assert len(rows) >= 4


def test_every_file_that_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:src|tests|docs|templates|\.ci|\.github)/[\w./-]*)`", PAGE))
    named -= {"tests/ROOM"}
    assert len(named) > 25
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("check_newest_seed", "evidence/claims.py"),
        ("EXPORTS", "documents/exports.py"),
        ("COMMANDS", "cli/main.py"),
        ("Phrases", "dates/wording.py"),
        ("Extraction", "authoring/importing/extraction.py"),
    ],
)
def test_every_name_that_it_gives_is_in_its_module(name: str, module: str) -> None:
    assert f"`{name}`" in PAGE
    assert re.search(rf"\b{name}\b", (ROOT / "src/sourcebrief" / module).read_text("utf-8"))


def test_the_changelog_keeps_its_convention() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert releases[0] == "Unreleased"
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_citation_is_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "docs/CITATION.cff").read_text("utf-8"))
    assert str(cited["version"]) == __version__
    assert cited["license"] == "MIT"


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("citation-file-format", ROOT / "docs/CITATION.cff"),
        *(
            ("github-issue-config" if path.stem == "config" else "github-issue-forms", path)
            for path in FORMS
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_they_have_the_form_that_their_readers_expect(schema: str, path: Path) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    if not program.exists():
        pytest.skip("check-jsonschema is not installed")
    done = subprocess.run(
        [program, "--builtin-schema", f"vendor.{schema}", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_policy_leads_to_a_private_report() -> None:
    policy = (ROOT / ".github/SECURITY.md").read_text("utf-8")
    assert "Report it privately" in policy
    for target in re.findall(r"\]\(([^)#]+)", policy):
        assert (ROOT / ".github" / target).resolve().exists()

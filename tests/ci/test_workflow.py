"""The workflows: this repository's, and the one that `new` writes.

Their steps are run here as they are written, in a repository of a test's own; only what installs
things, and what is an action, is left out.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk import Desk, set_up
from sourcebrief import __version__

PROJECT = Path(__file__).resolve().parents[2]
OURS = PROJECT / ".github/workflows/briefings.yml"
RELEASE = PROJECT / ".github/workflows/release.yml"
SCAFFOLD = PROJECT / "templates/scaffolds/workspace/briefings.yml"
INSTALLS = "      # This very version: another may set the same briefing in other bytes.\n"


def parsed(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def job(path: Path) -> dict[str, Any]:
    (found,) = parsed(path)["jobs"].values()
    return dict(found)


def steps(path: Path) -> dict[str, str]:
    """The scripts of a workflow by the names of their steps, without what installs things."""
    return {
        step["name"]: step["run"]
        for step in job(path)["steps"]
        if "run" in step and not step["name"].startswith("Install ")
    }


def run_all(
    desk: Desk, tmp_path: Path, base: str
) -> tuple[dict[str, subprocess.CompletedProcess[str]], str]:
    """Run every step as GitHub does; what each came to, and the summary."""
    summary = tmp_path / "summary.md"
    summary.touch()
    done: dict[str, subprocess.CompletedProcess[str]] = {}
    for name, script in steps(desk.root / ".github/workflows/briefings.yml").items():
        failed = any(each.returncode for each in done.values())
        if not failed or name == "Summary":
            done[name] = desk.shell(script, BASE=base, GITHUB_STEP_SUMMARY=str(summary))
    return done, summary.read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return set_up(tmp_path)


@pytest.fixture
def harbour(desk: Desk) -> Desk:
    desk.run("sourcebrief", "new", "harbour")
    return desk


# ---------------------------------------------------------------- what the steps do


def test_a_change_is_built_and_its_summary_says_what_changed(harbour: Desk, tmp_path: Path) -> None:
    base = harbour.commit()
    harbour.edit("briefings/harbour/brief.yaml", "agreed to\n  share", "undertook to\n  share")
    harbour.commit()
    done, summary = run_all(harbour, tmp_path, base)
    assert list(done) == ["Check", "Build", "Summary"]
    assert {name: each.returncode for name, each in done.items()} == dict.fromkeys(done, 0)
    for pattern in artifact_patterns(harbour.root / ".github/workflows/briefings.yml"):
        assert len(list(harbour.root.glob(pattern))) == 1, pattern
    assert re.findall("^# .*", summary, re.MULTILINE) == [
        "# Changes",
        "# Seeds and their pins",
        "# Coverage of harbour",
    ]
    assert "undertook" in summary
    assert "every file is as pinned" in summary
    assert harbour.run("git", "status", "--porcelain") == ""


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_without_a_base_the_summary_says_so(harbour: Desk, tmp_path: Path, base: str) -> None:
    harbour.commit()
    script = steps(harbour.root / ".github/workflows/briefings.yml")["Summary"]
    summary = tmp_path / "summary.md"
    done = harbour.shell(script, BASE=base, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "There is no earlier revision to compare with." in summary.read_text("utf-8")


def test_a_changed_seed_fails_at_its_lines_and_its_drift_is_in_the_summary(
    harbour: Desk, tmp_path: Path
) -> None:
    base = harbour.commit()
    harbour.edit("seeds/example-readout.txt", "no sum had been agreed", "a sum had been agreed")
    harbour.commit()
    done, summary = run_all(harbour, tmp_path, base)
    assert list(done) == ["Check", "Summary"]
    assert done["Check"].returncode == 1
    assert done["Summary"].returncode == 0
    pinned = "::error file=seeds/seeds.yaml,line="
    quoted = "::error file=briefings/harbour/events.yaml,line="
    assert pinned in done["Check"].stderr
    assert quoted in done["Check"].stderr
    assert "altered  scanner-data: “the Minister said that no sum had been agreed”" in summary
    assert "# Problems" in summary
    assert "sha256" in harbour.run("git", "show", "HEAD:seeds/seeds.yaml")
    assert harbour.run("git", "status", "--porcelain") == ""


# ---------------------------------------------------------------- what they may


def artifact_patterns(path: Path) -> list[str]:
    (upload,) = [step for step in job(path)["steps"] if "upload-artifact" in step.get("uses", "")]
    return str(upload["with"]["path"]).split()


def test_the_two_differ_only_in_what_they_install() -> None:
    def without_install(path: Path) -> str:
        text = path.read_text(encoding="utf-8").replace(INSTALLS, "")
        return re.sub(r"pip install --quiet .*", "pip install", text)

    assert without_install(OURS) == without_install(SCAFFOLD)


def test_a_workspace_gets_the_version_that_made_it(harbour: Desk) -> None:
    text = (harbour.root / ".github/workflows/briefings.yml").read_text(encoding="utf-8")
    assert f"pip install --quiet sourcebrief=={__version__}\n" in text


def test_it_runs_on_what_a_briefing_is_made_from() -> None:
    triggers = parsed(OURS)[True]  # `on`, to a reader of YAML 1.1
    assert set(triggers) == {"push", "pull_request", "workflow_dispatch"}
    for event in ("push", "pull_request"):
        assert {"seeds/**", "briefings/**", "templates/**"} <= set(triggers[event]["paths"])


def test_it_may_only_read_knows_no_secret_and_ends() -> None:
    assert parsed(OURS)["permissions"] == {}
    assert job(OURS)["permissions"] == {"contents": "read"}
    assert job(OURS)["timeout-minutes"] <= 30
    text = OURS.read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text


def test_actions_are_pinned_by_their_whole_hash() -> None:
    used = re.findall(r"uses: (.*)", OURS.read_text(encoding="utf-8"))
    assert len(used) == 3
    for each in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


def test_no_expression_stands_in_a_script() -> None:
    for script in steps(OURS).values():
        assert "${{" not in script


# ---------------------------------------------------------------- a release


def test_a_release_signs_where_it_comes_from_and_knows_no_secret() -> None:
    jobs = parsed(RELEASE)["jobs"]
    assert parsed(RELEASE)["permissions"] == {}
    assert set(jobs["publish"]["permissions"]) == {"id-token"}
    assert jobs["publish"]["needs"] == "distributions"
    assert jobs["distributions"]["permissions"]["contents"] == "read"
    text = RELEASE.read_text("utf-8")
    assert "secrets." not in text
    assert "password" not in text
    attested = [
        step["with"] for step in jobs["distributions"]["steps"] if "attest-build" in str(step)
    ]
    assert attested == [{"subject-path": "dist/*"}]


def test_every_action_of_a_release_is_pinned_by_its_whole_hash() -> None:
    used = re.findall(r"uses: (.*)", RELEASE.read_text("utf-8"))
    assert len(used) == 6
    for each in used:
        assert re.fullmatch(r"(actions|pypa)/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


def test_a_release_is_of_the_version_that_its_tag_names() -> None:
    (comparing,) = [
        step["run"]
        for step in parsed(RELEASE)["jobs"]["distributions"]["steps"]
        if step["name"] == "Compare the tag with the version"
    ]
    script = comparing.replace("python -m", f"{sys.executable} -m")
    for tag, code in ((f"v{__version__}", 0), ("v0.0.0", 1)):
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=PROJECT,
            env={"GITHUB_REF_NAME": tag, "PATH": "/usr/bin:/bin"},
            check=False,
        )
        assert done.returncode == code


# ---------------------------------------------------------------- linters


@pytest.mark.parametrize("path", [OURS, SCAFFOLD, RELEASE], ids=["ours", "scaffold", "release"])
@pytest.mark.parametrize(
    ("linter", "arguments"),
    [
        ("zizmor", ["--offline", "--no-progress", "--persona=pedantic"]),
        ("check-jsonschema", ["--builtin-schema", "vendor.github-workflows"]),
    ],
)
def test_linters_of_workflows_find_nothing(path: Path, linter: str, arguments: list[str]) -> None:
    program = Path(sys.executable).with_name(linter)
    if not program.exists():
        pytest.skip(f"{linter} is not installed")
    done = subprocess.run([program, *arguments, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

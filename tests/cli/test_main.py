"""The command line: commands, options, exit codes, and that nobody ever sees a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran, Workspace

SOURCE = Path(__file__).resolve().parents[2] / "src"
BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


@pytest.fixture
def fake_build(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that `build` would have built, without building them."""
    from sourcebrief.build import run as module
    from sourcebrief.build.results import BuildOptions, BuildReport

    asked: list[str] = []

    def build(names: tuple[str, ...], options: BuildOptions, *_: object) -> BuildReport:
        asked.extend(names)
        return BuildReport()

    monkeypatch.setattr(module, "build", build)
    return asked


# ---------------------------------------------------------------- commands and options


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["build"],
        ["port"],
        ["build", "port"],
        ["--force"],
        ["-q", "build"],
        ["--format", "pdf", "build"],
        ["--format", "pdf", "port"],
        ["build", "--", "port"],
        ["--", "port"],
    ],
)
def test_build_is_the_default_and_options_stand_anywhere(
    workspace: Workspace, fake_build: list[str], arguments: list[str]
) -> None:
    assert workspace.run(*arguments).code == 0
    assert fake_build == ["port"]


@pytest.mark.parametrize("option", ["--version"])
def test_the_version(run: Callable[..., Ran], option: str) -> None:
    ran = run(option)
    assert (ran.code, ran.out) == (0, f"sourcebrief {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], "Usage: sourcebrief [OPTIONS] COMMAND"),
        (["-h"], "Usage: sourcebrief [OPTIONS] COMMAND"),
        (["build", "--help"], "Usage: sourcebrief build"),
        (["-q", "check", "-h"], "Usage: sourcebrief check"),
    ],
)
def test_help(run: Callable[..., Ran], arguments: list[str], words: str) -> None:
    ran = run(*arguments)
    assert ran.code == 0
    assert ran.out.startswith(words)


@pytest.mark.parametrize("command", ["build", "check"])
def test_every_command_has_the_common_options(run: Callable[..., Ran], command: str) -> None:
    shown = run(command, "--help").out
    for option in ("-C DIR", "-q, --quiet", "-v, --verbose", "--strict", "--message-format"):
        assert option in shown


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "prot"], "no briefing 'prot' in "),
        (["prot"], "; did you mean 'port'?"),
        (["build", "--format", "odt"], "--format 'odt' is not one of pdf, docx, html"),
        (["build", "--format", ","], "--format needs one or more of pdf, docx, html"),
        (["build", "--fromat", "pdf"], "no option --fromat"),
        (
            ["check", "--message-format", "xml"],
            "--message-format: 'xml' is not one of text, json, github",
        ),
    ],
)
def test_what_cannot_be_carried_out_is_usage(
    workspace: Workspace, arguments: list[str], words: str
) -> None:
    ran = workspace.run(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.err.startswith("sourcebrief: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["verify"], "FILE... is missing; see: sourcebrief verify --help"),
        (
            ["export", "port"],
            "--as is missing; give csv or csl-json or web-annotation or timelinejs or ics; "
            "see: sourcebrief export --help",
        ),
        (
            ["build", "--fromat", "pdf"],
            "no option --fromat; did you mean --format? see: sourcebrief build --help",
        ),
        (
            ["verify", "-x"],
            "no option -x; write ./-x for a file whose name begins with it; "
            "see: sourcebrief verify --help",
        ),
        (["build", "-x"], "no option -x; see: sourcebrief build --help"),
        (["add", ""], "FILE...: it is empty; see: sourcebrief add --help"),
        (
            ["build", "--output-dir", ""],
            "--output-dir: it is empty; see: sourcebrief build --help",
        ),
        (["build", "--format"], "--format needs a value; see: sourcebrief build --help"),
        (["build", "--force=yes"], "--force takes no value; see: sourcebrief build --help"),
        (
            ["build", "--jobs", "0"],
            "--jobs takes a whole number, from 1 upwards; see: sourcebrief build --help",
        ),
        (
            ["find", "x", "--limit", "few"],
            "--limit takes a whole number, from 1 to 1000; see: sourcebrief find --help",
        ),
        (["new", "a", "b"], "too many words; it takes NAME; see: sourcebrief new --help"),
        (["verify", "a"], "FILE...: 'a' does not exist; see: sourcebrief verify --help"),
        (["verify", "."], "FILE...: '.' is not a file; see: sourcebrief verify --help"),
        (
            ["build", "--output-dir", __file__],
            f"--output-dir: {__file__!r} is not a folder; see: sourcebrief build --help",
        ),
    ],
)
def test_a_call_that_is_wrong_is_one_line_with_the_way_out(
    workspace: Workspace, arguments: list[str], message: str
) -> None:
    ran = workspace.run(*arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"sourcebrief: {message}\n")


def test_an_empty_folder_is_not_the_current_one(run: Callable[..., Ran]) -> None:
    ran = run("check", "-C", "")
    assert ran.code == 2
    assert "-C: it is empty" in ran.err


@pytest.mark.parametrize(
    ("word", "offered"), [("chekc", "check"), ("biuld", "build"), ("verfy", "verify")]
)
def test_a_first_word_near_a_command_offers_it(
    workspace: Workspace, word: str, offered: str
) -> None:
    assert workspace.run(word).err.endswith(f"; did you mean the command {offered!r}?\n")
    assert "command" not in workspace.run("build", word).err


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "a" * 5000],
        ["new", "a" * 5000],
        ["pin", "a" * 5000],
        ["verify", "a" * 5000],
        ["changes", "--since", "a" * 5000],
        ["export", "port", "--as", "a" * 5000],
        ["check", "-C", "a" * 5000],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_name_that_is_too_long_is_usage_and_is_not_repeated_whole(
    workspace: Workspace, arguments: list[str]
) -> None:
    ran = workspace.run(*arguments)
    assert ran.code == 2
    assert f"{'a' * 60}…" in ran.err
    assert len(ran.err) < 600
    assert ran.err.count("\n") == 1


def test_problems_warnings_and_staleness(workspace: Workspace) -> None:
    assert workspace.run("check").code == 0
    ran = workspace.run("check", "--built")
    assert ran.code == 3
    assert ran.err.startswith("stale: port: no build of it is remembered")
    assert ran.err.endswith("; run `sourcebrief build port`\n")
    workspace.edit(BRIEF, "signed the pact.", "signed 77 pacts.")
    assert workspace.run("check").code == 0
    assert workspace.run("check", "--strict").code == 1
    workspace.edit(BRIEF, "status: draft", "status: drafted")
    assert workspace.run("check").code == 1
    assert workspace.run("check", "--built").code == 1


def test_a_defect_of_ours_leaves_a_report_and_no_traceback(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("sourcebrief.build.checks.check_workspace", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ran = workspace.run("check")
    assert ran.code == 70
    assert "Traceback" not in ran.err
    (report,) = tmp_path.glob("sourcebrief-defect-*.txt")
    assert str(report) in ran.err
    assert "RuntimeError: a bug" in report.read_text("utf-8")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "x.yaml"), "x.yaml: permission denied; correct"),
        (OSError(28, "No space left on device"), "no space left on device; correct"),
        (OSError(24, "Too many open files", "y"), "y: too many open files; correct"),
    ],
)
def test_what_the_system_refuses_is_one_line(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("sourcebrief.build.checks.check_workspace", refuse)
    ran = workspace.run("check")
    assert ran.code == 1
    assert ran.err.startswith(f"sourcebrief: error: {words}")
    assert ran.err.count("\n") == 1


# ---------------------------------------------------------------- what a machine may lack


BLOCK = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise {error}
        return None

sys.meta_path.insert(0, Missing())
from sourcebrief.cli import main
main()
"""


def on_a_machine_without(
    module: str, error: str, workspace: Workspace, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            BLOCK.format(module=module, error=error),
            "-C",
            str(workspace.root),
            *arguments,
        ],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("package", ["yaml", "pydantic", "jinja2", "weasyprint", "babel", "lxml"])
def test_a_missing_package_says_what_to_install(workspace: Workspace, package: str) -> None:
    error = f"ModuleNotFoundError('No module named {package}', name={package!r})"
    ran = on_a_machine_without(package, error, workspace, "build", "--format", "pdf,docx")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert f"the package '{package}' is missing; install" in ran.stderr
    assert "pip install ." in ran.stderr


def test_missing_pango_says_what_to_install(workspace: Workspace) -> None:
    error = 'OSError("cannot load library libpango-1.0-0: no such file")'
    ran = on_a_machine_without("weasyprint", error, workspace, "build", "--format", "pdf")
    assert ran.returncode == 1
    (line, count, rest) = ran.stderr.splitlines()
    assert line.startswith(f"{BRIEF}:1:1: error: ")
    assert "ango" in line
    assert (count, rest) == ("1 error", "port: not built; the earlier documents stay")


def test_a_missing_font_says_what_to_install(workspace: Workspace) -> None:
    error = "ModuleNotFoundError('none', name='fontpkg_source_serif_4')"
    ran = on_a_machine_without("fontpkg_source_serif_4", error, workspace, "build")
    assert ran.returncode == 1
    assert "the font Source Serif 4 is missing: run" in ran.stderr
    assert "Traceback" not in ran.stderr


# ---------------------------------------------------------------- templates


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("brief.html.j2", "<p>\n{{ brief.nothing }}", "templates/brief.html.j2:2:1"),
        ("brief.html.j2", "<p>\n\n{% if %}", "templates/brief.html.j2:3:1"),
        ("brief.html.j2", "\n{{ ''.__class__.__mro__ }}", "templates/brief.html.j2:2:1"),
        ("brief.html.j2", "{% include 'none.html' %}", "templates/none.html:1:1"),
        ("brief.css", "p {\n  colour: red\n}", "briefings/port/brief.yaml:1:1"),
        ("figure.svg.j2", "<svg>{{ 1 / 0 }}</svg>", "templates/figure.svg.j2:1:1"),
        ("labels/en_GB.po", "msgid nothing", "templates/labels/en_GB.po:1:1"),
        ("pandoc.lua", "function Pandoc(", "briefings/port/brief.yaml:1:1"),
        ("citation-style.csl", "<style", "briefings/port/brief.yaml:1:1"),
    ],
)
def test_a_wrong_template_is_one_line_with_its_place(
    workspace: Workspace, name: str, text: str, place: str
) -> None:
    (workspace.root / "briefings/port/port.pdf").write_bytes(b"the earlier edition")
    workspace.write(f"templates/{name}", text)
    ran = workspace.run("build")
    assert ran.code == 1
    first = ran.err.splitlines()[0]
    assert first.startswith(f"{place}: error: ")
    assert ran.err.splitlines()[1:] == ["1 error", "port: not built; the earlier documents stay"]
    assert (workspace.root / "briefings/port/port.pdf").read_bytes() == b"the earlier edition"


# ---------------------------------------------------------------- interruption


WAITING = """
import sys, time
from sourcebrief.documents import publish as module
def publish(*_, **__):
    print("waiting", flush=True)
    time.sleep(60)
module.publish = publish
from sourcebrief.cli import main
main()
"""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "SIGINT"]
)
def test_an_interrupted_build_ends_at_once_and_leaves_nothing(
    workspace: Workspace, number: signal.Signals, code: int
) -> None:
    files = sorted(p for p in workspace.root.rglob("*") if p.is_file())
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING, "-C", str(workspace.root), "build"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == code
    assert "Traceback" not in out + err
    # The lock's file stays for the next build; nobody holds it.
    lock = workspace.root / ".sourcebrief/lock"
    left = sorted(p for p in workspace.root.rglob("*") if p.is_file() and p != lock)
    assert left == files


def test_build_py_is_the_same_command(workspace: Workspace) -> None:
    ran = subprocess.run(
        [sys.executable, str(SOURCE.parent / "build.py"), "-C", str(workspace.root), "check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "1 briefing checked\n", "")

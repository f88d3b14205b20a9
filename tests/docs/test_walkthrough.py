"""The README's way from documents to a PDF, walked: each command and each file as they stand there.

Comments in the README mark what is taken from it:

    <!-- walk: run -->         commands for the shell, in the workspace
    <!-- walk: prints -->      what the commands before it print, among other things
    <!-- walk: file PATH -->   what is pasted into a file of the workspace

Only the documents that it names come from here.
"""

from __future__ import annotations

import email
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from email import policy
from pathlib import Path
from typing import Any

import pytest

from built_documents import docx, pdf
from sourcebrief.evidence.passages import read_seed
from sourcebrief.workspace.yaml_places import load

pytest.importorskip("trafilatura", reason="the extra `import` is not installed")
pytest.importorskip("pypdfium2", reason="the extra `import` is not installed")

PROJECT = Path(__file__).resolve().parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
STEP = re.compile(r"<!-- walk: (\w+) ?(\S*) -->\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)

PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Minister meets the Port Authority | Ministry of Transport</title>
<meta property="og:title" content="Minister meets the Port Authority">
<meta property="og:site_name" content="Ministry of Transport">
<meta property="article:published_time" content="2024-03-05T09:30:00+00:00">
<link rel="canonical" href="https://transport.example.org/news/port-authority">
</head>
<body>
<header><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/es">Español</a></nav></header>
<div class="cookies">We use cookies to improve your experience. <button>Accept all</button></div>
<main><article>
<h1>Minister meets the Port Authority</h1>
<p>5 March 2024</p>
<p>On 4 March 2024 the Minister of Transport received the Director of the Tarn Port Authority.</p>
<p>They agreed to share cargo data on containers that arrive from outside the customs union, and
to open the new terminal to inspectors of both sides.</p>
<p>The Authority is to receive 1,500 scanners under a programme of €12.5 million. Deliveries are
expected to begin in the autumn of 2024.</p>
</article></main>
<aside><h2>Most read</h2><ul><li><a href="/1">New ferry timetable</a></li></ul></aside>
<footer>© 2024 Ministry of Transport. <a href="/privacy">Privacy</a></footer>
</body>
</html>
"""
REPORT = """\
<h1>Audit of cargo screening at the port of Tarn</h1>
<p>18 June 2024</p>
<p>1. The Authority handles about four fifths of the country’s containers. In 2023 it screened
4,210 of them, which is 2.1 per cent of those that came from outside the customs union.</p>
<p>2. On 4 March 2024 the Authority and the Ministry of Transport agreed to exchange cargo data.
The agreement was not published; the auditors were shown it on request.</p>
<h2 style="break-before: page">Findings</h2>
<p>3. By 31 May 2024 the supplier had delivered 220 units of the 1,500 that are foreseen.</p>
"""
REPORT_HEAD = (
    "<title>Audit of cargo screening at the port of Tarn</title>"
    "<meta name='dcterms.created' content='2024-06-18'>"
)
MINUTES = """\
# Attendance

The joint working group met on 12 September 2024 at the headquarters of the Tarn Port Authority.

# Scanners

The Authority reported that 640 scanners had been installed and that staff had been trained to use
them. The Ministry asked for a schedule for the rest.

| Terminal | Installed |
|----------|-----------|
| North    | 400       |
| East     | 240       |
"""


@dataclass(frozen=True)
class Walk:
    """Where the walk led, and what each command said on its way."""

    desk: Path
    variables: dict[str, str]
    commands: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def shell(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.desk,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def environment(home: Path) -> dict[str, str]:
    """A user who has the documents in `~/Downloads` and `sourcebrief` on the path."""
    documents = {
        "readout.html": PAGE.encode(),
        "audit.pdf": pdf(REPORT, REPORT_HEAD),
        "minutes.docx": docx(MINUTES, title="Minutes of the joint working group", lang="en-GB"),
    }
    downloads, programs = home / "Downloads", home / "bin"
    for folder in (downloads, programs):
        folder.mkdir(parents=True)
    for name, data in documents.items():
        (downloads / name).write_bytes(data)
    program = programs / "sourcebrief"
    source, python = shlex.quote(str(PROJECT / "src")), shlex.quote(sys.executable)
    program.write_text(f'#!/bin/sh\nPYTHONPATH={source} exec {python} -m sourcebrief "$@"\n')
    program.chmod(0o755)
    return {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The walk, done once; a command that fails ends it here."""
    folder = tmp_path_factory.mktemp("walk")
    desk = folder / "desk"
    desk.mkdir()
    variables = environment(folder / "home")
    done = Walk(desk, variables)
    printed = ""
    for kind, path, body in STEP.findall(README):
        if kind == "file":
            (desk / path).write_text(body, encoding="utf-8")
        elif kind == "prints":
            done.missing.extend([] if body in printed else [f"{body}\nis not in\n{printed}"])
        else:
            printed = ""
            for command in body.splitlines():
                ran = done.shell(command)
                assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
                printed += ran.stdout
                done.commands[command] = ran.stdout + ran.stderr
    return done


def said(walk: Walk, words: str) -> str:
    (found,) = [output for command, output in walk.commands.items() if words in command]
    return found


def test_it_goes_from_new_to_verify_and_prints_what_the_readme_shows(walk: Walk) -> None:
    verbs = [command.split()[1] for command in walk.commands]
    assert list(dict.fromkeys(verbs)) == [
        *("new", "add", "find", "remove", "check", "build", "email", "verify", "changes"),
    ]
    assert walk.missing == []


def _paragraph_numbers(ranges: list[str]) -> set[int]:
    ends = [(one.split("-")[0], one.split("-")[-1]) for one in ranges]
    return {number for first, last in ends for number in range(int(first), int(last) + 1)}


def test_documents_are_read_without_what_stands_around_them(walk: Walk) -> None:
    seeds = walk.desk / "seeds"
    page = (seeds / "readout.txt").read_text(encoding="utf-8")
    catalogue: Any = load((seeds / "seeds.yaml").read_bytes(), "seeds.yaml").value
    (entry,) = [one for one in catalogue["references"] if one["custom"]["file"] == "readout.txt"]
    aside = _paragraph_numbers(entry["custom"]["ignore"])
    shown = [one.text for one in read_seed(page, aside).paragraphs if not one.ignored]
    assert shown[:2] == ["Minister meets the Port Authority", "5 March 2024"]
    assert not re.search("cookies|ferry|Privacy|Español", " ".join(shown))
    assert "\f" in (seeds / "audit.txt").read_text(encoding="utf-8")
    assert "\n\nNorth 400\n\n" in (seeds / "minutes.txt").read_text(encoding="utf-8")
    assert "not found: URL" in said(walk, "minutes.docx")


def test_what_is_pasted_as_evidence_was_found(walk: Walk) -> None:
    """Nobody has to know more than `find` says."""
    found = "".join(output for command, output in walk.commands.items() if " find " in command)
    name = "briefings/tarn-port/events.yaml"
    events: Any = load((walk.desk / name).read_bytes(), name).value
    quoted = [evidence for event in events["events"] for evidence in event["evidence"]]
    assert len(quoted) == 2
    for evidence in quoted:
        for key, value in evidence.items():
            assert f"{key}: {value}\n" in found


def test_it_ends_with_documents_that_verify_and_a_draft(walk: Walk) -> None:
    assert said(walk, "check") == "1 briefing checked\n"
    assert "tarn-port.pdf: verified by making it again: edition" in said(walk, "verify")
    folder = walk.desk / "briefings/tarn-port"
    draft = email.message_from_bytes((folder / "tarn-port.eml").read_bytes(), policy=policy.default)
    assert draft["To"] == "Ana Ruiz <ana@example.org>"
    (attached,) = draft.iter_attachments()
    assert attached.get_content() == (folder / "tarn-port.pdf").read_bytes()
    assert ": nothing changed.\n" in said(walk, "changes")


def test_a_word_that_is_changed_is_told_as_the_readme_shows(walk: Walk) -> None:
    (told,) = re.findall(r"^(briefings/\S+:\d+:\d+: error: .*\n)```", README, re.MULTILINE)
    path = walk.desk / "briefings/tarn-port/events.yaml"
    before = path.read_text(encoding="utf-8")
    quote = "the Ministry of Transport agreed to exchange"
    assert before.count(quote) == 1
    path.write_text(before.replace(quote, quote.replace("exchange", "share")), encoding="utf-8")
    ran = walk.shell("sourcebrief check")
    path.write_text(before, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (1, f"{told}1 error\n")

"""pandoc: found without importing pypandoc, sandboxed, timed, and nothing of it left behind."""

from __future__ import annotations

import gc
import importlib.util
import os
import stat
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents import pandoc
from sourcebrief.errors import EngineFault, EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path

HTML_TO_PLAIN = ["--from=html", "--to=plain"]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, to see what stays in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def program(folder: Path, script: str) -> Path:
    """Write a stand-in for pandoc's binary."""
    path = folder / "pandoc"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_converts_bytes_to_bytes() -> None:
    assert (
        pandoc.start_pandoc(HTML_TO_PLAIN, "<p>señal</p>".encode()).result() == "señal\n".encode()
    )


def test_tells_its_version_without_importing_pypandoc() -> None:
    assert tuple(map(int, pandoc.version().split("."))) >= pandoc.OLDEST
    program = (
        "import sys; from sourcebrief.documents import pandoc; pandoc.version(); "
        "sys.exit('pypandoc' in sys.modules)"
    )
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env={**os.environ, **paths}, check=True)


def test_works_beside_its_caller() -> None:
    jobs = [pandoc.start_pandoc(HTML_TO_PLAIN, f"<p>{n}</p>".encode()) for n in range(3)]
    assert [job.result() for job in jobs] == [b"0\n", b"1\n", b"2\n"]


def test_large_input_and_output_do_not_block() -> None:
    text = b"word " * 60_000
    job = pandoc.start_pandoc(["--from=html", "--to=plain"], b"<pre>" + text + b"</pre>")
    assert len(job.result()) >= len(text)


def test_files_are_those_it_is_given() -> None:
    filters = {"shout.lua": b"function Str(s) return pandoc.Str(s.text:upper()) end"}
    made = pandoc.start_pandoc(
        [*HTML_TO_PLAIN, "--lua-filter=shout.lua"], b"<p>hi</p>", files=filters
    ).result()
    assert made == b"HI\n"


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_reads_no_other_file_and_no_network(address: str) -> None:
    with pytest.raises(EngineFault, match=r"pandoc: conversion: .*Could not fetch"):
        pandoc.start_pandoc(
            ["--from=html", "--to=docx"], f'<p><img src="{address}">'.encode()
        ).result()


def test_a_warning_is_a_failure_in_pandocs_words() -> None:
    with pytest.raises(EngineFault) as raised:
        pandoc.start_pandoc(["--from=html", "--to=docx"], b'<p><img src="x.png"></p>').result()
    assert "x.png" in str(raised.value)
    assert "Failing because" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_failure_names_what_was_made() -> None:
    with pytest.raises(EngineFault, match=r"^pandoc: the source list: Unknown input format x$"):
        pandoc.start_pandoc(["--from=x"], b"", what="the source list").result()


def test_past_its_time_it_is_ended(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = program(scratch, "echo $$ > pid; cp pid ../pid; exec sleep 60")
    monkeypatch.setattr(pandoc, "binary", lambda: hanging)
    begun = time.monotonic()
    with pytest.raises(EngineFault, match=r"not done within 0\.3 seconds"):
        pandoc.start_pandoc([], b"", time_limit=0.3).result()
    assert time.monotonic() - begun < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int((scratch / "pid").read_text()), 0)
    assert {path.name for path in scratch.iterdir()} == {"pandoc", "pid"}


def test_an_abandoned_job_leaves_no_process_and_no_file(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = program(scratch, "exec sleep 60")
    monkeypatch.setattr(pandoc, "binary", lambda: hanging)
    job = pandoc.start_pandoc([], b"")
    number = job._process.pid
    del job
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert {path.name for path in scratch.iterdir()} == {"pandoc"}


def test_a_crash_is_one_line(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crashing = program(scratch, "kill -SEGV $$")
    monkeypatch.setattr(pandoc, "binary", lambda: crashing)
    with pytest.raises(EngineFault, match="ended by signal 11"):
        pandoc.start_pandoc([], b"").result()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo pandoc 2.17.1", "pandoc 2.17.1 is older than 3.8; run: pip install pypandoc_binary"),
        ("echo nothing of the kind", "does not report its version"),
        ("exit 3", "does not run"),
    ],
)
def test_another_pandoc_is_refused(scratch: Path, script: str, message: str) -> None:
    with pytest.raises(EnvironmentFault, match=message):
        pandoc._version_of(program(scratch, script))


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EnvironmentFault, match="pip install pypandoc_binary"):
        pandoc.binary()


def test_knows_nothing_of_the_home_it_runs_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "pandoc" / "templates"
    folder.mkdir(parents=True)
    (folder / "default.plain").write_text("a stranger's template")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert (
        b"stranger"
        not in pandoc.start_pandoc([*HTML_TO_PLAIN, "--standalone"], b"<p>hi</p>").result()
    )

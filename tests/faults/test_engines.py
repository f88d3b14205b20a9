"""Engines that are missing, hang, crash or are killed: that briefing is named, others are built."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from standins import command, needs_fork, three_briefings, tree

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

pytestmark = needs_fork

# In place of the real pandoc a script, for one briefing or all: its HTML says which.
PANDOC = """
from sourcebrief.documents import pandoc
from sourcebrief.documents import citeproc
program = Path({program!r})
program.write_text({script!r})
program.chmod(0o755)
real, own = pandoc.binary, Path({program!r})
pandoc.TIME_LIMIT = 1.0
def trouble(name):
    if name == "yard":
        pandoc.binary = lambda: own
    else:
        pandoc.binary = real
    arguments = ["--from=html", "--to=plain"]
    pandoc.start_pandoc(arguments, b"<p>x</p>", time_limit=1.0, what="the document").result()
"""

SCRIPTS = {
    "hanging": ("exec sleep 60", "pandoc: the document: not done within 1 seconds; ended"),
    "crashing": ("kill -SEGV $$", "pandoc: the document: ended by signal 11"),
    "failing": ("echo Broken >&2; exit 3", "pandoc: the document: Broken"),
}


def others_are_built(workspace: Workspace, trouble: str, said: str) -> None:
    three_briefings(workspace)
    began = time.monotonic()
    process = command(workspace, trouble, "build", "--jobs", "2")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    first, count, left = err.splitlines()
    assert first == f"briefings/yard/brief.yaml:1:1: error: {said}"
    assert (count, left) == ("1 error", "yard: not built; the earlier documents stay")
    assert "port: built" in out
    assert "zone: built" in out
    assert not [path for path in tree(workspace.root) if path.startswith("briefings/yard/yard.")]
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("fault", SCRIPTS)
def test_pandoc(workspace: Workspace, tmp_path: Path, fault: str) -> None:
    script, said = SCRIPTS[fault]
    trouble = PANDOC.format(program=str(tmp_path / "pandoc"), script=f"#!/bin/sh\n{script}\n")
    others_are_built(workspace, trouble, said)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (
            "import importlib.util; importlib.util.find_spec = lambda name: None",
            "pandoc is missing; run: pip install pypandoc_binary",
        ),
        ("pandoc.OLDEST = (99,)", "is older than 99; run: pip install pypandoc_binary"),
    ],
    ids=["missing", "another version"],
)
def test_a_pandoc_that_cannot_be_used_is_told_for_every_briefing(
    workspace: Workspace, before: str, said: str
) -> None:
    three_briefings(workspace)
    trouble = f"""
    from sourcebrief.documents import pandoc
    module.word_references = word_references
    {before}
    """
    process = command(workspace, trouble, "build")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    lines = err.splitlines()
    assert lines[3] == "3 errors"
    for line, name in zip(lines, ("port", "yard", "zone"), strict=False):
        assert line.startswith(f"briefings/{name}/brief.yaml:1:1: error: pandoc")
        assert line.endswith(said)


RAISING = {
    "an error": ("ValueError('no such box')", "WeasyPrint failed: ValueError: no such box"),
    "a warning": (None, "WeasyPrint: Ignored `foo: bar`"),
    "too little memory": ("MemoryError()", "WeasyPrint ran out of memory"),
}


@pytest.mark.parametrize("fault", RAISING)
def test_weasyprint(workspace: Workspace, fault: str) -> None:
    error, said = RAISING[fault]
    what = f"raise {error}" if error else 'logging.getLogger("weasyprint").warning("%s", words)'
    trouble = f"""
    import logging
    from sourcebrief.documents.pdf.engine.render import raising_faults
    words = "Ignored `foo: bar`"
    def trouble(name):
        if name == "yard":
            with raising_faults():
                {what}
    """
    others_are_built(workspace, trouble, said)


def test_an_exception_that_swallows_the_time_limit_ends_all_the_same(workspace: Workspace) -> None:
    # As code that takes every exception for its own would.
    trouble = """
    make_documents.seconds_allowed = lambda task: 0.5
    signals.GRACE = 0.5
    def trouble(name):
        while name == "yard":
            try:
                time.sleep(60)
            except BaseException:
                pass
    """
    said = "its documents took more than 0.5 s and were given up; look for what makes it large"
    others_are_built(workspace, trouble, said)


def test_what_an_ended_worker_left_goes_with_the_build(
    workspace: Workspace, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    trouble = """
    import tempfile
    def trouble(name):
        tempfile.mkdtemp(prefix="weasyprint-")
        os.kill(os.getpid(), 9)
    """
    environment = {"TMPDIR": str(temporary)}
    process = command(workspace, trouble, "build", environment=environment)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "was ended by the system or crashed" in err
    assert list(temporary.iterdir()) == []

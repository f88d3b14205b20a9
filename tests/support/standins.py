"""The command line in a process of its own, with real workers and stand-ins for the engines.

An output says the brief's title many times over, so that the outputs of two builds differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Workspace

PROJECT = Path(__file__).resolve().parents[2]
KINDS = ("pdf", "docx", "html")

# Workers that are forked inherit what stands in for the engines; the others run the program's file
# as far as RUN.
ENGINES = """
import multiprocessing, os, sys, time
from pathlib import Path
from sourcebrief.build import build_stale, checks, make_documents
from sourcebrief.processes import pool, signals
from sourcebrief.documents import publish as module
from sourcebrief.documents.publish import Edition

def trouble(name): pass

word_references = module.word_references

def publish(manuscript, templates, formats, **_):
    module.word_references(manuscript, templates)
    trouble(manuscript.name)
    title = manuscript.manifest["brief"]["title"]
    files = {
        f"{manuscript.name}.{kind}": f"{kind}: {title}\\n".encode() * 3000 for kind in formats
    }
    return Edition("0123456789ab", files, {f"{manuscript.name}.pdf": 3})

module.publish = publish
module.word_references = lambda *_: {}
make_documents.engines_here = lambda _: ({}, ())
make_documents.load_engines = lambda: None
"""

RUN = """
if __name__ == "__main__":
    from sourcebrief.__main__ import main
    main()
"""

PROGRAMS = tempfile.TemporaryDirectory()

needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="the stand-in needs os.fork")


def start(program: str, *arguments: str, **how: Any) -> subprocess.Popen[str]:
    """Start a program of Python with this checkout; `environment` is added to its own."""
    added = how.pop("environment", {})
    path = Path(PROGRAMS.name, f"{sha256(program.encode()).hexdigest()[:12]}.py")
    # Another one that has just been started may be reading it.
    if not path.exists():
        path.write_text(program, "utf-8")
    return subprocess.Popen(
        [sys.executable, path, *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src"), **added},
        text=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how},
    )


def command(
    workspace: Workspace, trouble: str, *arguments: str, **how: Any
) -> subprocess.Popen[str]:
    """Start the command line; `trouble` may define `trouble(name)`, which runs in a worker."""
    program = ENGINES + textwrap.dedent(trouble) + RUN
    return start(program, "-C", str(workspace.root), *arguments, **how)


def three_briefings(workspace: Workspace) -> None:
    """Give the workspace two more briefings, equal to its own."""
    for name in ("zone", "yard"):
        copytree(workspace.root / "briefings/port", workspace.root / "briefings" / name)


def runs(worker: int) -> bool:
    """Whether a process is there, and not only its exit code that nobody has asked for."""
    try:
        status = Path(f"/proc/{worker}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, but for the lock and the lists of what was built."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name not in ("lock", "lock.holder")
        and path.parent.name != "builds"
    }

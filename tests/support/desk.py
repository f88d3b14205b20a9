"""A folder to call the program in as a CI job or a hook would: by its name, from the shell."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Desk:
    """A git repository of a test's own, and the commands that its user has."""

    root: Path
    environment: dict[str, str] = field(repr=False)

    def shell(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a script as GitHub runs a step with `shell: bash`."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.root,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def run(self, *command: str) -> str:
        """What a command that has to succeed says."""
        done = self.shell(shlex.join(command))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self) -> str:
        """Commit everything; the revision."""
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", "As it is")
        return self.run("git", "rev-parse", "HEAD").strip()

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words that stand once in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")


def set_up(tmp_path: Path) -> Desk:
    """An empty repository in which `sourcebrief` is this checkout."""
    programs, root, home = (tmp_path / name for name in ("bin", "desk", "home"))
    for folder in (programs, root, home):
        folder.mkdir()
    program = programs / "sourcebrief"
    python, source = shlex.quote(sys.executable), shlex.quote(str(PROJECT / "src"))
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={source} exec {python} -m sourcebrief "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    who = {"NAME": "A", "EMAIL": "a@example.org"}
    desk = Desk(
        root,
        {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_AUTHOR_{key}": value for key, value in who.items()},
            **{f"GIT_COMMITTER_{key}": value for key, value in who.items()},
        },
    )
    desk.run("git", "init", "--quiet", "--initial-branch", "main")
    return desk

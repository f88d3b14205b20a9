"""`build --watch`: what wakes it, and that it goes on whatever it meets."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from standins import ENGINES, RUN, needs_fork, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Workspace

WATCHING = "watching; Ctrl-C ends it"


class Watch:
    """A watch under way, read line by line."""

    def __init__(self, root: Path, *arguments: str) -> None:
        words = ("-C", str(root), "build", "--watch", *arguments)
        self.process = start(ENGINES + RUN, *words, stderr=subprocess.STDOUT)
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def end(self) -> None:
        """End it, if it still runs, and read it to its end."""
        self.process.kill()
        self._reader.join()
        self.process.communicate()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def said(self) -> str:
        """What it says until it watches again."""
        lines = []
        while (line := self._lines.get(timeout=30)) != WATCHING:
            lines.append(line)
        return "\n".join(lines)

    def is_silent(self, seconds: float = 1.0) -> bool:
        """Whether nothing happens for a while."""
        try:
            self._lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def watch(workspace: Workspace) -> Iterator[Watch]:
    found = Watch(workspace.root)
    yield found
    found.end()


def replace_as_an_editor_does(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.swp")
    aside.write_text(text, "utf-8")
    aside.replace(path)


@needs_fork
def test_a_watch_builds_again_and_survives_what_editors_do(
    workspace: Workspace, watch: Watch
) -> None:
    brief = workspace.root / "briefings/port/brief.yaml"
    good = brief.read_text("utf-8")
    assert "port: built" in watch.said()
    assert watch.is_silent()  # its own outputs do not wake it

    replace_as_an_editor_does(brief, good.replace("status: draft", "status: final"))
    assert "port: built" in watch.said()

    brief.write_text(good.replace("status: draft", "status: drafted"), "utf-8")
    said = watch.said()
    assert "error: status 'drafted'" in said
    assert "port: not built" in said

    brief.unlink()
    assert "no briefing" in watch.said()
    brief.write_text(good, "utf-8")
    assert "port: built" in watch.said()

    for number in range(20):
        brief.write_text(f"{good}# {number}\n", "utf-8")
    assert "port: built" in watch.said()
    assert watch.is_silent()

    (workspace.root / "briefings/port/port.pdf").unlink()
    assert "port: built" in watch.said()

    (workspace.root / "templates").mkdir()
    (workspace.root / "templates/brief.css").write_text("p { color: black }")
    assert "port: built" in watch.said()

    os.utime(brief)
    assert "port: unchanged" in watch.said()

    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(timeout=20) == 130


@needs_fork
def test_a_watch_ends_with_the_code_of_sigterm(watch: Watch) -> None:
    watch.said()
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(timeout=20) == 143


@needs_fork
def test_a_watch_sees_changes_behind_links_and_by_polling(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = workspace.root / "briefings/port/events.yaml"
    behind = workspace.root / "events.yaml"
    events.rename(behind)
    events.symlink_to(behind)
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    watch = Watch(workspace.root)
    try:
        assert "port: built" in watch.said()
        behind.write_text(behind.read_text("utf-8") + "# more\n", "utf-8")
        assert "port: built" in watch.said()
        brief = workspace.root / "briefings/port/brief.yaml"
        brief.write_text(brief.read_text("utf-8") + "# more\n", "utf-8")
        assert "port: built" in watch.said()
    finally:
        watch.end()


@needs_fork
def test_a_change_while_it_builds_is_not_missed(workspace: Workspace) -> None:
    trouble = (
        "\ndef trouble(name):\n    Path('BRIEF').write_text(Path('BRIEF').read_text() + '#')\n"
    )
    brief = workspace.root / "briefings/port/brief.yaml"
    program = ENGINES + trouble.replace("BRIEF", str(brief)) + RUN
    words = ("-C", str(workspace.root), "build", "--watch")
    process = start(program, *words, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        built = [line for line, _ in zip(process.stdout, range(15), strict=False)]
        assert sum("port: built" in line for line in built) >= 2
    finally:
        process.kill()
        process.communicate()

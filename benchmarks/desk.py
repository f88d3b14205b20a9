"""The desk: from a save of the YAML to the new page, as a browser that listens gets it."""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks import inputs
from benchmarks.inputs import ECUADOR
from benchmarks.processes import ROOT, Failed, environment
from benchmarks.table import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WARM_UP = 3


class Browser:
    """Asks the desk as a browser does: holds its cookie, hears what it says, fetches the page."""

    def __init__(self, address: str) -> None:
        self._home = address.partition("?")[0]
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._opener.open(address, timeout=60).read()
        self._heard = self._opener.open(f"{self._home}events", timeout=120)

    def page(self) -> str:
        return self._opener.open(f"{self._home}page/full", timeout=120).read().decode()

    def found(self, words: str) -> bool:
        """Search the documents; say whether a passage was found."""
        asked = urllib.parse.urlencode({"q": words})
        shown = self._opener.open(f"{self._home}documents?{asked}", timeout=120).read()
        return b'class="hits"' in shown

    def wait_for(self, words: str) -> None:
        """Wait until the desk says that there is a new page, and the page has some words."""
        began = time.monotonic()
        for line in self._heard:
            if time.monotonic() - began > 60:
                break
            if line.startswith(b"data: ") and json.loads(line[6:])["page"] and words in self.page():
                return
        raise Failed(f"the page never had {words!r}")


@contextmanager
def at_the_desk(workspace: Path) -> Iterator[Browser]:
    command = [sys.executable, ROOT / "build.py", "serve", "--no-open", "-C", workspace]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(environment())) as serving:
        assert serving.stdout is not None
        found = re.search(r"http\S+", serving.stdout.readline().decode())
        if found is None:
            raise Failed("the desk did not start")
        try:
            yield Browser(found[0])
        finally:
            serving.send_signal(signal.SIGINT)
            serving.wait(30)


def searches(workspace: Path, words: Sequence[str], count: int) -> list[float]:
    """Search the documents so many times, each time for other words; the seconds of each."""
    took = []
    with at_the_desk(workspace) as browser:
        browser.wait_for("")  # until all is read
        for number in range(count + _WARM_UP):
            began = time.perf_counter()
            if not browser.found(f"{' '.join(words)} {2000 + number}"):
                raise Failed("the desk found no passage")
            took.append(time.perf_counter() - began)
    return took[_WARM_UP:]


def saves(workspace: Path, brief: Path, count: int) -> list[float]:
    """Save a brief with another title so many times; the seconds until each is on the page."""
    text, took = brief.read_text(encoding="utf-8"), []
    with at_the_desk(workspace) as browser:
        for number in range(count + _WARM_UP):
            words = f"(save {number})"
            began = time.perf_counter()
            brief.write_text(inputs.retitled(text, words), encoding="utf-8")
            browser.wait_for(words)
            took.append(time.perf_counter() - began)
            time.sleep(0.3)  # an author does not save without end
    return took[_WARM_UP:]


def edits(workspace: Path, events: Path, count: int) -> list[float]:
    """The same with the title of the first event, so that events are read and proven again."""
    text, took = events.read_text(encoding="utf-8"), []
    with at_the_desk(workspace) as browser:
        for number in range(count + _WARM_UP):
            words = f"(save {number})"
            changed = re.sub(r"(?m)^(    title: [^'\"\n]*?)$", rf"\1 {words}", text, count=1)
            began = time.perf_counter()
            events.write_text(changed, encoding="utf-8")
            browser.wait_for(words)
            took.append(time.perf_counter() - began)
            time.sleep(0.3)
    return took[_WARM_UP:]


def desk(folder: Path, *, many_events: int, repeat: int) -> Iterator[Line]:
    """From a save to the new page, with the events of the Ecuador briefing and with many."""
    small = inputs.ecuador(folder / "ecuador")
    large = inputs.corpus(folder / "large", events=many_events)
    [name] = [path.name for path in (large / "briefings").iterdir()]
    for what, workspace, briefing, target in (
        ("the Ecuador briefing", small, ECUADOR, 0.3),
        (f"{many_events} events", large, name, 1.0),
    ):
        home = workspace / "briefings" / briefing
        for file, measure in (("brief.yaml", saves), ("events.yaml", edits)):
            took = measure(workspace, home / file, repeat)
            yield Line(
                f"serve: from a save of {file} to the new page, {what}",
                f"{statistics.median(took):.2f} s, slowest of {len(took)} {max(took):.2f} s",
                statistics.median(took),
                target,
                "s",
            )

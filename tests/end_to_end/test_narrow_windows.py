"""The web page in a Chromium as narrow as a telephone. Skipped where there is no Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="there is no playwright")
from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
NAME = "ecuador-security-cooperation"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]
BOXES = """selector => [...document.querySelectorAll(selector)].map(one => {
  const box = one.getBoundingClientRect();
  const {left, right, top, bottom} = box;
  return {words: one.textContent, left, right, top, bottom};
})"""


@pytest.fixture(scope="module", params=["", "-short"], ids=["full", "short"])
def page(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    into = tmp_path_factory.mktemp("built")
    command = ["build", NAME, "--format", "html", "--output-dir", str(into), "-C", str(ROOT)]
    subprocess.run([sys.executable, "-m", "sourcebrief", *command], check=True, capture_output=True)
    (built,) = into.rglob(f"{NAME}{request.param}.html")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(built.as_uri())
        yield page
        browser.close()


def test_every_label_of_the_figure_is_whole_in_view_and_apart_from_the_others(page: Page) -> None:
    texts = page.evaluate(BOXES, ".narrow .mark text")
    (frame,) = page.evaluate(BOXES, ".narrow svg")
    assert len(texts) > 26
    for one in (*texts, *page.evaluate(BOXES, ".narrow .mark path")):
        assert frame["left"] <= one["left"] <= one["right"] <= frame["right"]
        assert frame["top"] <= one["top"] <= one["bottom"] <= frame["bottom"]
    assert 0 <= frame["left"] <= frame["right"] <= 360
    assert not any(one["words"].endswith("…") for one in texts)
    for one, other in combinations(texts, 2):
        # The boxes of letters include their line's room above and below.
        apart = one["bottom"] - 4 <= other["top"] or other["bottom"] - 4 <= one["top"]
        assert apart or one["right"] <= other["left"] or other["right"] <= one["left"], (one, other)


def test_the_contents_bar_shows_that_it_goes_on_and_its_last_entry_is_reached(page: Page) -> None:
    bar = page.locator(".contents ul")
    assert "gradient" in bar.evaluate("bar => getComputedStyle(bar).maskImage")
    assert bar.evaluate("bar => bar.scrollWidth > bar.clientWidth")
    bar.evaluate("bar => { bar.scrollLeft = bar.scrollWidth }")
    last = page.locator(".contents li").last.evaluate("one => one.getBoundingClientRect().right")
    # The fade is 3 rem wide.
    assert last <= bar.evaluate("bar => bar.getBoundingClientRect().right") - 48


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

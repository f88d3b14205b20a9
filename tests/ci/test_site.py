"""The manual as a site: every page is in it, every link leads somewhere, nothing is fetched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

pytestmark = pytest.mark.slow
pytest.importorskip("mkdocs", reason="the extra `site` is not installed")
pytest.importorskip("pypdfium2", reason="what draws the pictures is not installed")

ROOT = Path(__file__).resolve().parents[2]
_FETCHING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_of_the_manual_is_a_page_of_the_site(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages | {"index", "404"} == {path.stem for path in site.glob("*.html")}


def test_the_readme_is_the_first_page_and_its_links_stay_inside(site: Path) -> None:
    first = (site / "index.html").read_text("utf-8")
    assert "A brief that proves itself." in first
    assert 'href="evidence.html#what-is-checked-and-what-is-not"' in first
    assert 'src="first-page.png"' in first


def test_a_link_out_of_the_manual_becomes_its_words(site: Path) -> None:
    page = (site / "security.html").read_text("utf-8")
    assert "<code>tests/security/test_promises.py</code>" in page
    assert "../tests" not in page


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    for path in site.glob("*.html"):
        page = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for tag, attribute in _FETCHING.items():
            for element in page.iter(tag):
                target = element.get(attribute) or ""
                canonical = element.get("rel") in ("canonical", "next", "prev")
                assert canonical or not re.match(r"(https?:)?//", target), (path.name, target)


def test_no_script_of_the_repository_is_published(site: Path) -> None:
    assert list(site.rglob("*.py")) == []


def test_the_gallery_shows_pages_of_what_was_built(site: Path) -> None:
    pictures = {path.name for path in (site / "pictures").glob("*.png")}
    assert {"orla-mill-1.png", "ferry-invoices-2.png"} <= pictures
    page = (site / "gallery.html").read_text("utf-8")
    assert set(re.findall(r'src="pictures/([\w.-]+)"', page)) == pictures
    assert (site / "gallery/briefings/orla-mill/brief.yaml").exists()

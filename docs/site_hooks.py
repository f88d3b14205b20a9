"""What mkdocs does besides: the README is the first page, and links stay inside the site.

A link to a file of the repository that is no page becomes its words, because the repository has no
public address yet.
"""

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

# mkdocs loads this file by its path, so that its neighbour has to be found.
sys.path.append(str(Path(__file__).parent))
import site_pictures

_ROOT = Path(__file__).resolve().parents[1]
_FENCED = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:`[^`\n]*`|[^\]`])*)\]\((?!\w+:|#)(?P<target>[^)\s]+)\)"
    r"|(?P<code>`[^`\n]*`)"
)


def on_files(files: Files, config: Any) -> Files:
    """Add the README as the first page, and the pictures of the gallery."""
    text = (_ROOT / "README.md").read_text(encoding="utf-8")
    files.append(File.generated(config, "index.md", content=_within(text, _ROOT)))
    gallery = (_ROOT / "docs/gallery.md").read_text(encoding="utf-8")
    for name, picture in site_pictures.pictures(gallery, site_pictures.build_documents()):
        files.append(File.generated(config, name, content=picture))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Take links out that lead outside the site."""
    if page.file.src_uri == "index.md":
        return markdown
    return site_pictures.with_pictures(_within(markdown, _ROOT / "docs"))


def _within(text: str, folder: Path) -> str:
    """Return a page with its links as they lead from `docs/`."""

    def link(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        words = found["words"]
        path, mark, anchor = found["target"].partition("#")
        there = (folder / path).resolve()
        if there == _ROOT / "README.md":
            return f"[{words}](index.md{mark}{anchor})"
        if not there.is_relative_to(_ROOT / "docs") or there.is_dir():
            return words
        within = there.relative_to(_ROOT / "docs").as_posix()
        return f"{found['picture']}[{words}]({within}{mark}{anchor})"

    # What stands in code is no link.
    parts = _FENCED.split(text)
    return "".join(one if number % 2 else _LINK.sub(link, one) for number, one in enumerate(parts))

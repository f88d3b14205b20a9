"""Pages of real documents as pictures for the site: briefings are built, and their pages drawn.

The workspaces are copied into build/gallery/, so that what other builds remember stays as it is.
"""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build/gallery"
WORKSPACES = {"policy": ROOT, "gallery": ROOT / "docs/gallery"}
MARK = re.compile(r"<!-- pictures: ([\w-]+) ([\d ]+) -->")
_SCALE = 1.6


def build_documents() -> dict[str, Path]:
    """Build every briefing of the gallery; the PDF of each by its name."""
    found: dict[str, Path] = {}
    for name, workspace in WORKSPACES.items():
        copy = FOLDER / name
        for part in ("seeds", "briefings"):
            wanted = shutil.ignore_patterns("*.pdf", "*.docx", "*.html", "*.json", "*.sha256*")
            shutil.copytree(workspace / part, copy / part, dirs_exist_ok=True, ignore=wanted)
        command = ["-m", "sourcebrief", "-C", str(copy), "build", "--strict", "--format", "pdf"]
        command = [sys.executable, *command, "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - words of this file
        found |= {path.stem: path for path in copy.glob("briefings/*/*.pdf")}
    return found


def pictures(text: str, documents: dict[str, Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages that the marks of a text ask for, as PNG by the name of their file."""
    for name, numbers in MARK.findall(text):
        document = pypdfium2.PdfDocument(documents[name])
        for number in map(int, numbers.split()):
            written = io.BytesIO()
            document[number - 1].render(scale=_SCALE).to_pil().save(written, "PNG")
            yield f"pictures/{name}-{number}.png", written.getvalue()
        document.close()


def with_pictures(text: str) -> str:
    """Put the pictures in the place of the marks."""

    def shown(found: re.Match[str]) -> str:
        return " ".join(
            f"![Page {number} of the brief]({f'pictures/{found[1]}-{number}.png'})"
            '{ width="48%" loading="lazy" }'
            for number in found[2].split()
        )

    return MARK.sub(shown, text)

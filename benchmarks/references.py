"""What ours is held against: the engines alone, on the very page that we hand them.

`Page` puts the HTML of `--keep-html` beside what it names (style sheets, font files), so that each
reference reads plain files, with no fetcher of ours.

floor  a bare process that imports WeasyPrint and writes the PDF: same HTML, style sheets, fonts,
       variant and tags; no attachment, no mended structure, no check
shell  `pandoc --pdf-engine=weasyprint`, then `pandoc -o x.docx`, on the same HTML and style sheets
typst  the `typst` package of PyPI on a table of the same events, where it is installed
"""

from __future__ import annotations

import html
import importlib.util
import os
import re
import shutil
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.processes import HERE, ROOT, Failed, Run, ours, run, run_python

if TYPE_CHECKING:
    from collections.abc import Sequence

_FONTS = "fonts.css"


@dataclass(frozen=True, slots=True)
class Page:
    """A kept HTML in a folder of its own, with all that it names beside it."""

    folder: Path
    style_sheets: tuple[str, ...]

    def floor(self) -> Run:
        """Write the PDF by WeasyPrint alone."""
        (self.folder / "floor.pdf").unlink(missing_ok=True)
        return run_python(HERE / "floor.py", ["page.html", "floor.pdf"], self.folder)

    def shell(self) -> Run:
        """Write the PDF and the DOCX by pandoc, one after the other."""
        sheets = [f"--css={sheet}" for sheet in self.style_sheets]
        engine = Path(sys.executable).parent / "weasyprint"
        write = run(
            [_pandoc(), "page.html", "-s", *sheets, f"--pdf-engine={engine}", "-o", "shell.pdf"],
            self.folder,
        )
        docx = run([_pandoc(), "page.html", "-o", "shell.docx"], self.folder)
        return Run(write.seconds + docx.seconds, 0, write.output + docx.output)

    def typst(self) -> Run:
        """Write a PDF of the table's text by Typst; `Failed` where it is not installed."""
        if not has_typst():
            raise Failed("typst is not installed: pip install .[bench]")
        source = self.folder / "table.typ"
        if not source.exists():
            reader = _Rows()
            reader.feed((self.folder / "page.html").read_text(encoding="utf-8"))
            source.write_text(_typst(reader.rows), encoding="utf-8")
        return run_python(HERE / "typeset.py", ["table.typ", "typst.pdf"], self.folder)


def page(workspace: Path, briefing: str, folder: Path) -> Page:
    """Build a briefing with `--keep-html` and lay its page out for the references."""
    ours(["build", briefing, "--format", "pdf", "--keep-html", "--output-dir", folder], workspace)
    kept = folder / briefing / f"{briefing}.source.html"
    text = kept.read_text(encoding="utf-8")
    style_sheets = [_FONTS]
    for name in re.findall(r'<link rel="stylesheet" href="([^"]+)"', text):
        shutil.copy(ROOT / "templates" / name, folder / name)
        style_sheets.append(name)
    (folder / _FONTS).write_text(_font_faces(folder), encoding="utf-8")
    # First, as in a build: what the page's own sheets say comes after it.
    link = f'<link rel="stylesheet" href="{_FONTS}">\n'
    (folder / "page.html").write_text(text.replace("<link", f"{link}<link", 1), encoding="utf-8")
    return Page(folder, tuple(style_sheets))


def _font_faces(folder: Path) -> str:
    """Copy the fonts into the folder; return the rules that a build adds to the style sheets."""
    sys.path.insert(0, str(ROOT / "src"))
    from sourcebrief.documents import fonts
    from sourcebrief.documents.pdf.engine.render import ADDED_RULES

    css = fonts.font_faces_css() + "\n" + ADDED_RULES
    for face in fonts.faces():
        name, path = face.address.removeprefix(fonts.FONT_SCHEME), face.path
        shutil.copy(path, folder / name)
        css = css.replace(face.address, name)
    return css


def _pandoc() -> Path:
    spec = importlib.util.find_spec("pypandoc")
    if spec is None or not spec.origin:
        raise Failed("pypandoc_binary is not installed")
    return Path(spec.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")


def has_typst() -> bool:
    """Whether the reference Typst can be run."""
    return importlib.util.find_spec("typst") is not None


class _Rows(HTMLParser):
    """Reads the text of the cells of the chronology; a footnote goes where Typst has it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self._notes: list[int] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table" and "chronology" in (given.get("class") or ""):
            self._inside = True
        if not self._inside:
            return
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
        elif tag == "span":
            self._depth += 1
            if "note" in (given.get("class") or "").split():
                self._notes.append(self._depth)
                self._add("#footnote[", escape=False)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._inside = False
        elif self._inside and tag == "span":
            if self._notes and self._notes[-1] == self._depth:
                self._notes.pop()
                self._add("]", escape=False)
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._add(data, escape=True)

    def _add(self, text: str, *, escape: bool) -> None:
        if self.rows and self.rows[-1]:
            if escape:
                text = re.sub(r"([\\#$*_`<>@\[\]~=/\-+'\"])", r"\\\1", html.unescape(text))
            self.rows[-1][-1] += text


def _typst(rows: Sequence[Sequence[str]]) -> str:
    columns = max(map(len, rows))
    body = []
    for cells in rows:
        if len(cells) == 1:  # the head of a year spans the table
            body.append(f"table.cell(colspan: {columns})[{cells[0]}],")
        else:
            body.append(" ".join(f"[{cell}]," for cell in cells))
    widths = "4fr, 14fr, 11fr, 45fr, 16fr, 10fr" if columns == 6 else f"(1fr,) * {columns}"
    return (
        '#set page(paper: "a4", margin: 16mm)\n#set text(size: 8pt, lang: "en")\n'
        f"#table(columns: ({widths}),\n" + "\n".join(body) + "\n)\n"
    )


__all__ = ["Page", "has_typst", "page"]

"""Print Word documents with LibreOffice, and hold what it prints against the web edition.

    python tests/validators/libreoffice.py FOLDER

takes each FOLDER/NAME/NAME.docx and NAME.html. The tagged PDF that LibreOffice exports says what it
took for headings, rows, notes and pictures; its pages say whether anything is cut off or blank, or
takes more pages than NAME.pdf allows.
Prints a line per document and under it what is wrong. Exit: 0 nothing, 1 something, 2 LibreOffice
is not here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
from lxml import html

from sourcebrief.documents.direction import has_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPORT = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
NOT_IN_WORD = "ancestor-or-self::*[contains(@class, 'screen-only') or @hidden]"
LEAST_INK = 0.002
"""Share of a page, heads and feet apart, that is not white where something is printed on it."""
MOST_PAGES = 1.3
"""Pages for one of the PDF."""
SHORT_PAGES = 2


def bare(text: str) -> str:
    """A text without what line breaking may add or take: white space, hyphens, ligatures."""
    return re.sub(r"[\s\u00ad\u200b\u2060\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))


def convert(documents: list[Path], into: Path) -> None:
    # A profile of its own: a running LibreOffice of the user's would take the work over.
    profile = (into / "profile").as_uri()
    office = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    done = subprocess.run(
        [*office, "--convert-to", EXPORT, "--outdir", str(into), *map(str, documents)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    missing = [each.stem for each in documents if not (into / f"{each.stem}.pdf").exists()]
    if missing:
        raise SystemExit(f"LibreOffice converts nothing of {', '.join(missing)}: {done.stderr}")


def elements(node: Any) -> Iterator[Any]:
    """Yield the elements of a structure tree in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def text_of_pages(pdf: Path) -> list[str]:
    told = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return told.stdout.split("\f")[:-1]


def ink(pdf: Path) -> list[float]:
    """The share of each page's middle that is not white."""
    run = ["pdftoppm", "-r", "20", "-gray", str(pdf)]
    data = subprocess.run(run, capture_output=True, check=True).stdout
    shares = []
    while data:
        _, size, _, data = data.split(b"\n", 3)
        wide, high = map(int, size.split())
        drawn, data = data[: wide * high], data[wide * high :]
        middle = drawn[wide * (high // 10) : wide * (high - high // 10)]
        shares.append(sum(byte < 200 for byte in middle) / len(middle))
    return shares


def beyond(pdf: Path, margin: float) -> list[str]:
    """Words that reach into the margins, which are at least `margin` points wide."""
    told = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    wide, found = 0.0, []
    for line in told.splitlines():
        if page := re.search(r'<page width="([\d.]+)"', line):
            wide = float(page[1])
        elif word := re.search(r'xMin="(-?[\d.]+)".* xMax="([\d.]+)".*>(.*)</word>', line):
            left, right = float(word[1]), float(word[2])
            if left < margin - 1 or right > wide - margin + 1:
                found.append(word[3])
    return found


def compare(document: Path, page: Path, pdf: Path) -> Iterator[str]:
    """Yield what LibreOffice printed otherwise than the web edition has it."""
    root = html.document_fromstring(page.read_bytes())
    with pikepdf.open(pdf) as file:
        roles = Counter(str(each.S).strip("/") for each in elements(file.Root.StructTreeRoot.K))
        # The frame that LibreOffice puts around a picture is a Figure too, and says nothing.
        pictures = [
            str(each.Alt)
            for each in elements(file.Root.StructTreeRoot.K)
            if each.S == "/Figure" and "/Alt" in each
        ]
    pages = text_of_pages(pdf)
    whole = bare("".join(pages))

    def shown(path: str) -> list[Any]:
        return [each for each in root.xpath(path) if not each.xpath(NOT_IN_WORD)]

    expected = {
        "H1": len(shown("//h2[not(ancestor::section[@id='notes'])]")),
        "H2": len(shown("//h3")),
        "Table": len(shown("//table")),
        "TR": len(shown("//tr")),
        "Note": len(root.xpath("//section[@id='notes']//li")),
    }
    for role, count in expected.items():
        if roles[role] != count:
            yield f"{roles[role]} elements {role}, and the web edition has {count}"
    if len(pictures) != len(shown("//figure//svg")):
        yield f"{len(pictures)} pictures, and the web edition has {len(shown('//figure//svg'))}"
    for heading in shown("//h2[not(ancestor::section[@id='notes'])] | //h3"):
        # In whichever case: a style may print capitals.
        if bare(heading.text_content()).casefold() not in whole.casefold():
            yield f"the heading {heading.text_content()!r} is not printed"
    word = docx.Document(str(document))
    for table in word.tables:
        for row in table.rows:
            for cell in row._tr.tc_lst:
                text = bare("".join(t.text or "" for t in cell.iter(docx.oxml.ns.qn("w:t"))))
                # What is written from right to left comes out of a PDF in another order.
                if has_right_to_left(text):
                    continue
                if without_calls(text) not in without_calls(whole):
                    yield f"a cell is cut off: {text[:60]}"
    for number, share in enumerate(ink(pdf), 1):
        if share < LEAST_INK:
            yield f"page {number} is blank"
    if (ours := document.with_suffix(".pdf")).exists():
        with pikepdf.open(ours) as file:
            most = int(MOST_PAGES * len(file.pages) + 0.999)
        most = SHORT_PAGES if document.stem.endswith("-short") else most
        if len(pages) > most:
            yield f"{len(pages)} pages, and the PDF allows {most}"
    section = word.sections[0]
    margin = min(section.left_margin.pt, section.right_margin.pt)
    for text in beyond(pdf, margin)[:3]:
        yield f"{text!r} stands in the margin"
    running = "".join(root.xpath("//body/@data-title"))
    for number, text in enumerate(pages, 1):
        if not re.search(rf"\b{number} (of|de) {len(pages)}\b", text):
            yield f"page {number} has no number"
        if number > 1 and bare(running) not in bare(text):
            yield f"page {number} has no running title"


def without_calls(text: str) -> str:
    """A text without digits: the numbers of notes stand within a cell's words when printed."""
    return re.sub(r"\d", "", text)


def main() -> None:
    needed = ("soffice", "pdftotext", "pdftoppm")
    if missing := [name for name in needed if shutil.which(name) is None]:
        print(f"libreoffice.py: {', '.join(missing)} missing", file=sys.stderr)
        raise SystemExit(2)
    documents = sorted(Path(sys.argv[1]).glob("*/*.docx"))
    if not documents:
        raise SystemExit(f"libreoffice.py: no Word documents in {sys.argv[1]}")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        convert(documents, into)
        for document in documents:
            wrong = list(
                compare(document, document.with_suffix(".html"), into / f"{document.stem}.pdf")
            )
            print(f"{document}\t{'FAIL' if wrong else 'PASS'}")
            for each in wrong[:20]:
                print(f"    {each}")
            failed = failed or bool(wrong)
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()

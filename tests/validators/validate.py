"""Run every validator over a folder of documents, and fail where one finds fault or is missing.

    NODE_MODULES=FOLDER python tests/validators/validate.py DOCUMENTS

DOCUMENTS is what briefings.py leaves: NAME/NAME.pdf, .docx, .html and .source.html. FOLDER holds
what package.json beside this file names, as `npm install` leaves it. Prints a line per validator
and, under it, what it found. Exit: 0 nothing, 1 something, 2 a validator is missing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent
MODULES = Path(os.environ.get("NODE_MODULES", "node_modules")).resolve()
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
OOXML = MODULES / ".bin" / "ooxml-validator"

OUTLOUD_ASIDE = {
    # It holds that a table has more data cells than header cells; one of a single row cannot.
    ("single", "TBL-010"),
    # It knows a running head or foot by its return on other pages. One page has none to return on,
    # and of two pages the head, which repeats the title, stands on the second alone.
    ("single", "TAG-002"),
    ("ecuador-security-cooperation-short", "TAG-002"),
    # It takes the entry that begins a page for a running head, where its number is the page's or
    # those of three pages read alike, as numbered sentences do.
    ("long", "PAG-001"),
    # A widget without area is on no page (veraPDF agrees), and so needs no place in the structure.
    ("sealed", "FRM-003"),
    # WeasyPrint gives the second glyph of a Devanagari syllable no character (veraPDF passes it).
    ("scripts", "TXT-003"),
}
PAGE_VALIDATION_ASIDE = {
    ("sealed", "PDFUA1-WIDGET-FORM-TAG-001"),  # as FRM-003
    ("scripts", "PDFUA1-FONT-UNICODE-MAPPING-001"),  # as TXT-003
}
NU_ASIDE = re.compile(
    # It reads no hashes in a policy of the page; pages.mjs sees what a browser makes of them.
    r"violates Content Security Policy \(meta tag\)"
    # The kept source is WeasyPrint's, and this is CSS for paged media.
    r"|\.source\.html.*“string\(of\)” is not a “content” value"
)


class MissingError(Exception):
    """A validator is not here."""


def told(command: list[str], **environment: str) -> tuple[int, list[str]]:
    """Run a validator; return its exit code and the lines that it prints."""
    if shutil.which(command[0]) is None:
        raise MissingError(f"{command[0]} is missing")
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def faults(command: list[str], **environment: str) -> list[str]:
    """Run a validator whose exit code says whether it is content; return what it says if not."""
    code, lines = told(command, **environment)
    if code == 2 and command[0] in ("bash", "node", sys.executable):
        raise MissingError(" ".join(lines[-1:]))
    return (lines or [f"{command[0]}: exit {code}"]) if code else []


def qpdf(files: list[Path]) -> Iterator[str]:
    for file in files:
        yield from faults(["qpdf", "--check", str(file)])


def verapdf(files: list[Path]) -> list[str]:
    script = str(HERE / "verapdf.sh")
    return faults(["bash", script, "ua1,3a", *map(str, files)], PYTHON=sys.executable)


def page_validation(files: list[Path]) -> Iterator[str]:
    import page

    for file in files:
        for failure in page.validate_pdf(str(file), profile="ua1").failures:
            if (file.stem, failure.rule_id) not in PAGE_VALIDATION_ASIDE:
                yield f"{file}: {failure.rule_id}"


def outloud(files: list[Path]) -> Iterator[str]:
    for file in files:
        _, lines = told([sys.executable, "-m", "outloud.cli", "--fail-on", "warning", str(file)])
        if not any(line.split()[1:2] == [f"{file.name}:"] for line in lines):
            yield f"{file}: no verdict: {' '.join(lines)}"
        for line in lines:
            found = re.match(r"\s*(ERROR|WARNING)\s+([A-Z]+-\d+)\b", line)
            if found and (file.stem, found[2]) not in OUTLOUD_ASIDE:
                yield f"{file}: {line.strip()}"


def open_xml_sdk(files: list[Path]) -> Iterator[str]:
    for file in files:
        _, lines = told([str(OOXML), str(file)])
        verdict = json.loads("\n".join(lines))
        if not verdict["ok"] or verdict["errors"]:
            yield f"{file}: {verdict['errors']}"


def openxml_audit(files: list[Path]) -> Iterator[str]:
    from openxml_audit import OpenXmlValidator

    for file in files:
        for error in OpenXmlValidator(max_errors=0).validate(file).errors:
            yield f"{file}: {error}"


def libreoffice(files: list[Path]) -> list[str]:
    return faults([sys.executable, str(HERE / "libreoffice.py"), str(files[0].parents[1])])


def nu_html_checker(files: list[Path]) -> Iterator[str]:
    if not VNU.exists():
        raise MissingError(f"{VNU} is missing")
    code, lines = told(["java", "-jar", str(VNU), "--format", "gnu", *map(str, files)])
    if code not in (0, 1) or any("Exception" in line for line in lines):
        yield from lines
    for line in lines:
        if line and not NU_ASIDE.search(line):
            yield line


def chromium(files: list[Path]) -> list[str]:
    return faults(
        ["node", str(HERE / "pages.mjs"), *map(str, files)], NODE_MODULES=str(MODULES.parent)
    )


WEB = "*/?*.html"


def by_reading(files: list[Path]) -> list[str]:
    """Each is verified by its words alone, as if no engine could make it again."""
    verify = [sys.executable, "-m", "sourcebrief", "verify", "--no-rebuild", "--quiet"]
    return faults([*verify, *map(str, files)])


def saved_by_libreoffice(files: list[Path]) -> list[str]:
    """Each verifies after a plain save, by its words alone."""
    with TemporaryDirectory() as folder:
        save = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        told([*save, "--convert-to", "docx", "--outdir", folder, *map(str, files)])
        saved = sorted(Path(folder).glob("*.docx"))
        if len(saved) < len(files):
            return [f"LibreOffice saved {len(saved)} of {len(files)} files"]
        return by_reading(saved)


VALIDATORS: dict[str, tuple[str, Callable[[list[Path]], Iterator[str] | list[str]]]] = {
    "qpdf": ("*/*.pdf", qpdf),
    "veraPDF, PDF/UA-1 and PDF/A-3a": ("*/*.pdf", verapdf),
    "page-validation, PDF/UA-1": ("*/*.pdf", page_validation),
    "outloud": ("*/*.pdf", outloud),
    "Open XML SDK": ("*/*.docx", open_xml_sdk),
    "openxml-audit": ("*/*.docx", openxml_audit),
    "LibreOffice against the web edition": ("*/*.docx", libreoffice),
    "our own reading, PDF": ("*/*.pdf", by_reading),
    "our own reading, Word": ("*/*.docx", by_reading),
    "our own reading, web": (WEB, by_reading),
    "our own reading, saved by LibreOffice": ("*/*.docx", saved_by_libreoffice),
    "Nu HTML checker": ("*/*.html", nu_html_checker),
    "axe, reflow and requests in Chromium": (WEB, chromium),
}


def main() -> None:
    folder = Path(sys.argv[1])
    failed = missing = False
    for name, (pattern, validator) in VALIDATORS.items():
        files = sorted(folder.glob(pattern))
        if pattern == WEB:
            # The kept source wants style sheets that are not beside it.
            files = [file for file in files if not file.name.endswith(".source.html")]
        if not files:
            raise SystemExit(f"validate.py: no {pattern} in {folder}")
        began = time.monotonic()
        try:
            found = list(validator(files))
        except (MissingError, ModuleNotFoundError) as error:
            missing = True
            print(f"MISSING {name}: {error}", flush=True)
            continue
        verdict = "FAIL" if found else "PASS"
        seconds = time.monotonic() - began
        print(f"{verdict} {name}: {len(files)} files, {seconds:.0f} s", flush=True)
        for line in found[:60]:
            print(f"    {line}")
        failed = failed or bool(found)
    raise SystemExit(2 if missing else 1 if failed else 0)


if __name__ == "__main__":
    main()

"""Recognising the text of a scan: OCRmyPDF does it, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.errors import EnvironmentFault
from sourcebrief.processes.signals import kill_group
from sourcebrief.text.phrases import shorten

_TIME_LIMIT: Final = 1800.0
"""Seconds: some pages take ten."""
_MISSING: Final = 3
"""How OCRmyPDF ends where a program or Tesseract's data of a language is missing."""
_TABLE: Final = """
ar ara bg bul bn ben cs ces da dan de deu el ell en eng es spa fa fas fi fin fr fra he heb hi hin
hu hun id ind it ita ja jpn km khm ko kor nl nld pl pol pt por ro ron ru rus sr srp sv swe sw swa
ta tam te tel th tha tr tur uk ukr ur urd vi vie zh chi_sim
"""
_TESSERACT_NAMES: Final = dict(re.findall(r"(\S+) (\S+)", _TABLE))
"""Tesseract's names of languages, by BCP 47's."""


def missing_program() -> str | None:
    """Say what to install before `recognise` works; None where it does."""
    if shutil.which("ocrmypdf"):
        return None
    return "install ocrmypdf, as: apt install ocrmypdf tesseract-ocr-LANGUAGE"


def recognise(data: bytes, language: str | None) -> bytes:
    """Return a PDF with a layer of recognised text.

    Raises EnvironmentFault where OCRmyPDF is not installed, UnreadableDocument where it fails.
    """
    if missing := missing_program():
        raise EnvironmentFault(f"to recognise text, the program ocrmypdf is missing; {missing}")
    primary = (language or "en").split("-")[0].lower()
    name = _TESSERACT_NAMES.get(primary, primary)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        arguments = ["--skip-text", "--output-type", "pdf", "--quiet", "-l", name]
        arguments += [str(source), str(target)]
        process = subprocess.Popen(  # noqa: S603 - a program the user installed, no shell
            ["ocrmypdf", *arguments],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            _, errors = process.communicate(timeout=_TIME_LIMIT)
        except subprocess.TimeoutExpired:
            raise UnreadableDocument("recognising its text took too long; divide it") from None
        finally:
            if process.returncode is None:
                kill_group(process)
        if process.returncode or not target.exists():
            reason = shorten(errors.decode("utf-8", "replace"), 200) or "it gave no reason"
            if process.returncode == _MISSING:
                package = f"tesseract-ocr-{name.replace('_', '-')}"
                reason = f"{reason}; install what is missing, as: apt install {package}"
            raise UnreadableDocument(f"ocrmypdf could not recognise its text: {reason}")
        return target.read_bytes()

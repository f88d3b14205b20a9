"""A brief in each language: labels, dates, quotation marks and hyphens in all documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pyphen
import pytest
from lxml import html

import bilingual
from sourcebrief import cli

if TYPE_CHECKING:
    from pathlib import Path

# Of a language: what the mark of a translation, the date and the quoted words become.
PRINTED = {
    "fr": ("« El Ministerio enviará 3.500 escáneres »", "12 mars 2024", "traduction automatique"),
    "de-AT": ("„El Ministerio enviará 3.500 escáneres“", "12. März 2024",
              "maschinelle Übersetzung"),
    "pt-BR": ("“El Ministerio enviará 3.500 escáneres”", "12 de março de 2024",
              "tradução automática"),
    "it": ("«El Ministerio enviará 3.500 escáneres»", "12 marzo 2024", "traduzione automatica"),
}  # fmt: skip
ENGLISH = re.compile(r"\b(our translation|date inferred|Bottom line|Sources? |Evidence|Table \d)")


@pytest.mark.parametrize("language", PRINTED)
def test_a_brief_builds_and_verifies_in_its_language(tmp_path: Path, language: str) -> None:
    root = bilingual.write(tmp_path)
    bilingual.edit(root, bilingual.BRIEF_FILE, "language: en-GB", f"language: {language}")
    bilingual.edit(root, bilingual.EVENT_LIST, ", seed: readout}", ", by: machine}")
    bilingual.edit(root, bilingual.BRIEF_FILE, "layouts: [full, short]\n", "")
    assert cli.run(["-C", str(root), "build"]) == 0
    folder = root / "briefings" / "pact"
    page: Any = html.fromstring((folder / "pact.html").read_bytes())
    (body,) = page.iter("body")
    words = " ".join(" ".join(body.itertext()).replace("\u00ad", "").split())
    for printed in PRINTED[language]:
        assert printed in words
    assert page.get("lang") == language
    if language != "fr":  # "Sources" is French too
        assert not ENGLISH.search(words)
    with pikepdf.open(folder / "pact.pdf") as pdf:
        assert pdf.Root.Lang == language
    assert pyphen.language_fallback(language)
    assert cli.run(["verify", str(folder / "pact.pdf")]) == 0

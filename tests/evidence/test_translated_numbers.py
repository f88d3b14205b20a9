"""A number or a date in a translation that the original lacks is a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bilingual
from checking import check
from sourcebrief.evidence.translated_numbers import unfounded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "original", "of", "lacking"),
    [
        ("5,000 boxes", "5.000 cajas", "es", []),
        ("5,000 boxes", "5 000 cajas", "es", []),
        ("five thousand boxes", "5.000 cajas", "es", []),
        ("5,000 boxes", "cinco mil cajas", "es", []),
        ("500 boxes", "5.000 cajas", "es", ["500"]),
        ("50,000 boxes", "cinco mil cajas", "es", ["50,000"]),
        ("fifteen boxes", "cinco cajas", "es", ["fifteen"]),
        ("Both sides, and the two ministers", "Las dos partes", "es", []),
        ("2.5 million euros", "2,5 Mio. Euro", "de", []),
        ("22 ships", "zweiundzwanzig Schiffe", "de", []),
        ("23 ships", "zweiundzwanzig Schiffe", "de", ["23"]),
        ("5,000 boxes", "пять тысяч контейнеров", "ru", []),
        ("5,000 boxes", "خمسة آلاف حاوية", "ar", []),
        ("5,000 boxes", "٥٬٠٠٠ حاوية", "ar", []),
        ("the two ministers", "الوزيران", "ar", []),
        ("the three ministers", "الوزيران", "ar", ["three"]),
        ("35,000 people", "3万5千人", "ja", []),
        ("the two sides", "双方", "zh", []),
        ("the two countries", "両国", "ja", []),
        ("36,000 people", "3万5千人", "ja", ["36,000"]),
        ("three ships", "meli tatu", "sw", []),  # it has no list of number words
        ("300 ships", "meli 30", "sw", ["300"]),
        ("at 4 p.m.", "à 16h00", "fr", []),
        ("at 4:30 pm", "um 16.30 Uhr", "de", []),
        ("at 16:00", "a las 4 de la tarde", "es", []),
        ("at 4 p.m.", "alle ore 16", "it", []),
        ("at 4:30 p.m.", "16時30分", "ja", []),
        ("at 4 p.m.", "à 15h00", "fr", ["4"]),
        ("at 4 a.m.", "à 16h00", "fr", ["4"]),
        ("the 1990s", "los años noventa", "es", []),
        ("the 1990s", "die neunziger Jahre", "de", []),
        ("the 1990s", "90-е годы", "ru", []),
        ("the 1990s", "los años ochenta", "es", ["1990s"]),
        ("the 21st century", "el siglo XXI", "es", []),
        ("the 21st century", "el siglo XX", "es", ["21"]),
        ("two dozen ships", "dos docenas de barcos", "es", []),
        ("about 50 ships", "une cinquantaine de navires", "fr", []),
        ("12.5 per cent", "12,5 Prozent", "de", []),
        ("12 per cent", "el doce por ciento", "es", []),
        ("1,234.50 euros", "1 234,50 euros", "fr", []),
        ("the 3rd meeting", "la tercera reunión", "es", []),
        ("the 3rd meeting", "la 4.ª reunión", "es", ["3"]),
        ("from 2018 to 2020", "2018-20", "fr", []),
        ("10,000 people", "1万人", "ja", []),
        ("5G networks", "redes", "es", []),
        # Dates, in words and in figures.
        ("on 12 March 2024", "el 12 de marzo de 2024", "es", []),
        ("in March 2024", "el 12 de marzo de 2024", "es", []),
        ("on 12 March 2024", "el 12/03/2024", "es", []),
        ("on 13 March 2024", "el 12 de marzo de 2024", "es", ["13 March 2024"]),
        ("on 12 May 2024", "el 12 de marzo de 2024", "es", ["12 May 2024"]),
        ("on 12 March 2024", "el 12 de marzo", "es", ["12 March 2024"]),
        ("on 12 March", "el 12 de marzo de 2024", "es", []),
        ("on 3 March 2024", "2024年3月3日", "zh", []),
        ("in 2024", "พ.ศ. 2567", "th", []),
        ("in 2024", "2023年", "zh", ["2024"]),
    ],
)
def test_what_the_original_lacks(text: str, original: str, of: str, lacking: list[str]) -> None:
    assert list(unfounded(text, "en-GB", original, of)) == lacking


def test_it_is_a_warning_at_the_translation(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    bilingual.edit(root, bilingual.EVENT_LIST, "data of 5,000 containers on", "data of 50,000 on")
    bilingual.edit(root, bilingual.EVENT_LIST, "” of 5,000 containers", "”")
    (found,) = check(["pact"], root)
    assert str(found) == (
        f"{bilingual.EVENT_LIST}:13:22: warning: the translation has 50,000, which the quotation "
        "lacks; correct it, or quote the words that hold it"
    )


def test_an_official_translation_is_compared_too(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    bilingual.edit(root, bilingual.EVENT_LIST, "El Ministerio enviará 3.500 escáneres",
                   "El Ministerio enviará [...] al puerto de Almera")  # fmt: skip
    messages = "\n".join(one.message for one in check(["pact"], root))
    assert "the translation has 3,500, which the quotation lacks" in messages
    assert "no evidence cited here carries the number 3,500" in messages

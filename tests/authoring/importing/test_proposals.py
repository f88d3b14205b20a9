"""What is proposed of a document that does not say it."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.extraction import Extraction
from sourcebrief.authoring.importing.proposals import (
    first_written_date,
    likeliest_language,
    own_date,
    proposed_title,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister met the delegation of the port authority on Monday.", "en"),
        ("El ministro recibió a la delegación de la autoridad portuaria el lunes.", "es"),
        ("Міністр прийняв делегацію портової влади в понеділок.", "uk"),
        ("التقى الوزير بوفد هيئة الميناء يوم الاثنين.", "ar"),
        ("部長は港湾局の代表団と会談した。", "ja"),
    ],
)
def test_the_likeliest_language(text: str, language: str) -> None:
    assert likeliest_language(text) == language


def test_the_first_whole_date() -> None:
    assert first_written_date("In 2023, and on 4 March 2024.", "en") == "2024-03-04"
    assert first_written_date("On 4 March 2024.", None) is None
    assert first_written_date("On 4 March 2024.", "xx-unknown") is None


def test_a_documents_own_date_stands_by_itself() -> None:
    told = "On 4 March 2024 the minister received the delegation of the port authority."
    letter = f"Port Authority\n\n{told}\n\nAlmera, 12 April 2024\n\nDear Minister,"
    assert own_date(letter, "en") == first_written_date(letter, "en") == "2024-04-12"
    assert own_date(told, "en") is None
    assert first_written_date(told, "en") == "2024-03-04"


def test_the_title_is_what_stands_where_titles_stand() -> None:
    assert proposed_title(Extraction("\n\nA readout\n\nWords.")) == "A readout"
    assert proposed_title(Extraction("Words.", title_proposed="In large type")) == "In large type"
    assert proposed_title(Extraction("Menu\n\nA readout\n\nWords.", ignored=(1,))) == "A readout"

"""What is proposed of a document that does not say it."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.extraction import Extraction
from sourcebrief.authoring.importing.proposals import (
    first_date_in,
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
        ("المغرب والجزائر", "ar"),
        ("部長は港湾局の代表団と会談した。", "ja"),
    ],
)
def test_the_likeliest_language(text: str, language: str) -> None:
    assert likeliest_language(text) == language


def test_the_first_whole_date() -> None:
    assert first_date_in("In 2023, and on 4 March 2024.", "en") == "2024-03-04"
    assert first_date_in("On 4 March 2024.", None) is None
    assert first_date_in("On 4 March 2024.", "xx-unknown") is None


def test_a_documents_own_date_stands_by_itself() -> None:
    told = "On 4 March 2024 the minister received the delegation of the port authority."
    letter = f"Port Authority\n\n{told}\n\nAlmera, 12 April 2024\n\nDear Minister,"
    assert own_date(Extraction(letter), "en") == "2024-04-12"
    assert own_date(Extraction(told), "en") is None
    assert first_date_in(told, "en") == "2024-03-04"


@pytest.mark.parametrize(
    ("head", "language"),
    [
        (
            "QUITO, March 4, 2024 (Agency) -- The minister received the delegation of the port.",
            "en",
        ),
        ("Quito, lunes 4 de marzo de 2024.- El ministro recibió a la delegación del puerto.", "es"),
        ("Monday, 4 March 2024: the minister receives the delegation of the port authority.", "en"),
        ("Harrow, 4 March 2024. The minister and the head of the company today signed.", "en"),
        ("Port Authority of Almera and its partners in the harbour\n4 March 2024\nRef. 12", "en"),
    ],
)
def test_news_are_dated_at_their_head(head: str, language: str) -> None:
    ends = "\n\nEnds on 20 October 2024."
    assert own_date(Extraction(head + ends), language) == "2024-03-04"


def test_a_line_of_place_and_date_dates_a_paragraph_that_it_is_part_of() -> None:
    joined = "Hay escáneres\nVillamar, 8 de noviembre de 2024\nEl ministro los vio ayer."
    assert own_date(Extraction(joined), "es") == "2024-11-08"


def test_a_date_within_a_sentence_is_not_the_documents_own() -> None:
    told = "The minister said in Quito that on 4 March 2024 - a Monday - the port will be closed."
    assert own_date(Extraction(told), "en") is None
    ended = "Talks began in the north, 4 March 2024. They went on until the end of the summer."
    assert own_date(Extraction(ended), "en") is None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("Norvolt\n\nPRESS RELEASE No. 4\n\nThe port has scanners", "The port has scanners"),
        ("Ministry of Transport\n\nThe port has scanners", "The port has scanners"),
        ("Ministerio de Transporte\nCOMUNICADO\n\nHay escáneres", "Hay escáneres"),
        ("Ministry of Transport\n\n" + "Words. " * 40, "Ministry of Transport"),
        ("Embassy staff are moved\n\nTo another town", "Embassy staff are moved"),
        ("Our ref. MT/2024/118\n\nScreening at the port", "Screening at the port"),
        ("MT/2024/118\n12 March 2024\n\nSubject: Screening at the port", "Screening at the port"),
        ("Oficio N.º 12-2024\n\nAsunto: Hay escáneres\n\nEstimada Ana:", "Hay escáneres"),
        ("No. 34 of 2024\n\nThe port has scanners", "The port has scanners"),
        ("Refugees: 3000 arrive\n\nIn a port", "Refugees: 3000 arrive"),
        ("No scanner of the 640 works\n\nIn a port", "No scanner of the 640 works"),
        ("COVID-19\n\nIn a port", "COVID-19"),
        ("Villamar, 8 de noviembre de 2024\n\nHay escáneres", "Hay escáneres"),
        ("Buenos Aires, viernes 8 de noviembre de 2024.\n\nHay escáneres", "Hay escáneres"),
        ("Київ, 8 листопада 2024 року\n\nПорт має сканери", "Порт має сканери"),
        ("القاهرة، ٨ نوفمبر ٢٠٢٤\n\nالميناء", "الميناء"),
        ("Hà Nội, ngày 8 tháng 11 năm 2024\n\nCảng", "Cảng"),
        ("2024年11月8日\n\n港口", "港口"),
        ("Lima, November 8, 2024\n\nThe port", "The port"),
        ("Agreement of 8 November 2024\n\nThe port", "Agreement of 8 November 2024"),
        ("Joint statement, 8 November 2024\n\nThe port", "Joint statement, 8 November 2024"),
        ("COMUNICADO CONJUNTO\n\nQuito, 8 de mayo de 2024\n\nSe ven.", "COMUNICADO CONJUNTO"),
        ("A readout\n\nComunicado conjunto de los dos países sobre el puerto", "A readout"),
    ],
)
def test_a_title_is_not_a_sender_nor_a_kind_of_document(lines: str, title: str) -> None:
    assert proposed_title(Extraction(lines)) == title
    assert proposed_title(Extraction(lines, title_proposed="PRESS RELEASE")) == title


def test_a_letter_that_only_greets_has_no_title() -> None:
    assert proposed_title(Extraction("Ref. MT/118\n\nDear Minister,\n\nWe write.")) is None


def test_no_title_ends_within_a_sentence() -> None:
    long = "It is told at length " * 12
    assert proposed_title(Extraction(f"The port is open. {long}.")) == "The port is open."
    assert proposed_title(Extraction(long)) is None


def test_the_title_is_what_stands_where_titles_stand() -> None:
    assert proposed_title(Extraction("\n\nA readout\n\nWords.")) == "A readout"
    assert proposed_title(Extraction("Words.", title_proposed="In large type")) == "In large type"
    assert proposed_title(Extraction("Menu\n\nA readout\n\nWords.", ignored=(1,))) == "A readout"

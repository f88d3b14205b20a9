"""A small briefing in Spanish, built whole: no English of ours in any document."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from babel.messages import pofile
from lxml import html as lxml_html
from pypdf import PdfReader

from sourcebrief.brief.make_manifest import manuscript
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.publish import publish
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.workspace.read_files import Inputs

SPANISH = Path(__file__).resolve().parent / "spanish"
LABELS = Path(__file__).resolve().parents[2] / "templates" / "labels"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    corpus = read_corpus(Inputs(SPANISH))
    templates = TemplateFolders(corpus.inputs.tracking(), packaged_folder())
    checked = check_briefing("puerto", corpus)
    assert [*corpus.problems, *checked.problems] == []
    assert checked.composition is not None
    ready = manuscript(checked.composition)
    edition = publish(ready, templates, ["pdf", "docx", "html"])
    return {name.rpartition(".")[2]: data for name, data in edition.files.items()}


def one_space(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def texts(files: dict[str, bytes]) -> dict[str, str]:
    """Every word of each document, the figure's and the attributes' that are read out too."""
    page: Any = lxml_html.document_fromstring(files["html"])
    for element in page.xpath("//script | //style"):
        element.drop_tree()
    spoken = page.xpath("//@alt | //@aria-label | //@data-label | //@data-shown | //@placeholder")
    with zipfile.ZipFile(BytesIO(files["docx"])) as package:
        parts = [
            package.read(name).decode()
            for name in package.namelist()
            if re.fullmatch(r"word/(document|footnotes|header\d*|footer\d*)\.xml", name)
        ]
    word = " ".join(
        re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>|<w:tab/>", " ", part)) for part in parts
    )
    descriptions = re.findall(r'descr="([^"]*)"', " ".join(parts))
    write = " ".join(page.extract_text() for page in PdfReader(BytesIO(files["pdf"])).pages)
    return {
        "html": one_space(" ".join([page.text_content(), *spoken])),
        "docx": one_space(" ".join([word, *descriptions])),
        "pdf": one_space(write),
    }


def english_labels() -> list[str]:
    """The labels, as far as no value stands in them, that are another word in Spanish."""

    def read(name: str) -> Any:
        with (LABELS / name).open("rb") as file:
            return pofile.read_po(file)

    spanish = {message.id: message.string for message in read("es.po")}
    found = set()
    for message in read("en.po"):
        pairs = zip(
            (message.string,) if isinstance(message.id, str) else message.string,
            (spanish[message.id],) if isinstance(message.id, str) else spanish[message.id],
            strict=True,
        )
        for ours, theirs in pairs:
            if ours and ours != theirs:
                found.update(
                    piece
                    for piece in re.split(r"%\(\w+\)[sd]|\{\w+\}|[“”:;.]", ours)
                    if len(piece.strip()) > 3 and piece.strip() not in theirs
                )
    return sorted(piece.strip() for piece in found)


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_no_english_label_is_left(texts: dict[str, str], kind: str) -> None:
    labels = english_labels()
    assert len(labels) > 80
    assert [one for one in labels if re.search(rf"\b{re.escape(one)}\b", texts[kind])] == []


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
@pytest.mark.parametrize(
    "words",
    [
        "En síntesis",
        "Valoraciones principales",
        "Cronología de los contactos",
        "Gráfico 1. 6 contactos registrados, 2021–2023; el año más activo fue 2023, con 3",
        "7–8 de diciembre de 2022",
        "desde junio de 2022",
        "entre el 27 de septiembre y el 1 de octubre de 2023",
        "en curso",
        "en negociación (1)",
        "en negociación; previsto: marzo de 2024",
        "[1, 5, 7]",
        "fecha tomada de otra fuente",
        "«que pidió “paciencia” a los armadores»",
        "Soto, Tomás y Alba Íñigo, Almanaque de los puertos, Imprenta Nacional, 2022.",
        "«Los ministros acuerdan vigilar juntos el estrecho», 3 de enero de 2023.",
        "«[Oficina de la Unión Costera]», circa octubre de 2023.",
        "Borrador, versión 0.9",
    ],
)
def test_every_document_says_it_in_spanish(texts: dict[str, str], kind: str, words: str) -> None:
    wanted, there = (re.sub(r"[-\s]", "", text).casefold() for text in (words, texts[kind]))
    assert wanted in there


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_what_authors_wrote_prints_as_written(texts: dict[str, str], kind: str) -> None:
    for words in ("La ministra pidió “paciencia”.", "¿Quién paga la patrulla?", "1.500 dólares"):
        assert words in texts[kind]


def test_the_language_is_told_to_every_reader(files: dict[str, bytes]) -> None:
    assert b'<html lang="es"' in files["html"]
    with pikepdf.open(BytesIO(files["pdf"])) as write:
        assert str(write.Root.Lang) == "es"
        with write.open_metadata() as packet:
            assert list(packet["dc:language"]) == ["es"]
    with zipfile.ZipFile(BytesIO(files["docx"])) as package:
        assert "<dc:language>es</dc:language>" in package.read("docProps/core.xml").decode()
        assert re.search(r'<w:lang [^>]*w:val="es(-ES)?"', package.read("word/styles.xml").decode())


def test_the_figure_speaks_spanish(files: dict[str, bytes]) -> None:
    page: Any = lxml_html.document_fromstring(files["html"])
    (figure,) = page.xpath("//figure//*[@role='img' and local-name()='svg']")
    title = "".join(figure.xpath("./*[local-name()='title']/text()"))
    assert title.startswith("Cronología de 7 hechos, con una banda por actor. Unión Costera: 4; ")
    assert figure.get("lang") == "es"
    drawn = figure.xpath(".//*[local-name()='text']/text()")
    assert {"ene 2022", "abr", "Otros"} <= set(drawn)
    with pikepdf.open(BytesIO(files["pdf"])) as write:
        assert title in {str(o.Alt) for o in write.objects if _has_alternative(o)}


def _has_alternative(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing


def test_words_are_parted_as_spanish_parts_them() -> None:
    from sourcebrief.documents.pdf.engine.render import render

    sheet = b'html { font-family: "Source Serif 4" } p { hyphens: auto; width: 1pt }'
    html = (
        '<html lang="{}"><head><link rel="stylesheet" href="a.css"></head>'
        "<p>cooperaciones guerrillas</p></html>"
    )
    parted = {}
    for language in ("es", "en"):
        document = render(html.format(language), {"a.css": sheet})
        from weasyprint.formatting_structure import boxes

        parted[language] = [
            box.text
            for page in document.pages
            for box in page._page_box.descendants()
            if isinstance(box, boxes.TextBox)
        ]
    assert [part.rstrip("-‐") for part in parted["es"]][-3:] == ["gue", "rri", "llas"]
    assert parted["en"] != parted["es"]

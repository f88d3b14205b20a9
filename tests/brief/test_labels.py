"""The labels: one catalogue per language, none of them short of a label."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages import extract, pofile
from jinja2.ext import babel_extract

from invented import TEMPLATES, Folder
from sourcebrief.brief.labels import labels
from sourcebrief.errors import InvalidInput

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "templates" / "labels").glob("*.po"))
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}

Message = str | tuple[str, ...]


def used() -> set[Message]:
    """Every label that a template or a module asks for."""
    found: set[Message] = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        with path.open("rb") as file:
            found.update(message for _, message, *_ in extract.extract("python", file, KEYWORDS))
    options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    for path in sorted((ROOT / "templates").rglob("*.j2")):
        with path.open("rb") as file:
            method: Any = babel_extract
            rows = extract.extract(method, file, KEYWORDS, options=options)
            found.update(message for _, message, *_ in rows)
    return found


def held(path: Path) -> dict[Message, Any]:
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, abort_invalid=True)
        return {
            message.id if isinstance(message.id, str) else tuple(message.id): message.string
            for message in catalogue
            if message.id
        }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_label_that_is_used_and_no_other(path: Path) -> None:
    assert set(held(path)) == used()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_fills_in_what_its_label_does(path: Path) -> None:
    def fields(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[sd]|%(?!\()[^%]?|\{\w+\}", text))

    for message, string in held(path).items():
        originals = (message,) if isinstance(message, str) else message
        translations = (string,) if isinstance(string, str) else tuple(string)
        assert all(translations), message
        for translation in translations:
            assert fields(translation) == fields(originals[-1]), message


# What is the same word in the language and in English.
SAME = {
    "de": {"Policy brief", "Status", "version %(version)s"},
    "es": {"Actor", "Final", "improbable"},
    "fr": {"Date", "Sources", "Notes", "improbable", "Figure 1.", "Note %(number)s",
           "Programme", "version %(version)s", "version"},
    "it": set(),
    "pt": set(),
}  # fmt: skip


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_label_is_left_in_english(path: Path) -> None:
    if path.stem.startswith("en"):
        return
    for message, string in held(path).items():
        pairs = (
            zip(message, string, strict=True) if isinstance(message, tuple) else [(message, string)]
        )
        for english, translated in pairs:
            words = re.sub(r"%\(\w+\)[sd]|\{\w+\}", "", english)
            same = translated == english and re.search("[A-Za-z]{2}", words)
            assert not same or english in SAME[path.stem], english


def test_the_languages_that_are_shipped() -> None:
    assert [path.stem for path in CATALOGUES] == ["de", "en", "en_US", "es", "fr", "it", "pt"]


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Key judgements"),
        ("en-GB", "Key judgements"),
        ("en-US", "Key judgments"),
        ("EN-us", "Key judgments"),
        ("es", "Valoraciones principales"),
        ("es-EC", "Valoraciones principales"),
        ("es-419", "Valoraciones principales"),
        ("es-Latn-EC", "Valoraciones principales"),
        ("fr-CA", "Principales appréciations"),
        ("de-AT", "Zentrale Einschätzungen"),
        ("pt-BR", "Avaliações principais"),
        ("it", "Valutazioni principali"),
    ],
)
def test_the_nearest_catalogue_serves_a_language(language: str, label: str) -> None:
    assert labels(language, TEMPLATES).gettext("Key judgements") == label


def test_a_language_without_a_catalogue_is_a_problem_that_names_those_there_are() -> None:
    with pytest.raises(InvalidInput) as caught:
        labels("sv-FI", TEMPLATES)
    assert str(caught.value) == (
        'templates/labels/sv_FI.po:1:1: error: no labels for language "sv-FI"; '
        "there are de, en, en-US, es, fr, it, pt: take one of them or add this file"
    )


def test_a_workspace_brings_a_language_of_its_own() -> None:
    own = Folder().with_file(
        "labels/pt.po", 'msgid ""\nmsgstr "Language: pt\\n"\n\nmsgid "Event"\nmsgstr "Fato"\n'
    )
    portuguese = labels("pt-BR", own)
    assert portuguese.gettext("Event") == "Fato"
    with pytest.raises(InvalidInput, match=r'labels/pt.po:1:1: error: no label for "Sources"'):
        portuguese.gettext("Sources")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "Event"\nmsgstr ""\n', 'pt.po:1:1: error: the label "Event" is empty'),
        (
            'msgid "Event"\nmsgstr "Fato"\n\nnonsense\n',
            "pt.po:4:1: error: not a gettext catalogue: Unknown or misformatted keyword",
        ),
        (b'msgid "Event"\nmsgstr "Fat\xff"\n', "pt.po:2:1: error: not UTF-8; save it as UTF-8"),
    ],
)
def test_a_broken_catalogue_is_a_problem_at_its_line(text: str | bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        labels("pt", Folder().with_file("labels/pt.po", text))


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en-GB", "1 event", "2 events"),
        ("es", "1 hecho", "2 hechos"),
        ("fr", "1 événement", "2 événements"),
        ("de", "1 Ereignis", "2 Ereignisse"),
        ("pt", "1 evento", "2 eventos"),
        ("it", "1 evento", "2 eventi"),
    ],
)
def test_a_number_takes_its_form(language: str, one: str, many: str) -> None:
    found = labels(language, TEMPLATES)
    assert found.ngettext("%(num)d event", "%(num)d events", 1) == one
    assert found.ngettext("%(num)d event", "%(num)d events", 2) == many


def test_help_is_under_way_and_an_agreement_in_force() -> None:
    found = labels("en-GB", TEMPLATES)
    assert found.status("in-force", "agreement") == "in force"
    assert found.status("in-force", "assistance") == "under way"
    assert found.meaning("under way") == "under way (described as working)"
    assert found.meaning("signed") == ""


def test_quotation_marks_lists_and_months_are_the_languages_own() -> None:
    english, spanish = labels("en-GB", TEMPLATES), labels("es-EC", TEMPLATES)
    assert (english.quote("a"), spanish.quote("a")) == ("“a”", "«a»")
    marks = [labels(one, TEMPLATES).quote("a") for one in ("fr", "de", "pt", "it")]
    assert marks == ["«\u00a0a\u00a0»", "„a“", "“a”", "«a»"]
    assert english.listing(["a", "b", "c"]) == "a, b and c"
    assert spanish.listing(("a", "b")) == "a y b"
    assert (english.listing(["a"]), english.listing([])) == ("a", "")
    assert (english.month(1), spanish.month(1)) == ("Jan", "ene")


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en-GB", "4 Mar"), ("en-US", "Mar 4"), ("de", "4. März"), ("es", "4 mar"), ("fr", "4 mars")],
)
def test_a_day_stands_in_the_order_of_the_language(language: str, shown: str) -> None:
    assert labels(language, Folder()).day(date(2024, 3, 4)) == shown

"""Words that are a translation's are marked, wherever they print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bilingual
import views
from bilingual import BRIEF_FILE, EVENT_LIST
from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.translated_words import TranslationMarks
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.workspace.markup import parse_markup
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.brief.make_manifest import Composition

OFFICIAL = "translation in Ministry of Transport, ¶\u00a02"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return bilingual.write(tmp_path)


def composition(root: Path) -> Composition:
    checked = check_briefing("pact", read_corpus(Inputs(root)))
    assert checked.composition is not None, checked.problems
    return checked.composition


def marks(root: Path) -> TranslationMarks:
    made = composition(root)
    manifest = manifest_of(made)
    sources = {source["id"]: source for source in manifest["sources"]}
    return TranslationMarks(manifest["events"], sources, made.labels)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("They “agreed to share”. [@data]", "They “agreed to share” (our translation)."),
        ('They "agreed to share". [@acta]', 'They "agreed to share" (our translation).'),
        ("It “will send 3,500 scanners”. [@scanners]",
         f"It “will send 3,500 scanners” ({OFFICIAL})."),
        ("They “*agreed* to **share**”. [@data]", "They “agreed to share” (our translation)."),
        ("“agreed” and “to share” [@data]",
         "“agreed” (our translation) and “to share” (our translation)"),
        # The document's own words, those of no translation, and those of another event.
        ("They “acordaron compartir”. [@data]", "They “acordaron compartir”."),
        ("They “agreed to sell”. [@data]", "They “agreed to sell”."),
        ("It “agreed to share”. [@scanners]", "It “agreed to share”."),
        ("The readout has “3,500 scanners”. [@readout]", "The readout has “3,500 scanners”."),
    ],
)  # fmt: skip
def test_quoted_words_have_the_mark_of_their_translation(root: Path, text: str, plain: str) -> None:
    assert marks(root).marked(parse_markup(text)).plain == plain


def test_words_that_a_quotation_holds_too_are_the_documents(root: Path) -> None:
    bilingual.edit(root, EVENT_LIST, "agreed to share the data of 5,000 containers on",
                   "compartir the data of 5,000 containers on")  # fmt: skip
    assert marks(root).marked_line("“compartir”", "data") == "“compartir”"
    assert marks(root).marked_line("“the data”", "data") == "“the data” (our translation)"


def test_a_machines_translation_says_so(root: Path) -> None:
    ours = "translation: agreed to share the data of 5,000 containers on 12 March 2024"
    machines = "translation: {text: agreed to share the data, by: machine}"
    bilingual.edit(root, EVENT_LIST, ours, machines)
    assert marks(root).marked_line("“share”", "data") == "“share” (machine translation)"


def test_every_text_of_a_brief_has_the_marks(root: Path) -> None:
    bilingual.edit(root, EVENT_LIST, "title: The two", "title: The “agreed” two")
    outcome = "{kind: agreement, status: signed, by: port, text: To “share the data”}"
    bilingual.edit(root, EVENT_LIST, "    key: true", f"    outcomes: [{outcome}]\n    key: true")
    for layout in ("full", "short"):
        view = views.view_of(composition(root), layout=layout)
        assert "“agreed to share the data” (our translation)" in view.bottom_line
        assert f"“will send 3,500 scanners” ({OFFICIAL})" in view.judgements[0].text
        assert "“agreed to <em>share</em> the data” (our translation)," in view.summaries[0].text
        data, scanners = view.rows
        assert data.title == "The “agreed” (our translation) two sides agree to share data"
        assert data.summary.startswith("They “agreed to share the data” (our translation) of")
        assert data.outcomes[0].text == "To “share the data” (our translation)"
        assert scanners.summary == f"It “will send 3,500 scanners” ({OFFICIAL})."


def test_the_annex_has_translations_with_their_language_and_origin(root: Path) -> None:
    bilingual.edit(root, BRIEF_FILE, "language: en-GB", "language: en-US")
    (ours,), (official,) = (one.quotations for one in views.view_of(composition(root)).annex)
    assert ours.language == "es-EC"
    assert ours.translation is not None
    assert (ours.translation.language, ours.translation.mark) == ("en-US", "our translation")
    assert official.translation is not None
    assert official.translation.language == "en"
    assert official.translation.mark == (
        'translation in <a href="#source-readout">Ministry of Transport, ¶\u00a02</a>'
    )


def test_a_note_has_the_words_of_a_translated_quotation_both_ways(root: Path) -> None:
    data, _ = views.view_of(composition(root)).rows
    assert data.notes.endswith(
        '¶\u00a02</a>: <span lang="es-EC">“acordaron compartir los datos de cinco mil contenedores '
        'el 12 de marzo de 2024”</span> (<span lang="en-GB">“agreed to share the data of 5,000 '
        "containers on 12 March 2024”</span>, our translation).</span>"
    )


def test_the_manifest_has_the_place_of_an_official_translation(root: Path) -> None:
    data, scanners = manifest_of(composition(root))["events"]
    assert data["evidence"][0]["translation"] == {
        "text": "agreed to share the data of 5,000 containers on 12 March 2024",
        "language": "en-GB",
        "by": "ours",
    }
    official = scanners["evidence"][0]["translation"]
    assert official is not None
    ((words, place),) = official.pop("selectors") or []
    assert official == {
        "text": "The Ministry will send 3,500 scanners",
        "language": "en",
        "seed": "readout",
        "paragraph": 2,
        "locator": "¶ 2",
    }
    assert bilingual.READOUT[place["start"] : place["end"]] == words["exact"] == official["text"]

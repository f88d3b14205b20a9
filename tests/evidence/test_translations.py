"""What must hold of a translation: its languages, and the place of an official one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bilingual
from bilingual import BRIEF_FILE, EVENT_LIST, SEEDS
from checking import check
from sourcebrief.evidence.translations import holds_words

if TYPE_CHECKING:
    from pathlib import Path

OURS = "        translation: agreed to share the data of 5,000 containers on 12 March 2024\n"
OFFICIAL = "{text: 'The Ministry will send 3,500 scanners', seed: readout}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return bilingual.write(tmp_path)


def found(root: Path, severity: str = "error") -> list[str]:
    return [str(one) for one in check(["pact"], root) if one.severity == severity]


def test_the_corpus_is_sound(root: Path) -> None:
    assert found(root) == found(root, "warning") == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "{text: 'The Ministry will send 3,500 lorries', seed: readout}",
            "23:29: error: the official translation does not stand in readout; "
            "nearest is ¶ 2, “The Ministry will send 3,500 scanners”; the seed has “scanners” "
            "for “lorries”: quote the seed's own words",
        ),
        (
            "{text: 'The Ministry will send 3,500 scanners', seed: readout, paragraph: 1}",
            "23:96: error: the official translation stands in readout in ¶ 2, "
            "not in ¶ 1; correct `paragraph`",
        ),
        (
            "{text: 'The Ministry will send 3,500 scanners', seed: readouts}",
            "23:76: error: no seed 'readouts'; did you mean 'readout'?",
        ),
        (
            "{text: El Ministerio enviará 3.500 escáneres, seed: acta}",
            "23:22: error: the quotation is in es-EC, and so is its translation; "
            "delete the translation",
        ),
    ],
)
def test_an_official_translation_is_proven_in_its_document(
    root: Path, written: str, message: str
) -> None:
    bilingual.edit(root, EVENT_LIST, OFFICIAL, written)
    assert found(root) == [f"{EVENT_LIST}:{message}"]


def test_an_official_translation_is_in_the_briefs_language(root: Path) -> None:
    bilingual.edit(root, SEEDS, "    language: en\n", "    language: fr\n")
    bilingual.edit(root, SEEDS, "language: fr\n    custom: {file: readout.txt", "language: fr\n"
                   "    custom: {issued_note: Known, file: readout.txt")  # fmt: skip
    bilingual.edit(root, SEEDS, "stated, derived_from", "external, derived_from")
    assert found(root) == [
        f"{EVENT_LIST}:23:22: error: the translation in readout is in fr, and the brief in en-GB; "
        "name a document in the brief's language, or translate the quotation yourself"
    ]


def test_a_translation_into_the_quotations_own_language_is_a_problem(root: Path) -> None:
    bilingual.edit(root, BRIEF_FILE, "language: en-GB", "language: es")
    ours = f"{EVENT_LIST}:13:22: error: the quotation is in es-EC, as the brief is; "
    assert f"{ours}delete the translation" in found(root)


def test_a_brief_may_ask_for_a_translation_everywhere(root: Path) -> None:
    bilingual.edit(root, EVENT_LIST, OURS, "")
    bilingual.edit(root, EVENT_LIST, "They “agreed to share the data” of", "They agreed on")
    assert found(root) == []
    bilingual.edit(root, BRIEF_FILE, "as_of:", "require_translation: true\nas_of:")
    assert found(root) == [
        f"{EVENT_LIST}:12:16: error: the quotation is in es-EC and has no translation, which the "
        "brief requires; add the key 'translation' beside it, or delete require_translation"
    ]


def test_an_event_that_is_left_out_needs_no_translation(root: Path) -> None:
    bilingual.edit(root, EVENT_LIST, OURS, "        # none\n")
    bilingual.edit(root, EVENT_LIST, "    key: true\n", "    themes: [left]\n")
    bilingual.edit(root, EVENT_LIST, "    summary: It “", "    themes: [kept]\n    summary: It “")
    bilingual.edit(root, EVENT_LIST, "They “agreed to share the data” of", "They agreed on")
    bilingual.edit(root, BRIEF_FILE, "They “agreed to share the data”. [@data]", "So. [@scanners]")
    bilingual.edit(root, BRIEF_FILE, "as_of:",
                   "select: {themes: [kept]}\nrequire_translation: true\nas_of:")  # fmt: skip
    bilingual.edit(root, BRIEF_FILE, "layouts: [full, short]\n", "")
    assert found(root) == []


def test_quoted_words_may_be_a_translations(root: Path) -> None:
    bilingual.edit(root, BRIEF_FILE, "They “agreed to share the data”. [@data]",
                   "They “agreed to sell the data”. [@data]")  # fmt: skip
    assert [one.partition("warning: ")[2] for one in found(root, "warning")] == [
        'the quoted words "agreed to sell the data" stand in no seed cited here; '
        "cite their seed, or say it in your own words"
    ]


def test_a_number_may_rest_on_a_translation_that_was_compared_with_its_original(
    root: Path,
) -> None:
    bilingual.edit(root, BRIEF_FILE, "They “agreed", "Of 5,000 boxes they “agreed")
    assert found(root, "warning") == []
    bilingual.edit(root, BRIEF_FILE, "Of 5,000 boxes", "Of 6,000 boxes")
    assert "no evidence cited here carries the number 6,000" in found(root, "warning")[0]


def test_words_stand_in_a_translation_as_they_would_in_a_seed() -> None:
    assert holds_words("They  agreed\nto share – all of it", "agreed to share - all")
    assert not holds_words("They agreed to share", "agree")

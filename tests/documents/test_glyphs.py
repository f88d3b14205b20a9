"""A character that the fonts lack is a problem at its place, wherever an author can put it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents import script_fonts
from sourcebrief.workspace.read_files import Inputs

SPANISH = Path(__file__).resolve().parent / "spanish"
BRIEF, EVENTS, SEEDS = (
    "briefings/puerto/brief.yaml",
    "briefings/puerto/events.yaml",
    "seeds/seeds.yaml",
)


@pytest.fixture(autouse=True)
def _no_fonts_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_fonts, "_installed", dict)


def problems_of(root: Path) -> list[str]:
    corpus = read_corpus(Inputs(root))
    checked = check_briefing("puerto", corpus)
    return [str(problem) for problem in (*corpus.problems, *checked.problems)]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (BRIEF, "La cooperación en"),
        (BRIEF, "Qué se pidió"),
        (BRIEF, "0.9"),
        (BRIEF, "Mesa marítima"),
        (BRIEF, "Jefatura"),
        (BRIEF, "Un convenio"),
        (BRIEF, "Juzgamos que la Unión"),
        (BRIEF, "La Unión firmó"),
        (BRIEF, "Ningún documento"),
        (BRIEF, "Preguntas"),
        (BRIEF, "¿Quién"),
        (EVENTS, "Ministerio de Marina"),
        (EVENTS, "short: Marina"),
        (EVENTS, "country: Aurelia"),
        (EVENTS, "Martín"),
        (EVENTS, "Comisario de Inspecciones"),
        (EVENTS, "title: Ejercicios"),
        (EVENTS, "Tuvieron"),
        (EVENTS, "El almanaque no"),
        (EVENTS, "place: Puerto"),
        (EVENTS, "Según el archivo"),
        (EVENTS, "Patrulla diaria"),
        (EVENTS, "comercio"),
        (SEEDS, "title: Los ministros"),
        (SEEDS, "container-title: Agencia"),
        (SEEDS, "El Heraldo\n"),
        (SEEDS, "Imprenta"),
        (SEEDS, "given: Alba"),
        (SEEDS, "Sin fecha"),
        (SEEDS, "Nota sin firma"),
    ],
)
def test_a_character_without_a_glyph_is_found_in(tmp_path: Path, file: str, words: str) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(SPANISH, root)
    path = root / file
    text = path.read_text("utf-8")
    assert words in text
    with_it = words.rstrip("\n") + " 漢" + "\n" * words.endswith("\n")
    path.write_text(text.replace(words, with_it, 1), "utf-8")
    line = text[: text.index(words)].count("\n") + 1
    (problem,) = problems_of(root)
    assert problem.startswith(f"{file}:{line}:")
    assert problem.endswith(
        ": error: no font here has Chinese, Japanese or Korean (漢); install fonts-noto-cjk "
        "(Debian's name for it), or put a font that has them into templates/fonts/"
    )


def test_a_character_without_a_glyph_is_found_in_a_marking(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(SPANISH, root)
    path = root / BRIEF
    path.write_text(path.read_text("utf-8").replace("TLP:AMBER+STRICT", "RESERVADO 漢"), "utf-8")
    (problem,) = problems_of(root)
    assert problem.startswith(f"{BRIEF}:8:10: error: no font here has Chinese")


def test_a_character_without_a_glyph_is_found_in_a_quotation(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(SPANISH, root)
    seed, catalogue, events = (root / name for name in ("seeds/agencia.txt", SEEDS, EVENTS))
    before = hashlib.sha256(seed.read_bytes()).hexdigest()
    for path in (seed, events):
        path.write_text(
            path.read_text("utf-8").replace("con seis funcionarios", "con seis 漢"), "utf-8"
        )
    after = hashlib.sha256(seed.read_bytes()).hexdigest()
    catalogue.write_text(catalogue.read_text("utf-8").replace(before, after), "utf-8")
    (problem,) = problems_of(root)
    assert problem.startswith(f"{EVENTS}:58:37: error: ")

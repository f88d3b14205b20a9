"""The machine: what is there is named with its version, what is not with how to get it."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from sourcebrief.authoring.health.machine_health import EXTRAS, machine_health, missing_packages
from sourcebrief.errors import EnvironmentFault

PROJECT = Path(__file__).resolve().parents[3]


def test_on_this_machine_nothing_stops_a_build() -> None:
    found = {one.subject: one for one in machine_health()}
    assert {"sourcebrief", "pandoc", "PDF", "typefaces", "figure", "git"} <= found.keys()
    assert [one for one in found.values() if one.state == "wrong"] == []
    for engine in ("weasyprint", "pango", "harfbuzz"):
        assert engine in found["PDF"].found


def test_what_a_build_lacks_is_wrong_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> None:
        raise EnvironmentFault('no Pango: run "apt-get install libpango-1.0-0"')

    monkeypatch.setattr("sourcebrief.documents.pdf.engine.load.load_engine", missing)
    found = next(one for one in machine_health() if one.subject == "PDF")
    assert found.state == "wrong"
    assert "apt-get install" in found.found


def test_a_program_that_is_missing_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    found = {one.subject: one for one in machine_health()}
    assert (found["git"].state, found["git"].remedy) == ("absent", "install git")


def test_packages_of_an_extra_that_are_missing_are_named() -> None:
    def nothing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    assert missing_packages("cluster", nothing) == ["distributed"]
    assert missing_packages("cluster", lambda _: "1") == []


def test_an_extra_that_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sourcebrief.authoring.health.machine_health.missing_packages", lambda *_: ["pypdf"]
    )
    found = {one.subject: one for one in machine_health()}
    assert str(found["extra import"]) == (
        "extra import: pypdf not installed; "
        "to read HTML and PDF with `add`: pip install 'sourcebrief[import]'"
    )


def test_the_extras_are_those_of_the_package() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(EXTRAS) <= project["optional-dependencies"].keys()

"""A workspace's templates replace the packaged ones, and no link leads out of either folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents.template_folders import TemplateFiles, TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def templates(tmp_path: Path) -> TemplateFolders:
    (tmp_path / "templates/labels").mkdir(parents=True)
    (tmp_path / "templates/brief.css").write_text("own")
    (tmp_path / "templates/labels/xx.po").write_text("own")
    return TemplateFolders(Inputs(tmp_path), packaged_folder())


def test_the_own_file_wins_and_the_packaged_one_serves_where_there_is_none(
    templates: TemplateFolders,
) -> None:
    assert templates.read("brief.css") == b"own"
    assert templates.read("print.css") == (packaged_folder() / "print.css").read_bytes()
    assert templates.where("print.css") == "templates/print.css"
    with pytest.raises(KeyError):
        templates.read("gone.css")


def test_the_names_of_a_folder_are_those_of_both(templates: TemplateFolders) -> None:
    assert {"labels/xx.po", "labels/es.po"} <= set(templates.names("labels"))


def test_all_files_are_given_but_the_scaffolds(templates: TemplateFolders) -> None:
    files = templates.files()

    assert files["brief.css"] == b"own"
    assert {"brief.html.j2", "labels/xx.po"} <= files.keys()
    assert not any(name.startswith("scaffolds/") for name in files)


def test_a_link_that_leads_out_of_the_folder_is_refused(
    templates: TemplateFolders, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "templates/more.css").symlink_to(tmp_path / "secret")
    with pytest.raises(KeyError):
        templates.read("more.css")
    assert "more.css" not in templates.files()

    (tmp_path / "templates/print.css").symlink_to(tmp_path / "secret")
    with pytest.raises(InvalidInput, match=r"^templates/print\.css:1:1: error: template: "):
        templates.read("print.css")


def test_templates_in_memory_remember_what_was_read() -> None:
    held = TemplateFiles({"a.css": b"a", "labels/es.po": b"", "labels/x/y.po": b""})

    assert held.read("a.css") == b"a"
    assert held.used == {"a.css"}
    assert held.names("labels") == ["labels/es.po"]
    assert held.where("a.css") == "templates/a.css"
    with pytest.raises(KeyError):
        held.read("gone.css")

"""WeasyPrint still is what the mends were made for."""

from importlib import import_module
from typing import Any

import pytest

weasyprint = pytest.importorskip("weasyprint", reason="needs WeasyPrint", exc_type=ImportError)

from sourcebrief.documents.pdf.engine import patches as mends  # noqa: E402


def test_weasyprint_is_the_version_whose_private_parts_are_mended() -> None:
    assert weasyprint.VERSION == mends.WEASYPRINT


@pytest.mark.parametrize("name", mends.MENDS)
def test_each_private_name_exists_and_says_why(name: str) -> None:
    held: Any
    held, rest = _module_of(name)
    for attribute in rest[:-1]:
        held = getattr(held, attribute)
    # Set on instances only: then the source of the class must set it.
    if not hasattr(held, rest[-1]):
        initialiser = held.__init__.__code__
        assert rest[-1] in initialiser.co_names, f"{name} is gone"
    assert len(mends.MENDS[name].split()) >= 4


def _module_of(name: str) -> tuple[Any, list[str]]:
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            return import_module(".".join(parts[:end])), parts[end:]
        except ModuleNotFoundError:
            continue
    raise AssertionError(f"no module of {name}")


def test_the_call_that_is_replaced_has_the_parameters_it_had() -> None:
    code = weasyprint.pdf.add_tags.__code__

    assert code.co_varnames[: code.co_argcount] == (
        "pdf",
        "document",
        "pdf_version",
        "page_streams",
    )


def test_the_replacement_lasts_for_one_document_only() -> None:
    original = weasyprint.pdf.add_tags
    document = weasyprint.HTML(string="<html lang=en><title>T</title><p>x").render()

    with mends.mended(document):
        assert weasyprint.pdf.add_tags is not original

    assert weasyprint.pdf.add_tags is original


def test_the_libraries_that_decide_the_bytes_are_named_with_their_versions() -> None:
    versions = mends.library_versions()

    assert versions.keys() == {"pango", "harfbuzz"}
    assert all(part.isdigit() for version in versions.values() for part in version.split("."))

"""The versions of all that decides the bytes of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.build.versions import (
    all_versions,
    engines_here,
    library_identity,
    package_versions,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_packages_and_this_checkout_are_named() -> None:
    found = package_versions()
    assert found["python"].startswith("3.")
    assert {"weasyprint", "pypandoc-binary", "sources"} <= found.keys()
    assert "?" not in found.values()
    assert found.items() <= all_versions().items()


def test_a_word_document_needs_no_engine_of_the_pdf() -> None:
    engines, libraries = engines_here(["docx"])
    assert "pandoc" in engines
    assert "weasyprint" not in engines
    assert libraries == ()


def test_a_library_is_known_by_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "libpango.so"
    assert library_identity(str(path)) == []
    path.write_bytes(b"1234")
    assert library_identity(str(path)) == [4, path.stat().st_mtime_ns]

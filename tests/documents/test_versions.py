"""The versions that decide the bytes of a document."""

from sourcebrief.documents.versions import all_versions, engines_here, package_versions


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

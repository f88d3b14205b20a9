"""The metadata of saved pages."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.from_html import read_html


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta name='DC.date' content='20240303'>", "issued", "2024-03-03"),
        ("<meta name='citation_publication_date' content='2024/03/03'>", "issued", "2024-03-03"),
        ("<meta name='date' content='March 3, 2024'>", "issued", "2024-03-03"),
        (
            (
                "<meta name='date' content='3 de marzo de "
                "2024'><meta property='og:locale' content='es_EC'>"
            ),
            "issued",
            "2024-03-03",
        ),
        ("<meta name='date' content='last week'>", "issued", None),
        ("<meta name='date' content='2024-02-31'>", "issued", None),
        ("<meta property='og:locale' content='es_EC'>", "language", "es-EC"),
        ("<meta property='og:url' content='javascript:alert(1)'>", "url", None),
        ("<meta name='citation_doi' content='doi:10.1000/xyz123'>", "doi", "10.1000/xyz123"),
        ("<title>A\u200b\u202eB\n C</title>", "title", "AB C"),
        (
            "<meta property='og:site_name' content='The Sting - News &amp; Insights on Politics'>",
            "container_title",
            "The Sting",
        ),
        ("<meta property='og:site_name' content='BBC - Home'>", "container_title", "BBC - Home"),
        ("<script type='application/ld+json'>{not json</script>", "title", None),
    ],
)
def test_metadata_of_a_page(head: str, field: str, value: str | None) -> None:
    html = f"<html><head>{head}</head><body><p>Words of the page.</p></body></html>"
    assert getattr(read_html(html.encode()).metadata, field) == value


def test_a_slogan_that_is_left_out_of_the_name_is_said() -> None:
    head = "<meta property='og:site_name' content='The Sting | News and Insights'>"
    found = read_html(f"<html><head>{head}</head><p>Words of the page.</p></html>".encode())
    assert any("“The Sting | News and Insights”" in remark for remark in found.remarks)

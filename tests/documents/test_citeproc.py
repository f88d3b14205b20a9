"""The list of sources, in the style that ships and in others."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from sourcebrief.documents import citeproc
from sourcebrief.errors import EngineFault

STYLE = Path(__file__).parents[2].joinpath("templates", "citation-style.csl").read_bytes()

ARTICLE = {
    "id": "herald",
    "type": "article-newspaper",
    "title": "Patrols begin",
    "container-title": "Salis Herald",
    "publisher": "Herald Holdings",
    "issued": {"date-parts": [[2022, 11, 16]]},
    "URL": "https://example.org/a?b=1&c=2",
}
PAGE = {
    "id": "readout",
    "type": "webpage",
    "title": "Readout",
    "publisher": "Coast Guard",
    "issued": {"date-parts": [[2022, 12, 7], [2022, 12, 8]]},
}

NUMBERED = b"""<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>n</title><id>n</id><updated>2024-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="citation-number"/></layout></citation>
<bibliography second-field-align="flush"><layout>
<text variable="citation-number" prefix="[" suffix="]"/>
<text variable="title" font-weight="bold"/></layout></bibliography></style>"""


def worded(
    entries: list[dict[str, Any]], style: bytes = STYLE, language: str = "en-GB"
) -> dict[str, str]:
    return citeproc.bibliography(entries, style=style, language=language)


def formatted(entry: dict[str, Any], language: str = "en-GB", style: bytes = STYLE) -> str:
    (markup,) = worded([entry], style=style, language=language).values()
    return markup


@pytest.mark.parametrize(
    ("entry", "language", "markup"),
    [
        (
            ARTICLE,
            "en-GB",
            "<em>Salis Herald</em>, <span>“Patrols begin”</span>, 16 November 2022. "
            '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.',
        ),
        (PAGE, "en-GB", "Coast Guard, <span>“Readout”</span>, 7–8 December 2022."),
        (PAGE, "en-US", "Coast Guard, <span>“Readout,”</span> December 7–8, 2022."),
        (PAGE, "es", "Coast Guard, <span>«Readout»</span>, 7–8 de diciembre de 2022."),
    ],
)
def test_a_source_reads_as_the_style_says(
    entry: dict[str, Any], language: str, markup: str
) -> None:
    assert formatted(entry, language) == markup


@pytest.mark.parametrize(
    ("issued", "words"),
    [
        ({"literal": "by 16 November 2022"}, "by 16 November 2022"),
        ({"date-parts": [[2020, 11]], "circa": True}, "about November 2020"),
        (None, "n.d."),
    ],
)
def test_a_date_that_is_no_plain_date_prints_in_words(
    issued: dict[str, Any] | None, words: str
) -> None:
    entry = {**PAGE, "issued": issued} if issued else {k: PAGE[k] for k in PAGE if k != "issued"}
    assert formatted(entry).endswith(f"</span>, {words}.".replace("n.d..", "n.d."))


def test_authors_come_before_publishers() -> None:
    authors = [{"family": "García", "given": "Ana"}, {"literal": "Coastal Union"}]
    entry = {**PAGE, "type": "report", "author": authors}
    assert formatted(entry).startswith("García, Ana and Coastal Union, <em>Readout</em>, Coast")


def test_entries_stand_in_the_styles_order_under_their_ids() -> None:
    entries = [ARTICLE, PAGE]
    made = worded(entries)
    assert list(made) == ["readout", "herald"]
    assert worded([]) == {}


def test_an_entry_that_names_nobody_stands_under_its_title() -> None:
    entries = [{"id": "t", "type": "webpage", "title": "Tides"}, PAGE, ARTICLE]
    assert list(worded(entries)) == ["readout", "herald", "t"]
    assert worded(entries)["t"].startswith("<span>“Tides”</span>, n.d.")


def test_any_style_serves_and_its_numbers_are_left_out() -> None:
    made = formatted({**ARTICLE, "URL": "https://example.org/"}, style=NUMBERED)
    assert made == '<strong><a href="https://example.org/">Patrols begin</a></strong>'


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "</div></div><p>out",
    ],
)
def test_markup_in_an_entry_is_inert(hostile: str) -> None:
    markup = formatted({**PAGE, "title": hostile, "publisher": hostile})
    for dangerous in ("<script", "<img", "<p", "</div", 'href="javascript', 'onerror="'):
        assert dangerous not in markup.lower()


def test_only_web_addresses_become_links() -> None:
    assert 'href="javascript' not in formatted({**PAGE, "URL": "javascript:alert(1)"})


def test_a_broken_style_is_the_engines_fault_in_one_line() -> None:
    with pytest.raises(EngineFault, match="pandoc: the source list"):
        formatted(PAGE, style=b"<style>no")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("</info>", '<link rel="independent-parent" href="http://h/"/></info>'), "takes its"),
        (("</info>", '<link rel="independent&#45;parent" href="http://h/"/></info>'), "takes its"),
        (("<style", '<!DOCTYPE style [<!ENTITY e SYSTEM "file:///x">]>\n<style'), "DOCTYPE"),
        (("<style", "\xff<style"), "not UTF-8"),
        (("<style", "<stile"), "pandoc: the source list"),
    ],
)  # fmt: skip
def test_a_citation_style_is_whole_or_refused(change: tuple[str, str], said: str) -> None:
    style = STYLE.decode()
    hostile = style.replace(*change, 1)
    assert hostile != style
    encoding = "latin-1" if said == "not UTF-8" else "utf-8"
    with pytest.raises(EngineFault, match=said):
        worded(
            [{"id": "a", "type": "book", "title": "T"}],
            style=hostile.encode(encoding, "replace"),
            language="en-GB",
        )


LOOP = b"""<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Round</title><id>round</id></info>
<macro name="there"><text macro="back"/></macro><macro name="back"><text macro="there"/></macro>
<citation><layout><text macro="there"/></layout></citation>
<bibliography><layout><text macro="there"/></layout></bibliography></style>"""


def test_a_style_that_calls_itself_is_ended_before_it_takes_the_machine() -> None:
    began = time.monotonic()
    with pytest.raises(citeproc.StyleFault, match="correct the citation style"):
        worded([PAGE], style=LOOP)
    assert time.monotonic() - began < 15

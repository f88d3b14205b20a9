"""Exports: what they hold, that other programs take them, and that no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pypandoc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

import bilingual
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.exports import COLUMNS, events_csv, harmless, sources_csl
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from conftest import Workspace

ROOT = Path(__file__).resolve().parents[2]
EVENTS, SEEDS = "briefings/port/events.yaml", "seeds/seeds.yaml"
TITLE = "title: Coast Office promises scanners"
HOSTILE = '=HYPERLINK("http://x.org",A1);=1+1'


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


# --- CSV ------------------------------------------------------------------------------------------


def test_a_row_says_of_an_event_what_the_brief_says(workspace: Workspace) -> None:
    pact, offer = rows(events_csv(workspace.composition()))
    assert list(pact) == list(COLUMNS)
    assert offer == {
        "number": "2",
        "id": "offer",
        "date": "2021-05-14",
        "date_worded": "14 May 2021",
        "earliest": "2021-05-14",
        "latest": "2021-05-14",
        "basis": "inferred",
        "date_note": "The day of the report.",
        "date_sources": "",
        "title": "Coast Office promises scanners",
        "actors": "Coast Office",
        "people": "",
        "place": "",
        "themes": "equipment",
        "summary": "The Office said that it would send scanners.",
        "outcomes": "Assistance (announced): Scanners for the harbour",
        "credibility": "",
        "caveat": "The almanac lists no scanners.",
        "part_of": "",
        "origins": "1",
        "sources": "Wire, ¶ 2",
        "quotations": "The Office will send three scanners to the harbour",
        "translations": "",
    }
    assert pact["people"] == "Ana Ruiz, Minister of Ports\nTom Hale, Director of the Coast Office"
    assert pact["sources"] == "Gazette, ¶ 3\nWire, ¶ 1"
    assert len(pact["quotations"].split("\n")) == 2


def test_translations_match_the_quotations_line_by_line(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    plain = "      - {seed: acta, quote: 'Las dos partes acordaron compartir los datos'}\n    key:"
    bilingual.edit(root, bilingual.EVENT_LIST, "    key:", plain)
    composition = check_briefing("pact", read_corpus(Inputs(root))).composition
    assert composition is not None
    data, scanners = rows(events_csv(composition))
    assert data["translations"].split("\n") == [
        "agreed to share the data of 5,000 containers on 12 March 2024 (our translation)",
        "",
    ]
    assert scanners["translations"] == (
        "The Ministry will send 3,500 scanners (translation in Ministry of Transport, ¶ 2)"
    )


@pytest.mark.parametrize(
    ("date", "earliest", "latest"),
    [("2021-05-XX", "2021-05-01", "2021-05-31"), ("2021/..", "2021-01-01", "")],
)
def test_what_is_not_known_of_a_date_is_empty(
    workspace: Workspace, date: str, earliest: str, latest: str
) -> None:
    workspace.edit(EVENTS, "value: 2021-05-14", f"value: {date}")
    (row,) = [row for row in rows(events_csv(workspace.composition())) if row["id"] == "offer"]
    assert (row["date"], row["earliest"], row["latest"]) == (date, earliest, latest)


def test_excel_is_told_that_it_is_utf_8_and_lines_end_as_the_standard_says(
    workspace: Workspace,
) -> None:
    data = events_csv(workspace.composition())
    assert data.startswith(b"\xef\xbb\xbfnumber,id,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 3
    assert data == events_csv(workspace.composition())


def test_every_column_is_documented() -> None:
    page = (ROOT / "docs/command-line.md").read_text("utf-8").partition("<!-- columns -->")[2]
    cells = re.findall(r"^\| (`.*?) \|", page.partition("\n\n")[0], re.MULTILINE)
    assert sorted(name for cell in cells for name in re.findall(r"`(\w+)`", cell)) == sorted(
        COLUMNS
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "  '=1"),
        ("\t=1", " '=1"),
        ("\r=1", "\n'=1"),
        ("\u00a0=1", "\u00a0'=1"),
        ('"=1"', '"\'=1"'),
        ("＝1", "'＝1"),
        ("－1", "'－1"),
        ("﹢1", "'﹢1"),
        ("a\n=1", "a\n'=1"),
        ("a;=1", "a;'=1"),
        ("a, +1", "a, '+1"),
        ("a|@b", "a|'@b"),
        ('a";"=1', 'a";"\'=1'),
        ("a = b", "a = b"),
        ("5G–6G", "5G–6G"),
        ("a-b; c", "a-b; c"),
        ("a\0b", "a b"),
        ("", ""),
    ],
)
def test_no_cell_begins_a_formula(text: str, expected: str) -> None:
    assert harmless(text) == expected


@given(st.text(st.one_of(st.sampled_from("=+-@＝;,\t|\"' \r\n"), st.characters()), max_size=40))
@example('";"=1')
def test_however_it_is_parted_no_cell_begins_a_formula(text: str) -> None:
    safe = harmless(text)
    for cell in re.split(r"[;,\t|\r\n]", safe):
        assert cell.lstrip(' "\u00a0')[:1] not in {*"=+-@", "＝"}
    assert [c for c in safe if c not in " '\n"] == [
        c for c in text if c not in " '\n\r" and not re.match(r"[\x00-\x1f\x7f-\x9f]", c)
    ]


def cells_of(file: Path, tmp_path: Path) -> tuple[list[str], list[str]]:
    """The text of every cell as LibreOffice reads a CSV, and every formula that it found."""
    office = shutil.which("soffice")
    if office is None or not list(Path("/usr/lib").glob("libreoffice/program/libsclo.so")):
        pytest.skip("LibreOffice Calc is not installed")
    done = subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
         "--infilter=CSV:44,34,76,1", "--convert-to", "fods", "--outdir", str(tmp_path), str(file)],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    made = tmp_path / f"{file.stem}.fods"
    assert made.exists(), done.stderr
    tree = etree.parse(made)
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    cells = [
        "\n".join("".join(p.itertext()) for p in cell)
        for cell in tree.iter(f"{table}table-cell")
        if len(cell)
    ]
    return cells, [str(each) for each in tree.xpath("//@*[local-name()='formula']")]


def test_a_spreadsheet_reads_every_word_and_runs_none(workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit(EVENTS, TITLE, f"title: '{HOSTILE}'")
    data = events_csv(workspace.composition())
    (tmp_path / "events.csv").write_bytes(data)
    cells, formulas = cells_of(tmp_path / "events.csv", tmp_path)
    assert formulas == []
    expected = [*COLUMNS, *(value for row in rows(data) for value in row.values() if value)]
    # Days are days there, and print in its own way.
    days = re.compile(r"\d{4}-\d\d-\d\d|\d+ \w+ \d{4}|\d\d/\d\d/\d+")
    kept = [[cell for cell in each if not days.fullmatch(cell)] for each in (cells, expected)]
    assert kept[0] == kept[1]
    assert "'" + HOSTILE.replace(";", ";'") in cells
    # The same spreadsheet does run what was not made harmless.
    (tmp_path / "raw.csv").write_text('a\n"=1+1"\n')
    assert cells_of(tmp_path / "raw.csv", tmp_path)[1] == ["of:=1+1"]


# --- CSL JSON -------------------------------------------------------------------------------------

MORE = """\
  - id: leaflet
    type: pamphlet
    citation-key: Ruiz2019Leaflet
    title: Scanning, a leaflet
    author: [{family: Ruiz, given: Ana}, {literal: Ministry of Ports}]
    issued: 2019-03-01/2019-04-02
    accessed: 2021-02-03
    event-date: {date-parts: [["2019", "03"]]}
    custom: {title_supplied: true, origin: ports}
  - id: cards
    type: dataset
    title: Cards
    issued: 2020-11-14~
  - id: decade
    type: book
    title: A decade
    issued: 202X
"""
CITED = "[@wire-2021, ¶ 4; @leaflet; @cards; @decade]"


@pytest.fixture
def items(workspace: Workspace) -> list[dict[str, Any]]:
    catalogue = (workspace.root / SEEDS).read_text("utf-8")
    workspace.write(SEEDS, catalogue + MORE)
    workspace.edit("briefings/port/brief.yaml", "[@wire-2021, ¶ 4]", CITED)
    found: list[dict[str, Any]] = json.loads(sources_csl(workspace.composition()))
    return found


def test_the_cited_entries_are_there_by_id(items: list[dict[str, Any]]) -> None:
    assert [item["id"] for item in items] == [
        *("almanac-2020", "cards", "decade", "gazette-2021", "leaflet", "wire-2021")
    ]


def test_an_entry_is_kept_with_what_is_ours_under_custom(items: list[dict[str, Any]]) -> None:
    by_id = {item["id"]: item for item in items}
    assert by_id["leaflet"] == {
        "id": "leaflet",
        "type": "pamphlet",
        "citation-key": "Ruiz2019Leaflet",
        "title": "[Scanning, a leaflet]",
        "author": [{"family": "Ruiz", "given": "Ana"}, {"literal": "Ministry of Ports"}],
        "issued": {"date-parts": [[2019, 3, 1], [2019, 4, 2]]},
        "accessed": {"date-parts": [[2021, 2, 3]]},
        "event-date": {"date-parts": [[2019, 3]]},
        "custom": {"origin": "ports"},
    }
    assert by_id["gazette-2021"]["custom"] == {
        "file": "gazette.txt",
        "sha256": "eebfe90cbe8fcd4b2a4d26acea79a7f714f46eb42ff1e968c10e015d84b7bee2",
        "issued_basis": "stated",
        "reliability": {"grade": "B", "why": "Local paper of record"},
        "ignore": [1, 6],
    }
    assert by_id["cards"]["issued"] == {"date-parts": [[2020, 11, 14]], "circa": True}
    assert by_id["decade"]["issued"] == {"literal": "the 2020s"}
    assert "custom" not in by_id["almanac-2020"]


# The variables of CSL 1.0.2 (docs.citationstyles.org, appendix IV) that its JSON takes.
TEXTS = """
    abstract annote archive archive_collection archive_location archive-place authority call-number
    citation-key citation-label collection-title container-title container-title-short dimensions
    division DOI event-place event-title genre ISBN ISSN jurisdiction keyword language medium note
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher
    publisher-place references reviewed-genre reviewed-title scale section source status title
    title-short URL version volume-title year-suffix
"""
NUMBERS = """
    chapter-number citation-number collection-number edition first-reference-note-number issue
    locator number number-of-pages number-of-volumes page page-first part printing supplement volume
"""
NAMES = """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer
    series-creator translator
"""
DATES = "accessed available-date event-date issued original-date submitted"
TEXT, NUMBER = {"type": "string"}, {"type": ["string", "number"]}
PART = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number"}}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": PART},
        "circa": {"type": "boolean"},
        "literal": TEXT,
    },
}
NAME = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": dict.fromkeys(
        ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"), TEXT
    ),
}
CSL_JSON = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": TEXT,
            "type": TEXT,
            "custom": {"type": "object"},
            **dict.fromkeys(TEXTS.split(), TEXT),
            **dict.fromkeys(NUMBERS.split(), NUMBER),
            **{key: {"type": "array", "items": NAME} for key in NAMES.split()},
            **dict.fromkeys(DATES.split(), DATE),
        },
    },
}


def test_it_is_as_the_schema_of_csl_has_it(items: list[dict[str, Any]]) -> None:
    assert list(jsonschema.Draft202012Validator(CSL_JSON).iter_errors(items)) == []


def test_the_real_catalogue_is_as_the_schema_of_csl_has_it() -> None:
    checked = check_briefing("ecuador-security-cooperation", read_corpus(Inputs(ROOT)))
    assert checked.composition is not None
    jsonschema.validate(json.loads(sources_csl(checked.composition)), CSL_JSON)


def pandoc(given: str, *arguments: str) -> str:
    return subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=csljson", *arguments],
        input=given, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip


def test_pandoc_takes_it_and_gives_it_back(items: list[dict[str, Any]]) -> None:
    back = {item["id"]: item for item in json.loads(pandoc(json.dumps(items), "--to=csljson"))}
    for item in items:
        # Its reader knows neither `custom` nor the date that is a literal.
        kept = {key: value for key, value in item.items() if key != "custom"}
        if "literal" in item["issued"]:
            kept["issued"] = {"date-parts": []}
        assert back[item["id"]] == kept


def test_citeproc_makes_a_bibliography_of_it(items: list[dict[str, Any]]) -> None:
    text = pandoc(json.dumps(items), "--to=plain", "--citeproc", "--wrap=none")
    for words in ("Ruiz, Ana, and Ministry of Ports. 2019", "Port Almera Gazette", "[2020?]"):
        assert words in text

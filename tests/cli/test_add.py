"""`add`: real documents into a workspace, and what is refused, with nothing changed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from built_documents import NEWS, READOUT, docx, encrypted, pdf, scan
from sourcebrief.workspace.yaml_nodes import load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

SEEDS = "seeds/seeds.yaml"
TEXT = "Readout of the meeting\n\nOn 3 March 2024 the Minister met the Port Authority.\n"
PDF = pdf(
    "<h1>Port report</h1><p>Issued in Lima on 5 March 2024.</p>"
    "<p style='break-before: page'>The Authority agreed to share cargo data.</p>",
    "<title>Port report</title><meta name='dcterms.created' content='2024-03-05'>",
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def given(inbox: Path, name: str, data: bytes | str) -> Path:
    path = inbox / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def entries(workspace: Workspace) -> list[dict[str, Any]]:
    value: Any = load((workspace.root / SEEDS).read_bytes(), SEEDS).value
    found: list[dict[str, Any]] = value["references"]
    return found


def state(workspace: Workspace) -> dict[str, bytes]:
    files = sorted(path for path in workspace.root.rglob("*") if path.is_file())
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in files}


# ------------------------------------------------------------------------------- what is added


def test_html_pdf_and_docx_become_seeds_that_pass_the_check(
    workspace: Workspace, inbox: Path
) -> None:
    before = (workspace.root / SEEDS).read_bytes()
    ran = workspace.run(
        "add",
        given(inbox, "port deal.html", NEWS),
        given(inbox, "report.pdf", PDF),
        given(inbox, "readout.docx", docx(READOUT, title="Readout", lang="en")),
    )
    assert (ran.code, ran.err) == (0, "")
    assert (workspace.root / SEEDS).read_bytes().startswith(before)
    news, report, readout = entries(workspace)[-3:]
    assert (news["id"], news["custom"]["file"]) == ("the-daily-2024", "port-deal.txt")
    assert (news["issued"], news["custom"]["issued_basis"]) == ("2024-03-03", "external")
    assert news["custom"]["issued_note"] == "From the document’s metadata (datePublished)"
    assert (report["id"], report["custom"]["issued_basis"]) == ("report-2024", "stated")
    assert readout["custom"]["issued_note"] == "From the document’s metadata (created)"
    for entry in (news, report, readout):
        custom = entry["custom"]
        assert (workspace.root / "seeds" / custom["original"]["file"]).exists()
    assert workspace.run("check").code == 0
    assert workspace.run("pin", "--all").out == "nothing to pin: every file is as pinned\n"
    assert sorted(path.name for path in (workspace.root / "seeds").iterdir()) == [
        *("gazette.txt", "port-deal.html", "port-deal.txt", "readout.docx", "readout.txt"),
        *("report.pdf", "report.txt", "seeds.yaml", "wire.txt"),
    ]


def test_the_report_says_what_was_found_and_what_was_not(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run("add", given(inbox, "report.pdf", PDF))
    assert ran.out == (
        "report-2024: Port report\n"
        "  document, en\n"
        "  issued 2024-03-05 (stated), the text states it\n"
        "  report.txt: 3 paragraphs on 2 pages, from report.pdf\n"
        "  not found: publisher and URL; fill in at the end of seeds/seeds.yaml\n"
        "added to seeds/seeds.yaml: 1 seed\n"
        "next: sourcebrief find WORDS\n"
    )


def test_a_date_of_the_metadata_is_held_against_those_of_the_text(
    workspace: Workspace, inbox: Path
) -> None:
    minutes = "Minutes\n\n12 February 2024\n\nThe group met on 12 February 2024 in Lima."
    ran = workspace.run("add", given(inbox, "m.docx", docx(minutes, title="Minutes", lang="en")))
    assert (
        "  issued 2024-03-04 (external): From the document’s metadata (created)\n"
        "  m.txt: 4 paragraphs, from m.docx\n"
        "  note: the first date in its text is 2024-02-12; where that is its own, correct the "
        "entry: issued: 2024-02-12 and issued_basis: stated, without issued_note\n"
    ) in ran.out


def test_a_text_in_utf8_is_the_seed_itself(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run(
        *("add", given(inbox, "notes.txt", TEXT), "--issued", "2024-03-03", "--language", "en"),
        *("--publisher", "Ministry of Transport", "--type", "report"),
    )
    assert ran.code == 0
    entry = entries(workspace)[-1]
    assert entry["custom"] == {
        "file": "notes.txt",
        "sha256": entry["custom"]["sha256"],
        "issued_basis": "stated",
    }
    assert (entry["id"], entry["title"]) == ("ministry-of-transport-2024", "Readout of the meeting")
    assert (workspace.root / "seeds/notes.txt").read_text("utf-8") == TEXT


def test_a_text_in_another_encoding_is_an_original(workspace: Workspace, inbox: Path) -> None:
    words = "Señor\n\nEl 3 de marzo de 2024 habló.\n"
    file = given(inbox, "notas.txt", words.encode("cp1252"))
    options = ("--issued", "2024-03-03", "--language", "es")
    ran = workspace.run("add", file, *options)
    assert "it is not UTF-8; say in which encoding it is, as --encoding windows-1252" in ran.err
    assert workspace.run("add", file, *options, "--encoding", "windows-1252").code == 0
    custom = entries(workspace)[-1]["custom"]
    assert (custom["file"], custom["original"]["file"]) == ("notas-2.txt", "notas.txt")
    assert (workspace.root / "seeds/notas-2.txt").read_text("utf-8") == words


def test_a_file_that_lies_in_seeds_stays_there(workspace: Workspace) -> None:
    workspace.write("seeds/notes.txt", TEXT)
    options = ("--issued", "2024-03-03", "--language", "en")
    assert workspace.run("add", workspace.root / "seeds/notes.txt", *options).code == 0
    assert entries(workspace)[-1]["custom"]["file"] == "notes.txt"
    assert not (workspace.root / "seeds/notes-2.txt").exists()


def test_no_file_and_no_id_is_taken_twice(workspace: Workspace, inbox: Path) -> None:
    other = inbox / "other"
    other.mkdir()
    first = given(inbox, "report.pdf", PDF)
    second = given(other, "Report.PDF", pdf("<p>5 March 2024, other words.</p>"))
    assert workspace.run("add", first).code == 0
    assert workspace.run("add", second, "--issued", "2024-03-05", "--title", "T").code == 0
    assert [entry["id"] for entry in entries(workspace)[-2:]] == ["report-2024", "report-2024-2"]
    assert (workspace.root / "seeds/Report-2.pdf").exists()


def test_an_id_is_not_that_of_an_event(workspace: Workspace, inbox: Path) -> None:
    event = load((workspace.root / "briefings/port/events.yaml").read_bytes(), "").value["events"][
        0
    ]["id"]  # type: ignore[index,call-overload]
    ran = workspace.run("add", given(inbox, "report.pdf", PDF), "--id", event)
    assert ran.code == 1
    assert f"the id '{event}' is taken; give another --id" in ran.err


def test_a_title_of_ones_own_is_marked(workspace: Workspace, inbox: Path) -> None:
    file = given(inbox, "report.pdf", PDF)
    assert workspace.run("add", file, "--title", "What the port did").code == 0
    assert entries(workspace)[-1]["custom"]["title_supplied"] == "true"


def test_a_workspace_without_a_catalogue_gets_one(workspace: Workspace, inbox: Path) -> None:
    (workspace.root / SEEDS).unlink()
    assert workspace.run("add", given(inbox, "report.pdf", PDF)).code == 0
    assert [entry["id"] for entry in entries(workspace)] == ["report-2024"]


def test_the_same_address_is_told(workspace: Workspace, inbox: Path) -> None:
    workspace.edit(
        SEEDS,
        "    publisher: Almanac Press\n",
        "    publisher: Almanac Press\n    URL: http://www.daily.example/2024/03/03/port/\n",
    )
    ran = workspace.run("add", given(inbox, "a.html", NEWS))
    assert ran.code == 0
    assert "note: its URL is also that of 'almanac-2020'" in ran.out


# ----------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "scan.pdf",
            scan(),
            (
                "it holds no text, only pictures: a scan; recognise "
                "its text first, with OCR such as `ocrmypdf`"
            ),
        ),
        ("locked.pdf", encrypted(PDF, user="x"), "it is encrypted; save a copy without a password"),
        ("cut.pdf", PDF[:1500], "it is broken, or not a PDF"),
        ("cut.docx", docx(READOUT)[:2000], "it is damaged, or not a Word document"),
        ("empty.txt", b"", "it is empty"),
        ("old.doc", b"x", "files in .doc are not read; save it as DOCX"),
        ("blank.html", b"<html><body></body></html>", "no text was found in it"),
        (
            "notes.txt",
            TEXT,
            "no date or language is found in it; say it, as: --issued YYYY-MM-DD --language en",
        ),
        (
            "untitled.pdf",
            pdf("<h1>Ships</h1><p>On 5 March 2024 they came.</p>"),
            "no title or date is found in it; say it, as: --title 'Ships' --issued 2024-03-05",
        ),
    ],
)
def test_a_clear_line_and_nothing_changed(
    workspace: Workspace, inbox: Path, name: str, data: bytes | str, message: str
) -> None:
    before = state(workspace)
    good = given(inbox, "good.html", NEWS)
    bad = given(inbox, name, data)
    alone = workspace.run("add", bad)
    assert alone.code == 1
    assert alone.err.startswith(f"{bad}:1:1: error: {message}")
    assert alone.err.count("\n") == 2
    assert workspace.run("add", good, bad).code == 1
    assert state(workspace) == before


def test_all_problems_of_all_files_at_once(workspace: Workspace, inbox: Path) -> None:
    files = [given(inbox, "a.txt", b""), inbox / "none.pdf", inbox, given(inbox, "b.zip", b"x")]
    ran = workspace.run("add", *files)
    assert ran.code == 1
    assert ran.err.endswith("4 errors\n")


def test_a_document_is_added_once(workspace: Workspace, inbox: Path) -> None:
    one, two = given(inbox, "a.html", NEWS), given(inbox, "b.html", NEWS)
    ran = workspace.run("add", one, two)
    assert (ran.code, entries(workspace)[-1]["id"]) == (1, "almanac-2020")
    assert "b.html:1:1: error: it is a seed already: 'the-daily-2024'; leave it out" in ran.err
    assert workspace.run("add", one).code == 0
    assert workspace.run("add", two).code == 1
    gazette = workspace.root / "seeds/gazette.txt"
    assert "it is a seed already: 'gazette-2021'" in workspace.run("add", gazette).err


def test_a_date_that_the_text_does_not_state_needs_a_note(
    workspace: Workspace, inbox: Path
) -> None:
    file = given(inbox, "notes.txt", TEXT)
    options = ("--issued", "2024-03-04", "--language", "en")
    ran = workspace.run("add", file, *options)
    assert "its text does not state the date 2024-03-04; say how it is known" in ran.err
    assert workspace.run("add", file, *options, "--issued-note", "From its letter").code == 0
    custom = entries(workspace)[-1]["custom"]
    assert (custom["issued_basis"], custom["issued_note"]) == ("external", "From its letter")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--issued", "3/3/2024"), "--issued: "),
        (("--language", "klingonish"), "--language: "),
        (("--title", " "), "--title is one line of text"),
    ],
)
def test_options_that_cannot_be_meant(
    workspace: Workspace, inbox: Path, options: tuple[str, ...], message: str
) -> None:
    ran = workspace.run("add", given(inbox, "notes.txt", TEXT), *options)
    assert ran.code == 2
    assert ran.err.startswith(f"sourcebrief: {message}")


def test_what_describes_one_document_is_not_for_two(workspace: Workspace, inbox: Path) -> None:
    files = [given(inbox, "a.html", NEWS), given(inbox, "notes.txt", TEXT)]
    ran = workspace.run("add", *files, "--title", "T")
    assert (ran.code, ran.err.split("\n")[0]) == (
        2,
        "sourcebrief: --title describes one document: add that one by itself",
    )


@pytest.mark.parametrize(("option", "value"), [("--id", "Not An Id"), ("--type", "leaflet")])
def test_an_entry_that_the_catalogue_would_refuse(
    workspace: Workspace, inbox: Path, option: str, value: str
) -> None:
    before = state(workspace)
    assert workspace.run("add", given(inbox, "a.html", NEWS), option, value).code == 1
    assert state(workspace) == before


def test_a_missing_extra_names_what_to_install(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    ran = workspace.run("add", given(inbox, "report.pdf", PDF))
    assert (ran.code, ran.err) == (
        1,
        "sourcebrief: error: to read PDF, the package 'pypdf' is missing; "
        "run: pip install 'sourcebrief[import]'\n",
    )


def test_a_catalogue_changed_meanwhile_is_not_written_over(
    workspace: Workspace, inbox: Path
) -> None:
    from sourcebrief.authoring.adding.document_entries import DocumentOptions
    from sourcebrief.authoring.adding.plan_addition import plan_addition, write_addition
    from sourcebrief.errors import SourcebriefError
    from sourcebrief.workspace.read_files import Inputs

    inputs = Inputs(workspace.root)
    plan = plan_addition([given(inbox, "a.html", NEWS)], DocumentOptions(), inputs)
    workspace.edit(SEEDS, "Almanac of Ports", "Almanac of all Ports")
    before = state(workspace)
    with pytest.raises(SourcebriefError, match="changed meanwhile"):
        write_addition(plan, inputs)
    assert state(workspace) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(workspace: Workspace, inbox: Path) -> None:
    seeds = workspace.root / "seeds"
    seeds.chmod(0o500)
    try:
        ran = workspace.run("add", given(inbox, "a.html", NEWS))
    finally:
        seeds.chmod(0o700)
    assert ran.code == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", [b"\xff\xfe.txt", b"a\x1b[2Jb.txt", b"a\nb.zip"])
def test_names_that_are_no_text_are_shown_harmlessly(
    workspace: Workspace, inbox: Path, name: bytes
) -> None:
    (inbox / os.fsdecode(name)).write_bytes(b"\xff")
    ran = workspace.run("add", inbox / os.fsdecode(name))
    assert ran.code == 1
    assert ran.err.count("\n") == 2
    assert "\x1b" not in ran.err


def test_no_module_is_taken_from_the_working_directory(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "lxml.py", "trafilatura.py"):
        (inbox / name).write_text("raise SystemExit('taken over')", "utf-8")
    monkeypatch.chdir(inbox)
    assert workspace.run("add", given(inbox, "a.html", NEWS)).code == 0


# ---------------------------------------------------------------------------------- references

ITEMS = [
    {
        "id": "Smith2019a",
        "type": "report",
        "title": "A report: on ports",
        "author": [{"family": "Smith", "given": "Ana"}],
        "issued": {"date-parts": [[2019, 7, 20]]},
        "DOI": "10.1000/ABC",
        "custom": {"file": "../../etc/passwd"},
    },
    {
        "id": "http://zotero.org/users/1/items/X",
        "type": "article-newspaper",
        "title": "Ships",
        "author": [{"family": "García", "given": "J."}],
        "issued": {"date-parts": [[2020]]},
        "abstract": "Two\nlines",
    },
]


def test_references_out_of_csl_json(workspace: Workspace, inbox: Path) -> None:
    file = given(inbox, "zotero.json", json.dumps(ITEMS))
    ran = workspace.run("add", file)
    assert (ran.code, ran.err) == (0, "")
    smith, garcia = entries(workspace)[-2:]
    assert (smith["id"], smith["citation-key"]) == ("smith2019a", "Smith2019a")
    assert smith["issued"] == "2019-07-20"
    assert smith["author"] == [{"family": "Smith", "given": "Ana"}]
    assert "custom" not in smith
    assert (garcia["id"], garcia["abstract"]) == ("garcia-2020", "Two\nlines")
    assert workspace.run("check").code == 0

    again = workspace.run("add", file)
    assert (again.code, len(entries(workspace))) == (0, 5)
    assert again.out == (
        "in seeds/seeds.yaml already: smith2019a, garcia-2020\nnothing to add to seeds/seeds.yaml\n"
    )


def test_a_grown_library_adds_what_is_new(workspace: Workspace, inbox: Path) -> None:
    assert workspace.run("add", given(inbox, "a.json", json.dumps(ITEMS[:1]))).code == 0
    assert workspace.run("add", given(inbox, "b.json", json.dumps(ITEMS))).code == 0
    assert [entry["id"] for entry in entries(workspace)[3:]] == ["smith2019a", "garcia-2020"]


def test_an_item_that_cannot_be_taken_is_named_and_nothing_added(
    workspace: Workspace, inbox: Path
) -> None:
    before = state(workspace)
    items = [*ITEMS, {"id": "x", "type": "leaflet", "title": "T", "issued": {"raw": "2019"}}]
    ran = workspace.run("add", given(inbox, "a.json", json.dumps(items, indent=1)))
    assert (ran.code, state(workspace)) == (1, before)
    assert "a.json:46:1: error: x: " in ran.err


def test_references_are_printed_by_citeproc_as_they_came(workspace: Workspace, inbox: Path) -> None:
    assert workspace.run("add", given(inbox, "a.json", json.dumps(ITEMS))).code == 0
    from sourcebrief.brief.bibliography import csl_items
    from sourcebrief.workspace.catalogue import read_library
    from sourcebrief.workspace.read_files import Inputs

    library, problems = read_library(Inputs(workspace.root))
    assert problems == []
    (item,) = csl_items(library, ["smith2019a"], "en-GB")
    assert item["issued"] == {"date-parts": [[2019, 7, 20]]}
    assert item["author"] == ITEMS[0]["author"]


def test_an_option_for_documents_is_not_for_references(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run("add", given(inbox, "a.json", json.dumps(ITEMS)), "--language", "en")
    assert ran.code == 2

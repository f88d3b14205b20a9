"""The PDF, read back: what validators check, and what they miss, from its structure tree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

import pdf_sample as sample
from sourcebrief.documents.pdf import write_pdf
from sourcebrief.documents.pdf.engine.boxes import placed_notes
from sourcebrief.documents.pdf.engine.render import render
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("weasyprint", reason="needs WeasyPrint", exc_type=ImportError)


LONG_LINK = (
    "the full and signed report, whose name is so long that it runs over the end of a line and "
    "goes on for a good deal more"
)


def write(html: str, **changes: Any) -> bytes:
    given: dict[str, Any] = {"resources": sample.RESOURCES, "metadata": sample.METADATA}
    return write_pdf.write_pdf(html, **given | changes).content


def page_of(body: str) -> str:
    return (
        "<!doctype html><html lang=en style=\"font-family: 'Source Serif 4'\"><title>T</title>"
        f"<body>{body}</body></html>"
    )


@dataclass(frozen=True)
class Element:
    """A structure element with what it draws, in reading order."""

    object: Any
    role: str
    lang: str
    parts: list[Element | tuple[int, str]] = field(default_factory=list)
    """Children, and (page, drawn text) of the element's own content, in order."""
    annotations: list[Any] = field(default_factory=list)

    @property
    def kids(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    def all(self, *roles: str) -> list[Element]:
        return [each for each in self.walk() if each.role in roles]

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @cached_property
    def pieces(self) -> list[tuple[int, str]]:
        each = [part.pieces if isinstance(part, Element) else [part] for part in self.parts]
        return [piece for pieces in each for piece in pieces]

    @property
    def text(self) -> str:
        return " ".join(" ".join(text for _, text in self.pieces).split())

    @property
    def pages(self) -> set[int]:
        return {page for page, _ in self.pieces}

    def table(self, name: str) -> Any:
        attributes = self.object.get("/A", {})
        return attributes.get(f"/{name}") if attributes else None


class Read:
    """A PDF with its pages' marked content and its structure tree."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.file = pikepdf.open(BytesIO(data))
        self.pages = [page.obj.objgen for page in self.file.pages]
        self.artifacts: list[tuple[int, str, str]] = []
        self.content: dict[tuple[int, int], str] = {}
        for number, page in enumerate(self.file.pages):
            self._read_page(number, page)
        self.drawn = list(self.content)
        self.read: list[tuple[int, int]] = []
        tree = self.file.Root.StructTreeRoot
        self.root = self._element(tree.K, str(self.file.Root.Lang), None)

    def _read_page(self, number: int, page: Any) -> None:
        fonts = {name: _to_unicode(font) for name, font in page.resources.Font.items()}
        font: dict[int, str] = {}
        open_: list[tuple[str, Any]] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands: list[Any] = list(instruction.operands)
            match str(instruction.operator):
                case "BDC" | "BMC":
                    properties = operands[1] if len(operands) > 1 else {}
                    assert "/Artifact" not in {tag for tag, _ in open_}, "content in an artifact"
                    open_.append((str(operands[0]), properties))
                    if "/MCID" in properties:
                        self.content[number, int(properties["/MCID"])] = ""
                case "EMC":
                    open_.pop()
                case "Tf":
                    font = fonts[str(operands[0])]
                case "TJ":
                    assert open_, f"page {number + 1} draws text outside any marked content"
                    drawn = b"".join(
                        bytes(each) for each in operands[0] if isinstance(each, pikepdf.String)
                    )
                    codes = (drawn[i : i + 2] for i in range(0, len(drawn), 2))
                    text = "".join(font[int.from_bytes(code, "big")] for code in codes)
                    tag, properties = open_[-1]
                    if tag == "/Artifact":
                        kind = f"{properties.get('/Type')}{properties.get('/Subtype', '')}"
                        self.artifacts.append((number, kind, text))
                    elif "/MCID" in properties:
                        self.content[number, int(properties["/MCID"])] += text
        assert not open_

    def _element(self, node: Any, lang: str, page: Any) -> Element:
        page = node.get("/Pg", page)
        element = Element(node, str(node.S)[1:], str(node.get("/Lang", lang)))
        for kid in _kids(node):
            if not isinstance(kid, pikepdf.Dictionary):
                self._add_content(element, page, kid)
            elif kid.get("/Type") == "/MCR":
                self._add_content(element, kid.Pg, kid.MCID)
            elif kid.get("/Type") == "/OBJR":
                element.annotations.append(kid.Obj)
            else:
                assert kid.P.objgen == node.objgen, "a child that has another parent"
                element.parts.append(self._element(kid, element.lang, page))
        return element

    def _add_content(self, element: Element, page: Any, mcid: Any) -> None:
        key = self.pages.index(page.objgen), int(mcid)
        self.read.append(key)
        element.parts.append((key[0], self.content.pop(key)))


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _to_unicode(font: Any) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]*)>$", cmap, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@pytest.fixture(scope="module")
def brief() -> Read:
    return Read(write(sample.brief(), attachments=sample.ATTACHMENTS))


@pytest.fixture(scope="module")
def chronology(brief: Read) -> Element:
    return brief.root.all("Table")[1]


# ------------------------------------------------------------------ the tree as a whole


def test_all_that_is_drawn_is_either_in_the_tree_once_or_an_artifact(brief: Read) -> None:
    # Reading took each sequence out that an element refers to; the rest would be unreachable.
    assert brief.content == {}


def test_reading_order_is_the_documents(brief: Read) -> None:
    heads = [each.text for each in brief.root.all("H1", "H2")]

    assert heads == [
        "Cybersecurity engagement of two states",
        "Bottom line",
        "Judgements",
        "Time line",
        "Chronology",
        "Gaps",
        "Sources",
        "Annex",
    ]


def test_rows_are_read_in_order_over_the_pages(chronology: Element) -> None:
    numbers = [row.kids[0].text for row in chronology.all("TR")[1:] if row.kids[0].role == "TD"]

    assert numbers == [str(number) for number in range(1, 31)]
    assert len(chronology.pages) > 2


def test_each_page_is_drawn_in_the_order_in_which_it_is_read(brief: Read) -> None:
    # A drawing is painted after the text around it; it has no text of its own to be read.
    figures = {int(kid) for each in brief.root.all("Figure") for kid in _kids(each.object)}
    for page in range(len(brief.pages)):
        drawn = [mcid for number, mcid in brief.drawn if number == page and mcid not in figures]
        read = [mcid for number, mcid in brief.read if number == page and mcid not in figures]
        assert drawn == read


def test_headings_nest_without_a_gap_and_make_the_outline(brief: Read) -> None:
    with brief.file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Cybersecurity engagement of two states"]
        assert [item.title for item in outline.root[0].children][:2] == [
            "Bottom line",
            "Judgements",
        ]


# ------------------------------------------------------------------ what runs along


def test_running_heads_and_page_numbers_are_artifacts(brief: Read) -> None:
    pages = len(brief.pages)
    heads = [text for _, kind, text in brief.artifacts if kind == "/Pagination/Header"]
    feet = [text for _, kind, text in brief.artifacts if kind == "/Pagination/Footer"]

    assert heads.count("TLP:CLEAR") == pages
    assert feet == [f"{number} / {pages}" for number in range(1, pages + 1)]
    # Once in the text and nowhere else.
    assert brief.root.text.count("TLP:CLEAR") == 1


def test_the_dots_of_a_leader_are_not_read(brief: Read) -> None:
    contents = brief.root.all("L")[0]

    assert [re.sub(r"\d", "n", item.text) for item in contents.kids] == [
        "n. Chronology n",
        "n. The sources n",
    ]


# ------------------------------------------------------------------ tables


def test_a_table_over_several_pages_is_one_and_its_head_is_read_once(
    brief: Read, chronology: Element
) -> None:
    repeated = [(page, text) for page, kind, text in brief.artifacts if text == "Outcome"]

    assert len(brief.root.all("Table")) == 2
    assert [each.text for each in chronology.all("THead")] == ["No. Date Event Outcome"]
    assert [page for page, _ in repeated] == sorted(chronology.pages)[1:]


def test_header_cells_have_their_scope(chronology: Element) -> None:
    scopes = {head.text: str(head.table("Scope")) for head in chronology.all("TH")}

    assert scopes["Event"] == "/Column"
    assert scopes["2 July 2019"] == "/Row"
    assert scopes["2019"] == "/Column"  # over the rows below it
    assert all(scope in {"/Row", "/Column"} for scope in scopes.values())


def test_cells_below_a_year_name_their_column_year_and_row(chronology: Element) -> None:
    heads = {str(head.object.ID): head.text for head in chronology.all("TH")}
    outcomes = [row.kids[-1] for row in chronology.all("TR") if len(row.kids) == 4][1:]

    named = [[heads[str(each)] for each in cell.table("Headers")] for cell in outcomes]

    assert named[0] == ["Outcome", "2019", "2 July 2019"]
    assert named[-1] == ["Outcome", "2021", "3 July 2019"]


def test_every_row_is_as_wide_as_the_table(chronology: Element) -> None:
    widths = {sum(int(c.table("ColSpan") or 1) for c in row.kids) for row in chronology.all("TR")}

    assert widths == {4}


def test_a_caption_belongs_to_its_table(chronology: Element) -> None:
    assert chronology.kids[0].role == "Caption"
    assert chronology.kids[0].text == "Events in order of date"


# ------------------------------------------------------------------ notes


def test_each_note_is_a_note_with_its_own_identifier(brief: Read) -> None:
    notes = brief.root.all("Note")
    identifiers = [str(note.object.ID) for note in notes]

    assert len(notes) == 1 + 30 + 7
    assert identifiers[:2] == ["note-a", "note-1-0"]
    assert len(set(identifiers)) == len(identifiers)
    assert set(identifiers) < {
        str(name) for name in list(brief.file.Root.StructTreeRoot.IDTree.Names)[::2]
    }


def test_a_call_leads_to_its_note_and_the_note_back(brief: Read) -> None:
    calls = brief.root.all("Reference")
    notes = brief.root.all("Note")
    targets = dict(_pairs(brief.file.Root.Names.Dests.Names))

    assert [call.text for call in calls] == [str(n) for n in range(1, len(notes) + 1)]
    for call, note in zip(calls, notes, strict=True):
        label = next(each for each in note.kids if each.role == "Lbl")
        (there,) = call.all("Link")[0].annotations
        (back,) = label.all("Link")[0].annotations
        assert label.text == call.text
        assert str(there.Dest) == str(note.object.ID)
        assert targets[str(back.Dest)][0].objgen in {brief.pages[page] for page in call.pages}
        assert targets[str(there.Dest)][0].objgen in {brief.pages[page] for page in note.pages}


def _pairs(names: Any) -> Iterator[tuple[str, Any]]:
    flat = list(names)
    yield from zip(map(str, flat[::2]), flat[1::2], strict=True)


@pytest.mark.parametrize(("rows", "notes"), [(12, 2), (17, 1), (23, 2), (31, 1)])
def test_no_note_is_lost_and_each_is_on_the_page_of_its_call(rows: int, notes: int) -> None:
    document = render(sample.brief(rows, notes), sample.RESOURCES)
    found = placed_notes(document)

    assert len(found) == 1 + rows * notes + rows // 4
    assert [note for note in found if note.note != note.call] == []
    assert len(document.pages) <= 2 + rows * (1 + notes) / 12


# ------------------------------------------------------------------ links, figures, language, lists


def test_the_description_of_a_link_is_its_text(brief: Read) -> None:
    links = [link for link in brief.root.all("Link") if link.annotations[0].get("/A")]
    described = {str(each.Contents) for link in links for each in link.annotations}

    assert described == {
        "the whole report",
        LONG_LINK,
    }


def test_a_link_over_two_lines_is_one_link_of_two_pieces(brief: Read) -> None:
    (long,) = (link for link in brief.root.all("Link") if link.text.startswith("the full"))

    assert len(long.annotations) == 2
    assert long.text == LONG_LINK


def test_markup_in_a_link_makes_no_second_annotation(brief: Read) -> None:
    annotations = [each for page in brief.file.pages for each in page.get("/Annots", [])]
    tagged = [each for link in brief.root.all("Link") for each in link.annotations]

    assert len(annotations) == len(tagged)
    assert {each.objgen for each in annotations} == {each.objgen for each in tagged}


def test_the_figure_has_its_alternative_text_and_its_place(brief: Read) -> None:
    figure, dot = brief.root.all("Figure")
    x1, y1, x2, y2 = (float(each) for each in figure.object.A.BBox)

    assert str(figure.object.Alt) == (
        "Two thirds of the record lies in 2022. A time line with three marks: 1, 2 and 3."
    )
    assert str(dot.object.Alt) == "A red dot"
    assert (x2 - x1, y2 - y1) == pytest.approx((420 * 0.75, 90 * 0.75))
    assert 0 < x1 < x2 < 596
    assert 0 < y1 < y2 < 842


def test_the_caption_stands_beside_the_figure_whose_alternative_would_replace_it(
    brief: Read,
) -> None:
    (caption,) = (each for each in brief.root.all("Caption") if "Engagements" in each.text)

    assert caption.text == "Engagements by date, numbered as in the table"


def test_language_reaches_inner_elements(brief: Read) -> None:
    spanish = {each.text for each in brief.root.walk() if each.lang == "es" and each.text}

    assert {"«Una señal única »", "El Universo", "El Universo, «Título»"} <= spanish
    assert "la señora ministra lo agradeció" in spanish
    assert brief.file.Root.Lang == "en-GB"


def test_lists_have_items_with_labels_and_bodies(brief: Read) -> None:
    gaps = next(each for each in brief.root.all("L") if "agreement" in each.text)

    assert str(gaps.object.A.ListNumbering) == "/Disc"
    assert [kid.role for kid in gaps.kids] == ["LI", "LI"]
    assert [kid.role for kid in gaps.kids[0].kids] == ["Lbl", "LBody"]
    assert [kid.role for kid in gaps.kids[0].kids[1].kids] == ["P", "L"]


def test_definitions_are_labels_with_bodies(brief: Read) -> None:
    terms = next(each for each in brief.root.all("L") if "HSI" in each.text)

    assert [[kid.text for kid in item.kids] for item in terms.kids] == [
        ["TLP", "Traffic Light Protocol"],
        ["HSI", "Homeland Security"],
    ]


def test_an_abbreviation_has_its_expansion(brief: Read) -> None:
    (expanded,) = (each for each in brief.root.walk() if "/E" in each.object)

    assert (expanded.text, str(expanded.object.E)) == ("TLP", "Traffic Light Protocol")


# ------------------------------------------------------------------ metadata and attachments


def test_dictionary_and_xmp_say_the_same(brief: Read) -> None:
    info = {key: str(value) for key, value in brief.file.docinfo.items()}
    with brief.file.open_metadata(set_pikepdf_as_editor=False) as xmp:
        read = {
            "/Title": xmp["dc:title"],
            "/Author": ", ".join(xmp["dc:creator"]),
            "/Subject": xmp["dc:description"],
            "/Keywords": xmp["pdf:Keywords"],
            "/Language": "".join(xmp["dc:language"]),
            "/Creator": xmp["xmp:CreatorTool"],
            "/Producer": xmp["pdf:Producer"],
            "/CreationDate": "D:" + re.sub("[-T:]", "", xmp["xmp:CreateDate"]),
            "/ModDate": "D:" + re.sub("[-T:]", "", xmp["xmp:ModifyDate"]),
        }
        assert set(xmp["dc:subject"]) == set(sample.METADATA.keywords)
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == (
            "3",
            "A",
            "1",
        )

    assert info == read
    assert info["/Title"] == sample.METADATA.title
    assert info["/CreationDate"] == "D:20231001000000Z"


def test_the_xmp_packet_is_plain_text(brief: Read) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in brief.data
    assert "/Filter" not in brief.file.Root.Metadata


def test_markup_in_metadata_is_text() -> None:
    metadata = replace(sample.METADATA, title='A < B & "C"', language="es", keywords=())

    file = pikepdf.open(BytesIO(write(page_of("<p>x</p>"), metadata=metadata)))

    with file.open_metadata() as xmp:
        assert xmp["dc:title"] == file.docinfo.Title == 'A < B & "C"'
    assert "/Keywords" not in file.docinfo
    assert file.Root.Lang == "es"


def test_dates_are_written_in_utc() -> None:
    created = datetime(2023, 10, 1, 1, 0, tzinfo=timezone(timedelta(hours=9)))

    data = write(page_of("<p>x</p>"), metadata=replace(sample.METADATA, created=created))

    assert pikepdf.open(BytesIO(data)).docinfo.CreationDate == "D:20230930160000Z"


def test_each_attachment_is_associated_once_with_its_relation(brief: Read) -> None:
    listed = {
        str(each.UF): (str(each.AFRelationship), str(each.EF.F.Subtype))
        for each in brief.file.Root.AF
    }

    assert len(brief.file.Root.AF) == len(listed) == 2
    assert listed == {
        "evidence.json": ("/Data", "/application/json"),
        "a seed (ñ).txt": ("/Source", "/text/plain"),
    }
    assert {
        name: file.get_file().read_bytes() for name, file in brief.file.attachments.items()
    } == {each.name: each.data for each in sample.ATTACHMENTS}


# ------------------------------------------------------------------ fonts and size


def test_only_subsets_of_the_two_families_are_embedded(brief: Read) -> None:
    names = {
        str(each.FontName)
        for each in brief.file.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    }

    assert names
    assert all(re.match(r"/[A-Z]{6}\+Source-(Serif-4|Sans-3)\b", name) for name in names)


def test_thirty_events_take_less_than_100_kb(brief: Read) -> None:
    assert len(brief.data) < 100_000


# ------------------------------------------------------------------ the same bytes


def test_the_same_input_gives_the_same_bytes_anywhere(brief: Read, tmp_path: Path) -> None:
    project = Path(__file__).resolve().parents[3]
    code = (
        "import sys; import pdf_sample as s\n"
        "from sourcebrief.documents.pdf.write_pdf import write_pdf\n"
        "sys.stdout.buffer.write(write_pdf(s.brief(), resources=s.RESOURCES, "
        "metadata=s.METADATA, attachments=s.ATTACHMENTS).content)"
    )
    paths = os.pathsep.join([str(project / "tests/support"), str(project / "src")])
    environment = os.environ | {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": paths,
    }
    environment.pop("SOURCE_DATE_EPOCH", None)

    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True
    )

    assert run.stdout == brief.data


def test_the_metadata_date_attachments_and_the_environment_is_left_alone() -> None:
    before = dict(os.environ)

    data = write(
        page_of("<p>x</p>"),
        attachments=sample.ATTACHMENTS,
        metadata=replace(sample.METADATA, modified=datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    )

    file = pikepdf.open(BytesIO(data))
    (first, _) = file.Root.AF
    assert str(first.EF.F.Params.ModDate) == "D:20231114221320Z"
    assert dict(os.environ) == before


# ------------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(
            '<p><a href="#nowhere">x</a></p>', "No anchor #nowhere", id="a broken inner link"
        ),
        pytest.param('<p style="colr: red">x</p>', "unknown property", id="a CSS mistake"),
        pytest.param(
            '<img alt="x" src="https://example.org/x.png">',
            "https://example.org/x.png is not among the resources",
            id="the network",
        ),
        pytest.param(
            '<img alt="x" src="file:///etc/hostname">', "not among the resources", id="a file"
        ),
        pytest.param(
            '<link rel="stylesheet" href="other.css">', "other.css", id="a style sheet not given"
        ),
        pytest.param("<p>\u4e2d</p>", 'unsupported by fonts: "中"', id="a glyph that fonts lack"),
        pytest.param('<p style="font-family: Foo">x</p>', "drawn in", id="another font"),
        pytest.param(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g/></svg>",
            "no alternative text",
            id="a figure without a title",
        ),
    ],
)
def test_a_warning_of_the_engine_fails_the_build_in_its_own_words(body: str, said: str) -> None:
    with pytest.raises(EngineFault, match=said):
        write(page_of(body))


def test_created_is_kept_apart_from_modified() -> None:
    assert sample.METADATA.created == datetime(2023, 10, 1, tzinfo=UTC) < sample.METADATA.modified

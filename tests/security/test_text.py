"""Text into documents: what stands in a field prints as it stands, or is refused at its line."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import html5lib
import pikepdf
import pytest
from hostile import (
    BRIEF,
    EVENTS,
    SEEDS,
    Field,
    checked,
    dumped,
    errors,
    every_field_set,
    fields,
    lay,
    line_of,
    value_at,
    with_text,
)
from lxml import etree
from lxml import html as lxml_html

from sourcebrief.brief.make_manifest import Manuscript, manuscript
from sourcebrief.documents.publish import publish, set_page, word_references
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from pathlib import Path

MARKUP = {
    "elements": "\"'><script src=//h.example/x>alert(1)</script><img src=x onerror=alert(1)>",
    "the end of elements": "</title></style></script></span></p></body><svg onload=alert(1)>",
    "style": "*/};@import url(//h.example/x);a{background:url(//h.example/y)}",
    "entities": "&lt;script&gt; &#x202e;&#0;&#38;lt; &amp;amp; &bidi;",
    "XML": "]]> <?xml version='1.0'?> <!-- <w:p/> --> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///'>]>",
    "templates": "{{ 7+7 }}{% include '/etc/passwd' %}{# x #}${7+7}#{7+7}",
    "fields of Word": '{ DDEAUTO c:/x.exe "y" } {page} of {pages} INCLUDEPICTURE "//h.example/x"',
    "TeX and pandoc": "$x$ ::: {.x} ```{=html} [x]{style='a:b'} ^[note] @fig1 %(x)s %n",
    "addresses": "javascript:alert(1) data:text/html,x //h.example https://h.example/x",
    "links": "[x](javascript:alert(1)) [y](data:text/html,x) <javascript:x> [z](vbscript:x)",
    "images": "![x](https://h.example/x.png) ![y](file:///etc/passwd)",
}
UNSEEN = {
    "an override": "one \u202etwo\u202c three",
    "an isolate": "one \u2067two\u2069 three",
    "a mark of direction": "one \u200ftwo",
    "a space of no width": "one\u200b two",
    "a joiner": "one\u200dtwo",
    "a soft hyphen": "one\u00adtwo",
    "a tag": "one \U000e0041 two",
    "a selector of a variant": "one\ufe0f two",
    "a filler": "one \u3164 two",
    "an annotation": "one \ufff9two\ufffa",
}
CONTROLS = {f"U+{number:04X}": chr(number) for number in (*range(32), *range(0x7F, 0xA0))} | {
    f"U+{number:04X}": chr(number) for number in (0xD800, 0xDFFF, 0xFFFE, 0xFFFF)
}
CONTROLS = {name: text for name, text in CONTROLS.items() if text not in "\t\n\r\x85"}


def marker(number: int) -> str:
    """A word of its own for each field, so that no two fields become equal."""
    return f"Zq{number:03d} "


def hostile(text: str) -> dict[Field, str]:
    return {field: marker(n) + text for n, field in enumerate(fields(every_field_set()))}


def harmless(text: str) -> str:
    """Words as long, parted at the same places."""
    return re.sub(r"[^\w\s]", "x", text)


@cache
def accepted(text: str, folder: Path) -> frozenset[Field]:
    """The fields that take a text. Every other was refused at its own line."""
    left = hostile(text)
    for number in range(len(left)):
        root = lay(with_text(every_field_set(), left), folder / str(number))
        wrong = errors(checked(root)[1])
        if not wrong:
            return frozenset(left)
        lines = {(problem.place.path, problem.place.line) for problem in wrong}
        refused = {field for field in left if (field.file, line_of(field)) in lines}
        assert refused, "\n".join(map(str, wrong))
        left = {field: words for field, words in left.items() if field not in refused}
    raise AssertionError("no end of it")


def manuscript_of(texts: dict[Field, str], root: Path) -> Manuscript:
    found, wrong = checked(lay(with_text(every_field_set(), texts), root))
    assert not errors(wrong), "\n".join(map(str, wrong))
    assert found is not None
    assert found.composition is not None
    return manuscript(found.composition)


def templates_of(root: Path) -> TemplateFolders:
    return TemplateFolders(Inputs(root), packaged_folder())


def page_of(texts: dict[Field, str], root: Path) -> str:
    made = manuscript_of(texts, root)
    templates = templates_of(root)
    return set_page(made, word_references(made, templates), templates, "").html


TYPOGRAPHY = {"em", "i", "strong", "b", "sup", "sub", "span"}


def structure(page: str) -> list[Any]:
    """Elements, what they are given, and where they lead; words apart."""
    root = lxml_html.document_fromstring(page)
    shape = []
    for element in root.iter():
        if element.tag in TYPOGRAPHY and not element.attrib:
            continue  # citeproc's, for quotation marks of its own
        if any(above.tag == "svg" for above in element.iterancestors()):
            continue
        leads = {
            name: value
            for name, value in element.attrib.items()
            if name in ("href", "src", "style", "class", "id", "lang", "rel")
        }
        shape.append((element.tag, sorted(element.attrib), leads))
    drawn = {(one.tag, *sorted(one.attrib)) for one in root.iterfind(".//svg//*")}
    return [shape, drawn]


def said(page: str) -> str:
    root = lxml_html.document_fromstring(page)
    for hidden in root.xpath("//style"):
        hidden.drop_tree()
    return " ".join(root.text_content().split())


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_markup_in_any_field_prints_as_it_stands_or_is_refused_at_its_line(
    text: str, tmp_path: Path
) -> None:
    takes = accepted(text, tmp_path)
    # The texts that are Markdown know elements, links and images, and refuse them.
    assert len(takes) >= 25
    texts = {field: words for field, words in hostile(text).items() if field in takes}
    plain = {field: harmless(words) for field, words in texts.items()}
    page, expected = page_of(texts, tmp_path / "a"), page_of(plain, tmp_path / "b")
    assert structure(page) == structure(expected)
    # citeproc has a typography of its own; what the template prints is as it was written.
    there, wanted = said(page), said(expected)
    for field, words in texts.items():
        if field.file != SEEDS and harmless(words) in wanted:
            assert " ".join(words.split()) in there, field


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_refused_in_every_field(text: str, tmp_path: Path) -> None:
    takes = accepted(text, tmp_path)
    # In a quotation it is folded away; what prints is the seed's. There it did not stand.
    assert not takes, takes


@pytest.mark.parametrize("file", [BRIEF, EVENTS, SEEDS])
@pytest.mark.parametrize("character", CONTROLS.values(), ids=CONTROLS)
def test_a_control_character_is_refused_at_its_line(file: str, character: str) -> None:
    field = next(
        one for one in fields(every_field_set()) if one.file == file and "title" in one.path
    )
    words = value_at(every_field_set(), field)
    escaped = dumped(with_text(every_field_set(), {field: words + character})[file])
    assert character not in escaped.decode()
    written = [escaped]
    if character < "\ud800" or character > "\udfff":  # else it is no UTF-8
        plain = dumped(every_field_set()[file])
        written.append(plain.replace(words.encode(), words.encode() + character.encode(), 1))
    for data in written:
        with pytest.raises(InvalidInput, match=r"cannot stand here|invalid Unicode") as no:
            load(data, file)
        assert [problem.place.line for problem in no.value.problems] == [line_of(field)]


def test_a_key_is_no_way_in(tmp_path: Path) -> None:
    for key in ("<script>", "a\u202eb", "A", "../x", "{{7}}", ""):
        files = every_field_set()
        files[EVENTS]["people"][key] = {"name": "Eva", "role": "Clerk", "actor": "ports"}
        wrong = errors(checked(lay(files, tmp_path))[1])
        assert any("cannot be an id" in problem.message for problem in wrong), key


# ------------------------------------------------------------------------------- seeds


def with_seed(root: Path, sentence: str, quote: str) -> list[str]:
    """What is wrong, or the quotation as it prints, where a seed holds a sentence."""
    files = every_field_set()
    seed = f"Wire, 14 May 2021.\n\n{sentence}\n\nThe pact on container scanning was signed.\n"
    data = seed.encode("utf-8", "surrogatepass")
    wire = files[SEEDS]["references"][1]
    wire["custom"]["sha256"] = hashlib.sha256(data).hexdigest()
    offer = files[EVENTS]["events"][1]
    offer["evidence"] = [{"seed": "wire-2021", "quote": quote}]
    files[EVENTS]["events"][0]["evidence"].pop()
    lay(files, root)
    (root / "seeds/wire.txt").write_bytes(data)
    found, problems = checked(root)
    if wrong := errors(problems):
        return [str(problem) for problem in wrong]
    assert found is not None
    assert found.composition is not None
    return [found.composition.proof.evidence["offer"][0].located.printed]


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_markup_in_a_seed_is_quoted_as_it_stands(text: str, tmp_path: Path) -> None:
    words = f"The Office {text} will send radars"
    printed = with_seed(tmp_path, f"{words} soon.", words)
    assert printed == [words], printed


@pytest.mark.parametrize(
    "control",
    ["\u202e", "\u202d", "\u2066", "\u2067", "\u200f", "\u200e", "\u061c", "\u2069\u202c"],
    ids=lambda text: f"U+{ord(text[0]):04X}",
)
def test_what_turns_text_round_is_no_part_of_a_printed_quotation(
    control: str, tmp_path: Path
) -> None:
    sentence = f"The Coast Office will {control}send 10{control}/{control}20 radars{control} soon."
    words = "The Coast Office will send 10/20 radars soon"
    assert with_seed(tmp_path, sentence, words) == [words]
    # Neither may the curator's own brackets hold one.
    bracketed = f"The Coast Office [of {control}Almera] will send 10/20 radars soon"
    assert with_seed(tmp_path, sentence, bracketed) == [bracketed.replace(control, "")]


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\ufffe", "\uffff", "\U000e0041"]
)
def test_a_control_in_a_printed_passage_is_refused_at_the_quotation(
    character: str, tmp_path: Path
) -> None:
    sentence = f"The Office will send {character}three radars to the harbour."
    problems = with_seed(tmp_path, sentence, f"Office will send {character}three radars to")
    assert all(problem.startswith(EVENTS) and ": error: " in problem for problem in problems)
    # Beside the passage it does no harm.
    assert with_seed(tmp_path, sentence, "radars to the harbour") == ["radars to the harbour"]


def test_a_seed_with_a_lone_surrogate_is_not_utf_8(tmp_path: Path) -> None:
    problems = with_seed(tmp_path, "The Office \ud800 will send radars.", "will send radars")
    assert any("not UTF-8 at byte 31" in problem for problem in problems), problems


# ------------------------------------------------------------------- the documents themselves


@cache
def _published(folder: Path, *, harm: bool) -> dict[str, bytes]:
    """All three documents of a briefing that is hostile in every field that takes it."""
    texts: dict[Field, str] = {}
    for number, text in enumerate(MARKUP.values()):
        takes = accepted(text, folder / f"m{number}")
        # Each field gets one of the texts that it takes, each text some fields.
        for n, field in enumerate(fields(every_field_set())):
            if field in takes and (field not in texts or n % len(MARKUP) == number):
                texts[field] = marker(n) + (text if harm else harmless(text))
    root = folder / f"workspace-{harm}"
    made = manuscript_of(texts, root)
    edition = publish(made, templates_of(root), ("pdf", "docx", "html"))
    return dict(edition.files)


Documents = tuple[dict[str, bytes], dict[str, bytes]]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    folder = tmp_path_factory.mktemp("documents")
    return _published(folder, harm=True), _published(folder, harm=False)


def test_the_web_page_has_its_own_script_and_data_and_leads_nowhere_else(
    documents: Documents,
) -> None:
    # html5lib reads as browsers do; it is not the parser that wrote the page.
    shapes = []
    for files in documents:
        root = html5lib.parse(files["port.html"], namespaceHTMLElements=False)
        scripts = [(each.get("id"), each.get("type")) for each in root.iter("script")]
        data = "application/json"
        assert scripts == [("evidence", data), ("build-info", data), (None, None)]
        assert len(list(root.iter("style"))) == 1
        policies = [
            meta.get("content")
            for meta in root.iter("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'; ")
        leads = Counter(
            (element.tag, name, value)
            for element in root.iter()
            if isinstance(element.tag, str)
            for name, value in element.attrib.items()
            if name in ("href", "src", "srcset", "action", "style", "formaction", "xlink:href")
            or name.startswith("on")
        )
        shapes.append(leads)
    assert shapes[0] == shapes[1]


def test_the_word_document_parses_and_has_the_same_fields_and_relations(
    documents: Documents,
) -> None:
    found = []
    for files in documents:
        with zipfile.ZipFile(BytesIO(files["port.docx"])) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        trees = {
            name: etree.fromstring(data)
            for name, data in parts.items()
            if name.endswith((".xml", ".rels"))
        }
        tags = {str(one.tag) for tree in trees.values() for one in tree.iter()}
        relations = Counter(
            (one.get("Type"), one.get("Target"), one.get("TargetMode"))
            for name, tree in trees.items()
            if name.endswith(".rels")
            for one in tree
        )
        # The identifier of the evidence is its own.
        fields_of = Counter(
            one.get(f"{{{one.nsmap['w']}}}instr") or one.text
            for tree in trees.values()
            for one in tree.iter("{*}instrText", "{*}fldSimple")
        )
        found.append((sorted(parts), tags, relations, fields_of))
    assert found[0] == found[1]
    assert set(found[0][3]) == {" PAGE ", " NUMPAGES "}


def test_the_pdf_has_no_action_but_its_checked_links(documents: Documents) -> None:
    found = []
    for files in documents:
        actions: Counter[tuple[str, str]] = Counter()
        with pikepdf.open(BytesIO(files["port.pdf"])) as pdf:
            assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
            assert "/JavaScript" not in pdf.Root.get("/Names", {})
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/URI" in thing:
                    actions[str(thing.S), str(thing.URI)] += 1
                if isinstance(thing, pikepdf.Dictionary):
                    assert not {"/JS", "/AA", "/F"} & set(thing.keys()) or thing.get("/Type") in (
                        "/Filespec",
                        "/Annot",
                    )
                    for annotation in [thing] if thing.get("/Subtype") == "/Link" else []:
                        action = annotation.get("/A")
                        if action is not None:
                            actions[str(action.S), str(action.get("/URI", ""))] += 1
        assert {kind for kind, _ in actions} <= {"/URI"}
        found.append({uri for _, uri in actions})
    assert found[0] == found[1]
    assert all(uri.startswith("https://example.org/") for uri in found[0])

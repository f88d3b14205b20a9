"""What a Word document holds that neither a build nor a word processor's plain save writes.

Word processors write every part anew, so that no two saves are alike. But what they write is known.
A house's own reference.docx may bring more; what the document made again holds is therefore known
too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sourcebrief.documents.word.opc_package import DOCUMENT, OFFICE, Package, W, w
from sourcebrief.text.phrases import shorten
from sourcebrief.verification.appearance_of_docx import appearance_of_docx
from sourcebrief.verification.hidden_in_docx import hidden_in_element
from sourcebrief.verification.resolve_styles import twips
from sourcebrief.verification.vocabulary import names
from sourcebrief.verification.vocabulary_of_docx import known_in, unknown_in_element

_DRAWINGS: Final = "http://schemas.openxmlformats.org/drawingml/2006/"
_NAMESPACES: Final = frozenset(
    {
        W,
        *(_DRAWINGS + kind for kind in ("main", "picture", "wordprocessingDrawing")),
        "http://schemas.microsoft.com/office/word/2010/wordml",
    }
)
"""Of the parts that hold text; settings name more."""
_NUMBERED: Final = {
    "footnote": "id",
    "style": "styleId",
    "num": "numId",
    "abstractNum": "abstractNumId",
}
_ROUNDING: Final = 20
"""Twentieths of a point by which a word processor may set a cell otherwise."""
_PART: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml"
    r"|customXml/(?:item|itemProps)\d+\.xml|customXml/_rels/item\d+\.xml\.rels"
    r"|word/(?:document|styles|numbering|settings|fontTable|webSettings|footnotes|endnotes"
    r"|comments|header\d+|footer\d+)\.xml|word/_rels/[a-z]+\d*\.xml\.rels"
    # What Word 2016 and later write beside comments, and the labels of a house's own policy.
    r"|word/(?:commentsExtended|commentsIds|commentsExtensible|people)\.xml"
    r"|docMetadata/LabelInfo\.xml"
    r"|word/theme/theme\d+\.xml|word/media/[A-Za-z]+\d+\.(?:png|jpe?g)"
)
_CONTENT: Final = re.compile(
    r"word/(?:document|footnotes|endnotes|header\d+|footer\d+|styles|numbering|settings|fontTable"
    r"|webSettings)\.xml"
)


def foreign_in_docx(sent: bytes, made: bytes | None, looks_alike: bool = True) -> list[str]:
    """Return what is foreign in a document, each kind once.

    `made` is the same document made again, where that is possible; `looks_alike` says that its
    templates are the same, so that each letter looks the same.
    """
    package, known = Package(sent), Package(made) if made else None
    looks = appearance_of_docx(package, known) if known and looks_alike else []
    return [*dict.fromkeys(_foreign(package, known)), *looks]


def _foreign(package: Package, made: Package | None) -> Iterator[str]:
    known = known_in(_content(made)) if made else frozenset()
    for name in sorted(package):
        if not _PART.fullmatch(name) and (made is None or name not in made):
            yield f"it carries the part {name}, which no build writes"
        elif name.endswith(".rels"):
            yield from _foreign_relations(package, name)
    for name, local, element in _content(package):
        space = etree.QName(element).namespace or ""
        if not re.search("settings|fontTable|Settings", name) and space not in _NAMESPACES:
            yield f"{name}: it has the element {local} of {shorten(space, 60)}"
        for words in unknown_in_element(element, local, name, known):
            yield f"{name}: {words}"
        for words in hidden_in_element(element, local, name):
            yield f"{name}: {words}"
    yield from _hidden_in_document(package)
    yield from _twice(package)
    yield from _other_columns(package)
    for kind in ("header", "footer"):
        references = package.tree(DOCUMENT).iter(w(f"{kind}Reference"))
        parts = package.related(DOCUMENT, kind)
        if not any(
            one.get(f"{{{OFFICE}}}id") in parts and one.get(w("type")) == "default"
            for one in references
        ):
            yield f"its {kind}s were taken out"
    if made is not None:
        sent, expected = (
            {of.read(name) for name in of if name.startswith("word/media/")}
            for of in (package, made)
        )
        if sent - expected:
            yield "it carries another picture than its evidence makes"
    for name in (one for one in package if one.startswith("word/theme/theme")):
        for font in package.tree(name).iter("{*}latin"):
            for words in unknown_in_element(font, "latin", name, known):
                yield f"{name}: {words}"


def _hidden_in_document(package: Package) -> Iterator[str]:
    """Words that no element hides by itself, but its place does."""
    if [one.tag for one in package.tree(DOCUMENT)] != [w("body")]:
        yield "it has more than one body, or words outside it"
    for name in package.related(DOCUMENT, "footnotes").values():
        for note in package.tree(name).findall(w("footnote")):
            has_words = "".join(map(str, note.itertext(w("t")))).strip()
            if note.get(w("type")) and (has_words or next(note.iter(w("numPr")), None) is not None):
                yield "words stand in the line above the notes"
    for name in filter(_CONTENT.fullmatch, sorted(package)):
        fields: list[str] = []
        for one in package.tree(name).iter(w("fldChar"), w("t")):
            kind = one.get(w("fldCharType"))
            if kind == "begin":
                fields.append(kind)
            elif kind and fields:
                fields[-1:] = [kind] if kind == "separate" else []
            elif kind is None and "begin" in fields and (one.text or "").strip():
                yield f"“{shorten(one.text or '', 40)}” stands where a field has its instruction"


def _twice(package: Package) -> Iterator[str]:
    """Numbers and names that two things have, of which a word processor takes either."""
    found = Counter(
        (local, str(element.get(w(_NUMBERED[local]))))
        for _, local, element in _content(package)
        if local in _NUMBERED and (holder := element.getparent()) is not None
        if holder.getparent() is None
    )
    for (local, name), times in found.items():
        if times > 1:
            yield f"{local} {shorten(name, 40)} stands in it {times} times"


def _other_columns(package: Package) -> Iterator[str]:
    """Tables that are wider than the pages, and rows whose cells are not the columns of theirs."""
    document = package.tree(DOCUMENT)
    page = min((twips(one) for one in document.iter(w("pgSz"))), default=0)
    for number, table in enumerate(document.iter(w("tbl")), 1):
        columns = [twips(one) for one in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        if sum(columns) > page:
            yield "a table is wider than its page"
        for row in table.iterchildren(w("tr")):
            left = list(columns)
            for cell in row.iterfind(f"{w('tc')}/{w('tcPr')}"):
                span, width = cell.find(w("gridSpan")), cell.find(w("tcW"))
                said = "1" if span is None else str(span.get(w("val")))
                taken = int(said) if said.isdecimal() else 0
                wide = sum(left[:taken]) if width is None else twips(width)
                left = left[taken:] if abs(wide - sum(left[:taken])) < _ROUNDING else [0]
            if left:
                yield f"a row of table {number} has other columns than the table"


def _content(package: Package) -> Iterator[tuple[str, str, Any]]:
    """The elements of the parts that hold text or decide how it looks: part, name, element."""
    for name in filter(_CONTENT.fullmatch, sorted(package)):
        for element in package.tree(name).iter(etree.Element):
            yield name, etree.QName(element).localname, element


def _foreign_relations(package: Package, name: str) -> Iterator[str]:
    for relation in package.tree(name):
        kind = str(relation.get("Type")).rpartition("/")[2]
        external = relation.get("TargetMode") == "External"
        target = str(relation.get("Target"))
        place = "document" if kind == "officeDocument" else kind
        lies = rf"/?(?:word/)?(?:theme/)?{place}\d*\.xml"
        # A part of ours under another name would be read by no one here.
        if kind in names("word parts") and not re.fullmatch(lies, target):
            yield f"its {kind} lies elsewhere than builds write it: {shorten(target, 60)}"
        if relation.get("TargetMode") not in (None, "Internal", "External"):
            yield f"its {kind} may lie in the file or elsewhere: programs read it differently"
        if kind not in names("word relations") or (external and kind != "hyperlink"):
            yield f"it has a relation of the kind {kind}, to {shorten(target, 60)}"

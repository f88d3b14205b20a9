"""Refuse a Word document that would fetch or run something when it is opened.

A house's reference.docx or Lua filter could bring macros, DDE, an attached template, or a picture
that is loaded from elsewhere.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from sourcebrief.documents.word.opc_package import Package, w
from sourcebrief.errors import EngineFault

_FIELDS: Final = frozenset(
    (
        *("AUTHOR", "DATE", "DOCPROPERTY", "KEYWORDS", "NUMPAGES", "PAGE", "PAGEREF", "REF"),
        *("SAVEDATE", "SECTION", "SECTIONPAGES", "STYLEREF", "SUBJECT", "TITLE", "TOC"),
    )
)
"""The fields that a document may have (ISO/IEC 29500-1, 17.16.5): they read the document alone."""

_ACTIVE_PART: Final = re.compile(r"(?i)vbaProject|vbaData|activeX|embeddings/|afchunk|\.bin$")
_ACTIVE_MARKUP: Final = tuple(
    map(w, ("altChunk", "subDoc", "object", "control", "attachedTemplate", "mailMerge"))
)
_WEB: Final = re.compile(r"(?i)(?:https?://|mailto:)")


def refuse_active_content(package: Package) -> None:
    """Raise EngineFault, naming the part, where a document would act when it is opened."""
    for name in list(package):
        if _ACTIVE_PART.search(name):
            raise _fault(name, "it would run, or be opened, with the document")
        if name.endswith(".rels"):
            _check_relations(package, name)
        elif name.startswith("word/") and name.endswith(".xml"):
            _check_markup(package, name)


def _check_relations(package: Package, name: str) -> None:
    for relation in package.tree(name):
        if relation.get("TargetMode") != "External":
            continue
        target = str(relation.get("Target"))
        is_link = str(relation.get("Type")).endswith("/hyperlink")
        if not is_link or not _WEB.match(target):
            raise _fault(name, f"it leads to {target!r} outside the document")


def _check_markup(package: Package, name: str) -> None:
    root = package.tree(name)
    for element in root.iter(*_ACTIVE_MARKUP):
        raise _fault(name, f"it holds <{element.tag.rpartition('}')[2]}>")
    for instruction in _instructions(root):
        field = (instruction.split() or [""])[0].upper()
        if field not in _FIELDS:
            raise _fault(name, f"it holds the field {' '.join(instruction.split())[:60]!r}")


def _instructions(root: Any) -> Iterator[str]:
    """Yield the instructions of all fields, of nested fields too."""
    for field in root.iter(w("fldSimple")):
        yield str(field.get(w("instr")) or "")
    begun: list[str] = []
    for element in root.iter(w("fldChar"), w("instrText"), w("delInstrText")):
        if element.tag != w("fldChar"):
            # Word does not show an instruction that stands outside a field, so it is checked too.
            begun = begun or [""]
            begun[-1] += element.text or ""
        elif element.get(w("fldCharType")) == "begin":
            begun.append("")
        elif element.get(w("fldCharType")) == "end" and begun:
            yield begun.pop()
    yield from begun


def _fault(part: str, what: str) -> EngineFault:
    return EngineFault(
        f"the Word document would act when it is opened: {part}: {what}; take that out of "
        "templates/reference.docx or templates/pandoc.lua"
    )

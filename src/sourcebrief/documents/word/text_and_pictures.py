"""Finish pandoc's text and pictures: names, dead links, languages, and rruns that look alike."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from sourcebrief.documents.word.docx_styles import with_region
from sourcebrief.documents.word.opc_package import w

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACED: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_URI: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def name_pictures(body: etree._Element) -> None:
    """Name the pictures, and mark those without alternative text as decoration."""
    for number, placed in enumerate(body.iter(f"{{{_PLACED}}}docPr"), start=1):
        text = placed.get("descr") or ""
        placed.set("name", f"Figure {number}")
        placed.attrib.pop("title", "")
        for frame in placed.iterancestors(f"{{{_PLACED}}}inline"):
            # Where these are missing, LibreOffice keeps an eighth of an inch free on either side.
            frame.attrib.update({f"dist{side}": "0" for side in "TBLR"})
            for picture in frame.iter(f"{{{_PICTURE}}}cNvPr"):
                # pandoc writes the picture's address here, the whole of a data: URI too.
                picture.set("name", f"Figure {number}")
                picture.set("descr", text)
        if not text:
            extensions = etree.SubElement(placed, f"{{{_DRAWING}}}extLst")
            extension = etree.SubElement(extensions, f"{{{_DRAWING}}}ext", {"uri": _DECORATIVE_URI})
            decorative = f"{{{_DECORATIVE}}}decorative"
            etree.SubElement(extension, decorative, {"val": "1"}, nsmap={"adec": _DECORATIVE})


def unlink_missing_places(roots: Sequence[etree._Element]) -> None:
    """Turn a link to a place that the document lacks into its words."""
    places = {mark.get(w("name")) for root in roots for mark in root.iter(w("bookmarkStart"))}
    for root in roots:
        for link in list(root.iter(w("hyperlink"))):
            anchor, parent = link.get(w("anchor")), link.getparent()
            if anchor is None or anchor in places or parent is None:
                continue
            for properties in list(link.iter(w("rPr"))):
                for style in properties.findall(f"{w('rStyle')}[@{w('val')}='Hyperlink']"):
                    properties.remove(style)
            at = parent.index(link)
            parent[at : at + 1] = list(link)


def complete_languages(root: etree._Element, language: str) -> None:
    """Give each language tag that words are marked with a region, as Word needs it."""
    for lang in root.iter(w("lang")):
        for name in (w("val"), w("eastAsia")):
            if (tag := lang.get(name)) is not None:
                lang.set(name, with_region(str(tag), like=language))


def merge_runs(root: etree._Element) -> None:
    """Make neighbouring runs of the same look one run, so that Word's search finds phrases.

    pandoc begins a run at every word.
    """
    for holder in root.iter(w("p"), w("hyperlink")):
        last: etree._Element | None = None
        last_look = b""
        for run in list(holder):
            text = _only_text(run)
            if text is None:
                last = None
                continue
            properties = run.find(w("rPr"))
            if properties is not None and not len(properties):
                run.remove(properties)
                properties = None
            look = b"" if properties is None else etree.tostring(properties, with_tail=False)
            if last is not None and look == last_look:
                last.text = (last.text or "") + (text.text or "")
                holder.remove(run)
            else:
                last, last_look = text, look


def _only_text(run: etree._Element) -> etree._Element | None:
    parts = [part for part in run if part.tag != w("rPr")] if run.tag == w("r") else []
    return parts[0] if len(parts) == 1 and parts[0].tag == w("t") else None

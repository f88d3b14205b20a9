"""Prepare the Word document of a draft for reviewers: tracking is on, quotations are locked.

Word keeps what a content control holds from being changed. LibreOffice shows it and lets it be
changed, so what is changed there is found by `review` and refused.
"""

from itertools import count, groupby
from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import Package, w, w_element, w_value

QUOTED: Final = "Quoted"
"""The character style of a source's words."""
_SETTINGS_BEFORE: Final = tuple(
    map(
        w,
        (
            *("writeProtection", "view", "zoom", "removePersonalInformation"),
            *("removeDateAndTime", "doNotDisplayPageBoundaries", "displayBackgroundShape"),
            *("printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData"),
            *("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData"),
            *("mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader"),
            *("bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors"),
            *("hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign"),
            *("attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod"),
            *("documentType", "mailMerge", "revisionView"),
        ),
    )
)
"""What stands before the switch for tracking (ISO/IEC 29500-1, 17.15.1)."""


def prepare_for_review(package: Package) -> None:
    """Let Word track what is changed, and keep quotations from being changed."""
    settings = package.tree("word/settings.xml")
    if settings.find(w("trackRevisions")) is None:
        at = len([*settings.iterchildren(*_SETTINGS_BEFORE)])
        settings.insert(at, w_element("trackRevisions"))
    numbers = count(1)
    for paragraph in list(package.body().iter(w("p"))):
        for is_quoted, neighbours in groupby(list(paragraph), _is_quoted):
            if is_quoted:
                first, *others = neighbours
                held = _locked(str(next(numbers)))
                first.addprevious(held)
                held[-1].extend([first, *others])


def _is_quoted(run: etree._Element) -> bool:
    style = run.find(f"{w('rPr')}/{w('rStyle')}")
    return run.tag == w("r") and w_value(style) == QUOTED


def _locked(number: str) -> etree._Element:
    control = w_element("sdt")
    properties = etree.SubElement(control, w("sdtPr"))
    for name, value in (("alias", "Quotation"), ("id", number), ("lock", "sdtContentLocked")):
        properties.append(w_element(name, val=value))
    etree.SubElement(control, w("sdtContent"))
    return control

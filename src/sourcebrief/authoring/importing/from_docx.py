"""Word documents: pandoc reads the text; core properties and styles give the metadata.

The package is checked before pandoc sees it, and no entity or address in it is followed.
"""

import re
from typing import Any, Final

from lxml import etree, html

from sourcebrief.authoring.importing.docx_body import W, plain_text, prepared, without_hidden
from sourcebrief.authoring.importing.docx_numbers import write_numbers
from sourcebrief.authoring.importing.extraction import (
    Extraction,
    Metadata,
    UnreadableDocument,
    edtf_of,
    is_foreign_title,
    language_of,
    letters_of,
    one_line,
    text_of_pages,
)
from sourcebrief.authoring.importing.from_html import paragraphs_of_page
from sourcebrief.authoring.importing.page_cleaning import cleaned, counted_words
from sourcebrief.documents import pandoc
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.errors import EngineFault

_TIME_LIMIT: Final = 60.0
_PAGE: Final = (
    b"<p>$title$</p><p>$subtitle$</p>$for(author)$<p>$author$</p>$endfor$<p>$date$</p>"
    b"<div>$abstract$</div>$body$"
)
"""pandoc takes paragraphs in these styles out of the body."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""How a Word document with a password begins, and an old .doc."""
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_NUMBERING: Final = "word/numbering.xml"
_PARSED = re.compile(r"(?:word|docProps|_rels)/.*\.(?:xml|rels)")
"""The parts that pandoc may read."""
_NOTES: Final = ("word/footnotes.xml", "word/endnotes.xml")
_ASIDE: Final = {
    r"word/(?:header|footer)[0-9]*\.xml": "at the head or foot of each page",
    r"word/comments\.xml": "in comments",
    r"word/(?:charts/chart|diagrams/data)[0-9]*\.xml": "in a chart or diagram",
}
_OTHER_PREFIX: Final = re.compile(rb"xmlns:(?!w=)(\w+)=[\"']" + re.escape(W[1:-1].encode()))
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_EXTENDED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_DEFAULT_LANGUAGE: Final = f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"


def read_docx(data: bytes) -> Extraction:
    """Read a Word document. Raises UnreadableDocument where it is damaged or holds no text."""
    if data.startswith(_OLE):
        raise UnreadableDocument(
            "it is encrypted, or an old .doc; save it as DOCX without a password"
        )
    package, parts = _package(data)
    changes = (f"{W}ins", f"{W}del", f"{W}moveFrom")
    changed = next(parts[_DOCUMENT].iter(*changes), None) is not None
    notes = [parts[name] for name in _NOTES if name in parts]
    texts = (
        text.text or ""
        for part in (parts[_DOCUMENT], *notes)
        for text in part.iterfind(f".//{W}rt//{W}t")
    )
    readings = " ".join(texts)
    hidden, boxes = prepared(parts[_DOCUMENT], parts.get(_STYLES))
    hidden = " ".join([hidden, *(without_hidden(n, parts.get(_STYLES)) for n in notes)])
    write_numbers(parts[_DOCUMENT], parts.get(_STYLES), parts.get(_NUMBERING))
    try:
        page = pandoc.start_pandoc(
            # Without the last option, pandoc fails where it only means to warn.
            ["--from=docx", "--to=html", "--template=page.html", "--fail-if-warnings=false"],
            _for_pandoc(package),
            time_limit=_TIME_LIMIT,
            files={"page.html": _PAGE},
            what="the Word document",
        ).result()
        tree: Any = html.document_fromstring(page.decode())
        for link in tree.xpath("//a[@class='footnote-ref' or @class='footnote-back']"):
            link.drop_tree()
        remarks = cleaned(tree)
        paragraphs = paragraphs_of_page(tree)
    except (EngineFault, etree.LxmlError, ValueError, RecursionError):
        raise UnreadableDocument(
            "it cannot be read; open it in Word and save it as a new document"
        ) from None
    if changed:
        remarks.append("it carries tracked changes; the text is that with all of them accepted")
    if lost := _lost(parts[_DOCUMENT], paragraphs):
        what = counted_words(" ".join(lost), "word")
        remarks.append(
            f"lost, such as a cell of an uneven table or a caption: {what}; add it as PDF"
        )
    for pattern, where in _ASIDE.items():
        aside = [part for name, part in parts.items() if re.fullmatch(pattern, name)]
        for part in aside:
            prepared(part, parts.get(_STYLES))
        texts = (
            (text.text or "" for text in p.iter("{*}t")) for q in aside for p in q.iter("{*}p")
        )
        words = " ".join(dict.fromkeys(filter(None, ("".join(line).strip() for line in texts))))
        if any(map(str.isalpha, words)):
            remarks.append(f"left out, since it stands {where}: {counted_words(words, 'word')}")
    if readings:
        what = counted_words(readings, "word")
        remarks.append(f"left out, since it says how to read the letters below it: {what}")
    if next(parts[_DOCUMENT].iter(f"{W}altChunk"), None) is not None:
        remarks.append("left out: another file that is part of it; save it in Word as a new one")
    if hidden.strip():
        remarks.append(f"left out: {counted_words(hidden, 'hidden word')}")
    if boxes:
        what = "the text of a box stands" if boxes == 1 else f"the texts of {boxes} boxes stand"
        remarks.append(f"{what} behind the paragraph that the box belongs to")
    text, metadata = text_of_pages([paragraphs]), _metadata(parts)
    return Extraction(
        text,
        metadata,
        title_doubtful=is_foreign_title(metadata.title, text),
        remarks=tuple(remarks),
    )


def _lost(document: Any, paragraphs: list[str]) -> list[str]:
    """Return the plain paragraphs of a document that are not among those that were read."""
    read = letters_of(" ".join(paragraphs))
    plain = (text for p in document.iter(f"{W}p") if (text := plain_text(p)))
    return [text for text in plain if letters_of(text) not in read]


def _package(data: bytes) -> tuple[Package, dict[str, Any]]:
    """Unpack a document, and return the parts that are read here, once all are found harmless.

    Word on the web names its main part `document2.xml`.
    """
    try:
        package = Package(data)
        trees = {name: package.tree(name) for name in package if _PARSED.fullmatch(name)}
        main = next(iter(package.related("", "officeDocument").values()), _DOCUMENT)
        parts = {**trees, _DOCUMENT: package.tree(main)}
    except EngineFault as error:
        raise UnreadableDocument(
            f"it is {error}; open it in Word and save it as a new document"
        ) from None
    return package, parts


def _for_pandoc(package: Package) -> bytes:
    """Return a package in all of whose parts `w:` is Word's prefix, as pandoc needs it."""
    for name in filter(_PARSED.fullmatch, package):
        part = etree.tostring(package.tree(name))
        if found := _OTHER_PREFIX.search(part) if name.startswith("word/") else None:
            package.put(
                name,
                re.sub(rb"(?<=[</\s:])" + found[1] + rb"(?=:[A-Za-z]|=[\"']http)", b"w", part),
            )
    return package.bytes()


def _metadata(parts: dict[str, Any]) -> Metadata:
    def text(part: str, name: str) -> str | None:
        return parts[part].findtext(name) if part in parts else None

    # Word checks the spelling in the language of the default style.
    default = parts[_STYLES].find(_DEFAULT_LANGUAGE) if _STYLES in parts else None
    styled = None if default is None else language_of(default.get(f"{W}val"))
    language = language_of(text(_CORE, f"{_DC}language")) or styled
    issued = edtf_of(text(_CORE, f"{_TERMS}created"), language)
    return Metadata(
        title=one_line(text(_CORE, f"{_DC}title")),
        publisher=one_line(text(_APP, f"{_EXTENDED}Company")),
        issued=issued,
        issued_from="created" if issued else None,
        language=language,
        type="document",
    )

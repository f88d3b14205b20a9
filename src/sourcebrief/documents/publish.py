"""From a manuscript to the bytes of every document: one page, its manifest, then each engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from sourcebrief.brief.labels import Labels, Templates
from sourcebrief.brief.labels import labels as labels_of
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.brief.manuscript import Manuscript
from sourcebrief.brief.view import BriefView, Html
from sourcebrief.documents import citeproc
from sourcebrief.documents.citeproc import BibliographyJob
from sourcebrief.documents.page import BRIEF, FIGURE, render_brief
from sourcebrief.documents.page_words import EDITION, words_on_page
from sourcebrief.documents.pdf.metadata import Attachment
from sourcebrief.documents.pdf.write_pdf import Pdf, write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.template_faults import fault_in_templates
from sourcebrief.documents.word.write_docx import DocxJob, start_docx
from sourcebrief.documents.write_web import write_web
from sourcebrief.errors import EngineFault, InvalidInput, Place, Problem

STYLE = "citation-style.csl"
FILTER = "pandoc.lua"
REFERENCE = "reference.docx"
SCRIPT = "web.js"
STYLE_SHEETS = ("brief.css", "print.css")
WEB_SHEETS = ("brief.css", "screen.css")
CONTENTS_FROM = 150
"""From how many events on a Word document begins with its contents."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of one build by name, the edition's identity and the PDF's number of pages.

    `warnings` are about the engines that made the documents, not about the brief.
    """

    identity: str
    files: Mapping[str, bytes]
    pages: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """The one HTML that every document is made from, and the manifest of what it says.

    `contents` is the heading of a table of contents, where a Word document has one.
    """

    manuscript: Manuscript
    html: str
    evidence: bytes
    labels: Labels
    templates: Templates
    properties: DocumentProperties
    contents: str | None


def start_references(manuscript: Manuscript, templates: Templates) -> BibliographyJob:
    """Begin to word the references, in a process of pandoc's own."""
    return citeproc.start_bibliography(
        manuscript.items,
        style=manuscript.style or templates.read(STYLE),
        language=manuscript.language,
    )


def publish(
    manuscript: Manuscript,
    references: Mapping[str, str],
    templates: Templates,
    formats: Sequence[str],
    *,
    epoch: int | None = None,
    keep_html: bool = False,
) -> Edition:
    """Make the documents.

    `references` are the worded ones, in the order of their list. `epoch` (SOURCE_DATE_EPOCH) dates
    the documents; without it, `as_of` does.
    """
    name = manuscript.name
    page = _page(manuscript, references, templates, epoch)
    files: dict[str, bytes] = {}
    pdf: Pdf | None = None
    # pandoc works in a process of its own while WeasyPrint lays pages out.
    word = _start_docx(page) if "docx" in formats else None
    try:
        if "pdf" in formats:
            pdf = _pdf(page)
            files[f"{name}.pdf"] = pdf.content
        if word is not None:
            files[f"{name}.docx"] = word.result()
    finally:
        if word is not None:
            word.cancel()
    if "html" in formats:
        sheets = (templates.read(sheet).decode() for sheet in WEB_SHEETS)
        script = templates.read(SCRIPT).decode()
        files[f"{name}.html"] = write_web(
            page.html, css="\n".join(sheets), script=script, manifest=page.evidence
        )
    files[f"{name}.evidence.json"] = page.evidence
    if keep_html:
        files[f"{name}.source.html"] = page.html.encode()
    pages, warnings = (pdf.pages, pdf.warnings) if pdf else (0, ())
    return Edition(page.properties.identifier, files, pages, warnings)


def _page(
    manuscript: Manuscript, references: Mapping[str, str], templates: Templates, epoch: int | None
) -> _Page:
    """Render the page, list its words in the manifest, and print the manifest's hash in the page.

    The manifest holds every word of the page but the edition, for which `EDITION` stands first.
    """
    labels = labels_of(manuscript.language, templates)
    view = _with_references(manuscript.view, references)
    html = render_brief(view, templates, labels)
    try:
        words: dict[str, Any] = words_on_page(html)
    except ValueError as fault:
        message = f"template: what it makes is not a page ({fault}); write HTML with a body"
        raise InvalidInput([Problem(Place(templates.where(BRIEF)), message)]) from fault
    contents = labels.gettext("Contents") if len(view.rows) >= CONTENTS_FROM else None
    if contents is not None:
        words["running"]["contents"] = contents
    evidence = canonical({**manuscript.statements, "printed": words})
    view = replace(view, edition=edition_of(evidence))
    html = html.replace(EDITION, view.edition)
    moment = datetime.combine(manuscript.day, time.min, UTC)
    if epoch is not None:
        moment = datetime.fromtimestamp(epoch, UTC)
    properties = _properties(view, labels, moment)
    return _Page(manuscript, html, evidence, labels, templates, properties, contents)


def _properties(view: BriefView, labels: Labels, moment: datetime) -> DocumentProperties:
    edition = labels.gettext("Edition %(edition)s", edition=view.edition)
    as_of = labels.gettext("as of %(date)s", date=view.as_of)
    return DocumentProperties(
        title=view.title,
        author=view.prepared_by,
        subject=view.subtitle or view.figure_title,
        keywords=view.themes,
        language=view.language,
        moment=moment,
        marking=view.marking,
        identifier=view.edition,
        status=view.status_label,
        version=view.version,
        running=f"{edition} · {as_of} · {view.status_label}",
        page_label=f"{{page}} {labels.gettext('of')} {{pages}}",
        page="Letter" if view.page == "Letter" else "A4",
    )


def _with_references(view: BriefView, references: Mapping[str, str]) -> BriefView:
    """Return the view with its references worded, in the order of the citation style."""
    sources = {source.id: source for source in view.sources}
    return replace(
        view,
        edition=EDITION,
        sources=tuple(
            replace(sources[key], reference=Html(markup)) for key, markup in references.items()
        ),
    )


def _pdf(page: _Page) -> Pdf:
    evidence = Attachment(
        "evidence.json", page.evidence, "application/json", "Data", "Evidence manifest"
    )
    reprints = (
        Attachment(each.file, each.data, "text/plain", "Source", f"Full text of {each.short}")
        for each in page.manuscript.reprints
    )
    try:
        return write_pdf(
            page.html,
            resources={sheet: page.templates.read(sheet) for sheet in STYLE_SHEETS},
            properties=page.properties,
            attachments=[evidence, *reprints],
        )
    except EngineFault as fault:
        templates, catalogue = page.templates, page.labels.catalogue
        names = [BRIEF, FIGURE, *STYLE_SHEETS, *([] if page.manuscript.style else [STYLE])]
        names.append(catalogue.removeprefix(templates.where("")))
        files = {templates.where(name): templates.read(name) for name in names}
        raise fault_in_templates(fault, files) or fault from fault


def _start_docx(page: _Page) -> DocxJob:
    return start_docx(
        page.html,
        page.properties,
        reference=page.templates.read(REFERENCE),
        lua=page.templates.read(FILTER),
        evidence=page.evidence,
        contents=page.contents,
    )

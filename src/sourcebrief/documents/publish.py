"""From a manuscript to the bytes of every document: one page, its manifest, then each engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sourcebrief.brief.compose import compose
from sourcebrief.brief.labels import Labels, Templates
from sourcebrief.brief.labels import labels as labels_of
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.brief.manuscript import Manuscript
from sourcebrief.brief.view import BriefView, Html
from sourcebrief.documents.citeproc import bibliography
from sourcebrief.documents.page import BRIEF, FIGURE, render_brief
from sourcebrief.documents.pdf.metadata import Attachment
from sourcebrief.documents.pdf.write_pdf import Pdf, write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.template_faults import fault_in_templates
from sourcebrief.documents.word.write_docx import DocxJob, start_docx
from sourcebrief.documents.write_web import write_web
from sourcebrief.errors import EngineFault

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
class Page:
    """The one HTML that every document is made from, and what it was made from."""

    view: BriefView
    html: str
    labels: Labels
    templates: Templates

    @property
    def contents(self) -> str | None:
        """The heading of the contents that a long Word document begins with."""
        return self.labels.gettext("Contents") if len(self.view.rows) >= CONTENTS_FROM else None


def word_references(manuscript: Manuscript, templates: Templates) -> dict[str, str]:
    """Word the references, by entry, in the order of the citation style."""
    return bibliography(
        [source["csl"] for source in manuscript.manifest["sources"]],
        style=manuscript.style or templates.read(STYLE),
        language=manuscript.language,
    )


def set_page(manuscript: Manuscript, templates: Templates, edition: str) -> Page:
    """Make the page of a brief. Raises InvalidInput at the template's line where one is wrong."""
    labels = labels_of(manuscript.language, templates)
    references = word_references(manuscript, templates)
    worded = {key: Html(markup) for key, markup in references.items()}
    view = compose(manuscript.manifest, labels, worded, edition)
    return Page(view, render_brief(view, templates, labels), labels, templates)


def publish(
    manuscript: Manuscript,
    templates: Templates,
    formats: Sequence[str],
    *,
    epoch: int | None = None,
    keep_html: bool = False,
) -> Edition:
    """Make the documents. `epoch` (SOURCE_DATE_EPOCH) dates them; without it, `as_of` does."""
    name = manuscript.name
    evidence = canonical(manuscript.manifest)
    page = set_page(manuscript, templates, edition_of(evidence))
    properties = _properties(page.view, page.labels, manuscript.moment(epoch))
    files: dict[str, bytes] = {}
    pdf: Pdf | None = None
    # pandoc works in a process of its own while WeasyPrint lays pages out.
    word = _start_docx(page, properties, evidence) if "docx" in formats else None
    try:
        if "pdf" in formats:
            pdf = _pdf(page, manuscript, properties, evidence)
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
            page.html, css="\n".join(sheets), script=script, manifest=evidence
        )
    files[f"{name}.evidence.json"] = evidence
    if keep_html:
        files[f"{name}.source.html"] = page.html.encode()
    pages, warnings = (pdf.pages, pdf.warnings) if pdf else (0, ())
    return Edition(page.view.edition, files, pages, warnings)


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


def _pdf(
    page: Page, manuscript: Manuscript, properties: DocumentProperties, evidence: bytes
) -> Pdf:
    manifest = Attachment(
        "evidence.json", evidence, "application/json", "Data", "Evidence manifest"
    )
    reprints = (
        Attachment(each.file, each.data, "text/plain", "Source", f"Full text of {each.short}")
        for each in manuscript.reprints
    )
    try:
        return write_pdf(
            page.html,
            resources={sheet: page.templates.read(sheet) for sheet in STYLE_SHEETS},
            properties=properties,
            attachments=[manifest, *reprints],
        )
    except EngineFault as fault:
        templates, catalogue = page.templates, page.labels.catalogue
        names = [BRIEF, FIGURE, *STYLE_SHEETS, *([] if manuscript.style else [STYLE])]
        names.append(catalogue.removeprefix(templates.where("")))
        files = {templates.where(name): templates.read(name) for name in names}
        raise fault_in_templates(fault, files) or fault from fault


def _start_docx(page: Page, properties: DocumentProperties, evidence: bytes) -> DocxJob:
    return start_docx(
        page.html,
        properties,
        reference=page.templates.read(REFERENCE),
        lua=page.templates.read(FILTER),
        evidence=evidence,
        contents=page.contents,
    )

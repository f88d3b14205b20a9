"""From a manuscript to the bytes of every document: one HTML, then each engine in its turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sourcebrief.brief.labels import labels as labels_of
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.brief.view import Html
from sourcebrief.documents import citeproc
from sourcebrief.documents.page import BRIEF, FIGURE, render_brief
from sourcebrief.documents.page_words import EDITION, words_on_page
from sourcebrief.documents.pdf.attachments import Attachment
from sourcebrief.documents.pdf.metadata import PdfMetadata
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.documents.template_faults import blamed
from sourcebrief.errors import EngineFault, InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sourcebrief.brief.labels import Labels
    from sourcebrief.brief.manuscript import Manuscript
    from sourcebrief.brief.template_source import Templates
    from sourcebrief.brief.view import BriefView
    from sourcebrief.documents.citeproc import BibliographyJob
    from sourcebrief.documents.word.write_docx import DocxJob, DocxMetadata

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


def start_references(manuscript: Manuscript, templates: Templates) -> BibliographyJob:
    """Begin to word the references, in a process of pandoc's own."""
    return citeproc.start(
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
    labels = labels_of(manuscript.language, templates)
    unnamed = _with_references(manuscript.view, references)
    page = render_brief(unnamed, templates, labels)
    # The manifest holds every word of the page, and its hash then stands in the page.
    words = _words_of(page, templates)
    if (contents := _contents_heading(unnamed, labels)) is not None:
        words["running"]["contents"] = contents
    evidence = canonical({**manuscript.statements, "printed": words})
    identity = edition_of(evidence)
    view = replace(unnamed, edition=identity)
    html = page.replace(EDITION, identity)
    moment = _moment(manuscript.day, epoch)
    files: dict[str, bytes] = {}
    pages = 0
    warnings: tuple[str, ...] = ()
    # pandoc works in a process of its own while WeasyPrint lays pages out.
    word = None
    if "docx" in formats:
        word = _start_word(view, labels, templates, html, evidence, moment)
    try:
        if "pdf" in formats:
            try:
                pdf = write_pdf(
                    html,
                    resources={sheet: templates.read(sheet) for sheet in STYLE_SHEETS},
                    metadata=_pdf_metadata(view, moment),
                    attachments=_attachments(manuscript, evidence),
                    source_date_epoch=int(moment.timestamp()),
                )
            except EngineFault as fault:
                problems = blamed(fault, _sources(manuscript, templates, labels))
                raise problems or fault from fault
            files[f"{name}.pdf"] = pdf.content
            pages, warnings = pdf.pages, pdf.warnings
        if word is not None:
            files[f"{name}.docx"] = word.result()
    finally:
        if word is not None:
            word.cancel()
    if "html" in formats:
        from sourcebrief.documents.write_web import write_web

        files[f"{name}.html"] = write_web(
            html,
            css="\n".join(templates.read(sheet).decode() for sheet in WEB_SHEETS),
            script=templates.read(SCRIPT).decode(),
            manifest=evidence,
        )
    files[f"{name}.evidence.json"] = evidence
    if keep_html:
        files[f"{name}.source.html"] = html.encode()
    return Edition(identity, files, pages, warnings)


def _words_of(page: str, templates: Templates) -> dict[str, Any]:
    try:
        return words_on_page(page)
    except ValueError as fault:
        place = Place(templates.where(BRIEF), 1)
        message = f"template: what it makes is no page ({fault}); write HTML with a body"
        raise InvalidInput([Problem(place, message)]) from fault


def _sources(manuscript: Manuscript, templates: Templates, labels: Labels) -> dict[str, bytes]:
    """The templates whose words and rules a page is made of, by the path that messages name."""
    names = [BRIEF, FIGURE, *STYLE_SHEETS, *([] if manuscript.style else [STYLE])]
    files = {templates.where(name): templates.read(name) for name in names}
    catalogue = labels.catalogue.removeprefix(templates.where(""))
    return {**files, labels.catalogue: templates.read(catalogue)}


def _with_references(view: BriefView, references: Mapping[str, str]) -> BriefView:
    """The view with its references worded, in the order of the citation style."""
    sources = {source.id: source for source in view.sources}
    return replace(
        view,
        edition=EDITION,
        sources=tuple(
            replace(sources[key], reference=Html(markup)) for key, markup in references.items()
        ),
    )


def _start_word(
    view: BriefView,
    labels: Labels,
    templates: Templates,
    html: str,
    evidence: bytes,
    moment: datetime,
) -> DocxJob:
    from sourcebrief.documents.word.write_docx import start_docx

    return start_docx(
        html,
        reference=templates.read(REFERENCE),
        lua=templates.read(FILTER),
        metadata=_docx_metadata(view, labels, moment),
        evidence=evidence,
        contents=_contents_heading(view, labels),
        source_date_epoch=int(moment.timestamp()),
    )


def _moment(day: date, epoch: int | None) -> datetime:
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _pdf_metadata(view: BriefView, moment: datetime) -> PdfMetadata:
    return PdfMetadata(
        title=view.title,
        author=view.prepared_by,
        subject=view.subtitle or view.figure_title,
        keywords=view.themes,
        language=view.language,
        created=moment,
        modified=moment,
        creator="sourcebrief",
    )


def _docx_metadata(view: BriefView, labels: Labels, moment: datetime) -> DocxMetadata:
    from sourcebrief.documents.word.write_docx import DocxMetadata

    edition = labels.gettext("Edition %(edition)s", edition=view.edition)
    as_of = labels.gettext("as of %(date)s", date=view.as_of)
    return DocxMetadata(
        title=view.title,
        author=view.prepared_by,
        language=view.language,
        marking=view.marking,
        subject=view.subtitle or view.figure_title,
        keywords=view.themes,
        identifier=view.edition,
        status=view.status_label,
        version=view.version,
        running=f"{edition} · {as_of} · {view.status_label}",
        page_label=f"{{page}} {labels.gettext('of')} {{pages}}",
        page="Letter" if view.page == "Letter" else "A4",
        created=moment,
        modified=moment,
    )


def _contents_heading(view: BriefView, labels: Labels) -> str | None:
    return labels.gettext("Contents") if len(view.rows) >= CONTENTS_FROM else None


def _attachments(manuscript: Manuscript, evidence: bytes) -> list[Attachment]:
    manifest = Attachment(
        "evidence.json", evidence, "application/json", "Data", "Evidence manifest"
    )
    return [
        manifest,
        *(
            Attachment(each.file, each.data, "text/plain", "Source", f"Full text of {each.short}")
            for each in manuscript.reprints
        ),
    ]

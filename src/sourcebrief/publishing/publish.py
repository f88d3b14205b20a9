"""From a composition to the bytes of every document: one HTML, then each engine in its turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sourcebrief.composing.bibliography import csl_items
from sourcebrief.composing.compose import compose
from sourcebrief.composing.manifest import canonical, edition_of, manifest
from sourcebrief.composing.view import Html
from sourcebrief.publishing import citeproc
from sourcebrief.publishing.pdf import Attachment, PdfMetadata, load_engine, write_pdf
from sourcebrief.publishing.printed import EDITION, printed
from sourcebrief.publishing.templating import render_brief

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourcebrief.composing.compose import Composition
    from sourcebrief.composing.labels import Labels
    from sourcebrief.composing.view import BriefView, Changes
    from sourcebrief.publishing.docx import DocxJob, DocxMetadata
    from sourcebrief.publishing.resources import TemplateFolders

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
    """The files of one build by name, the edition's identity and the PDF's number of pages."""

    identity: str
    files: Mapping[str, bytes]
    pages: int


def publish(
    composition: Composition,
    templates: TemplateFolders,
    formats: Sequence[str],
    *,
    epoch: int | None = None,
    keep_html: bool = False,
    changes: Changes | None = None,
) -> Edition:
    """Make the documents. `epoch` (SOURCE_DATE_EPOCH) dates them; without it, `as_of` does.

    `changes` are those since an earlier edition, to be told at the head.
    """
    brief = composition.briefing.brief.value
    name = composition.briefing.name
    bibliography = citeproc.start(
        csl_items(composition.library, composition.cited_entries(), brief.language),
        style=composition.style or templates.read(STYLE),
        language=brief.language,
    )
    if "pdf" in formats:
        # The slowest import of a build, while citeproc works in a process of its own.
        load_engine()
    references = {key: Html(markup) for key, markup in bibliography.result().items()}
    unnamed = compose(composition, references, EDITION, changes)
    page = render_brief(unnamed, templates, composition.labels)
    # The manifest holds every word of the page, and its hash then stands in the page.
    words = printed(page)
    if (contents := _contents_heading(unnamed, composition.labels)) is not None:
        words["running"]["contents"] = contents
    evidence = canonical(manifest(composition, words))
    identity = edition_of(evidence)
    view = replace(unnamed, edition=identity)
    html = page.replace(EDITION, identity)
    moment = _moment(composition, epoch)
    epoch = int(moment.timestamp())
    files: dict[str, bytes] = {}
    pages = 0
    # pandoc works in a process of its own while WeasyPrint lays pages out.
    word = None
    if "docx" in formats:
        word = _start_word(composition, templates, html, view, evidence, moment)
    try:
        if "pdf" in formats:
            pdf = write_pdf(
                html,
                resources={sheet: templates.read(sheet) for sheet in STYLE_SHEETS},
                metadata=_pdf_metadata(view, moment),
                attachments=_attachments(composition, evidence),
                source_date_epoch=epoch,
            )
            files[f"{name}.pdf"] = pdf.content
            pages = pdf.pages
        if word is not None:
            files[f"{name}.docx"] = word.result()
    finally:
        if word is not None:
            word.cancel()
    if "html" in formats:
        from sourcebrief.publishing.web import write_web

        files[f"{name}.html"] = write_web(
            html,
            css="\n".join(templates.read(sheet).decode() for sheet in WEB_SHEETS),
            script=templates.read(SCRIPT).decode(),
            manifest=evidence,
        )
    files[f"{name}.evidence.json"] = evidence
    if keep_html:
        files[f"{name}.source.html"] = html.encode()
    return Edition(identity, files, pages)


def _start_word(
    composition: Composition,
    templates: TemplateFolders,
    html: str,
    view: BriefView,
    evidence: bytes,
    moment: datetime,
) -> DocxJob:
    from sourcebrief.publishing.docx import start_docx

    return start_docx(
        html,
        reference=templates.read(REFERENCE),
        lua=templates.read(FILTER),
        metadata=_docx_metadata(view, composition.labels, moment),
        evidence=evidence,
        contents=_contents_heading(view, composition.labels),
        source_date_epoch=int(moment.timestamp()),
    )


def _moment(composition: Composition, epoch: int | None) -> datetime:
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    as_of = composition.briefing.brief.value.as_of
    day = as_of.latest or as_of.earliest
    if day is None:
        raise ValueError("as_of has neither a first nor a last day")
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
    from sourcebrief.publishing.docx import DocxMetadata

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


def _attachments(composition: Composition, evidence: bytes) -> list[Attachment]:
    attached = [
        Attachment("evidence.json", evidence, "application/json", "Data", "Evidence manifest")
    ]
    library = composition.library
    for key in sorted(composition.cited_entries()):
        entry = library.entries[key].value
        if entry.custom.file and entry.custom.embed == "full":
            description = f"Full text of {library.short_name(key)}"
            attached.append(
                Attachment(
                    entry.custom.file, library.seeds[key], "text/plain", "Source", description
                )
            )
    return attached

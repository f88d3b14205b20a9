"""From a manuscript to the bytes of every document: one page, its manifest, then each engine."""

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sourcebrief.brief.compose import compose
from sourcebrief.brief.labels import Labels, Templates
from sourcebrief.brief.labels import labels as labels_of
from sourcebrief.brief.layouts import FULL, SHORT, file_name
from sourcebrief.brief.make_manifest import Manuscript
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.brief.view import BriefView, Html
from sourcebrief.documents.build_info import BUILD_INFO, EVIDENCE, BuildInfo
from sourcebrief.documents.checksums import ENDING as CHECKSUMS
from sourcebrief.documents.checksums import checksums
from sourcebrief.documents.citeproc import bibliography
from sourcebrief.documents.direction import with_directions
from sourcebrief.documents.page import BRIEF, FIGURE, render_brief, running_foot
from sourcebrief.documents.pdf.metadata import Attachment
from sourcebrief.documents.pdf.write_pdf import Pdf, write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.raster import DRAWING
from sourcebrief.documents.script_fonts import (
    FONT_FILE,
    MissingScript,
    ScriptFont,
    printable_text,
    script_fonts,
    with_families,
)
from sourcebrief.documents.template_faults import fault_in_templates
from sourcebrief.documents.versions import versions_of
from sourcebrief.documents.word.write_docx import start_docx
from sourcebrief.documents.write_web import with_fonts, write_web
from sourcebrief.errors import EngineFault

STYLE = "citation-style.csl"
FILTER = "pandoc.lua"
REFERENCE = "reference.docx"
SCRIPT = "web.js"
STYLE_SHEETS = ("brief.css", "print.css")
WEB_SHEETS = ("brief.css", "screen.css")
SHORT_PAGES = 2
_LANGUAGE = re.compile(r'\slang="([\w-]+)"')
_CARRIED = {EVIDENCE: "Evidence manifest", BUILD_INFO: "What the document was made with"}
CONTENTS_FROM = 150
"""From how many events on a Word document begins with its contents."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of one build by name, the edition's identity and the pages of each PDF.

    `warnings` are about the engines that made the documents, not about the brief; `lines_over` is
    how many lines a short edition takes more than its two pages, which is then not among the files.
    `system_fonts` are the font files of the machine that served.
    """

    identity: str
    files: Mapping[str, bytes]
    pages: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    lines_over: int = 0
    system_fonts: tuple[str, ...] = ()


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
        long = self.view.layout == FULL and len(self.view.rows) >= CONTENTS_FROM
        return self.labels.gettext("Contents") if long else None


def word_references(manuscript: Manuscript, templates: Templates) -> dict[str, str]:
    """Word the references, by entry, in the order of the citation style."""
    return bibliography(
        [source["csl"] for source in manuscript.manifest["sources"]],
        style=manuscript.style or templates.read(STYLE),
        language=manuscript.language,
    )


def set_page(
    manuscript: Manuscript,
    references: Mapping[str, str],
    templates: Templates,
    edition: str,
    layout: str = FULL,
) -> Page:
    """Make the page of a brief in a layout, with its references as `word_references` gives them.

    Raises InvalidInput at the template's line where one is wrong.
    """
    labels = labels_of(manuscript.language, templates)
    worded = {key: Html(markup) for key, markup in references.items()}
    view = compose(manuscript.manifest, labels, worded, edition, layout)
    html = with_directions(render_brief(view, templates, labels))
    return Page(view, html, labels, templates)


def publish(
    manuscript: Manuscript,
    templates: Templates,
    formats: Sequence[str],
    *,
    layouts: Sequence[str] = (FULL,),
    epoch: int | None = None,
    keep_html: bool = False,
    as_built: BuildInfo | None = None,
) -> Edition:
    """Make the documents of every layout.

    `epoch` (SOURCE_DATE_EPOCH) dates them; without it, `as_of` does. `as_built` is what a document
    that is made again says of its build (None: what is so here). A short edition that takes
    more than its two pages is left out, and `lines_over` of the edition says by how much.
    """
    evidence = canonical(manuscript.manifest)
    edition = edition_of(evidence)
    moment = manuscript.moment(epoch)
    references = word_references(manuscript, templates)
    digest = templates.digest()

    def carried(layout: str, kind: str, fonts: Sequence[ScriptFont] = ()) -> dict[str, bytes]:
        files = {f"{FONT_FILE}{font.file.name}": font.file.sha256 for font in fonts}
        info = as_built or BuildInfo(
            layout="short" if layout == SHORT else "full",
            epoch=epoch,
            templates=digest,
            versions={**versions_of(kind), **files},
        )
        return {EVIDENCE: evidence, BUILD_INFO: info.json_bytes()}

    pages = {
        layout: set_page(manuscript, references, templates, edition, layout) for layout in layouts
    }
    files: dict[str, bytes] = {}
    pdfs: dict[str, Pdf] = {}
    served: set[ScriptFont] = set()
    # pandoc works in processes of its own while WeasyPrint lays pages out.
    with ExitStack() as jobs:
        words = {}
        for layout, page in pages.items() if "docx" in formats else ():
            # Word's reader has fonts of its own; a figure is drawn here, as far as a font is found.
            fonts, _ = _script_fonts(page, "".join(DRAWING.findall(page.html)))
            served.update(fonts)
            words[layout] = start_docx(
                page.html,
                _properties(page, moment),
                reference=templates.read(REFERENCE),
                lua=templates.read(FILTER),
                carried=carried(layout, "docx", fonts),
                contents=page.contents,
                script_fonts=fonts,
            )
            jobs.callback(words[layout].cancel)
        for layout, page in pages.items():
            made: dict[str, bytes] = {}
            pdf = Pdf(b"", 0)
            if "pdf" in formats:
                fonts, missing = _script_fonts(page, page.html)
                served.update(fonts)
                for script in missing:
                    raise EngineFault(f"no font here has {script.shown}: {script.remedy}")
                pdf = _pdf(page, manuscript, moment, carried(layout, "pdf", fonts), fonts)
                made["pdf"] = pdf.content
            if layout in words:
                made["docx"] = words[layout].result()
            if "html" in formats:
                made["html"] = web_page(page, carried(layout, "html"))
            if keep_html:
                made["source.html"] = page.html.encode()
            pdfs[file_name(manuscript.name, layout, "pdf")] = pdf
            if not pdf.lines_over:
                files |= {file_name(manuscript.name, layout, kind): made[kind] for kind in made}
    files[f"{manuscript.name}.evidence.json"] = evidence
    files[f"{manuscript.name}.{CHECKSUMS}"] = checksums(files)
    return Edition(
        edition,
        files,
        {name: pdf.pages for name, pdf in pdfs.items()},
        tuple(dict.fromkeys(words for pdf in pdfs.values() for words in pdf.warnings)),
        max(pdf.lines_over for pdf in pdfs.values()),
        tuple(sorted({str(font.file.path) for font in served if font.file.path})),
    )


def _properties(page: Page, moment: datetime) -> DocumentProperties:
    view, labels = page.view, page.labels
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
        running=running_foot(view, labels),
        layout=view.layout,
        draft=view.status == "draft",
        page_label=f"{{page}} {labels.gettext('of')} {{pages}}",
        page="Letter" if view.page == "Letter" else "A4",
    )


def _script_fonts(
    page: Page, text: str
) -> tuple[tuple[ScriptFont, ...], tuple[MissingScript, ...]]:
    """Find the fonts that a text of a page needs besides the two typefaces of a brief."""
    return script_fonts(text, page.templates, dict.fromkeys(_LANGUAGE.findall(page.html)))


def _pdf(
    page: Page,
    manuscript: Manuscript,
    moment: datetime,
    carried: Mapping[str, bytes],
    fonts: Sequence[ScriptFont],
) -> Pdf:
    attachments = [
        Attachment(name, carried[name], "application/json", "Data", description)
        for name, description in _CARRIED.items()
    ]
    reprints = (
        Attachment(each.file, each.data, "text/plain", "Source", f"Full text of {each.short}")
        for each in manuscript.reprints
    )
    html = DRAWING.sub(lambda drawing: with_families(drawing[0], fonts), page.html)
    try:
        return write_pdf(
            printable_text(html),
            resources={
                sheet: with_families(page.templates.read(sheet).decode(), fonts).encode()
                for sheet in STYLE_SHEETS
            },
            properties=_properties(page, moment),
            attachments=[*attachments, *reprints],
            most_pages=SHORT_PAGES if page.view.layout == SHORT else None,
            script_fonts=fonts,
        )
    except EngineFault as fault:
        templates, catalogue = page.templates, page.labels.catalogue
        names = [BRIEF, FIGURE, *STYLE_SHEETS, *([] if manuscript.style else [STYLE])]
        names.append(catalogue.removeprefix(templates.where("")))
        files = {templates.where(name): templates.read(name) for name in names}
        raise fault_in_templates(fault, files) or fault from fault


def web_page(
    page: Page, carried: Mapping[str, bytes] = MappingProxyType({}), script: str = ""
) -> bytes:
    """Make the web page, which carries these files and may have a `script` more."""
    css, own_script = web_style(page.templates)
    return write_web(page.html, css=css, script=own_script + script, carried=carried)


def web_style(templates: Templates) -> tuple[str, str]:
    """Return the style sheet, with its fonts, and the script that templates give every page."""
    read = templates.read
    css = with_fonts("\n".join(read(sheet).decode() for sheet in WEB_SHEETS), read)
    return css, read(SCRIPT).decode()

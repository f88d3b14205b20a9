"""Make the Word document: one semantic page through pandoc, then finished for Word's readers.

    page ── pandoc_input ──> HTML that pandoc keeps ── pandoc, pandoc.lua, reference.docx ──> DOCX
         ── DocxJob.result ──> valid, accessible, reproducible, with its evidence inside

`docs/word.md` says what a template must write for it, and which style serves what.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from sourcebrief.documents import pandoc
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.script_fonts import ScriptFont
from sourcebrief.documents.word.docx_pages import add_heads_and_feet, on_page
from sourcebrief.documents.word.docx_properties import carry, write_properties
from sourcebrief.documents.word.docx_tables import finish_tables
from sourcebrief.documents.word.finish_text import finish_text
from sourcebrief.documents.word.house_files import (
    SANDBOX_FILE,
    SANDBOX_LUA,
    refuse_active_content,
)
from sourcebrief.documents.word.long_documents import PagePart, joined_documents
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.documents.word.pandoc_input import pandoc_input
from sourcebrief.documents.word.review_copy import prepare_for_review
from sourcebrief.documents.word.table_of_contents import fill_contents

_ARGUMENTS: Final = (
    "--from=html-auto_identifiers",
    "--to=docx",
    "--wrap=none",
    # Highlighting would add thirty styles for source code to those that Word offers.
    "--syntax-highlighting=none",
    f"--lua-filter={SANDBOX_FILE}",
    "--reference-doc=reference.docx",
)


class DocxJob:
    """A Word document under way; `result` waits for pandoc and finishes the document.

    pandoc makes the first part at once, and two at a time when the document is waited for.
    """

    def __init__(
        self,
        parts: Sequence[PagePart],
        start: Callable[[bytes], pandoc.PandocJob],
        finish: Callable[[Package], None],
    ) -> None:
        self._parts, self._start, self._finish = parts, start, finish
        self._job = start(parts[0].source)

    def result(self) -> bytes:
        """Return the document. Raises EngineFault where pandoc fails, warns or takes too long.

        Raises it also for a document that would act when it is opened.
        """
        package = (
            Package(self._job.result()) if len(self._parts) == 1 else joined_documents(self._made())
        )
        self._finish(package)
        refuse_active_content(package)
        return package.bytes()

    def _made(self) -> Iterator[tuple[Package, bool]]:
        for part, following in zip_longest(self._parts, self._parts[1:]):
            job = self._job
            if following is not None:
                self._job = self._start(following.source)
            yield Package(job.result()), part.goes_on

    def cancel(self) -> None:
        """End pandoc, if it still runs."""
        self._job.cancel()


def start_docx(
    html: str,
    properties: DocumentProperties,
    *,
    reference: bytes,
    lua: bytes,
    carried: Mapping[str, bytes],
    contents: str | None = None,
    script_fonts: Sequence[ScriptFont] = (),
) -> DocxJob:
    """Start the Word document of an HTML page and return at once.

    `reference` is a reference.docx, `lua` a pandoc filter, `carried` the files that the
    document carries by name, `contents` the heading of a table of contents (None: no table),
    `script_fonts` what its figures need besides the two typefaces. Raises EngineFault for a figure
    that cannot be drawn or a reference that is not a Word document, EnvironmentFault where pandoc
    or resvg is missing.
    """
    reference, geometry = on_page(reference, properties.page)
    parts, tables, title = pandoc_input(html, geometry, contents, script_fonts)

    def finish(package: Package) -> None:
        together = properties.layout == "short"
        finish_tables(package.body(), tables, geometry.text_width, together)
        finish_text(package, properties.language)
        if contents is not None:
            fill_contents(package.body(), package.tree("word/styles.xml"))
        add_heads_and_feet(package, properties, title, geometry.text_width)
        if properties.draft:
            prepare_for_review(package)
        write_properties(package, properties)
        for name, content in carried.items():
            carry(package, name, content)

    def start(source: bytes) -> pandoc.PandocJob:
        return pandoc.start_pandoc(
            _ARGUMENTS,
            source,
            files={SANDBOX_FILE: SANDBOX_LUA, "pandoc.lua": lua, "reference.docx": reference},
            source_date_epoch=int(properties.moment.timestamp()),
            # Another minute for every megabyte of the page.
            time_limit=pandoc.TIME_LIMIT * (1 + len(source) / 1_000_000),
            what="the Word document",
        )

    return DocxJob(parts, start, finish)

"""The Word edition: one semantic page through pandoc, then finished for Word's readers.

    page ── docx_source ──> HTML that pandoc keeps ── pandoc, pandoc.lua, reference.docx ──> DOCX
         ── docx_body, docx_finish ──> valid, accessible, reproducible, with its evidence inside

What a template must write for it, and which style serves what, is in ``docs/word.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from sourcebrief.documents import pandoc
from sourcebrief.documents.word.filter_guard import GUARD, GUARD_LUA

if TYPE_CHECKING:
    from sourcebrief.documents.word.finish import Geometry
    from sourcebrief.documents.word.pandoc_input import TableFacts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DocxMetadata:
    """What a document says of itself, in its properties and on every page.

    ``running`` stands at the left of the foot (edition, status, as-of date, in the document's
    language); ``page_label`` at its right, with ``{page}`` and ``{pages}`` as Word's own fields.
    Moments are aware and written in UTC.
    """

    title: str
    author: str
    language: str
    marking: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    identifier: str = ""
    status: str = ""
    version: str = ""
    running: str = ""
    page_label: str = "{page} / {pages}"
    page: Literal["A4", "Letter"] = "A4"
    created: datetime = field(default=_EPOCH)
    modified: datetime = field(default=_EPOCH)


@dataclass(frozen=True, slots=True)
class DocxJob:
    """A Word document under way; ``result`` waits for pandoc and finishes the document."""

    _job: pandoc.PandocJob
    _geometry: Geometry
    _tables: tuple[TableFacts, ...]
    _metadata: DocxMetadata
    _evidence: bytes | None
    _contents: bool

    def result(self) -> bytes:
        """Return the finished document; EngineFault where pandoc fails, warns or takes too long."""
        from sourcebrief.documents.word import finish

        return finish.finish(
            self._job.result(),
            geometry=self._geometry,
            tables=self._tables,
            metadata=self._metadata,
            evidence=self._evidence,
            contents=self._contents,
        )

    def cancel(self) -> None:
        """End pandoc, if it still runs."""
        self._job.cancel()


def start_docx(
    html: str,
    *,
    reference: bytes,
    lua: bytes,
    metadata: DocxMetadata,
    evidence: bytes | None = None,
    contents: str | None = None,
    source_date_epoch: int = 0,
    time_limit: float | None = None,
) -> DocxJob:
    """Start the Word edition of ``html`` and return at once.

    ``reference`` is a reference.docx, ``lua`` a pandoc filter, ``evidence`` the manifest that the
    document carries, ``contents`` the heading of a table of contents (None: no table). Inline SVG
    is drawn as PNG at twice its size. ``source_date_epoch`` is in seconds, and so is pandoc's
    ``time_limit``, by default a minute and another for every megabyte of the page. Raises
    EngineFault for a figure that cannot be drawn or a reference that is no DOCX, EnvironmentFault
    where pandoc or resvg is missing.
    """
    from sourcebrief.documents import raster
    from sourcebrief.documents.word import finish, pandoc_input

    reference, geometry = finish.on_page(reference, metadata.page)
    # 1 twentieth of a point is 1/1440 inch, 1 CSS pixel 1/96 inch.
    source = pandoc_input.prepare(
        html,
        raster.png,
        width=geometry.text_width / 15,
        # A figure leaves room for its caption and its note on the same page.
        height=0.85 * geometry.text_height / 15,
        contents=contents,
    )
    job = pandoc.start(
        [
            "--from=html-auto_identifiers",
            "--to=docx",
            "--wrap=none",
            # Else it adds thirty styles for source code to those that colleagues choose from.
            "--syntax-highlighting=none",
            f"--lua-filter={GUARD}",
            "--reference-doc=reference.docx",
        ],
        source.html,
        files={GUARD: GUARD_LUA, "pandoc.lua": lua, "reference.docx": reference},
        source_date_epoch=source_date_epoch,
        time_limit=time_limit or pandoc.TIME_LIMIT * (1 + len(source.html) / 1_000_000),
        what="the Word document",
    )
    return DocxJob(job, geometry, source.tables, metadata, evidence, contents is not None)


def write_docx(
    html: str,
    *,
    reference: bytes,
    lua: bytes,
    metadata: DocxMetadata,
    evidence: bytes | None = None,
    contents: str | None = None,
    source_date_epoch: int = 0,
    time_limit: float | None = None,
) -> bytes:
    """Make the Word edition of ``html`` and wait for it: ``start_docx`` and ``result`` in one."""
    return start_docx(
        html,
        reference=reference,
        lua=lua,
        metadata=metadata,
        evidence=evidence,
        contents=contents,
        source_date_epoch=source_date_epoch,
        time_limit=time_limit,
    ).result()


def read_manifest(document: bytes) -> bytes | None:
    """Return the ``evidence.json`` that a Word document carries, None where it carries none.

    Raises EngineFault where ``document`` is no Word document or its manifest is damaged.
    """
    from sourcebrief.documents.word import finish

    return finish.manifest_in(document)


__all__ = ["DocxJob", "DocxMetadata", "read_manifest", "start_docx", "write_docx"]

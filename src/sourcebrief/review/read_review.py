"""Read what reviewers did to a Word document, by comparing it with the one that was built.

The document is built again from the evidence that it carries. It may be hostile, so `python -m`
runs this in a process of its own under limits, and nothing but remarks comes back.
"""

import pickle
import sys
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from sourcebrief.brief.layouts import FULL, SHORT, file_name
from sourcebrief.brief.make_manifest import Manuscript
from sourcebrief.brief.manifest import InvalidManifest, Manifest, edition_of, read_manifest
from sourcebrief.documents.build_info import BuildInfo, read_build_info
from sourcebrief.documents.publish import publish, set_page, word_references
from sourcebrief.documents.template_folders import TemplateFiles, held_templates
from sourcebrief.documents.versions import versions_of
from sourcebrief.documents.word.opc_package import Package
from sourcebrief.documents.word.pandoc_input import anchors_of
from sourcebrief.errors import EngineFault
from sourcebrief.processes import limits
from sourcebrief.review.built_text import BuiltText
from sourcebrief.review.find_remarks import find_remarks
from sourcebrief.review.remarks import FileReview
from sourcebrief.review.word_comments import read_comments
from sourcebrief.review.word_paragraphs import read_paragraphs
from sourcebrief.verification.document_text import DocumentText, NotABrief
from sourcebrief.verification.read_document import read_document
from sourcebrief.verification.remake import UNMAKEABLE

_REVIEW: Final = TypeAdapter(FileReview)
_OTHER_BUILD: Final = (
    "it may be built with other templates or another version, so what differs with tracking off "
    "outside of what authors wrote may be theirs"
)


def review_under_limits(
    document: Path,
    evidence: Path | None,
    templates: Path | None,
    *,
    seconds: float = limits.TIME_LIMIT,
    memory: int = limits.MEMORY_LIMIT,
) -> FileReview:
    """Read the review of a document in a process with limits of time (seconds) and memory."""
    request = pickle.dumps((document, evidence, templates))
    try:
        found = limits.run_limited(__name__, request, time_limit=seconds, memory_limit=memory)
    except limits.OverLimit as over:
        return FileReview(fault=f"reading it took {over} than review allows")
    return _REVIEW.validate_json(found)


def read_review(data: bytes, evidence: bytes | None, templates: TemplateFiles) -> FileReview:
    """Read the review of a document; `evidence` is its manifest where it has lost it."""
    try:
        document = read_document(data)
        if document.format != "docx":
            return FileReview(fault="it is not a Word document; give the DOCX that was reviewed")
        sent = document.manifest(evidence)
        manifest = read_manifest(sent)
        edition = edition_of(sent)
        package = Package(data)
        built, like_sent = _build_again(document, manifest, edition, templates, package)
        remarks = tuple(
            find_remarks(built, read_paragraphs(package), read_comments(package), like_sent)
        )
    except (NotABrief, InvalidManifest, EngineFault) as error:
        return FileReview(fault=str(error))
    except UNMAKEABLE as error:
        return FileReview(fault=f"no document can be made of its evidence ({error})")
    notices = () if like_sent else (_OTHER_BUILD,)
    return FileReview(manifest["briefing"], edition, remarks, notices)


def _build_again(
    document: DocumentText,
    manifest: Manifest,
    edition: str,
    templates: TemplateFiles,
    sent: Package,
) -> tuple[BuiltText, bool]:
    """Build the document as it was sent; also says whether it was built in the same way."""
    info = _build_info(document)
    layout = info.layout if info else _stated_layout(sent)
    manuscript = Manuscript(manifest, None, ())
    made = publish(
        manuscript,
        templates,
        ["docx"],
        layouts=[layout],
        epoch=info.epoch if info else None,
        as_built=info,
    )
    page = set_page(manuscript, word_references(manuscript, templates), templates, edition, layout)
    package = Package(made.files[file_name(manifest["briefing"], layout, "docx")])
    anchors = {anchor.name: anchor for anchor in anchors_of(page.html)}
    like_sent = (
        info is not None
        and info.templates == templates.digest()
        and info.versions == versions_of("docx")
        and not manifest["brief"].get("style")
    )
    return BuiltText(manifest, read_paragraphs(package), anchors), like_sent


def _stated_layout(sent: Package) -> str:
    """Return the layout that a document names in its properties, which it keeps when stripped."""
    name = "docProps/core.xml"
    stated = sent.tree(name).itertext() if name in sent else ()
    return SHORT if SHORT in (text.strip() for text in stated) else FULL


def _build_info(document: DocumentText) -> BuildInfo | None:
    try:
        return None if document.build_info is None else read_build_info(document.build_info)
    except ValueError:
        return None


def _answer(document: Path, evidence: Path | None, templates: Path | None) -> FileReview:
    try:
        return read_review(
            document.read_bytes(),
            evidence.read_bytes() if evidence else None,
            held_templates(templates),
        )
    except OSError as error:
        return FileReview(fault=f"it cannot be read: {(error.strerror or str(error)).lower()}")
    except MemoryError:
        return FileReview(fault="reading it takes more memory than review allows")


if __name__ == "__main__":
    files = pickle.load(sys.stdin.buffer)  # noqa: S301 - from `review_under_limits` alone
    sys.stdout.buffer.write(_REVIEW.dump_json(_answer(*files)))

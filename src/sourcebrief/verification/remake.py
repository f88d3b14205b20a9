"""Make a document again from the evidence that it carries.

Builds are reproducible, so equal bytes mean that nothing in the file is not in its evidence,
whatever a viewer can be made to show. The evidence may be a stranger's: `python -m` runs this in a
process of its own under limits, and templates, styles and fonts are never taken from the file.
"""

import pickle
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import Base64Bytes, TypeAdapter

from sourcebrief.brief.layouts import file_name
from sourcebrief.brief.make_manifest import Manuscript, Reprint
from sourcebrief.brief.manifest import InvalidManifest, Manifest, read_manifest
from sourcebrief.documents.build_info import BuildInfo, read_build_info
from sourcebrief.documents.publish import publish
from sourcebrief.documents.script_fonts import FONT_FILE, font_hashes
from sourcebrief.documents.template_folders import TemplateFiles, held_templates
from sourcebrief.documents.versions import versions_of
from sourcebrief.errors import SourcebriefError
from sourcebrief.processes import limits
from sourcebrief.verification.document_text import DocumentText, NotABrief
from sourcebrief.verification.expected_words import missing_style
from sourcebrief.verification.read_document import read_document

UNMAKEABLE: Final = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    SourcebriefError,
)
"""What is raised where a manifest that has the right form contradicts itself."""
OTHER_TEMPLATES: Final = "other templates"
_VERSION: Final = re.compile(r"[0-9][0-9A-Za-z.]{0,30}")
SECONDS: Final = 90.0
"""How long a document may take to be made again."""


@dataclass(frozen=True, slots=True)
class Remade:
    """A document made again; `content` is None where it could not be, and `reason` says why.

    `other` names what differs between the build that the document tells of and this one, and
    `image` the container image of that build's version, in which it can be made again.
    """

    content: Base64Bytes | None = None
    reason: str = ""
    other: tuple[str, ...] = ()
    image: str = ""


def remade_under_limits(
    document: Path,
    evidence: Path | None,
    templates: Path | None,
    *,
    seconds: float = SECONDS,
    memory: int = limits.MEMORY_LIMIT,
) -> Remade:
    """Make a document again in a process with limits of time (seconds) and memory (bytes)."""
    request = pickle.dumps((document, evidence, templates))
    try:
        found = limits.run_limited(__name__, request, time_limit=seconds, memory_limit=memory)
    except limits.OverLimit as over:
        return Remade(reason=f"making it again took {over} than verify allows")
    return TypeAdapter(Remade).validate_json(found)


def remake(document: DocumentText, evidence: bytes | None, templates: TemplateFiles) -> Remade:
    """Make the document again in the layout and format that it has.

    `evidence` is its manifest where it has lost it.
    """
    if document.format == "json":
        return Remade(reason="this file holds its evidence alone")
    if document.build_info is None:
        return Remade(reason="it does not say what it was made with")
    try:
        manifest = read_manifest(document.manifest(evidence))
        info = read_build_info(document.build_info)
    except (InvalidManifest, ValueError) as error:
        return Remade(reason=str(error))
    if style := missing_style(manifest, templates):
        return Remade(reason=f"it has a citation style of its own (SHA-256 {style[:12]}…)")
    other: tuple[str, ...] = ()
    try:
        other = tuple(_differences(info, templates, document.format))
        edition = publish(
            Manuscript(manifest, None, tuple(_reprints(manifest, document.attachments))),
            templates,
            [document.format],
            layouts=[info.layout],
            epoch=info.epoch,
            as_built=info,
        )
        content = edition.files[file_name(manifest["briefing"], info.layout, document.format)]
    except UNMAKEABLE as error:
        return Remade(reason=f"no document can be made of its evidence ({error})", other=other)
    version = info.versions.get("sourcebrief", "")
    has_image = other and _VERSION.fullmatch(version)
    return Remade(content, other=other, image=f"sourcebrief:{version}" if has_image else "")


def _reprints(manifest: Manifest, attached: Mapping[str, bytes]) -> list[Reprint]:
    """The full texts that the document carries, where they are those that it names."""
    return [
        Reprint(name, attached[name], source["short"])
        for source in manifest["sources"]
        if (name := source.get("file") or "") in attached
        and sha256(attached[name]).hexdigest() == source.get("sha256")
    ]


def _differences(info: BuildInfo, templates: TemplateFiles, kind: str) -> list[str]:
    """Each version that is another one here, and the templates."""
    fonts = [name.removeprefix(FONT_FILE) for name in info.versions if name.startswith(FONT_FILE)]
    hashes = font_hashes(fonts, templates)
    here = versions_of(kind) | {f"{FONT_FILE}{name}": digest for name, digest in hashes.items()}
    names = sorted(here.keys() | info.versions.keys())
    found = [
        f"{name} {info.versions.get(name, 'of no version')} (here {here.get(name, 'none')})"
        for name in names
        if info.versions.get(name) != here.get(name)
    ]
    return [*found, *([OTHER_TEMPLATES] if info.templates != templates.digest() else [])]


def _answer(document: Path, evidence: Path | None, templates: Path | None) -> Remade:
    try:
        return remake(
            read_document(document.read_bytes(), words=False),
            evidence.read_bytes() if evidence else None,
            held_templates(templates),
        )
    except NotABrief as error:
        return Remade(reason=str(error))
    except MemoryError:
        return Remade(reason="making it again takes more memory than verify allows")


if __name__ == "__main__":
    request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from `remade_under_limits` alone
    sys.stdout.buffer.write(TypeAdapter(Remade).dump_json(_answer(*request)))

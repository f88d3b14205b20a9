"""Verify a document that someone sent: against the evidence that it carries.

The document is made again from its evidence. Where it is the same, nothing in it can say anything
else. Where another program has saved it since, or it cannot be made again here, its words are read.

Anyone may have made the document, and a PDF or a zip of a few kilobytes can ask for gigabytes of
memory, or never end. So `verify_file` runs in processes of their own with limits.
"""

import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from sourcebrief.brief.manifest import (
    InvalidManifest,
    Manifest,
    canonical,
    edition_of,
    read_manifest,
)
from sourcebrief.documents.publish import web_style
from sourcebrief.documents.template_folders import TemplateFiles, held_templates
from sourcebrief.errors import EngineFault
from sourcebrief.processes import limits
from sourcebrief.verification.check_document import check_document
from sourcebrief.verification.check_seal import Anchors, check_seal
from sourcebrief.verification.check_sources import check_sources
from sourcebrief.verification.compare_files import differences
from sourcebrief.verification.document_text import DocumentText, NotABrief, NotCompared
from sourcebrief.verification.expected_words import expected_words
from sourcebrief.verification.foreign_in_docx import foreign_in_docx
from sourcebrief.verification.foreign_in_html import foreign_in_html
from sourcebrief.verification.foreign_in_pdf import foreign_in_pdf
from sourcebrief.verification.read_document import format_of, read_document
from sourcebrief.verification.remake import OTHER_TEMPLATES, Remade, remade_under_limits
from sourcebrief.workspace.read_files import Inputs

MOST_PROBLEMS: Final = 200
_NAMED: Final = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html"}
_REMADE: Final = "that nothing in the file is not in its evidence"
_ANOTHER_EDITION: Final = (
    "that this is the edition that was sent: someone else can make a brief of other evidence, and "
    "it would verify; compare the edition with one known from elsewhere, or give --expect"
)
_CONSISTENT_FORGERY: Final = (
    "that this is the edition that was sent: a forgery that is consistent throughout is found only "
    "by a seal, by making the file again, or by its edition; give --expect with the one you know"
)
_SAVED_AGAIN: Final = (
    "that its bytes are those that were built: it holds the same, and was saved again or added to"
)
_CLASSES: Final = "whether the page's own style sheet hides words, as it hides what folds"
_LOOKS: Final = "how its words look, letter by letter, which takes the templates that it names"
_TOO_MUCH_MEMORY: Final = "reading it takes more memory than a brief can need"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one file, which verifies where there are no problems.

    `reached` says how, the strongest first: `sealed`, where `signers` vouch for every byte, and
    `remade`, where the file is what its evidence makes, byte by byte or after another program saved
    it again, or else `read`. `unreadable` says that the file could not be read as a
    brief; `unchecked` is what was not compared.
    """

    problems: tuple[str, ...]
    reached: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    edition: str = ""
    quotations: int = 0
    events: int = 0
    documents: int = 0
    other_sources: int = 0
    unchecked: tuple[str, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a recipient knows of a file from elsewhere, and wants to know.

    `expect` is the edition, `evidence` the manifest where the document lost it, `seeds` a folder of
    source documents, `templates` the folder of those of the house that made it (None: the packaged
    ones); `anchors` are what its seal is checked by. `rebuild` says whether to make it again.
    """

    expect: str | None = None
    evidence: Path | None = None
    seeds: Path | None = None
    templates: Path | None = None
    anchors: Anchors = field(default_factory=Anchors)
    rebuild: bool = True


def verify_file(
    path: Path,
    asked: Asked | None = None,
    *,
    time_limit: float = limits.TIME_LIMIT,
    memory_limit: int = limits.MEMORY_LIMIT,
) -> Verdict:
    """Verify a file under limits of time (seconds) and memory (bytes).

    A file that breaks a limit while it is read does not verify, and the verdict says why. Raises
    RuntimeError with the traceback of the other process where this program is at fault.
    """
    asked = asked or Asked()
    remade = (
        remade_under_limits(path, asked.evidence, asked.templates, memory=memory_limit)
        if asked.rebuild
        else None
    )
    try:
        found = limits.run_limited(
            __name__,
            pickle.dumps((path, asked, remade)),
            time_limit=time_limit,
            memory_limit=memory_limit,
        )
    except limits.OverLimit as over:
        reason = f"reading it took more than {time_limit:.0f} s" if over.time else _TOO_MUCH_MEMORY
        return Verdict((reason,), unreadable=True)
    return TypeAdapter(Verdict).validate_json(found)


def _answer(file: Path, asked: Asked, remade: Remade | None) -> Verdict:
    """Verify what `verify_file` asks for, in the process with limits."""
    files = Inputs(Path.cwd())
    folder = (asked.seeds or Path()).resolve()

    def seed(name: str) -> bytes | None:
        # A manifest may name any file, but only a file in the folder is read.
        path = folder / name
        try:
            return files.read(str(path)) if path.resolve().is_relative_to(folder) else None
        except (OSError, ValueError):
            return None

    try:
        data = file.read_bytes()
        verdict = verify(
            data,
            remade=remade,
            anchors=asked.anchors,
            seeds=seed if asked.seeds else None,
            expect=asked.expect,
            evidence=asked.evidence.read_bytes() if asked.evidence else None,
            templates=asked.templates,
        )
    except OSError as error:
        reason = f"it cannot be read: {(error.strerror or str(error)).lower()}"
        return Verdict((reason,), unreadable=True)
    except MemoryError:
        return Verdict((_TOO_MUCH_MEMORY,), unreadable=True)
    named, found = _NAMED.get(file.suffix.lower()), format_of(data)
    problems = verdict.problems
    if named and found and named != found:
        is_other = f"its name makes a viewer open it as {named}, and it is {found}"
        problems = (f"{is_other}: what was checked is not what you would see", *problems)
    more = len(problems) - MOST_PROBLEMS
    cut = (*problems[:MOST_PROBLEMS], *([f"and {more} more"] if more > 0 else []))
    return replace(verdict, problems=cut)


def verify(
    sent: bytes | DocumentText,
    *,
    remade: Remade | None = None,
    anchors: Anchors | None = None,
    seeds: Callable[[str], bytes | None] | None = None,
    expect: str | None = None,
    evidence: bytes | None = None,
    templates: Path | None = None,
) -> Verdict:
    """Verify a PDF, a Word document, a web page or an evidence.json, or what was read of one.

    `remade` is the document made again, where that was tried; `anchors` are what its seal is
    checked by. `seeds` returns the bytes of a source document by the name of its file. `expect` is
    the edition known from elsewhere, `evidence` the manifest where the document lost it,
    `templates` the folder of those of the house that made it (None: the packaged ones).
    """
    sealed = None
    try:
        if isinstance(sent, bytes):
            sealed = check_seal(sent, anchors or Anchors())
            sent = sealed.built
        document = read_document(sent, words=False) if isinstance(sent, bytes) else sent
        carried = document.manifest(evidence)
        read = read_manifest(carried)
        manifest: dict[str, Any] = dict(read)
        edition = edition_of(carried)
        held = held_templates(templates)
        is_remade, as_made = _compare_remade(sent, document.format, remade, held)
        if isinstance(sent, bytes) and not is_remade:
            document = read_document(sent)
        adds_heads = remade is None or not remade.content or OTHER_TEMPLATES in remade.other
        as_printed = (
            [] if is_remade else _compare_layouts(document, read, edition, held, adds_heads)
        )
    except (NotABrief, InvalidManifest, EngineFault) as error:
        return Verdict((str(error),), unreadable=True)

    def findings() -> Iterator[str]:
        if not is_remade:
            yield from map(NotCompared, document.not_compared)
        if canonical(read) != carried:
            yield "its evidence was altered: no build writes it in this form"
        if evidence is not None and evidence != carried:
            yield "the evidence that it carries is not that of --evidence"
        yield from sealed.findings if sealed else ()
        yield from as_printed
        yield from as_made
        if expect is not None and expect.lower() != edition:
            yield f"it is edition {edition}, not {expect.lower()}"
        yield from check_sources(document, manifest, seeds)
        if expect is None and not signers:
            yield NotCompared(_ANOTHER_EDITION if is_remade else _CONSISTENT_FORGERY)

    signers = sealed.signers if sealed else ()
    found = list(dict.fromkeys(findings()))
    return Verdict(
        tuple(words for words in found if not isinstance(words, NotCompared)),
        (*(["sealed"] if signers else []), "remade" if is_remade else "read"),
        signers,
        edition,
        sum(len(event["evidence"]) for event in read["events"]),
        len(read["events"]),
        sum(bool(source.get("file")) for source in read["sources"]),
        sum(not source.get("file") for source in read["sources"]),
        tuple(words for words in found if isinstance(words, NotCompared)),
    )


def _compare_remade(
    sent: bytes | DocumentText, kind: str, remade: Remade | None, templates: TemplateFiles
) -> tuple[bool, list[str]]:
    """Whether a file is what its evidence makes, and what differs or keeps that from being said."""
    if not isinstance(sent, bytes):
        return False, []
    if remade is None:
        return False, _foreign(sent, kind, Remade(), templates)
    reason = remade.reason
    if remade.content is not None:
        found = differences(kind, sent, remade.content)
        if not found:
            return True, [] if sent == remade.content else [NotCompared(_SAVED_AGAIN)]
        if remade.other:
            image = f"; in the container image {remade.image} it can be" if remade.image else ""
            versions = ", ".join(remade.other)
            differs = f"with the versions here it differs ({found[0]})"
            reason = f"it was made with {versions}; {differs}{image}"
        elif kind == "docx":
            # Word processors write every part anew when they save.
            reason = f"a word processor has saved it again ({found[0]})"
        else:
            return False, found
    return False, [
        NotCompared(f"{_REMADE}: {reason}"),
        *_foreign(sent, kind, remade, templates),
    ]


def _foreign(sent: bytes, kind: str, remade: Remade, templates: TemplateFiles) -> list[str]:
    """What stands in a file that no build writes, or looks otherwise than in the one made again."""
    made = remade.content
    if kind == "json":
        return []
    if kind == "html":
        hidden = [] if made else [NotCompared(_CLASSES)]
        return [*foreign_in_html(sent, made, web_style(templates)), *hidden]
    looks_alike = OTHER_TEMPLATES not in remade.other
    found = (foreign_in_pdf if kind == "pdf" else foreign_in_docx)(sent, made, looks_alike)
    if made is None or not looks_alike:
        found.append(NotCompared(_LOOKS))
    return found


def _compare_layouts(
    document: DocumentText,
    manifest: Manifest,
    edition: str,
    templates: TemplateFiles,
    adds_heads: bool,
) -> list[str]:
    """What a document prints otherwise than the layout of its edition that it is most like."""
    if document.format == "json":
        return list(check_document(document, dict(manifest), edition))
    found: list[str] = []
    for words in expected_words(manifest, templates):
        said = list(
            check_document(document, {**manifest, "printed": words}, edition, adds_heads=adds_heads)
        )
        if not found or _problems(said) < _problems(found):
            found = said
        if not _problems(found):
            break
    return found


def _problems(findings: list[str]) -> int:
    return sum(not isinstance(words, NotCompared) for words in findings)


if __name__ == "__main__":
    request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from `verify_file`, not from the file
    sys.stdout.buffer.write(TypeAdapter(Verdict).dump_json(_answer(*request)))

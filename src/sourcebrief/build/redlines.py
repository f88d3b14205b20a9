"""A redline of a briefing: today's Word document against the edition that a reader has."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sourcebrief.brief.layouts import FULL, file_name
from sourcebrief.brief.make_manifest import Manuscript, manuscript
from sourcebrief.brief.manifest import read_manifest
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.build.revisions import earlier_evidence
from sourcebrief.documents.build_info import read_build_info
from sourcebrief.documents.publish import publish
from sourcebrief.documents.template_folders import TemplateFiles
from sourcebrief.documents.word.redline import redline
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from sourcebrief.verification.read_document import read_document
from sourcebrief.workspace.read_files import Inputs

_UNMAKEABLE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def redline_since(
    root: Path, since: str, names: Sequence[str], *, named: bool, epoch: int | None
) -> tuple[str, bytes]:
    """Return the name of one briefing and its redline since a file or a revision of git.

    Both documents are made with today's templates, so that only words differ, in the layout that
    the reader has. Raises UsageError
    where `since` is none of this or of more than one briefing, InvalidInput where the briefing does
    not check, SourcebriefError where the earlier edition cannot be made again.
    """
    before = earlier_evidence(root, since, names, named=named)
    if len(before) != 1:
        told = "no edition of it" if not before else f"editions of {', '.join(before)}"
        raise UsageError(f"a redline is of one briefing, and {since} has {told}; name one")
    ((name, evidence),) = before.items()
    new, templates = _today(name, root)
    was = read_manifest(evidence)
    try:
        style = was["brief"].get("style")
        held = new.style if style == new.manifest["brief"].get("style") else None
        layout = _layout_of(since)
        document = file_name(name, layout, "docx")
        older, newer = (
            publish(each, templates, ["docx"], layouts=[layout], epoch=epoch).files[document]
            for each in (Manuscript(was, held), new)
        )
    except _UNMAKEABLE as error:
        raise SourcebriefError(
            f"{since} cannot be made again here ({error}); compare with --as text"
        ) from error
    return name, redline(older, newer, new.manifest["brief"]["prepared_by"], new.moment(epoch))


def _layout_of(since: str) -> str:
    """Return the layout of an earlier file; raises ValueError where it was altered."""
    if not Path(since).is_file():
        return FULL
    carried = read_document(Path(since).read_bytes(), words=False).build_info
    return FULL if carried is None else read_build_info(carried).layout


def _today(name: str, root: Path) -> tuple[Manuscript, TemplateFiles]:
    """Return a briefing as it is now, without what may be reprinted, and its templates."""
    corpus = read_corpus(Inputs(root))
    checked = check_briefing(name, corpus)
    problems = [
        problem for problem in (*corpus.problems, *checked.problems) if problem.severity == "error"
    ]
    if checked.composition is None or problems:
        raise InvalidInput(problems)
    made = manuscript(checked.composition)
    return Manuscript(made.manifest, made.style), TemplateFiles(checked.templates.files())

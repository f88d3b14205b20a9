"""Evidence made anew: of the workspace as it is, and as it was at a revision of git."""

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import InvalidManifest, canonical, edition_of, read_manifest
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.template_folders import FOLDER
from sourcebrief.errors import InvalidInput, Problem, SourcebriefError, UsageError
from sourcebrief.verification.changes import EditionChanges, compare
from sourcebrief.verification.document_text import NotABrief
from sourcebrief.verification.read_document import read_document
from sourcebrief.workspace.git import files_at, find_commit, foreign_repository
from sourcebrief.workspace.read_files import Inputs

Unsound = Mapping[str, tuple[Problem, ...]]
"""The errors of briefings that do not check, by the briefing."""


def changes_since(
    root: Path, since: str, names: Sequence[str], *, named: bool
) -> tuple[list[EditionChanges], list[str], Unsound]:
    """What changed in briefings since a file or a revision, and the briefings that are new.

    One that does not check, now or at the revision, is not compared; the last of what is returned
    are the problems that it has now, which are none where it only had some then.

    `since` is a document or an evidence.json of one edition, else a revision of git; `named` says
    that the user named the briefings. Raises UsageError for a `since` that is neither, or is of
    another briefing, and InvalidInput where the catalogue does not check.
    """
    before, unsound = _earlier(root, since, names, named=named)
    if os.path.isfile(since):  # noqa: PTH113
        names = tuple(before)
    after, unsound_now = evidence_of(Inputs(root), names)
    found = [
        compare(
            read_manifest(before[name]),
            read_manifest(after[name]),
            before_edition=edition_of(before[name]),
            after_edition=_edition_built(root, name, after[name]),
        )
        for name in names
        if name in before and name in after
    ]
    new = [name for name in names if name not in before and name not in unsound]
    return found, new, {**dict.fromkeys(unsound, ()), **unsound_now}


def _edition_built(root: Path, name: str, evidence: bytes) -> str:
    """Return the edition of the documents that were built of this evidence.

    One that was built with a box of changes at its head is another edition than the evidence alone.
    """
    try:
        built = (root / "briefings" / name / f"{name}.evidence.json").read_bytes()
        said, now = ({**read_manifest(one), "changes": None} for one in (built, evidence))
    except (OSError, InvalidManifest):
        return edition_of(evidence)
    return edition_of(built if said == now else evidence)


def earlier_evidence(
    root: Path, since: str, names: Sequence[str], *, named: bool
) -> dict[str, bytes]:
    """The manifests that briefings had in an earlier file or at an earlier revision.

    Raises as `changes_since` does, and SourcebriefError where one did not check then; a briefing
    that was not there yet is left out.
    """
    found, unsound = _earlier(root, since, names, named=named)
    for problems in unsound.values():
        raise SourcebriefError(f"{unsound_at(since)}: {problems[0]}")
    return found


def unsound_at(since: str) -> str:
    """Say that the workspace had errors at a revision."""
    return f"the workspace at {since} does not check"


def _earlier(
    root: Path, since: str, names: Sequence[str], *, named: bool
) -> tuple[dict[str, bytes], Unsound]:
    if os.path.isfile(since):  # noqa: PTH113 - which is False for what is too long for a name
        return _of_file(Path(since), names, named=named), {}
    neither = f"--since {since!r} is neither a file nor a revision of "
    if since.startswith("-"):
        raise UsageError(f"{neither}git")
    try:
        commit = find_commit(root, since)
        if commit is None and (refused := foreign_repository(root)):
            raise SourcebriefError(refused)
        if commit is None:
            raise UsageError(
                f"{neither}a git repository in {root}; give an earlier PDF, DOCX, HTML or "
                "evidence.json, or a revision as HEAD~1; a shallow clone lacks the older ones, so "
                "fetch the whole history"
            )
        earlier = Inputs(
            root, files_at(root, commit, ("seeds", "briefings", FOLDER)), on_disk=False
        )
    except FileNotFoundError:
        raise UsageError("--since a revision needs git, which is not installed") from None
    there = [name for name in names if name in earlier.briefings()]
    if not there:
        return {}, {}
    try:
        return evidence_of(earlier, there)
    except InvalidInput as error:
        raise SourcebriefError(f"{unsound_at(since)}: {error.problems[0]}") from error


def _of_file(file: Path, names: Sequence[str], *, named: bool) -> dict[str, bytes]:
    try:
        evidence = read_document(
            Inputs(Path.cwd()).read(str(file.absolute())), words=False
        ).manifest(way_out="give that")
        name = read_manifest(evidence)["briefing"]
    except (NotABrief, InvalidManifest) as error:
        raise SourcebriefError(f"{file}: {error}") from error
    except OSError as error:
        raise SourcebriefError(f"{file} cannot be read: {error.strerror or error}") from error
    if name not in names or (named and len(names) > 1):
        asked = f"not of {', '.join(names)}" if named else "which is not in this workspace"
        raise UsageError(f"{file} is an edition of {name}, {asked}")
    return {name: evidence}


def evidence_of(inputs: Inputs, names: Iterable[str]) -> tuple[dict[str, bytes], Unsound]:
    """The canonical manifests of briefings, without making their documents.

    Also returns the errors of those that have some. Raises InvalidInput with every error where the
    catalogue has one, because then none can be made.
    """
    corpus = read_corpus(inputs)
    checked = [check_briefing(name, corpus) for name in names]
    unsound = {one.name: errors for one in checked if (errors := _errors(one.problems))}
    if of_catalogue := _errors(corpus.problems):
        raise InvalidInput([*of_catalogue, *chain(*unsound.values())])
    made = {
        one.name: canonical(manifest_of(one.composition))
        for one in checked
        if one.composition is not None and one.name not in unsound
    }
    return made, unsound


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity == "error")

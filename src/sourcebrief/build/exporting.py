"""A briefing as data, once its checks have passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebrief.build import staleness
from sourcebrief.build.checks import check_briefing, read_corpus, with_unselected
from sourcebrief.build.pin_check import check_pinned
from sourcebrief.documents.exports import EXPORTS
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import Problem, UsageError
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.write_files import replace_all

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export: None where an error forbids one, and every problem of the checks."""

    data: bytes | None
    problems: tuple[Problem, ...]
    inputs: frozenset[Path]


def export(name: str, root: Path, form: str) -> Exported:
    """Check a briefing and give it in one of the forms of EXPORTS.

    Raises InvalidInput where the catalogue is unreadable.
    """
    inputs = Inputs(root)
    corpus = read_corpus(inputs)
    templates = TemplateFolders(inputs.tracking(), packaged_folder())
    one = check_briefing(name, corpus, templates.inputs, templates)
    check_pinned(corpus, [one])
    (one,) = with_unselected([one], corpus)
    problems = (*corpus.problems, *one.problems)
    read = frozenset((root / path).resolve() for path in inputs.used | templates.inputs.used)
    failed = any(problem.severity == "error" for problem in problems)
    if one.composition is None or failed:
        return Exported(None, problems, read)
    return Exported(EXPORTS[form](one.composition), problems, read)


def write_export(exported: Exported, path: Path, root: Path) -> None:
    """Write an export whole; UsageError where that would replace what it was made from."""
    assert exported.data is not None  # noqa: S101 - the caller has seen to it
    if path.resolve() in exported.inputs:
        raise UsageError(f"--output {path} is what the export is made from; name another file")
    staging = root / staleness.STATE / "staging" / f"{path.name}.export"
    replace_all({path.absolute(): exported.data}, staging)

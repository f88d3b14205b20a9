"""A briefing as data, once its checks have passed."""

from dataclasses import dataclass
from pathlib import Path

from sourcebrief.build.checks import check_briefing, check_together, read_corpus
from sourcebrief.build.staleness import STATE
from sourcebrief.documents.exports import EXPORTS
from sourcebrief.errors import Problem, UsageError, has_error
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.write_files import replace_all


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export: None where an error forbids one, and every problem of the checks."""

    data: bytes | None
    problems: tuple[Problem, ...]
    inputs: frozenset[Path]


def export(name: str, root: Path, form: str) -> Exported:
    """Check a briefing and return it in one of the forms of EXPORTS.

    Raises InvalidInput where the catalogue is unreadable.
    """
    corpus = read_corpus(Inputs(root))
    checked = check_together([check_briefing(name, corpus)], corpus)
    (one,) = checked.briefings
    problems = tuple(checked.all_problems())
    used = corpus.inputs.used | one.templates.inputs.used
    read = frozenset((root / path).resolve() for path in used)
    if one.composition is None or has_error(problems):
        return Exported(None, problems, read)
    return Exported(EXPORTS[form](one.composition), problems, read)


def write_export(exported: Exported, path: Path, root: Path) -> None:
    """Write an export whole; UsageError where that would replace what it was made from."""
    assert exported.data is not None  # noqa: S101 - the caller has seen to it
    if path.resolve() in exported.inputs:
        raise UsageError(f"--output {path} is what the export is made from; name another file")
    replace_all({path.absolute(): exported.data}, root / STATE / "staging" / f"{path.name}.export")

"""`review`: bring back what reviewers did to the Word document."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import (
    EXISTING_FILE,
    Common,
    briefing_names,
    common_options,
    complete_names,
    existing,
    form_option,
    writing,
)
from sourcebrief.cli.messages import DONE, formatted
from sourcebrief.errors import UsageError
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from sourcebrief.review.place_remarks import PlacedRemark
    from sourcebrief.workspace.read_files import Inputs


@click.command(short_help="Bring back what reviewers did to the Word document.")
@click.argument("name", metavar="NAME", shell_complete=complete_names)
@click.argument("files", nargs=-1, required=True, type=EXISTING_FILE, metavar="FILE.docx...")
@form_option("text", "json", "github", words="The format of the remarks.")
@click.option("--apply", "is_applied", is_flag=True, help="Write the changes into the YAML.")
@click.option("--yes", is_flag=True, help="Do not ask for each change.")
@click.option("--comments", is_flag=True, help="With --apply: keep open comments in the YAML too.")
@existing("--evidence", "The evidence.json of the edition, for documents that have lost it.")
@common_options
def review(
    common: Common,
    name: str,
    files: tuple[Path, ...],
    form: str,
    is_applied: bool,
    yes: bool,
    comments: bool,
    evidence: Path | None,
) -> int:
    """Show what reviewers did to the Word document, at the YAML's lines, and write it there.

    \b
    sourcebrief review ecuador-security-cooperation ana.docx ben.docx
    sourcebrief review ecuador-security-cooperation ana.docx --apply --yes
    """
    from sourcebrief.review.review_briefing import review_briefing, write_reviewed
    from sourcebrief.review.review_report import as_problems, review_report
    from sourcebrief.workspace.read_files import Inputs

    if (yes or comments) and not is_applied:
        raise UsageError("--yes and --comments go with --apply; add it")
    if is_applied and not yes and not sys.stdin.isatty():
        raise UsageError(
            "cannot ask without a terminal: nothing was changed; run it in one, or add --yes"
        )
    root = common.workspace()
    briefing_names(root, [name])
    inputs = Inputs(root)
    found = review_briefing(name, inputs, files, evidence)
    placed = found.placed
    if is_applied and placed and not found.faults:  # what cannot be read could be in conflict
        changed, written = _apply(name, inputs, placed, yes=yes, comments=comments)
        with writing(root):
            write_reviewed(inputs, changed)
        placed = written
    if form == "github":
        for problem in as_problems(placed):
            click.echo(formatted(problem, "github"))
    else:
        for line in review_report(placed, form):
            click.echo(line)
    for notice in found.notices:
        click.echo(notice, err=True)
    if not common.quiet and form == "text" and len(found.faults) < len(files):
        click.echo(_summary(placed), err=True)
    return common.report(found.faults) or DONE


def _apply(
    name: str, inputs: Inputs, placed: Sequence[PlacedRemark], *, yes: bool, comments: bool
) -> tuple[dict[str, bytes], tuple[PlacedRemark, ...]]:
    """Ask, make the changes in memory and check them; returns the files and what became of each."""
    from sourcebrief.review.apply_review import apply_remarks
    from sourcebrief.review.place_remarks import joint_changes

    answers = {_key(one): one for unit in joint_changes(placed) for one in _asked(unit, yes=yes)}
    asked = [answers[_key(one)] for one in placed]
    applied = apply_remarks(name, inputs, asked, comments=comments)
    results = {_key(one): one for one in (*applied.made, *applied.refused)}
    return dict(applied.files), tuple(results.get(_key(one), one) for one in asked)


def _key(one: PlacedRemark) -> tuple[tuple[str, ...], int]:
    return one.files, one.remark.number


def _asked(unit: Sequence[PlacedRemark], *, yes: bool) -> Sequence[PlacedRemark]:
    """Ask once of what is made together; returns it, refused where it is not to be made."""
    from sourcebrief.review.review_report import message

    if not all(one.writes for one in unit):
        return unit
    if yes:
        care = next((one.remark.caution for one in unit if one.remark.caution), "")
        reason = f"{care}: read the passage, and apply it without --yes" if care else ""
    else:
        for one in unit:
            click.echo(f"{one.place}: {message(one)}", err=True)
        reason = "" if click.confirm("Apply?", err=True) else "left out"
    return [one.refused(reason) for one in unit] if reason else unit


def _summary(placed: Sequence[PlacedRemark]) -> str:
    from sourcebrief.review.review_report import state_of

    comments = sum(one.remark.kind == "comment" for one in placed)
    changes = len(placed) - comments
    states = Counter(state_of(one) for one in placed if one.remark.kind != "comment")
    worded = {
        "applied": "applied",
        "applicable": "to be written with --apply",
        "done": "in the YAML already",
        "conflict": "in conflict",
        "refused": "not applied",
    }
    told = [f"{states[state]} {words}" for state, words in worded.items() if states[state]]
    counts = f"{count_of(comments, 'comment')}, {count_of(changes, 'change')}"
    return f"{counts}: {', '.join(told)}" if told else counts

"""`check`: the checks of a build, coverage, and whether the outputs are up to date."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from sourcebrief.build.last_check import recall_check
from sourcebrief.cli.common import Choice, Common, briefing_names, common_options, complete_names
from sourcebrief.cli.messages import DONE
from sourcebrief.errors import UsageError
from sourcebrief.text.characters import visible
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from sourcebrief.build.results import CheckedWorkspace


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_names)
@click.option("--built", is_flag=True, help="Also exit with 3 when an output is missing or stale.")
@click.option("--coverage", is_flag=True, help="Show what is not cited and not quoted.")
@click.option("--sheet", is_flag=True, help="Show each statement beside its passages, to tick.")
@click.option(
    "--as",
    "form",
    type=Choice(["text", "markdown", "json", "html"]),
    help="The format of --coverage or --sheet; default: text.",
)
@click.option(
    "--min-coverage", metavar="PERCENT", help="Fail where less of the words of the seeds is quoted."
)
@common_options
def check(
    common: Common,
    names: tuple[str, ...],
    built: bool,
    coverage: bool,
    sheet: bool,
    form: str | None,
    min_coverage: str | None,
) -> int:
    """Run the checks of a build and write nothing else than what they remember.

    \b
    sourcebrief check
    sourcebrief check --built --strict
    sourcebrief check --coverage --as markdown
    sourcebrief check NAME --sheet --as html > sheet.html
    """
    if coverage and sheet:
        raise UsageError("--coverage and --sheet write one report each; ask for one of them")
    if form and not (coverage or sheet):
        raise UsageError("--as is for --coverage and --sheet; problems have --message-format")
    if form == "html" and coverage:
        raise UsageError("--coverage is text, markdown or json; html is for --sheet")
    minimum = _share(min_coverage)
    root = common.workspace()
    chosen = briefing_names(root, names)
    memory = common.memory(root)
    asked = coverage or sheet or minimum is not None
    recalled = recall_check(chosen, root, memory) if memory is not None and not asked else None
    if recalled is None:
        # Everything that takes time to import is needed only from here on.
        from sourcebrief.build.checks import check_workspace, coverage_of, unquoted_seeds

        checked = check_workspace(chosen, root, memory)
    problems = list(checked.all_problems() if recalled is None else recalled)
    measured = coverage_of(checked) if coverage or minimum is not None else ()
    if minimum is not None:
        from sourcebrief.documents.coverage_report import shortfalls

        problems += shortfalls(measured, minimum)
    code = common.report(problems)
    if coverage:
        from sourcebrief.documents.coverage_report import coverage_report

        unquoted = unquoted_seeds(checked, measured)
        click.echo(visible(coverage_report(measured, unquoted, form or "text")))
        for name in chosen:
            if name not in {one.briefing for one in measured}:
                click.echo(f"{name}: not measured; correct its errors first", err=True)
    elif sheet:
        _write_sheet(checked, form or "text")
    elif code == DONE:
        common.say(f"{count_of(len(chosen), 'briefing')} checked")
    if common.verbose:
        click.echo("\n".join(f"  {name}" for name in chosen))
    if code == DONE and built:
        from sourcebrief.build.catalogue_use import why_not_current
        from sourcebrief.build.results import BuildOptions

        options = BuildOptions(root=root, epoch=common.source_date_epoch(), strict=common.strict)
        for name, reason in why_not_current(chosen, options).items():
            code = common.stale(name, reason)
    return code


def _write_sheet(checked: CheckedWorkspace, form: str) -> None:
    """Write the statements of the briefings without errors, and name the others."""
    from sourcebrief.documents.sheet_report import sheet_report

    sound = [one.composition.sheet for one in checked.briefings if one.composition is not None]
    if sound:
        click.echo(visible(sheet_report(sound, form)))
    for one in checked.briefings:
        if one.composition is None:
            click.echo(f"{one.name}: no sheet; correct its errors first", err=True)


def _share(percent: str | None) -> Fraction | None:
    if percent is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?%?", percent):
        raise UsageError(f"--min-coverage {percent!r} is not a percentage such as 40 or 33.3")
    share = Fraction(percent.removesuffix("%")) / 100
    if share > 1:
        raise UsageError(f"--min-coverage {percent!r} is more than 100")
    return share

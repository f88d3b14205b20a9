"""`export`: a briefing's events, sources or evidence as data for other programs."""

from pathlib import Path

import click

from sourcebrief.cli.common import (
    Choice,
    Common,
    FilePath,
    briefing_names,
    common_options,
    complete_names,
    write_output,
)
from sourcebrief.cli.messages import DONE
from sourcebrief.errors import UsageError


@click.command(short_help="Write the events, sources or evidence for other programs.")
@click.argument("name", metavar="NAME", shell_complete=complete_names)
@click.option(
    "--as",
    "form",
    type=Choice(["csv", "csl-json", "web-annotation", "timelinejs", "ics"]),
    required=True,
    help="The events as CSV, for TimelineJS or as iCalendar; the cited sources as CSL JSON; the "
    "evidence as W3C annotations.",
)
@click.option(
    "--output",
    metavar="FILE|-",
    type=FilePath(dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="Where to; default: standard output.",
)
@common_options
def export(common: Common, name: str, form: str, output: Path) -> int:
    """Write the events for a spreadsheet, a timeline or a calendar, the sources, or the evidence.

    \b
    sourcebrief export ecuador-security-cooperation --as csv --output events.csv
    sourcebrief export ecuador-security-cooperation --as csl-json > sources.json
    sourcebrief export ecuador-security-cooperation --as web-annotation > evidence.json
    sourcebrief export ecuador-security-cooperation --as timelinejs --output timeline.json
    """
    from sourcebrief.build.checks import check_workspace
    from sourcebrief.documents.exports import EXPORTS

    root = common.workspace()
    checked = check_workspace(briefing_names(root, (name,)), root)
    code = common.report(checked.all_problems())
    if code != DONE:
        return code
    (briefing,) = checked.briefings
    assert briefing.composition is not None and checked.corpus is not None  # noqa: S101, PT018
    data = EXPORTS[form](briefing.composition)
    if str(output) == "-":
        click.echo(data, nl=False)
        return DONE
    used = checked.corpus.inputs.used | briefing.templates.inputs.used
    if output.resolve() in {(root / path).resolve() for path in used}:
        raise UsageError(f"--output {output} is what the export is made from; name another file")
    write_output(common, output, data, root)
    return DONE

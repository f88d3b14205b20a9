"""`export`: a briefing's events or sources as data for other programs."""

from pathlib import Path

import click

from sourcebrief.cli.common import Choice, Common, FilePath, briefing_names, common_options, writing
from sourcebrief.cli.messages import DONE, size_of


@click.command(short_help="Write the events as CSV, or the sources as CSL JSON.")
@click.argument("name", metavar="NAME")
@click.option(
    "--as",
    "form",
    type=Choice(["csv", "csl-json"]),
    required=True,
    help="The events as CSV, or the cited sources as CSL JSON.",
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
    """Write the events for a spreadsheet, or the cited sources for a bibliography.

    \b
    sourcebrief export ecuador-security-cooperation --as csv --output events.csv
    sourcebrief export ecuador-security-cooperation --as csl-json > sources.json
    """
    from sourcebrief.build import exporting

    root = common.workspace()
    briefing_names(root, (name,))
    made = exporting.export(name, root, form)
    code = common.report(made.problems)
    if code != DONE or made.data is None:
        return code
    if str(output) == "-":
        click.echo(made.data, nl=False)
        return DONE
    with writing(root):
        exporting.write_export(made, output, root)
    common.say(f"{output}  {size_of(len(made.data))}")
    return DONE

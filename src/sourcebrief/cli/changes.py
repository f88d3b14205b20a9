"""`changes`: what changed since an earlier edition."""

import click

from sourcebrief.cli.common import Choice, Common, briefing_names, common_options
from sourcebrief.cli.messages import DONE
from sourcebrief.text.characters import visible


@click.command(short_help="Say what changed since an earlier edition.")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--since",
    required=True,
    metavar="FILE|REVISION",
    help="An earlier edition: its PDF, DOCX, HTML or evidence.json, or a revision of git.",
)
@click.option(
    "--as",
    "form",
    type=Choice(["text", "markdown", "json"]),
    default="text",
    help="The format of the changes.",
)
@common_options
def changes(common: Common, names: tuple[str, ...], since: str, form: str) -> int:
    """Say what changed since an earlier edition, in words that can be sent to a reader.

    \b
    sourcebrief changes --since last-week.pdf
    sourcebrief changes ecuador-security-cooperation --since v1.0 --as markdown
    """
    from sourcebrief.build.revisions import changes_since
    from sourcebrief.verification.change_report import change_report

    root = common.workspace()
    found, new = changes_since(root, since, briefing_names(root, names), named=bool(names))
    click.echo(visible(change_report(found, form)))
    for name in new:
        click.echo(f"{name}: {since} has no such briefing", err=True)
    return DONE

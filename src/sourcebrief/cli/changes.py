"""`changes`: what changed since an earlier edition."""

import os
from itertools import chain
from pathlib import Path

import click

from sourcebrief.cli.common import (
    Common,
    FilePath,
    briefing_names,
    common_options,
    complete_names,
    form_option,
    write_output,
)
from sourcebrief.cli.messages import DONE
from sourcebrief.errors import UsageError
from sourcebrief.text.characters import visible


@click.command(short_help="Say what changed since an earlier edition.")
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_names)
@click.option(
    "--since",
    required=True,
    metavar="FILE|REVISION",
    help="An earlier edition: its PDF, DOCX, HTML or evidence.json, or a revision of git.",
)
@form_option(
    *("text", "markdown", "json", "docx"),
    words="The format of the changes; docx is the Word document with the changes tracked.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=FilePath(dir_okay=False),
    help="Where the Word document goes; with --as docx.",
)
@common_options
def changes(
    common: Common, names: tuple[str, ...], since: str, form: str, output: Path | None
) -> int:
    """Say what changed since an earlier edition, in words that can be sent to a reader.

    \b
    sourcebrief changes --since last-week.pdf
    sourcebrief changes ecuador-security-cooperation --since v1.0 --as markdown
    sourcebrief changes --since last-week.docx --as docx --output redline.docx
    """
    from sourcebrief.build.revisions import changes_since
    from sourcebrief.verification.change_report import change_report

    if (form == "docx") != (output is not None):
        raise UsageError("--as docx and --output FILE go together; give both or neither")
    root = common.workspace()
    if os.path.isfile(since) and not since.endswith(".json"):  # noqa: PTH113
        words = f"taken from the evidence in {since}; whether it is as built: "
        common.note(f"{words}sourcebrief verify {since}")
    if output is not None:
        return _redline(common, root, names, since, output)
    found, new, unsound = changes_since(root, since, briefing_names(root, names), named=bool(names))
    code = common.report(chain(*unsound.values()), failed=bool(unsound))
    if found or not unsound or form == "json":
        click.echo(visible(change_report(found, form)))
    for name in new:
        click.echo(f"{name}: {since} has no such briefing, so all of it is new", err=True)
    for name, problems in unsound.items():
        way_out = "correct its errors first" if problems else f"it had errors at {since}"
        click.echo(f"{name}: not compared; {way_out}", err=True)
    return code


def _redline(common: Common, root: Path, names: tuple[str, ...], since: str, output: Path) -> int:
    """Write the Word document with the changes tracked."""
    from sourcebrief.build.redlines import redline_since

    if output.suffix.lower() != ".docx":
        raise UsageError(f"--output {output} is a Word document; end its name with .docx")
    if output.exists() and Path(since).exists() and output.samefile(since):
        raise UsageError(f"--output {output} is the earlier edition; name another file")
    _, data = redline_since(
        root,
        since,
        briefing_names(root, names),
        named=bool(names),
        epoch=common.source_date_epoch(),
    )
    write_output(common, output, data, root)
    return DONE

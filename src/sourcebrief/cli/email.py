"""`email`: draft a mail with an edition attached."""

from collections.abc import Callable
from typing import Any

import click

from sourcebrief.brief.layouts import FULL, LAYOUTS
from sourcebrief.cli.common import Common, briefing_names, common_options, complete_names, writing
from sourcebrief.cli.messages import DONE, size_of
from sourcebrief.errors import UsageError
from sourcebrief.text.phrases import listed


@click.command(short_help="Draft a mail with the PDF attached.")
@click.argument("name", metavar="NAME", shell_complete=complete_names)
@click.option("--docx", is_flag=True, help="Attach the Word document too.")
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default=FULL,
    help="Which layout to attach; default: full.",
)
@click.option(
    "--to", multiple=True, metavar="ADDRESS", help="To whom; several with commas, or repeated."
)
@click.option("--cc", multiple=True, metavar="ADDRESS", help="Who gets a copy; as for --to.")
@click.option(
    "--subject", metavar="TEXT", help="The subject after the marking; default: the title."
)
@common_options
def email(
    common: Common,
    name: str,
    docx: bool,
    layout: str,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    subject: str | None,
) -> int:
    """Draft a mail with the PDF attached; it opens in a mail program, which sends it.

    \b
    sourcebrief email ecuador-security-cooperation
    sourcebrief email ecuador-security-cooperation --docx --to "Ana Ruiz <ana@example.org>"
    """
    from sourcebrief.build.checks import check_workspace
    from sourcebrief.build.mailing import write_draft
    from sourcebrief.build.results import BuildOptions
    from sourcebrief.build.sealing import StaleEdition
    from sourcebrief.documents.mail import Envelope
    from sourcebrief.documents.mail_addresses import addresses, require_visible

    if subject is not None:
        _accepted("--subject", require_visible, subject)
        if not subject.strip():
            raise UsageError("--subject is empty; leave it out for the title")
    to_and_cc = _accepted("--to", addresses, to), _accepted("--cc", addresses, cc)
    envelope = Envelope(*to_and_cc, subject)
    root = common.workspace()
    chosen = briefing_names(root, (name,))
    code = common.report(check_workspace(chosen, root).all_problems())
    if code != DONE:
        return code
    options = BuildOptions(root=root, epoch=common.source_date_epoch(), strict=common.strict)
    formats = ("pdf", "docx") if docx else ("pdf",)
    try:
        with writing(root):
            edition, files, path = write_draft(name, options, envelope, formats, layout)
    except StaleEdition as stale:
        return common.stale(name, stale)
    common.say(f"{name}: draft of edition {edition}, with {listed(files)}")
    common.say(f"  {path.relative_to(root)}  {size_of(path.stat().st_size)}")
    if common.verbose:
        for one in (*envelope.to, *envelope.cc):
            click.echo(f"  {one.address}")
    return DONE


def _accepted(option: str, read: Callable[[Any], Any], given: object) -> Any:
    """Return what `read` makes of an option's value, whose fault is the option's."""
    from sourcebrief.documents.mail_addresses import AddressError

    try:
        return read(given)
    except AddressError as error:
        raise UsageError(f"{option}: {error}") from None

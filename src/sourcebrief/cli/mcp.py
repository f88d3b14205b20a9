"""`mcp`: the machines' door for a program that speaks the Model Context Protocol."""

import click

from sourcebrief.cli.common import Common, common_options, complete_names, require_partner
from sourcebrief.cli.locate import door_of, limit_option
from sourcebrief.cli.messages import DONE


@click.command(short_help="Answer a program over the Model Context Protocol.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=complete_names)
@limit_option
@common_options
def mcp(common: Common, names: tuple[str, ...], limit: str) -> int:
    """Serve find, passage, locate, check and propose over standard input and output.

    A program may propose changes of the briefings NAME; it gets a patch, and nothing is written.
    Documents that are private, or marked above the limit, are withheld from every answer.

    \b
    sourcebrief mcp
    sourcebrief mcp port-talks --limit TLP:AMBER
    """
    refusal = "mcp is for a program that speaks to it; name it in that program"
    require_partner("mcp", "mcp", "to serve programs", refusal)
    from sourcebrief.authoring.inquiries.mcp_server import serve_mcp

    serve_mcp(door_of(common, "mcp", limit, names))
    return DONE

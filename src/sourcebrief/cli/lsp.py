"""`lsp`: the editor's server, over standard input and output."""

import click

from sourcebrief.cli.common import Common, common_options, require_partner
from sourcebrief.cli.messages import DONE


@click.command(short_help="Show problems in an editor, while you type.")
@common_options
def lsp(common: Common) -> int:
    """Serve an editor over the Language Server Protocol: problems, ids, passages, corrections.

    The editor starts it. Without -C each file belongs to the nearest workspace above it.

    \b
    sourcebrief lsp
    """
    refusal = "lsp is for an editor that speaks to it; name it in the editor's settings"
    require_partner("pygls", "serve", "to serve an editor", refusal)
    from sourcebrief.authoring.editor.language_server import serve_editor

    serve_editor(common.workspace() if common.directory else None)
    return DONE

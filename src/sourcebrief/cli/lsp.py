"""`lsp`: the editor's server, over standard input and output."""

import click

from sourcebrief.cli.common import Common, common_options
from sourcebrief.cli.messages import DONE
from sourcebrief.errors import EnvironmentFault, UsageError


@click.command(short_help="Show problems in an editor, while you type.")
@common_options
def lsp(common: Common) -> int:
    """Serve an editor over the Language Server Protocol: problems, ids, passages, corrections.

    The editor starts it. Without -C each file belongs to the nearest workspace above it.

    \b
    sourcebrief lsp
    """
    import sys
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        raise EnvironmentFault(
            "to serve an editor, the package 'pygls' is missing; "
            "run: pip install 'sourcebrief[serve]'"
        )
    if sys.stdin.isatty():
        raise UsageError("lsp is for an editor that speaks to it; name it in the editor's settings")
    from sourcebrief.authoring.editor.language_server import serve_editor

    serve_editor(common.workspace() if common.directory else None)
    return DONE

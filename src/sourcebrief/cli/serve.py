"""`serve`: the desk, a briefing live in a browser on this machine."""

import os
import webbrowser

import click

from sourcebrief.cli.common import Common, briefing_names, common_options, complete_names
from sourcebrief.errors import UsageError, require_package
from sourcebrief.processes.signals import terminate_on_hangup
from sourcebrief.text.phrases import listed


@click.command(short_help="Show a briefing live in a browser, to write beside it.")
@click.argument("name", required=False, metavar="[NAME]", shell_complete=complete_names)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(min=1, max=65535),
    help="The port of this machine to listen on; default: 7373, or a free one.",
)
@click.option("--no-open", is_flag=True, help="Do not open a browser; only print the address.")
@common_options
def serve(common: Common, name: str | None, port: int | None, no_open: bool) -> int:
    """Show a briefing in a browser on this machine while it is written, until Ctrl-C.

    The page follows every save. Select words of a document to make them evidence.

    \b
    sourcebrief serve
    sourcebrief serve ecuador-security-cooperation --port 8000 --no-open
    """
    root = common.workspace()
    known = briefing_names(root, (name,) if name else ())
    if len(known) > 1:
        raise UsageError(f"name one briefing to serve: {listed(known)}")
    for package in ("starlette", "uvicorn"):
        require_package(package, "serve", "to serve a browser")
    from sourcebrief.desk.problems import editor_address
    from sourcebrief.desk.serve import serve as run

    editor = editor_address(os.environ.get("SOURCEBRIEF_EDITOR", "") or "vscode")

    def ready(printed: str, opened: str) -> None:
        common.say(f"{known[0]} is at {printed}\nCtrl-C ends it.")
        if not no_open:
            webbrowser.open(opened)

    terminate_on_hangup()
    # The exit code by which shells name a signal.
    memory = common.memory(root)
    return 128 + run(root, known[0], port=port, editor=editor, memory=memory, ready=ready)

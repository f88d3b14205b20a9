"""The command line: its commands, and how every run of it ends.

Only this folder reads the clock, the environment and the terminal.
"""

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from sourcebrief import __version__
from sourcebrief.cli.common import COMMAND_MEANT
from sourcebrief.cli.messages import (
    DEFECT,
    DONE,
    INTERRUPTED,
    PROBLEMS,
    TERMINATED,
    USAGE,
    misuse,
    without_long,
)
from sourcebrief.errors import SourcebriefError, UsageError
from sourcebrief.processes.signals import Terminated, ignore_signals, raise_on_signals
from sourcebrief.text.characters import visible

COMMANDS = (
    *("build", "check", "new", "add", "find", "pin", "update", "rename", "remove", "changes"),
    *("review", "sign", "verify", "email", "export", "doctor"),
    *("locate", "mcp", "lsp", "serve"),
)
"""Each has a module of its name in this folder, which defines the command."""

COMPLETING = "_SOURCEBRIEF_COMPLETE"
"""The variable by which a shell asks click for completions (click's own name for it)."""

_BEGIN = """\
This folder is empty. To begin:

  sourcebrief new NAME     a first briefing that builds at once, with an example to overwrite
  sourcebrief build        its PDF, its Word document and its web page
  sourcebrief add FILE...  documents of your own: PDF, Word, HTML or text
  sourcebrief find WORDS   what they say, ready to be quoted

sourcebrief doctor says whether this machine lacks anything."""


class _Commands(click.Group):
    """Imports a command when it is needed; without one, `[OPTIONS] [NAME...]` means `build`."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        return command(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        index = _first_word(args)
        if index is not None and args[index] in COMMANDS:
            # Options may stand before the command as well as after it.
            args = [args[index], *args[:index], *args[index + 1 :]]
        elif index is None and ctx.resilient_parsing:
            pass  # a shell completes the first word: commands
        elif not any(arg in ("-h", "--help", "--version") for arg in args):
            meant = get_close_matches(args[index], COMMANDS, 1, 0.7) if index is not None else []
            if meant:
                ctx.meta[COMMAND_MEANT] = meant[0]
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.BadOptionUsage as error:
            # click does not say which command the option was given to.
            if error.ctx is None and (name := ctx.invoked_subcommand):
                error.ctx = click.Context(command(name), info_name=name, parent=ctx)
            raise


def command(name: str) -> click.Command:
    """Return the command of a name in COMMANDS."""
    found: click.Command = getattr(import_module(f"sourcebrief.cli.{name}"), name)
    return found


def _first_word(args: Sequence[str]) -> int | None:
    """Return the index of the first argument that is not an option or the value of one."""
    if not args or not args[0].startswith("-"):
        return 0 if args else None
    takes_value = {
        name
        for option in (param for each in COMMANDS for param in command(each).params)
        if isinstance(option, click.Option) and not option.is_flag
        for name in option.opts
    }
    skip = False
    for index, arg in enumerate(args):
        if skip:
            skip = False
        elif arg == "--":
            return None
        elif arg in takes_value:
            skip = True
        elif not arg.startswith("-"):
            return index
    return None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="sourcebrief %(version)s")
def cli() -> None:
    """Briefs that prove themselves: PDF, DOCX and HTML from curated events and pinned sources.

    Without a command: build every briefing of the workspace.

    \b
    sourcebrief                       build what is stale
    sourcebrief check --strict        the checks alone; warnings fail
    sourcebrief build NAME --format pdf
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with the contract's code."""
    # A check makes objects that live to its end; looking for garbage among them again and again
    # takes a tenth of a large one.
    gc.set_threshold(100_000, 50, 100)
    try:
        raise_on_signals()
        code = run(arguments)
        # The interpreter cleans up after itself, and would show where a signal interrupted it.
        ignore_signals()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Terminated:
        code = TERMINATED
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)

    def say(words: str) -> None:
        click.echo(visible(f"sourcebrief: {without_long(words, given)}"), err=True)

    if not given and COMPLETING not in os.environ and (begin := _beginning()):
        click.echo(begin)
        return DONE
    try:
        code = cli.main(args=list(given), prog_name="sourcebrief", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.Abort:
        return INTERRUPTED
    except (click.ClickException, UsageError) as error:
        say(str(error) if isinstance(error, UsageError) else misuse(error, given))
        return USAGE
    except SourcebriefError as error:
        say(f"error: {error}")
        return PROBLEMS
    except BrokenPipeError:
        # The reader of our output has gone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "sourcebrief":
            return _defect()
        say(
            f"error: the package {error.name!r} is missing; "
            "install this project's dependencies: pip install ."
        )
        return PROBLEMS
    except OSError as error:
        if error.errno is None:
            return _defect()
        # The user can repair what the system refuses: permissions, a full disk, a missing file.
        named = f"{error.filename}: " if error.filename else ""
        reason = (error.strerror or str(error)).lower()
        say(f"error: {named}{reason}; correct that and run it again")
        return PROBLEMS
    except Exception:
        return _defect()


def _beginning() -> str | None:
    """Say how to begin, where the program is called without a word in an empty folder."""
    try:
        here = Path.cwd()
        empty = not any(not file.name.startswith(".") for file in here.iterdir())
    except OSError:
        return None
    return _BEGIN if empty else None


def _defect() -> int:
    """Keep the traceback of our own defect in a file and say where it is."""
    import tempfile

    with tempfile.NamedTemporaryFile(
        "w", prefix="sourcebrief-defect-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"sourcebrief {__version__}, Python {sys.version}\n{traceback.format_exc()}")
    click.echo(
        f"sourcebrief: this is a defect of sourcebrief; please report it with {file.name}", err=True
    )
    return DEFECT

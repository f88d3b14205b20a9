"""`pin`: accept changed seeds after showing what that does to the evidence."""

from contextlib import suppress

import click

from sourcebrief.cli.common import Common, common_options, complete_entries, writing
from sourcebrief.cli.messages import DONE, PROBLEMS
from sourcebrief.errors import UsageError
from sourcebrief.text.phrases import count_of


@click.command(short_help="Accept changed seeds after showing the effect.")
@click.argument("seeds", nargs=-1, metavar="[SEED...]", shell_complete=complete_entries)
@click.option("--all", "every", is_flag=True, help="Pin every seed whose file has changed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def pin(common: Common, seeds: tuple[str, ...], every: bool, yes: bool) -> int:
    """Show what changed seeds do to the evidence, then accept them as they are now.

    \b
    sourcebrief pin telesur-2019
    sourcebrief pin --all --yes
    """
    from sourcebrief.authoring.pin_report import pin_report
    from sourcebrief.authoring.pin_seeds import consequences, pins_to_write, write_pins
    from sourcebrief.workspace.git import foreign_repository
    from sourcebrief.workspace.read_files import CATALOGUE, Inputs

    if bool(seeds) == every:
        raise UsageError("name the seeds to pin, or --all")
    inputs = Inputs(common.workspace())
    pins = pins_to_write(inputs, seeds)
    found = consequences(inputs, pins)
    if not pins:
        common.say("nothing to pin: every file is as pinned")
        return DONE
    report = pin_report(pins, found)
    if any(not one.known for one in found.values()):
        with suppress(FileNotFoundError):  # without git, nothing is hidden
            if refused := foreign_repository(inputs.root):
                click.echo(refused, err=True)
    if not common.accepted(report, "Accept?", yes=yes, kept="nothing was changed"):
        return PROBLEMS
    with writing(inputs.root):
        write_pins(inputs, pins)
    common.say(f"{CATALOGUE}: {count_of(len(pins), 'pin')} written")
    return DONE

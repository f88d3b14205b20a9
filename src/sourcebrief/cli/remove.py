"""`remove`: a catalogue entry goes, with its files."""

import click

from sourcebrief.cli.common import Common, common_options, complete_entries, writing
from sourcebrief.cli.messages import DONE, PROBLEMS


@click.command(short_help="Take a document or a reference out of the catalogue.")
@click.argument("key", metavar="ID", shell_complete=complete_entries)
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def remove(common: Common, key: str, yes: bool) -> int:
    """Take an entry out of seeds.yaml and delete its files, after showing them.

    Where anything rests on the entry, all of that is listed, and nothing is removed.

    \b
    sourcebrief remove gazette-2021
    sourcebrief remove gazette-2021 --yes
    """
    from sourcebrief.authoring.upkeep.remove_entry import (
        plan_removal,
        removal_report,
        write_removal,
    )
    from sourcebrief.workspace.read_files import Inputs

    root = common.workspace()
    removal = plan_removal(Inputs(root), key)
    report = removal_report(removal)
    if not common.accepted(report, "Remove?", yes=yes, kept="nothing was removed"):
        return PROBLEMS
    with writing(root):
        write_removal(root, removal)
    common.say(f"{key} was removed")
    return DONE

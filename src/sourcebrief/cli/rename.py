"""`rename`: an id changes everywhere it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from sourcebrief.cli.common import Choice, Common, common_options, complete_entries, writing
from sourcebrief.cli.messages import DONE

if TYPE_CHECKING:
    from sourcebrief.authoring.upkeep.id_places import Kind


@click.command(short_help="Change an id everywhere it stands.")
@click.argument("old", metavar="OLD", shell_complete=complete_entries)
@click.argument("new", metavar="NEW")
@click.option(
    "--kind",
    type=Choice(["entry", "event", "actor", "person"]),
    help="What has the id, where records of several kinds do.",
)
@common_options
def rename(common: Common, old: str, new: str, kind: str | None) -> int:
    """Change the id of a catalogue entry, an event, an actor or a person, and all that names it.

    Only the id changes: comments, order and quoting stay. All files are written, or none.

    \b
    sourcebrief rename talks-2024 cargo-talks
    sourcebrief rename port tarn-port --kind actor
    """
    from sourcebrief.authoring.upkeep.rename_id import plan_renaming, renaming_report
    from sourcebrief.workspace.read_files import Inputs
    from sourcebrief.workspace.write_files import replace_unchanged

    root = common.workspace()
    with writing(root):
        renaming = plan_renaming(Inputs(root), old, new, cast("Kind | None", kind))
        replace_unchanged(root, renaming.files)
    common.say(renaming_report(renaming, old, new))
    return DONE

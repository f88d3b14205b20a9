"""`doctor`: what a build needs of the machine, and the health of the workspace."""

from pathlib import Path

import click

from sourcebrief.cli.common import Common, common_options, form_option, writing
from sourcebrief.cli.messages import DONE, PROBLEMS
from sourcebrief.errors import UsageError
from sourcebrief.text.characters import visible


@click.command(short_help="Say what is missing, out of date or unused, and what to do.")
@click.option("--fix", is_flag=True, help="Write the editor's schemas of this version.")
@form_option("text", "json", words="The format of the findings.")
@common_options
def doctor(common: Common, fix: bool, form: str) -> int:
    """Look at the machine and the workspace, and say what to do about what is wrong.

    It needs no workspace, and writes nothing unless it is to fix.

    \b
    sourcebrief doctor
    sourcebrief doctor --as json > doctor.json
    """
    from sourcebrief.authoring.health.findings import health_report
    from sourcebrief.authoring.health.machine_health import machine_health
    from sourcebrief.authoring.health.workspace_health import workspace_health, write_schemas

    root = _workspace(common)
    if fix:
        if root is None:
            raise UsageError("--fix is for a workspace, and there is none here")
        with writing(root):
            for path in write_schemas(root):
                click.echo(f"{path}: written", err=True)
    parts = [("machine", list(machine_health()))]
    if root is not None:
        epoch = common.source_date_epoch()
        parts.append((f"workspace {root}", list(workspace_health(root, epoch))))
    states = {finding.state for _, findings in parts for finding in findings}
    if common.quiet:
        wanted = ("note", "wrong")
        shown = ((head, [one for one in found if one.state in wanted]) for head, found in parts)
        parts = [(head, found) for head, found in shown if found]
    if parts or form == "json":
        click.echo(visible(health_report(parts, form)))
    if root is None and form == "text":
        common.say("no workspace here; to begin one: sourcebrief new NAME")
    failing = {"wrong", "note"} if common.strict else {"wrong"}
    return PROBLEMS if states & failing else DONE


def _workspace(common: Common) -> Path | None:
    """Return the workspace; None where there is none and none was named."""
    try:
        return common.workspace()
    except UsageError:
        if common.directory is not None:
            raise
        return None

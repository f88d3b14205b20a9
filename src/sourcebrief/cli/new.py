"""`new`: a commented briefing that builds at once, in a new workspace where there is none."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import Common, common_options, working_directory, writing
from sourcebrief.cli.messages import DONE
from sourcebrief.errors import UsageError

if TYPE_CHECKING:
    from sourcebrief.authoring.scaffold import Scaffold


@click.command(short_help="Write a commented briefing that builds at once.")
@click.argument("name", metavar="NAME")
@common_options
def new(common: Common, name: str) -> int:
    """Write a commented briefing that builds at once, for you to change into your own.

    Outside a workspace it first makes the folder one, with all that a workspace needs. It
    overwrites nothing.

    \b
    sourcebrief new port-talks
    sourcebrief new port-talks -C ~/desk
    """
    from sourcebrief.authoring.scaffold import plan_scaffold, write_scaffold

    scaffold = plan_scaffold(_root(common), name, common.today())
    # New files need no lock, but another command may be writing the catalogue.
    with writing(scaffold.root) if scaffold.catalogue else nullcontext():
        write_scaffold(scaffold)
    common.say("\n".join(_lines(scaffold)))
    _report_already_there(scaffold)
    return DONE


def _root(common: Common) -> Path:
    """Return the workspace, or the folder that becomes one."""
    from sourcebrief.workspace.read_files import find_workspace

    if common.directory is not None:
        if common.directory.exists() and not common.directory.is_dir():
            raise UsageError(f"{common.directory} is not a folder; name one with -C DIR")
        return common.directory.resolve()
    here = working_directory()
    try:
        return find_workspace(here)
    except UsageError:
        return here


def _lines(scaffold: Scaffold) -> list[str]:
    from sourcebrief.workspace.read_files import CATALOGUE

    own = [path for path in scaffold.files if path.startswith("briefings/")]
    around = [path for path in scaffold.files if path not in own]
    made = f"made a workspace in {scaffold.root}" if scaffold.makes_workspace else "made beside it"
    lines = [made] if scaffold.makes_workspace or around else []
    lines += [f"  {path}" for path in sorted(around)]
    if scaffold.catalogue:
        lines += [f"  {CATALOGUE}  (the example was added)"]
    lines += [f"{scaffold.name}: written, quotes {scaffold.seed}"]
    lines += [f"  {path}" for path in sorted(own)]
    lines += [f"next: sourcebrief build {scaffold.name}"]
    if scaffold.makes_workspace:
        lines += ["then, with documents of your own: sourcebrief add FILE"]
    return lines


def _report_already_there(scaffold: Scaffold) -> None:
    for path, data in sorted(scaffold.already_there.items()):
        rules = [line for line in data.decode().splitlines() if line and not line.startswith("#")]
        there = (scaffold.root / path).read_text(encoding="utf-8", errors="replace").splitlines()
        missing = [line for line in rules if line not in there]
        if not missing:
            continue
        # The lines that .gitignore and .gitattributes lack can be named.
        named = path.startswith(".git") and "/" not in path
        lacks = f"; add to it: {', '.join(missing)}" if named else ""
        click.echo(f"{path} was there and stays as it is{lacks}", err=True)
    if scaffold.inside_repository:
        click.echo(
            "the folder lies inside a git repository, so no workflow was written: GitHub reads "
            "workflows only at the top of a repository; put there the one that new "
            "writes in another folder, with this folder in its paths and as working-directory",
            err=True,
        )

"""`update`: a newer copy of a document, accepted after showing what it does to the evidence."""

from pathlib import Path

import click

from sourcebrief.cli.common import Common, FilePath, common_options, complete_entries, writing
from sourcebrief.cli.messages import DONE, PROBLEMS
from sourcebrief.errors import UsageError


@click.command(short_help="Take a newer copy of a document, after showing the effect.")
@click.argument("seed", metavar="SEED", shell_complete=complete_entries)
@click.argument("file", metavar="FILE", type=FilePath())
@click.option("--until", metavar="DATE", help="When the old copy was superseded; default: today.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text that is not UTF-8.")
@click.option("--yes", is_flag=True, help="Do not ask; another document is refused.")
@click.option(
    "--anyway", is_flag=True, help="Do not ask, and take what looks like another document."
)
@common_options
def update(
    common: Common,
    seed: str,
    file: Path,
    until: str | None,
    encoding: str | None,
    yes: bool,
    anyway: bool,
) -> int:
    """Show what a newer copy does to the evidence, then quote from it instead of the old one.

    The old copy stays in seeds/, listed in the entry under `earlier`: it verifies old editions.

    \b
    sourcebrief update audit-2024 ~/Downloads/audit-v2.pdf
    sourcebrief update audit-2024 audit-v2.pdf --until 2024-11-30 --yes
    """
    from sourcebrief.authoring.upkeep.update_seed import plan_update, update_report, write_update
    from sourcebrief.dates.edtf import EDTFError, parse_edtf
    from sourcebrief.workspace.read_files import CATALOGUE, Inputs

    until = until or common.today().isoformat()
    try:
        parse_edtf(until)
    except EDTFError as error:
        raise UsageError(f"--until: {error}") from None
    root = common.workspace()
    planned = plan_update(Inputs(root), seed, file, until, encoding)
    kept = "nothing was changed"
    if planned.other and yes and not anyway:
        raise UsageError(
            f"it looks like another document than {seed}: {planned.other}; {kept}; where it is a "
            "newer copy all the same, give --anyway"
        )
    question = f"Is it a copy of {seed} all the same?" if planned.other else "Accept?"
    unasked = "--anyway" if planned.other else "--yes"
    report = update_report(planned)
    if not common.accepted(report, question, yes=yes or anyway, kept=kept, unasked=unasked):
        return PROBLEMS
    with writing(root):
        write_update(root, planned)
    common.say(f"{CATALOGUE}: {seed} updated; next: sourcebrief check")
    return DONE

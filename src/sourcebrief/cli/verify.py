"""`verify`: whether documents that were sent are what was built."""

import re
from pathlib import Path

import click

from sourcebrief.cli.common import Common, FilePath, common_options
from sourcebrief.cli.messages import DONE, PROBLEMS, formatted
from sourcebrief.errors import Place, Problem, UsageError
from sourcebrief.text.phrases import count_of


@click.command(short_help="Say whether a document is what its evidence says.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=FilePath(exists=True, dir_okay=False)
)
@click.option(
    "--seeds",
    metavar="DIR",
    type=FilePath(exists=True, file_okay=False),
    help="Also check every quotation and hash against the documents in DIR.",
)
@click.option("--expect", metavar="ID", help="The edition that it must be, as you know it.")
@click.option(
    "--evidence",
    metavar="FILE",
    type=FilePath(exists=True, dir_okay=False),
    help="The .evidence.json of a document that has lost its attachment.",
)
@click.option(
    "--templates",
    metavar="DIR",
    type=FilePath(exists=True, file_okay=False),
    help="The templates of the house that built it, where they are not the packaged ones.",
)
@common_options
def verify(
    common: Common,
    files: tuple[Path, ...],
    seeds: Path | None,
    expect: str | None,
    evidence: Path | None,
    templates: Path | None,
) -> int:
    """Verify documents that were sent: PDF, DOCX, HTML or evidence.json, without a network.

    \b
    sourcebrief verify brief.pdf
    sourcebrief verify brief.pdf --expect b0aa7c1d2e3f --seeds seeds/
    """
    from sourcebrief.verification.verify import verify_file

    if expect is not None and not re.fullmatch("[0-9a-fA-F]{12}", expect):
        raise UsageError(f"--expect {expect!r} is not an edition, which has 12 hexadecimal digits")
    failed = False
    for file in files:
        verdict = verify_file(
            file, seeds=seeds, expect=expect, evidence=evidence, templates=templates
        )
        failed = failed or bool(verdict.problems)
        for words in verdict.problems:
            problem = Problem(Place(str(file)), words)
            click.echo(formatted(problem, common.message_format), err=True)
        if verdict.problems and not verdict.unreadable:
            common.say(f"{file}: does not verify: {count_of(len(verdict.problems), 'problem')}")
        elif not verdict.problems:
            counts = (
                count_of(verdict.quotations, "quotation"),
                count_of(verdict.events, "event"),
                count_of(verdict.documents, "document"),
                count_of(verdict.other_sources, "other source"),
            )
            common.say(f"{file}: verified: edition {verdict.edition}, {', '.join(counts)}")
            for words in verdict.unchecked:
                common.say(f"  not checked: {words}")
        if common.verbose and not verdict.unreadable:
            click.echo(f"  {file.stat().st_size:,} bytes")
    return PROBLEMS if failed else DONE

"""`add`: documents become seeds, CSL files references."""

import sys
from pathlib import Path
from typing import Any

import click

from sourcebrief.cli.common import Common, FilePath, common_options, writing


@click.command(short_help="Add documents as seeds, and references from CSL files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FilePath())
@click.option("--id", metavar="ID", help="Its id; default: from publisher and year.")
@click.option("--title", metavar="TEXT", help="Its title, where it has none.")
@click.option("--issued", metavar="DATE", help="Its date in EDTF, as 2019-07-20.")
@click.option("--issued-note", metavar="TEXT", help="How that date is known, if not from the text.")
@click.option("--language", metavar="TAG", help="Its language, as en or es-EC.")
@click.option("--publisher", metavar="TEXT", help="Who issued it.")
@click.option("--container-title", metavar="TEXT", help="The newspaper or site it appeared in.")
@click.option("--url", metavar="URL", help="Its address.")
@click.option("--type", metavar="TYPE", help="Its CSL type, as report or speech.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text that is not UTF-8.")
@click.option("--ocr", is_flag=True, help="Recognise the text of scans, with ocrmypdf.")
@click.option("--yes", is_flag=True, help="Take the title, date and language that are proposed.")
@common_options
def add(common: Common, files: tuple[Path, ...], yes: bool, **described: Any) -> int:
    """Add documents as seeds, and references from CSL JSON and CSL YAML.

    Documents are text, Markdown, HTML, PDF, DOCX or an EML message. The original is kept beside
    the extracted text, both are pinned, and seeds.yaml gets the entry. A FILE that cannot be added
    does not stop the others; of a folder, all files in and below it are taken.

    \b
    sourcebrief add communique.pdf page.html
    sourcebrief add ~/Downloads/documents
    sourcebrief add notes.txt --issued 2019-07-20 --language en --publisher "Ministry"
    sourcebrief add zotero.json
    """
    from sourcebrief.authoring.adding.addition_report import addition_report
    from sourcebrief.authoring.adding.document_entries import DocumentOptions
    from sourcebrief.authoring.adding.plan_addition import plan_addition, write_addition
    from sourcebrief.workspace.read_files import Inputs

    inputs = Inputs(common.workspace())
    # Without a terminal nobody can answer.
    asks = sys.stdin.isatty()
    plan = plan_addition(
        files,
        DocumentOptions(**described),
        inputs,
        lambda question: yes or (asks and _is_yes(question)),
    )
    if plan.additions:
        with writing(inputs.root):
            write_addition(plan, inputs)
    code = common.report(plan.problems)
    if plan.additions or plan.present or not plan.problems:
        common.say(addition_report(plan))
    if any(addition.is_seed for addition in plan.additions):
        common.say("next: sourcebrief find WORDS")
    return code


def _is_yes(question: str) -> bool:
    """Ask; what is no yes, such as another date, is a no, and the refusal names the options."""
    given = click.prompt(f"{question} [Y/n]", default="y", show_default=False, err=True)
    return str(given).strip().lower() in {"y", "yes"}

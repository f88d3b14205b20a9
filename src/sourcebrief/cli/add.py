"""`add`: documents become seeds, CSL files references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import Common, FilePath, common_options, writing
from sourcebrief.cli.exit_codes import DONE
from sourcebrief.text.characters import visible

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Make seeds of documents, and references of CSL files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FilePath())
@click.option("--id", "id_", metavar="ID", help="Its id; default: from publisher and year.")
@click.option("--title", metavar="TEXT", help="Its title, where it does not tell it.")
@click.option("--issued", metavar="DATE", help="Its date in EDTF, as 2019-07-20.")
@click.option("--issued-note", metavar="TEXT", help="How that date is known, if not from the text.")
@click.option("--language", metavar="TAG", help="Its language, as en or es-EC.")
@click.option("--publisher", metavar="TEXT", help="Who issued it.")
@click.option("--container-title", metavar="TEXT", help="The newspaper or site it stands in.")
@click.option("--url", metavar="URL", help="Its address.")
@click.option("--type", "type_", metavar="TYPE", help="Its CSL type, as report or speech.")
@click.option("--encoding", metavar="NAME", help="That of a text not in UTF-8, as windows-1252.")
@common_options
def add(
    common: Common,
    files: tuple[Path, ...],
    id_: str | None,
    title: str | None,
    issued: str | None,
    issued_note: str | None,
    language: str | None,
    publisher: str | None,
    container_title: str | None,
    url: str | None,
    type_: str | None,
    encoding: str | None,
) -> int:
    """Add documents as seeds: text, HTML, PDF, DOCX; and references out of CSL JSON and CSL YAML.

    The original is kept beside the extracted text, both are pinned, and seeds.yaml gets the entry.
    All FILEs are added, or none.

    \b
    sourcebrief add communique.pdf page.html
    sourcebrief add notes.txt --issued 2019-07-20 --language en --publisher "Ministry"
    sourcebrief add zotero.json
    """
    from sourcebrief.authoring.adding.addition_report import addition_report
    from sourcebrief.authoring.adding.document_entries import DocumentOptions
    from sourcebrief.authoring.adding.plan_addition import plan_addition, write_addition
    from sourcebrief.workspace.read_files import Inputs

    options = DocumentOptions(
        id=id_,
        type=type_,
        title=title,
        issued=issued,
        issued_note=issued_note,
        publisher=publisher,
        container_title=container_title,
        language=language,
        url=url,
        encoding=encoding,
    )
    inputs = Inputs(common.workspace())
    plan = plan_addition(files, options, inputs)
    if plan.additions:
        with writing(inputs.root):
            write_addition(plan, inputs)
    if not common.quiet:
        click.echo(visible(addition_report(plan)))
        if any(addition.is_seed for addition in plan.additions):
            click.echo("next: sourcebrief find WORDS")
    return DONE

"""`find`: passages of all seeds, or highlights made elsewhere, as YAML to paste."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import Common, common_options, complete_entries, existing
from sourcebrief.errors import Place, Problem, SourcebriefError, UsageError
from sourcebrief.text.characters import visible
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from sourcebrief.evidence.passages import SeedText


@click.command(short_help="List passages of the seeds, as YAML to paste.")
@click.argument("words", nargs=-1, metavar="WORDS")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1, max=1000),
    default=10,
    help="How many at most; default: 10.",
)
@click.option(
    "--seed",
    "seeds",
    metavar="ID",
    multiple=True,
    shell_complete=complete_entries,
    help="Only in this seed; repeatable.",
)
@existing("--annotations", "Highlights and notes made elsewhere in the document that --seed names.")
@common_options
def find(
    common: Common,
    words: tuple[str, ...],
    limit: int,
    seeds: tuple[str, ...],
    annotations: Path | None,
) -> int:
    """List the passages nearest to some words, as YAML to paste under `evidence`.

    Passages with exactly these words come first. Each is a quotation that passes every check.

    \b
    sourcebrief find technical assistance
    sourcebrief find "share cargo data" --seed readout-2024 --limit 3
    sourcebrief find --annotations highlighted.pdf --seed readout-2024
    """
    from sourcebrief.authoring.find_passages import passages_as_yaml
    from sourcebrief.authoring.searched_texts import searched_texts

    wanted = " ".join(words)
    if annotations is not None and (words or len(seeds) != 1):
        raise UsageError("--annotations takes no words and one --seed, whose document they are on")
    if annotations is None and not any(map(str.isalnum, wanted)):
        raise UsageError("name words to look for")
    root = common.workspace()
    memory = common.memory(root)
    texts, problems = searched_texts(root, memory)
    if seeds:
        texts = texts.only(_chosen(seeds, texts, root))
    if annotations is not None:
        return _annotated(common, annotations, texts, problems, root)
    code = common.report(problems, failed=bool(problems))
    hits = texts.find(wanted, limit, memory)
    if not hits:
        raise SourcebriefError(
            f"nothing like {wanted[:60]!r} in {count_of(len(texts), 'seed')}; try other words"
        )
    click.echo(visible(passages_as_yaml(hits, texts.titles)))
    return code


def _annotated(
    common: Common,
    file: Path,
    texts: Mapping[str, SeedText],
    problems: list[Problem],
    root: Path,
) -> int:
    """Write the annotations of a file as evidence, and why the others are none."""
    from sourcebrief.authoring.adding.document_entries import printable, read_file
    from sourcebrief.authoring.annotations.annotation_report import (
        annotations_as_yaml,
        annotations_of,
    )
    from sourcebrief.authoring.annotations.place_annotations import place_annotations
    from sourcebrief.authoring.annotations.read_annotations import read_annotations
    from sourcebrief.authoring.importing.extraction import UnreadableDocument
    from sourcebrief.workspace.catalogue import read_library
    from sourcebrief.workspace.read_files import Inputs

    shown = printable(file)
    if not texts:
        return common.report(problems, failed=True)
    (key,) = texts
    inputs = Inputs(root)
    entry = read_library(inputs)[0].entries[key].value
    try:
        found = read_annotations(read_file(file, inputs))
    except UnreadableDocument as error:
        raise SourcebriefError(f"{shown}: {error}") from None
    chosen = annotations_of(found, entry, shown)
    placed, unplaced = place_annotations(chosen, key, texts)
    if placed:
        click.echo(visible(annotations_as_yaml(placed, key, entry.title)))
    if not chosen:
        raise SourcebriefError(f"{shown}: it holds no annotation on {key}")
    problems += [Problem(Place(shown), str(one)) for one in unplaced]
    return common.report(problems, failed=bool(problems))


def _chosen(wanted: Sequence[str], texts: Container[str], root: Path) -> list[str]:
    """Return the seeds named that can be read. Raises UsageError for a name that is not a seed."""
    from sourcebrief.text.names import did_you_mean
    from sourcebrief.workspace.catalogue import read_library
    from sourcebrief.workspace.read_files import Inputs

    for key in (key for key in wanted if key not in texts):
        library, _ = read_library(Inputs(root))
        if key not in library.seeds:
            what = "a reference, which has no text" if key in library.entries else "not a seed"
            raise UsageError(f"{key!r} is {what}{did_you_mean(key, library.seeds)}")
    return [key for key in dict.fromkeys(wanted) if key in texts]

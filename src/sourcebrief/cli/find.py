"""`find`: passages of all seeds, as YAML to paste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import Common, common_options
from sourcebrief.errors import Problem, SourcebriefError, UsageError
from sourcebrief.text.characters import visible
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from sourcebrief.workspace.catalogue import Library


@click.command(short_help="List passages of the seeds, as YAML to paste.")
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1, max=1000),
    default=10,
    help="How many at most; default: 10.",
)
@click.option("--seed", "seeds", metavar="ID", multiple=True, help="Only in this seed; repeatable.")
@common_options
def find(common: Common, words: tuple[str, ...], limit: int, seeds: tuple[str, ...]) -> int:
    """List the passages nearest to some words, as YAML to paste under `evidence`.

    Passages with exactly these words come first. Each is a quotation that passes every check.

    \b
    sourcebrief find technical assistance
    sourcebrief find "share cargo data" --seed readout-2024 --limit 3
    """
    from sourcebrief.authoring.find_passages import find_passages, passages_as_yaml
    from sourcebrief.evidence.passages import decode_seed, read_seed
    from sourcebrief.workspace.catalogue import read_library
    from sourcebrief.workspace.read_files import Inputs

    wanted = " ".join(words)
    if not any(map(str.isalnum, wanted)):
        raise UsageError("name words to look for")
    library, problems = read_library(Inputs(common.workspace()))
    texts = {}
    for key in _chosen(seeds, library):
        record = library.entries[key]
        custom = record.value.custom
        try:
            text = decode_seed(library.seeds[key])
            texts[key] = read_seed(text, custom.ignore, record.value.language)
        except ValueError as error:
            problems.append(Problem(record.place("custom", "file"), f"{custom.file}: {error}"))
    code = common.report(problems, failed=bool(problems))
    hits = find_passages(wanted, texts, limit)
    if not hits:
        raise SourcebriefError(
            f"nothing like {wanted[:60]!r} in {count_of(len(texts), 'seed')}; try other words"
        )
    titles = {key: library.entries[key].value.title for key in texts}
    click.echo(visible(passages_as_yaml(hits, titles)))
    return code


def _chosen(wanted: Sequence[str], library: Library) -> tuple[str, ...]:
    """Return the seeds named, or all. Raises UsageError for a name that is not a seed."""
    from sourcebrief.text.names import did_you_mean

    for key in wanted:
        if key not in library.seeds:
            what = "a reference, which has no text" if key in library.entries else "not a seed"
            raise UsageError(f"{key!r} is {what}{did_you_mean(key, library.seeds)}")
    return tuple(dict.fromkeys(wanted)) or tuple(library.seeds)

"""`build`: check briefings and write the documents that are stale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import Common, briefing_names, common_options, source_date_epoch
from sourcebrief.cli.exit_codes import exit_code
from sourcebrief.cli.messages import count_of, report_problems, size_of
from sourcebrief.cli.progress import Progress
from sourcebrief.errors import UsageError

if TYPE_CHECKING:
    from sourcebrief.building.build import Report, Result


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--format", "formats", metavar="pdf,docx,html", help="Only these documents.")
@click.option("--force", is_flag=True, help="Build even what has not changed.")
@click.option(
    "--output-dir",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Put the documents into DIR/NAME/ instead of beside the YAML.",
)
@click.option(
    "--since",
    metavar="FILE|REVISION",
    help="Tell at the head what changed since an earlier edition.",
)
@click.option("--keep-html", is_flag=True, help="Also write the HTML that the PDF is made from.")
@common_options
def build(
    common: Common,
    names: tuple[str, ...],
    formats: str | None,
    force: bool,
    output_dir: Path | None,
    keep_html: bool,
    since: str | None,
) -> int:
    """Check briefings, then write the documents that are stale.

    \b
    sourcebrief build
    sourcebrief build ecuador-security-cooperation --format pdf,docx
    """
    from sourcebrief.building.build import Options
    from sourcebrief.building.build import build as run

    root = common.workspace()
    chosen = briefing_names(root, names)
    options = Options(
        root=root,
        formats=_formats(formats),
        force=force,
        output_dir=output_dir.resolve() if output_dir else None,
        keep_html=keep_html,
        epoch=source_date_epoch(),
        strict=common.strict,
        since=_earlier(root, since, chosen, named=bool(names)),
    )
    with Progress(common.quiet) as progress:
        report = run(chosen, options, progress)
    report_problems(report.all_problems(), common.message_format)
    if not common.quiet:
        _summarise(report, root, common.verbose)
    return exit_code(report.all_problems(), strict=common.strict, failed=report.failed)


def _summarise(report: Report, root: Path, verbose: bool) -> None:
    for result in report.results:
        if result.state == "failed":
            click.echo(f"{result.name}: not built; what was there before stands", err=True)
            continue
        edition = f"edition {result.edition}"
        why = report.reasons.get(result.name) if verbose else None
        details = f", {result.seconds:.1f} s ({why})" if why else ""
        click.echo(f"{result.name}: {result.state}, {edition}{details}")
        for path, details in _output_lines(result, root):
            click.echo(f"  {path}  {details}")


def _output_lines(result: Result, root: Path) -> list[tuple[str, str]]:
    lines = []
    for output in result.outputs:
        path = output.path
        shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        pages = f"{count_of(output.pages, 'page')}, " if output.pages else ""
        lines.append((shown, f"{pages}{size_of(output.size)}"))
    width = max((len(path) for path, _ in lines), default=0)
    return [(path.ljust(width), details) for path, details in lines]


def _formats(text: str | None) -> tuple[str, ...] | None:
    from sourcebrief.building.build import FORMATS

    if text is None:
        return None
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    for part in wanted:
        if part not in FORMATS:
            raise UsageError(f"--format {part!r} is not one of {', '.join(FORMATS)}")
    if not wanted:
        raise UsageError(f"--format needs one or more of {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in wanted)


def _earlier(
    root: Path, since: str | None, names: tuple[str, ...], *, named: bool
) -> dict[str, bytes]:
    if since is None:
        return {}
    from sourcebrief.building.revisions import earlier_evidence

    return earlier_evidence(root, since, names, named=named)

"""`build`: check briefings and write the documents that are stale."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sourcebrief.cli.common import (
    Common,
    FilePath,
    briefing_names,
    common_options,
    source_date_epoch,
)
from sourcebrief.cli.exit_codes import exit_code
from sourcebrief.cli.messages import report_problems, size_of
from sourcebrief.cli.progress import Progress
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sourcebrief.build.results import BuildReport, BuildResult
    from sourcebrief.processes.pool import Workers


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--format", "formats", metavar="pdf,docx,html", help="Only these documents.")
@click.option("--force", is_flag=True, help="Build even what has not changed.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many briefings to make at once; default: as many as there are processors.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let the workers of a Dask scheduler make the documents.",
)
@click.option("--watch", is_flag=True, help="Build again whenever an input changes, until Ctrl-C.")
@click.option(
    "--output-dir",
    metavar="DIR",
    type=FilePath(file_okay=False),
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
    jobs: int | None,
    cluster: str | None,
    watch: bool,
    output_dir: Path | None,
    keep_html: bool,
    since: str | None,
) -> int:
    """Check briefings, then write the documents that are stale.

    \b
    sourcebrief build
    sourcebrief build ecuador-security-cooperation --format pdf,docx
    """
    root = common.workspace()
    epoch, kinds = source_date_epoch(), _formats(formats)

    def run(workers: Workers | None = None) -> BuildReport:
        from sourcebrief.build.results import BuildOptions
        from sourcebrief.build.run import build as run

        chosen = briefing_names(root, names)
        options = BuildOptions(
            root=root,
            formats=kinds,
            force=force,
            output_dir=_resolved(output_dir) if output_dir else None,
            keep_html=keep_html,
            epoch=epoch,
            strict=common.strict,
            since=_earlier(root, since, chosen, named=bool(names)),
            jobs=jobs or _processors(),
            cluster=cluster,
        )
        with Progress(common.quiet) as progress:
            report = run(chosen, options, progress, workers)
        report_problems(report.all_problems(), common.message_format)
        if not common.quiet:
            _summarise(report, root, common.verbose)
        return report

    if watch:
        also = [Path(since).absolute()] if since and Path(since).is_file() else []
        _watch(run, root, also, jobs or _processors(), cluster, common)
    report = run()
    return exit_code(report.all_problems(), strict=common.strict, failed=report.failed)


def _watch(
    run: Callable[[Workers], BuildReport],
    root: Path,
    also: Sequence[Path],
    jobs: int,
    cluster: str | None,
    common: Common,
) -> NoReturn:
    from sourcebrief.build.results import BuildReport
    from sourcebrief.build.run import start_workers
    from sourcebrief.build.watch import watch

    with start_workers(1, jobs, cluster) as workers:

        def build() -> BuildReport:
            try:
                report = run(workers)
            except InvalidInput as error:
                report_problems(error.problems, common.message_format)
                report = BuildReport()
            except SourcebriefError as error:
                # The cause may go away again: a briefing that was moved, say.
                click.echo(f"sourcebrief: error: {error}", err=True)
                report = BuildReport()
            if not common.quiet:
                click.echo("watching; Ctrl-C ends it", err=True)
            return report

        watch(build, root, also)


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError):  # a link to itself, which Python 3.13 no longer raises
        raise UsageError(f"--output-dir {folder} is a link that leads nowhere") from None


def _processors() -> int:
    # Those that this process may use, where the system tells; a container may have few of many.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _summarise(report: BuildReport, root: Path, verbose: bool) -> None:
    for result in report.results:
        if result.state == "failed":
            click.echo(f"{result.name}: not built; what was there before stands", err=True)
            continue
        edition = f"edition {result.edition}"
        why = result.reason if verbose else ""
        details = f", {result.seconds:.1f} s ({why})" if why else ""
        click.echo(f"{result.name}: {result.state}, {edition}{details}")
        for path, details in _output_lines(result, root):
            click.echo(f"  {path}  {details}")


def _output_lines(result: BuildResult, root: Path) -> list[tuple[str, str]]:
    lines = []
    for output in result.outputs:
        path = output.path
        shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        pages = f"{count_of(output.pages, 'page')}, " if output.pages else ""
        lines.append((shown, f"{pages}{size_of(output.size)}"))
    width = max((len(path) for path, _ in lines), default=0)
    return [(path.ljust(width), details) for path, details in lines]


def _formats(text: str | None) -> tuple[str, ...] | None:
    from sourcebrief.build.results import FORMATS

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
    from sourcebrief.build.revisions import earlier_evidence

    return earlier_evidence(root, since, names, named=named)

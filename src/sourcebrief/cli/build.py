"""`build`: check briefings and write the documents that are stale."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sourcebrief.cli.common import Common, FilePath, briefing_names, common_options, complete_names
from sourcebrief.cli.messages import progress, size_of
from sourcebrief.errors import InvalidInput, SourcebriefError, UsageError
from sourcebrief.processes.pool import Workers
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from sourcebrief.build.results import BuildOptions, BuildReport


_EXAMPLE = "seeds/example-readout.txt"
"""The invented document of a new workspace."""


def _some_of(
    _: click.Context, option: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Read a list such as `pdf,html`; in the order of all that there are."""
    from sourcebrief.brief.layouts import LAYOUTS
    from sourcebrief.build.results import FORMATS

    if value is None:
        return None
    known = FORMATS if option.name == "formats" else LAYOUTS
    wanted = [part.strip() for part in value.split(",") if part.strip()]
    for part in wanted:
        if part not in known:
            raise UsageError(f"{option.opts[0]} {part!r} is not one of {', '.join(known)}")
    if not wanted:
        raise UsageError(f"{option.opts[0]} needs one or more of {', '.join(known)}")
    return tuple(name for name in known if name in wanted)


def _processors() -> int:
    # A container may let this process use only a few of the processors.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_names)
@click.option(
    "--format", "formats", metavar="pdf,docx,html", callback=_some_of, help="Only these documents."
)
@click.option(
    "--layout", "layouts", metavar="full,short", callback=_some_of, help="Only these layouts."
)
@click.option("--force", is_flag=True, help="Build even what has not changed.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=_processors,
    help="How many briefings to make at once; default: as many as there are processors.",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="Make the documents on the workers of a Dask scheduler."
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
    help="Say in the documents what changed since an earlier edition.",
)
@click.option("--keep-html", is_flag=True, help="Also write the HTML that the PDF is made from.")
@common_options
def build(
    common: Common,
    names: tuple[str, ...],
    watch: bool,
    since: str | None,
    output_dir: Path | None,
    **chosen: Any,
) -> int:
    """Check briefings, then write the documents that are stale.

    \b
    sourcebrief build
    sourcebrief build ecuador-security-cooperation --format pdf,docx
    """
    from sourcebrief.build.results import BuildOptions

    try:
        output_dir = output_dir and output_dir.resolve()
    except (OSError, RuntimeError):  # a link to itself, which Python 3.13 no longer raises
        raise UsageError(f"--output-dir {output_dir} is a link that leads nowhere") from None
    options = BuildOptions(
        root=common.workspace(),
        epoch=common.source_date_epoch(),
        output_dir=output_dir,
        strict=common.strict,
        **chosen,
    )
    if watch:
        _watch(common, names, since, options)
    return _build(common, names, since, options)[1]


def _build(
    common: Common,
    names: tuple[str, ...],
    since: str | None,
    options: BuildOptions,
    workers: Workers | None = None,
) -> tuple[BuildReport, int]:
    """Build once; returns the exit code too."""
    from sourcebrief.build.run import build as run

    chosen = briefing_names(options.root, names)
    if since is not None:
        from sourcebrief.build.revisions import earlier_evidence

        earlier = earlier_evidence(options.root, since, chosen, named=bool(names))
        options = replace(options, since=earlier)
    with progress(common.quiet) as say:
        report = run(chosen, options, say, workers, partial(click.echo, err=True))
    code = common.report(report.all_problems(), failed=report.failed)
    if not common.quiet:
        _summarise(report, options.root, common)
        _next_steps(report)
    return report, code


def _next_steps(report: BuildReport) -> None:
    """Say what to do once the example that `new` wrote is built for the first time."""
    from sourcebrief.build.staleness import NEVER_BUILT

    for result in report.results:
        record = result.record
        if record and result.reason == NEVER_BUILT and _EXAMPLE in record.inputs:
            made = [path for path in record.outputs if path.endswith((".pdf", ".html"))]
            click.echo(f"next: open {made[0]}" if made else "next: open it")
            click.echo("then, with documents of your own: sourcebrief add FILE")


def _watch(
    common: Common, names: tuple[str, ...], since: str | None, options: BuildOptions
) -> NoReturn:
    from sourcebrief.build.results import BuildReport
    from sourcebrief.build.run import start_workers
    from sourcebrief.build.watch import watch
    from sourcebrief.workspace.read_files import Inputs

    known = names or Inputs(options.root).briefings()
    with start_workers(len(known) or 1, options) as workers:

        def build() -> BuildReport:
            report = BuildReport()
            try:
                report, _ = _build(common, names, since, options, workers)
            except InvalidInput as error:
                common.report(error.problems)
            except SourcebriefError as error:
                # The next change may repair this, when a briefing was moved for example.
                click.echo(f"sourcebrief: error: {error}", err=True)
            if not common.quiet:
                click.echo("watching; Ctrl-C ends it", err=True)
            return report

        also = [Path(since).absolute()] if since and Path(since).is_file() else []
        watch(build, options.root, also)


def _summarise(report: BuildReport, root: Path, common: Common) -> None:
    for result in report.results:
        record = result.record
        if record is None:
            # A program reads nothing but problems there.
            if common.message_format == "text":
                click.echo(f"{result.name}: not built; the earlier documents stay", err=True)
            continue
        why = result.reason if common.verbose else ""
        details = f", {result.seconds:.1f} s ({why})" if why else ""
        click.echo(f"{result.name}: {result.state}, edition {record.edition}{details}")
        width = max(map(len, record.outputs), default=0)
        for path in record.outputs:
            count = record.pages.get(path.rpartition("/")[2])
            pages = f"{count_of(count, 'page')}, " if count else ""
            click.echo(f"  {path.ljust(width)}  {pages}{size_of((root / path).stat().st_size)}")

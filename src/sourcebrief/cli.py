"""The command line: commands, messages and exit codes. Clock, environment and terminal end here."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sourcebrief import __version__
from sourcebrief.errors import (
    InvalidInput,
    Place,
    Problem,
    SourcebriefError,
    UsageError,
    in_reading_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction
    from types import FrameType

    from sourcebrief.building.build import Report, Result
    from sourcebrief.building.making import Examined

DONE, PROBLEMS, USAGE, STALE, DEFECT = 0, 1, 2, 3, 70


class _DefaultToBuild(click.Group):
    """`sourcebrief [OPTIONS] [NAME...]` is `sourcebrief build [OPTIONS] [NAME...]`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        index = self._first_word(args)
        if index is not None and args[index] in self.commands:
            # Options may stand before the command as well as after it.
            args = [args[index], *args[:index], *args[index + 1 :]]
        elif not any(arg in ("-h", "--help", "--version") for arg in args):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def _first_word(self, args: Sequence[str]) -> int | None:
        """Where the first argument is that is neither an option nor the value of one."""
        takes_value = {
            name
            for command in self.commands.values()
            for option in command.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        skip = False
        for index, arg in enumerate(args):
            if skip:
                skip = False
            elif arg == "--":
                return None
            elif arg in takes_value:
                skip = True
            elif not arg.startswith("-"):
                return index
        return None


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--message-format",
            type=click.Choice(["text", "json", "github"]),
            default="text",
            help="How problems are written.",
        ),
        click.option("--strict", is_flag=True, help="Let warnings fail."),
        click.option("-v", "--verbose", is_flag=True, help="Say why and how long."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems."),
        click.option(
            "-C",
            "directory",
            metavar="DIR",
            type=click.Path(path_type=Path),
            help="The workspace; default: the nearest folder upwards with seeds/ and briefings/.",
        ),
    ):
        command = option(command)
    return command


@click.group(
    cls=_DefaultToBuild,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="sourcebrief %(version)s")
def cli() -> None:
    """Briefs that prove themselves: PDF, DOCX and HTML from curated events and pinned sources.

    Without a command: build every briefing of the workspace.

    \b
    sourcebrief                       build what is stale
    sourcebrief check --strict        the checks alone; warnings fail
    sourcebrief build NAME --format pdf
    """


@cli.command()
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
@_common
def build(
    names: tuple[str, ...],
    formats: str | None,
    force: bool,
    output_dir: Path | None,
    keep_html: bool,
    since: str | None,
    directory: Path | None,
    quiet: bool,
    verbose: bool,
    strict: bool,
    message_format: str,
) -> int:
    """Check briefings, then write the documents that are stale.

    \b
    sourcebrief build
    sourcebrief build ecuador-security-cooperation --format pdf,docx
    """
    from sourcebrief.building.build import Options
    from sourcebrief.building.build import build as run

    root = _workspace(directory)
    chosen = _names(root, names)
    options = Options(
        root=root,
        formats=_formats(formats),
        force=force,
        output_dir=output_dir.resolve() if output_dir else None,
        keep_html=keep_html,
        epoch=_source_date_epoch(),
        strict=strict,
        since=_earlier(root, since, chosen, named=bool(names)),
    )
    with _progress(quiet) as progress:
        report = run(chosen, options, progress)
    _report_problems(report.all_problems(), message_format)
    if not quiet:
        _summarise(report, root, verbose)
    return _exit_code(report.all_problems(), strict, failed=report.failed)


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--built", is_flag=True, help="Also exit with 3 when an output is missing or stale.")
@click.option("--coverage", is_flag=True, help="Show what is uncited, and what is left unquoted.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    help="How --coverage is written; default: text.",
)
@click.option(
    "--min-coverage", metavar="PERCENT", help="Fail where less of the seeds' words is quoted."
)
@_common
def check(
    names: tuple[str, ...],
    built: bool,
    coverage: bool,
    form: str | None,
    min_coverage: str | None,
    directory: Path | None,
    quiet: bool,
    verbose: bool,
    strict: bool,
    message_format: str,
) -> int:
    """Run the checks of a build and write nothing.

    \b
    sourcebrief check
    sourcebrief check --built --strict
    sourcebrief check --coverage --as markdown
    """
    from sourcebrief.building.build import Options, why_not_current
    from sourcebrief.building.making import examine

    if form and not coverage:
        raise UsageError("--as says how --coverage is written; add --coverage")
    minimum = _share(min_coverage)
    root = _workspace(directory)
    chosen = _names(root, names)
    found = examine(chosen, root, with_coverage=coverage or minimum is not None)
    problems = found.problems
    if minimum is not None:
        from sourcebrief.publishing.coverage_report import shortfalls

        problems += shortfalls(found.coverage, minimum)
    _report_problems(problems, message_format)
    code = _exit_code(problems, strict)
    if coverage:
        _show_coverage(found, chosen, form or "text")
    elif not quiet and code == DONE:
        click.echo(f"{_count(len(chosen), 'briefing')} checked")
    if verbose:
        click.echo("\n".join(f"  {name}" for name in chosen))
    if code == DONE and built:
        options = Options(root=root, epoch=_source_date_epoch(), strict=strict)
        for name in chosen:
            reason = why_not_current(name, options)
            if reason is not None:
                code = STALE
                click.echo(f"stale: {name}: {reason}; run `sourcebrief build {name}`", err=True)
    return code


def _share(percent: str | None) -> Fraction | None:
    from fractions import Fraction

    if percent is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?%?", percent):
        raise UsageError(f"--min-coverage {percent!r} is no percentage such as 40 or 33.3")
    share = Fraction(percent.removesuffix("%")) / 100
    if share > 1:
        raise UsageError(f"--min-coverage {percent!r} is more than 100")
    return share


def _show_coverage(found: Examined, chosen: Sequence[str], form: str) -> None:
    from sourcebrief.publishing.coverage_report import FORMATS

    click.echo(FORMATS[form](found.coverage, found.unquoted))
    measured = {one.briefing for one in found.coverage}
    for name in chosen:
        if name not in measured:
            click.echo(f"{name}: not measured; mend its errors first", err=True)


@cli.command()
@click.argument("seeds", nargs=-1, metavar="[SEED...]")
@click.option("--all", "every", is_flag=True, help="Every seed whose file is not as pinned.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_common
def pin(
    seeds: tuple[str, ...],
    every: bool,
    yes: bool,
    directory: Path | None,
    quiet: bool,
    message_format: str,
    **_: object,
) -> int:
    """Show what changed seeds do to the evidence, then accept them as they are now.

    \b
    sourcebrief pin telesur-2019
    sourcebrief pin --all --yes
    """
    from sourcebrief.authoring.pin import consequences, pins_to_write, write_pins
    from sourcebrief.authoring.pin_report import accepted, report
    from sourcebrief.reading.workspace import Inputs

    if bool(seeds) == every:
        raise UsageError("name the seeds to pin, or --all")
    inputs = Inputs(_workspace(directory))
    try:
        pins = pins_to_write(inputs, seeds)
        found = consequences(inputs, pins)
    except InvalidInput as error:
        _report_problems(error.problems, message_format)
        return PROBLEMS
    if not pins:
        if not quiet:
            click.echo("nothing to pin: every file is as pinned")
        return DONE
    if not (quiet and yes):
        click.echo(report(pins, found))
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("nobody to ask: nothing was changed; --yes accepts what is shown")
        if not click.confirm("Accept?", err=True):
            click.echo("nothing was changed", err=True)
            return PROBLEMS
    write_pins(inputs, pins)
    if not quiet:
        click.echo(accepted(pins))
    return DONE


@cli.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--seeds",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Also check every quotation and hash against the documents in DIR.",
)
@click.option("--expect", metavar="ID", help="The edition that it must be, known from elsewhere.")
@click.option(
    "--evidence",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The .evidence.json of a document whose attachment was taken out.",
)
@_common
def verify(
    files: tuple[Path, ...],
    seeds: Path | None,
    expect: str | None,
    evidence: Path | None,
    quiet: bool,
    verbose: bool,
    message_format: str,
    **_: object,
) -> int:
    """Verify documents that somebody sent: PDF, DOCX, HTML or evidence.json, without a network.

    \b
    sourcebrief verify brief.pdf
    sourcebrief verify brief.pdf --expect b0aa7c1d2e3f --seeds seeds/
    """
    from sourcebrief.editions.guard import verify_file

    if expect is not None and not re.fullmatch("[0-9a-fA-F]{12}", expect):
        raise UsageError(f"--expect {expect!r} is no edition: those have 12 hexadecimal digits")
    failed = False
    for file in files:
        verdict = verify_file(file, seeds=seeds, expect=expect, evidence=evidence)
        failed = failed or bool(verdict.problems)
        for words in verdict.problems:
            problem = Problem(Place(str(file)), words)
            click.echo(_FORMATTERS[message_format](problem), err=True)
        if verdict.problems and not verdict.foreign and not quiet:
            click.echo(f"{file}: does not verify: {_count(len(verdict.problems), 'problem')}")
        elif not verdict.problems and not quiet:
            click.echo(
                f"{file}: verified: edition {verdict.edition}, "
                f"{_count(verdict.quotations, 'quotation')}, {_count(verdict.events, 'event')}, "
                f"{_count(verdict.sources, 'source')}"
            )
            for words in verdict.unchecked:
                click.echo(f"  not checked: {words}")
        if verbose and not verdict.foreign:
            click.echo(f"  {file.stat().st_size:,} bytes")
    return PROBLEMS if failed else DONE


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--since",
    required=True,
    metavar="FILE|REVISION",
    help="An earlier edition: its PDF, DOCX, HTML or evidence.json, or a revision of git.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How the changes are written.",
)
@_common
def changes(
    names: tuple[str, ...],
    since: str,
    form: str,
    directory: Path | None,
    message_format: str,
    **_: object,
) -> int:
    """Say what changed since an earlier edition, in words that can be sent to a reader.

    \b
    sourcebrief changes --since last-week.pdf
    sourcebrief changes ecuador-security-cooperation --since v1.0 --as markdown
    """
    from sourcebrief.building.revisions import changes_since
    from sourcebrief.editions import change_report

    root = _workspace(directory)
    try:
        found, new = changes_since(root, since, _names(root, names), named=bool(names))
    except InvalidInput as error:
        _report_problems(error.problems, message_format)
        return PROBLEMS
    click.echo(change_report.written(found, form))
    for name in new:
        click.echo(f"{name}: there was none at {since}", err=True)
    return DONE


def _workspace(directory: Path | None) -> Path:
    from sourcebrief.reading.workspace import find_workspace

    if directory is None:
        try:
            here = Path.cwd()
        except FileNotFoundError:
            raise UsageError("the working directory is gone; name a workspace: -C DIR") from None
        return find_workspace(here)
    if not (directory / "seeds").is_dir() or not (directory / "briefings").is_dir():
        raise UsageError(f"no workspace: {directory} has no seeds/ and briefings/")
    return directory.resolve()


def _names(root: Path, wanted: tuple[str, ...]) -> tuple[str, ...]:
    from sourcebrief.reading.workspace import Inputs, nearest_name

    known = Inputs(root).briefings()
    for name in wanted:
        if name not in known:
            near = nearest_name(name, known)
            raise UsageError(f"no briefing {name!r} in {root / 'briefings'}{near}")
    if not known:
        raise UsageError(
            f"no briefing in {root / 'briefings'}; copy a folder there that holds a brief.yaml"
        )
    return tuple(dict.fromkeys(wanted)) or known


def _earlier(
    root: Path, since: str | None, names: tuple[str, ...], *, named: bool
) -> dict[str, bytes]:
    if since is None:
        return {}
    from sourcebrief.building.revisions import earlier_evidence

    return earlier_evidence(root, since, names, named=named)


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


def _source_date_epoch() -> int | None:
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if text is None or text == "":
        return None
    if not text.isdigit() or int(text) > 253402300799:
        raise UsageError(f"SOURCE_DATE_EPOCH {text!r} is no number of seconds since 1970")
    return int(text)


class _progress:  # noqa: N801 - used as a function
    """Shows what is being made: a moving line on a terminal, nothing elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._show = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._status: Any = None

    def __enter__(self) -> Callable[[str], None]:
        return self._say

    def _say(self, words: str) -> None:
        if not self._show:
            return
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True).status(words)
            self._status.start()
        self._status.update(words)

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()


def _report_problems(problems: Iterable[Problem], message_format: str) -> None:
    """Write problems to standard error: errors before warnings, then a count."""
    ordered = in_reading_order(problems)
    for problem in ordered:
        click.echo(_FORMATTERS[message_format](problem), err=True)
    if ordered and message_format == "text":
        errors = sum(problem.severity == "error" for problem in ordered)
        warnings = len(ordered) - errors
        counts = ((errors, "error"), (warnings, "warning"))
        parts = [_count(count, kind) for count, kind in counts if count]
        click.echo(", ".join(parts), err=True)


def _as_text(problem: Problem) -> str:
    return str(problem)


def _as_json(problem: Problem) -> str:
    place = problem.place
    return json.dumps(
        {
            "path": place.path,
            "line": place.line,
            "column": place.column,
            "severity": problem.severity,
            "message": problem.message,
        },
        ensure_ascii=False,
    )


def _as_github(problem: Problem) -> str:
    place = problem.place
    path = _escape(place.path).replace(":", "%3A").replace(",", "%2C")
    position = f"file={path},line={place.line},col={place.column}"
    return f"::{problem.severity} {position}::{_escape(problem.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_FORMATTERS = {"text": _as_text, "json": _as_json, "github": _as_github}


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
        pages = f"{_count(output.pages, 'page')}, " if output.pages else ""
        lines.append((shown, f"{pages}{_size(output.size)}"))
    width = max((len(path) for path, _ in lines), default=0)
    return [(path.ljust(width), details) for path, details in lines]


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _exit_code(problems: Iterable[Problem], strict: bool, failed: bool = False) -> int:
    severities = {problem.severity for problem in problems}
    if failed or "error" in severities or (strict and "warning" in severities):
        return PROBLEMS
    return DONE


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with the contract's code."""
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run(arguments))


class _Terminated(BaseException):
    """SIGTERM: everything under way cleans up after itself, as it does on SIGINT."""


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    # A second one must not interrupt the cleaning up.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Terminated


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    try:
        code = cli.main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="sourcebrief",
            standalone_mode=False,
        )
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        click.echo(f"sourcebrief: {error.format_message()}", err=True)
        click.echo("Try: sourcebrief --help", err=True)
        return USAGE
    except UsageError as error:
        click.echo(f"sourcebrief: {error}", err=True)
        return USAGE
    except InvalidInput as error:
        _report_problems(error.problems, "text")
        return PROBLEMS
    except SourcebriefError as error:
        click.echo(f"sourcebrief: error: {error}", err=True)
        return PROBLEMS
    except KeyboardInterrupt:
        return 130
    except _Terminated:
        return 143
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "sourcebrief":
            return _defect()
        click.echo(
            f"sourcebrief: error: the package {error.name!r} is missing; "
            f"install this project's dependencies: pip install .",
            err=True,
        )
        return PROBLEMS
    except OSError as error:
        if error.errno is None:
            return _defect()
        # Whatever the system refuses is for the user to mend: permissions, a full disk, a file
        # that went away.
        named = f"{error.filename}: " if error.filename else ""
        reason = (error.strerror or str(error)).lower()
        click.echo(f"sourcebrief: error: {named}{reason}; mend that and run it again", err=True)
        return PROBLEMS
    except Exception:
        return _defect()


def _defect() -> int:
    """A defect of ours: keep the traceback for a report and say where it lies."""
    import tempfile

    with tempfile.NamedTemporaryFile(
        "w", prefix="sourcebrief-defect-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"sourcebrief {__version__}, Python {sys.version}\n{traceback.format_exc()}")
    click.echo(
        f"sourcebrief: this is a defect of sourcebrief; please report it with {file.name}", err=True
    )
    return DEFECT

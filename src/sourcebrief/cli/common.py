"""What the commands share: the common options, the workspace and the briefings in it."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from sourcebrief.cli.messages import DONE, PROBLEMS, STALE, formatted, report_problems, size_of
from sourcebrief.errors import (
    InvalidInput,
    Place,
    Problem,
    SourcebriefError,
    UsageError,
    require_package,
)
from sourcebrief.text.characters import visible

if TYPE_CHECKING:
    from sourcebrief.build.sealed_memory import SealedMemory

COMMAND_MEANT = "sourcebrief.command_meant"
"""The key in click's context of a command that resembles the first word."""


class FilePath(click.Path):
    """A path in an argument, which may not be empty: often a shell variable is not set."""

    def __init__(self, **kinds: bool) -> None:
        super().__init__(path_type=Path, **kinds)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or fail where it is empty or of the wrong kind."""
        if not str(value):
            self.fail("it is empty", param, ctx)
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            wanted = "folder" if self.dir_okay else "file"
            fault = "does not exist"
            if os.access(value, os.F_OK):
                right = Path(value).is_dir() == self.dir_okay
                fault = "cannot be read" if right else f"is not a {wanted}"
            self.fail(f"{str(value)!r} {fault}", param, ctx)


EXISTING_FILE = FilePath(exists=True, dir_okay=False)
EXISTING_FOLDER = FilePath(exists=True, file_okay=False)


def existing(
    name: str, words: str, metavar: str = "FILE"
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """An option that names a file, or where its `metavar` is DIR a folder, which must be there."""
    kind = EXISTING_FOLDER if metavar == "DIR" else EXISTING_FILE
    return click.option(name, metavar=metavar, type=kind, help=words)


class Choice(click.Choice):  # type: ignore[type-arg]
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word, or fail where it is another one."""
        if value not in self.choices:
            self.fail(f"{value!r} is not one of {', '.join(self.choices)}", param, ctx)
        return value


def form_option(*forms: str, words: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The option `--as`, of the forms in which a command writes; the first is the default."""
    return click.option("--as", "form", type=Choice(forms), default=forms[0], help=words)


def complete_names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Complete the name of a briefing in a shell; nothing outside a workspace."""
    from sourcebrief.workspace.read_files import Inputs

    return _beginning_with(begun, context, lambda root: Inputs(root).briefings())


def complete_entries(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Complete the id of a catalogue entry in a shell."""
    from sourcebrief.workspace.read_files import CATALOGUE, Inputs
    from sourcebrief.workspace.validation import ids_of
    from sourcebrief.workspace.yaml_places import load

    def ids(root: Path) -> Iterable[str]:
        return ids_of(load(Inputs(root).read(CATALOGUE), CATALOGUE), "references")

    return _beginning_with(begun, context, ids)


def _beginning_with(
    begun: str, context: click.Context, words_of: Callable[[Path], Iterable[str]]
) -> list[str]:
    common = Common(context.params.get("directory"), False, False, False, "text")
    try:
        return [word for word in words_of(common.workspace()) if word.startswith(begun)]
    except (OSError, SourcebriefError):
        return []  # a shell shows no message here; the command itself will


@dataclass(frozen=True, slots=True)
class Common:
    """The options that every command takes."""

    directory: Path | None
    quiet: bool
    verbose: bool
    strict: bool
    message_format: str

    def say(self, words: str) -> None:
        """Write to standard output, unless the command is to be quiet."""
        if not self.quiet:
            click.echo(visible(words))

    def note(self, words: str) -> None:
        """Write to standard error what is worth knowing, unless the command is to be quiet."""
        if not self.quiet:
            click.echo(visible(words), err=True)

    def report(self, problems: Iterable[Problem], *, failed: bool = False) -> int:
        """Write problems to standard error, and return the exit code: PROBLEMS where `failed`."""
        problems = tuple(problems)
        report_problems(problems, self.message_format, self._root_or_none())
        failing = {"error", "warning"} if self.strict else {"error"}
        failed = failed or any(problem.severity in failing for problem in problems)
        return PROBLEMS if failed else DONE

    def accepted(
        self, report: str, question: str, *, yes: bool, kept: str, unasked: str = "--yes"
    ) -> bool:
        """Show what a command is about to do, and ask.

        `kept` says what a refusal leaves, `unasked` is the option that stands for a yes.
        """
        if not (self.quiet and yes):
            click.echo(visible(report))
        if not yes and not sys.stdin.isatty():
            raise UsageError(
                f"cannot ask without a terminal: {kept}; run it in one, or add {unasked}"
            )
        if yes or click.confirm(question, err=True):
            return True
        click.echo(kept, err=True)
        return False

    def stale(self, name: str, reason: object) -> int:
        """Say that documents are not what would be built now, and return the exit code."""
        words = f"{reason}; run `sourcebrief build {name}`"
        line = f"stale: {name}: {words}"
        if self.message_format != "text":
            place = Place(f"briefings/{name}/brief.yaml")
            problem = Problem(place, f"stale: {words}", "warning")
            line = formatted(problem, self.message_format, self._root_or_none())
        click.echo(line, err=True)
        return STALE

    def workspace(self) -> Path:
        """Return the workspace that `-C` names, else the nearest one upwards."""
        from sourcebrief.workspace.read_files import find_workspace

        directory = self.directory
        if directory is None:
            try:
                return find_workspace(working_directory())
            except UsageError as error:
                raise UsageError(f"{error}{_command_meant()}") from None
        if os.path.isfile(directory):  # noqa: PTH113
            raise UsageError(f"{directory} is not a folder; name one with -C DIR")
        # False also for a name that is too long for any folder.
        if not all(os.path.isdir(directory / name) for name in ("seeds", "briefings")):  # noqa: PTH112
            there = os.path.isdir(directory)  # noqa: PTH112
            lacks = "has no seeds/ and briefings/" if there else "does not exist"
            raise UsageError(
                f"no workspace: {directory} {lacks}; make one: sourcebrief new NAME -C {directory}"
            )
        return directory.resolve()

    def _root_or_none(self) -> Path | None:
        """Return the workspace; None where there is none yet, or only GitHub would need it."""
        if self.message_format != "github":
            return None
        try:
            return self.workspace()
        except UsageError:
            return None

    @staticmethod
    def memory(root: Path) -> SealedMemory | None:
        """Return what earlier checks of a workspace found; None where no secret can be kept."""
        from sourcebrief.build.sealed_memory import FOLDER, SealedMemory, user_secret

        try:
            state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        except RuntimeError:  # no home
            return None
        secret = user_secret(state / "sourcebrief")
        return SealedMemory(root / FOLDER, secret) if secret is not None else None

    @staticmethod
    def source_date_epoch() -> int | None:
        """Return SOURCE_DATE_EPOCH in seconds, where it is set (reproducible-builds.org)."""
        text = os.environ.get("SOURCE_DATE_EPOCH")
        if text is None or text == "":
            return None
        if not text.isdigit() or int(text) > 253402300799:
            raise UsageError(f"SOURCE_DATE_EPOCH {text!r} is not a number of seconds since 1970")
        return int(text)

    def today(self) -> dt.date:
        """Return the day, that of SOURCE_DATE_EPOCH where it is set."""
        epoch = self.source_date_epoch()
        if epoch is None:
            return dt.datetime.now().astimezone().date()
        return dt.datetime.fromtimestamp(epoch, dt.UTC).date()


_OPTIONS = (
    click.option(
        "--message-format",
        type=Choice(["text", "json", "github"]),
        default="text",
        help="The format of problems.",
    ),
    click.option("--strict", is_flag=True, help="Fail on warnings too."),
    click.option("-v", "--verbose", is_flag=True, help="Also say why, and how long it took."),
    click.option("-q", "--quiet", is_flag=True, help="Write nothing but problems."),
    click.option(
        "-C",
        "directory",
        metavar="DIR",
        type=FilePath(),
        help="The workspace; default: the nearest folder upwards with seeds/ and briefings/.",
    ),
)


def common_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the common options to a command, which gets them as its first argument."""

    @functools.wraps(command)
    def with_common(**given: Any) -> int:
        common = Common(**{option.name: given.pop(option.name) for option in fields(Common)})
        try:
            return command(common, **given)
        except InvalidInput as error:
            return common.report(error.problems, failed=True)

    for option in _OPTIONS:
        with_common = option(with_common)
    return with_common


def require_partner(package: str, extra: str, purpose: str, refusal: str) -> None:
    """Raise where a server lacks its package, or a person and no program speaks to it."""
    require_package(package, extra, purpose)
    if sys.stdin.isatty():
        raise UsageError(refusal)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Be the only command that writes in a workspace, and say which one this command waits for."""
    from sourcebrief.build.staleness import STATE
    from sourcebrief.processes.lock import locked

    with locked(root / STATE, functools.partial(click.echo, err=True)):
        yield


def write_output(common: Common, output: Path, data: bytes, root: Path) -> None:
    """Write a file that the user named, whole or not at all, and say how large it is.

    Outside the workspace, which may only be readable then, no other command is in the way. Raises
    UsageError where the file's own folder is missing.
    """
    from sourcebrief.build.staleness import STATE
    from sourcebrief.workspace.write_files import replace_all

    outputs = {output.absolute(): data}
    if not output.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}; make it, or name another")
    if output.resolve().is_relative_to(root):
        with writing(root):
            replace_all(outputs, root / STATE / "staging" / output.name)
    else:
        with TemporaryDirectory() as folder:
            replace_all(outputs, Path(folder).resolve() / "staging")
    common.say(f"{output}  {size_of(len(data))}")


def working_directory() -> Path:
    """Return the working directory. Raises UsageError where it has been deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("the working directory is gone; name a workspace: -C DIR") from None


def _command_meant() -> str:
    """Offer the command that the first word of the line is nearly, where it is none."""
    context = click.get_current_context(silent=True)
    meant = context.meta.get(COMMAND_MEANT) if context else None
    return f"; did you mean the command {meant!r}?" if meant else ""


def briefing_names(root: Path, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the briefings named, or all. Raises UsageError for a name that is unknown."""
    from sourcebrief.text.names import did_you_mean_or_list
    from sourcebrief.workspace.read_files import Inputs

    known = Inputs(root).briefings()
    for name in wanted:
        if name not in known:
            near = did_you_mean_or_list(name, known)
            command = _command_meant() if name == wanted[0] else ""
            raise UsageError(f"no briefing {name!r} in {root / 'briefings'}{near}{command}")
    if not known:
        raise UsageError(f"no briefing in {root / 'briefings'}; write one: sourcebrief new NAME")
    return tuple(dict.fromkeys(wanted)) or known

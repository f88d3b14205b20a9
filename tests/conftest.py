"""What the tests of several stages share: a small good workspace and the command line."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import settings

import harbour
from fake_engines import engines  # noqa: F401 - a fixture
from sourcebrief import cli
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sourcebrief.brief.make_manifest import Composition
    from sourcebrief.build.results import CheckedBriefing

T = TypeVar("T")

# The fixture `built`.
pytest_plugins = ["inspections"]
# How long an example takes says more of the machine than of the code.
settings.register_profile("sourcebrief", deadline=None)
settings.load_profile("sourcebrief")

PROJECT = Path(__file__).resolve().parents[1]
GOOD = Path(__file__).resolve().parent / "wrong" / "_good"

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"
SEEDS = "seeds/seeds.yaml"


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Workspace:
    """A workspace of a test's own, and the command line in it."""

    root: Path
    run: Callable[..., Ran]

    def edit(self, file: str, old: str, new: str) -> Workspace:
        """Replace words that stand once in a file."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")
        return self

    def write(self, file: str, text: str) -> Workspace:
        """Make a file, and its folders where they are missing."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return self

    def checked(self, name: str = "port") -> CheckedBriefing:
        """A briefing after all checks."""
        corpus = read_corpus(Inputs(self.root))
        assert corpus.problems == ()
        return check_briefing(name, corpus)

    def composition(self, name: str = "port") -> Composition:
        """What a briefing's view is made from."""
        checked = self.checked(name)
        assert checked.composition is not None, "\n".join(map(str, checked.problems))
        return checked.composition


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The workspace of the harbour, with nothing beside it."""
    return harbour.workspace(tmp_path / "desk")


@pytest.fixture(scope="session", autouse=True)
def _state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the secret of the tests apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


class InlineWorkers:
    """Runs tasks in the test's own process, where engines can be replaced by stand-ins."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> InlineWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, function: Callable[..., T], *arguments: object) -> Callable[[], T]:
        result = function(*arguments)
        return lambda: result


@pytest.fixture
def inline_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make documents in this process: for tests that replace an engine, or look into one."""
    monkeypatch.setattr("sourcebrief.processes.pool.WorkerPool", InlineWorkers)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line in this process, as `main` does."""

    def call(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def workspace(tmp_path: Path, run: Callable[..., Ran]) -> Workspace:
    """A copy of the small good workspace, about an invented port."""
    root = tmp_path / "workspace"
    shutil.copytree(GOOD, root)

    def in_it(*arguments: str | Path) -> Ran:
        return run("-C", root, *arguments)

    return Workspace(root, in_it)

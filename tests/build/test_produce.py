"""Briefings handed to workers as they are checked, and their documents written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.build.produce import DocumentProduction
from sourcebrief.build.results import BuildOptions
from sourcebrief.processes.pool import WorkerEnded
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from conftest import Workspace


class EndingWorkers:
    """Workers whose process ends before it has made anything."""

    def expect(self, tasks: int) -> None:
        pass

    def submit(self, function: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
        def wait() -> Any:
            raise WorkerEnded(0.1)

        return wait


def test_a_worker_that_ended_is_a_problem_at_the_brief(workspace: Workspace) -> None:
    corpus = read_corpus(Inputs(workspace.root))
    checked = check_briefing("port", corpus)
    options = BuildOptions(root=workspace.root, formats=("html",))
    with DocumentProduction(EndingWorkers(), corpus, options) as production:  # type: ignore[arg-type]
        production.start(checked)
        result = production.finish(checked)
    assert result.state == "failed"
    problem = result.problems[-1]
    assert problem.place.path == "briefings/port/brief.yaml"
    assert "was ended by the system or crashed" in problem.message
    assert list((workspace.root / "briefings/port").glob("*.html")) == []

"""Documents made on a Dask cluster, through its concurrent.futures executor.

The one module that calls `distributed`. Tasks travel as bytes and editions come back as bytes:
workers share no disk with the client and need nothing but this package. Which worker does what,
and that what a dead one leaves undone is done elsewhere, is Dask's business.
"""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sourcebrief.build.staleness import package_versions
from sourcebrief.build.task import Outcome, Task, engines_here, perform
from sourcebrief.errors import EnvironmentFault, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_INSTALL = "run: pip install 'sourcebrief[cluster]'"
_SECONDS = "10s"
"""How long to wait for a scheduler's answer."""


class ClusterWorkers:
    """The workers of a Dask scheduler; `address` and TLS are as Dask configures them.

    Raises EnvironmentFault where no scheduler answers, it has no workers, or one of them has other
    versions than this machine: they decide the bytes of a document.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ModuleNotFoundError as error:
            raise EnvironmentFault(
                f"--cluster needs the package {error.name}; {_INSTALL}"
            ) from None
        self._address = address
        # Dask's client has no types.
        connect: Any = distributed.Client
        self._faults = (distributed.client.FutureCancelledError, CancelledError)
        self._killed = distributed.KilledWorker
        try:
            self._client = connect(
                address, timeout=_SECONDS, set_as_default=False, name="sourcebrief"
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise EnvironmentFault(
                f"no Dask scheduler answers at {address} ({_first_line(error)}); start one with "
                "`dask scheduler` or correct the address"
            ) from None
        try:
            self._libraries = engines_here(("pdf",))[1]
            self._require_equal_versions()
            # Documents of equal inputs are made again when that is asked for.
            self._executor = self._client.get_executor(pure=False)
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> ClusterWorkers:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._executor.shutdown(wait=kind is None)
        self._client.close()

    def expect(self, tasks: int) -> None:
        """Nothing: how many workers there are is the cluster's business."""

    def submit(self, task: Task) -> Future[Outcome]:
        """Send a task to the scheduler."""
        future: Future[Outcome] = self._executor.submit(_perform, task, versions_here())
        return future

    def outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        """Wait for a task; one that ended several workers is a problem, named."""
        try:
            # The libraries are remembered by their files, and those are the client's.
            return replace(future.result(), libraries=self._libraries)
        except self._killed as error:
            words = f"the workers that made its documents were ended ({_first_line(error)})"
            return Outcome(problems=(Problem(task.place, f"{words}; look at their logs"),))
        except self._faults as error:
            raise EnvironmentFault(
                f"the Dask scheduler at {self._address} gave up ({_first_line(error)}); "
                "look at its log, then run this again"
            ) from None

    def _require_equal_versions(self) -> None:
        here = versions_here()
        found = self._client.run(versions_here, on_error="return")
        if not found:
            raise EnvironmentFault(
                f"the Dask scheduler at {self._address} has no workers; start one with "
                f"`dask worker {self._address}`"
            )
        for worker, there in found.items():
            if isinstance(there, OSError):
                continue  # it has ended meanwhile; one that comes in its place compares for itself
            if isinstance(there, ModuleNotFoundError):
                raise EnvironmentFault(
                    f"the worker {worker} has no package {there.name!r}; install sourcebrief there"
                )
            if isinstance(there, Exception):
                raise EnvironmentFault(
                    f"the worker {worker} cannot make documents: {_first_line(there)}"
                )
            require_equal(here, there, worker)


def versions_here() -> dict[str, str]:
    """All versions of this process that decide the bytes of a document, by name."""
    engines, _ = engines_here(("pdf",))
    return {**package_versions(), **engines}


def require_equal(here: Mapping[str, str], there: Mapping[str, str], worker: str) -> None:
    """Raise EnvironmentFault, naming both versions, where a worker differs from the client."""
    for name in sorted(here.keys() | there.keys()):
        mine, other = here.get(name, "missing"), there.get(name, "missing")
        if mine != other:
            raise EnvironmentFault(
                f"the worker {worker} has {name} {other}, this machine has {mine}: documents would "
                "differ; install the same on both"
            )


def _perform(task: Task, versions: Mapping[str, str]) -> Outcome:
    # A worker may have joined after the client compared versions.
    require_equal(versions, versions_here(), "that took the task")
    return perform(task)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

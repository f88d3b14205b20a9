"""Functions run on a Dask cluster, through its concurrent.futures executor.

The one module that calls `distributed`. Arguments and results travel as bytes: workers share no
disk with the client and need nothing but this package. Dask decides which worker does what, and
repeats elsewhere what a dead worker leaves undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, TypeVar

from sourcebrief.errors import EnvironmentFault, install_extra
from sourcebrief.processes.pool import WorkerEnded

if TYPE_CHECKING:
    Versions = Mapping[str, str]

T = TypeVar("T")

_SECONDS = "10s"
"""How long to wait for a scheduler's answer."""


class ClusterWorkers:
    """The workers of a Dask scheduler; `address` and TLS are as Dask configures them.

    `versions` returns what must be equal here and on every worker. Raises EnvironmentFault where
    no scheduler answers, it has no workers, or one of them differs from this machine.
    """

    def __init__(self, address: str, versions: Callable[[], Versions]) -> None:
        try:
            import distributed
        except ModuleNotFoundError as error:
            raise EnvironmentFault(
                f"--cluster needs the package {error.name}; run: {install_extra('cluster')}"
            ) from None
        self._address = address
        self._versions = versions
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
            self._here = versions()
            self._require_equal_versions()
            # A task of equal arguments is run again when that is asked for.
            self._executor = self._client.get_executor(pure=False)
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> ClusterWorkers:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._executor.shutdown(wait=kind is None)
        self._client.close()

    def submit(self, function: Callable[..., T], *arguments: object) -> Callable[[], T]:
        """Send a task to the scheduler; returns a function that waits for what it returns."""
        # A worker may have joined after the client compared versions.
        future = self._executor.submit(
            _run_if_equal, self._versions, self._here, function, *arguments
        )
        return lambda: self._result(future)

    def _result(self, future: Any) -> Any:
        try:
            return future.result()
        except self._killed as error:
            raise WorkerEnded(reason=_first_line(error)) from None
        except self._faults as error:
            raise EnvironmentFault(
                f"the Dask scheduler at {self._address} gave up ({_first_line(error)}); "
                "look at its log, then run this again"
            ) from None

    def _require_equal_versions(self) -> None:
        found = self._client.run(self._versions, on_error="return")
        if not found:
            raise EnvironmentFault(
                f"the Dask scheduler at {self._address} has no workers; start one with "
                f"`dask worker {self._address}`"
            )
        for worker, there in found.items():
            if isinstance(there, OSError):
                continue  # it has ended meanwhile; one that comes in its place compares for itself
            if isinstance(there, Exception):
                raise EnvironmentFault(
                    f"the worker {worker} cannot make documents ({_first_line(there)}); "
                    "install there what is installed here"
                )
            require_equal(self._here, there, worker)


def require_equal(here: Versions, there: Versions, worker: str) -> None:
    """Raise EnvironmentFault, naming both versions, where a worker differs from the client."""
    for name in sorted(here.keys() | there.keys()):
        mine, other = here.get(name, "missing"), there.get(name, "missing")
        if mine != other:
            raise EnvironmentFault(
                f"the worker {worker} has {name} {other}, this machine has {mine}: documents would "
                "differ; install the same on both"
            )


def _run_if_equal(
    versions: Callable[[], Versions], here: Versions, function: Callable[..., T], *arguments: object
) -> T:
    require_equal(here, versions(), "that took the task")
    return function(*arguments)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

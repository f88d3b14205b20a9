"""Processes of this machine that make documents, behind the standard library's Executor."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from sourcebrief.build.task import Outcome, Task, perform, too_long
from sourcebrief.errors import Problem
from sourcebrief.processes.temporary_folders import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.context import BaseContext
    from types import FrameType

Result = TypeVar("Result")
_KEPT_BACK = (signal.SIGINT, signal.SIGTERM)


class Workers(Protocol):
    """Whoever performs tasks: the processes of this machine, or a cluster."""

    def expect(self, tasks: int) -> None:
        """Prepare for so many tasks; asked for before the first is submitted."""
        ...

    def submit(self, task: Task) -> Future[Outcome]:
        """Begin a task, or queue it."""
        ...

    def outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        """Wait for a task that was submitted; a worker that died is a problem, named."""
        ...


class LocalWorkers:
    """`jobs` processes, `at_most` so many later, each of which imports the engines once.

    They start at once, so that the engines are imported while the caller reads and checks.
    """

    def __init__(self, jobs: int, at_most: int) -> None:
        self._jobs = jobs
        self._at_most = at_most
        # What a worker that was ended leaves behind goes with this one.
        self._scratch = Scratch()
        self._pools = [_pool(jobs, self._scratch)]

    def __enter__(self) -> LocalWorkers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not None:
                _end_children()
            for pool in self._pools:
                pool.shutdown(wait=True, cancel_futures=True)
        finally:
            self._scratch.cleanup()

    def expect(self, tasks: int) -> None:
        """Have processes for so many tasks; asked for before the first is submitted."""
        jobs = min(tasks, self._at_most)
        if jobs > self._jobs:
            self._jobs = jobs
            self._pools.append(_pool(jobs, self._scratch))

    def submit(self, task: Task) -> Future[Outcome]:
        """Begin a task, or queue it."""
        try:
            return self._pools[-1].submit(_in_worker, perform, task)
        except BrokenProcessPool:
            # By an earlier task, or while it waited; whoever waits for that one is told.
            self._pools.append(_pool(self._jobs, self._scratch))
            return self._pools[-1].submit(_in_worker, perform, task)

    def outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        """Wait for a task; where its pool broke, do it again in a process of its own.

        A pool does not tell which of its tasks ended a process, and gives up all of them.
        """
        try:
            return future.result()
        except BrokenProcessPool:
            pass
        with _pool(1, self._scratch) as alone:
            began = time.monotonic()
            try:
                return alone.submit(_in_worker, perform, task).result()
            except BrokenProcessPool:
                if time.monotonic() - began >= task.time_limit:
                    return Outcome(problems=(too_long(task),))
                words = (
                    "the process that made its documents was ended by the system or crashed; look "
                    "for what makes it large, or give the machine more memory"
                )
                return Outcome(problems=(Problem(task.place, words),))


def _end_children(seconds: float = 1.0) -> None:
    """End what is under way: by SIGTERM, so that a worker ends its own pandoc, else by force."""
    children = multiprocessing.active_children()
    for child in children:
        child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        child.join(max(0.0, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()


def _pool(jobs: int, scratch: Scratch) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(
        jobs, mp_context=_context(), initializer=_begin, initargs=(str(scratch.path),)
    )
    # Processes start with the first tasks. What goes wrong in these is told by the first that needs
    # the engines.
    with _undisturbed():
        for _ in range(jobs):
            pool.submit(_in_worker, _load_engines)
    return pool


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep SIGINT and SIGTERM back: a process that is just begun has no answer to them yet."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _KEPT_BACK)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    # A forked process starts at once with all that is imported; but a fork copies locks that other
    # threads hold (https://docs.python.org/3/library/os.html#os.fork), and macOS's own libraries
    # do not survive it.
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _begin(scratch: str) -> None:
    """Prepare a worker: its temporary files, its signals, and its end with the parent's."""
    tempfile.tempdir = scratch
    # For the programs that it starts: ctypes asks the C compiler where a library lies.
    os.environ["TMPDIR"] = scratch
    # The terminal sends Ctrl-C to every process; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Between two tasks there is nothing to clean up.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.unraisablehook = _come_again
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _KEPT_BACK)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _in_worker(function: Callable[..., Result], *arguments: object) -> Result:
    signal.signal(signal.SIGTERM, _leave)
    try:
        return function(*arguments)
    except SystemExit:
        # The pool would report it as the task's end and wait for the next.
        os._exit(143)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _load_engines() -> None:
    """Import what takes long, while the parent reads and checks."""
    from sourcebrief.documents import publish  # noqa: F401
    from sourcebrief.documents.pdf.write_pdf import load_engine

    load_engine()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End the worker by way of its `finally` clauses, which end pandoc and remove its folder."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(143)


def _come_again(lost: sys.UnraisableHookArgs) -> None:
    """Leave again where Python dropped what `_leave` raised: in a finalizer, a callback."""
    if lost.exc_type is not SystemExit:
        sys.__unraisablehook__(lost)
        return
    signal.signal(signal.SIGTERM, _leave)
    again = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))
    again.daemon = True
    again.start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        # What the main thread is in may not let itself be interrupted.
        time.sleep(5)
        os._exit(143)

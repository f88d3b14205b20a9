"""Processes of this machine that run functions, behind the standard library's Executor."""

from __future__ import annotations

import functools
import itertools
import multiprocessing
import os
import pickle
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sourcebrief.processes.signals import (
    prepare_worker,
    signals_held_back,
    terminate_this_process,
    worker_task,
)
from sourcebrief.processes.temporary_folders import TemporaryFolder

T = TypeVar("T")


class WorkerEnded(Exception):  # noqa: N818 - it says what happened
    """A worker ended before its task did, after so many `seconds`; `reason` where one is known."""

    def __init__(self, seconds: float = 0.0, reason: str = "") -> None:
        self.seconds = seconds
        self.reason = reason
        super().__init__(reason)


class Workers(Protocol):
    """What runs functions elsewhere: processes of this machine, or a cluster."""

    def submit(self, function: Callable[..., T], *arguments: object) -> Callable[[], T]:
        """Begin a task, or queue it; returns a function that waits for what it returns.

        That function raises WorkerEnded where the task ended its worker.
        """


class WorkerPool:
    """So many workers, each of which runs `prepare` once.

    They start at once, so that they can import what takes long while the caller does other work.
    """

    def __init__(self, processes: int, prepare: Callable[[], None]) -> None:
        self._processes = processes
        self._prepare = prepare
        # Also removes what a worker that was killed leaves behind.
        self._folder = TemporaryFolder()
        self._numbers = itertools.count(1)
        self._pools = [self._start(processes)]
        self._ended = False

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._ended = True
        try:
            if kind is not None:
                _end_children()
            for pool in self._pools:
                pool.shutdown(wait=True, cancel_futures=True)
        finally:
            self._folder.cleanup()

    def submit(self, function: Callable[..., T], *arguments: object) -> Callable[[], T]:
        """Begin a task, or queue it; returns a function that waits for what it returns."""
        held = self._folder.path / f"task-{next(self._numbers)}"
        task = _task(held, functools.partial(_run, function, *arguments))
        try:
            future = self._pools[-1].submit(task)
        except BrokenProcessPool:
            # An earlier task broke it, and its caller will learn that.
            self._pools.append(self._start(self._processes))
            future = self._pools[-1].submit(task)

        def wait() -> T:
            try:
                return future.result()
            except BrokenProcessPool:
                if self._ended:  # from another thread, which waits while the pool is given up
                    raise WorkerEnded(reason="the command has ended") from None
                return self._run_alone(task)
            finally:
                held.unlink(missing_ok=True)

        return wait

    def _run_alone(self, task: Callable[[], T]) -> T:
        """Run a task again in a process of its own.

        A pool gives up all its tasks when one of them ends a process, and does not say which.
        """
        with self._start(1) as alone:
            began = time.monotonic()
            try:
                return alone.submit(task).result()
            except BrokenProcessPool:
                raise WorkerEnded(time.monotonic() - began) from None

    def _start(self, processes: int) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            processes,
            mp_context=_context(),
            initializer=_begin,
            initargs=(str(self._folder.path),),
        )
        # Processes start with the first tasks. A fault of `prepare` comes again in the first task
        # that needs what it prepares. SIGTERM simply ends it: there is nothing to clean up, and a
        # compiled module that an exception meets while it loads writes to the terminal.
        with signals_held_back():
            for _ in range(processes):
                pool.submit(self._prepare)
        return pool


def _context() -> BaseContext:
    # A forked process starts at once with all that is imported; but a fork copies locks that other
    # threads hold (https://docs.python.org/3/library/os.html#os.fork), and macOS's own libraries
    # do not survive it.
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _begin(folder: str) -> None:
    """Prepare a worker: its temporary files, its signals, and its end with the parent's."""
    tempfile.tempdir = folder
    # For the programs that it starts: ctypes asks the C compiler where a library lies.
    os.environ["TMPDIR"] = folder
    prepare_worker()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        terminate_this_process()
        # What the main thread is in may not let itself be interrupted.
        time.sleep(5)
        os._exit(143)


def _run(function: Callable[..., T], *arguments: object) -> T:
    with worker_task():
        return function(*arguments)


def _task(held: Path, task: Callable[[], T]) -> Callable[[], T]:
    """What a worker runs; a file holds the task, because a pipe holds only 64 kB.

    Where a worker dies while more is written to it, Python 3.11.2 waits for ever
    (https://github.com/python/cpython/issues/94777).
    """
    try:
        held.write_bytes(pickle.dumps(task))
    except OSError:  # no room: a pipe takes it nearly always
        return task
    return functools.partial(_run_held, held)


def _run_held(held: Path) -> Any:
    return pickle.loads(held.read_bytes())()  # noqa: S301 - written by `_task`


def _end_children(seconds: float = 1.4) -> None:
    """End what is under way: by SIGTERM, so that a worker ends its own programs, else by force."""
    children = multiprocessing.active_children()
    for child in children:
        child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        child.join(max(0.0, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()

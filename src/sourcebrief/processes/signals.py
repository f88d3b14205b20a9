"""SIGINT and SIGTERM, time limits and the ending of processes: the one module that names a signal.

A command or a worker that is told to end leaves by way of its `finally` clauses, which end the
programs that it has started and remove its temporary files.
"""

from __future__ import annotations

import _thread
import atexit
import faulthandler
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Final, NoReturn

CLEANING_UP: Final = 1.6
"""Seconds that cleaning up after a signal may take."""
GRACE: Final = 5.0
"""Seconds from a time limit until a process that cannot be interrupted is ended."""
_BOTH: Final = (signal.SIGINT, signal.SIGTERM)


class Terminated(BaseException):
    """SIGTERM came: everything under way cleans up after itself, as on KeyboardInterrupt."""


class TimeLimitExceeded(BaseException):
    """The time limit has passed. No engine can mistake this for an error of its own."""


def exit_at_once_on_signals() -> None:
    """End without cleaning up: before and after a command, nothing is under way."""
    for number in _BOTH:
        signal.signal(number, _exit)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(128 + number)  # the exit code by which shells name a signal


def raise_on_signals() -> None:
    """Raise KeyboardInterrupt on SIGINT and Terminated on SIGTERM from here on."""
    sys.unraisablehook = _send_dropped_signal_again
    if sys.platform != "win32":
        # Python's last step takes the handlers away, and the timer's signal would end the process
        # with another code. What is registered first is done last.
        atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
    for number in _BOTH:
        signal.signal(number, _raise)


def terminate_on_hangup() -> None:
    """Take the end of the terminal for SIGTERM."""
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, lambda *_: terminate_this_process())


def ignore_signals() -> None:
    """Ignore SIGINT and SIGTERM, while the interpreter cleans up after itself."""
    for number in _BOTH:
        signal.signal(number, signal.SIG_IGN)


def _raise(number: int, _frame: FrameType | None) -> NoReturn:
    if number == signal.SIGTERM:
        # A second one must not interrupt the cleaning up.
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        # End even where cleaning up does not: a lock whose taker was interrupted stays taken.
        # Workers then end by themselves, and the next run removes the temporary files.
        signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))
        signal.setitimer(signal.ITIMER_REAL, CLEANING_UP)
    raise KeyboardInterrupt if number == signal.SIGINT else Terminated


def raise_terminated_again() -> None:
    """Raise Terminated if SIGTERM came and another package made KeyboardInterrupt of it."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_IGN:
        raise Terminated


def _send_dropped_signal_again(dropped: sys.UnraisableHookArgs) -> None:
    """Repeat a signal that came where Python drops every exception: a finalizer, a callback."""
    if dropped.exc_type is KeyboardInterrupt:
        number = signal.SIGINT
    elif dropped.exc_type is Terminated:
        number = signal.SIGTERM
        signal.signal(number, _raise)
    else:
        sys.__unraisablehook__(dropped)
        return
    # A timer sends it, because this function too runs where exceptions are dropped.
    if sys.platform == "win32":
        again = threading.Timer(0.05, _thread.interrupt_main, (number,))
    else:
        # A real signal also ends a wait in the system.
        again = threading.Timer(0.05, os.kill, (os.getpid(), number))
    again.daemon = True
    again.start()


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Hold SIGINT and SIGTERM back: a process that has just begun cannot answer them yet."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _BOTH)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare_worker() -> None:
    """Let the parent decide what Ctrl-C means, which the terminal sends to every process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Between two tasks there is nothing to clean up.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.unraisablehook = _send_dropped_signal_again
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _BOTH)


@contextmanager
def worker_task() -> Iterator[None]:
    """Let SIGTERM end the worker by way of the block's `finally` clauses."""
    signal.signal(signal.SIGTERM, _raise)
    try:
        yield
    except Terminated:
        # A pool would report it as the task's end and wait for the next task.
        os._exit(128 + signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def terminate_this_process() -> None:
    """Send SIGTERM to this process, from any of its threads."""
    os.kill(os.getpid(), signal.SIGTERM)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, and all that it has started where it leads a group of its own."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass  # it ended by itself, with all that it had started


def used_up_its_time(returncode: int) -> bool:
    """Whether the system ended a process because it took more processor time than allowed."""
    return returncode == -getattr(signal, "SIGXCPU", 0)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in the block after so many seconds; a little later, end the process.

    The second is for an engine that hangs in compiled code and cannot be interrupted.
    """
    # Signals are for the main thread, which a worker of a cluster may not be, and not for Windows.
    main = threading.current_thread() is threading.main_thread()
    with open(os.devnull, "w") as nowhere, ExitStack() as after:  # noqa: PTH123 - a device
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        after.callback(faulthandler.cancel_dump_traceback_later)
        if main and sys.platform != "win32":
            before = signal.signal(signal.SIGALRM, _raise_time_limit)
            after.callback(signal.signal, signal.SIGALRM, before)
            after.callback(signal.setitimer, signal.ITIMER_REAL, 0)
            signal.setitimer(signal.ITIMER_REAL, seconds)
        yield


def _raise_time_limit(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TimeLimitExceeded

"""Verifying a file that anybody may have made, in a process of its own with limits.

A PDF or a zip of a few kilobytes can ask for gigabytes or never end. The process that reads one has
a limit of time and, where the system offers it, of memory; what it finds comes back as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sourcebrief.processes.limits import (
    MEMORY_LIMIT,
    TIME_LIMIT,
    OverLimit,
    limit_memory,
    run_limited,
)
from sourcebrief.verification.verify import Verdict, verify
from sourcebrief.workspace.read_files import Inputs

MOST_PROBLEMS: Final = 200


def verify_file(
    path: Path,
    *,
    seeds: Path | None = None,
    expect: str | None = None,
    evidence: Path | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Verdict:
    """Verify a file under limits; a file that breaks one does not verify, and the verdict says so.

    Raises RuntimeError with the traceback of the other process where this program is at fault.
    """
    request = {
        "path": str(path.absolute()),
        "seeds": str(seeds.absolute()) if seeds else None,
        "expect": expect,
        "evidence": str(evidence.absolute()) if evidence else None,
        "memory": memory_limit,
    }
    try:
        found = run_limited(__name__, json.dumps(request).encode(), time_limit=time_limit)
    except OverLimit as over:
        if over.time:
            return _foreign(f"reading it took more than {time_limit:.0f} s")
        return _foreign("reading it takes more memory than a brief can need, or ends the reader")
    answer: dict[str, Any] = json.loads(found)
    return Verdict(
        **{**answer, "problems": tuple(answer["problems"]), "unchecked": tuple(answer["unchecked"])}
    )


def _foreign(reason: str) -> Verdict:
    return Verdict((reason,), unreadable=True)


def _answer(request: dict[str, Any]) -> Verdict:
    limit_memory(request["memory"])
    files = Inputs(Path.cwd())
    folder = request["seeds"]

    def seed(name: str) -> bytes | None:
        # A manifest may name any file: only one that lies in the folder is read.
        at = Path(folder) / name
        if not at.resolve().is_relative_to(Path(folder).resolve()):
            return None
        try:
            return files.read(str(at))
        except (OSError, ValueError):
            return None

    try:
        data = files.read(request["path"])
        given = files.read(request["evidence"]) if request["evidence"] else None
    except OSError as error:
        return _foreign(f"it cannot be read: {(error.strerror or str(error)).lower()}")
    try:
        verdict = verify(
            data, seeds=seed if folder else None, expect=request["expect"], evidence=given
        )
    except MemoryError:
        return _foreign("reading it takes more memory than a brief can need")
    return verdict.shortened(MOST_PROBLEMS)


def _main() -> None:
    """Answer the request on standard input: the other process of `verify_file`."""
    verdict = _answer(json.load(sys.stdin))
    sys.stdout.write(json.dumps(asdict(verdict)))


if __name__ == "__main__":
    _main()

"""Verify a file that anyone may have made, in a process of its own with limits.

A PDF or a zip of a few kilobytes can ask for gigabytes of memory, or never end.
"""

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
_TOO_MUCH_MEMORY: Final = "reading it takes more memory than a brief can need"


def verify_file(
    path: Path,
    *,
    seeds: Path | None = None,
    expect: str | None = None,
    evidence: Path | None = None,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Verdict:
    """Verify a file under limits of time (seconds) and memory (bytes).

    A file that breaks a limit does not verify, and the verdict says why. Raises RuntimeError with
    the traceback of the other process where this program is at fault.
    """
    files = {"file": path, "seeds": seeds, "evidence": evidence}
    request: dict[str, Any] = {key: file and str(file.absolute()) for key, file in files.items()}
    request |= {"expect": expect, "memory": memory_limit}
    try:
        found = run_limited(__name__, json.dumps(request).encode(), time_limit=time_limit)
    except OverLimit as over:
        reason = f"reading it took more than {time_limit:.0f} s" if over.time else _TOO_MUCH_MEMORY
        return Verdict((reason,), unreadable=True)
    answer: dict[str, Any] = json.loads(found)
    answer |= {key: tuple(answer[key]) for key in ("problems", "unchecked")}
    return Verdict(**answer)


def _answer(request: dict[str, Any]) -> Verdict:
    limit_memory(request["memory"])
    files = Inputs(Path.cwd())
    folder = Path(request["seeds"] or "").resolve()

    def seed(name: str) -> bytes | None:
        # A manifest may name any file, but only a file in the folder is read.
        path = folder / name
        try:
            return files.read(str(path)) if path.resolve().is_relative_to(folder) else None
        except (OSError, ValueError):
            return None

    try:
        return verify(
            files.read(request["file"]),
            seeds=seed if request["seeds"] else None,
            expect=request["expect"],
            evidence=files.read(request["evidence"]) if request["evidence"] else None,
        )
    except OSError as error:
        reason = f"it cannot be read: {(error.strerror or str(error)).lower()}"
    except MemoryError:
        reason = _TOO_MUCH_MEMORY
    return Verdict((reason,), unreadable=True)


if __name__ == "__main__":
    verdict = _answer(json.load(sys.stdin)).shortened(MOST_PROBLEMS)
    sys.stdout.write(json.dumps(asdict(verdict)))

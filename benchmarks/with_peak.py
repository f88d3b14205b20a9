"""`python with_peak.py NOTE SCRIPT ARGS` is `python SCRIPT ARGS`; NOTE gets its peak memory, bytes.

The file is written as the process ends: only the process knows its own peak without its children's.
"""

from __future__ import annotations

import atexit
import re
import resource
import runpy
import sys
from pathlib import Path


def _peak() -> int:
    try:
        # The high-water mark of this program's memory: without what forked it, unlike ru_maxrss.
        kilobytes = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
        assert kilobytes
        return int(kilobytes[1]) * 1024
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    note, script = Path(sys.argv[1]), sys.argv[2]
    atexit.register(lambda: note.write_text(str(_peak())))
    sys.argv = sys.argv[2:]
    sys.path[0] = str(Path(script).resolve().parent)
    runpy.run_path(script, run_name="__main__")


main()

"""`python build.py ARGS` is `sourcebrief ARGS`, in any environment that has the dependencies."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from sourcebrief.__main__ import main

if __name__ == "__main__":
    main()

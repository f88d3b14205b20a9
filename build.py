"""`python build.py ARGS` is `sourcebrief ARGS`, in any environment that has the dependencies."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

try:
    from sourcebrief.cli import main
except ModuleNotFoundError as error:
    sys.exit(f"build.py: error: {error.name!r} is missing; run: python -m pip install .")

if __name__ == "__main__":
    main()

"""Measure ours and the references side by side: `python benchmarks/run.py [--size small|full]`.

Everything runs as a whole process, in turn, on inputs that the command makes in a folder of its
own and deletes. Exit status 1 where a run fails or, with `--slack N`, where a figure is more than N
times its target.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import rows, table
from benchmarks.processes import ROOT, Failed

PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    """Measure the chosen rows and print them as a table."""
    chosen = _arguments()
    size = rows.FULL if chosen.size == "full" else rows.SMALL
    if chosen.repeat:
        size = replace(size, repeat=chosen.repeat)
    lines: list[table.Line] = []
    failures = []
    began = time.perf_counter()
    for name in chosen.rows:
        print(f"{name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="sourcebrief-benchmark-") as folder:
            try:
                for line in rows.ROWS[name](Path(folder), size):
                    lines.append(line)
                    print("  " + "  ".join(line.cells), file=sys.stderr, flush=True)
            except Failed as failure:
                failures.append(f"{name}: {failure}")
                print(f"  {failure}", file=sys.stderr)
    today = time.strftime("%d %B %Y", time.gmtime())
    said = f"Size {chosen.size}, medians of {size.repeat}, {today}: {table.machine()}."
    print(f"{table.plain(lines)}\n\n{said}\n{time.perf_counter() - began:.0f} s in all.")
    if chosen.write:
        table.into(PAGE, lines, said)
    if chosen.slack:
        failures += [
            f"{line.work}: {line.value:.2f} {line.unit}, target {line.target:g}"
            for line in lines
            if not line.met(chosen.slack)
        ]
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", choices=("small", "full"), default="full")
    parser.add_argument(
        "--rows",
        type=lambda text: text.split(","),
        default=list(rows.ROWS),
        metavar=",".join(rows.ROWS),
        help="only these",
    )
    parser.add_argument("--repeat", type=int, metavar="N", help="runs of each; default by size")
    parser.add_argument(
        "--slack", type=float, metavar="N", help="fail where a figure is over N times its target"
    )
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}"
    )
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.rows if name not in rows.ROWS]:
        parser.error(f"no row {unknown[0]!r}; there are {', '.join(rows.ROWS)}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())

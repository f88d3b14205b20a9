"""Fuzz the readers: `python tests/fuzz/run.py [TARGET...] [--runs N]`.

Each target runs in a process of its own until it has seen N inputs, or until one of them crashes
it, breaks a property or takes a second of processor time; that input is then kept and named.
Needs the extra `fuzz`: atheris drives, coverage of the code leads it to new inputs.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from samples import write_samples

HERE: Final = Path(__file__).resolve().parent
RUNS: Final = 100_000
TARGETS: Final = ("yaml", "edtf", "quotations", "markup", "verify")
LONGEST: Final = {"yaml": 4096, "edtf": 80, "quotations": 800, "markup": 600, "verify": 120_000}
"""Bytes of an input."""
HANG: Final = 60
"""Seconds of the clock after which an input that never ends is given up."""


def main() -> int:
    """Fuzz the targets that were named, all by default; 1 where any was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N")
    parser.add_argument("--found", type=Path, metavar="DIR", help="where broken inputs are kept")
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        sys.exit("run.py: error: atheris is missing; run: pip install '.[fuzz]'")
    found = given.found or Path(tempfile.mkdtemp(prefix="sourcebrief-fuzz-"))
    found.mkdir(parents=True, exist_ok=True)
    broken = [name for name in given.targets or TARGETS if not fuzz(name, given.runs, found)]
    if broken:
        print(f"not held: {', '.join(broken)}; inputs that break one lie in {found}")
    return 1 if broken else 0


def fuzz(name: str, runs: int, found: Path) -> bool:
    """Run one target; whether it held."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sourcebrief-fuzz-corpus-") as around:
        command = [
            *(sys.executable, str(HERE / "targets.py"), name),
            *(f"-runs={runs}", f"-max_len={LONGEST[name]}", f"-timeout={HANG}"),
            *("-rss_limit_mb=4096", "-verbosity=0", "-print_final_stats=1"),
            f"-artifact_prefix={found}/{name}-",
        ]
        words = HERE / "corpus" / f"{name}.dict"
        if words.is_file():
            command.append(f"-dict={words}")
        samples = HERE / "corpus" / name
        if name == "verify":
            samples = Path(around) / "samples"
            write_samples(samples)
        # libFuzzer adds what it finds interesting to the first folder; the other is only read.
        grown = Path(around) / "grown"
        grown.mkdir()
        ended = subprocess.run(
            [*command, str(grown), str(samples)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="backslashreplace",
            check=False,
        )
    seconds = time.monotonic() - began
    done = re.search(r"number_of_executed_units: (\d+)", ended.stdout)
    count = int(done[1]) if done else 0
    held = ended.returncode == 0 and count >= runs
    # libFuzzer ends in order when it is sent SIGUSR1.
    came_to = "held" if held else "stopped before the end" if ended.returncode == 0 else "BROKEN"
    print(f"{name}: {count:,} runs, {seconds:.0f} s: {came_to}", flush=True)
    if ended.returncode:
        print(ended.stdout[-6000:], flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())

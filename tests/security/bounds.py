"""What hostile and large YAML costs: each file in a process of its own, with limits.

    python tests/security/bounds.py          all of them, as a table
    python tests/security/bounds.py NAME     one, in this process

Fails where a file takes more than the limits below, or comes to anything but a value or problems
that name its line.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 60.0
"""On a machine that does nothing else, most take a hundredth of it."""
MEMORY = 1536 * 1024 * 1024
"""Bytes of address space."""
MILLION = 1_000_000


def nested(text: str, levels: int = 10_000) -> bytes:
    return (text * levels).encode()


def alias_bomb() -> bytes:
    first = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    others = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    return "".join((first, *others)).encode()


def quadratic_aliases() -> bytes:
    return b"a: &a [" + b"x, " * 50_000 + b"]\nb: [" + b"*a, " * 50_000 + b"]"


def events(count: int) -> bytes:
    return b"events:\n" + b"".join(
        b"  - id: event-%d\n    date: 2021-05-12\n    title: The ministries signed a pact\n"
        b"    actors: [ports, coast-office]\n    summary: They signed a pact. [@wire]\n"
        b"    evidence:\n      - seed: wire\n        quote: the pact was signed on 12 May\n" % n
        for n in range(count)
    )


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "aliases that multiply": (alias_bomb, "aliases multiply"),
    "aliases of a long list": (quadratic_aliases, "aliases multiply"),
    "an alias to what holds it": (lambda: b"a: &a [*a]", "never ends"),
    "half a million aliases": (lambda: b"a: &a x\nb: [" + b"*a, " * 500_000 + b"]", ""),
    "lists 10,000 deep": (lambda: nested("["), "levels deep"),
    "mappings 10,000 deep": (lambda: nested("{a: "), "levels deep"),
    "dashes 10,000 deep": (lambda: nested("- "), "levels deep"),
    "keys 10,000 deep": (lambda: nested("? "), "levels deep"),
    "blocks 2,000 deep": (
        lambda: b"".join(b" " * n + b"a:\n" for n in range(2000)),
        "levels deep",
    ),
    "a tag that would run": (lambda: b"!!python/object/apply:os.system [id]", "is not read"),
    "a tag that would import": (lambda: b"a: !!python/name:os.system", "is not read"),
    "a hundred thousand tags": (lambda: b"- !x y\n" * 100_000, "no more was read after"),
    "merge keys": (lambda: b"a: &a {b: c}\nd: {<<: *a}", "merge keys"),
    "one key, 200,000 times": (lambda: b"k: 1\n" * 200_000, "stands twice"),
    "40,000 keys, each twice": (
        lambda: b"".join(b"k%d: 1\n" % n for n in range(40_000)) * 2,
        "stands twice",
    ),
    "lists as keys": (lambda: b"? [a, b]\n: c\n" * 20_000, "a key is a word"),
    "two documents": (lambda: b"---\na: b\n---\nc: d\n", "a second document"),
    "a list that never ends": (lambda: b"a: [" + b"xy, " * 100_000, "not YAML"),
    "UTF-16": (lambda: "title: x".encode("utf-16"), "not UTF-8"),
    "UTF-32": (lambda: "title: x".encode("utf-32"), "not UTF-8"),
    "Latin-1": (lambda: "title: señal".encode("latin-1"), "not UTF-8"),
    "a byte order mark": (lambda: b"\xef\xbb\xbftitle: x", ""),
    "a byte order mark within": (lambda: b"a: b\n\xef\xbb\xbfc: d", "not YAML"),
    "tabs": (lambda: b"a:\n\tb: c", "indent with spaces"),
    "NUL": (lambda: b"a: b\0c", "U+0000"),
    "64 MiB and a byte": (lambda: b"#" * (64 * 1024 * 1024 + 1), "larger than 64 MiB"),
}
LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "10 MB of events": (lambda: events(42_000), ""),
    "a scalar of 50 MB": (lambda: b"a: " + b"x" * 50 * MILLION, ""),
    "escapes, 50 MB": (lambda: b'a: "' + b"\\x41" * (50 * MILLION // 4) + b'"', ""),
    "comments, 50 MB": (lambda: b"# x\n" * (50 * MILLION // 4) + b"a: b", ""),
    "values, 50 MB": (lambda: b"a: [" + b"xy," * (50 * MILLION // 3) + b"]", "more than 2,000,000"),
    "keys, 50 MB": (
        lambda: b"".join(b"k%d: 1\n" % n for n in range(4 * MILLION)),
        "more than 2,000,000",
    ),
    "lists, 50 MB": (lambda: b"- [xy]\n" * (50 * MILLION // 7), "more than 2,000,000"),
    "a fault at the end of 50 MB": (lambda: b"a: b\n" * (10 * MILLION) + b"\x01", "U+0001"),
}


def come_to(data: bytes) -> tuple[str, str]:
    """`value`, or the place of the last problem; and what the problems say."""
    from sourcebrief.errors import InvalidInput
    from sourcebrief.workspace.yaml_places import load

    try:
        load(data, "events.yaml")
    except InvalidInput as error:
        words = "\n".join(problem.message for problem in error.problems)
        return str(error.problems[-1].place), words
    return "value", ""


def _one(name: str) -> None:
    import resource

    make, _ = (FILES | LARGE)[name]
    data = make()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    began = time.perf_counter()
    what, words = come_to(data)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([what, words, seconds, peak, len(data)]))


def main() -> int:
    print(f"{'file':<30} {'MB':>6} {'seconds':>8} {'MiB':>6}  came to")
    for name, (_, expected) in (FILES | LARGE).items():
        ran = subprocess.run(
            [sys.executable, __file__, name], capture_output=True, text=True, timeout=SECONDS
        )
        if ran.returncode:
            print(f"{name}: {ran.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return 1
        what, words, seconds, peak, size = json.loads(ran.stdout)
        if expected not in words or (what == "value") == bool(expected):
            print(f"{name}: {what}: {words[:300]}", file=sys.stderr)
            return 1
        said = "a value" if what == "value" else f"{what}: {words.splitlines()[-1][:48]}"
        print(f"{name:<30} {size / MILLION:6.1f} {seconds:8.2f} {peak:6}  {said}")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
    if len(sys.argv) > 1:
        _one(sys.argv[1])
    else:
        sys.exit(main())

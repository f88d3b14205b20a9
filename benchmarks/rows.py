"""The rows of the table: each makes its inputs, runs what it compares in turn, gives its lines."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import desk as desks
from benchmarks import inputs
from benchmarks.cluster import dask
from benchmarks.inputs import ECUADOR
from benchmarks.processes import (
    HERE,
    ROOT,
    Failed,
    Run,
    Sample,
    environment,
    in_turn,
    ours,
    run_python,
)
from benchmarks.references import has_typst, page
from benchmarks.table import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

STATE = ".sourcebrief"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    repeat: int
    briefings: int
    few_events: int
    many_events: int
    most_events: int
    cluster_briefings: int
    check_events: int
    check_seeds: int
    miss_seeds: int
    misses: int
    find_seeds: int


FULL = Size(
    repeat=5,
    briefings=100,
    few_events=100,
    many_events=800,
    most_events=10_000,
    cluster_briefings=1_000,
    check_events=10_000,
    check_seeds=2_000,
    miss_seeds=2_000,
    misses=200,
    find_seeds=2_000,
)
SMALL = Size(
    repeat=1,
    briefings=3,
    few_events=10,
    many_events=20,
    most_events=40,
    cluster_briefings=4,
    check_events=2_000,
    check_seeds=400,
    miss_seeds=60,
    misses=6,
    find_seeds=200,
)


def _forget(workspace: Path) -> None:
    """Delete all that earlier builds wrote and remember: the next build is a cold one."""
    shutil.rmtree(workspace / STATE, ignore_errors=True)
    for path in (workspace / "briefings").glob("*/*"):
        if path.name.endswith((".pdf", ".docx", ".html", ".evidence.json")):
            path.unlink()


def _cold(workspace: Path, *arguments: str) -> Run:
    _forget(workspace)
    return ours(["build", *arguments], workspace)


def _against(ours_: Sample, other: Sample, name: str) -> str:
    return f"{ours_.seconds:.2f} s, {name} {other.seconds:.2f} s"


def cold(folder: Path, size: Size) -> Iterator[Line]:
    """A cold build against floor and shell; its memory; a build when nothing changed."""
    workspace = inputs.ecuador(folder / "workspace")
    reference = page(workspace, ECUADOR, folder / "page")
    found = in_turn(
        size.repeat,
        cold=lambda: _cold(workspace),
        unchanged=lambda: ours(["build", "--verbose"], workspace),
        floor=reference.floor,
        shell=reference.shell,
    )
    if "built" not in found["cold"].runs[0].output:
        raise Failed(f"nothing was built: {found['cold'].runs[0].output}")
    for run in found["unchanged"].runs:
        if "unchanged" not in run.output:
            raise Failed(f"an unchanged briefing was built again: {run.output}")
    ours_, floor, shell, unchanged = (
        found[name] for name in ("cold", "floor", "shell", "unchanged")
    )
    work = "cold build of the Ecuador briefing: all checks, PDF, DOCX, HTML"
    yield Line(work, _against(ours_, floor, "floor"), ours_.seconds / floor.seconds, 1.0)
    yield Line(work, _against(ours_, shell, "shell"), ours_.seconds / shell.seconds, 1.0)
    yield Line(
        "nothing changed",
        _against(unchanged, ours_, "cold"),
        unchanged.seconds / ours_.seconds,
        0.1,
    )
    yield Line(
        "peak memory of the process",
        f"{ours_.peak / 1e6:.0f} MB, floor {floor.peak / 1e6:.0f} MB",
        ours_.peak / floor.peak,
        1.25,
    )


def start(folder: Path, size: Size) -> Iterator[Line]:
    """Small checks: a cold one, one of which nothing has changed, and a page of the web."""
    workspace = inputs.ecuador(folder / "workspace")
    found = in_turn(
        2 * size.repeat + 1,
        started=lambda: run_python(HERE / "started.py", [workspace], workspace),
        cold=lambda: _cold_check(workspace),
        unchanged=lambda: ours(["check"], workspace),
        page=lambda: _cold(workspace, "--format", "html"),
    )
    started, cold, unchanged, page_ = found.values()
    _same_messages(*cold.runs, *unchanged.runs)
    work, floor = "check of the Ecuador briefing", "imports and loading"
    yield Line(f"{work}, cold", _against(cold, started, floor), cold.seconds / started.seconds, 1.3)
    yield Line(
        f"{work}, nothing changed since the last",
        f"{_against(unchanged, started, floor)}; the same messages",
        unchanged.seconds / started.seconds,
        0.5,
    )
    yield Line(
        "cold build of its HTML alone",
        _against(page_, cold, "check"),
        page_.seconds / cold.seconds,
        1.5,
    )


def _cold_check(workspace: Path) -> Run:
    _forget(workspace)
    return ours(["check"], workspace)


def _same_messages(first: Run, *others: Run) -> None:
    for other in others:
        if other.output != first.output:
            raise Failed(f"other messages: {first.output[-500:]} and {other.output[-500:]}")


def many(folder: Path, size: Size) -> Iterator[Line]:
    """Many briefings of the Ecuador kind on two cores; then one of them changed."""
    workspace = inputs.many(folder / "workspace", size.briefings)
    reference = page(workspace, inputs.name(2), folder / "page")
    shutil.rmtree(folder / "page" / inputs.name(2))
    count = size.briefings
    found = in_turn(1, many=lambda: _cold(workspace, "--jobs", "2"))
    rest = in_turn(
        size.repeat, shell=reference.shell, one=lambda: _one_cold(workspace, inputs.name(2))
    )
    shell, one = rest["shell"], rest["one"]
    yield Line(
        f"{count} briefings of the Ecuador kind on 2 cores",
        f"{found['many'].seconds:.1f} s, {count} x shell {count * shell.seconds:.1f} s",
        found["many"].seconds / (count * shell.seconds),
        0.2,
    )
    for what, change in _CHANGES.items():
        before = _outputs(workspace)
        change(workspace)
        took = ours(["build", "--jobs", "2"], workspace).seconds
        rewritten = {path for path, state in _outputs(workspace).items() if before[path] != state}
        expected = {path for path in before if path.startswith(f"briefings/{inputs.name(1)}/")}
        if rewritten != expected:
            raise Failed(f"{what}: rewritten were {sorted(rewritten)}, not {sorted(expected)}")
        yield Line(
            f"one of {count} changed: {what}",
            f"{took:.2f} s, cold build of one {one.seconds:.2f} s; exactly its outputs rewritten",
            took / one.seconds,
            1.0,
        )


def _one_cold(workspace: Path, name: str) -> Run:
    aside = workspace.parent / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    return ours(["build", name, "--force", "--output-dir", aside], workspace)


def _outputs(workspace: Path) -> Mapping[str, tuple[int, str]]:
    """Every output: when it was written, and its hash."""
    return {
        path.relative_to(workspace).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in (workspace / "briefings").glob("*/*")
        if path.name.endswith((".pdf", ".docx", ".html", ".evidence.json"))
    }


def _change_yaml(workspace: Path) -> None:
    brief = workspace / "briefings" / inputs.name(1) / "brief.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace(" (1)", " (changed)", 1), encoding="utf-8")


def _change_seed(workspace: Path) -> None:
    seed = workspace / "seeds" / inputs.OWN_SEED
    before = hashlib.sha256(seed.read_bytes()).hexdigest()
    with seed.open("a", encoding="utf-8") as file:
        file.write("\n\nA line that was added to the end.\n")
    after = hashlib.sha256(seed.read_bytes()).hexdigest()
    catalogue = workspace / "seeds" / "seeds.yaml"
    head, entry, tail = catalogue.read_text(encoding="utf-8").rpartition(before)
    if not entry:
        raise Failed("the catalogue does not pin the seed that is to change")
    catalogue.write_text(head + after + tail, encoding="utf-8")


def _change_style(workspace: Path) -> None:
    style = workspace / "briefings" / inputs.name(1) / inputs.OWN_STYLE
    text = style.read_text(encoding="utf-8")
    style.write_text(text.replace("</info>", "</info><!-- changed -->", 1), encoding="utf-8")


_CHANGES: Mapping[str, Callable[[Path], None]] = {
    "its YAML": _change_yaml,
    "a seed": _change_seed,
    "a template that one uses": _change_style,
}


def growth(folder: Path, size: Size) -> Iterator[Line]:
    """How the time for an event grows with the number of events in one briefing."""
    counts = (size.few_events, size.many_events)
    works: dict[str, Callable[[], Run]] = {}
    for events in counts:
        workspace = inputs.corpus(folder / str(events), events=events)
        name = next((workspace / "briefings").iterdir()).name
        reference = page(workspace, name, folder / f"page-{events}")
        works[f"ours{events}"] = lambda workspace=workspace: _cold(workspace)  # type: ignore[misc]
        works[f"floor{events}"] = reference.floor
        if has_typst():
            works[f"typst{events}"] = reference.typst
    found = in_turn(max(1, size.repeat // 2), **works)

    def each(name: str, events: int) -> float:
        return found[f"{name}{events}"].seconds / events

    few, much = counts
    grown = {
        name: each(name, much) / each(name, few)
        for name in ("ours", "floor", "typst")
        if f"{name}{few}" in found
    }
    told = ", ".join(
        f"{name} {1000 * each(name, few):.0f} to {1000 * each(name, much):.0f} ms"
        f" ({grown[name]:.2f} x)"
        for name in ("ours", "floor")
    )
    work = f"time per event, {much} events in one briefing against {few}"
    yield Line(work, told, grown["ours"] / grown["floor"], 0.7)
    ours_, floor = found[f"ours{much}"], found[f"floor{much}"]
    yield Line(
        f"build of {much} events in one briefing",
        _against(ours_, floor, "floor"),
        ours_.seconds / floor.seconds,
    )
    yield Line(
        f"peak memory with {much} events",
        f"{ours_.peak / 1e6:.0f} MB, floor {floor.peak / 1e6:.0f} MB",
        ours_.peak / floor.peak,
        0.8,
    )
    if "typst" in grown:
        typst = found[f"typst{much}"]
        yield Line(
            f"floor on {much} events, against Typst on their table",
            f"{floor.seconds:.2f} s, typst {typst.seconds:.2f} s"
            f" (grows {grown['typst']:.2f} x an event)",
            floor.seconds / typst.seconds,
        )


def most(folder: Path, size: Size) -> Iterator[Line]:
    """One briefing of very many events, against one of many: once, since it takes so long."""
    works: dict[str, Callable[[], Run]] = {}
    counts = (size.many_events, size.most_events)
    for events in counts:
        workspace = inputs.corpus(folder / str(events), events=events, seeds=max(20, events // 5))
        works[str(events)] = lambda workspace=workspace: _cold(workspace)  # type: ignore[misc]
    few, much = in_turn(1, **works).values()
    yield Line(
        f"build of {size.most_events:,} events in one briefing, PDF, DOCX, HTML",
        f"{much.seconds:.0f} s, {size.many_events} events {few.seconds:.0f} s;"
        f" largest process {much.peak / 1e9:.1f} GB",
        much.seconds / few.seconds,
        size.most_events / size.many_events,
    )


def cluster(folder: Path, size: Size) -> Iterator[Line]:
    """Many briefings on a Dask cluster of this machine, against the processes of `--jobs`."""
    count = size.cluster_briefings
    workspace = inputs.many(folder / "workspace", count)
    jobs = _cold(workspace, "--jobs", "2").seconds
    work = f"{count:,} briefings of the Ecuador kind on a Dask cluster"
    for workers in (2, 4):
        with dask(folder / str(workers), workers) as (address, share):
            took = _cold(workspace, "--cluster", address).seconds
            part = share()
        yield Line(
            f"{work}, {workers} workers",
            f"{took:.1f} s, {count / took:.2f} a second; --jobs 2 {jobs:.1f} s",
            took / jobs,
            1.1,
        )
        yield Line(
            f"the scheduler's share, {workers} workers",
            "of the processor time of scheduler and workers",
            100 * part,
            5.0,
            "%",
        )


def check(folder: Path, size: Size) -> Iterator[Line]:
    """`check` of many events against reading the seeds and loading the YAML."""
    workspace = inputs.corpus(
        folder / "sound", events=size.check_events, seeds=size.check_seeds, quotations_per_event=2
    )
    numbers = itertools.count()
    found = in_turn(
        max(1, size.repeat // 2),
        cold=lambda: _cold_check(workspace),
        unchanged=lambda: ours(["check"], workspace),
        changed=lambda: _changed_check(workspace, next(numbers)),
        read=lambda: run_python(HERE / "read_only.py", [workspace], workspace),
    )
    cold, read = found["cold"], found["read"]
    _same_messages(found["changed"].runs[-1], _cold_check(workspace))
    work = (
        f"check of {size.check_events:,} events, {2 * size.check_events:,} quotations,"
        f" {size.check_seeds:,} seeds"
    )
    yield Line(work, _against(cold, read, "reading and loading"), cold.seconds / read.seconds, 1.3)
    for what, target in (("unchanged", None), ("changed", 0.2)):
        yield Line(
            f"the same, {'one event' if target else 'nothing'} changed; the same messages",
            _against(found[what], cold, "cold"),
            found[what].seconds / cold.seconds,
            target,
        )


def _changed_check(workspace: Path, number: int) -> Run:
    """Give an event in the middle another summary, for which no evidence speaks; check again."""
    events = next((workspace / "briefings").glob("*/events.yaml"))
    text = events.read_text(encoding="utf-8")
    at = text.index(" the ", text.index("summary:", len(text) // 2))
    events.write_text(f"{text[:at]} the {777 + number} {text[at + 5 :]}", encoding="utf-8")
    return ours(["check"], workspace)


def misses(folder: Path, size: Size) -> Iterator[Line]:
    """What a quotation that is nowhere costs, beyond the check of sound ones."""
    works = {}
    for count in (0, 1, size.misses):
        workspace = inputs.corpus(
            folder / str(count), events=max(200, size.misses), seeds=size.miss_seeds, misses=count
        )
        works[f"with{count}"] = lambda workspace=workspace, count=count: ours(  # type: ignore[misc]
            ["check"], workspace, expect=(1,) if count else (0,)
        )
    found = in_turn(max(1, size.repeat // 2), **works)
    sound = found["with0"].seconds
    for count, target in ((1, 1.0), (size.misses, 10.0)):
        took = found[f"with{count}"].seconds
        many_ = "a quotation that misses" if count == 1 else f"{count} that miss"
        yield Line(
            f"{many_} among {size.miss_seeds:,} seeds",
            f"check {took:.2f} s, without {sound:.2f} s",
            max(0.0, took - sound),
            target,
            "s",
        )


def find(folder: Path, size: Size) -> Iterator[Line]:
    """`find` over many documents, as a command and at the desk; and the first time."""
    workspace = inputs.corpus(
        folder / "workspace", events=200, seeds=size.find_seeds, seed_bytes=12_000
    )
    words = ("agreement", "customs", "inspection", "delegation")
    first = in_turn(1, first=lambda: ours(["find", *words], workspace))["first"]
    found = in_turn(
        size.repeat,
        ours=lambda: ours(["find", *words], workspace),
        read=lambda: run_python(HERE / "read_only.py", [workspace], workspace),
    )
    after, read = found["ours"], found["read"]
    if {run.output for run in (*first.runs, *after.runs)} != {first.runs[0].output}:
        raise Failed("find said something else with its index than without")
    yield Line(
        f"find over {size.find_seeds:,} documents of 12 kB",
        f"{_against(after, read, 'reading and loading')}; the first time {first.seconds:.2f} s",
        after.seconds,
        0.25,
        "s",
    )
    took = desks.searches(workspace, words, 4 * size.repeat)
    yield Line(
        f"the same in serve, {size.find_seeds:,} documents",
        f"slowest of {len(took)} {max(took):.2f} s",
        statistics.median(took),
        0.1,
        "s",
    )


def watch(folder: Path, size: Size) -> Iterator[Line]:
    """`build --watch`: the Ecuador PDF again after a change, against a cold build."""
    workspace = inputs.ecuador(folder / "workspace")
    log = folder / "watch.log"
    pdf = workspace / "briefings" / ECUADOR / f"{ECUADOR}.pdf"
    brief = workspace / "briefings" / ECUADOR / "brief.yaml"
    text = brief.read_text(encoding="utf-8")
    with log.open("wb") as said:
        watching = subprocess.Popen(
            [sys.executable, ROOT / "build.py", "build", "--watch", "-C", workspace],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=dict(environment()),
        )
    again = inputs.ecuador(folder / "cold")
    numbers = itertools.count()

    def change() -> Run:
        _settle(pdf)
        before = pdf.stat().st_mtime_ns
        began = time.perf_counter()
        brief.write_text(inputs.retitled(text, f"({next(numbers)})"), encoding="utf-8")
        _wait(lambda: pdf.exists() and pdf.stat().st_mtime_ns != before, watching, log)
        return Run(time.perf_counter() - began, 0, "")

    try:
        _wait(lambda: pdf.exists(), watching, log)
        change()  # not counted: a process is warm after it
        found = in_turn(size.repeat, changed=change, cold=lambda: _cold(again))
    finally:
        watching.send_signal(signal.SIGINT)
        watching.wait(30)
    after, built = found["changed"], found["cold"]
    yield Line(
        "--watch: the Ecuador PDF again after a change",
        _against(after, built, "cold"),
        after.seconds / built.seconds,
        0.5,
    )


def _wait(come: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while not come():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Failed(f"--watch did not build: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.01)


def _settle(pdf: Path, quiet: float = 2.0) -> None:
    """Wait until all of a build has been written and the process watches again."""
    while time.time() - pdf.stat().st_mtime < quiet:
        time.sleep(0.1)


def desk(folder: Path, size: Size) -> Iterator[Line]:
    """`serve`: from a save to the new page."""
    yield from desks.desk(folder, many_events=size.many_events, repeat=4 * size.repeat)


ROWS: Mapping[str, Callable[[Path, Size], Iterator[Line]]] = {
    "cold": cold,
    "start": start,
    "many": many,
    "growth": growth,
    "most": most,
    "cluster": cluster,
    "check": check,
    "misses": misses,
    "find": find,
    "watch": watch,
    "desk": desk,
}

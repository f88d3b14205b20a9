"""Pins: a seed whose bytes differ from its SHA-256 is a problem that names the consequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.errors import Problem
from sourcebrief.evidence.quotations import Miss, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sourcebrief.evidence.passages import SeedText
    from sourcebrief.reading.briefing import Record
    from sourcebrief.reading.catalogue import Library


def check_pins(
    library: Library,
    seeds: Mapping[str, SeedText],
    sha256: Callable[[str], str],
    records: Iterable[Record],
    problems: list[Problem],
) -> None:
    """Report every seed that is not what was pinned, with what that does to the evidence."""
    records = tuple(records)
    for key in library.seeds:
        entry = library.entries[key]
        custom = entry.value.custom
        if custom.sha256 is None or sha256(f"seeds/{custom.file}") == custom.sha256:
            continue
        consequence = _consequence(key, seeds.get(key), records)
        message = (
            f"{custom.file} has changed since it was pinned: {consequence}; "
            f"restore it, or accept it with `sourcebrief pin {key}`"
        )
        problems.append(Problem(entry.place("custom", "sha256"), message))


def _consequence(key: str, seed: SeedText | None, records: tuple[Record, ...]) -> str:
    stand, lost = 0, dict[str, None]()
    counted: set[tuple[str, str]] = set()
    for record in records:
        for event_id, event in record.events.items():
            for item in event.value.evidence:
                if item.seed != key or (event_id, item.quote) in counted:
                    continue
                counted.add((event_id, item.quote))
                if seed is None or isinstance(locate(item.quote, seed, item.paragraph), Miss):
                    lost[event_id] = None
                else:
                    stand += 1
    if not counted:
        return "no quotation rests on it"
    if not lost:
        return f"all {stand} quotations from it still stand"
    return (
        f"{len(counted) - stand} of {len(counted)} quotations no longer stand ({', '.join(lost)})"
    )

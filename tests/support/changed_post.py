"""What became of the evidence when the seed `post-2021` of the harbour was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.build.changed_pins import drifts
from sourcebrief.build.checks import read_corpus
from sourcebrief.evidence.changed_seeds import Drift
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebrief.errors import Problem
    from sourcebrief.evidence.changed_seeds import SeedDrift

UNMOVED, MOVED, ALTERED, GONE = Drift
SIGNED, BINDS, BEGIN = "pact-signed", "pact-binds", "patrols-begin"
BRIEFINGS = ("coast", "ports")
PIN_LINE = ("seeds/seeds.yaml", 11)


def post_drift(root: Path) -> SeedDrift:
    (found,) = drifts(read_corpus(Inputs(root)), {"post-2021": "post.txt"})
    return found


def fates(found: SeedDrift) -> dict[str, Drift | None]:
    return {one.event: one.drift for one in found.quotations}


def at_pin(problems: list[Problem]) -> str:
    (problem,) = [p for p in problems if (p.place.path, p.place.line) == PIN_LINE]
    return problem.message

"""The vectors of docs/quotation-vectors.json, which another implementation could pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sourcebrief.evidence.passages import read_seed
from sourcebrief.evidence.quotations import LocatedQuotation, MissReason, locate

VECTORS = Path(__file__).resolve().parents[2] / "docs/quotation-vectors.json"
CASES = json.loads(VECTORS.read_text("utf-8"))["cases"]


def verdict(reason: MissReason) -> str:
    return reason.name.lower().replace("_", "-")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_vector_has_its_verdict(case: dict[str, Any]) -> None:
    seed = read_seed(case["seed"], case.get("ignore", ()), case["language"])
    found = locate(case["quotation"], seed, case.get("paragraph"))
    if case["verdict"] != "stands":
        assert not isinstance(found, LocatedQuotation)
        assert verdict(found.reason) == case["verdict"]
        return
    assert isinstance(found, LocatedQuotation), found
    assert [[piece.start, piece.end] for piece in found.pieces] == case["passages"]
    kinds = {"leaves out": "negation", "ends one sentence": "sentences"}
    turned = [next(kinds[k] for k in kinds if k in one) for one in found.turned]
    assert turned == case.get("warnings", [])


def test_every_verdict_has_a_vector_and_every_vector_a_reason() -> None:
    wanted = {verdict(reason) for reason in MissReason} - {"empty"} | {"stands"}
    assert {case["verdict"] for case in CASES} == wanted
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["why"] for case in CASES)

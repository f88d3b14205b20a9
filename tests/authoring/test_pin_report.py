"""What `pin` shows before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import harbour
from sourcebrief.authoring.pin_report import pin_report
from sourcebrief.authoring.pin_seeds import NewPin, consequences, pins_to_write
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


def test_each_quotation_is_shown_and_what_to_correct(tmp_path: Path) -> None:
    root = harbour.workspace(tmp_path)
    harbour.change(root, "legally", "illegally")
    inputs = Inputs(root)
    pins = pins_to_write(inputs, [])
    head, known, *lines = pin_report(pins, consequences(inputs, pins)).splitlines()
    assert head == f"post-2021: post.txt, {pins[0].before[:12]} → {pins[0].now[:12]}"
    assert known.startswith("  neither git nor an earlier edition holds the text")
    assert "  stands   pact-signed: “signed a pact on patrols on 3 May 2021”" in lines
    lost = lines.index("  lost     pact-binds: “would legally bind both sides”")
    assert lines[lost + 1].lstrip().startswith("no longer evidence: correct it at briefings/")


def test_an_original_is_not_searched() -> None:
    pin = NewPin("a", "a.pdf", ("references", 0, "custom", "original"), None, "b" * 64)
    first, second = pin_report([pin], {}).splitlines()
    assert first == f"a: the original a.pdf, pinned for the first time: {'b' * 12}"
    assert second.lstrip().startswith("quotations are not searched for in an original")

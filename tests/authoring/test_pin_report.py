"""What `pin` shows before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bilingual
import harbour
from repositories import commit, needs_git
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
    assert not any("no longer carries" in line for line in lines)


def test_an_original_is_not_searched() -> None:
    pin = NewPin("a", "a.pdf", ("references", 0, "custom", "original"), None, "b" * 64)
    first, second = pin_report([pin], {}).splitlines()
    assert first == f"a: the original a.pdf, pinned for the first time: {'b' * 12}"
    assert second.lstrip().startswith("quotations are not searched for in an original")


def report(root: Path) -> list[str]:
    inputs = Inputs(root)
    pins = pins_to_write(inputs, [])
    return pin_report(pins, consequences(inputs, pins)).splitlines()


@needs_git
def test_a_paragraph_that_a_statement_cites_is_followed(tmp_path: Path) -> None:
    root = harbour.workspace(tmp_path)
    commit(root)
    harbour.change(root, "Published on", "By our reporter\n\nPublished on")
    line_number = harbour.line_of(root, "briefings/ports/brief.yaml", "gaps:") + 1
    (line,) = (one for one in report(root) if "cites" in one)
    assert line == (
        "  gap 1 of ports cites ¶ 5, which is now ¶ 6: "
        f"read it again at briefings/ports/brief.yaml:{line_number}:5"
    )


def test_the_translation_of_words_that_changed_is_stale(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    again = "its translation is of the words as they were: translate it again"
    bilingual.edit(root, "seeds/acta.txt", "Acta de la reunión del", "Acta de la\nreunión del")
    assert not any(again in line for line in report(root))
    bilingual.edit(root, "seeds/acta.txt", "cinco mil", "seis mil")
    lines = report(root)
    (at,) = [number for number, line in enumerate(lines) if line.strip() == again]
    assert lines[at - 2].startswith("  lost     data: “acordaron compartir")


def test_an_official_translation_is_followed_in_its_own_document(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    bilingual.edit(root, "seeds/readout.txt", "will send", "may send")
    _, _, lost, correct = report(root)
    words = "“The Ministry will send 3,500 scanners”"
    assert lost == f"  lost     scanners, official translation: {words}"
    assert correct.strip() == "no longer proven: correct it at briefings/pact/events.yaml:23:29"

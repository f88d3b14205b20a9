"""Pins are written into the catalogue, and nothing else of it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import harbour
from sourcebrief.authoring.pin_seeds import NewPin, pins_to_write, with_pins, write_pins
from sourcebrief.errors import SourcebriefError, UsageError
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from pathlib import Path


OLD, NEW = "a" * 64, "b" * 64
ENTRY = "references:\n  - id: x\n    custom:\n"
PINS = {
    "plain": (f"      file: x.txt\n      sha256: {OLD}   # why\n", None),
    "in quotes": (f"      sha256: \"{OLD}\"\n      file: 'x.txt'\n", None),
    "not a hash": ("      file: x.txt\n      sha256: TODO\n", ("TODO", NEW)),
    "empty": ("      file: x.txt\n      sha256:\n", ("sha256:", f"sha256: {NEW}")),
    "null": ("      file: x.txt\n      sha256: ~ # yet\n", ("~", NEW)),
    "missing": (
        "      file: x.txt  # as received\n      embed: full\n",
        ("received\n", f"received\n      sha256: {NEW}\n"),
    ),
    "missing at the end": ("      file: x.txt", ("x.txt", f"x.txt\n      sha256: {NEW}")),
    "folded": (
        f"      file: x.txt\n      sha256: >-\n        {OLD}\n",
        (f">-\n        {OLD}", NEW),
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("body", "edit"), PINS.values(), ids=list(PINS))
def test_a_pin_is_written_and_nothing_else_is_touched(
    body: str, edit: tuple[str, str] | None, mark: str, newline: str
) -> None:
    written = f"{mark}# Ein Katalog – 目録\n{ENTRY}{body}"
    old, new = edit or (OLD, NEW)
    expected = written.replace(old, new, 1).replace("\n", newline)
    pin = NewPin("x", "x.txt", ("references", 0, "custom"), OLD, NEW)
    assert with_pins(written.replace("\n", newline).encode(), [pin]).decode() == expected


def test_flow_mappings_and_originals_are_pinned_too() -> None:
    written = (
        "references:\n"
        f"- {{id: x, custom: {{file: x.txt, original: {{sha256: {OLD}, file: x.pdf}}}}}} # x\n"
    )
    seed = NewPin("x", "x.txt", ("references", 0, "custom"), None, NEW)
    original = NewPin("x", "x.pdf", (*seed.path, "original"), OLD, "c" * 64)
    assert with_pins(written.encode(), [original, seed]).decode() == written.replace(
        "file: x.txt", f"file: x.txt, sha256: {NEW}"
    ).replace(OLD, "c" * 64)


def test_a_pin_that_others_share_is_left_alone() -> None:
    written = f"{ENTRY}      sha256: &pin {OLD}\n      file: x.txt\n  - {{id: y, title: *pin}}\n"
    pin = NewPin("x", "x.txt", ("references", 0, "custom"), OLD, NEW)
    with pytest.raises(SourcebriefError, match=f"write this: .*: sha256: {NEW}"):
        with_pins(written.encode(), [pin])


def test_only_what_differs_is_to_be_pinned(root: Path) -> None:
    assert pins_to_write(Inputs(root), []) == ()
    harbour.change(root, "Patrols", "The patrols")
    (pin,) = pins_to_write(Inputs(root), [])
    assert (pin.seed, pin.before) == ("post-2021", harbour.sha256(harbour.POST))
    assert pins_to_write(Inputs(root), ["ministry-2021"]) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("post-2012", "no seed 'post-2012' in seeds/seeds.yaml; did you mean 'post-2021'"),
        ("gazette-2021", "'gazette-2021' is a reference: it has no file to pin"),
    ],
)
def test_what_is_no_seed_cannot_be_pinned(root: Path, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace("?", r"\?")):
        pins_to_write(Inputs(root), [name])


def test_a_catalogue_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    harbour.change(root, "legally", "illegally")
    inputs = Inputs(root)
    pins = pins_to_write(inputs, [])
    harbour.change(root, "# The catalogue", "# My catalogue", "seeds/seeds.yaml")
    with pytest.raises(SourcebriefError, match="changed meanwhile"):
        write_pins(inputs, pins)

"""Passages as YAML to paste under `evidence:`, each with a comment that names its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sourcebrief.authoring.adding.yaml_entries import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourcebrief.authoring.find_passages import Hit

_INDENT: Final = " " * 6
"""The indentation of an event's evidence in the scaffolds."""


def passages_as_yaml(hits: Iterable[Hit], titles: Mapping[str, str]) -> str:
    """Write the passages in their order; `titles` gives the title of each seed."""
    return "\n".join(line for hit in hits for line in _lines(hit, titles[hit.seed]))


def _lines(hit: Hit, title: str) -> Iterator[str]:
    alike = "every word" if hit.every_word else f"{hit.likeness:.0f}% alike"
    yield f"{_INDENT}# {title}, {hit.locator}: {'exact' if hit.exact else alike}"
    yield f"{_INDENT}- seed: {hit.seed}"
    yield f"{_INDENT}  quote: {scalar(hit.quote)}"
    yield f"{_INDENT}  paragraph: {hit.paragraph}"

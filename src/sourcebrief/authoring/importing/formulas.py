"""Formulas of a page (MathML) as text on one line: 10^6, (a + b)/c, √x."""

from __future__ import annotations

from typing import Any, Final

_WRITTEN: Final = {
    "mfrac": ("", "/"),
    "msub": ("", "_"),
    "munder": ("", "_"),
    "msup": ("", "^"),
    "mover": ("", "^"),
    "msubsup": ("", "_", "^"),
    "munderover": ("", "_", "^"),
    "msqrt": ("√",),
    "mroot": ("√", " root "),
}
"""What stands before each part of an element, whose meaning is in the places of its parts."""
_UNSEEN: Final = ("annotation", "annotation-xml")


def on_one_line(formula: Any) -> str:
    """Return a formula as text; parts of several signs stand in brackets."""
    for unseen in list(formula.iter(*_UNSEEN)):
        unseen.drop_tree()
    # The innermost come last in the document, and are written first.
    for element in reversed(list(formula.iter(*_WRITTEN))):
        signs = _WRITTEN[element.tag]
        parts = [_words(part) for part in element]
        if len(signs) == 1:
            parts = ["".join(parts)] if parts else [_words(element)]
        if len(parts) == len(signs):
            element[:] = []
            element.text = "".join(
                sign + _as_one(part) for sign, part in zip(signs, parts, strict=True)
            )
    return _words(formula)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _as_one(part: str) -> str:
    return part if part.isalnum() or len(part) == 1 else f"({part})"

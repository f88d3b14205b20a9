"""What a drawing says to readers who do not see it."""

from typing import Any


def alternative_text(svg: Any) -> str:
    """Return an SVG element's title and description as sentences, else its ARIA label.

    `svg` is an element of lxml or of the standard library. SVG 2, 5.4 (title and desc).
    """
    parts = (svg.find(f"./{{*}}{name}") for name in ("title", "desc"))
    said = [
        " ".join("".join(map(str, part.itertext())).split()) for part in parts if part is not None
    ]
    said = [words for words in said if words] or [svg.get("aria-label") or ""]
    return " ".join(words if words[-1:] in ".!?" else f"{words}." for words in said).strip()

"""Which structure type (ISO 32000-1, 14.8.4) an HTML element becomes in a tagged PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROLES: Mapping[str, str] = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "summary": "P",
    "p": "P",
    "pre": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "q": "Quote",
    "code": "Code",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(
        ("div", "header", "footer", "nav", "aside", "figure", "address", "hgroup", "details"),
        "Div",
    ),
}
_SCOPES = {"row": "/Row", "col": "/Column", "colgroup": "/Column", "rowgroup": "/Column"}


def role_of(name: str) -> str | None:
    """Return the structure type of an element, or None where its content is its parent's."""
    return _ROLES.get(name)


def scope_of(header: Any) -> str:
    """Return the Scope of a `<th>`.

    PDF has no scopes of groups. The head of a row group stands over its columns, so it is the head
    of a column.
    """
    return _SCOPES.get(header.get("scope", ""), "/Column")


def list_numbering(name: str, style: object) -> str:
    """Return the ListNumbering of a `<ul>`, `<ol>` or `<dl>` with a `list-style-type`."""
    if name == "ul":
        return "/None" if style == "none" else "/Disc"
    return "/Decimal" if name == "ol" else "/None"

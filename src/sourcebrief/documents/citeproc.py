"""Word source lists with pandoc's citeproc, in any CSL 1.0.2 style (docs.citationstyles.org)."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any, Final

from lxml import html

from sourcebrief.documents import pandoc
from sourcebrief.documents.pandoc import PandocOverLimit
from sourcebrief.errors import EngineFault

_INLINE: Final = frozenset({"em", "i", "strong", "b", "sup", "sub", "span"})
_MARGIN: Final = "csl-left-margin"
"""The class of a style's column of numbers, which is left out."""
_UNBREAKABLE: Final = re.compile(r"[^-/?]{60,}")
"""A piece of an address that may be longer than a line and has no place to break it."""

# pandoc's csljson reader makes one string of "issued" whether it was date-parts or a literal, and
# its citeproc prints "n.d." for a string that is not a date; so the filter makes words a literal.
_LITERAL_DATES: Final = b"""
function Meta(meta)
  for _, reference in ipairs(meta.references or {}) do
    local issued = reference.issued and pandoc.utils.stringify(reference.issued)
    if issued and not issued:match("^[-%d~?%%/.]+$") then
      reference.issued = { literal = issued }
    end
  end
  return meta
end
"""


HEAP: Final = 256
"""MiB that pandoc may take for the source list, and `HEAP_PER_ENTRY` more for each entry: 2,000
take 213 MiB. A style whose macros call each other would take all that there is."""
HEAP_PER_ENTRY: Final = 0.25
SECONDS: Final = 10.0
SECONDS_PER_ENTRY: Final = 0.02


class StyleFault(EngineFault):
    """A citation style that does not come to an end."""


def bibliography(
    entries: Sequence[Mapping[str, Any]], *, style: bytes, language: str
) -> dict[str, str]:
    """Word CSL JSON `entries` by the CSL `style` in a BCP 47 `language`: HTML by id, in its order.

    Terms and month names come from the CSL locale files that pandoc ships. The fragments hold
    inline markup only: `em i strong b sup sub span` without attributes but `lang`, and links to
    http and https; a link that cannot break at a line's end has the class `unbreakable`. Raises
    EngineFault where citeproc fails, or for a style that has to be completed from elsewhere, and
    StyleFault for one that does not come to an end.
    """
    _require_whole(style)
    arguments = (
        "--from=csljson",
        "--to=html",
        "--wrap=none",
        "--lua-filter=literal-dates.lua",
        "--citeproc",
        "--csl=style.csl",
        f"--metadata=lang={language}",
    )
    job = pandoc.start_pandoc(
        arguments,
        json.dumps(list(entries), ensure_ascii=False).encode(),
        files={"style.csl": style, "literal-dates.lua": _LITERAL_DATES},
        what="the source list",
        heap_limit=HEAP + HEAP_PER_ENTRY * len(entries),
        time_limit=SECONDS + SECONDS_PER_ENTRY * len(entries),
    )
    try:
        made = job.result()
    except PandocOverLimit as over:
        raise StyleFault(
            f"{over}; correct the citation style, whose macros call each other"
        ) from over
    names = {f"ref-{entry['id']}": str(entry["id"]) for entry in entries}
    divisions = html.fromstring(f"<div>{made.decode()}</div>").iter("div")
    worded = {
        names[name]: _inline(each).strip()
        for each in divisions
        if (name := each.get("id", "")) in names
    }
    if missing := [name for name in names.values() if name not in worded]:
        raise EngineFault(f"pandoc: the citation style prints nothing for {missing[0]!r}")
    return worded


def _require_whole(style: bytes) -> None:
    """Refuse a style that names a parent, which pandoc would fetch, or that defines entities."""
    try:
        text = unescape(style.decode("utf-8"))
    except UnicodeDecodeError:
        raise EngineFault("pandoc: the citation style is not UTF-8; save it as UTF-8") from None
    if "independent-parent" in text:
        raise EngineFault(
            "pandoc: the citation style takes its rules from another (independent-parent), and "
            "nothing is fetched; use that style's own file"
        )
    if "<!DOCTYPE" in text:
        raise EngineFault("pandoc: the citation style has a DOCTYPE; delete it")


def _inline(element: html.HtmlElement) -> str:
    """Return an element's content, keeping only what is inline and harmless."""
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        href = child.get("href", "")
        if child.tag == "br":
            pieces.append(" ")
        elif child.tag == "a" and re.match("https?:", href, re.IGNORECASE):
            unbreakable = ' class="unbreakable"' if _UNBREAKABLE.search(href) else ""
            pieces.append(f'<a{unbreakable} href="{escape(href)}">{_inline(child)}</a>')
        elif child.tag in _INLINE:
            lang = f' lang="{escape(child.get("lang"))}"' if child.get("lang") else ""
            pieces.append(f"<{child.tag}{lang}>{_inline(child)}</{child.tag}>")
        elif _MARGIN not in child.get("class", "").split():
            pieces.append(f"{' ' if child.tag == 'div' else ''}{_inline(child)}")
        pieces.append(escape(child.tail or "", quote=False))
    return "".join(pieces)

"""Source lists by pandoc's citeproc, in any CSL 1.0.2 style (https://docs.citationstyles.org)."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

from sourcebrief.documents import pandoc
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEPT = frozenset({"em", "i", "strong", "b", "sup", "sub", "span"})
_MARGIN = "csl-left-margin"
_UNBREAKABLE = re.compile(r"[^-/?]{60,}")
"""A piece of an address that may be longer than a line and has no place to break it."""

# pandoc's csljson reader makes one string of "issued" whether it was date-parts or a literal, and
# its citeproc prints "n.d." for a string that is no date; so words are made a literal again.
_LITERAL_DATES = b"""
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


_Request: TypeAlias = tuple[bytes, bytes, str]

_REMEMBERED: Final = 100
_worded: dict[_Request, Mapping[str, str]] = {}
"""The last bibliographies: a process that stays warm words the same entries again and again."""


class BibliographyJob:
    """A bibliography under way; ``result`` waits for it, ``cancel`` ends it."""

    def __init__(
        self,
        request: _Request,
        ids: Sequence[str],
        *,
        job: pandoc.PandocJob | None = None,
        known: Mapping[str, str] | None = None,
    ) -> None:
        self._request = request
        self._ids = ids
        self._job = job
        self._known = known or {}

    def result(self) -> dict[str, str]:
        """Return each entry's HTML by its id, in the order that the style gives.

        The fragments hold inline markup only: ``em i strong b sup sub span`` without attributes
        but ``lang``, and links to http and https; one that has no place for a line's end is of the
        class ``unbreakable``. Raises EngineFault where citeproc fails.
        """
        if self._job is None:
            return dict(self._known)
        reader = _Entries(self._ids)
        reader.feed(self._job.result().decode())
        reader.close()
        missing = [name for name in self._ids if name not in reader.entries]
        if missing:
            raise EngineFault(f"pandoc: the citation style prints nothing for {missing[0]!r}")
        if len(_worded) >= _REMEMBERED:
            _worded.clear()
        _worded[self._request] = dict(reader.entries)
        return reader.entries

    def cancel(self) -> None:
        """End pandoc, if it still runs."""
        if self._job is not None:
            self._job.cancel()


def start(
    entries: Sequence[Mapping[str, Any]],
    *,
    style: bytes,
    language: str,
    time_limit: float = pandoc.TIME_LIMIT,
) -> BibliographyJob:
    """Start to format CSL JSON ``entries`` by the CSL ``style`` in a BCP 47 ``language``.

    Terms and month names come from the CSL locale files that pandoc ships. Raises EngineFault for a
    style that has to be completed from elsewhere.
    """
    _require_whole(style)
    ids = [str(entry["id"]) for entry in entries]
    request = json.dumps(list(entries), ensure_ascii=False).encode(), style, language
    known = _worded.get(request)
    if not ids or known is not None:
        return BibliographyJob(request, ids, known=known)
    job = pandoc.start(
        [
            "--from=csljson",
            "--to=html",
            "--wrap=none",
            "--lua-filter=literal-dates.lua",
            "--citeproc",
            "--csl=style.csl",
            f"--metadata=lang={language}",
        ],
        request[0],
        files={"style.csl": style, "literal-dates.lua": _LITERAL_DATES},
        time_limit=time_limit,
        what="the source list",
    )
    return BibliographyJob(request, ids, job=job)


def _require_whole(style: bytes) -> None:
    """Refuse a style that names a parent (CSL 1.0.2, dependent styles), or entities.

    pandoc fetches the parent from the network, sandboxed or not.
    """
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


def bibliography(
    entries: Sequence[Mapping[str, Any]],
    *,
    style: bytes,
    language: str,
    time_limit: float = pandoc.TIME_LIMIT,
) -> dict[str, str]:
    """Format ``entries`` and wait: ``start`` and ``result`` in one."""
    return start(entries, style=style, language=language, time_limit=time_limit).result()


class _Entries(HTMLParser):
    """Reads pandoc's list of references, keeping of each entry what is inline and harmless."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._names = {f"ref-{name}": name for name in ids}
        self.entries: dict[str, str] = {}
        self._name: str | None = None
        self._pieces: list[str] = []
        self._open: list[str] = []  # the closing tag of each element of the entry, "" if dropped
        self._margin: int | None = None  # the depth of a style's number column, which is dropped

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._name is None:
            if tag == "div" and given.get("id", "") in self._names:
                self._name, self._pieces, self._open = self._names[given["id"]], [], ["</div>"]
            return
        if tag == "br":
            self._pieces.append(" ")
            return
        if _MARGIN in given.get("class", "").split() and self._margin is None:
            self._margin = len(self._open)
        closing = ""
        if self._margin is None:
            href = given.get("href", "")
            if tag == "a" and _is_web(href):
                unbreakable = ' class="unbreakable"' if _UNBREAKABLE.search(href) else ""
                self._pieces.append(f'<a{unbreakable} href="{escape(href)}">')
                closing = "</a>"
            elif tag in _KEPT:
                lang = f' lang="{escape(given["lang"])}"' if given.get("lang") else ""
                self._pieces.append(f"<{tag}{lang}>")
                closing = f"</{tag}>"
            elif tag == "div" and self._pieces:
                self._pieces.append(" ")
        self._open.append(closing)

    def handle_endtag(self, tag: str) -> None:
        if self._name is None or tag == "br":
            return
        closing = self._open.pop()
        if not self._open:
            self.entries[self._name] = "".join(self._pieces).strip()
            self._name = None
        elif self._margin is not None:
            self._margin = None if len(self._open) == self._margin else self._margin
        else:
            self._pieces.append(closing)

    def handle_data(self, data: str) -> None:
        if self._name is not None and self._margin is None:
            self._pieces.append(escape(data, quote=False))


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


__all__ = ["BibliographyJob", "bibliography", "start"]

"""Authored texts: Markdown paragraphs, flat lists, emphasis, strong, links and citations.

Nothing else is Markdown here. A heading, an image, a code block or other markup of CommonMark is a
problem, so that no text prints as something that its author did not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_ITEM = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]*)(?:\s*,\s*(.+))?", re.DOTALL)
_LOCATOR_PARAGRAPHS = re.compile(r"(?:¶+|paras?\.?|paragraphs?)\s*([0-9]+)(?:\s*[-–]\s*([0-9]+))?$")
_LOCATOR_SIGN = re.compile(r"(¶|\bp\.) ")
_PLAIN = re.compile(r"""[^\W\d_](?:[^\W_]|[,.;:'"()/%?’‘“”–—-]| (?! ))*(?<! )""")
"""Words and punctuation that no rule of Markdown looks at."""
_LINK_TARGET = re.compile(r"(https://|mailto:)[^\s]+", re.IGNORECASE)
# What pandoc or a hasty reader would take for a citation, and what would print as it stands.
_NO_CITATION = re.compile(
    r"(?<!\\)(?:\[(?!@)[^\[\]]*(?<![\w.\\])@[A-Za-z0-9][^\[\]]*\](?!\()|\[@(?:(?!\[@)[^\]])*$)"
)
_CITATION_IN_LINK = re.compile(r"(?<!\\)\[[^\[\]]*\[@[^\]]*\][^\[\]]*\]\(")
_REFUSED = {
    "heading_open": "a heading",
    "hr": "a rule",
    "blockquote_open": "a block quotation",
    "code_block": "an indented code block",
    "fence": "a code block",
    "code_inline": "code",
    "image": "an image",
    "html_block": "HTML",
    "html_inline": "HTML",
    "hardbreak": "a line break",
}


SIGNS = (".", ",", ";", ":")
"""Punctuation that a citation may stand before."""


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One id in a citation, with the locator as written."""

    id: str
    locator: str | None = None

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraph numbers that the locator names."""
        found = _LOCATOR_PARAGRAPHS.search(self.locator or "")
        if found is None:
            return ()
        first, last = int(found[1]), int(found[2] or found[1])
        return tuple(range(first, last + 1)) if last - first < 1000 else (first, last)


Citation = tuple[CitedItem, ...]


def unparted(locator: str) -> str:
    """A locator whose signs and numbers stay on one line: "p. 4, ¶ 12" with no-break spaces."""
    return _LOCATOR_SIGN.sub("\\1\u00a0", locator)


@dataclass(frozen=True, slots=True)
class InlinePiece:
    """A run of text, a citation, or the begin or end of emphasis, strong or a link."""

    kind: Literal["text", "citation", "em", "/em", "strong", "/strong", "link", "/link"]
    text: str = ""
    citation: Citation = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a bullet or numbered list."""

    kind: Literal["paragraph", "bullet", "number"]
    pieces: tuple[InlinePiece, ...]

    @property
    def plain(self) -> str:
        """The words that print, without citations and the spaces before them."""
        words, cited = "", False
        for piece in self.pieces:
            if piece.kind == "text":
                words = words.rstrip() if cited and piece.text[:1] in (" ", *SIGNS) else words
                words += piece.text
            cited = piece.kind == "citation"
        return words.strip()

    @property
    def citations(self) -> tuple[CitedItem, ...]:
        """Every cited item, in order."""
        return tuple(item for piece in self.pieces for item in piece.citation)


@dataclass(frozen=True, slots=True)
class AuthoredMarkup:
    """An authored text as blocks, with the faults of its markup."""

    blocks: tuple[Block, ...]
    faults: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The words that print, blocks parted by line breaks."""
        return "\n".join(block.plain for block in self.blocks)

    @property
    def citations(self) -> tuple[CitedItem, ...]:
        """Every cited item, in order."""
        return tuple(item for block in self.blocks for item in block.citations)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # HTML and images are parsed, so that they can be refused instead of printing as they stand.
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False, "typographer": False})
    parser.inline.ruler.before("link", "citation", _citation_rule)
    # A definition `[x]: ...` would vanish from the text, and an entity could bring in invisible
    # characters. Both print as they were written.
    parser.disable(["reference", "entity"])
    # Every link is a token; its target is judged here, where the message can name it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    return parser


def _citation_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[@", state.pos):
        return False
    end = state.src.find("]", state.pos)
    if end < 0:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = state.src[state.pos + 1 : end]
    state.pos = end + 1
    return True


@cache
def parse_markup(text: str, *, inline: bool = False) -> AuthoredMarkup:
    """Parse an authored text; `inline` allows one paragraph only (summaries, caveats, titles)."""
    if _PLAIN.fullmatch(text):
        return AuthoredMarkup((Block("paragraph", (InlinePiece("text", text),)),))
    reader = _BlockReader()
    blocks = tuple(reader.blocks(_parser().parse(text)))
    if inline and (len(blocks) > 1 or any(block.kind != "paragraph" for block in blocks)):
        reader.faults.append("only one paragraph can stand here; join them or shorten it")
    return AuthoredMarkup(blocks, tuple(dict.fromkeys(reader.faults)))


def written_blocks(text: str) -> tuple[tuple[str, int], ...]:
    """Return the words of each block as they are written, and the line of the text they begin in.

    Lines are counted from 0; a line lacks the sign of a list and what it is indented by.
    """
    tokens = (token for token in _parser().parse(text) if token.type == "inline" and token.map)
    return tuple((token.content, token.map[0]) for token in tokens if token.map)


class _BlockReader:
    def __init__(self) -> None:
        self.faults: list[str] = []

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        lists: list[Literal["bullet", "number"]] = []
        in_item = 0
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                lists.append("bullet" if token.type == "bullet_list_open" else "number")
                if token.attrs.get("start", 1) != 1:
                    first = f"{token.attrs['start']}{token.markup}"
                    self.faults.append(
                        f"{first} begins a numbered list, which would print from 1; "
                        f"put \\ before the {token.markup!r}, or reword"
                    )
                if len(lists) > 1:
                    self.faults.append("a list inside a list does not print; make it flat")
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif token.type == "list_item_open":
                in_item = 0
            elif token.type == "inline":
                in_item += 1
                if lists and in_item > 1:
                    self.faults.append("an item of a list is one paragraph; join or part them")
                yield Block(lists[-1] if lists else "paragraph", tuple(self._pieces(token)))
            else:
                self._refuse(token)

    def _refuse(self, token: Token) -> None:
        if what := _REFUSED.get(token.type):
            shown = " ".join(token.content.split())[:40]
            shown = f" ({shown})" if shown else ""
            way_out = "put \\ before the sign, or reword"
            self.faults.append(f"{what} does not print here{shown}; {way_out}")

    def _pieces(self, inline: Token) -> Iterator[InlinePiece]:
        if found := _NO_CITATION.search(inline.content):
            shown = " ".join(found[0].split())[:40]
            way_out = "write [@id], and other words outside the bracket"
            self.faults.append(f"{shown} is not a citation here; {way_out}")
        if _CITATION_IN_LINK.search(inline.content):
            self.faults.append("a citation inside a link does not print; put it after the link")
        for token in inline.children or []:
            if token.type in _PIECES:
                yield _PIECES[token.type]
            elif token.type == "text":
                if token.content:
                    yield InlinePiece("text", token.content)
            elif token.type == "citation":
                yield InlinePiece("citation", citation=self._citation(token.content))
            elif token.type == "link_open":
                target = str(token.attrs.get("href", ""))
                if not _LINK_TARGET.fullmatch(target):
                    self.faults.append(f"the link {target!r} is not https: or mailto:; correct it")
                yield InlinePiece("link", target)
            else:
                self._refuse(token)

    def _citation(self, content: str) -> Citation:
        items = []
        for part in content.split(";"):
            found = _ITEM.fullmatch(part.strip())
            if found is None:
                shown = " ".join(content.split())
                self.faults.append(f"the citation [{shown}] is not of the form [@id; @id, ¶ 12]")
                continue
            if found[2] and found[2].startswith("@"):
                shown = " ".join(content.split())
                parted = re.sub(r"\s*,\s*@", "; @", shown)
                self.faults.append(f"the citation [{shown}] parts ids by a comma; write [{parted}]")
                continue
            items.append(CitedItem(found[1], found[2].strip() if found[2] else None))
        return tuple(items)


_PIECES = {
    "softbreak": InlinePiece("text", " "),
    "em_open": InlinePiece("em"),
    "em_close": InlinePiece("/em"),
    "strong_open": InlinePiece("strong"),
    "strong_close": InlinePiece("/strong"),
    "link_close": InlinePiece("/link"),
}

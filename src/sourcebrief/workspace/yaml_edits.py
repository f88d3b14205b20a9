"""Small edits of a YAML text, so that comments, order, quoting and line ends stay as they were.

An edit is found by the path of a value, made from the positions of the parser's nodes, and
accepted only where the edited text reads back as intended: an anchor, an alias or a list in
brackets can give the text around an edit another meaning.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any

import yaml

from sourcebrief.errors import InvalidInput
from sourcebrief.workspace.yaml_places import Path, Value, load
from sourcebrief.workspace.yaml_syntax import compose_nodes
from sourcebrief.workspace.yaml_writing import (
    LINE_END,
    flow,
    item_lines,
    line_end_of,
    pair_lines,
    scalar,
    text_scalars,
)

_BLOCK_STYLES = {"|", ">"}
_BLANK = " \t\r\n"
_NEEDS_QUOTES = re.compile(r":(?=\s|\Z)|\s#|\A(?:[-?:]\s|[,\[\]{}#&*!|>'\"%@`])")
_ESCAPES = {"'": ("''",), '"': ('\\"', "\\\\")}


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a stretch of a text, `[start, end)` in code points."""

    start: int
    end: int
    words: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with all edits made. They may stand in any order and do not overlap."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text


def edited(before: bytes, text: str, expected: Value, path: str) -> bytes | None:
    """Return an edited text as bytes; None where it does not read as expected.

    `before` is the file as it was, whose byte order mark is kept; `path` its path in the workspace.
    """
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + text.encode()
    try:
        return after if load(after, path).value == expected else None
    except InvalidInput:
        return None


def copied(value: Value) -> Any:
    """Return a value of which no two parts are one object, as an alias would make them."""
    return json.loads(json.dumps(value))


def value_at(value: Any, path: Path) -> Any:
    """Return what stands at a path in the value of a file."""
    return reduce(getitem, path, value)


class YamlText:
    """A YAML text that `load` has accepted, and where its values stand.

    A method that returns an edit returns None where it cannot be made at that place: the path
    leads nowhere, through an alias, or the value is written in a way that keeps no positions. With
    `through_aliases`, an edit changes a value at all places that share it.
    """

    def __init__(self, text: str, *, through_aliases: bool = False) -> None:
        self.text = text
        self._through_aliases = through_aliases
        self.root = compose_nodes(text)
        self._newline = line_end_of(text)
        self._uses = Counter(id(node) for node in _walk(self.root, set()))

    def node(self, path: Path) -> yaml.Node | None:
        """Return the node at a path; None where there is none, or where an alias shares it."""
        node = self.root
        for step in path:
            node = self._child(node, step)
        return node

    def _child(self, node: yaml.Node | None, step: str | int) -> yaml.Node | None:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found = node.value[step] if step < len(node.value) else None
        shared = self._uses[id(found)] > 1 and not self._through_aliases
        return None if found is None or shared else found

    def scalar_edit(self, path: Path, words: str) -> Edit | None:
        """Write a whole scalar anew, on one line, in the quotes that it has or needs."""
        node = self.node(path)
        if not isinstance(node, yaml.ScalarNode):
            return None
        start, end = node.start_mark.index, self._end(node)
        written = self.text[start:end]
        quote = written[:1] if written[:1] in {"'", '"'} else ""
        if written.isdigit() and words.isdigit():
            return Edit(start, end, words)
        if written == "":
            return Edit(start, end, f" {scalar(words)}")
        if quote and not set(words) & {quote, "\\", "\n"}:
            return Edit(start, end, f"{quote}{words}{quote}")
        return Edit(start, end, flow(words) if self._in_flow(path) else scalar(words))

    def key_edit(self, path: Path, words: str) -> Edit | None:
        """Write the key at the end of a path anew, in the quotes that it has or needs."""
        mapping = self.node(path[:-1])
        for key, _ in mapping.value if isinstance(mapping, yaml.MappingNode) else ():
            if key.value == str(path[-1]):
                start, end = key.start_mark.index, self._end(key)
                quote = self.text[start] if self.text[start] in {"'", '"'} else ""
                return Edit(start, end, f"{quote}{words}{quote}" if quote else scalar(words))
        return None

    def replace_in_scalar(self, path: Path, start: int, end: int, words: str) -> Edit | None:
        """Replace the code points `[start, end)` of a scalar's value where they are written.

        Line breaks of a folded text stay outside of what is replaced.
        """
        node = self.node(path)
        if not isinstance(node, yaml.ScalarNode):
            return None
        places, room = self._places(node), node.style in {*_BLOCK_STYLES, '"'}
        if places is None or not 0 <= start <= end < len(places) or ("\n" in words and not room):
            return None
        return Edit(places[start], places[end], self._as_written(node, words))

    def edits_in_scalar(self, path: Path, edits: Iterable[Edit]) -> list[Edit] | None:
        """Replace several stretches of a scalar's value; it gets quotes where it now needs them."""
        made: list[Edit] = []
        for edit in edits:
            written = self.replace_in_scalar(path, edit.start, edit.end, edit.words)
            if written is None:
                return None
            made.append(written)
        node: Any = self.node(path)
        start, end = node.start_mark.index, self._end(node)
        within = [Edit(one.start - start, one.end - start, one.words) for one in made]
        words = apply_edits(self.text[start:end], within)
        if node.style or not _NEEDS_QUOTES.search(words):
            return made
        return [Edit(start, end, "'" + words.replace("'", "''") + "'")]

    def _as_written(self, node: Any, words: str) -> str:
        if node.style == "'":
            return words.replace("'", "''")
        if node.style == '"':
            return json.dumps(words, ensure_ascii=False)[1:-1]
        if node.style in _BLOCK_STYLES:
            if node.style == ">":  # which reads one line break less than there are
                words = re.sub(r"\n+", r"\g<0>\n", words)
            break_ = re.compile(r"\n(?!\n)")
            words = break_.sub("\n" + " " * self._indent(node), words)
            return words.replace("\n", self._newline)
        return words

    def _indent(self, node: yaml.ScalarNode) -> int:
        """Return the column at which the lines of a block scalar begin."""
        lines = LINE_END.split(self.text[node.start_mark.index : node.end_mark.index])[1:]
        return min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)

    def _places(self, node: yaml.ScalarNode) -> list[int] | None:
        """Return where each code point of a scalar is written, and where the last one ends.

        Words are written as they are; a run of white space may be written as line breaks with
        indentation. None where an escape keeps a character from standing for itself.
        """
        text, value, at = self.text, node.value, node.start_mark.index
        if node.style in _BLOCK_STYLES:
            found = LINE_END.search(text, at)
            at = found.end() if found else len(text)
        elif node.style:
            at += 1
        places: list[int] = []
        while (number := len(places)) < len(value):
            words, written = _blank_run(value, number), _blank_run(text, at)
            if words or written:
                last = number + len(words) == len(value)
                if not written and not last:
                    return None  # a line break is written as an escape
                alike = words == written
                if alike:
                    places += range(at, at + len(words))
                else:
                    # A block's own indentation stands before the blanks that begin a line.
                    own = 0 if last or "\n" not in words else len(words) - words.rfind("\n") - 1
                    behind = at + len(written)
                    places += [*[at] * (len(words) - own), *range(behind - own, behind)]
                at += len(written) if alike or not last else 0
                continue
            width = 2 if text[at : at + 2] in _ESCAPES.get(node.style, ()) else 1
            if text[at + width - 1 : at + width] != value[number]:
                return None
            places.append(at)
            at += width
        return [*places, at]

    def set_key(self, path: Path, key: str, value: Any, after: str | None = None) -> Edit | None:
        """Set a key of the mapping at `path`; a new one goes below the key `after`, or last."""
        mapping = self.node(path)
        if not isinstance(mapping, yaml.MappingNode) or not mapping.value:
            return None
        pairs = {found.value: (found, item) for found, item in mapping.value}
        if key in pairs:
            single = not isinstance(value, dict | list)
            return self.scalar_edit((*path, key), text_scalars(value)) if single else None
        first, (_, before) = mapping.value[0][0], pairs.get(after or "", mapping.value[-1])
        end = self._end(before)
        if mapping.flow_style:
            return Edit(end, end, f", {key}: {flow(value)}")
        return self._below(end, pair_lines(key, value, first.start_mark.column))

    def append_items(self, path: Path, items: Iterable[Any], behind: int = -1) -> Edit | None:
        """Write items into the list at `path`, behind one or at its end, arranged as its last."""
        listed: Any = self.node(path)
        filled = isinstance(listed, yaml.SequenceNode) and bool(listed.value)
        if filled and listed.flow_style:
            end = self._end(listed.value[behind])
            return Edit(end, end, "".join(f", {flow(item)}" for item in items))
        if listed is None or not (filled or listed.value in ([], "", "~", "null")):
            return None
        style = self._list_style(path, listed)
        lines: list[str] = []
        for number, item in enumerate(items):
            lines += [""] if style.blank_line and (number or filled) else []
            lines += item_lines(item, style.dash, style.column, style.step)
        if filled:
            return self._below(self._end(listed.value[behind]), lines)
        # `key: []` and `key:` become a block.
        head = len(self.text[: listed.start_mark.index].rstrip(" "))
        rest = self._line_end(listed.end_mark.index)
        words = self.text[listed.end_mark.index : rest] + self._newline + self._newline.join(lines)
        return Edit(head, rest, words)

    def move_item(self, path: Path, to: int) -> Edit | None:
        """Move an item of a list to another place in it, with the comment right above it.

        What else stands between two items, such as a blank line, stays where it is.
        """
        listed = self.node(path[:-1])
        if self.node(path) is None or not isinstance(listed, yaml.SequenceNode):
            return None
        if listed.flow_style:
            return None
        starts = [self.text.rfind("\n", 0, one.start_mark.index) + 1 for one in listed.value]
        begins = [self._comment_above(line) for line in starts]
        ends = [self._next_line(self._end(one)) for one in listed.value]
        words = [self.text[begin:end] for begin, end in zip(begins, ends, strict=True)]
        cut = words[-1] == words[-1].rstrip("\r\n")  # the file ends without a line end
        words[-1] += self._newline if cut else ""
        words.insert(to, words.pop(int(path[-1])))
        between = [self.text[end:begin] for end, begin in zip(ends, begins[1:], strict=False)]
        moved = "".join(map("".join, zip(words, [*between, ""], strict=True)))
        return Edit(begins[0], ends[-1], moved.removesuffix(self._newline) if cut else moved)

    def remove(self, path: Path) -> Edit | None:
        """Take a key or an item of a list away, with the lines of comment right above it.

        The last one leaves `[]` or `{}` behind.
        """
        parent, node = self.node(path[:-1]), self.node(path)
        if node is None or not isinstance(parent, yaml.MappingNode | yaml.SequenceNode):
            return None
        entries = [one if isinstance(one, tuple) else (one, one) for one in parent.value]
        starts = [first.start_mark.index for first, _ in entries]
        number = next(n for n, (_, value) in enumerate(entries) if value is node)
        begin, end = starts[number], self._end(node)
        if len(starts) == 1:
            empty = "{}" if isinstance(parent, yaml.MappingNode) else "[]"
            start = parent.start_mark.index
            if parent.flow_style:
                return Edit(start, parent.end_mark.index, empty)
            line = self.text.rfind("\n", 0, start) + 1
            if self.text[line:start].strip():
                return Edit(start, end, empty)  # it stands behind a dash
            return self._emptied(self._comment_above(line), end, empty)
        if parent.flow_style:
            if number + 1 < len(starts):
                return Edit(begin, starts[number + 1], "")
            return Edit(self._end(entries[number - 1][1]), end, "")
        start = self.text.rfind("\n", 0, begin) + 1
        if isinstance(parent, yaml.MappingNode) and self.text[start:begin].strip():
            return Edit(begin, starts[number + 1], "")  # the first key stands behind a dash
        begin, end = self._comment_above(start), self._next_line(end)
        above = self.text.rfind("\n", 0, max(begin - 1, 0)) + 1
        below = self._next_line(end)
        # Of the blank lines on either side one goes; the first of a list has none of its own above.
        parted = begin > above and not self.text[above:begin].strip()
        blank = not self.text[end:below].strip()
        first = blank and not parted and not number
        return Edit(above if parted and blank else begin, below if first else end, "")

    def _emptied(self, begin: int, end: int, empty: str) -> Edit:
        """Take all lines of a block away; the line above them gets its empty value."""
        above = len(self.text[:begin].rstrip(_BLANK))
        comment = self.text.find(" #", self.text.rfind("\n", 0, above) + 1, above)
        head = len(self.text[: above if comment < 0 else comment].rstrip(_BLANK))
        return Edit(head, self._line_end(end), f" {empty}{self.text[head:above]}")

    def _comment_above(self, line: int) -> int:
        """Return where the comment begins that stands right above a line, or the line itself."""
        while line:
            above = self.text.rfind("\n", 0, line - 1) + 1
            if not self.text[above:line].lstrip().startswith("#"):
                break
            line = above
        return line

    def _below(self, end: int, lines: list[str]) -> Edit:
        """Write lines below the one in which `end` lies, which may end with a comment.

        What comments alone follow is the end of the file: there the lines stand behind them.
        """
        at = self._line_end(end)
        rest = LINE_END.split(self.text[at:])
        if all(not line.strip() or line.lstrip().startswith("#") for line in rest):
            ended = len(rest) > 1 and not rest[-1]
            words = self._newline.join([*lines, ""] if ended else ["", *lines])
            return Edit(len(self.text), len(self.text), words)
        return Edit(at, at, "".join(self._newline + line for line in lines))

    def _line_end(self, at: int) -> int:
        found = LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def _next_line(self, at: int) -> int:
        found = LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)

    def _end(self, node: yaml.Node) -> int:
        """Return where what is written of a value ends, without the white space behind it."""
        if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start, end = node.start_mark.index, node.end_mark.index
        return start + len(self.text[start:end].rstrip(_BLANK))

    def _in_flow(self, path: Path) -> bool:
        """Say whether a value stands inside brackets."""
        parents = (self.node(path[:length]) for length in range(len(path)))
        return any(getattr(parent, "flow_style", False) for parent in parents)

    def _list_style(self, path: Path, listed: yaml.Node) -> _ListStyle:
        if not isinstance(listed, yaml.SequenceNode) or not listed.value:
            parent = self.node(path[:-1])
            column = parent.start_mark.column if parent else 0
            return _ListStyle(column + 2, column + 4, blank_line=len(path) == 1)
        dash = listed.start_mark.column
        column = listed.value[-1].start_mark.column
        steps = [
            value.start_mark.column - column
            for entry in listed.value
            if isinstance(entry, yaml.MappingNode)
            for _, value in entry.value
            if isinstance(value, yaml.MappingNode) and not value.flow_style
        ]
        starts = [node.start_mark.line for node in listed.value[1:]]
        lines = LINE_END.split(self.text)
        blank = sum(_blank_before(lines, line) for line in starts)
        spread = blank * 2 >= len(starts) if starts else len(path) == 1
        return _ListStyle(dash, column, max([*steps[-1:], 2]), spread)


@dataclass(frozen=True, slots=True)
class _ListStyle:
    """How a list is written: the columns of its dashes and of what they hold, the step within."""

    dash: int
    column: int
    step: int = 2
    blank_line: bool = False


def _blank_before(lines: list[str], line: int) -> bool:
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line > 0 and not lines[line - 1].strip()


def _blank_run(text: str, at: int) -> str:
    end = at
    while end < len(text) and text[end] in _BLANK:
        end += 1
    return text[at:end]


def _walk(node: yaml.Node | None, seen: set[int]) -> Iterator[yaml.Node]:
    """Yield each node once for each place at which it stands; what an alias repeats only once."""
    if node is None:
        return
    yield node
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(key, seen)
            yield from _walk(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _walk(item, seen)

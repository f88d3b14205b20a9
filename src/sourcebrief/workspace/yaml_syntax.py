"""PyYAML's parser: nodes for those who edit a text, and what keeps a text from being YAML.

No message rests on PyYAML's wording, which changes between versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

from sourcebrief.errors import Place, Problem

# The C extension is in every wheel of PyYAML; a build without it is only slower.
PARSER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAXIMUM_DEPTH: Final = 60
"""Lists and mappings within each other."""
TOO_DEEP: Final = f"nested more than {MAXIMUM_DEPTH} levels deep; flatten it"
LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_ANCHOR = re.compile(r"(?m)(?:^|[\s:-])&\S")
_KEY_ALONE = re.compile(r"[\w-]+:\s*(?:#.*)?")
_DASH = re.compile("( *)-(?: |$)")
_FLOW_BRACKET = re.compile(r"[\[\]{}]")
_NO_CHARACTER = re.compile(r"\\(?:u|U0000)[Dd][89A-Fa-f]")
_NEVER_ENDS = {
    "'": "this quoted text never ends; close its quotation mark",
    '"': "this quoted text never ends; close its quotation mark",
    "[": "this list never ends, or lacks a comma; close it with ]",
    "{": "this mapping never ends, or lacks a comma; close it with }",
}


class _NodeComposer(Composer, Resolver):
    """Makes nodes of a text; an anchor may be defined again."""

    def __init__(self, text: str) -> None:
        Composer.__init__(self)
        Resolver.__init__(self)
        parser = PARSER(text)
        self.check_event, self.peek_event = parser.check_event, parser.peek_event
        self.get_event = parser.get_event

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if not self.check_event(yaml.AliasEvent):
            self.anchors.pop(self.peek_event().anchor, None)
        return super().compose_node(parent, index)


def compose_nodes(text: str) -> yaml.Node | None:
    """Return the nodes of a text that `load` has accepted, for those who edit it."""
    return _NodeComposer(text).get_single_node()


def control_fault(character: str) -> str:
    """Word that a control character stands in a file or a value."""
    return f"the control character U+{ord(character):04X} cannot stand here; delete it"


def place_after(before: str, path: str) -> Place:
    """Return the line and column that follow the text with which a file begins."""
    lines = LINE_BREAK.split(before)
    return Place(path, len(lines), len(lines[-1].lstrip("\ufeff")) + 1)


def syntax_problem(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """Word what the parser could not read by what stands there.

    The parser says where it stopped and where the unfinished text, list or mapping began.
    """
    mark: Any = getattr(error, "problem_mark", None)
    begun: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem(Place(path), "not YAML: a character cannot stand here; delete it")
    depth = 0
    for found in _FLOW_BRACKET.finditer(text, 0, mark.index):
        depth += 1 if found[0] in "[{" else -1
        if depth > MAXIMUM_DEPTH:
            return Problem(place_after(text[: found.start()], path), TOO_DEEP)
    opening, here = text[begun.index : begun.index + 1], text[mark.index : mark.index + 1]
    last = None if here == ":" or opening in ("'", '"') else _last_scalar(text)
    if last and last.style in ("'", '"') and last.end_mark.line == mark.line:
        start, end = last.start_mark, last.end_mark.line + 1
        place = Place(path, start.line + 1, start.column + 1)
        ends = "" if place.line == end else f" at line {end}"
        fault = f"the quoted text that begins here ends{ends}, and other words follow"
        way_out = "close it earlier, or use the other quotation marks"
        return Problem(place, f"not YAML: {fault}; {way_out}")
    if opening in _NEVER_ENDS and "\\" not in text[max(0, mark.index - 2) : mark.index + 1]:
        mark, fault = begun, _NEVER_ENDS[opening]
    elif opening == '"' and _NO_CHARACTER.match(text, text.rfind("\\", 0, mark.index + 2)):
        fault = "a half of a surrogate pair cannot stand here; write the character itself"
    elif opening == '"':
        fault = "this escape is not known; write \\\\ for a backslash"
    elif "\t" in _line_before(text, mark):
        fault = "a tab cannot stand here; indent with spaces, not tabs"
    elif here == ":" and ": " not in text[mark.index - mark.column : mark.index]:
        fault = "this line is indented deeper than the one above; align it with its neighbours"
    elif here == ":":
        fault = "a second ': ' on this line; put quotes around a text that holds ': '"
    elif here and here in "@`%&*!|>":
        fault = f"a text cannot begin with {here}; put quotes around it"
    else:
        fault = "this line does not fit here; check its indentation, and write 'key: value'"
    return Problem(Place(path, mark.line + 1, mark.column + 1), f"not YAML: {fault}")


def without_entry(text: str, number: int) -> tuple[str, int] | None:
    """Return a text with the entry of a line left blank, and the entry's last line.

    A list is left out with its key. None where the entry may define an anchor, because others may
    name it.
    """
    lines = LINE_BREAK.split(text)
    begins = list(_entries_of(lines))
    start = max((line for line in begins if line < number), default=0)
    listed = lines[start][:1] in (" ", "-")
    after = (one for one in begins if one >= number and (listed or lines[one][0] not in " -"))
    end = next(after, len(lines))
    if _ANCHOR.search("\n".join(lines[start:end])):
        return None
    return "\n".join([*lines[:start], *[""] * (end - start), *lines[end:]]), end


def _entries_of(lines: list[str]) -> Iterator[int]:
    """Yield the lines at which a key of the file begins, or an entry of a list under one."""
    indent, is_list = None, True
    for number, line in enumerate(lines):
        if line[:1] not in " -#\r\t":
            indent, is_list = None, _KEY_ALONE.fullmatch(line) is not None
            yield number
        elif is_list and (dash := _DASH.match(line)):
            indent = dash.end(1) if indent is None else indent
            if indent == dash.end(1):
                yield number


def _last_scalar(text: str) -> Any:
    """The last text that the parser could read; None where there is none."""
    parser, last = PARSER(text), None
    with suppress(yaml.YAMLError):
        while event := parser.get_event():
            last = event if isinstance(event, yaml.ScalarEvent) else last
    return last


def _line_before(text: str, mark: Any) -> str:
    """Return a line up to and including where the parser stopped, where it is only white space."""
    before = text[mark.index - mark.column : mark.index + 1]
    return before if not before.strip() else ""

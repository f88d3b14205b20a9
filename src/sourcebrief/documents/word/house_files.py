"""Keep a house's own reference.docx and pandoc.lua from acting on anyone's machine.

pandoc's `--sandbox` binds its readers and writers, but not its filters. A house's filter therefore
runs in an environment that holds only Lua's pure functions and pandoc's constructors. A document is
refused where it would fetch or run something when it is opened: macros, DDE, an attached template,
a picture that is loaded from elsewhere.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from sourcebrief.documents.word.opc_package import Package, w
from sourcebrief.errors import EngineFault

SANDBOX_FILE: Final = "sandbox.lua"
"""The name of the filter that pandoc is given; it reads the house's own, `pandoc.lua`."""

SANDBOX_LUA: Final = rb"""
local function only(given, names)
  local kept = {}
  for name in names:gmatch("%S+") do kept[name] = given[name] end
  return kept
end

local environment = only(_G, [[
  assert error ipairs next pairs pcall rawequal rawget rawlen rawset select setmetatable tonumber
  tostring type xpcall FORMAT PANDOC_VERSION PANDOC_API_VERSION _VERSION
]])
environment._G = environment
environment.coroutine = only(coroutine, "create isyieldable resume running status wrap yield")
environment.math = only(math, [[
  abs ceil cos exp floor fmod huge log max maxinteger min mininteger modf pi sin sqrt tointeger type
  ult
]])
environment.string = only(string, [[
  byte char find format gmatch gsub len lower match rep reverse sub upper
]])
environment.table = only(table, "concat insert move pack remove sort unpack")
environment.utf8 = only(utf8, "char charpattern codepoint codes len offset")

-- A name with a capital letter is a constructor or a constant; others may read files.
local kept = only(pandoc, "walk_block walk_inline")
for name, value in pairs(pandoc) do
  if type(name) == "string" and name:match("^%u") then kept[name] = value end
end
kept.text = only(pandoc.text, "len lower reverse sub subscript superscript upper")
kept.utils = only(pandoc.utils, [[
  Version blocks_to_inlines equals from_simple_table make_sections normalize_date sha1 stringify
  to_roman_numeral to_simple_table type
]])
environment.pandoc = kept
-- Methods of texts, as in ("x"):rep(3), come from here too.
getmetatable("").__index = environment.string

local file = assert(io.open("pandoc.lua", "rb"))
local source = file:read("a")
file:close()
local filter, fault = load(source, "@pandoc.lua", "t", environment)
if not filter then error(fault, 0) end
local result = filter()
if result ~= nil then return result end
-- A filter may also be functions that are named after the elements they change.
local named = {}
for name, value in pairs(environment) do
  if type(value) == "function" and name:match("^%u") then named[name] = value end
end
return { named }
"""

_FIELDS: Final = frozenset(
    (
        *("AUTHOR", "DATE", "DOCPROPERTY", "KEYWORDS", "NUMPAGES", "PAGE", "PAGEREF", "REF"),
        *("SAVEDATE", "SECTION", "SECTIONPAGES", "STYLEREF", "SUBJECT", "TITLE", "TOC"),
    )
)
"""The fields that a document may have (ISO/IEC 29500-1, 17.16.5): they read the document alone."""

_ACTIVE_PART: Final = re.compile(r"(?i)vbaProject|vbaData|activeX|embeddings/|afchunk|\.bin$")
_ACTIVE_MARKUP: Final = tuple(
    map(w, ("altChunk", "subDoc", "object", "control", "attachedTemplate", "mailMerge"))
)
_WEB: Final = re.compile(r"(?i)(?:https?://|mailto:)")


def refuse_active_content(package: Package) -> None:
    """Raise EngineFault, naming the part, where a document would act when it is opened."""
    for name in list(package):
        if _ACTIVE_PART.search(name):
            raise _fault(name, "it would run, or be opened, with the document")
        if name.endswith(".rels"):
            _check_relations(package, name)
        elif name.startswith("word/") and name.endswith(".xml"):
            _check_markup(package, name)


def _check_relations(package: Package, name: str) -> None:
    for relation in package.tree(name):
        if relation.get("TargetMode") != "External":
            continue
        target = str(relation.get("Target"))
        is_link = str(relation.get("Type")).endswith("/hyperlink")
        if not is_link or not _WEB.match(target):
            raise _fault(name, f"it leads to {target!r} outside the document")


def _check_markup(package: Package, name: str) -> None:
    root = package.tree(name)
    for element in root.iter(*_ACTIVE_MARKUP):
        raise _fault(name, f"it holds <{element.tag.rpartition('}')[2]}>")
    for instruction in _instructions(root):
        field = (instruction.split() or [""])[0].upper()
        if field not in _FIELDS:
            raise _fault(name, f"it holds the field {' '.join(instruction.split())[:60]!r}")


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield the instructions of all fields, of nested fields too."""
    for field in root.iter(w("fldSimple")):
        yield str(field.get(w("instr")) or "")
    begun: list[str] = []
    for element in root.iter(w("fldChar"), w("instrText"), w("delInstrText")):
        if element.tag != w("fldChar"):
            # Word does not show an instruction that stands outside a field, so it is checked too.
            begun = begun or [""]
            begun[-1] += element.text or ""
        elif element.get(w("fldCharType")) == "begin":
            begun.append("")
        elif element.get(w("fldCharType")) == "end" and begun:
            yield begun.pop()
    yield from begun


def _fault(part: str, what: str) -> EngineFault:
    return EngineFault(
        f"the Word document would act when it is opened: {part}: {what}; take that out of "
        "templates/reference.docx or templates/pandoc.lua"
    )

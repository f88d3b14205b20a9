"""Run a house's Lua filter without access to files, programs and the network.

pandoc's `--sandbox` binds its readers and writers, but not its filters. A house's filter therefore
runs in an environment that holds only Lua's pure functions and pandoc's constructors.
"""

from typing import Final

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

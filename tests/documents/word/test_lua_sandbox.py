"""A house's Lua filter runs without files, programs and the network."""

from __future__ import annotations

import pytest

from sourcebrief.documents import pandoc
from sourcebrief.documents.word.lua_sandbox import SANDBOX_FILE, SANDBOX_LUA
from sourcebrief.errors import EngineFault


def filtered(lua: str) -> str:
    made = pandoc.start_pandoc(
        ["--from=html", "--to=plain", f"--lua-filter={SANDBOX_FILE}"],
        b"<p>words",
        files={SANDBOX_FILE: SANDBOX_LUA, "pandoc.lua": lua.encode()},
    ).result()
    return made.decode().strip()


@pytest.mark.parametrize(
    "reach",
    [
        "os.execute('touch PWNED')",
        "os.getenv('PATH')",
        "io.open('/etc/passwd'):read('a')",
        "io.popen('id')",
        "require('os')",
        "dofile('/etc/passwd')",
        "loadfile('/etc/passwd')",
        "load('return os')()",
        "loadstring('x')",
        "package.loadlib('libc.so.6', '*')",
        "debug.getregistry()",
        "getmetatable('').__index.dump(print)",
        "collectgarbage()",
        "pandoc.pipe('id', {}, '')",
        "pandoc.system.list_directory('/')",
        "pandoc.mediabag.fetch('/etc/passwd')",
        "pandoc.read('x')",
        "pandoc.utils.run_json_filter(pandoc.Pandoc({}), '/bin/sh')",
        "pandoc.utils.run_lua_filter(pandoc.Pandoc({}), 'sandbox.lua')",
        "pandoc.template.get('default')",
        "pandoc.zip.zip({'/etc/passwd'})",
        "_G.os.time()",
        "_ENV.io.read()",
        "pandoc.List.os.time()",
    ],
)
def test_a_filter_reaches_neither_files_nor_programs(reach: str) -> None:
    with pytest.raises(EngineFault, match=r"pandoc\.lua:2: attempt to (index|call) a nil value"):
        filtered(f"--\nlocal x = {reach}\nreturn {{}}")


def test_a_filter_in_byte_code_is_refused() -> None:
    with pytest.raises(EngineFault, match="attempt to load a binary chunk"):
        filtered("\x1bLua")


@pytest.mark.parametrize(
    "lua",
    [
        "function Str(one) return pandoc.Str(one.text:upper()) end",
        "return {{Str = function(one) return pandoc.Str(string.upper(one.text)) end}}",
        "return {Str = function(one) return pandoc.Str(pandoc.text.upper(one.text)) end}",
        "function Pandoc(all) return all:walk({Str = function() return 'WORDS' end}) end",
    ],
)
def test_a_filter_may_do_what_filters_are_for(lua: str) -> None:
    assert filtered(lua) == "WORDS"


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_what_a_filter_puts_in_is_not_fetched_either(address: str) -> None:
    with pytest.raises(EngineFault, match="Could not fetch"):
        pandoc.start_pandoc(
            ["--from=html", "--to=docx", f"--lua-filter={SANDBOX_FILE}"],
            b"<p>words",
            files={
                SANDBOX_FILE: SANDBOX_LUA,
                "pandoc.lua": f"function Str() return pandoc.Image('x', '{address}') end".encode(),
            },
        ).result()

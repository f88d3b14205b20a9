"""A house's Lua filter and reference reach neither files, programs nor the network."""

from __future__ import annotations

import pytest

from sourcebrief.documents import pandoc
from sourcebrief.documents.word.house_files import SANDBOX_FILE, SANDBOX_LUA, refuse_active_content
from sourcebrief.documents.word.opc_package import OFFICE, Package
from sourcebrief.errors import EngineFault
from word_documents import REFERENCE


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


RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId9" Type="{OFFICE}/{{}}" Target="{{}}" TargetMode="External"/>'
    "</Relationships>"
)


HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'


COMPLEX = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def reference(part: str, content: str) -> Package:
    package = Package(REFERENCE)
    package.put(part, content.encode())
    return package


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/_rels/settings.xml.rels", RELATION.format("attachedTemplate", "https://h/x.dotm")),
        ("word/_rels/header9.xml.rels", RELATION.format("image", "https://h.example/x.png")),
        ("word/_rels/header9.xml.rels", RELATION.format("oleObject", "file:///c:/x")),
        ("word/_rels/header9.xml.rels", RELATION.format("hyperlink", "file:////h.example/share")),
        ("word/_rels/header9.xml.rels", RELATION.format("hyperlink", "javascript:x")),
        ("word/header9.xml", HEADER.format('<w:fldSimple w:instr=" DDEAUTO c:/x "/>')),
        ("word/header9.xml", HEADER.format('<w:fldSimple w:instr="includepicture h"/>')),
        ("word/header9.xml", HEADER.format(COMPLEX.format("DDE", "AUTO x"))),
        ("word/header9.xml", HEADER.format(COMPLEX.format(" PAGE </w:instrText></w:r><w:r>"
         '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>LINK x', ""))),
        ("word/header9.xml", HEADER.format('<w:altChunk/>')),
        ("word/vbaProject.bin", "x"),
        ("word/embeddings/x.xlsx", "x"),
        ("word/activeX/activeX1.xml", "<x/>"),
    ],
)  # fmt: skip
def test_a_word_document_that_would_act_is_not_made(part: str, content: str) -> None:
    with pytest.raises(EngineFault, match="would act when it is opened: word/"):
        refuse_active_content(reference(part, content))


def test_ordinary_heads_are_no_harm() -> None:
    refuse_active_content(
        reference("word/header9.xml", HEADER.format(COMPLEX.format(" PA", "GE ")))
    )
    link = RELATION.format("hyperlink", "https://ministry.example/")
    refuse_active_content(reference("word/_rels/header9.xml.rels", link))

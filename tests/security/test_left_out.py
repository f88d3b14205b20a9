"""Of an event that a brief leaves out, no byte of any output holds a word.

Not the text, the properties, the names, the attachments, the figure or the evidence.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pikepdf
import pytest

if TYPE_CHECKING:
    from conftest import Workspace

SECRET = "Quarrelsome"
EVENT = f"""\
  - id: {SECRET.lower()}-event
    date: {{value: 2021-05-13, basis: inferred, note: {SECRET} reasons}}
    title: {SECRET} title
    actors: [customs]
    people: [{SECRET.lower()}]
    place: {SECRET} place
    themes: [{SECRET} theme]
    summary: The {SECRET} summary.
    caveat: The {SECRET} caveat. [@{SECRET.lower()}-book]
    marking: TLP:RED
    evidence:
      - seed: {SECRET.lower()}-2021
        quote: The {SECRET} Office met nobody on that day in the harbour
        note: A {SECRET} note.
    outcomes:
      - {{kind: assistance, status: announced, by: customs, text: {SECRET} help}}
"""
PEOPLE = f"  {SECRET.lower()}: {{name: {SECRET} Person, role: Head, actor: customs}}\n"
ACTORS = f"  customs: {{name: {SECRET} Customs, short: {SECRET}}}\n"
ENTRIES = f"""\
  - id: {SECRET.lower()}-2021
    type: article-newspaper
    title: {SECRET} report
    container-title: {SECRET} Times
    issued: 2021-05-14
    language: en
    custom:
      file: {SECRET.lower()}.txt
      issued_basis: external
      issued_note: Known
      marking: TLP:RED
  - id: {SECRET.lower()}-book
    type: book
    title: {SECRET} book
    publisher: {SECRET} Press
    issued: 2020
    custom: {{marking: TLP:RED}}
"""


def everything_in(name: str, data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and of all that is packed in it."""
    yield name.encode()
    yield data
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for one in pdf.objects:
                yield repr(one).encode()
                if isinstance(one, pikepdf.Stream):
                    yield one.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from everything_in(part, archive.read(part))
    for packed in re.findall(rb'encoding="zlib base64">([^<]+)<', data):
        yield zlib.decompress(base64.b64decode(packed))


@pytest.mark.parametrize(
    "narrowed", ["{actors: [coast-office]}", "{themes: [scanning, equipment]}"]
)
def test_no_output_holds_a_word_of_an_event_that_is_left_out(
    workspace: Workspace, narrowed: str
) -> None:
    workspace.write(
        f"seeds/{SECRET.lower()}.txt", f"The {SECRET} Office met nobody on that day in the harbour."
    )
    catalogue = workspace.root / "seeds/seeds.yaml"
    related = (
        f"      derived_from: {SECRET.lower()}-2021\n"
        f"      distinct: [{{from: {SECRET.lower()}-book, why: The {SECRET} reason.}}]\n"
    )
    reliability = "      reliability: {grade: D, why: Unsigned}\n"
    listed = catalogue.read_text("utf-8").replace(reliability, reliability + related)
    catalogue.write_text(listed + ENTRIES, "utf-8")
    events = workspace.root / "briefings/port/events.yaml"
    text = events.read_text("utf-8")
    text = text.replace("actors:\n", f"actors:\n{ACTORS}", 1)
    text = text.replace("people:\n", f"people:\n{PEOPLE}", 1)
    text = text.replace("  - id: pact\n", "  - id: pact\n    key: true\n", 1)
    events.write_text(text + EVENT, "utf-8")
    workspace.edit(
        "briefings/port/brief.yaml",
        "language: en-GB",
        f"language: en-GB\nlayouts: [full, short]\nselect: {narrowed}",
    )
    assert workspace.run("pin", "--all", "--yes").code == 0
    ran = workspace.run("build", "--keep-html")
    assert ran.code == 0, ran.err
    folder = workspace.root / "briefings/port"
    outputs = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".yaml"}
    assert {name.partition(".")[2] for name in outputs} >= {"pdf", "docx", "html", "evidence.json"}
    held = [
        name
        for name, data in outputs.items()
        for content in everything_in(name, data)
        if SECRET.lower().encode() in content.lower()
    ]
    assert held == []


def test_the_search_finds_what_is_packed(workspace: Workspace) -> None:
    workspace.run("build")
    folder = workspace.root / "briefings/port"
    for kind in ("pdf", "docx", "html", "evidence.json"):
        data = (folder / f"port.{kind}").read_bytes()
        found = [b"pact-on" in one or b"the pact" in one for one in everything_in(kind, data)]
        assert any(found), kind

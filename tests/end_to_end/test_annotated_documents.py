"""From a document to evidence: added as a seed, highlighted elsewhere, pasted, checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from built_documents import docx, pdf
from marked_pdf import marked

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"
REPORT = """
<h1>Audit of cargo screening</h1><p>Published on 12 May 2021.</p>
<p>On 4 March 2021 the Authority and the Ministry agreed to exchange cargo data.<sup>1</sup> The
exchange covers every container that leaves the port.</p>
<p style="break-before: page">The Authority installed 640 scanners, although half of the terminals
have no room for them.</p>
"""
MINUTES = """
# Minutes of the meeting

On 12 May 2021 the Authority reported that [640 scanners had been *installed*]{.mark}.

It was [Who said it?]{.comment-start id="1" author="R"}agreed to meet again in
the spring[]{.comment-end id="1"} of 2022.
"""


def added(workspace: Workspace, name: str, data: bytes) -> str:
    path = workspace.root.parent / name
    path.write_bytes(data)
    told = ("--issued", "2021-05-12", "--language", "en", "--title", "A report", "--id", "report")
    ran = workspace.run("add", path, *told)
    assert ran.code == 0, ran.err
    return "report"


def checked(workspace: Workspace, yaml: str) -> str:
    """What a check says of the second event with its evidence in place of its own."""
    path = workspace.root / EVENTS
    head, offer, rest = path.read_text("utf-8").partition("  - id: offer")
    found = re.sub(r"    evidence:\n(?:      .*\n)+", f"    evidence:\n{yaml}", rest, count=1)
    path.write_text(head + offer + found, "utf-8")
    return workspace.run("check").err


def test_a_highlighted_pdf(workspace: Workspace) -> None:
    plain = pdf(REPORT)
    seed = added(workspace, "audit.pdf", plain)
    data = marked(plain, 0, "agreed to exchange cargo data", note="When did it begin?")
    data = marked(data, 1, "half of the terminals have no room")
    file = workspace.root.parent / "marked.pdf"
    file.write_bytes(data)
    ran = workspace.run("find", "--annotations", file, "--seed", seed)
    assert (ran.code, ran.err) == (0, "")
    assert "      # When did it begin?\n" in ran.out
    assert re.findall(r"quote: (.*)", ran.out) == [
        "agreed to exchange cargo data",
        "half of the terminals have no room",
    ]
    assert "quotation" not in checked(workspace, ran.out)


def test_a_highlighted_word_document(workspace: Workspace) -> None:
    data = docx(MINUTES)
    seed = added(workspace, "minutes.docx", data)
    ran = workspace.run(
        "find", "--annotations", workspace.root.parent / "minutes.docx", "--seed", seed
    )
    assert (ran.code, ran.err) == (0, "")
    assert re.findall(r"(?:quote: |# )(.*)", ran.out) == [
        "A report, ¶ 2: highlight 1",
        "640 scanners had been installed",
        "A report, ¶ 3: comment 1",
        "Who said it?",
        "agreed to meet again in the spring",
    ]
    assert "quotation" not in checked(workspace, ran.out)


@pytest.mark.parametrize(
    ("old", "new", "fate"),
    [
        ("agreed to exchange cargo data", "agreed to exchange no cargo data", "altered"),
        ("agreed to exchange cargo data", "met", "gone"),
        ("the Ministry agreed", "the Minister agreed", "altered"),
        ("agreed to exchange", "said that they agreed to exchange", "altered"),
    ],
)
def test_a_newer_copy_moves_no_highlight(
    workspace: Workspace, old: str, new: str, fate: str
) -> None:
    plain = pdf(REPORT)
    seed = added(workspace, "audit.pdf", pdf(REPORT.replace(old, new)))
    file = workspace.root.parent / "marked.pdf"
    file.write_bytes(marked(plain, 0, "agreed to exchange cargo data"))
    ran = workspace.run("find", "--annotations", file, "--seed", seed)
    assert (ran.code, ran.out) == (1, "")
    assert f"“agreed to exchange cargo data”: {fate}: " in ran.err

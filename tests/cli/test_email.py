"""`email`: the draft of what was built, refused where that is stale or wrong."""

from __future__ import annotations

import email
import shutil
import subprocess
from email import policy
from typing import TYPE_CHECKING

import pytest

from conftest import GOOD, Workspace
from keys import needs_ssh, ssh_key
from sourcebrief import cli
from sourcebrief.build import sealing
from sourcebrief.build.staleness import NEVER_BUILT

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from conftest import Ran

FOLDER = "briefings/port"
BRIEF, EVENTS = f"{FOLDER}/brief.yaml", f"{FOLDER}/events.yaml"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was built once, and a copy of it to go back to."""
    root = tmp_path_factory.mktemp("mail") / "workspace"
    shutil.copytree(GOOD, root)
    brief = root / BRIEF
    brief.write_text(f"formats: [pdf, docx]\n{brief.read_text('utf-8')}", "utf-8")
    assert cli.run(["-C", str(root), "-q", "build"]) == 0
    shutil.copytree(root, root.with_name("kept"))
    return root


@pytest.fixture
def built(kept: Path, run: Callable[..., Ran]) -> Workspace:
    """The built workspace, as it was when it had just been built."""
    shutil.rmtree(kept)
    shutil.copytree(kept.with_name("kept"), kept)
    return Workspace(kept, lambda *arguments: run("-C", kept, *arguments))


def mail(workspace: Workspace) -> EmailMessage:
    data = (workspace.root / FOLDER / "port.eml").read_bytes()
    message: EmailMessage = email.message_from_bytes(data, policy=policy.default)
    return message


def attached(workspace: Workspace) -> dict[str, bytes]:
    return {str(p.get_filename()): p.get_content() for p in mail(workspace).iter_attachments()}


def test_the_draft_stands_beside_the_yaml_with_the_pdf(built: Workspace) -> None:
    ran = built.run("email", "port")
    assert (ran.code, ran.err) == (0, "")
    first, second = ran.out.splitlines()
    assert first.startswith("port: draft of edition ")
    assert first.endswith(", with port.pdf")
    assert second.startswith("  briefings/port/port.eml  ")
    assert attached(built) == {"port.pdf": (built.root / FOLDER / "port.pdf").read_bytes()}
    message = mail(built)
    assert message["Subject"] == "[TLP:GREEN] Scanning in Port Almera"
    assert message["To"] is None
    assert str(message["Date"]).startswith("Tue, 01 Jun 2021 00:00:00")


def test_it_tells_what_the_brief_says_and_verifies(built: Workspace) -> None:
    built.run("email", "port", "--docx")
    body = mail(built).get_body(("plain",))
    assert body is not None
    text = str(body.get_content())
    assert "The two ministries signed a pact, and scanners are promised." in text
    assert "We judge that the pact holds." in text
    lines = [line.split() for line in text.splitlines() if "sourcebrief verify" in line]
    assert [line[2] for line in lines] == ["port.pdf", "port.docx"]
    for _, verify, name, option, edition in lines:
        file = built.root / FOLDER / name
        assert built.run(verify, file, option, edition, "--no-rebuild").code == 0


def test_the_word_document_comes_on_request(built: Workspace) -> None:
    ran = built.run("email", "port", "--docx")
    assert "with port.pdf and port.docx" in ran.out
    assert list(attached(built)) == ["port.pdf", "port.docx"]


@needs_ssh
def test_a_sealed_edition_goes_with_what_checks_it(built: Workspace, tmp_path: Path) -> None:
    key = ssh_key(tmp_path)
    assert built.run("sign", "port", "--ssh-key", str(key)).code == 0
    ran = built.run("email", "port")
    assert "with port.pdf, port.sha256 and port.sha256.sig" in ran.out
    for name, data in attached(built).items():
        (tmp_path / name).write_bytes(data)
    public = key.with_name(f"{key.name}.pub").read_text("utf-8")
    (tmp_path / "allowed_signers").write_text(f"ADDRESS {public}", "utf-8")
    body = mail(built).get_body(("plain",))
    assert body is not None
    commands = [line for line in str(body.get_content()).splitlines() if line.startswith("    ")]
    assert [line.split()[0] for line in commands] == ["sourcebrief", "sha256sum", "ssh-keygen"]
    assert "--sums port.sha256" in commands[0]
    for command in commands[1:]:
        # The commands are those of the mail, as a recipient types them.
        subprocess.run(command, shell=True, cwd=tmp_path, check=True, capture_output=True)
    (built.root / FOLDER / "port.sha256.sig").write_text("another", "utf-8")
    ran = built.run("email", "port")
    assert (ran.code, "port.sha256.sig is not the signature that was made" in ran.err) == (3, True)


def test_recipients_and_subject(built: Workspace) -> None:
    to = ("--to", '"Ruiz, Ana" <ana@example.org>, bo@münchen.de', "--to", "c@example.org")
    ran = built.run(
        "email", "port", *to, "--cc", "José <d@example.org>", "--subject", "Monday", "-v"
    )
    assert ran.code == 0
    message = mail(built)
    assert [box.addr_spec for box in message["To"].addresses] == [
        *("ana@example.org", "bo@xn--mnchen-3ya.de", "c@example.org")
    ]
    assert message["Cc"].addresses[0].display_name == "José"
    assert message["Subject"] == "[TLP:GREEN] Monday"
    assert "  bo@xn--mnchen-3ya.de\n" in ran.out


def test_equal_inputs_give_equal_bytes(built: Workspace) -> None:
    path = built.root / FOLDER / "port.eml"
    built.run("email", "port")
    first = path.read_bytes()
    path.unlink()
    built.run("email", "port")
    assert path.read_bytes() == first


def test_a_draft_makes_nothing_stale(built: Workspace) -> None:
    built.run("email", "port")
    assert built.run("check", "--built").code == 0
    assert built.run("build").out.startswith("port: unchanged")


def _change_an_input(root: Path) -> None:
    path = root / EVENTS
    path.write_text(path.read_text("utf-8").replace("promises scanners", "offers scanners"))


def _change_the_pdf(root: Path) -> None:
    path = root / FOLDER / "port.pdf"
    path.write_bytes(path.read_bytes() + b" ")


def _lose_the_pdf(root: Path) -> None:
    (root / FOLDER / "port.pdf").unlink()


def _forget(root: Path) -> None:
    shutil.rmtree(root / ".sourcebrief")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_change_an_input, "briefings/port/events.yaml has changed"),
        (_change_the_pdf, "briefings/port/port.pdf is not what was built"),
        (_lose_the_pdf, "briefings/port/port.pdf is missing"),
        (_forget, NEVER_BUILT),
    ],
)
def test_a_stale_edition_is_not_mailed(
    built: Workspace, change: Callable[[Path], None], why: str
) -> None:
    change(built.root)
    ran = built.run("email", "port")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"stale: port: {why}; run `sourcebrief build port`\n"
    assert not (built.root / FOLDER / "port.eml").exists()


def test_a_document_that_changes_while_it_is_read_is_not_mailed(
    built: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*arguments: object) -> dict[str, str]:
        _change_the_pdf(built.root)
        return {}

    monkeypatch.setattr(sealing, "why_not_current", too_late)
    ran = built.run("email", "port")
    assert ran.code == 3
    assert "port.pdf is not what was built" in ran.err


def test_a_briefing_with_errors_is_not_mailed(built: Workspace) -> None:
    built.edit(EVENTS, "Office will send three", "Office will send four")
    ran = built.run("email", "port")
    assert (ran.code, ran.out) == (1, "")
    assert f"{EVENTS}:36:16: error: the quotation does not stand" in ran.err


def test_warnings_fail_where_they_shall(built: Workspace) -> None:
    built.edit(BRIEF, "scanners are promised", "51 are promised")
    assert built.run("--strict", "email", "port").code == 1
    assert built.run("email", "port").code == 3


def test_a_format_that_the_brief_is_not_made_in_is_named_at_its_place(
    built: Workspace,
) -> None:
    built.edit(BRIEF, "formats: [pdf, docx]", "formats: [html]")
    assert built.run("build").code == 0
    ran = built.run("email", "port", "--docx")
    assert ran.code == 1
    assert f"{BRIEF}:1:10: error: formats has no pdf, which the mail carries; add it" in ran.err


def test_an_earlier_draft_stays_where_a_new_one_is_refused(built: Workspace) -> None:
    built.run("email", "port")
    before = (built.root / FOLDER / "port.eml").read_bytes()
    _change_the_pdf(built.root)
    assert built.run("email", "port").code == 3
    assert (built.root / FOLDER / "port.eml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["email", "prot"], "did you mean 'port'?"),
        (["email"], "NAME is missing"),
        (["email", "port", "--to", "ana"], "--to: 'ana' is not an address; write ana@example.org"),
        (["email", "port", "--to", "a@b.org\r\nBcc: e@x.org"], "--to: holds the character U+000D"),
        (["email", "port", "--cc", "a@b"], "--cc: 'b' is not a domain"),
        (
            ["email", "port", "--subject", "x\nBcc: e@x.org"],
            "--subject: holds the character U+000A",
        ),
        (["email", "port", "--subject", " "], "--subject is empty; leave it out for the title"),
    ],
)
def test_usage(workspace: Workspace, arguments: list[str], words: str) -> None:
    ran = workspace.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert not list(workspace.root.rglob("*.eml"))


def test_an_edition_with_its_changes_at_the_head_is_mailed_as_it_stands(built: Workspace) -> None:
    earlier = built.root / "earlier.json"
    earlier.write_bytes((built.root / FOLDER / "port.evidence.json").read_bytes())
    _change_an_input(built.root)
    assert built.run("build", "--since", earlier).code == 0
    assert built.run("check", "--built").code == 0
    assert built.run("email", "port").code == 0
    assert built.run("build").out.startswith("port: built")
    built.run("build", "--format", "html")
    said = "stale: port: it was built with another --format; run `sourcebrief build port`\n"
    assert built.run("check", "--built").err == said

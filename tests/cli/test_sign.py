"""The command `sign`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from keys import PASSWORD, house, needs_ssh, ssh_key

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace
    from fake_engines import Engines


@needs_ssh
def test_the_checksums_are_signed(workspace: Workspace, engines: Engines, tmp_path: Path) -> None:
    workspace.run("build")
    ran = workspace.run("sign", "port", "--ssh-key", str(ssh_key(tmp_path)))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["port: sealed", "  port.sha256", "  port.sha256.sig"]


def test_what_was_not_built_is_not_signed(
    workspace: Workspace, engines: Engines, tmp_path: Path
) -> None:
    key = tmp_path / "desk.p12"
    key.write_bytes(house().pkcs12)
    password = tmp_path / "password"
    password.write_text(f"{PASSWORD}\n", "utf-8")
    arguments = ("sign", "port", "--pkcs12", str(key), "--password-file", str(password))
    ran = workspace.run(*arguments)
    assert ran.code == 3
    assert ran.err.startswith("stale: port: no build of it is remembered")
    assert ran.err.endswith("; run `sourcebrief build port`\n")
    workspace.run("build")
    ran = workspace.run(*arguments)
    # The fake's PDF is none.
    assert ran.code == 1
    assert ran.err.startswith(f"{key}:1:1: error: it cannot be signed (")


@pytest.mark.parametrize("way", ["file", "descriptor"])
def test_a_wrong_password_is_one_line(
    workspace: Workspace, engines: Engines, tmp_path: Path, way: str
) -> None:
    key, password = tmp_path / "desk.p12", tmp_path / "password"
    key.write_bytes(house().pkcs12)
    password.write_text("wrong\n", "utf-8")
    given = ("--password-file", str(password))
    if way == "descriptor":
        given = ("--password-fd", str(os.open(password, os.O_RDONLY)))
    ran = workspace.run("sign", "port", "--pkcs12", str(key), *given)
    assert (ran.code, ran.err) == (1, f"{key}:1:1: error: the password is wrong\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "sign with a key: --ssh-key FILE, --pkcs12 FILE or --pkcs11 LIBRARY"),
        (("--pkcs12", "KEY", "--pkcs11", "KEY", "--token", "t"), "both sign the PDFs"),
        (("--pkcs11", "KEY"), "--pkcs11 LIBRARY and --token LABEL belong together"),
        (("--ssh-key", "KEY", "--reason", "Final"), "belong to a PDF's signature"),
        (("--pkcs12", "KEY", "--long-term", "."), "--long-term needs a time that others confirm"),
        (("--pkcs12", "KEY", "--password-fd", "999"), "--password-fd 999 is not open"),
        (("--pkcs12", "KEY"), "no terminal to ask for the password; give --password-file FILE"),
    ],
)
def test_a_command_that_cannot_be_carried_out(
    workspace: Workspace, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "key").write_bytes(b"")
    given = [str(tmp_path / "key") if word == "KEY" else word for word in arguments]
    ran = workspace.run("sign", "port", *given)
    assert ran.code == 2
    assert said in ran.err

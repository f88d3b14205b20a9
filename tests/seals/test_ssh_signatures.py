"""Signatures by OpenSSH, which OpenSSH alone can check too."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from keys import allowed_signers, needs_ssh, ssh_key
from sourcebrief.errors import EnvironmentFault
from sourcebrief.seals.ssh_signatures import (
    NAMESPACE,
    BadSignature,
    SshSigner,
    sign_with_ssh,
    ssh_signer,
)

if TYPE_CHECKING:
    from pathlib import Path

SUMS = b"0123  port.pdf\n"
pytestmark = needs_ssh


def fingerprint(key: Path) -> str:
    said = subprocess.run(["ssh-keygen", "-lf", str(key)], capture_output=True, check=True).stdout
    return said.decode().split()[1]


def test_a_signature_names_its_key_and_whose_it_is(tmp_path: Path) -> None:
    key = ssh_key(tmp_path)
    signature = sign_with_ssh(SUMS, key)
    assert ssh_signer(SUMS, signature) == SshSigner(fingerprint(key))
    allowed = tmp_path / "allowed"
    allowed.write_text(allowed_signers(key, "desk@example.org"), "utf-8")
    assert ssh_signer(SUMS, signature, allowed) == SshSigner(fingerprint(key), "desk@example.org")
    allowed.write_text(allowed_signers(ssh_key(tmp_path, "other"), "eve@example.org"), "utf-8")
    assert ssh_signer(SUMS, signature, allowed) == SshSigner(fingerprint(key))


def test_openssh_verifies_it(tmp_path: Path) -> None:
    key = ssh_key(tmp_path)
    allowed, signature = tmp_path / "allowed", tmp_path / "port.sha256.sig"
    allowed.write_text(allowed_signers(key, "desk@example.org"), "utf-8")
    signature.write_bytes(sign_with_ssh(SUMS, key))
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "desk@example.org"]
    command += ["-n", NAMESPACE, "-s", str(signature)]
    assert subprocess.run(command, input=SUMS, check=False).returncode == 0
    assert subprocess.run(command, input=SUMS + b"x", check=False).returncode != 0


def test_a_signature_of_something_else_is_refused(tmp_path: Path) -> None:
    signature = sign_with_ssh(SUMS, ssh_key(tmp_path))
    for data, given in ((SUMS + b"\n", signature), (SUMS, b"no signature"), (SUMS, b"")):
        with pytest.raises(BadSignature, match="ssh-keygen refuses: "):
            ssh_signer(data, given)


def test_what_is_no_key_does_not_sign(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key", "utf-8")
    with pytest.raises(BadSignature):
        sign_with_ssh(SUMS, tmp_path / "key")


def test_without_openssh_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentFault, match="openssh-client"):
        ssh_signer(SUMS, b"")

"""Keys and certificates for the tests of seals, made anew for each run."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "s3cret"
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not here")


@dataclass(frozen=True)
class House:
    """A house's root certificate (PEM), and a signer's PKCS#12 file under `PASSWORD`."""

    root: bytes
    pkcs12: bytes


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Harbour House"),
        ]
    )


@cache
def house(*, begins: int = -1, ends: int = 365) -> House:
    """Make a house whose signer's certificate is valid between two days from now."""
    today = dt.datetime.now(dt.UTC)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))

    def certificate(name: str, public: ec.EllipticCurvePublicKey, first: int, last: int):  # type: ignore[no-untyped-def]
        is_root = name == "Root"
        return (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named("Root"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(today + dt.timedelta(days=first))
            .not_valid_after(today + dt.timedelta(days=last))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    *(True, not is_root, False, False, False, is_root, is_root, False, False)
                ),
                critical=True,
            )
            .sign(root_key, hashes.SHA256())
        )

    root = certificate("Root", root_key.public_key(), -400, 3650)
    own = certificate("Policy desk", key.public_key(), begins, ends)
    secret = serialization.BestAvailableEncryption(PASSWORD.encode())
    return House(
        root.public_bytes(serialization.Encoding.PEM),
        pkcs12.serialize_key_and_certificates(b"desk", key, own, None, secret),
    )


def ssh_key(folder: Path, name: str = "desk") -> Path:
    """Make an SSH key without a password."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
    subprocess.run(command, check=True)
    return path


def allowed_signers(key: Path, principal: str) -> str:
    """The line by which ssh-keygen knows a key."""
    return f"{principal} {key.with_suffix('.pub').read_text('utf-8')}"

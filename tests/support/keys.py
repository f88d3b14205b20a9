"""Keys, certificates and a server of timestamps for the tests of seals, made anew for each run."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto import tsp
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from sent_files import new_pdf, saved
from sourcebrief.seals.pdf_signing import sign_pdf, signer_of_pkcs12

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "s3cret"
_NO_RESPONDER = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            AuthorityInformationAccessOID.OCSP,
            x509.UniformResourceIdentifier("http://127.0.0.1:9/"),
        )
    ]
)
"""Where certificates say that their status is to be had: nothing listens there."""
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not here")


@dataclass(frozen=True)
class House:
    """A house's root with its key, and a signer's certificate with its PKCS#12 file."""

    root_key: ec.EllipticCurvePrivateKey
    root: bytes
    certificate: x509.Certificate
    pkcs12: bytes

    def revoked(self, *certificates: x509.Certificate, days_ago: int = 2) -> bytes:
        """What the root says of revoked certificates (RFC 5280), as PEM."""
        moment = _now() - dt.timedelta(days=days_ago)
        made = x509.CertificateRevocationListBuilder(_named("Root"))
        made = made.last_update(moment).next_update(_now() + dt.timedelta(days=20))
        for one in certificates:
            entry = x509.RevokedCertificateBuilder(one.serial_number, moment)
            made = made.add_revoked_certificate(entry.build())
        return made.sign(self.root_key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def status(self, certificate: x509.Certificate, *, revoked: bool = False) -> bytes:
        """What the root's responder says of one certificate (RFC 6960)."""
        said = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
        root, moment = x509.load_pem_x509_certificate(self.root), _now() - dt.timedelta(days=2)
        next_update, since = _now() + dt.timedelta(days=20), moment if revoked else None
        return (
            ocsp.OCSPResponseBuilder()
            .add_response(certificate, root, hashes.SHA1(), said, moment, next_update, since, None)
            .responder_id(ocsp.OCSPResponderEncoding.NAME, root)
            .sign(self.root_key, hashes.SHA256())
            .public_bytes(Encoding.DER)
        )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Harbour House"),
        ]
    )


def _certificate(
    root_key: ec.EllipticCurvePrivateKey,
    name: str,
    public: Any,
    days: tuple[int, int],
    *usage: x509.ObjectIdentifier,
) -> x509.Certificate:
    is_root = name == "Root"
    first, last = (_now() + dt.timedelta(days=day) for day in days)
    uses = (True, not is_root, False, False, False, is_root, is_root, False, False)
    made = (
        x509.CertificateBuilder(_named("Root"), _named(name), public, x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(*uses), critical=True)
    )
    if not is_root:
        made = made.add_extension(_NO_RESPONDER, critical=False)
    if usage:
        made = made.add_extension(x509.ExtendedKeyUsage(usage), critical=True)
    return made.sign(root_key, hashes.SHA256())


@cache
def house(*, begins: int = -1, ends: int = 365) -> House:
    """Make a house whose signer's certificate is valid between two days from now."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate(root_key, "Root", root_key.public_key(), (-400, 3650))
    own = _certificate(root_key, "Policy desk", key.public_key(), (begins, ends))
    secret = BestAvailableEncryption(PASSWORD.encode())
    return House(
        root_key,
        root.public_bytes(Encoding.PEM),
        own,
        pkcs12.serialize_key_and_certificates(b"desk", key, own, None, secret),
    )


@cache
def stamper(of: House) -> DummyTimeStamper:
    """The office of a house that confirms the time."""
    key = rsa.generate_private_key(65537, 2048)
    use = ExtendedKeyUsageOID.TIME_STAMPING
    own = _certificate(of.root_key, "Stamp office", key.public_key(), (-400, 3000), use)
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        Certificate.load(own.public_bytes(Encoding.DER)), PrivateKeyInfo.load(secret)
    )


@cache
def built_pdf() -> bytes:
    """A small PDF, as a build leaves it."""
    return saved(new_pdf())


@cache
def signed_pdf() -> bytes:
    """The same, signed by the house."""
    return sign_pdf(built_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD), reason="Edition")


@contextmanager
def timestamp_server(of: House) -> Iterator[str]:
    """Serve timestamps (RFC 3161) of a house on this machine, under the address that is given."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            reply = stamper(of).request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def ssh_key(folder: Path, name: str = "desk") -> Path:
    """Make an SSH key without a password."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
    subprocess.run(command, check=True)
    return path


def allowed_signers(key: Path, principal: str) -> str:
    """The line by which ssh-keygen knows a key."""
    return f"{principal} {key.with_suffix('.pub').read_text('utf-8')}"

"""Certificates (X.509) as they are given: who they name, who vouches for them, what was revoked."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sourcebrief.errors import EnvironmentFault, SourcebriefError, install_extra

_CERTIFICATES: Final = frozenset({".pem", ".crt", ".cer", ".der"})


class NotSigned(SourcebriefError):  # noqa: N818 - it names what the file is
    """A key that does not sign, or a signature that does not hold; the message is a clause."""


@contextmanager
def pyhanko_imports() -> Iterator[None]:
    """Import pyHanko or what it brings. Raises EnvironmentFault where it is not installed."""
    # What it logs is in its status and its exceptions too.
    for name in ("pyhanko", "pyhanko_certvalidator"):
        if not (logger := logging.getLogger(name)).handlers:
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
    try:
        yield
    except ImportError as error:
        raise EnvironmentFault(f"pyHanko is not here: {install_extra('sign')}") from error


def certificates(folder: Path) -> tuple[bytes, ...]:
    """Read the certificates in a folder (*.pem, *.crt, *.cer, *.der).

    Raises NotSigned where there is none, or a file of such a name holds none.
    """
    files = sorted(one for one in folder.iterdir() if one.suffix in _CERTIFICATES)
    for file in files:
        try:
            parsed_certificates([file.read_bytes()])
        except ValueError as error:
            raise NotSigned(f"{file.name} holds no certificate") from error
    if not files:
        raise NotSigned("no certificate is in it; put in *.pem, *.crt, *.cer or *.der")
    return tuple(file.read_bytes() for file in files)


def parsed_certificates(files: Iterable[bytes]) -> list[Any]:
    """The certificates in files, PEM or DER."""
    with pyhanko_imports():
        from pyhanko.keys import load_certs_from_pemder_data

    return [one for data in files for one in load_certs_from_pemder_data(data)]


def proofs_in(folder: Path) -> Any:
    """What can prove later that a certificate was good when it signed.

    The folder holds the certificates of its issuers, of which those that sign themselves are
    trusted, and what these say of revoked ones (*.crl, *.ocsp); where it holds nothing of the
    latter, the issuers are asked. Raises NotSigned where a file is not what its name says.
    """
    issuers = parsed_certificates(certificates(folder))
    with pyhanko_imports():
        from asn1crypto import crl, ocsp, pem
        from pyhanko_certvalidator import ValidationContext

    found: dict[str, list[Any]] = {".crl": [], ".ocsp": []}
    for file in sorted(one for one in folder.iterdir() if one.suffix in found):
        data = file.read_bytes()
        kind = crl.CertificateList if file.suffix == ".crl" else ocsp.OCSPResponse
        try:
            found[file.suffix].append(kind.load(pem.unarmor(data)[2] if pem.detect(data) else data))
            found[file.suffix][-1].native  # noqa: B018 - reads all of it
        except (ValueError, TypeError) as error:
            raise NotSigned(f"{file.name} does not say what was revoked") from error
    return ValidationContext(
        trust_roots=[one for one in issuers if one.self_signed != "no"],
        other_certs=issuers,
        crls=found[".crl"],
        ocsps=found[".ocsp"],
        # An issuer that does not answer would count for more than what it says in the folder.
        allow_fetching=not any(found.values()),
        revocation_mode="require",
    )


def name_in(certificate: Any) -> str:
    """Whom a certificate names: the person or unit, and the house in brackets."""
    subject = certificate.subject.native
    parts = [subject.get(key) for key in ("common_name", "organization_name")]
    name, *house = [str(part) for part in parts if part] or [certificate.subject.human_friendly]
    return f"{name} ({house[0]})" if house else name


def date_of(moment: datetime) -> str:
    """A moment as a date."""
    return f"{moment:%Y-%m-%d}"


def reason_in(error: BaseException) -> str:
    """What an engine's error says, on one line."""
    return " ".join(str(error).split()) or type(error).__name__

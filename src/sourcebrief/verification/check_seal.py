"""Check what vouches for a file from outside: checksums with their signature, or its own."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sourcebrief.documents.checksums import NoChecksums, read_checksums
from sourcebrief.errors import EnvironmentFault
from sourcebrief.seals.certificates import NotSigned
from sourcebrief.seals.pdf_seals import PdfSeal, pdf_seal
from sourcebrief.seals.ssh_signatures import BadSignature, ssh_signer
from sourcebrief.verification.compare_pdf import pdf_differences
from sourcebrief.verification.document_text import NotCompared


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the recipient knows from elsewhere, by which a seal is checked.

    `sums` are checksums and `signature` the SSH signature of them, `allowed_signers` a file of
    ssh-keygen(1), `signed_by` the fingerprint of a key or a certificate, and `trusted` certificates
    that may vouch for a signer's.
    """

    sums: bytes | None = None
    signature: bytes | None = None
    allowed_signers: Path | None = None
    signed_by: str | None = None
    trusted: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class SealFindings:
    """What was found: `signers` are those whom an anchor knows.

    `built` is the file as it was built, in front of any signature in it.
    """

    built: bytes
    signers: tuple[str, ...] = ()
    findings: list[str] = field(default_factory=list)


def check_seal(sent: bytes, anchors: Anchors) -> SealFindings:
    """Check the seals of a file; findings that are not NotCompared are problems."""
    signers: list[str] = []
    findings: list[str] = []
    built = sent
    try:
        seal = pdf_seal(sent, anchors.trusted) if sent.startswith(b"%PDF-") else None
    except NotSigned as error:
        findings.append(str(error))
    except EnvironmentFault as error:
        findings.append(NotCompared(f"its signature: {error}"))
    else:
        if seal is not None:
            built = seal.built
            findings += _of_pdf(seal, anchors, signers)
    if anchors.sums is not None:
        findings += _of_sums(sent, anchors.sums, anchors, signers)
    demand = (anchors.sums, anchors.allowed_signers, anchors.signed_by, anchors.trusted)
    if any(demand) and built is sent and anchors.sums is None and not findings:
        findings.append("it is not signed; give the checksums of its edition with --sums")
    is_sound = all(isinstance(finding, NotCompared) for finding in findings)
    if anchors.signed_by and not signers and is_sound:
        findings.append(f"it is not signed by {anchors.signed_by}")
    return SealFindings(built, tuple(signers), findings)


def _of_pdf(seal: PdfSeal, anchors: Anchors, signers: list[str]) -> Iterator[str]:
    for difference in pdf_differences(seal.plain, seal.built):
        yield f"its signature adds more than itself: {difference}"
    what = f"certificate SHA-256 {seal.fingerprint[:16]}…"
    name = f"{seal.signer} ({', '.join(filter(None, (what, seal.signed_at)))})"
    if seal.later:
        name += f"; behind it stand {' and '.join(seal.later)}"
    if seal.trusted or _same(anchors.signed_by, seal.fingerprint):
        signers.append(name)
    elif anchors.trusted:
        yield f"the signature names {name}, but {seal.doubt}"
    else:
        yield NotCompared(f"who sealed it: the signature names {name}, but {seal.doubt}")


def _of_sums(sent: bytes, sums: bytes, anchors: Anchors, signers: list[str]) -> Iterator[str]:
    try:
        known = read_checksums(sums)
    except NoChecksums as error:
        yield f"--sums holds no checksums: {error}"
        return
    if hashlib.sha256(sent).hexdigest() not in known.values():
        yield "its SHA-256 is not among those of --sums: it is another file, or was changed"
        return
    if anchors.signature is None:
        yield NotCompared(
            "who made the checksums: they are not signed, and so prove a copy and no more"
        )
        return
    try:
        signer = ssh_signer(sums, anchors.signature, anchors.allowed_signers)
    except (BadSignature, EnvironmentFault) as error:
        yield f"the signature of --sums does not hold: {error}"
        return
    if signer.principal is not None:
        signers.append(f"{signer.principal} (key {signer.fingerprint})")
    elif anchors.signed_by == signer.fingerprint:
        signers.append(f"the key {signer.fingerprint}")
    elif anchors.allowed_signers is not None:
        yield f"the key {signer.fingerprint}, which signed --sums, is not in --allowed-signers"
    else:
        yield NotCompared(
            f"who signed the checksums: no one vouches for the key {signer.fingerprint}; give "
            "--allowed-signers FILE, or the fingerprint with --signed-by if you know it"
        )


def _same(given: str | None, fingerprint: str) -> bool:
    return given is not None and given.replace(":", "").lower() == fingerprint

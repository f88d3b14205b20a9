"""What the PAdES signature in a PDF vouches for (ETSI EN 319 142-1), by pyHanko.

It stands behind the file that was built, covers all of it, and adds nothing but itself. Behind it
may stand what keeps it good for longer: timestamps, and what issuers say of revoked certificates.
"""

import asyncio
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import pikepdf

from sourcebrief.seals.certificates import (
    NotSigned,
    date_of,
    name_in,
    parsed_certificates,
    pyhanko_imports,
    reason_in,
)

_LAST_END: Final = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_FIRST_END: Final = re.compile(rb"%%EOF\r?\n?")
_UNREADABLE: Final = (
    *(ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError),
    *(NotImplementedError, zlib.error, pikepdf.PdfError),
)
"""What pyHanko and pikepdf raise, besides their own, where an object is not what it should be."""
_GAP: Final = re.compile(rb"<((?:[0-9A-Fa-f]{2})+)>")
_FIELD_KEYS: Final = frozenset(
    {"/F", "/FT", "/P", "/Rect", "/Subtype", "/T", "/TU", "/Type", "/V", "/Lock", "/SV"}
)


@dataclass(frozen=True, slots=True)
class PdfSeal:
    """What a signature in a PDF says; it covers every byte before it.

    `built` is the file in front of it, `plain` the whole file without the signature's own objects,
    `signer` the name in the certificate and `fingerprint` its SHA-256. `trusted` says whether one
    of the given certificates vouches for it, and `doubt` why not. `signed_at` says when, and by
    whose clock; `later` is what stands behind the signature.
    """

    built: bytes
    plain: bytes
    signer: str
    fingerprint: str
    trusted: bool
    doubt: str
    signed_at: str
    later: tuple[str, ...]


def pdf_seal(data: bytes, trusted: Iterable[bytes] = ()) -> PdfSeal | None:
    """Return what the signature of a PDF says; None where there is none.

    `trusted` are certificates, PEM or DER, that may vouch for the signer's. Raises NotSigned where
    a signature does not hold, does not cover what is before it, or is not the only one.
    """
    if b"/ByteRange" not in data:
        return None
    with pyhanko_imports():
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        return _read_seal(data, trusted)
    except (PdfError, SigningError, SignatureValidationError, *_UNREADABLE) as error:
        raise NotSigned(f"its signature cannot be read ({reason_in(error)})") from error


def _read_seal(data: bytes, trusted: Iterable[bytes]) -> PdfSeal:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    anchors = parsed_certificates(trusted)
    context = ValidationContext(trust_roots=anchors, allow_fetching=False)
    reader = PdfFileReader(BytesIO(data), strict=False)
    found = reader.embedded_regular_signatures
    if len(found) != 1:
        raise NotSigned(f"it carries {len(found)} signatures, and an edition is signed once")
    has_proofs = "/DSS" in reader.root
    if has_proofs:
        # What the issuers say is then there, so that it is demanded.
        given = {"trust_roots": anchors, "allow_fetching": False, "revocation_mode": "require"}
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(given)
    status = validate_pdf_signature(found[0], context, context)
    # Timestamps may follow, the last of which then covers all of the file but proofs behind it.
    last = reader.embedded_signatures[-1]
    _, _, start, length = last.byte_range
    if last.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_FILE and not (
        has_proofs and _is_update(data, start + length)
    ):
        raise NotSigned("something was added behind its signature")
    _require_whole(status)
    _require_nothing_beside(found[0], data)
    later = [_later_timestamp(one, context, data) for one in reader.embedded_timestamp_signatures]
    certificate = status.signing_cert
    is_trusted = status.trusted or (bool(later) and _was_good(found[0], anchors))
    return PdfSeal(
        first_revision(data),
        _without_seal(data),
        name_in(certificate),
        hashlib.sha256(certificate.dump()).hexdigest(),
        bool(anchors) and is_trusted,
        "the certificate was revoked" if status.revoked else _doubt(certificate, bool(anchors)),
        _when(status),
        (*(["certificates and revocation data"] if has_proofs else []), *later),
    )


def _is_update(data: bytes, start: int) -> bool:
    """Whether one update begins at a byte; pyHanko then says that it brings nothing but proofs."""
    end = _LAST_END.search(data, start)
    return end is not None and int(end[1]) >= start and data.count(b"%%EOF", start) == 1


def _was_good(signature: Any, anchors: list[Any]) -> bool:
    """Whether the certificate was good when the timestamps say that it signed.

    What issuers said is in the file (ETSI EN 319 102-1, 5.6.3), so nothing is asked of a network.
    """
    from pyhanko.sign.ades.report import AdESPassed
    from pyhanko.sign.validation.ades import ades_lta_validation
    from pyhanko.sign.validation.policy_decl import (
        PdfSignatureValidationSpec,
        RevinfoOnlineFetchingRule,
        RevocationInfoGatheringSpec,
        SignatureValidationSpec,
    )
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager

    def policy(revocation: str) -> CertValidationPolicySpec:
        return CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=anchors),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy(revocation)),
        )

    specification = SignatureValidationSpec(
        cert_validation_policy=policy("require"),
        # Without a network, no one says today whether the last timestamp's certificate is good.
        ts_cert_validation_policy=policy("soft-fail"),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
    )
    found = asyncio.run(ades_lta_validation(signature, PdfSignatureValidationSpec(specification)))
    return found.ades_subindic is AdESPassed.OK


def _later_timestamp(signature: Any, context: Any, data: bytes) -> str:
    from pyhanko.sign.validation import validate_pdf_timestamp

    status = validate_pdf_timestamp(signature, context)
    if not (status.intact and status.valid):
        raise NotSigned("a timestamp behind its signature does not hold")
    _require_nothing_beside(signature, data)
    return f"a timestamp{_of_whom(status)}, {_minute(status.timestamp)}"


def _when(status: Any) -> str:
    """When it was signed: by a timestamp where one stands in it, else by the signer's own clock."""
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.intact:
        return f"{_minute(stamp.timestamp)} by a timestamp{_of_whom(stamp)}"
    return _minute(status.signer_reported_dt) if status.signer_reported_dt else ""


def _of_whom(status: Any) -> str:
    doubt = "" if status.trusted else ", for whom no one vouches"
    return f" of {name_in(status.signing_cert)}{doubt}"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _require_whole(status: Any) -> None:
    from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid):
        raise NotSigned(
            "its signature does not hold: the file was changed, or it is another file's"
        )
    if status.md_algorithm in ("md5", "sha1"):
        raise NotSigned(
            f"its signature is made with {status.md_algorithm.upper()}, which is broken"
        )
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise NotSigned("its signature leaves a gap: it does not cover all that stands before it")
    level = status.modification_level
    if isinstance(status.diff_result, SuspiciousModification) or (
        level is not None and level > ModificationLevel.LTA_UPDATES
    ):
        raise NotSigned("something was added behind its signature")


def _require_nothing_beside(signature: Any, data: bytes) -> None:
    """The signature stands in a gap of what it covers, which may hold zeros besides it."""
    _, end, start, _ = signature.byte_range
    digits = _GAP.fullmatch(data[end:start])
    held = bytes.fromhex(digits[1].decode()) if digits else b""
    from asn1crypto.cms import ContentInfo

    if not held or held[len(ContentInfo.load(held).dump()) :].strip(b"\0"):
        raise NotSigned("the gap for its signature holds something else as well")


def _doubt(certificate: Any, has_anchors: bool) -> str:
    end = certificate["tbs_certificate"]["validity"]["not_after"].native
    if end < datetime.now(UTC):
        return f"the certificate expired on {date_of(end)}"
    if not has_anchors:
        return "no one vouches for this name; give --trust DIR with the certificates that you trust"
    return "none of the certificates of --trust vouches for this name"


def first_revision(data: bytes) -> bytes:
    """Return the file that was built, which stands in front of any signature of it."""
    end = _FIRST_END.search(data)
    if end is None:
        raise NotSigned("it has no end")
    return data[: end.end()]


def _without_seal(data: bytes) -> bytes:
    """The PDF without the objects of its signature, all of which must be invisible."""
    with pikepdf.open(BytesIO(data), suppress_warnings=True, attempt_recovery=False) as pdf:
        form = pdf.Root.AcroForm
        fields = list(form.Fields)
        for field in fields:
            kind = str(field.get("/FT")), str(field.get("/Subtype"))
            area = [float(value) for value in field.get("/Rect", [1])]
            if kind != ("/Sig", "/Widget") or set(field.keys()) - _FIELD_KEYS or any(area):
                raise NotSigned("its signature brings a field that can show something")
        own = {field.objgen for field in fields}
        for page in pdf.pages:
            kept = [one for one in page.obj.get("/Annots", ()) if one.objgen not in own]
            if len(kept) < len(page.obj.get("/Annots", ())):
                page.obj.Annots = pikepdf.Array(kept)
            if "/Annots" in page.obj and not kept:
                del page.obj.Annots
        for key in ("/AcroForm", "/DSS", "/Extensions", "/Version"):
            if key in pdf.Root:
                del pdf.Root[key]
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()

"""PAdES signatures in a PDF (ETSI EN 319 142-1), by pyHanko.

A signature is an update behind the file that was built, and the file stands in front of it byte for
byte. It adds an invisible field, which no page shows.
"""

import hashlib
import logging
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf

from sourcebrief.errors import EnvironmentFault, SourcebriefError

FIELD: Final = "Seal"
_FIELD_NAME: Final = "Seal of the edition"
"""What a screen reader says of the field, should it come to it."""
TIMEOUT: Final = 15
"""How many seconds a server of timestamps may take to answer."""
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
_CERTIFICATES: Final = frozenset({".pem", ".crt", ".cer", ".der"})
_INSTALL: Final = "pyHanko is not here: pip install 'sourcebrief[sign]'"


class NotSigned(SourcebriefError):  # noqa: N818 - it names what the file is
    """A key that does not sign, or a signature that does not hold; the message is a clause."""


@dataclass(frozen=True, slots=True)
class PdfSeal:
    """What a signature in a PDF says; it covers every byte before it.

    `built` is the file in front of it, `plain` the whole file without the signature's own objects,
    `signer` the name in the certificate and `fingerprint` its SHA-256. `trusted` says whether one
    of the given certificates vouches for it, and `doubt` why not. `signed_at` comes from a
    timestamp where one stands in it, as `is_timestamped` says, else from the signer's own clock.
    """

    built: bytes
    plain: bytes
    signer: str
    fingerprint: str
    trusted: bool
    doubt: str
    signed_at: datetime | None
    is_timestamped: bool


# ---------------------------------------------------------------- signing


def signer_of_pkcs12(data: bytes, password: str | None) -> Any:
    """Read the key and the certificate of a PKCS#12 file (RFC 7292). Raises NotSigned."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    secret = None if password is None else password.encode()
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, secret)
    except ValueError as error:
        wrong = "password" in str(error).lower()
        reason = "the password is wrong" if wrong else "it is not a PKCS#12 file, or damaged"
        raise NotSigned(reason) from error
    if key is None or certificate is None:
        raise NotSigned("it holds no private key with its certificate")
    with _pyhanko():
        from pyhanko.sign.signers import SimpleSigner

        signer = SimpleSigner.load_pkcs12_data(data, [], secret)
    _require_usable(signer.signing_cert)
    return signer


@contextmanager
def signer_on_token(library: str, label: str, pin: str) -> Iterator[Any]:
    """Open a PKCS#11 token by its label, and sign with the one key that has a certificate on it.

    Raises NotSigned.
    """
    with _pyhanko():
        from asn1crypto.x509 import Certificate
        from pkcs11 import Attribute, ObjectClass
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    try:
        with open_pkcs11_session(
            library, token_criteria=TokenCriteria(label=label), user_pin=pin
        ) as session:
            keys = {
                key[Attribute.ID]
                for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
            }
            certificates = {
                one[Attribute.ID]: Certificate.load(one[Attribute.VALUE])
                for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
                if one[Attribute.ID] in keys
            }
            if len(certificates) != 1:
                raise NotSigned(f"it has {len(certificates)} keys with a certificate, and not one")
            ((identifier, certificate),) = certificates.items()
            _require_usable(certificate)
            yield PKCS11Signer(session, signing_cert=certificate, key_id=identifier)
    except (PKCS11Error, SigningError, RuntimeError) as error:
        raise NotSigned(f"the token does not sign ({_reason(error)})") from error


def sign_pdf(
    data: bytes, signer: Any, *, reason: str | None = None, timestamps: str | None = None
) -> bytes:
    """Sign a built PDF as PAdES B-B, or B-T with a timestamp of the server at this address.

    Raises NotSigned where the PDF is signed already, or the key or the server fails.
    """
    with _pyhanko():
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
        from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
    )
    server = HTTPTimeStamper(timestamps, timeout=TIMEOUT) if timestamps else None
    out = BytesIO()
    try:
        PdfSigner(
            metadata,
            signer,
            timestamper=server,
            new_field_spec=SigFieldSpec(FIELD, readable_field_name=_FIELD_NAME),
        ).sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), output=out)
    except TimestampRequestError as error:
        raise NotSigned(f"{timestamps} gives no timestamp ({_reason(error)})") from error
    except (SigningError, PdfError, TimeoutError, OSError) as error:
        raise NotSigned(f"it cannot be signed ({_reason(error)})") from error
    return out.getvalue()


def _require_usable(certificate: Any) -> None:
    validity, name = certificate["tbs_certificate"]["validity"], _name(certificate)
    now = datetime.now(UTC)
    if validity["not_after"].native < now:
        raise NotSigned(
            f"the certificate of {name} expired on {_day(validity['not_after'].native)}"
        )
    if validity["not_before"].native > now:
        begin = _day(validity["not_before"].native)
        raise NotSigned(f"the certificate of {name} is not valid before {begin}")
    if certificate.hash_algo in ("md5", "sha1"):
        weak = certificate.hash_algo.upper()
        raise NotSigned(f"the certificate of {name} is signed with {weak}, which can be forged")


# ---------------------------------------------------------------- verifying


def certificates(folder: Path) -> tuple[bytes, ...]:
    """Read the certificates in a folder (*.pem, *.crt, *.cer, *.der).

    Raises NotSigned where there is none, or a file of such a name holds none.
    """
    files = sorted(one for one in folder.iterdir() if one.suffix in _CERTIFICATES)
    with _pyhanko():
        from pyhanko.keys import load_certs_from_pemder_data

    for file in files:
        try:
            list(load_certs_from_pemder_data(file.read_bytes()))
        except ValueError as error:
            raise NotSigned(f"{file.name} holds no certificate") from error
    if not files:
        raise NotSigned("no certificate is in it; put in *.pem, *.crt, *.cer or *.der")
    return tuple(file.read_bytes() for file in files)


def pdf_seal(data: bytes, trusted: Iterable[bytes] = ()) -> PdfSeal | None:
    """Return what the signature of a PDF says; None where there is none.

    `trusted` are certificates, PEM or DER, that may vouch for the signer's. Raises NotSigned where
    a signature does not hold, does not cover what is before it, or is not the only one.
    """
    if b"/ByteRange" not in data:
        return None
    with _pyhanko():
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        return _read_seal(data, trusted)
    except (PdfError, SigningError, SignatureValidationError, *_UNREADABLE) as error:
        raise NotSigned(f"its signature cannot be read ({_reason(error)})") from error


def _read_seal(data: bytes, trusted: Iterable[bytes]) -> PdfSeal:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    anchors = [one for pem in trusted for one in load_certs_from_pemder_data(pem)]
    context = ValidationContext(trust_roots=anchors, allow_fetching=False)
    reader = PdfFileReader(BytesIO(data), strict=False)
    found = reader.embedded_regular_signatures
    if len(found) != 1:
        raise NotSigned(f"it carries {len(found)} signatures, and an edition is signed once")
    status = validate_pdf_signature(found[0], context, context)
    # A timestamp may follow, which then has to cover all of the file.
    last = reader.embedded_signatures[-1]
    if last.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_FILE:
        raise NotSigned("something was added behind its signature")
    _require_whole(status)
    _require_nothing_beside(found[0], data)
    timestamp = status.timestamp_validity
    certificate = status.signing_cert
    return PdfSeal(
        first_revision(data),
        _without_seal(data),
        _name(certificate),
        hashlib.sha256(certificate.dump()).hexdigest(),
        bool(anchors) and status.trusted,
        _doubt(certificate, bool(anchors)),
        timestamp.timestamp if timestamp is not None else status.signer_reported_dt,
        timestamp is not None and timestamp.valid and timestamp.intact,
    )


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
        return f"the certificate expired on {_day(end)}"
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


@contextmanager
def _pyhanko() -> Iterator[None]:
    # What it logs is in its status and its exceptions too.
    logger = logging.getLogger("pyhanko")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        yield
    except ImportError as error:
        raise EnvironmentFault(_INSTALL) from error


def _name(certificate: Any) -> str:
    """Whom a certificate names: the person or unit, and the house in brackets."""
    subject = certificate.subject.native
    parts = [subject.get(key) for key in ("common_name", "organization_name")]
    name, *house = [str(part) for part in parts if part] or [certificate.subject.human_friendly]
    return f"{name} ({house[0]})" if house else name


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

"""Signing a PDF as PAdES (ETSI EN 319 142-1), by pyHanko.

A signature is an update behind the file that was built, and the file stands in front of it byte for
byte. It adds an invisible field, which no page shows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from sourcebrief.seals.certificates import (
    NotSigned,
    date_of,
    name_in,
    pyhanko_imports,
    reason_in,
)

FIELD: Final = "Seal"
_FIELD_NAME: Final = "Seal of the edition"
"""What a screen reader says of the field, should it come to it."""
TIMEOUT: Final = 15
"""How many seconds a server of timestamps may take to answer."""


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
    with pyhanko_imports():
        from pyhanko.sign.signers import SimpleSigner

        signer = SimpleSigner.load_pkcs12_data(data, [], secret)
    _require_usable(signer.signing_cert)
    return signer


@contextmanager
def signer_on_token(library: str, label: str, pin: str) -> Iterator[Any]:
    """Open a PKCS#11 token by its label, and sign with the one key that has a certificate on it.

    Raises NotSigned.
    """
    with pyhanko_imports():
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
        raise NotSigned(f"the token does not sign ({reason_in(error)})") from error


def sign_pdf(
    data: bytes,
    signer: Any,
    *,
    reason: str | None = None,
    timestamps: str | None = None,
    proofs: Any = None,
) -> bytes:
    """Sign a built PDF as PAdES B-B, or B-T with a timestamp of the server at this address.

    With both `timestamps` and `proofs` (of `proofs_in`) it is B-LTA: the proofs stand behind the
    signature, and another timestamp behind them. Raises NotSigned where the PDF is signed already,
    or the key, the server or a proof fails.
    """
    with pyhanko_imports():
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
        from pyhanko.sign.signers.pdf_signer import (
            DSSContentSettings,
            TimestampDSSContentSettings,
        )
        from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        validation_context=proofs,
        embed_validation_info=proofs is not None,
        use_pades_lta=proofs is not None,
        # The last timestamp has to cover every byte, so that nothing stands behind it.
        dss_settings=DSSContentSettings(
            next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
        ),
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
        raise NotSigned(f"{timestamps} gives no timestamp ({reason_in(error)})") from error
    except (SigningError, PdfError, TimeoutError, OSError) as error:
        raise NotSigned(f"it cannot be signed ({reason_in(error.__cause__ or error)})") from error
    return out.getvalue()


def _require_usable(certificate: Any) -> None:
    validity, name = certificate["tbs_certificate"]["validity"], name_in(certificate)
    now = datetime.now(UTC)
    if validity["not_after"].native < now:
        raise NotSigned(
            f"the certificate of {name} expired on {date_of(validity['not_after'].native)}"
        )
    if validity["not_before"].native > now:
        begin = date_of(validity["not_before"].native)
        raise NotSigned(f"the certificate of {name} is not valid before {begin}")
    if certificate.hash_algo in ("md5", "sha1"):
        weak = certificate.hash_algo.upper()
        raise NotSigned(f"the certificate of {name} is signed with {weak}, which can be forged")

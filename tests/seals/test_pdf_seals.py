"""What a signature in a PDF vouches for and for how long, and what is said of forged ones."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from keys import PASSWORD, House, built_pdf, house, signed_pdf, stamper, timestamp_server
from sourcebrief.seals.certificates import NotSigned, proofs_in
from sourcebrief.seals.pdf_seals import pdf_seal
from sourcebrief.seals.pdf_signing import sign_pdf, signer_of_pkcs12

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspections import Built


def test_a_seal_names_its_signer_and_who_vouches_for_the_name() -> None:
    unknown = pdf_seal(signed_pdf())
    assert unknown is not None
    assert (unknown.signer, unknown.trusted) == ("Policy desk (Harbour House)", False)
    assert "no one vouches for this name" in unknown.doubt
    known = pdf_seal(signed_pdf(), [house().root])
    assert known is not None
    assert known.trusted
    assert known.built == built_pdf()
    stranger = pdf_seal(signed_pdf(), [house(ends=400).root])
    assert stranger is not None
    assert not stranger.trusted
    assert "none of the certificates of --trust" in stranger.doubt


def test_a_file_without_a_signature_has_no_seal() -> None:
    assert pdf_seal(built_pdf()) is None


def test_any_byte_counts(built: Built) -> None:
    data = sign_pdf(built.bytes("muelle", "pdf"), signer_of_pkcs12(house().pkcs12, PASSWORD))

    # The certificates inside the signature are vouched for by those who issued them.
    signature = re.search(rb"<[0-9A-Fa-f]{999,}?(?=0{64})", data)
    assert signature is not None

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def flipped(at: int, mask: int) -> None:
        if signature.start() < at < signature.end():
            return
        altered = data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]
        try:
            seal = pdf_seal(altered, [house().root])
        except NotSigned:
            return
        # The mark of the signature itself may be what was hit; then there is none.
        assert seal is None

    flipped()


def with_update(edit: Any, data: bytes | None = None) -> bytes:
    """The signed file with an update of another program behind it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data or signed_pdf()))
    edit(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rotate(writer: Any) -> None:
    from pyhanko.pdf_utils.generic import NumberObject, pdf_name

    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Rotate")] = NumberObject(90)
    writer.update_container(page)


def test_what_stands_behind_a_signature_is_reported() -> None:
    for data in (with_update(_rotate), signed_pdf() + b"\n9 0 obj\n<<>>\nendobj\n"):
        with pytest.raises(NotSigned, match="something was added behind its signature"):
            pdf_seal(data)


def test_a_gap_in_what_is_signed_is_reported() -> None:
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", signed_pdf())
    assert found is not None
    narrowed = signed_pdf().replace(
        found[0], found[0].replace(b"[0 ", b"[1 ", 1).ljust(len(found[0]))
    )
    with pytest.raises(NotSigned):
        pdf_seal(narrowed)


def test_a_visible_field_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyhanko.sign.fields import SigFieldSpec

    monkeypatch.setattr(
        "pyhanko.sign.fields.SigFieldSpec",
        lambda name, **more: SigFieldSpec(name, box=(0, 0, 99, 99), **more),
    )
    visible = sign_pdf(built_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD))
    with pytest.raises(NotSigned, match="a field that can show something"):
        pdf_seal(visible)


# ------------------------------------------------------------- timestamps, and proofs for later


def stamped(of: House, tmp_path: Path | None = None, *revoked: Any) -> bytes:
    """A PDF signed with a timestamp of the house; with a folder, for the long term."""
    if tmp_path is not None:
        (tmp_path / "root.pem").write_bytes(of.root)
        (tmp_path / "root.crl").write_bytes(of.revoked(*revoked))
    with timestamp_server(of) as address:
        return sign_pdf(
            built_pdf(),
            signer_of_pkcs12(of.pkcs12, PASSWORD),
            timestamps=address,
            proofs=tmp_path and proofs_in(tmp_path),
        )


@contextmanager
def days_later(days: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        later = datetime.now(UTC) + timedelta(days=days)
        patched.setattr("pyhanko_certvalidator.ltv.types.datetime", _clock(later))
        patched.setattr("pyhanko_certvalidator.context.datetime", _clock(later))
        yield


def _clock(moment: datetime) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    return Clock


def test_a_timestamp_names_who_confirms_the_time() -> None:
    seal = pdf_seal(stamped(house()), [house().root])
    assert seal is not None
    assert seal.trusted
    assert seal.signed_at.endswith(" UTC by a timestamp of Stamp office (Harbour House)")
    assert seal.later == ()
    stranger = pdf_seal(stamped(house()), [house(ends=400).root])
    assert stranger is not None
    assert stranger.signed_at.endswith("(Harbour House), for whom no one vouches")


def test_a_seal_for_the_long_term_outlives_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = stamped(house(ends=9), tmp_path)
    assert data.startswith(built_pdf())
    seal = pdf_seal(data, [house(ends=9).root])
    assert seal is not None
    assert seal.trusted
    assert seal.built == built_pdf()
    proofs, stamp = seal.later
    assert proofs == "certificates and revocation data"
    assert stamp.startswith("a timestamp of Stamp office (Harbour House), 20")
    short = stamped(house(ends=9))
    with days_later(30, monkeypatch):
        trusted = [pdf_seal(one, [house(ends=9).root]).trusted for one in (data, short)]  # type: ignore[union-attr]
    assert trusted == [True, False]
    assert pdf_seal(data).trusted is False  # type: ignore[union-attr]


def test_a_certificate_that_cannot_be_proven_later_does_not_sign(tmp_path: Path) -> None:
    with pytest.raises(NotSigned, match=r"it cannot be signed .*revoked"):
        stamped(house(), tmp_path, house().certificate)


def test_a_responders_answers_count_from_the_folder_without_a_network(tmp_path: Path) -> None:
    of, stamp = house(), stamper(house()).tsa_cert.dump()
    (tmp_path / "root.pem").write_bytes(of.root)
    (tmp_path / "stamp.ocsp").write_bytes(of.status(x509.load_der_x509_certificate(stamp)))
    (tmp_path / "own.ocsp").write_bytes(of.status(of.certificate))
    with timestamp_server(of) as address:

        def signed() -> bytes:
            signer, proofs = signer_of_pkcs12(of.pkcs12, PASSWORD), proofs_in(tmp_path)
            return sign_pdf(built_pdf(), signer, timestamps=address, proofs=proofs)

        seal = pdf_seal(signed(), [of.root])
        (tmp_path / "own.ocsp").write_bytes(of.status(of.certificate, revoked=True))
        with pytest.raises(NotSigned, match=r"it cannot be signed .*revoked"):
            signed()
    assert seal is not None
    assert (seal.trusted, len(seal.later)) == (True, 2)


def test_what_issuers_say_may_be_put_in_later_by_others() -> None:
    from asn1crypto import crl, pem
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    def with_proofs(*revoked: Any) -> bytes:
        out = io.BytesIO(stamped(house()))
        said = crl.CertificateList.load(pem.unarmor(house().revoked(*revoked))[2])
        DocumentSecurityStore.add_dss(out, None, crls=[said])
        return out.getvalue()

    good = pdf_seal(with_proofs(), [house().root])
    bad = pdf_seal(with_proofs(house().certificate), [house().root])
    assert good is not None
    assert bad is not None
    assert (good.trusted, good.later) == (True, ("certificates and revocation data",))
    assert (bad.trusted, bad.doubt) == (False, "the certificate was revoked")
    with pytest.raises(NotSigned, match="its signature cannot be read"):
        pdf_seal(with_proofs() + b"\n%%EOF\n")
    with pytest.raises(NotSigned, match="something was added behind its signature"):
        pdf_seal(with_update(_rotate, with_proofs()))

"""PAdES signatures: an invisible update behind the built file, and what is said of forged ones."""

from __future__ import annotations

import io
import re
import socket
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys import PASSWORD, house
from sent_files import new_pdf, saved
from sourcebrief.seals import pdf_signatures
from sourcebrief.seals.pdf_signatures import (
    NotSigned,
    certificates,
    first_revision,
    pdf_seal,
    sign_pdf,
    signer_of_pkcs12,
)

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built


@cache
def built_pdf() -> bytes:
    return saved(new_pdf())


@cache
def signed_pdf() -> bytes:
    return sign_pdf(built_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD), reason="Edition")


def test_the_built_file_stands_in_front_of_its_signature() -> None:
    assert signed_pdf().startswith(built_pdf())
    assert first_revision(signed_pdf()) == built_pdf()


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


def with_update(edit: Any) -> bytes:
    """The signed file with an update of another program behind it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf()))
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


def test_an_edition_is_signed_once() -> None:
    with pytest.raises(NotSigned, match="filled already"):
        sign_pdf(signed_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD))


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


@pytest.mark.parametrize(
    ("data", "password", "said"),
    [
        (house().pkcs12, "wrong", "the password is wrong"),
        (b"nothing", "x", "it is not a PKCS#12 file, or damaged"),
        (house(ends=0, begins=-9).pkcs12, PASSWORD, r"certificate of Policy desk .* expired on 20"),
        (house(begins=3).pkcs12, PASSWORD, r"certificate of Policy desk .* is not valid before 20"),
    ],
)
def test_a_key_that_cannot_sign(data: bytes, password: str, said: str) -> None:
    with pytest.raises(NotSigned, match=said):
        signer_of_pkcs12(data, password)


def test_a_server_of_timestamps_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_signatures, "TIMEOUT", 1)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(NotSigned, match=f"{address} gives no timestamp"):
            sign_pdf(built_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD), timestamps=address)


def test_certificates_are_read_from_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotSigned, match="no certificate is in it"):
        certificates(tmp_path)
    (tmp_path / "root.pem").write_bytes(house().root)
    (tmp_path / "notes.txt").write_text("ours", "utf-8")
    assert certificates(tmp_path) == (house().root,)
    (tmp_path / "broken.crt").write_bytes(b"no certificate")
    with pytest.raises(NotSigned, match=r"broken\.crt holds no certificate"):
        certificates(tmp_path)


def test_a_signed_file_is_a_pdf_that_shows_the_same(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    signed = sign_pdf(data, signer_of_pkcs12(house().pkcs12, PASSWORD))
    with pikepdf.open(io.BytesIO(signed)) as one, pikepdf.open(io.BytesIO(data)) as other:
        assert len(one.pages) == len(other.pages)
        assert [float(side) for side in one.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]

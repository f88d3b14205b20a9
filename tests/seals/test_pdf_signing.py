"""Signing: an invisible update behind the built file, and keys and servers that do not sign."""

from __future__ import annotations

import io
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pikepdf
import pytest

from keys import PASSWORD, built_pdf, house, signed_pdf
from sourcebrief.seals import pdf_signing
from sourcebrief.seals.certificates import NotSigned
from sourcebrief.seals.pdf_seals import first_revision
from sourcebrief.seals.pdf_signing import sign_pdf, signer_of_pkcs12

if TYPE_CHECKING:
    from inspections import Built


def test_the_built_file_stands_in_front_of_its_signature() -> None:
    assert signed_pdf().startswith(built_pdf())
    assert first_revision(signed_pdf()) == built_pdf()


def test_a_signed_file_is_a_pdf_that_shows_the_same(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    signed = sign_pdf(data, signer_of_pkcs12(house().pkcs12, PASSWORD))
    with pikepdf.open(io.BytesIO(signed)) as one, pikepdf.open(io.BytesIO(data)) as other:
        assert len(one.pages) == len(other.pages)
        assert [float(side) for side in one.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]


def test_an_edition_is_signed_once() -> None:
    with pytest.raises(NotSigned, match="filled already"):
        sign_pdf(signed_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD))


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
    monkeypatch.setattr(pdf_signing, "TIMEOUT", 1)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(NotSigned, match=f"{address} gives no timestamp"):
            sign_pdf(built_pdf(), signer_of_pkcs12(house().pkcs12, PASSWORD), timestamps=address)

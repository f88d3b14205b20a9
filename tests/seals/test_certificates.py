"""Certificates, and what issuers say of them, are read from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keys import house
from sourcebrief.seals.certificates import NotSigned, certificates, proofs_in

if TYPE_CHECKING:
    from pathlib import Path


def test_certificates_are_read_from_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotSigned, match="no certificate is in it"):
        certificates(tmp_path)
    (tmp_path / "root.pem").write_bytes(house().root)
    (tmp_path / "notes.txt").write_text("ours", "utf-8")
    assert certificates(tmp_path) == (house().root,)
    (tmp_path / "broken.crt").write_bytes(b"no certificate")
    with pytest.raises(NotSigned, match=r"broken\.crt holds no certificate"):
        certificates(tmp_path)


def test_a_file_that_does_not_say_what_was_revoked(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(house().root)
    assert proofs_in(tmp_path).fetching_allowed, "the issuers are asked"
    (tmp_path / "root.crl").write_bytes(house().revoked())
    assert not proofs_in(tmp_path).fetching_allowed
    (tmp_path / "desk.ocsp").write_bytes(b"nothing")
    with pytest.raises(NotSigned, match=r"desk\.ocsp does not say what was revoked"):
        proofs_in(tmp_path)

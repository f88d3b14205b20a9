"""A seal is checked by what the recipient knows from elsewhere, and no name is believed without."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from keys import PASSWORD, allowed_signers, house, needs_ssh, ssh_key
from sent_files import saved
from sourcebrief.documents.checksums import checksums
from sourcebrief.seals.pdf_signing import sign_pdf, signer_of_pkcs12
from sourcebrief.seals.ssh_signatures import sign_with_ssh, ssh_signer
from sourcebrief.verification.check_seal import Anchors, check_seal
from sourcebrief.verification.document_text import NotCompared
from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from inspections import Built

PAGE = b"<!doctype html>"
SUMS = checksums({"port.html": PAGE, "port.pdf": b"%PDF"})


def problems(sent: bytes, anchors: Anchors) -> list[str]:
    found = check_seal(sent, anchors).findings
    return [words for words in found if not isinstance(words, NotCompared)]


def remarks(sent: bytes, anchors: Anchors) -> list[str]:
    found = check_seal(sent, anchors).findings
    return [words for words in found if isinstance(words, NotCompared)]


def test_without_a_seal_and_an_anchor_nothing_is_said() -> None:
    assert check_seal(PAGE, Anchors()).findings == []


def test_checksums_without_a_signature_prove_a_copy() -> None:
    assert problems(PAGE, Anchors(sums=SUMS)) == []
    assert "prove a copy and no more" in remarks(PAGE, Anchors(sums=SUMS))[0]
    assert "was changed" in problems(PAGE + b" ", Anchors(sums=SUMS))[0]
    assert problems(PAGE, Anchors(sums=b"../port.html"))[0].startswith("--sums holds no checksums")


@needs_ssh
def test_signed_checksums_name_a_signer_whom_an_anchor_knows(tmp_path: Path) -> None:
    key, other = ssh_key(tmp_path), ssh_key(tmp_path, "other")
    signature = sign_with_ssh(SUMS, key)
    fingerprint = ssh_signer(SUMS, signature).fingerprint
    known, unknown = tmp_path / "known", tmp_path / "unknown"
    known.write_text(allowed_signers(key, "desk@example.org"), "utf-8")
    unknown.write_text(allowed_signers(other, "eve@example.org"), "utf-8")

    def anchors(**more: object) -> Anchors:
        return Anchors(sums=SUMS, signature=signature, **more)  # type: ignore[arg-type]

    by_name = check_seal(PAGE, anchors(allowed_signers=known))
    assert by_name.signers == (f"desk@example.org (key {fingerprint})",)
    assert by_name.findings == []
    assert check_seal(PAGE, anchors(signed_by=fingerprint)).signers == (f"the key {fingerprint}",)
    assert check_seal(PAGE, anchors()).signers == ()
    assert "no one vouches for the key SHA256:" in remarks(PAGE, anchors())[0]
    assert "is not in --allowed-signers" in problems(PAGE, anchors(allowed_signers=unknown))[0]
    assert problems(PAGE, anchors(signed_by="SHA256:other")) == ["it is not signed by SHA256:other"]
    forged = Anchors(sums=SUMS + b"\n", signature=signature, allowed_signers=known)
    assert "the signature of --sums does not hold" in problems(PAGE, forged)[0] or "line" in str(
        problems(PAGE, forged)
    )


def test_an_anchor_without_a_seal_is_a_problem() -> None:
    assert problems(PAGE, Anchors(signed_by="SHA256:x")) == [
        "it is not signed; give the checksums of its edition with --sums"
    ]


def test_a_signed_pdf_is_sealed_and_made_again(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    signed = sign_pdf(data, signer_of_pkcs12(house().pkcs12, PASSWORD))
    verdict = verify(signed, remade=Remade(data), anchors=Anchors(trusted=(house().root,)))
    assert (verdict.problems, verdict.reached) == ((), ("sealed", "remade"))
    assert verdict.signers[0].startswith("Policy desk (Harbour House) (certificate SHA-256 ")
    # Whose file it is, is known, so that no edition has to be.
    assert not any("--expect" in words for words in verdict.unchecked)


def test_a_signer_whom_no_one_knows_is_named_and_not_believed(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    signed = sign_pdf(data, signer_of_pkcs12(house().pkcs12, PASSWORD))
    verdict = verify(signed, remade=Remade(data))
    assert (verdict.problems, verdict.reached, verdict.signers) == ((), ("remade",), ())
    assert verdict.unchecked[0].startswith("who sealed it: the signature names Policy desk")
    # Whoever gives certificates wants one of them to vouch.
    (unknown,) = verify(
        signed, remade=Remade(data), anchors=Anchors(trusted=(house(ends=400).root,))
    ).problems
    assert unknown.startswith(
        "the signature names Policy desk (Harbour House) (certificate SHA-256"
    )
    assert unknown.endswith("but none of the certificates of --trust vouches for this name")
    by_another = verify(signed, remade=Remade(data), anchors=Anchors(signed_by="00:11"))
    assert "it is not signed by 00:11" in by_another.problems


def test_a_page_painted_over_and_then_signed_is_not_what_was_built(built: Built) -> None:
    data = built.bytes("muelle", "pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = pdf.pages[0].obj.Contents
        contents.write(contents.read_bytes() + b"\nq 1 1 1 rg 0 0 600 800 re f Q")
        forged = saved(pdf)
    signed = sign_pdf(forged, signer_of_pkcs12(house().pkcs12, PASSWORD))
    verdict = verify(signed, remade=Remade(data), anchors=Anchors(trusted=(house().root,)))
    assert any("what is drawn is not what its evidence makes" in said for said in verdict.problems)

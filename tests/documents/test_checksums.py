"""The checksums of an edition are those of `sha256sum`."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.documents.checksums import NoChecksums, checksums, read_checksums

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"port.pdf": b"%PDF", "port.evidence.json": b"{}\n"}
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_is_written_is_read_again() -> None:
    assert read_checksums(checksums({"b.pdf": b"", "a.pdf": b""})) == {
        "a.pdf": EMPTY,
        "b.pdf": EMPTY,
    }


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="GNU coreutils are not here")
def test_coreutils_check_them(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "port.sha256").write_bytes(checksums(FILES))
    command = ["sha256sum", "--strict", "-c", "port.sha256"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "port.pdf").write_bytes(b"%pdf")
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it holds no checksum"),
        (b"\xff\xfe", "not text in UTF-8"),
        (f"{EMPTY}  ../port.pdf\n".encode(), "line 1 is not a SHA-256 and the name of a file"),
        (f"{EMPTY}  C:\\port.pdf\n".encode(), "line 1 is not a SHA-256 and the name of a file"),
        (f"{EMPTY[:40]}  port.pdf\n".encode(), "line 1 is not a SHA-256 and the name of a file"),
        (
            f"{EMPTY}  a.pdf\n{EMPTY[::-1]}  a.pdf\n".encode(),
            "line 2 gives a.pdf another SHA-256 than a line before",
        ),
        (b"0" * 70_000, "larger than the checksums of an edition"),
    ],
)
def test_what_is_no_checksum_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NoChecksums, match=said):
        read_checksums(data)


@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(NoChecksums):
        read_checksums(b"?" + data)

"""What `verify` is fuzzed from: the documents of a small briefing, laid open so that a changed byte
is a changed word and not only a broken compression.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
_PARTS: Final = ("[Content_Types].xml", "_rels/", "word/", "customXml/", "docProps/")
_LEFT_OUT: Final = ("word/media/", "word/styles.xml", "word/theme", "word/numbering.xml")


def write_samples(folder: Path) -> None:
    """Build the good workspace of the tests and write its documents, one file each."""
    workspace = folder.with_name(f"{folder.name}-workspace")
    shutil.copytree(PROJECT / "tests" / "wrong" / "_good", workspace)
    command = [sys.executable, str(PROJECT / "build.py"), "-C", str(workspace), "-q"]
    subprocess.run(command, check=True)
    folder.mkdir()
    made = workspace / "briefings" / "port"
    shutil.copy(made / "port.evidence.json", folder / "json")
    shutil.copy(made / "port.html", folder / "html")
    (folder / "docx").write_bytes(parts_of((made / "port.docx").read_bytes()))
    (folder / "pdf").write_bytes(laid_open((made / "port.pdf").read_bytes()))
    shutil.rmtree(workspace)


def parts_of(docx: bytes) -> bytes:
    """The parts of a Word document that hold words, as targets.py puts them together again."""
    out = [b"W"]
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in archive.namelist():
            if name.startswith(_PARTS) and not name.startswith(_LEFT_OUT):
                out += [b"\n@@@ ", name.encode(), b"\n", archive.read(name)]
    return b"".join(out)


def laid_open(pdf: bytes) -> bytes:
    """A PDF without compression, and without the programs of its fonts."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
                del thing["/FontFile2"]
            if isinstance(thing, pikepdf.Dictionary) and "/FontFile3" in thing:
                del thing["/FontFile3"]
        document.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()

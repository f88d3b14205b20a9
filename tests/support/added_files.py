"""Files to add to a workspace, and what stands in it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from built_documents import pdf
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace

SEEDS = "seeds/seeds.yaml"
TEXT = "Readout of the meeting\n\nOn 3 March 2024 the Minister met the Port Authority.\n"
PDF = pdf(
    "<h1>Port report</h1><p>Issued in Lima on 5 March 2024.</p>"
    "<p style='break-before: page'>The Authority agreed to share cargo data.</p>",
    "<title>Port report</title><meta name='dcterms.created' content='2024-03-05'>",
)


def given(inbox: Path, name: str, data: bytes | str) -> Path:
    path = inbox / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def entries(workspace: Workspace) -> list[dict[str, Any]]:
    value: Any = load((workspace.root / SEEDS).read_bytes(), SEEDS).value
    found: list[dict[str, Any]] = value["references"]
    return found


def state(workspace: Workspace) -> dict[str, bytes]:
    files = sorted(path for path in workspace.root.rglob("*") if path.is_file())
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in files}


ITEMS = [
    {
        "id": "Smith2019a",
        "type": "report",
        "title": "A report: on ports",
        "author": [{"family": "Smith", "given": "Ana"}],
        "issued": {"date-parts": [[2019, 7, 20]]},
        "DOI": "10.1000/ABC",
        "custom": {"file": "../../etc/passwd"},
    },
    {
        "id": "http://zotero.org/users/1/items/X",
        "type": "article-newspaper",
        "title": "Ships",
        "author": [{"family": "García", "given": "J."}],
        "issued": {"date-parts": [[2020]]},
        "abstract": "Two\nlines",
    },
]

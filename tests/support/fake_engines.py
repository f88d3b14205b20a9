"""A stand-in for the engines, in the process of the test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sourcebrief.documents.publish import Edition
from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Workspace
    from sourcebrief.brief.labels import Templates
    from sourcebrief.brief.make_manifest import Manuscript


class Engines:
    """Makes a document of a few bytes of what it reads, and counts how often."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.broken: set[str] = set()
        self.warnings: tuple[str, ...] = ()

    def publish(
        self,
        manuscript: Manuscript,
        templates: Templates,
        formats: Sequence[str],
        *,
        layouts: Sequence[str] = ("full",),
        epoch: int | None = None,
        keep_html: bool = False,
    ) -> Edition:
        name = manuscript.name
        if name in self.broken:
            raise EngineFault(f"the engine broke on {name}")
        self.made.append(name)
        page = templates.read("brief.css") + manuscript.manifest["brief"]["title"].encode()
        kinds = [*formats, "evidence.json", *(["source.html"] if keep_html else [])]
        # The mark of the end of a PDF, behind which signatures stand.
        files = {f"{name}.{kind}": page + b"\n%%EOF\n" for kind in kinds}
        return Edition("0123456789ab", files, {f"{name}.pdf": 3}, self.warnings)


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch, inline_workers: None) -> Engines:
    engines = Engines()
    monkeypatch.setattr("sourcebrief.documents.publish.publish", engines.publish)
    monkeypatch.setattr(
        "sourcebrief.build.make_documents.engines_here", lambda _: ({"fake": "1"}, ())
    )
    return engines


def outputs(workspace: Workspace, name: str = "port") -> dict[str, bytes]:
    folder = workspace.root / "briefings" / name
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix != ".yaml"}


def second_briefing(workspace: Workspace, name: str = "zone") -> None:
    folder = workspace.root / "briefings" / name
    shutil.copytree(workspace.root / "briefings/port", folder)

"""The templates: a workspace's own files replace those of the package one by one."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.workspace.read_files import Inputs

FOLDER = "templates"
SCAFFOLDS = "scaffolds"
"""The folder of what a new briefing begins with; no document is made from it."""
DESK = "desk"
"""The folder of the pages of `serve`, which a house does not replace."""


def packaged_folder() -> Path:
    """Return the folder that comes with the package: inside a wheel, beside src/ in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parents[1] / FOLDER


@dataclass(slots=True)
class TemplateFolders:
    """Templates on disk; the inputs remember every file that was read."""

    inputs: Inputs
    packaged: Path

    def read(self, name: str) -> bytes:
        """Return the bytes of a template file.

        Raises KeyError where neither folder has it.
        """
        return self.inputs.read(self.path(name))

    def path(self, name: str) -> str:
        """Return the path of the file that serves a name, as the inputs know it.

        Raises KeyError where neither folder has it, and InvalidInput where a link in the place of a
        template leads out of the folder.
        """
        packaged = self.packaged / name
        known = packaged.is_file() and packaged.resolve().is_relative_to(self.packaged.resolve())
        try:
            path = self.inputs.inside(FOLDER, name)
            if not PurePath(self.inputs.real(path)).is_relative_to(self.inputs.real(FOLDER)):
                raise ValueError(f"{name!r} leads out of {FOLDER}/; keep the file inside it")
        except ValueError as error:
            if not known:
                raise KeyError(str(error)) from None
            raise InvalidInput([Problem(Place(self.where(name)), f"template: {error}")]) from None
        if self.inputs.is_file(path):
            return path
        if not known:
            raise KeyError(name)
        return packaged.as_posix()

    def where(self, name: str) -> str:
        """Return the path of a template as messages name it."""
        return f"{FOLDER}/{name}"

    def names(self, folder: str) -> Iterable[str]:
        """Return the names of the files that stand in a folder of the templates."""
        base, own = self.packaged / folder, f"{FOLDER}/{folder}"
        found = {path.name for path in base.iterdir() if path.is_file()} if base.is_dir() else set()
        names = self.inputs.names(own)
        found.update(name for name in names if self.inputs.is_file(f"{own}/{name}"))
        return sorted(f"{folder}/{name}" for name in found)

    def digest(self) -> str:
        """Return the digest of all templates, as `TemplateFiles` gives it."""
        return TemplateFiles(self.files()).digest()

    def files(self) -> dict[str, bytes]:
        """Return every template by its name, for a process that does not share this disk."""
        found: dict[str, bytes] = {}
        for base in (self.packaged, self.inputs.root / FOLDER):
            for name in _files_in(base):
                # A link may lead out, and a file may be gone by now.
                with contextlib.suppress(KeyError, FileNotFoundError):
                    found[name] = self.read(name)
        return found


def held_templates(own: Path | None = None) -> TemplateFiles:
    """Read the packaged templates, and those of a house in the folder `own`, which win."""
    found: dict[str, bytes] = {}
    for base in filter(None, (packaged_folder(), own)):
        found.update((name, path.read_bytes()) for name, path in _files_in(base).items())
    return TemplateFiles(found)


def _files_in(base: Path) -> dict[str, Path]:
    """Return the files of a folder of templates by name, those that documents are made from."""
    files = {path.relative_to(base).as_posix(): path for path in base.rglob("*") if path.is_file()}
    others = (f"{SCAFFOLDS}/", f"{DESK}/")
    return {name: path for name, path in files.items() if not name.startswith(others)}


@dataclass(slots=True)
class TemplateFiles:
    """Templates in memory; `used` are the names of those that were read."""

    content: Mapping[str, bytes]
    used: set[str] = field(default_factory=set)

    def read(self, name: str) -> bytes:
        """Return the bytes of a template file, or raise KeyError."""
        content = self.content[name]
        self.used.add(name)
        return content

    def digest(self) -> str:
        """Return the SHA-256 of the names and the contents."""
        found = hashlib.sha256()
        for name, content in sorted(self.content.items()):
            found.update(f"{name}\0".encode() + hashlib.sha256(content).digest())
        return found.hexdigest()

    def where(self, name: str) -> str:
        """Return the path of a template as messages name it."""
        return f"{FOLDER}/{name}"

    def names(self, folder: str) -> Iterable[str]:
        """Return the names of the files that stand in a folder of the templates."""
        return sorted(name for name in self.content if name.rpartition("/")[0] == folder)

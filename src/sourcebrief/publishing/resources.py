"""The template folder: a workspace's own files win one by one over those of the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebrief.reading.workspace import Inputs

FOLDER = "templates"


def packaged_folder() -> Path:
    """The templates that come with the package: mapped into a wheel, beside src/ in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parents[1] / FOLDER


@dataclass(slots=True)
class TemplateFolders:
    """Reads `templates/`; every file that was read is remembered by the inputs."""

    inputs: Inputs
    packaged: Path

    def read(self, name: str) -> bytes:
        """The bytes of a template file; KeyError where neither folder has it."""
        try:
            path = self.inputs.inside(FOLDER, name)
        except ValueError as error:
            raise KeyError(str(error)) from None
        if (self.inputs.root / path).is_file():
            return self.inputs.read(path)
        packaged = self.packaged / name
        if not packaged.resolve().is_relative_to(self.packaged.resolve()) or not packaged.is_file():
            raise KeyError(name)
        return self.inputs.read(packaged.as_posix())

    def where(self, name: str) -> str:
        """The path of a template as messages name it."""
        return f"{FOLDER}/{name}"

    def names(self, folder: str) -> Iterable[str]:
        """The files of a folder under templates, whoever has them."""
        found: set[str] = set()
        for base in (self.packaged / folder, self.inputs.root / FOLDER / folder):
            if base.is_dir():
                found.update(f"{folder}/{path.name}" for path in base.iterdir() if path.is_file())
        return sorted(found)

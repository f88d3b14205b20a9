"""The files that a user names for `add`, and those in the folders among them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from sourcebrief.authoring.adding.holdings import Holdings
from sourcebrief.errors import UsageError
from sourcebrief.workspace.read_files import CATALOGUE


def files_listed(paths: Sequence[Path], holdings: Holdings) -> dict[Path, bool]:
    """Return each file once, and whether it was only found in a folder.

    Hidden files and the catalogue itself are passed over. Raises UsageError for a folder without
    any file.
    """
    found: dict[Path, bool] = {}
    catalogue = (holdings.inputs.root / CATALOGUE).resolve()
    for path in paths:
        if not path.is_dir():
            found[path] = False
            continue
        within = [
            file
            for file in sorted(path.rglob("*"))
            if file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.resolve() != catalogue
        ]
        if not within:
            raise UsageError(f"{path} holds no file to add")
        for file in within:
            found.setdefault(file, True)
    return found


def owner_of(file: Path, holdings: Holdings) -> str | None:
    """Return the id of the entry that has a file already; None where no entry has."""
    try:
        data = holdings.inputs.read(str(file.absolute()))
    except (OSError, ValueError):
        return None  # adding it says why it cannot be read
    return holdings.owners.get(hashlib.sha256(data).hexdigest())

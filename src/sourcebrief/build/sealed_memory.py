"""What checks remember in a workspace, sealed so that only this user's own words are believed.

A seal is an HMAC with a secret that lies outside the workspace, over the rules that held, so that a
memory which is damaged, poisoned, foreign or of another version is the same as none. It is written
whole: of several processes the last one is remembered. Only the standard library is imported here,
because an unchanged check loads nothing else.
"""

import hashlib
import hmac
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sourcebrief.documents.template_folders import packaged_folder
from sourcebrief.documents.versions import sources_digest
from sourcebrief.workspace.read_files import read_regular

FOLDER: Final = ".sourcebrief/checks"


def rules_version() -> bytes:
    """A digest of all that decides what a check says of the same files: code and packages."""
    # The folder of each package is named by its version: babel-2.16.dist-info.
    installed = {each.name for folder in sys.path for each in Path(folder).glob("*.*-info")}
    # Size and time stand for the content, which would take longer to read than the check.
    found = ((path, path.stat()) for path in packaged_folder().rglob("*"))
    templates = sorted((str(path), one.st_size, one.st_mtime_ns) for path, one in found)
    said = (sys.version, sources_digest(), sorted(installed), templates)
    return hashlib.sha256(repr(said).encode()).digest()


def user_secret(folder: Path) -> bytes | None:
    """The secret in a folder of the user's, made where it is missing; None where it cannot be."""
    path = folder / "secret"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            aside = folder / f"secret.{os.getpid()}"
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(os.urandom(32))
            aside.replace(path)
        secret = read_regular(path)
    except OSError:
        return None
    return secret if len(secret) == 32 else None


class SealedMemory:
    """Values of JSON, and bytes, by name, in a folder."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._key = hmac.digest(secret, rules_version(), "sha256")

    def recall(self, name: str) -> Any:
        """Return what was remembered under a name; None where that is nothing to be believed."""
        body = self.recall_bytes(name)
        return None if body is None else json.loads(body)

    def recall_bytes(self, name: str) -> bytes | None:
        """Return the bytes that were remembered under a name, in the same way."""
        try:
            seal, _, body = read_regular(self._folder / name).partition(b"\n")
        except OSError:
            return None
        return body if hmac.compare_digest(seal, self._seal(name, body)) else None

    def keep(self, name: str, value: Any) -> None:
        """Remember a value, where the workspace can be written."""
        self.keep_bytes(
            name, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        )

    def keep_bytes(self, name: str, body: bytes) -> None:
        """Remember bytes in the same way."""
        aside = self._folder / f"{name}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(self._seal(name, body) + b"\n" + body)
            aside.replace(self._folder / name)
        except OSError:
            # Nothing rests on it: the next check does its work again.
            with suppress(OSError):
                aside.unlink()

    def _seal(self, name: str, body: bytes) -> bytes:
        seal = hmac.new(self._key, f"{name}\n".encode(), "sha256")
        seal.update(body)
        return seal.hexdigest().encode()

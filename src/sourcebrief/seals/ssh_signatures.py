"""SSH signatures by OpenSSH's own program (PROTOCOL.sshsig), so that agents and hardware keys work.

What is signed here can be checked without this program, by `ssh-keygen -Y verify`.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sourcebrief.errors import EnvironmentFault, SourcebriefError
from sourcebrief.processes.temporary_folders import TemporaryFolder
from sourcebrief.text.phrases import first_words

NAMESPACE: Final = "sourcebrief-edition"
ENDING: Final = "sig"
SECONDS: Final = 120.0
"""How long a key may wait for a person to touch it or to type its password."""
_GOOD: Final = re.compile(rf'Good "{NAMESPACE}" signature .*?(SHA256:[A-Za-z0-9+/=]+)')
_INSTALL: Final = "install OpenSSH 8.2 or newer (Debian: openssh-client)"


class BadSignature(SourcebriefError):  # noqa: N818 - it names what the signature is
    """A signature that does not hold, or a key that does not sign; the message is a clause."""


@dataclass(frozen=True, slots=True)
class SshSigner:
    """Who made a signature: the key's fingerprint, and a name where one is known."""

    fingerprint: str
    principal: str | None = None


def sign_with_ssh(data: bytes, key: Path) -> bytes:
    """Sign bytes with a private key, or with the public one of a key that an agent holds.

    Raises BadSignature where OpenSSH does not sign with it.
    """
    with _folder() as folder:
        file = folder / "sums"
        file.write_bytes(data)
        _ssh_keygen("sign", "-q", "-n", NAMESPACE, "-f", str(key), str(file), interactive=True)
        return file.with_name(f"{file.name}.{ENDING}").read_bytes()


def ssh_signer(data: bytes, signature: bytes, allowed: Path | None = None) -> SshSigner:
    """Return who signed these bytes.

    `allowed` is an ALLOWED SIGNERS file of ssh-keygen(1), which gives keys their names; the name is
    None where it does not know the key for this. Raises BadSignature where the signature is not of
    these bytes.
    """
    with _folder() as folder:
        file = folder / "sums.sig"
        file.write_bytes(signature)
        given = ("-n", NAMESPACE, "-s", str(file))
        said = _ssh_keygen("check-novalidate", *given, data=data)
        found = _GOOD.search(said)
        if found is None:
            raise BadSignature("it is not a signature of an edition")
        if allowed is None:
            return SshSigner(found[1])
        try:
            known = _ssh_keygen("find-principals", "-f", str(allowed), *given[2:]).splitlines()
            _ssh_keygen("verify", "-f", str(allowed), "-I", known[0], *given, data=data)
        except (BadSignature, IndexError):
            return SshSigner(found[1])
        return SshSigner(found[1], known[0])


@contextmanager
def _folder() -> Iterator[Path]:
    folder = TemporaryFolder()
    try:
        yield folder.path
    finally:
        folder.cleanup()


def _ssh_keygen(
    action: str, *arguments: str, data: bytes | None = None, interactive: bool = False
) -> str:
    try:
        ran = subprocess.run(  # noqa: S603 - OpenSSH's own program, no shell
            ["ssh-keygen", "-Y", action, *arguments],  # noqa: S607 - wherever the system has it
            input=data,
            stdin=None if interactive or data is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if interactive else subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise EnvironmentFault(f"ssh-keygen is not here; {_INSTALL}") from None
    except subprocess.TimeoutExpired:
        raise BadSignature(f"ssh-keygen did not answer within {SECONDS:.0f} s") from None
    said = ran.stdout.decode("utf-8", "replace")
    if ran.returncode:
        reason = first_words(" ".join(said.split()), 20) or "its own message stands above"
        raise BadSignature(f"ssh-keygen refuses: {reason}")
    return said

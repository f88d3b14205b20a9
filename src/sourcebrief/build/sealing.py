"""Sealing an edition that stands built: the PDFs, then the checksums, then their signature."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sourcebrief.build.catalogue_use import why_not_current
from sourcebrief.build.results import BuildOptions, BuildRecord
from sourcebrief.build.staleness import NEVER_BUILT, STATE, load_record, save_record, sha256_of
from sourcebrief.documents.checksums import ENDING, checksums
from sourcebrief.errors import SourcebriefError
from sourcebrief.processes.signals import signals_held_back
from sourcebrief.seals.ssh_signatures import ENDING as SIGNATURE
from sourcebrief.seals.ssh_signatures import sign_with_ssh
from sourcebrief.workspace.write_files import replace_all


class StaleEdition(SourcebriefError):  # noqa: N818 - it names what the edition is
    """What stands built is not what would be built now; the message says why, in a clause."""


def built_edition(name: str, options: BuildOptions) -> tuple[BuildRecord, dict[str, bytes]]:
    """Read what a plain build left, each file once, and hold it against that build's hashes.

    Returns the record of the build and its files by their paths from the workspace, as they were
    built or sealed since. Raises StaleEdition where anything has changed, or a file is neither.
    """
    record = load_record(options, name)
    reason = why_not_current((name,), options).get(name)
    if record is None or reason is not None:
        raise StaleEdition(reason or NEVER_BUILT)
    files = {path: (options.root / path).read_bytes() for path in record.outputs}
    for path, data in files.items():
        # It was right a moment ago; what is sent is what was read here, and nothing else.
        if hashlib.sha256(data).hexdigest() not in record.known(path):
            raise StaleEdition(f"{path} is not what was built")
    return record, files


def seal_edition(
    name: str,
    options: BuildOptions,
    *,
    sign_pdf: Callable[[bytes], bytes] | None,
    ssh_key: Path | None,
) -> tuple[str, ...]:
    """Seal the files of a briefing's edition; an earlier seal is replaced.

    `sign_pdf` signs one PDF, `ssh_key` the checksums. Returns the names of the files that were
    written. Raises StaleEdition as `built_edition` does.
    """
    record, files = built_edition(name, options)
    folder = options.folder(name).relative_to(options.root)
    sums = (folder / f"{name}.{ENDING}").as_posix()
    sealed: dict[str, bytes] = {}
    if sign_pdf is not None:
        # A plain build needs no reader of PDFs, and one that is interrupted while it loads aborts.
        with signals_held_back():
            from sourcebrief.seals.pdf_seals import first_revision

        for path, data in files.items():
            if path.endswith(".pdf"):
                was_built = hashlib.sha256(data).hexdigest() == record.outputs[path]
                sealed[path] = sign_pdf(data if was_built else first_revision(data))
    named = {path: data for path, data in {**files, **sealed}.items() if path != sums}
    sealed[sums] = checksums({Path(path).name: data for path, data in named.items()})
    if ssh_key is not None:
        sealed[f"{sums}.{SIGNATURE}"] = sign_with_ssh(sealed[sums], ssh_key)
    replace_all(
        {options.root / path: data for path, data in sealed.items()},
        options.root / STATE / "staging" / name,
    )
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in sealed.items()}
    # What another kind of key sealed before stays as it is.
    save_record(options, name, replace(record, sealed={**record.sealed, **hashes}))
    return tuple(Path(path).name for path in sealed)


def signature_of(name: str, record: BuildRecord, options: BuildOptions) -> bytes | None:
    """The SSH signature of an edition's checksums; None where they are not signed.

    Raises StaleEdition where it is not the one that `seal_edition` wrote.
    """
    file = options.folder(name) / f"{name}.{ENDING}.{SIGNATURE}"
    expected = record.sealed.get(file.relative_to(options.root).as_posix())
    if expected is None:
        return None
    if sha256_of(file) != expected:
        raise StaleEdition(f"{file.name} is not the signature that was made; sign it again")
    return file.read_bytes()


def remove_signatures(record: BuildRecord | None, options: BuildOptions) -> None:
    """Delete the signatures beside an edition that has been built anew."""
    if record is not None:
        for path in record.sealed.keys() - record.outputs.keys():
            (options.root / path).unlink(missing_ok=True)


def is_sealed(record: BuildRecord | None, options: BuildOptions) -> bool:
    """Whether a file that stands there is one that was sealed."""
    sealed = record.sealed if record is not None else {}
    return any(sha256_of(options.root / path) == expected for path, expected in sealed.items())

"""`sign`: seal the files of an edition."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from sourcebrief.cli.common import (
    Common,
    briefing_names,
    common_options,
    complete_names,
    existing,
    writing,
)
from sourcebrief.cli.messages import DONE, PROBLEMS, formatted
from sourcebrief.errors import Place, Problem, SourcebriefError, UsageError


@click.command(short_help="Seal the files of an edition with a key.")
@click.argument("name", metavar="NAME", shell_complete=complete_names)
@existing(
    "--ssh-key",
    "Sign the checksums with this SSH key, or with the agent's whose public key it is.",
)
@existing("--pkcs12", "Sign the PDFs with the key and certificate of this file (.p12, .pfx).")
@existing(
    "--pkcs11", "Sign the PDFs with a token, by its maker's library; --token names it.", "LIBRARY"
)
@click.option("--token", metavar="LABEL", help="The label of the token.")
@existing(
    "--password-file",
    "The password or PIN is the first line of this file; default: it is asked for.",
)
@click.option(
    "--password-fd", metavar="N", type=int, help="As --password-file, from an open descriptor."
)
@click.option(
    "--timestamp", metavar="URL", help="Have a server put the time in the PDFs' signatures."
)
@existing(
    "--long-term",
    "Put the proof in that its certificate was good: those of its issuers and their lists of "
    "revoked ones (.crl, .ocsp) are in DIR.",
    "DIR",
)
@click.option("--reason", metavar="TEXT", help="Why the PDFs are signed, as a viewer shows it.")
@common_options
def sign(
    common: Common,
    name: str,
    ssh_key: Path | None,
    pkcs12: Path | None,
    pkcs11: Path | None,
    token: str | None,
    password_file: Path | None,
    password_fd: int | None,
    timestamp: str | None,
    long_term: Path | None,
    reason: str | None,
) -> int:
    """Seal the built files of a briefing: the PDFs, and the checksums of all of them.

    \b
    sourcebrief sign ecuador-security-cooperation --ssh-key ~/.ssh/id_ed25519
    sourcebrief sign ecuador-security-cooperation --pkcs12 desk.p12 --timestamp https://tsa.example
    """
    from sourcebrief.build.results import BuildOptions
    from sourcebrief.build.sealing import StaleEdition, seal_edition

    if ssh_key is pkcs12 is pkcs11 is None:
        raise UsageError("sign with a key: --ssh-key FILE, --pkcs12 FILE or --pkcs11 LIBRARY")
    if pkcs12 and pkcs11:
        raise UsageError("--pkcs12 and --pkcs11 both sign the PDFs; give one of them")
    if (pkcs11 is None) != (token is None):
        raise UsageError("--pkcs11 LIBRARY and --token LABEL belong together")
    if not (pkcs12 or pkcs11) and (timestamp or reason):
        raise UsageError("--timestamp and --reason belong to a PDF's signature; give --pkcs12 FILE")
    if long_term and not timestamp:
        raise UsageError("--long-term needs a time that others confirm; give --timestamp URL")
    root = common.workspace()
    briefing_names(root, (name,))
    options = BuildOptions(root=root, epoch=common.source_date_epoch())
    key = pkcs12 or pkcs11 or ssh_key
    try:
        secret = partial(_secret, password_file, password_fd)
        with writing(root), _pdf_signer(pkcs12, pkcs11, token, secret) as signer:
            sign_pdf = signer and partial(
                signer, reason=reason, timestamps=timestamp, proofs=_proofs(long_term)
            )
            written = seal_edition(name, options, sign_pdf=sign_pdf, ssh_key=ssh_key)
    except StaleEdition as stale:
        return common.stale(name, stale)
    except UsageError:
        raise
    except SourcebriefError as error:
        click.echo(formatted(Problem(Place(str(key)), str(error)), common.message_format), err=True)
        return PROBLEMS
    common.say(f"{name}: sealed")
    for file in written:
        common.say(f"  {file}")
    return DONE


def _proofs(folder: Path | None) -> Any:
    from sourcebrief.seals.certificates import NotSigned, proofs_in

    try:
        return folder and proofs_in(folder)
    except NotSigned as error:
        raise UsageError(f"--long-term {folder}: {error}") from None


@contextmanager
def _pdf_signer(
    pkcs12: Path | None, pkcs11: Path | None, token: str | None, secret: Callable[[str], str]
) -> Iterator[Callable[..., bytes] | None]:
    """What signs a PDF, while its key is open; None where no key for PDFs is given."""
    if pkcs12 is None and pkcs11 is None:
        yield None
        return
    from sourcebrief.seals.pdf_signing import sign_pdf, signer_of_pkcs12, signer_on_token

    if pkcs12 is not None:
        key = signer_of_pkcs12(pkcs12.read_bytes(), secret("password"))
        yield partial(sign_pdf, signer=key)
    else:
        with signer_on_token(str(pkcs11), token or "", secret("PIN")) as signer:
            yield partial(sign_pdf, signer=signer)


def _secret(file: Path | None, descriptor: int | None, what: str) -> str:
    """The password or PIN; never an argument, because every process can read those."""
    if file is not None:
        return file.read_text("utf-8").split("\n")[0].rstrip("\r")
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, encoding="utf-8") as stream:
                return stream.readline().rstrip("\r\n")
        except OSError:
            raise UsageError(f"--password-fd {descriptor} is not open") from None
    if not sys.stdin.isatty():
        raise UsageError(f"no terminal to ask for the {what}; give --password-file FILE")
    return str(click.prompt(what, hide_input=True, default="", show_default=False, err=True))

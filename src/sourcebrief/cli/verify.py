"""`verify`: whether documents that were sent are what was built."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sourcebrief.cli.common import EXISTING_FILE, Common, common_options, existing, form_option
from sourcebrief.cli.messages import DONE, PROBLEMS, formatted
from sourcebrief.errors import Place, Problem, UsageError
from sourcebrief.processes.signals import signals_held_back
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from sourcebrief.verification.check_seal import Anchors
    from sourcebrief.verification.verify import Verdict


_HOW = {"sealed": "its seal", "remade": "making it again", "read": "reading it"}


@click.command(short_help="Say whether a document is what its evidence says.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=EXISTING_FILE)
@existing("--seeds", "Also check every quotation and hash against the documents in DIR.", "DIR")
@click.option("--expect", metavar="ID", help="The edition that it must be, as you know it.")
@existing("--evidence", "The .evidence.json of a document that has lost its attachment.")
@existing(
    "--templates",
    "The templates of the house that built it, where they are not the packaged ones.",
    "DIR",
)
@existing("--sums", "The .sha256 of its edition; a .sig beside it is checked too.")
@existing(
    "--allowed-signers",
    "The SSH keys that you trust, and whose they are, as ssh-keygen reads them.",
)
@existing(
    "--trust",
    "A folder of certificates (PEM or DER) that you trust to name who sealed a PDF.",
    "DIR",
)
@click.option(
    "--signed-by",
    metavar="FINGERPRINT",
    help="The key or certificate that must have sealed it, as you know it from elsewhere.",
)
@click.option(
    "--no-rebuild",
    is_flag=True,
    help="Do not make the document again from its evidence; only read it.",
)
@form_option("text", "json", words="The format of the verdicts; default: text.")
@common_options
def verify(
    common: Common,
    files: tuple[Path, ...],
    seeds: Path | None,
    expect: str | None,
    evidence: Path | None,
    templates: Path | None,
    sums: Path | None,
    allowed_signers: Path | None,
    trust: Path | None,
    signed_by: str | None,
    no_rebuild: bool,
    form: str,
) -> int:
    """Verify documents that were sent: PDF, DOCX, HTML or evidence.json, without a network.

    \b
    sourcebrief verify brief.pdf
    sourcebrief verify brief.pdf --expect b0aa7c1d2e3f --seeds seeds/
    """
    # An interrupt in the moment in which the reader of PDFs is loaded would abort this process.
    with signals_held_back():
        from sourcebrief.verification.verify import Asked, verify_file

    if expect is not None and not re.fullmatch("[0-9a-fA-F]{12}", expect):
        raise UsageError(f"--expect {expect!r} is not an edition, which has 12 hexadecimal digits")
    anchors = _anchors(sums, allowed_signers, trust, signed_by)
    asked = Asked(expect, evidence, seeds, templates, anchors, rebuild=not no_rebuild)
    verdicts = []
    for file in files:
        verdict = verify_file(file, asked)
        verdicts.append({"file": str(file), **asdict(verdict)})
        for words in verdict.problems:
            problem = Problem(Place(str(file)), words)
            click.echo(formatted(problem, common.message_format), err=True)
        if form == "text":
            _say(common, file, verdict)
    if form == "json":
        click.echo(json.dumps(verdicts, ensure_ascii=False, indent=2))
    return PROBLEMS if any(verdict["problems"] for verdict in verdicts) else DONE


def _anchors(
    sums: Path | None, allowed_signers: Path | None, trust: Path | None, signed_by: str | None
) -> Anchors:
    from sourcebrief.seals.certificates import NotSigned, certificates
    from sourcebrief.verification.check_seal import Anchors

    signature = sums and sums.with_name(f"{sums.name}.sig")
    try:
        trusted = certificates(trust) if trust else ()
    except NotSigned as error:
        raise UsageError(f"--trust {trust}: {error}") from None
    return Anchors(
        sums.read_bytes() if sums else None,
        signature.read_bytes() if signature and signature.is_file() else None,
        allowed_signers and allowed_signers.resolve(),
        signed_by,
        trusted,
    )


def _say(common: Common, file: Path, verdict: Verdict) -> None:
    if verdict.unreadable:
        return
    if verdict.problems:
        common.say(f"{file}: does not verify: {count_of(len(verdict.problems), 'problem')}")
    else:
        counts = (
            count_of(verdict.quotations, "quotation"),
            count_of(verdict.events, "event"),
            count_of(verdict.documents, "document"),
            count_of(verdict.other_sources, "other source"),
        )
        how = " and ".join(f"by {_HOW[step]}" for step in verdict.reached)
        common.say(f"{file}: verified {how}: edition {verdict.edition}, {', '.join(counts)}")
        for signer in verdict.signers:
            common.say(f"  sealed by {signer}")
        for words in verdict.unchecked:
            common.say(f"  not checked: {words}")
    if common.verbose:
        click.echo(f"  {file.stat().st_size:,} bytes")

"""The mail of an edition: from the very bytes that were built, and only while they are current."""

from pathlib import Path

from sourcebrief.brief.labels import BRIEF_STATUSES, CONFIDENCES, Labels
from sourcebrief.brief.labels import labels as labels_of
from sourcebrief.brief.layouts import FULL, file_name
from sourcebrief.brief.make_manifest import Manuscript
from sourcebrief.brief.manifest import Manifest, read_manifest
from sourcebrief.brief.translated_words import TranslationMarks
from sourcebrief.build.results import BuildOptions
from sourcebrief.build.sealing import built_edition, signature_of
from sourcebrief.build.staleness import STATE
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word
from sourcebrief.documents.checksums import ENDING
from sourcebrief.documents.mail import Envelope, Mail, MailJudgement, draft, mail_text
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput, Problem
from sourcebrief.seals.ssh_signatures import ENDING as SIGNATURE
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_places import load


def write_draft(
    name: str, options: BuildOptions, envelope: Envelope, formats: tuple[str, ...], layout: str
) -> tuple[str, tuple[str, ...], Path]:
    """Draft the mail of a briefing's edition beside the YAML, with its signed checksums, if any.

    Returns the edition, the names of the attached files, and the draft.

    Raises StaleEdition as `built_edition` does, and InvalidInput where the brief is not made in
    one of `formats` or in the `layout`, or a template of the mail is wrong.
    """
    inputs = Inputs(options.root)
    record, outputs = built_edition(name, options)
    files = {Path(path).name: data for path, data in outputs.items()}
    manifest = read_manifest(files[f"{name}.evidence.json"])
    path = f"briefings/{name}/brief.yaml"
    for ending in formats:
        if file_name(name, layout, ending) not in files:
            key, lacks = "layouts", layout
            if file_name(name, FULL, ending) not in files:
                key, lacks = "formats", ending
            message = f"{key} has no {lacks}, which the mail carries; add it and build again"
            raise InvalidInput([Problem(load(inputs.read(path), path).place((key,)), message)])
    templates = TemplateFolders(inputs, packaged_folder())
    labels = labels_of(manifest["brief"]["language"], templates)
    names = tuple(file_name(name, layout, ending) for ending in formats)
    attached = {file: files[file] for file in names}
    sums = f"{name}.{ENDING}"
    if signature := signature_of(name, record, options):
        attached |= {sums: files[sums], f"{sums}.{SIGNATURE}": signature}
    mail = _mail(record.edition, manifest, names, sums if signature else None, labels)
    moment = Manuscript(manifest, style=None).moment(options.epoch)
    data = draft(mail, attached, envelope, moment, templates, labels)
    target = options.folder(name) / f"{name}.eml"
    replace_all({target: data}, options.root / STATE / "staging" / target.name)
    return record.edition, tuple(attached), target


def _mail(
    edition: str, manifest: Manifest, attachments: tuple[str, ...], sums: str | None, labels: Labels
) -> Mail:
    brief = manifest["brief"]
    language = brief["language"]
    sources = {source["id"]: source for source in manifest["sources"]}
    marks = TranslationMarks(manifest["events"], sources, labels)
    return Mail(
        title=brief["title"],
        subtitle=brief.get("subtitle"),
        marking=brief["marking"],
        edition=edition,
        as_of=word(parse_edtf(brief["as_of"]), language),
        status_label=labels.named(BRIEF_STATUSES, brief["status"]),
        version=brief["version"],
        prepared_by=brief["prepared_by"],
        prepared_for=brief.get("prepared_for"),
        language=language,
        bottom_line=mail_text(brief["bottom_line"]["text"], language, marks),
        judgements=tuple(
            MailJudgement(
                mail_text(one["text"], language, marks),
                labels.named(CONFIDENCES, one["confidence"]),
            )
            for one in brief["judgements"]
        ),
        attachments=attachments,
        sums=sums,
    )

"""Scaffolds: a commented briefing that builds at once, and a workspace around it where none is.

What is to be written is planned first, as bytes by path, and checked as if it were on disk: a
scaffold with a problem is never written.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sourcebrief import __version__
from sourcebrief.authoring.add_names import unused
from sourcebrief.authoring.add_yaml import with_entries
from sourcebrief.authoring.scaffold_files import create_all, exists
from sourcebrief.authoring.scaffold_quotation import Candidate, candidates
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput, Place, Problem, SourcebriefError, UsageError
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.file_sources import DiskFiles, HeldFiles
from sourcebrief.workspace.json_schemas import schemas
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, portable, require_catalogue
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_nodes import load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sourcebrief.build.checks import Corpus

SCHEMAS: Final = ".vscode/schemas"
"""Where the schemas lie that editors read, offline and kept with the workspace."""
WORKFLOW: Final = ".github/workflows/briefings.yml"
EXAMPLE_SEED: Final = "seeds/example-readout.txt"

_SUPPORT: Final = {
    ".editorconfig": "editorconfig",
    ".gitattributes": "gitattributes",
    WORKFLOW: "briefings.yml",
    ".gitignore": "gitignore",
    ".vscode/extensions.json": "extensions.json",
    ".vscode/settings.json": "settings.json",
}
"""What stands around the briefings of a new workspace: the path, its template's name."""
_OF_A_BRIEFING: Final = ("brief.yaml", "events.yaml")
_MODELINE: Final = re.compile(
    r"\A\ufeff?# yaml-language-server: \$schema=\.\./(\S+)/seeds\.schema\.json\s"
)
_LONGEST_NAME: Final = 120
_MOST_TRIED: Final = 12
_UNBUILDABLE: Final = "no briefing that builds could be made"
_STAGING: Final = ".sourcebrief/staging/new"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What `new` writes: bytes by path from the workspace, not one of them there yet.

    `catalogue` is one without a seed, before and after the example was added to it. `kept` are
    files of a new workspace that were there and stay as they are, with what ours would have said;
    `seed` is the one that the briefing quotes.
    """

    root: Path
    name: str
    files: Mapping[str, bytes]
    catalogue: tuple[bytes, bytes] | None
    kept: Mapping[str, bytes]
    makes_workspace: bool
    seed: str
    inside_repository: bool = False


def require_name(name: str) -> None:
    """UsageError, with one that would do, where a briefing cannot have a name."""
    if re.fullmatch("[a-z0-9][a-z0-9-]*", name) and len(name) <= _LONGEST_NAME:
        fault = portable(name)
        if fault is None:
            return
        raise UsageError(f"the name {name!r} {fault.partition(';')[0]}; take another")
    offered = slug(name, longest=_LONGEST_NAME)
    way_out = f"; try: sourcebrief new {offered}" if offered and portable(offered) is None else ""
    raise UsageError(
        f"{name!r} cannot be the name of a briefing: lower-case letters, digits and hyphens "
        f"only, at most {_LONGEST_NAME}{way_out}"
    )


def plan(root: Path, name: str, today: dt.date) -> Scaffold:
    """What a new briefing of a workspace, or of a folder that is to become one, is made of.

    Raises UsageError for a name that cannot be, InvalidInput where a file of it is there already or
    the catalogue has errors.
    """
    require_name(name)
    _require_new(root, [f"briefings/{name}/{file}" for file in _OF_A_BRIEFING])
    scaffolds = _Scaffolds(TemplateFolders(Inputs(root), packaged_folder()))
    makes_workspace = not ((root / "seeds").is_dir() and (root / "briefings").is_dir())
    nested = makes_workspace and any((folder / ".git").exists() for folder in root.parents)
    folder, files = _schemas(root)
    values = {
        "NAME": name,
        "VERSION": __version__,
        "TITLE": name.replace("-", " ").capitalize(),
        "TODAY": today.isoformat(),
        "SCHEMAS": folder,
    }
    kept: dict[str, bytes] = {}
    if makes_workspace:
        for path, template in _SUPPORT.items():
            if path == WORKFLOW and nested:
                continue
            data = scaffolds.read(f"workspace/{template}", values)
            (kept if exists(root / path) else files)[path] = data
    catalogue = None
    corpus = _corpus(root) if exists(root / CATALOGUE) else None
    if corpus is not None and corpus.seeds:
        seed, briefing = _quoting(corpus, name, today, scaffolds, values)
        files |= briefing
    else:
        seed, briefing = _example(name, scaffolds, values)
        files |= briefing
        if exists(root / CATALOGUE):
            catalogue = _with_example(root, files.pop(CATALOGUE))
            added = {**briefing, CATALOGUE: catalogue[1]}
            if found := _problems(root, name, added):
                raise SourcebriefError(f"{_UNBUILDABLE}: {found[0]}")
    _require_new(root, files)
    return Scaffold(root, name, files, catalogue, kept, makes_workspace, seed, nested)


def write(scaffold: Scaffold) -> None:
    """Write all files of a scaffold, or none.

    Raises InvalidInput where one has come up meanwhile, SourcebriefError where somebody has changed
    the catalogue.
    """
    root = scaffold.root

    def extend_catalogue() -> None:
        if scaffold.catalogue is None:
            return
        before, after = scaffold.catalogue
        if (root / CATALOGUE).read_bytes() != before:
            raise SourcebriefError(f"{CATALOGUE} was changed meanwhile; look at it and try again")
        replace_all({(root / CATALOGUE).resolve(): after}, root / _STAGING)

    try:
        create_all(
            {root / path: data for path, data in scaffold.files.items()}, then=extend_catalogue
        )
    except FileExistsError:
        _require_new(root, scaffold.files)
        raise


@dataclass(frozen=True, slots=True)
class _Scaffolds:
    """The templates of scaffolds, with `«NAMES»` where values go."""

    templates: TemplateFolders

    def read(self, name: str, values: Mapping[str, str]) -> bytes:
        try:
            text = self.templates.read(f"scaffolds/{name}").decode()
        except (KeyError, UnicodeDecodeError) as error:
            raise SourcebriefError(f"templates/scaffolds/{name} cannot be read: {error}") from error
        return re.sub("«([A-Z0-9]+)»", lambda found: values.get(found[1], found[0]), text).encode()


def _corpus(root: Path) -> Corpus | None:
    """The seeds of a workspace, None where its catalogue is empty.

    InvalidInput where the catalogue has errors, as no briefing would build.
    """
    inputs = Inputs(root)
    document = load(require_catalogue(inputs), CATALOGUE)
    if document.value is None or document.value == {"references": None}:
        return None
    if document.value == {"references": []}:
        return None
    corpus = read_corpus(inputs)
    if errors := [problem for problem in corpus.problems if problem.severity == "error"]:
        raise InvalidInput(errors)
    return corpus


def _example(
    name: str, scaffolds: _Scaffolds, values: Mapping[str, str]
) -> tuple[str, dict[str, bytes]]:
    """A worked example with a seed and a catalogue of its own: the seed's id, the files."""
    seed = scaffolds.read("example/example-readout.txt", {})
    values = {**values, "SHA256": hashlib.sha256(seed).hexdigest()}
    return "example-readout", {
        EXAMPLE_SEED: seed,
        CATALOGUE: scaffolds.read("example/seeds.yaml", values),
        **_files_of(name, "example", scaffolds, values),
    }


def _with_example(root: Path, example: bytes) -> tuple[bytes, bytes]:
    """A catalogue without a seed, before and after the example's entry has been added."""
    before = Inputs(root).read(CATALOGUE)
    entries: Any = load(example, CATALOGUE).get("references")
    return before, with_entries(before, entries)


def _files_of(
    name: str, kind: str, scaffolds: _Scaffolds, values: Mapping[str, str]
) -> dict[str, bytes]:
    return {
        f"briefings/{name}/{file}": scaffolds.read(f"{kind}/{file}", values)
        for file in _OF_A_BRIEFING
    }


def _quoting(
    corpus: Corpus, name: str, today: dt.date, scaffolds: _Scaffolds, values: Mapping[str, str]
) -> tuple[str, dict[str, bytes]]:
    """A briefing to fill in, whose event quotes the seed that was listed last, if it can be."""
    found: tuple[Problem, ...] = ()
    for tried, candidate in enumerate(_candidates(corpus)):
        if tried == _MOST_TRIED:
            break
        filled = {
            **values,
            "EVENT": unused("first-event", corpus.library.known),
            "SEED": candidate.seed,
            "QUOTE": candidate.folded(indent=10),
            "DATE": candidate.date_in_yaml,
            "TODAY": max(today, candidate.begins or today).isoformat(),
        }
        files = _files_of(name, "briefing", scaffolds, filled)
        found = _problems(corpus.inputs.root, name, files)
        if not found:
            return candidate.seed, files
    if found:
        raise SourcebriefError(f"{_UNBUILDABLE}: {found[0]}")
    raise SourcebriefError(
        f"no seed of {CATALOGUE} has words that can be quoted; `sourcebrief add FILE` adds one"
    )


def _candidates(corpus: Corpus) -> Iterator[Candidate]:
    for key in reversed(corpus.seeds):
        issued = corpus.library.entries[key].value.issued
        yield from candidates(key, corpus.seeds[key], issued)


def _problems(root: Path, name: str, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What `check --strict` would say of a briefing that is not on disk yet."""
    inputs = Inputs(root, HeldFiles(files, DiskFiles(root)))
    corpus = read_corpus(inputs)
    templates = TemplateFolders(inputs.tracking(), packaged_folder())
    return check_briefing(name, corpus, templates.inputs, templates).problems


def _schemas(root: Path) -> tuple[str, dict[str, bytes]]:
    """The folder of the schemas, from the workspace, and those that are still to be written.

    It is the one that the catalogue's own first line names, where it holds them.
    """
    try:
        found = _MODELINE.match((root / CATALOGUE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None  # the catalogue's reader will say what is wrong with it
    made = schemas()
    if found and all((root / found[1] / name).is_file() for name in made):
        return found[1], {}
    paths = {f"{SCHEMAS}/{name}": data for name, data in made.items()}
    return SCHEMAS, {path: data for path, data in paths.items() if not exists(root / path)}


def _require_new(root: Path, files: Iterable[str]) -> None:
    """InvalidInput with every file that is there already, or that a link leads elsewhere."""
    problems = []
    for path in files:
        if exists(root / path):
            way_out = "take another name" if path.startswith("briefings/") else "move it away"
            message = f"the file is there already, so nothing was written; {way_out}"
            problems.append(Problem(Place(path), message))
            continue
        try:
            Inputs(root).inside("", path)
        except ValueError as error:
            problems.append(Problem(Place(path), str(error)))
    if problems:
        raise InvalidInput(problems)

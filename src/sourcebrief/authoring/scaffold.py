"""Scaffolds: a commented briefing that builds at once, in a workspace that is made where needed.

The files are planned first, as bytes by path, and checked as if they were on disk. A scaffold with
a problem is never written.
"""

import datetime as dt
import hashlib
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from os.path import lexists
from pathlib import Path
from typing import Any, Final

from sourcebrief import __version__
from sourcebrief.authoring.adding.holdings import unused_id
from sourcebrief.authoring.catalogue_edits import with_entries
from sourcebrief.authoring.quotable_words import quotation_around
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.build.results import Corpus
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput, Place, Problem, SourcebriefError, UsageError
from sourcebrief.evidence.passages import SeedText
from sourcebrief.text.phrases import sentence_starts, slug
from sourcebrief.workspace.json_schemas import schemas
from sourcebrief.workspace.read_files import CATALOGUE, Inputs, portable, require_catalogue
from sourcebrief.workspace.write_files import create_all, replace_unchanged
from sourcebrief.workspace.yaml_places import load

SCHEMAS: Final = ".vscode/schemas"
"""The folder of the schemas that editors read, offline and kept with the workspace."""
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
"""The other files of a new workspace: the path, and the name of its template."""
_OF_A_BRIEFING: Final = ("brief.yaml", "events.yaml")
_MODELINE: Final = re.compile(
    r"\A\ufeff?# yaml-language-server: \$schema=\.\./(\S+)/seeds\.schema\.json\s"
)
_LONGEST_NAME: Final = 120
_MOST_TRIED: Final = 12
_MOST_OF_A_SEED: Final = 4
_WIDTH: Final = 88
_UNBUILDABLE: Final = "no briefing that builds could be made"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What `new` writes: bytes by path from the workspace, none of which exists yet.

    `seed` is the one that the briefing quotes. `catalogue` is one without a seed, before and after
    the example is added to it. `already_there` are files of a new workspace that exist and stay as
    they are, with the bytes that would have been written.
    """

    root: Path
    name: str
    files: Mapping[str, bytes]
    seed: str
    makes_workspace: bool
    catalogue: tuple[bytes, bytes] | None = None
    already_there: Mapping[str, bytes] = field(default_factory=dict)
    inside_repository: bool = False


def require_name(name: str) -> None:
    """Raise UsageError, which offers another name, where a briefing cannot have this one."""
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


def plan_scaffold(root: Path, name: str, today: dt.date) -> Scaffold:
    """Plan a new briefing in a workspace, or in a folder that becomes one.

    Raises UsageError for a name that is not possible, InvalidInput where a file of it exists or
    the catalogue has errors.
    """
    require_name(name)
    _require_new(root, [f"briefings/{name}/{file}" for file in _OF_A_BRIEFING])
    schema_folder, files = _schemas(root)
    template = _Templates(
        TemplateFolders(Inputs(root), packaged_folder()),
        {
            "NAME": name,
            "VERSION": __version__,
            "TITLE": name.replace("-", " ").capitalize(),
            "TODAY": today.isoformat(),
            "SCHEMAS": schema_folder,
        },
    )
    makes_workspace = not ((root / "seeds").is_dir() and (root / "briefings").is_dir())
    nested = makes_workspace and any((folder / ".git").exists() for folder in root.parents)
    support = {
        path: template.filled(f"workspace/{file}")
        for path, file in (_SUPPORT if makes_workspace else {}).items()
        if not (path == WORKFLOW and nested)
    }
    already_there = {path: data for path, data in support.items() if lexists(root / path)}
    files |= {path: data for path, data in support.items() if path not in already_there}
    catalogue = None
    corpus = _corpus(root)
    if corpus is not None:
        seed, briefing = _quoting(corpus, name, today, template)
        files |= briefing
    else:
        seed, briefing = "example-readout", _example(name, template)
        files |= briefing
        if lexists(root / CATALOGUE):
            before = Inputs(root).read(CATALOGUE)
            entries: Any = load(files.pop(CATALOGUE), CATALOGUE).get("references")
            catalogue = before, with_entries(before, entries)
            if found := _problems(root, name, {**briefing, CATALOGUE: catalogue[1]}):
                raise SourcebriefError(f"{_UNBUILDABLE}: {found[0]}")
    _require_new(root, files)
    return Scaffold(root, name, files, seed, makes_workspace, catalogue, already_there, nested)


def write_scaffold(scaffold: Scaffold) -> None:
    """Write all files of a scaffold, or none.

    Raises InvalidInput where one exists meanwhile, SourcebriefError where the catalogue changed.
    """
    root = scaffold.root

    def extend_catalogue() -> None:
        if scaffold.catalogue is not None:
            replace_unchanged(root, {CATALOGUE: scaffold.catalogue})

    try:
        create_all(
            {root / path: data for path, data in scaffold.files.items()}, then=extend_catalogue
        )
    except FileExistsError:
        _require_new(root, scaffold.files)
        raise


@dataclass(frozen=True, slots=True)
class _Templates:
    """The templates of scaffolds, in which `«NAME»` stands for a value."""

    folders: TemplateFolders
    values: Mapping[str, str]

    def filled(self, name: str, **more: str) -> bytes:
        """Return a template with its values; others than `values` are given by keyword."""
        try:
            text = self.folders.read(f"scaffolds/{name}").decode()
        except (KeyError, UnicodeDecodeError) as error:
            raise SourcebriefError(f"templates/scaffolds/{name} cannot be read: {error}") from error
        values = {**self.values, **more}
        return re.sub("«([A-Z0-9]+)»", lambda found: values.get(found[1], found[0]), text).encode()

    def briefing(self, name: str, kind: str, **more: str) -> dict[str, bytes]:
        """Return the files of a briefing from the templates of a kind."""
        return {
            f"briefings/{name}/{file}": self.filled(f"{kind}/{file}", **more)
            for file in _OF_A_BRIEFING
        }


def _corpus(root: Path) -> Corpus | None:
    """Return the seeds of a workspace; None where it has no seed.

    Raises InvalidInput where the catalogue has errors, because then no briefing builds.
    """
    if not lexists(root / CATALOGUE):
        return None
    inputs = Inputs(root)
    value = load(require_catalogue(inputs), CATALOGUE).value
    if value is None or value in ({"references": None}, {"references": []}):
        return None
    corpus = read_corpus(inputs)
    if errors := [problem for problem in corpus.problems if problem.severity == "error"]:
        raise InvalidInput(errors)
    return corpus if corpus.seeds else None


def _example(name: str, template: _Templates) -> dict[str, bytes]:
    """Return a worked example with a seed and a catalogue of its own."""
    seed = template.filled("example/example-readout.txt")
    digest = hashlib.sha256(seed).hexdigest()
    return {
        EXAMPLE_SEED: seed,
        CATALOGUE: template.filled("example/seeds.yaml", SHA256=digest),
        **template.briefing(name, "example"),
    }


def _quoting(
    corpus: Corpus, name: str, today: dt.date, template: _Templates
) -> tuple[str, dict[str, bytes]]:
    """Return the last seed listed that can be quoted, and a briefing whose event quotes it."""
    found: tuple[Problem, ...] = ()
    passages = (
        (key, quote)
        for key in reversed(corpus.seeds)
        for quote in islice(_quotations(corpus.seeds[key]), _MOST_OF_A_SEED)
    )
    for key, quote in islice(passages, _MOST_TRIED):
        issued = corpus.library.entries[key].value.issued
        # Lines of a folded block scalar.
        lines = textwrap.wrap(quote, _WIDTH, break_long_words=False, break_on_hyphens=False)
        files = template.briefing(
            name,
            "briefing",
            EVENT=unused_id("first-event", corpus.library.known),
            SEED=key,
            QUOTE=f"\n{' ' * 10}".join(lines),
            DATE=issued.text if issued.text[0].isdigit() else f"'{issued.text}'",
            TODAY=max(today, issued.earliest or today).isoformat(),
        )
        found = _problems(corpus.inputs.root, name, files)
        if not found:
            return key, files
    if found:
        raise SourcebriefError(f"{_UNBUILDABLE}: {found[0]}")
    raise SourcebriefError(
        f"no seed of {CATALOGUE} has words that can be quoted; `sourcebrief add FILE` adds one"
    )


def _quotations(seed: SeedText) -> Iterator[str]:
    """Yield how paragraphs begin, as evidence; those of one sentence, as heads are, come last."""
    places = enumerate(seed.paragraphs)
    for index, one in sorted(places, key=lambda place: not any(sentence_starts(place[1].text))):
        if found := quotation_around(seed, index, one.start, one.start + 1):
            yield found[1].removesuffix(".")


def _problems(root: Path, name: str, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return what `check --strict` finds in a briefing that is not on disk yet."""
    inputs = Inputs(root, files)
    corpus = read_corpus(inputs)
    return check_briefing(name, corpus).problems


def _schemas(root: Path) -> tuple[str, dict[str, bytes]]:
    """Return the folder of the schemas, from the workspace, and the schemas that it lacks.

    It is the one that the catalogue's first line names, if that holds them.
    """
    try:
        found = _MODELINE.match((root / CATALOGUE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None  # the catalogue's reader reports what is wrong with it
    made = schemas()
    if found and all((root / found[1] / name).is_file() for name in made):
        return found[1], {}
    paths = {f"{SCHEMAS}/{name}": data for name, data in made.items()}
    return SCHEMAS, {path: data for path, data in paths.items() if not lexists(root / path)}


def _require_new(root: Path, files: Iterable[str]) -> None:
    """Raise InvalidInput with every file that exists, or that a link leads elsewhere."""
    problems = []
    for path in files:
        if lexists(root / path):
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

"""What of a workspace nothing uses, what is out of date in it, and what to do about either."""

from collections.abc import Iterable, Iterator
from functools import partial
from os.path import lexists
from pathlib import Path
from typing import Final

from sourcebrief import __version__
from sourcebrief.authoring.adding.holdings import held_files, same_file_name
from sourcebrief.authoring.health.findings import Finding
from sourcebrief.authoring.scaffold import SCHEMAS, WORKFLOW
from sourcebrief.authoring.upkeep.authored_files import authored_files, listed_files
from sourcebrief.authoring.upkeep.id_places import IdPlace, id_places
from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.manifest import InvalidManifest, read_manifest
from sourcebrief.build.catalogue_use import why_not_current
from sourcebrief.build.checks import check_workspace
from sourcebrief.build.results import BuildOptions, CheckedWorkspace
from sourcebrief.errors import InvalidInput
from sourcebrief.text.phrases import count_of, listed_up_to
from sourcebrief.verification.changes import STALE_TRANSLATION, compare
from sourcebrief.workspace.json_schemas import schemas
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.write_files import replace_all
from sourcebrief.workspace.yaml_places import YamlFile

_named: Final = partial(listed_up_to, most=8)
_NOT_DOCUMENTS: Final = frozenset({"seeds.yaml", "thumbs.db", "desktop.ini"})
_UNUSED: Final = {
    "entry": (
        "document",
        "that no briefing quotes or cites",
        "sourcebrief find WORDS --seed ID, or sourcebrief remove ID",
    ),
    "reference": ("reference", "that nothing cites", "cite it as [@ID], or sourcebrief remove ID"),
    "event": ("event", "that no text cites", "see: sourcebrief check --coverage"),
    "actor": ("actor", "that no event and no brief names", "name it, or delete it"),
    "person": ("person", "whom no event names", "name them, or delete them"),
}
"""How each kind that is unused is called, what is wrong with it, and what to do."""
_STAGING: Final = ".sourcebrief/staging/schemas"


def workspace_health(root: Path, epoch: int | None) -> Iterator[Finding]:
    """Look at a workspace; `epoch` is that of a build, SOURCE_DATE_EPOCH."""
    inputs = Inputs(root)
    names = inputs.briefings()
    checked = check_workspace(names, root)
    yield _problems(checked)
    try:
        files = authored_files(inputs)
    except InvalidInput:
        yield Finding("files", "wrong", "some cannot be read", "see: sourcebrief check")
        return
    if stale := why_not_current(names, BuildOptions(root=root, epoch=epoch)):
        yield Finding("documents", "note", f"stale: {_named(stale)}", "sourcebrief build")
    yield from _stale_translations(checked, inputs)
    yield from unused_ids(list(id_places(files.values())), files[CATALOGUE])
    yield from _files_without_entry(files[CATALOGUE], root)
    yield from _unnamed_lists(files, inputs)
    if old := old_schemas(root):
        remedy = "sourcebrief doctor --fix writes those of this version"
        yield Finding("editor", "note", f"{_named(old)} not of this version", remedy)
    yield from _workflow(root)


def _problems(checked: CheckedWorkspace) -> Finding:
    problems = list(checked.all_problems())
    errors = sum(problem.severity == "error" for problem in problems)
    if not problems:
        briefings = count_of(len(checked.briefings), "briefing")
        return Finding("check", "ok", f"{briefings}, nothing wrong")
    found = f"{count_of(errors, 'error')} and {count_of(len(problems) - errors, 'warning')}"
    return Finding("check", "wrong" if errors else "note", found, "see: sourcebrief check")


def _stale_translations(checked: CheckedWorkspace, inputs: Inputs) -> Iterator[Finding]:
    """Name events whose quotations have changed under a translation since the last build."""
    for one in checked.briefings:
        try:
            built = read_manifest(inputs.read(f"briefings/{one.name}/{one.name}.evidence.json"))
        except (OSError, InvalidManifest):
            continue  # without an earlier build there is nothing to compare with
        if one.composition is None:
            continue
        now = manifest_of(one.composition)
        found = compare(built, now, before_edition="", after_edition="").of("event", "altered")
        stale = [
            change.id
            for change in found
            if any(field.name == STALE_TRANSLATION for field in change.fields)
        ]
        if stale:
            words = f"since {one.name} was built, quotations have changed under them: "
            yield Finding("translations", "note", words + _named(stale), "translate these anew")


def unused_ids(places: Iterable[IdPlace], catalogue: YamlFile) -> Iterator[Finding]:
    """Say which entries, actors and people no file names, and which events no text cites."""
    places = list(places)
    named = {(kind, one.id) for one in places if not one.own for kind in one.kinds}
    seeds = {
        str(one.get("id")) for _, one in catalogue.mappings("references") if any(held_files(one))
    }
    unused: dict[str, dict[str, None]] = {}
    for one in places:
        kind = one.kinds[0]
        if one.own and (kind, one.id) not in named:
            is_reference = kind == "entry" and one.id not in seeds
            group: str = "reference" if is_reference else kind
            unused.setdefault(group, {})[one.id] = None
    for group, (noun, words, remedy) in _UNUSED.items():
        if ids := unused.get(group):
            found = f"{count_of(len(ids), noun)} {words}: {_named(ids)}"
            yield Finding("unused", "note", found, remedy)


def _files_without_entry(catalogue: YamlFile, root: Path) -> Iterator[Finding]:
    held = (file for _, one in catalogue.mappings("references") for file, _ in held_files(one))
    named = {*_NOT_DOCUMENTS, *map(same_file_name, held)}
    files = (path for path in sorted((root / "seeds").rglob("*")) if path.is_file())
    shown = (path for path in files if not path.name.startswith("."))
    names = (path.relative_to(root / "seeds").as_posix() for path in shown)
    stray = [name for name in names if same_file_name(name) not in named]
    if stray:
        found = f"no entry names {_named(stray)}"
        yield Finding("seeds/", "note", found, "sourcebrief add seeds/FILE, or delete it")


def _unnamed_lists(files: dict[str, YamlFile], inputs: Inputs) -> Iterator[Finding]:
    """Report lists of events that no brief names, so that nothing checks them."""
    briefs = {path: one for path, one in files.items() if path.endswith("/brief.yaml")}
    used = {CATALOGUE, *briefs, *listed_files(briefs, inputs)}
    if unused := [path for path in files if path not in used]:
        found = f"no brief names {_named(unused)}"
        yield Finding("events", "note", found, "list it under events in brief.yaml, or delete it")


def old_schemas(root: Path) -> dict[str, bytes]:
    """Return the schemas in `.vscode` that are not those of this version, as they have to be."""
    wanted = {f"{SCHEMAS}/{name}": data for name, data in schemas().items()}
    return {
        path: data
        for path, data in wanted.items()
        if lexists(root / path) and (root / path).read_bytes() != data
    }


def write_schemas(root: Path) -> tuple[str, ...]:
    """Write the schemas of this version over old ones; their paths."""
    old = old_schemas(root)
    replace_all({root / path: data for path, data in old.items()}, root / _STAGING)
    return tuple(old)


def _workflow(root: Path) -> Iterator[Finding]:
    try:
        text = (root / WORKFLOW).read_text("utf-8", "replace")
    except OSError:
        return
    if "sourcebrief==" in text and f"sourcebrief=={__version__}" not in text:
        remedy = f"write sourcebrief=={__version__} there"
        yield Finding("workflow", "note", f"{WORKFLOW} installs another version", remedy)

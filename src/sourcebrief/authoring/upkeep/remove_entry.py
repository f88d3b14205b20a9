"""Removing a catalogue entry with its files, as long as nothing rests on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sourcebrief.authoring.adding.holdings import held_files, same_file_name
from sourcebrief.authoring.upkeep.authored_files import authored_files
from sourcebrief.authoring.upkeep.id_places import KINDS, IdPlace, id_places
from sourcebrief.build.changed_pins import committed_bytes
from sourcebrief.errors import InvalidInput, Problem, UsageError
from sourcebrief.text.names import did_you_mean
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.write_files import replace_unchanged
from sourcebrief.workspace.yaml_draft import YamlDraft
from sourcebrief.workspace.yaml_places import YamlFile


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal takes away: the entry, and the files that no other entry has.

    `kept` are those of its files that git's history holds as they are, so that they can be brought
    back from it.
    """

    entry: str
    files: tuple[str, ...]
    kept: frozenset[str]
    before: bytes
    after: bytes


def plan_removal(inputs: Inputs, key: str) -> Removal:
    """Find what goes with an entry.

    Raises UsageError where there is no such entry, InvalidInput with everything that rests on it.
    """
    documents = authored_files(inputs)
    places = list(id_places(documents.values()))
    catalogue = documents[CATALOGUE]
    index, entry = _entry(key, catalogue, places)
    if resting := [one for one in places if one.id == key and not one.own and "entry" in one.kinds]:
        message = f"this rests on {key!r}; name another there, or delete it, and remove it then"
        raise InvalidInput(Problem(one.place, message) for one in resting)
    files = _own_files(entry, catalogue, inputs)
    history = committed_bytes(inputs.root, files)
    kept = frozenset(path for path, sha256 in files.items() if sha256 in history)
    before = inputs.read(CATALOGUE)
    draft = YamlDraft(before, CATALOGUE)
    draft.remove(("references", index))
    place = catalogue.place(("references", index))
    after = draft.written_or(
        f"{place}: the entry cannot be taken out as it is written; delete its lines yourself"
    )
    return Removal(key, tuple(files), kept, before, after)


def _entry(
    key: str, catalogue: YamlFile, places: Iterable[IdPlace]
) -> tuple[int, Mapping[str, Any]]:
    """Return the place of an entry in the list, and the entry."""
    for index, entry in catalogue.mappings("references"):
        if entry.get("id") == key:
            return index, entry
    for one in places:
        if one.own and one.id == key:
            raise UsageError(
                f"{key!r} is the {KINDS[one.kinds[0]]} at {one.place}; delete it there"
            )
    known = [one.id for one in places if one.own and one.kinds == ("entry",)]
    raise UsageError(f"no catalogue entry {key!r}{did_you_mean(key, known)}")


def _own_files(entry: Mapping[str, Any], catalogue: YamlFile, inputs: Inputs) -> dict[str, str]:
    """Return the files that only this entry has, with what they hold, by path."""
    others = {
        same_file_name(file)
        for _, other in catalogue.mappings("references")
        if other is not entry
        for file, _ in held_files(other)
    }
    found: dict[str, str] = {}
    for file, _ in held_files(entry):
        try:
            path = inputs.inside("seeds", file)
        except ValueError:
            continue  # it leads out of the workspace, so it is not ours to delete
        if (
            path.startswith("seeds/")
            and same_file_name(file) not in others
            and inputs.is_file(path)
        ):
            found[path] = inputs.sha256(path)
    return found


def write_removal(root: Path, removal: Removal) -> None:
    """Take the entry out of the catalogue, and delete its files then."""
    replace_unchanged(root, {CATALOGUE: (removal.before, removal.after)})
    for path in removal.files:
        (root / path).unlink(missing_ok=True)


def removal_report(removal: Removal) -> str:
    """Say what goes, and which files cannot be brought back."""
    lines = [f"{removal.entry}: its entry in {CATALOGUE}"]
    for path in removal.files:
        lost = (
            ""
            if path in removal.kept
            else ", which cannot be brought back: git does not hold it as it is"
        )
        lines.append(f"  {path}{lost}")
    return "\n".join(lines)

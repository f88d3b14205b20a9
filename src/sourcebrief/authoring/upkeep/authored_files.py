"""The YAML files of a workspace: the catalogue, the briefs, and every list of events.

They are read as values with positions, before any model, so that a record with a fault counts too.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.workspace.model import EventList
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.yaml_places import YamlFile, load


def authored_files(inputs: Inputs) -> dict[str, YamlFile]:
    """Return the files by path: the catalogue, then briefs, then lists of events.

    A list below `briefings/` counts even where no brief names it yet. Raises InvalidInput with
    every file that cannot be read, because an id may stand in it.
    """
    found: dict[str, YamlFile] = {}
    problems: list[Problem] = []

    def read(path: str) -> None:
        try:
            found[path] = load(inputs.read(path), path)
        except InvalidInput as error:
            problems.extend(error.problems)
        except OSError:
            problems.append(Problem(Place(path), "cannot be read; put the file there"))

    for path in (CATALOGUE, *(f"briefings/{name}/brief.yaml" for name in inputs.briefings())):
        read(path)
    for path in dict.fromkeys((*listed_files(found, inputs), *_unlisted(inputs))):
        if path not in found:
            read(path)
    if problems:
        raise InvalidInput(problems)
    return found


def listed_files(briefs: dict[str, YamlFile], inputs: Inputs) -> Iterator[str]:
    """Yield the paths that the briefs list; a check reports those that lead nowhere."""
    for path, brief in briefs.items():
        names = brief.get("events") if path != CATALOGUE else None
        for name in names if isinstance(names, list) else ():
            try:
                yield inputs.inside(str(PurePosixPath(path).parent), str(name))
            except ValueError:
                continue


def _unlisted(inputs: Inputs) -> Iterator[str]:
    """Yield the lists of events that lie beside the briefs, whoever names them."""
    for file in sorted((inputs.root / "briefings").glob("*/*.y*ml")):
        path = file.relative_to(inputs.root).as_posix()
        if file.name == "brief.yaml" or not file.is_file():
            continue
        try:
            value = load(inputs.read(path), path).value
        except (InvalidInput, OSError):
            continue  # no brief names it, so nothing rests on it
        if isinstance(value, dict) and value.keys() & EventList.model_fields.keys():
            yield path

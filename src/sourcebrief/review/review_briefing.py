"""Review the documents of one briefing: read them, and place what they say in its YAML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sourcebrief.documents.template_folders import FOLDER
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.review.addresses import Addresses
from sourcebrief.review.place_remarks import PlacedRemark, place_remarks
from sourcebrief.review.read_review import review_under_limits
from sourcebrief.review.remarks import FileReview
from sourcebrief.workspace.briefing import read_briefing
from sourcebrief.workspace.catalogue import read_library
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.write_files import replace_unchanged
from sourcebrief.workspace.yaml_edits import YamlText
from sourcebrief.workspace.yaml_places import decode, load


@dataclass(frozen=True, slots=True)
class BriefingReview:
    """The remarks of all documents at their places, what could not be compared, and what failed."""

    placed: tuple[PlacedRemark, ...]
    notices: tuple[str, ...]
    faults: tuple[Problem, ...]


def review_briefing(
    name: str, inputs: Inputs, files: Sequence[Path], evidence: Path | None
) -> BriefingReview:
    """Read reviewed documents of a briefing.

    Raises InvalidInput where the briefing's YAML cannot be read.
    """
    own = inputs.root / FOLDER
    reviews: dict[str, FileReview] = {}
    faults, notices = [], []
    for file in files:
        review = review_under_limits(file, evidence, own if own.is_dir() else None)
        if not review.fault and review.briefing != name:
            fault = f"it is an edition of {review.briefing}, not of {name}; name that briefing"
            review = FileReview(fault=fault)
        if review.fault:
            faults.append(Problem(Place(str(file)), review.fault))
        else:
            reviews[str(file)] = review
            notices += [f"{file}: {notice}" for notice in review.notices]
    return BriefingReview(_placed(name, inputs, reviews), tuple(notices), tuple(faults))


def _placed(
    name: str, inputs: Inputs, reviews: Mapping[str, FileReview]
) -> tuple[PlacedRemark, ...]:
    if not reviews:
        return ()
    path = f"briefings/{name}/brief.yaml"
    data = inputs.read_or_problem(path, Place(path))
    if isinstance(data, Problem):
        raise InvalidInput([data])
    brief = load(data, path)
    library, _ = read_library(inputs)
    record, _, _ = read_briefing(name, inputs, library)
    texts = cache(lambda each: YamlText(decode(inputs.read(each), each)))
    return place_remarks(reviews, Addresses(brief, record, library), texts)


def write_reviewed(inputs: Inputs, files: Mapping[str, bytes]) -> None:
    """Write the edited files, all or none; raises SourcebriefError where one has changed since."""
    changes = {path: (inputs.read(path), data) for path, data in files.items()}
    replace_unchanged(inputs.root, changes)

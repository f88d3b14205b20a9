"""The checks of a build, in their order: read, refer, locate, claim.

`check` and `build` run exactly these. Every problem of every stage is collected; a stage is skipped
only where an earlier one left it nothing to work on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sourcebrief.brief.compose import Composition
from sourcebrief.brief.labels import FOLDER as LABELS
from sourcebrief.brief.labels import labels
from sourcebrief.brief.selection import check_selection, select
from sourcebrief.build.glyph_check import check_glyphs
from sourcebrief.dates.date_words import LanguageError
from sourcebrief.dates.wording import check_language
from sourcebrief.errors import InvalidInput, Problem, in_reading_order
from sourcebrief.evidence.authored_texts import brief_texts, event_texts
from sourcebrief.evidence.claims import (
    check_citations,
    check_claims,
    check_judgements,
    check_newest_seed,
)
from sourcebrief.evidence.proof import prove, read_seeds
from sourcebrief.workspace.briefing import Briefing, read_briefing
from sourcebrief.workspace.catalogue import Library, read_library
from sourcebrief.workspace.cross_references import (
    check_brief,
    check_record,
    check_select,
    check_selected_events,
)
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.yaml_nodes import YamlFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sourcebrief.brief.labels import Labels
    from sourcebrief.brief.template_source import Templates
    from sourcebrief.evidence.passages import SeedText
    from sourcebrief.evidence.proof import Proof
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.model import BriefFile
    from sourcebrief.workspace.read_files import Inputs
    from sourcebrief.workspace.validation import Positioned


@dataclass(frozen=True, slots=True)
class Checked:
    """A briefing after all checks; `composition` is None where an error forbids to go on."""

    name: str
    composition: Composition | None
    problems: tuple[Problem, ...]
    record: Record
    selected: frozenset[str] = frozenset()
    brief: Positioned[BriefFile] | None = None

    @property
    def failed(self) -> bool:
        """Whether there is an error among the problems."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(slots=True)
class Corpus:
    """The catalogue and its seeds, read once for every briefing of a run."""

    inputs: Inputs
    library: Library
    seeds: dict[str, SeedText]
    problems: list[Problem] = field(default_factory=list)
    _proofs: dict[int, tuple[Record, Proof, list[Problem]]] = field(default_factory=dict)
    _claims: dict[tuple[int, str], list[Problem]] = field(default_factory=dict)

    def proof(self, record: Record, problems: list[Problem]) -> Proof:
        """The proof of a record, and what is wrong in it; briefings may share a record."""
        if id(record) not in self._proofs:
            found = list(check_record(record, self.library))
            proof, unproven = prove(record, self.library, self.seeds)
            self._proofs[id(record)] = record, proof, found + unproven
        _, proof, found = self._proofs[id(record)]
        problems += found
        return proof

    def check_events(self, record: Record, language: str, problems: list[Problem]) -> None:
        """Hold the texts of a proven record's events, and its dates, against its seeds."""
        key = id(record), language
        if key not in self._claims:
            proof = self._proofs[id(record)][1]
            texts = (text for event in record.events.values() for text in event_texts(event))
            claims = check_claims(texts, record, proof, language)
            self._claims[key] = [*claims, *check_newest_seed(record, proof)]
        problems += self._claims[key]


def read_corpus(inputs: Inputs) -> Corpus:
    """Read the catalogue and the seeds; InvalidInput where the catalogue itself is unreadable."""
    library, problems = read_library(inputs)
    seeds, faults = read_seeds(library)
    return Corpus(inputs, library, seeds, problems + faults)


def check_forms(names: Iterable[str], inputs: Inputs, problems: list[Problem]) -> None:
    """Report what is wrong in the form of briefings, where there is no catalogue to check against.

    One file that cannot be read does not hide what is wrong in the others.
    """
    library = Library(YamlFile(CATALOGUE, None, None), {}, {}, frozenset())
    for name in names:
        problems += read_briefing(name, inputs, library)[2]


def check_briefing(name: str, corpus: Corpus, inputs: Inputs, templates: Templates) -> Checked:
    """Run every check on one briefing. The corpus's own problems are not repeated here.

    `inputs` is the briefing's own view of the corpus's files.
    """
    library = corpus.library
    record, brief, problems = read_briefing(name, inputs, library)
    proof = corpus.proof(record, problems)
    # Of a brief that cannot be read, nothing tells which events it leaves out.
    chosen: Collection[str] = record.events.keys()
    composition = None
    if brief is not None:
        briefing = Briefing(name, brief, record)
        sound = not _has_error(problems)
        selected = select(briefing)
        problems += check_brief(brief, record)
        unknown = list(check_select(brief, record))
        problems += unknown
        if not unknown:
            chosen = selected.numbers.keys()
            if sound:
                check_selection(briefing, selected, problems)
        problems += check_selected_events(brief, record, chosen)
        problems += check_citations(brief_texts(brief), record, proof, chosen)
    for key, event in record.events.items():
        # What is left out does not print, and may cite what is left out with it.
        seen = chosen if key in chosen else record.events.keys()
        problems += check_citations(event_texts(event), record, proof, seen)
    if brief is not None:
        words = _labels(brief, templates, problems)
        style = _style(brief, inputs, problems)
        if words and not _has_error(problems) and not _has_error(corpus.problems):
            problems += check_claims(brief_texts(brief), record, proof, words.language)
            corpus.check_events(record, words.language, problems)
            problems += check_judgements(briefing, proof)
            composition = Composition(briefing, library, proof, selected, words, style)
            problems += check_glyphs(composition)
    chosen = frozenset(chosen)
    return Checked(name, composition, in_reading_order(problems), record, chosen, brief)


def _labels(
    brief: Positioned[BriefFile], templates: Templates, problems: list[Problem]
) -> Labels | None:
    """The words of the brief's language, or None and a problem."""
    language, place = brief.value.language, brief.place("language")
    try:
        check_language(language)
        return labels(language, templates)
    except LanguageError as error:
        problems.append(Problem(place, f"language {error}"))
    except InvalidInput as error:
        # A catalogue that is wrong has its own place; one that is not there is asked for here.
        there = {templates.where(name) for name in templates.names(LABELS)}
        for problem in error.problems:
            at = problem.place if problem.place.path in there else place
            problems.append(Problem(at, problem.message))
    return None


def _style(brief: Positioned[BriefFile], inputs: Inputs, problems: list[Problem]) -> bytes | None:
    """The citation style that a brief names for itself, read relative to it."""
    name, place = brief.value.csl, brief.place("csl")
    if name is None:
        return None
    found = inputs.read_or_problem(name, place, brief.document.path.rpartition("/")[0])
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def with_unselected(checked: Iterable[Checked], corpus: Corpus) -> list[Checked]:
    """The briefings, with a warning for each of their events that nothing selects.

    An event list may be shared: what the other briefings of the workspace select counts too.
    """
    checked = tuple(checked)
    left = {event for one in checked for event in _written(one.record, one.record.events)}
    for one in checked:
        left.difference_update(_written(one.record, one.selected))
    names = {one.name for one in checked}
    for name in corpus.inputs.briefings():
        if left and name not in names:
            # What is wrong in it is reported by a check of that briefing.
            record, brief, _ = read_briefing(name, corpus.inputs.tracking(), corpus.library)
            selected = select(Briefing(name, brief, record)).numbers if brief else record.events
            left.difference_update(_written(record, selected))
    return [_with_warnings(one, left) for one in checked]


def _with_warnings(checked: Checked, left: Collection[tuple[str, str]]) -> Checked:
    warnings = []
    for path, key in _written(checked.record, checked.record.events) if left else ():
        if (path, key) in left:
            message = f"nothing selects the event {key!r}; widen a selection or delete it"
            warnings.append(Problem(checked.record.events[key].place("id"), message, "warning"))
    problems = in_reading_order((*checked.problems, *warnings))
    return replace(checked, problems=problems) if warnings else checked


def _written(record: Record, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The file and the id of events: what tells one from another in all briefings."""
    for key in keys:
        yield record.events[key].document.path, key


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)

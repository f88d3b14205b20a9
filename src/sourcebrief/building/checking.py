"""The checks of a build, in their order: read, refer, locate, claim.

`check` and `build` run exactly these. Every problem of every stage is collected; a stage is skipped
only where an earlier one left it nothing to work on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourcebrief.composing.compose import Composition
from sourcebrief.composing.labels import labels
from sourcebrief.composing.selection import check_selection, select
from sourcebrief.errors import InvalidInput, Place, Problem, in_reading_order
from sourcebrief.evidence.pins import check_pins
from sourcebrief.evidence.proof import prove, read_seeds
from sourcebrief.evidence.statements import (
    authored_texts,
    check_citations,
    check_claims,
    check_judgements,
    check_newest_seed,
    event_texts,
)
from sourcebrief.reading.briefing import Briefing, read_briefing
from sourcebrief.reading.catalogue import read_library
from sourcebrief.reading.references import check_brief, check_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebrief.composing.resources import Templates
    from sourcebrief.evidence.passages import SeedText
    from sourcebrief.reading.briefing import Record
    from sourcebrief.reading.catalogue import Library
    from sourcebrief.reading.workspace import Inputs


@dataclass(frozen=True, slots=True)
class Checked:
    """A briefing after all checks; `composition` is None where an error forbids to go on."""

    name: str
    composition: Composition | None
    problems: tuple[Problem, ...]
    record: Record | None = None
    selected: frozenset[str] = frozenset()

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


def read_corpus(inputs: Inputs) -> Corpus:
    """Read the catalogue and the seeds; InvalidInput where the catalogue itself is unreadable."""
    problems: list[Problem] = []
    library = read_library(inputs, problems)
    return Corpus(inputs, library, read_seeds(library, problems), problems)


def check_briefing(name: str, corpus: Corpus, inputs: Inputs, templates: Templates) -> Checked:
    """Run every check on one briefing. The corpus's own problems are not repeated here.

    `inputs` is the briefing's own view of the corpus's files.
    """
    problems: list[Problem] = []
    library = corpus.library
    record, brief = read_briefing(name, inputs, library, problems)
    check_record(record, library, problems)
    if brief is not None:
        check_brief(brief, record, problems)
    proof = prove(record, library, corpus.seeds, problems)
    sound = not _has_error(problems)
    chosen: frozenset[str] = frozenset(record.events)
    composition = None
    if brief is not None:
        briefing = Briefing(name, brief, record)
        language = brief.value.language
        selected = None
        if sound:
            selected = select(briefing)
            check_selection(briefing, selected, problems)
            chosen = frozenset(selected.numbers)
        texts = list(authored_texts(briefing))
        check_citations(texts, record, proof, chosen, problems)
        for event in record.events.values():
            check_citations(event_texts(event), record, proof, chosen, problems)
        if not _has_error(problems) and not _has_error(corpus.problems) and selected:
            for event in record.events.values():
                texts.extend(event_texts(event))
            check_claims(texts, record, proof, language, problems)
            check_judgements(briefing, proof, problems)
            check_newest_seed(record, proof, problems)
            try:
                words = labels(language, templates)
                composition = Composition(briefing, library, proof, selected, words)
            except InvalidInput as error:
                place = brief.place("language")
                problems.extend(Problem(place, problem.message) for problem in error.problems)
    return Checked(name, composition, in_reading_order(problems), record, chosen)


def check_pinned(corpus: Corpus, records: Iterable[Record]) -> None:
    """Add the problems of changed seeds to the corpus's own."""
    check_pins(
        corpus.library, corpus.seeds, corpus.inputs.sha256, records, corpus.problems
    )


def unselected(checked: Iterable[Checked]) -> list[Problem]:
    """Warn of events that no briefing of the workspace selects."""
    checked = tuple(checked)
    chosen = {(place, key) for one in checked for key, place in _places(one) if key in one.selected}
    return [
        Problem(
            place, f"nothing selects the event {key!r}; widen a selection or delete it", "warning"
        )
        for one in checked
        for key, place in _places(one)
        if (place, key) not in chosen
    ]


def _places(checked: Checked) -> Iterable[tuple[str, Place]]:
    events = checked.record.events.items() if checked.record else ()
    return [(key, event.place("id")) for key, event in events]


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)

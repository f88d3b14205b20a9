"""What `add` shows: each document and reference, and what was there already."""

from collections.abc import Iterator, Sequence
from typing import Final

from sourcebrief.authoring.adding.document_entries import Addition
from sourcebrief.authoring.adding.plan_addition import AdditionPlan
from sourcebrief.text.phrases import count_of, listed_up_to
from sourcebrief.workspace.read_files import CATALOGUE
from sourcebrief.workspace.yaml_writing import scalar

_MOST_PRESENT: Final = 5


def addition_report(plan: AdditionPlan) -> str:
    """Write a block for each seed, a line for each reference, and what was there already."""
    return "\n".join(_lines(plan))


def _lines(plan: AdditionPlan) -> Iterator[str]:
    lines = plan.after.decode().splitlines()
    for addition in plan.additions:
        yield from _seed(addition, lines) if addition.is_seed else _reference(addition)
    if plan.present:
        yield f"in {CATALOGUE} already: {listed_up_to(plan.present, _MOST_PRESENT)}"
    seeds = sum(addition.is_seed for addition in plan.additions)
    references = len(plan.additions) - seeds
    counts = ((seeds, "seed"), (references, "reference"))
    added = " and ".join(count_of(number, noun) for number, noun in counts if number)
    files = len({problem.place.path for problem in plan.problems})
    rest = f"; {count_of(files, 'file')} not added, for what is said above" if files else ""
    yield (f"added to {CATALOGUE}: {added}" if added else f"nothing to add to {CATALOGUE}") + rest


def _seed(addition: Addition, lines: Sequence[str]) -> Iterator[str]:
    entry, custom = addition.entry, addition.entry["custom"]
    own = f"id: {scalar(entry['id'])}"
    at = next((n for n, line in enumerate(lines, 1) if line.endswith(own)), len(lines))
    yield f"{entry['id']}: {entry['title']}"
    supplied = ", the title is yours and prints in brackets" if "title_supplied" in custom else ""
    yield f"  {entry['type']}, {entry['language']}{supplied}"
    basis = custom["issued_basis"]
    note = f": {custom['issued_note']}" if "issued_note" in custom else ", the text states it"
    yield f"  issued {entry['issued']} ({basis}){note}"
    pages = f" on {addition.pages:,} pages" if addition.pages else ""
    original = f", from {custom['original']['file']}" if "original" in custom else ""
    yield f"  {custom['file']}: {count_of(addition.paragraphs, 'paragraph')}{pages}{original}"
    for remark in addition.remarks:
        yield f"  note: {remark}"
    missing = f"; not found: {' and '.join(addition.missing)}" if addition.missing else ""
    if "publisher" in addition.missing:
        missing += "; notes name it by its title until it has a publisher"
    yield f"  its entry: {CATALOGUE}:{at}{missing}"


def _reference(addition: Addition) -> Iterator[str]:
    yield f"{addition.entry['id']}: {addition.entry.get('title')} ({addition.entry['issued']})"
    for remark in addition.remarks:
        yield f"  note: {remark}"

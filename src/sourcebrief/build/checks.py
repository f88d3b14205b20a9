"""The checks of a build, in their order: read, refer, prove, select, cite, claim, print.

`check` and `build` run exactly these. Every problem of every stage is collected; a stage is skipped
only where an earlier one left it nothing to work on.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from sourcebrief.brief.labels import FOLDER as LABELS
from sourcebrief.brief.labels import Labels, Templates, labels
from sourcebrief.brief.make_manifest import Composition
from sourcebrief.brief.printed_texts import PrintedText, printed_texts
from sourcebrief.brief.selection import check_markings, check_selection, select
from sourcebrief.build.changed_pins import changed_pin_problems
from sourcebrief.build.known_checks import KnownChecks
from sourcebrief.build.last_check import keep_check
from sourcebrief.build.results import CheckedBriefing, CheckedWorkspace, Corpus
from sourcebrief.build.sealed_memory import SealedMemory
from sourcebrief.dates.cldr import LanguageError
from sourcebrief.dates.wording import check_language
from sourcebrief.documents.direction import is_right_to_left
from sourcebrief.documents.fonts import missing_glyphs
from sourcebrief.documents.script_fonts import printable_text, script_fonts, substituted
from sourcebrief.documents.sheet_report import lapsed_review
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput, Place, Problem, has_error, in_reading_order
from sourcebrief.evidence.claims import (
    check_citations,
    check_claims,
    check_judgements,
    check_later_seeds,
    check_newest_seed,
)
from sourcebrief.evidence.coverage import Coverage, measure_coverage
from sourcebrief.evidence.proof import Proof, prove, read_seeds
from sourcebrief.evidence.shared_texts import (
    as_one_origin,
    shared_text_problems,
    shared_texts,
    unsettled,
)
from sourcebrief.evidence.translated_numbers import check_translated_numbers
from sourcebrief.evidence.translations import check_required_translations, check_translations
from sourcebrief.workspace.authored_texts import brief_texts, event_texts
from sourcebrief.workspace.briefing import Briefing, Record, read_briefing
from sourcebrief.workspace.catalogue import Library, read_library
from sourcebrief.workspace.cross_references import (
    check_brief,
    check_record,
    check_select,
    check_selected_events,
)
from sourcebrief.workspace.model import BriefFile, Event
from sourcebrief.workspace.read_files import CATALOGUE, Inputs
from sourcebrief.workspace.validation import Positioned
from sourcebrief.workspace.yaml_places import YamlFile


def check_workspace(
    names: Sequence[str], root: Path, memory: SealedMemory | None = None
) -> CheckedWorkspace:
    """Run every check on the named briefings, save what is known of those before."""
    inputs = Inputs(root)
    known = KnownChecks(memory)
    try:
        corpus = read_corpus(inputs, known)
    except InvalidInput as error:
        return CheckedWorkspace(None, (*error.problems, *check_forms(names, inputs)))
    checked = check_together([check_briefing(name, corpus) for name in names], corpus)
    known.keep(corpus.located, whole=set(names) >= set(inputs.briefings()))
    if memory is not None:
        keep_check(names, corpus, checked.all_problems(), memory)
    return checked


def read_corpus(inputs: Inputs, known: KnownChecks | None = None) -> Corpus:
    """Read the catalogue and the seeds; InvalidInput where the catalogue itself is unreadable."""
    known = known or KnownChecks()
    library, problems = read_library(inputs)
    known.name_seeds(library, inputs)
    seeds, faults, faulty = read_seeds(library, known.sound_seeds())
    known.keep_seeds(faulty)
    shared = unsettled(library, known.shared(lambda: shared_texts(seeds)))
    problems += [*faults, *shared_text_problems(library, shared)]
    library = as_one_origin(library, shared)
    located = known.located(seeds)
    return Corpus(inputs, library, seeds, tuple(problems), known, located=located)


def check_forms(names: Iterable[str], inputs: Inputs) -> list[Problem]:
    """Check the form of briefings, where there is no catalogue to check them against.

    One file that cannot be read does not hide what is wrong in the others.
    """
    library = Library(YamlFile(CATALOGUE, None, None), {}, {}, frozenset())
    return [problem for name in names for problem in read_briefing(name, inputs, library)[2]]


def check_briefing(name: str, corpus: Corpus) -> CheckedBriefing:
    """Run every check on one briefing. The corpus's own problems are not repeated here."""
    templates = TemplateFolders(corpus.inputs.tracking(), packaged_folder())
    record, brief, problems = read_briefing(name, templates.inputs, corpus.library)
    proof, unproven = _prove(record, corpus)
    problems += unproven
    if brief is None:
        # Which events an unreadable brief leaves out is not known.
        problems += _check_citations(record, proof, record.events.keys())
        problems += check_glyphs(printed_texts(record, None), templates)
        known = frozenset(record.events)
        return CheckedBriefing(name, None, in_reading_order(problems), record, templates, known)

    briefing = Briefing(name, brief, record)
    selected = select(briefing)
    chosen, unselectable = _check_brief(briefing, selected, sound=not has_error(problems))
    problems += unselectable
    problems += check_citations(brief_texts(brief), record, proof, chosen)
    problems += _check_citations(record, proof, chosen)
    problems += check_translations(record, corpus.library, brief.value.language)
    problems += check_required_translations(brief, record, corpus.library, chosen)
    words, speechless = _labels(brief, templates)
    style, unstyled = _citation_style(brief, templates.inputs)
    problems += [*speechless, *unstyled]

    sound = not has_error(problems) and not has_error(corpus.problems)
    if words is not None:
        problems += check_claims(brief_texts(brief), record, proof, words.language)
        problems += _check_event_claims(record, proof, words.language, corpus, keep=sound)
        problems += check_judgements(briefing, proof)
        problems += check_later_seeds(briefing, proof, chosen)
    composition = None
    if words is not None and sound:
        composition = Composition(briefing, corpus.library, proof, selected, words, style)
        if brief.value.reviewed_by is not None:
            problems += lapsed_review(briefing, composition.sheet)
        cited = (corpus.library.entries[key] for key in composition.cited_entries)
        problems += check_markings(briefing, selected, cited)
    left_out = record.events.keys() - chosen
    if "pdf" in brief.value.formats:
        printed = printed_texts(record, brief, left_out, composition)
        problems += check_glyphs(printed, templates)
    return CheckedBriefing(
        name, composition, in_reading_order(problems), record, templates, frozenset(chosen), brief
    )


def check_together(checked: Sequence[CheckedBriefing], corpus: Corpus) -> CheckedWorkspace:
    """Add what is known once every briefing is checked: changed seeds and unselected events."""
    problems = (*corpus.problems, *changed_pin_problems(corpus, checked))
    return CheckedWorkspace(corpus, problems, tuple(_with_unselected(checked, corpus)))


def coverage_of(checked: CheckedWorkspace) -> tuple[Coverage, ...]:
    """Measure how much of their seeds the checked briefings without an error quote."""
    sound = [one.composition for one in checked.briefings if one.composition is not None]
    return tuple(measure_coverage(one.briefing, one.proof, one.selected) for one in sound)


def unquoted_seeds(checked: CheckedWorkspace, found: Iterable[Coverage]) -> tuple[str, ...]:
    """The seeds that no briefing quotes, known where all of the workspace were measured."""
    quoted = {one.briefing: {seed.id for seed in one.seeds} for one in found}
    corpus = checked.corpus
    if corpus is None or not quoted.keys() >= set(corpus.inputs.briefings()):
        return ()
    return tuple(key for key in corpus.library.seeds if key not in set().union(*quoted.values()))


def _prove(record: Record, corpus: Corpus) -> tuple[Proof, list[Problem]]:
    """Check the references and the evidence of a record, once for all briefings that share it."""
    if record not in corpus.proofs:
        sound = corpus.known.sound_events(record, "stated")
        proof, unproven = prove(record, corpus.library, corpus.seeds, corpus.located, sound)
        corpus.known.keep_events(record, "stated", unproven)
        corpus.proofs[record] = proof, [*check_record(record, corpus.library), *unproven]
    return corpus.proofs[record]


def _check_brief(
    briefing: Briefing, selected: Mapping[str, Event], *, sound: bool
) -> tuple[Collection[str], list[Problem]]:
    """Check what a brief selects; also returns the events that it may cite."""
    brief, record = briefing.brief, briefing.record
    unknown = list(check_select(brief, record))
    problems = [*check_brief(brief, record), *unknown]
    # Where `select` names something unknown, which events it leaves out is not known.
    chosen = record.events.keys() if unknown else selected.keys()
    if sound and not unknown:
        problems += check_selection(briefing, selected)
    return chosen, [*problems, *check_selected_events(brief, record, chosen)]


def _check_citations(record: Record, proof: Proof, chosen: Collection[str]) -> Iterator[Problem]:
    for key, event in record.events.items():
        # What is left out does not print, and may cite what is left out with it.
        seen = chosen if key in chosen else record.events.keys()
        yield from check_citations(event_texts(event), record, proof, seen)


def _check_event_claims(
    record: Record, proof: Proof, language: str, corpus: Corpus, *, keep: bool
) -> list[Problem]:
    """Hold the texts of a record's events, and its dates, against its seeds.

    Beside an error some texts are not looked at, so that nothing is kept of what was found.
    """
    key = record, language
    if key not in corpus.claims:
        sound = corpus.known.sound_events(record, language)
        events = {
            key: event
            for key, event in record.events.items()
            if key not in sound and proof.is_whole(event)
        }
        texts = (text for event in events.values() for text in event_texts(event))
        claims = check_claims(texts, record, proof, language)
        rest = replace(record, events=events)
        translated = check_translated_numbers(rest, proof, language)
        corpus.claims[key] = [*claims, *translated, *check_newest_seed(rest, proof)]
        if keep:
            corpus.known.keep_events(record, language, corpus.claims[key])
    return corpus.claims[key]


def _labels(
    brief: Positioned[BriefFile], templates: Templates
) -> tuple[Labels | None, list[Problem]]:
    """Read the words of the brief's language."""
    language, place = brief.value.language, brief.place("language")
    if is_right_to_left(language):
        words = (
            f"a whole brief in {language!r}, from right to left, cannot be set; write the brief in "
            "another language: quotations, names and titles may be in this one"
        )
        return None, [Problem(place, words)]
    try:
        check_language(language)
        return labels(language, templates), []
    except LanguageError as error:
        return None, [Problem(place, f"language {error}")]
    except InvalidInput as error:
        # A catalogue that is wrong has its own place; a missing one is reported here.
        there = {templates.where(name) for name in templates.names(LABELS)}
        return None, [
            Problem(problem.place if problem.place.path in there else place, problem.message)
            for problem in error.problems
        ]


def _citation_style(
    brief: Positioned[BriefFile], inputs: Inputs
) -> tuple[bytes | None, list[Problem]]:
    """Read the citation style that a brief names for itself, relative to the brief."""
    name, place = brief.value.csl, brief.place("csl")
    if name is None:
        return None, []
    found = inputs.read_or_problem(name, place, brief.document.path.rpartition("/")[0])
    return (None, [found]) if isinstance(found, Problem) else (found, [])


def check_glyphs(printed: Iterable[PrintedText], templates: Templates) -> list[Problem]:
    """Report, at its first place, each script for which there is no font to print a PDF with.

    A typographic character that no font has prints as one of equal meaning; that is a warning.
    """
    texts = list(printed)
    # One look at all that prints; the place is sought only where something is wrong.
    every = "".join(text.text for text in texts)
    lacking = "".join(missing_glyphs(every))
    if not lacking:
        return []
    if isinstance(templates, TemplateFolders):
        templates.inputs.outside("fonts")

    def first_place(characters: Collection[str]) -> Place:
        # Characters are named as a shaper composes them, which may be over the end of a text.
        held = (
            text for text in texts if not set(normalize("NFC", text.text)).isdisjoint(characters)
        )
        return next(held, texts[0]).place

    problems = [
        Problem(
            first_place(character),
            f"no font has U+{ord(character):04X}, and a PDF prints {printable_text(character)!r} "
            "for it",
            "warning",
        )
        for character in substituted(lacking)
    ]
    _, missing = script_fonts(every, templates)
    return problems + [
        Problem(first_place(script.characters), f"no font here has {script.shown}; {script.remedy}")
        for script in missing
    ]


def _with_unselected(
    checked: Sequence[CheckedBriefing], corpus: Corpus
) -> Iterator[CheckedBriefing]:
    """The briefings, with a warning for each of their events that no briefing selects.

    Briefings may share a list of events, so the workspace's other briefings are read too.
    """
    left = {event for one in checked for event in _events(one.record, one.record.events)}
    for one in checked:
        left.difference_update(_events(one.record, one.selected))
    names = {one.name for one in checked}
    for name in corpus.inputs.briefings():
        if left and name not in names:
            # What is wrong in it is reported by a check of that briefing.
            record, brief, _ = read_briefing(name, corpus.inputs.tracking(), corpus.library)
            selected = select(Briefing(name, brief, record)) if brief else record.events
            left.difference_update(_events(record, selected))
    for one in checked:
        warnings = [
            Problem(
                one.record.events[key].place("id"),
                f"nothing selects the event {key!r}; widen a selection or delete it",
                "warning",
            )
            for path, key in _events(one.record, one.record.events)
            if (path, key) in left
        ]
        yield replace(one, problems=in_reading_order((*one.problems, *warnings)))


def _events(record: Record, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The file and the id of events: what identifies an event among all briefings."""
    for key in keys:
        yield record.events[key].document.path, key

"""Answers to a program: where words stand, what a paragraph says, what the checks find.

Whatever comes from a document or a briefing stands under `document_text`, apart from what this
program says, since it may hold words that are meant for the reader of the answer.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sourcebrief.authoring.find_passages import find_passages
from sourcebrief.authoring.inquiries.questions import Check, Find, Locate, ReadPassage, Refused
from sourcebrief.authoring.inquiries.withholding import Question, Withholding
from sourcebrief.authoring.open_workspace import OpenWorkspace
from sourcebrief.build.checks import coverage_of
from sourcebrief.build.results import CheckedWorkspace
from sourcebrief.errors import Problem, in_reading_order
from sourcebrief.evidence.folding import fold_text
from sourcebrief.evidence.misses import explain
from sourcebrief.evidence.passages import locator
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, locate
from sourcebrief.text.names import did_you_mean
from sourcebrief.workspace.yaml_places import YamlFile

DATA: Final = "document_text"
"""The key under which what documents and briefings say stands: data, never instructions."""
_MOST_CHARACTERS: Final = 40_000
"""Of the paragraphs in one answer."""
_MOST_PROBLEMS: Final = 200
_MOST_LOCATED: Final = 50
_BRACKETED: Final = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class View:
    """The workspace as a program may see it: what is open, and what is withheld from it."""

    workspace: OpenWorkspace
    withholding: Withholding
    briefings: tuple[str, ...]
    files: Mapping[str, YamlFile]
    question: Question

    def require_document(self, key: str) -> None:
        """Raise Refused for a document that is not there, or that is not to be seen."""
        if key not in self.withholding.visible:
            near = did_you_mean(key, self.withholding.visible)
            withheld = "; it may be withheld" if self.withholding.anything else ""
            raise Refused(f"document: there is none with this id{near}{withheld}")


def answer_find(question: Find, view: View) -> dict[str, Any]:
    """The passages nearest to some words."""
    if question.document is not None:
        view.require_document(question.document)
    if not any(map(str.isalnum, question.words)):
        raise Refused("words: name words to look for")
    seeds = view.withholding.visible
    chosen = seeds if question.document is None else {question.document: seeds[question.document]}
    return {
        "passages": [
            {
                "document": hit.seed,
                "paragraph": hit.paragraph,
                "locator": hit.locator,
                "match": "exact" if hit.exact else "every word" if hit.every_word else "similar",
                "likeness": round(hit.likeness),
                DATA: {"quote": hit.quote},
            }
            for hit in find_passages(question.words, chosen, question.limit, view.workspace.words)
        ]
    }


def answer_passage(question: ReadPassage, view: View) -> dict[str, Any]:
    """Paragraphs of a document."""
    view.require_document(question.document)
    seed = view.withholding.visible[question.document]
    last = len(seed.paragraphs)
    if question.paragraph > last:
        raise Refused(f"paragraph: the document has {last}")
    found, left = [], _MOST_CHARACTERS
    for paragraph in seed.paragraphs[question.paragraph - 1 :][: question.count]:
        words = paragraph.text[:left]
        left -= len(words)
        found.append(
            {
                "paragraph": paragraph.number,
                "locator": paragraph.locator,
                "ignored": paragraph.ignored,
                "cut": len(words) < len(paragraph.text),
                DATA: {"text": words},
            }
        )
        if left <= 0:
            break
    return {"document": question.document, "paragraphs_in_all": last, "paragraphs": found}


def answer_locate(question: Locate, view: View) -> dict[str, Any]:
    """Where a quotation stands, or why it does not."""
    if question.paragraph is not None and question.document is None:
        raise Refused("paragraph: needs the document that it is in")
    seeds = view.withholding.visible
    if question.document is not None:
        view.require_document(question.document)
        seed = seeds[question.document]
        found = locate(question.quote, seed, question.paragraph)
        if isinstance(found, Miss):
            return {
                "stands": False,
                "reason": found.reason.name.lower().replace("_", " "),
                DATA: {"why": explain(found, question.document, seeds)},
            }
        return {"stands": True, "places": [_place(question.document, found)]}
    places = []
    # Whatever brackets stand for, the words between them must be there: most documents lack them.
    words = fold_text(max(_BRACKETED.split(question.quote), key=len)).strip()
    for key, seed in seeds.items():
        if next(seed.may_hold_at(words), None) is None:
            continue
        found = locate(question.quote, seed)
        if isinstance(found, LocatedQuotation):
            places.append(_place(key, found))
        if len(places) == _MOST_LOCATED:
            break
    return {"stands": bool(places), "places": places}


def _place(key: str, found: LocatedQuotation) -> dict[str, Any]:
    return {
        "document": key,
        "paragraph": found.paragraph,
        "locator": found.locator,
        "pieces": [
            {
                "start": piece.start,
                "end": piece.end,
                "locator": locator(piece.paragraph, piece.page),
                DATA: {"exact": piece.exact},
            }
            for piece in found.pieces
        ],
        "warnings": len(found.turned),
        DATA: {"prints": found.printed, "warnings": list(found.turned)},
    }


def answer_check(question: Check, view: View) -> dict[str, Any]:
    """The problems of briefings, and how much of the documents they quote."""
    for name in question.briefings:
        require_briefing(name, view)
    names = tuple(dict.fromkeys(question.briefings)) or view.briefings
    checked, answer = check_within(names, view, {}, {})
    return {**answer, "coverage": _coverage(checked, view)} if question.coverage else answer


def require_briefing(name: str, view: View) -> None:
    """Raise Refused for a briefing that is not there, or that is not to be seen."""
    if name not in view.briefings:
        near = did_you_mean(name, view.briefings)
        raise Refused(f"briefing: there is none with this name, or it is withheld{near}")


def check_within(
    names: Sequence[str], view: View, held: Mapping[str, bytes], files: Mapping[str, YamlFile]
) -> tuple[CheckedWorkspace, dict[str, Any]]:
    """Check briefings, with `files` as they are held: the check, and what of it may be told.

    Whether it passes is what `check --strict` says. What is told rests on no text that is withheld:
    a message that named where else some words stand would say that they are there. How many
    problems are withheld depends on nothing that a question can change.
    """
    checked = view.workspace.check(names, held)
    withholding, known = view.withholding, {**view.files, **files}
    problems = in_reading_order(checked.all_problems())
    open_ = problems
    if withholding.documents:
        without = view.workspace.check(names, held, withholding.documents)
        open_ = in_reading_order(without.all_problems())
    told = [one for one in open_ if not withholding.hides(one, known, view.question)]
    answer = {
        "passes": not problems,
        "errors": sum(problem.severity == "error" for problem in told),
        "warnings": sum(problem.severity == "warning" for problem in told),
        "problems": [_problem(problem) for problem in told[:_MOST_PROBLEMS]],
    }
    withheld = sum(withholding.hides_place(problem, known) for problem in problems)
    if withholding.anything and withheld:
        answer["problems_withheld"] = withheld
    return checked, answer


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity,
        DATA: {"message": problem.message},
    }


def _coverage(checked: CheckedWorkspace, view: View) -> Iterable[dict[str, Any]]:
    return [
        {
            "briefing": one.briefing,
            "documents": [
                {
                    "document": seed.id,
                    "words": seed.words,
                    "quoted": seed.covered,
                    "paragraphs": [
                        {"paragraph": each.number, "words": each.words, "quoted": each.covered}
                        for each in seed.paragraphs
                    ],
                }
                for seed in one.seeds
                if seed.id in view.withholding.visible
            ],
        }
        for one in coverage_of(checked)
    ]

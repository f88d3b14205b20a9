"""Placing annotations in a seed by the rules for quotations, or saying why one has no place.

An annotation never moves to a look-alike: its words must stand in the seed as they are, and where
they stand the words beside them, and the page, must be those that the annotation names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from sourcebrief.authoring.annotations.annotation import Highlight, SelectedWords
from sourcebrief.authoring.quotable_words import quotable_forms
from sourcebrief.authoring.select_evidence import propose
from sourcebrief.evidence.brackets import one_space
from sourcebrief.evidence.folding import fold_text, squeeze
from sourcebrief.evidence.misses import explain, nearest_passage, paragraphs_of, quoted
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.quotations import (
    LocatedPiece,
    LocatedQuotation,
    Miss,
    MissReason,
    locate,
)

_BESIDE: Final = 16
"""How many characters beside the words are compared, white space and hyphens apart."""


class Fate(Enum):
    """Why an annotation has no place in a seed."""

    GONE = "gone"
    ALTERED = "altered"
    TWICE = "twice"
    UNUSABLE = "cannot be quoted"


@dataclass(frozen=True, slots=True)
class PlacedAnnotation:
    """An annotation with the quotation that it is, where it stands, and its paragraph."""

    annotation: Highlight
    quotation: str
    located: LocatedQuotation

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The offsets of its pieces in the seed."""
        return tuple((piece.start, piece.end) for piece in self.located.pieces)


@dataclass(frozen=True, slots=True)
class UnplacedAnnotation:
    """An annotation without a place, and why, in words."""

    annotation: Highlight
    fate: Fate
    why: str

    def __str__(self) -> str:
        words = " … ".join(part.exact for part in self.annotation.parts)
        shown = f" {quoted(words)}" if words else ""
        return f"{self.annotation.where}{shown}: {self.fate.value}: {self.why}"


def place_annotations(
    annotations: Iterable[Highlight], name: str, seeds: Mapping[str, SeedText]
) -> tuple[list[PlacedAnnotation], list[UnplacedAnnotation]]:
    """Place each in the seed called `name`; those at one passage become one, with all notes."""
    placed: dict[tuple[tuple[int, int], ...], PlacedAnnotation] = {}
    unplaced: list[UnplacedAnnotation] = []
    for annotation in annotations:
        found = place_annotation(annotation, name, seeds)
        if isinstance(found, UnplacedAnnotation):
            unplaced.append(found)
        elif (known := placed.get(found.spans)) is None:
            placed[found.spans] = found
        else:
            lines = (*known.annotation.note.splitlines(), *annotation.note.splitlines())
            merged = replace(known.annotation, note="\n".join(dict.fromkeys(lines)))
            placed[found.spans] = replace(known, annotation=merged)
    return list(placed.values()), unplaced


def place_annotation(
    annotation: Highlight, name: str, seeds: Mapping[str, SeedText]
) -> PlacedAnnotation | UnplacedAnnotation:
    """Place one annotation in the seed called `name`, one of `seeds`."""
    seed = seeds[name]
    if not annotation.parts:
        why = "no words are selected; quote what it is about with `find`"
        return UnplacedAnnotation(annotation, Fate.UNUSABLE, why)
    found: LocatedQuotation | Miss | None = None
    for words in _readings(annotation):
        found = _as_selected(locate(words, seed), words, annotation)
        if isinstance(found, LocatedQuotation):
            break
        if found.reason is MissReason.AMBIGUOUS:
            return _decided(annotation, words, found, name, seeds)
    assert found is not None  # noqa: S101 - an annotation with words has a reading
    if isinstance(found, Miss):
        return UnplacedAnnotation(annotation, _fate(found, seed), explain(found, name, seeds))
    if fault := _contradiction(annotation, found.pieces, seed):
        return UnplacedAnnotation(annotation, Fate.ALTERED, fault)
    return _quoted(annotation, found, name, seeds)


def _readings(annotation: Highlight) -> Iterator[str]:
    """Yield the words as a quotation: with its brackets where known, else parted by elisions."""
    if annotation.quotation:
        yield one_space(annotation.quotation)
    joined = " [...] ".join(part.exact for part in annotation.parts)
    yield from dict.fromkeys((one_space(joined).strip(), *quotable_forms(joined)))


def _as_selected(
    found: LocatedQuotation | Miss, words: str, annotation: Highlight
) -> LocatedQuotation | Miss:
    """Refuse what stands only because brackets in the selected words are taken for an editor's."""
    if isinstance(found, Miss):
        bracketed = any("[" in part.exact for part in annotation.parts)
        standing = found.reason in (MissReason.AMBIGUOUS, MissReason.IGNORED)
        return found if standing or not bracketed else Miss(MissReason.NOT_FOUND, words)
    if annotation.quotation and words == one_space(annotation.quotation):
        same = len(found.pieces) == len(annotation.parts) and all(
            _bare(piece.exact) == _bare(part.exact)
            for piece, part in zip(found.pieces, annotation.parts, strict=True)
        )
    else:
        same = len(found.pieces) == len(annotation.parts) and (
            _bare("[...]".join(found.stretches)) == _bare(found.printed)
        )
    return found if same else Miss(MissReason.NOT_FOUND, words)


def _bare(words: str) -> str:
    """Fold words for a comparison that no line's end can upset."""
    return squeeze(fold_text(words, seed=True))


def _fate(miss: Miss, seed: SeedText) -> Fate:
    if miss.reason is MissReason.NOT_FOUND:
        near = nearest_passage(miss.piece or miss.quotation, seed)
        return Fate.GONE if near is None else Fate.ALTERED
    return Fate.ALTERED if miss.reason is MissReason.APART else Fate.UNUSABLE


# --- which of several places it is ----------------------------------------------------------------


def _decided(
    annotation: Highlight, words: str, miss: Miss, name: str, seeds: Mapping[str, SeedText]
) -> PlacedAnnotation | UnplacedAnnotation:
    """Choose among the places of words that stand more than once, by what stands beside them."""
    seed = seeds[name]
    first, last = annotation.parts[0], annotation.parts[-1]
    known = first.prefix or last.suffix or annotation.page or first.start is not None
    meant = [at for at in miss.places if _may_be(annotation, at, seed)] if known else []
    for exact in (
        [at for at in meant if at.start == first.start],
        [at for at in meant if _stands_so(annotation, at, seed)],
    ):
        meant = exact if len(exact) == 1 else meant
    if len(meant) == 1:
        found = _as_selected(locate(words, seed, meant[0].paragraph), words, annotation)
        if isinstance(found, LocatedQuotation) and found.pieces[0].start == meant[0].start:
            if fault := _contradiction(annotation, found.pieces, seed):
                return UnplacedAnnotation(annotation, Fate.ALTERED, fault)
            return _quoted(annotation, found, name, seeds)
    if known and not meant:
        places = paragraphs_of(miss.places)
        why = f"its words stand in {name}, {places}, but beside other words than here"
        return UnplacedAnnotation(annotation, Fate.ALTERED, f"{why}; quote it with `find`")
    why = f"its words stand more than once in {name}, {paragraphs_of(meant or miss.places)}"
    return UnplacedAnnotation(annotation, Fate.TWICE, f"{why}; select more of them")


def _may_be(annotation: Highlight, at: Passage, seed: SeedText) -> bool:
    page = seed.page_at(at.start)
    # Where the words are in several pieces, only the first is at this place.
    first = annotation.parts[0]
    part = first if len(annotation.parts) == 1 else SelectedWords(first.exact, first.prefix)
    return annotation.page in (None, page) if page else not _beside(part, part, at, at, seed)


def _stands_so(annotation: Highlight, at: Passage, seed: SeedText) -> bool:
    """Whether all words that were beside a passage are there, in other paragraphs too."""
    part = annotation.parts[0]
    suffix = part.suffix if len(annotation.parts) == 1 else ""
    before = _bare(seed.text[max(0, at.start - 4 * _BESIDE) : at.start])
    after = _bare(seed.text[at.end : at.end + 4 * _BESIDE])
    stands_before = before.endswith(_bare(part.prefix)[-_BESIDE:])
    return stands_before and after.startswith(_bare(suffix)[:_BESIDE])


def _contradiction(
    annotation: Highlight, pieces: tuple[LocatedPiece, ...], seed: SeedText
) -> str | None:
    """Say what shows that the passage is another than the one that was selected, if anything."""
    page = pieces[0].page
    if page and annotation.page and page != annotation.page:
        return (
            f"its words stand on p. {page}, and it is on p. {annotation.page}; "
            "quote it with `find` if it is the same passage"
        )
    first, last = annotation.parts[0], annotation.parts[-1]
    one, other = (Passage(each.paragraph, each.start, each.end) for each in (pieces[0], pieces[-1]))
    if differing := _beside(first, last, one, other, seed):
        seen, known = differing
        return (
            f"its words stand in ¶ {one.paragraph}, but beside {quoted(seen)} and not beside "
            f"{quoted(known)}; quote it with `find` if it is the same passage"
        )
    return None


def _beside(
    first: SelectedWords, last: SelectedWords, one: Passage, other: Passage, seed: SeedText
) -> tuple[str, str] | None:
    """The words beside a passage and those that should be there, where they differ.

    Only words of the same paragraph count: between paragraphs a seed may lack what a page has.
    """
    before = seed.text[seed.paragraphs[one.paragraph - 1].start : one.start]
    after = seed.text[other.end : seed.paragraphs[other.paragraph - 1].end]
    here, known = _bare(before[-4 * _BESIDE :]), _bare(first.prefix)
    size = min(len(here), len(known), _BESIDE)
    if here[len(here) - size :] != known[len(known) - size :]:
        return before[-2 * _BESIDE :], first.prefix
    here, known = _bare(after[: 4 * _BESIDE]), _bare(last.suffix)
    size = min(len(here), len(known), _BESIDE)
    return None if here[:size] == known[:size] else (after[: 2 * _BESIDE], last.suffix)


# --- as a quotation -------------------------------------------------------------------------------


def _quoted(
    annotation: Highlight, found: LocatedQuotation, name: str, seeds: Mapping[str, SeedText]
) -> PlacedAnnotation | UnplacedAnnotation:
    """The quotation to write: the seed's own words, where they pass every check."""
    spans = [(piece.start, piece.end) for piece in found.pieces]
    selected = propose(name, seeds, spans, paragraph=found.paragraph)
    if selected.located is None:
        return UnplacedAnnotation(annotation, Fate.UNUSABLE, selected.fault)
    if _bare(selected.quote) == _bare(found.printed):
        return PlacedAnnotation(annotation, selected.quote, selected.located)
    # The author's own brackets say more than that words are left out.
    return PlacedAnnotation(annotation, one_space(found.printed), found)

"""Which seeds share their text: two reprints of one wire report are one account, and not two.

What is compared are runs of five words. A run does not count where it stands inside quotation marks
in both seeds, or in a third seed as well: two papers that print one communiqué share passages, and
are not the same report. Where the third is itself a copy of both, its runs do count, and so they do
where all three have much of their own beside them: those are three papers with one wire report.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from sourcebrief.errors import Problem
from sourcebrief.evidence.passages import SeedText
from sourcebrief.workspace.catalogue import Library

RUN: Final = 5
HALF: Final = 0.5
"""The share of the shorter seed's runs from which two seeds count as one origin."""
FEWEST: Final = 20
"""Runs that a seed must have: of two sentences that are alike, nothing follows."""
_COPY: Final = 0.8
_WHOLE: Final = 0.9
"""The share of a seed from which it is what others print, such as a communiqué."""
_SAMPLE: Final = 8
"""One run in so many is looked up among all seeds; the pairs that share some are then compared."""
_SHORT: Final = 4_000
"""Characters below which all runs of a seed are looked up, because a few would say too little."""
_HINT: Final = 0.02
"""The share of runs from which a third seed is held against a pair."""
_COMMON: Final = 20
"""A run in more seeds than this is furniture, such as a notice on every page of a site."""
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED: Final = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class SharedText:
    """Two seeds, by id in order, of which one holds this share of the other's runs."""

    one: str
    other: str
    share: float


def shared_texts(seeds: Mapping[str, SeedText]) -> tuple[SharedText, ...]:
    """The pairs of seeds that count as one origin, the same in any order of the seeds."""
    sampled = {
        key: set(_runs(_text(seed)))
        if len(seed.text) < _SHORT
        else {run for run in _runs(_text(seed)) if run % _SAMPLE == 0}
        for key, seed in sorted(seeds.items())
    }
    holders: dict[int, list[str]] = defaultdict(list)
    for key, runs in sampled.items():
        for run in runs:
            holders[run].append(key)
    common = Counter(
        pair
        for keys in holders.values()
        if 1 < len(keys) <= _COMMON
        for pair in combinations(keys, 2)
    )
    near = {
        pair: share
        for pair, count in common.items()
        if (share := count / min(len(sampled[key]) for key in pair)) > _HINT
    }
    candidates = [pair for pair, share in near.items() if share > HALF / 4]
    whole = {key: _Runs.of(seeds[key]) for key in {key for pair in near for key in pair}}
    found = (_compare(pair, whole, near) for pair in sorted(candidates))
    return tuple(one for one in found if one is not None)


def share_of_text(one: SeedText, other: SeedText) -> float | None:
    """Which share of the shorter text the other holds; None where one is too short to say."""
    runs, others = _Runs.of(one).every, _Runs.of(other).every
    least = min(len(runs), len(others))
    return None if least < FEWEST else len(runs & others) / least


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of a seed, and those of them that stand inside quotation marks."""

    every: frozenset[int]
    quoted: frozenset[int]

    @classmethod
    def of(cls, seed: SeedText) -> "_Runs":
        text = _text(seed)
        quoted = (run for span in _QUOTED.findall(text) for run in _runs(span))
        return cls(frozenset(_runs(text)), frozenset(quoted))

    def is_copy_of(self, other: "_Runs") -> bool:
        most = max(len(self.every), len(other.every))
        return len(self.every & other.every) >= _COPY * most


def _compare(
    pair: tuple[str, str], whole: Mapping[str, _Runs], near: Iterable[tuple[str, str]]
) -> SharedText | None:
    one, other = (whole[key] for key in pair)
    every = shared = (one.every & other.every) - (one.quoted & other.quoted)
    partners = [{key for found in near if own in found for key in found} for own in pair]
    for key in (partners[0] & partners[1]) - set(pair):
        third = whole[key]
        among_all = len(every & third.every)
        has_own = all(HALF <= among_all / len(each.every) < _WHOLE for each in (one, other, third))
        if not has_own and not (third.is_copy_of(one) and third.is_copy_of(other)):
            shared -= third.every
    least = min(len(one.every), len(other.every))
    if least < FEWEST or len(shared) < HALF * least:
        return None
    return SharedText(*pair, len(shared) / least)


def _text(seed: SeedText) -> str:
    return " ".join(each.text for each in seed.paragraphs if not each.ignored).casefold()


def _runs(text: str) -> Iterator[int]:
    words = _WORD.findall(text)
    return map(hash, zip(*(words[start:] for start in range(RUN)), strict=False))


def unsettled(library: Library, shared: Iterable[SharedText]) -> list[SharedText]:
    """The pairs that the catalogue counts as two origins, and does not call distinct."""

    def is_settled(one: str, other: str) -> bool:
        named = {each.from_ for each in library.entries[one].value.custom.distinct}
        return other in named or library.origin(one) == library.origin(other)

    return [
        pair
        for pair in shared
        if not is_settled(pair.one, pair.other) and not is_settled(pair.other, pair.one)
    ]


def as_one_origin(library: Library, shared: Iterable[SharedText]) -> Library:
    """The library, in which the seeds of each pair count as one origin."""
    origins: dict[str, str] = {}
    for pair in shared:
        first = origins.get(pair.one) or library.origin(pair.one)
        joined = {pair.one, pair.other}
        if pair.other in origins:
            joined |= {key for key, origin in origins.items() if origin == origins[pair.other]}
        origins |= dict.fromkeys(joined, first)
    return replace(library, joined_origins=origins)


def shared_text_problems(library: Library, shared: Iterable[SharedText]) -> list[Problem]:
    """Warn at both entries of each pair."""
    return [
        Problem(
            library.entries[own].place(),
            f"{pair.one!r} and {pair.other!r} share {pair.share:.0%} of their text: they count as "
            "one origin; add derived_from to the one that reprints the other, or distinct with the "
            "reason why they are independent",
            "warning",
        )
        for pair in shared
        for own in (pair.one, pair.other)
    ]

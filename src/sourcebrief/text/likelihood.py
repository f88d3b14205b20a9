"""Words of likelihood, and what they mean in per cent.

Two scales: ICD 203 (US Office of the Director of National Intelligence, 2015) and the yardstick of
the United Kingdom's Professional Head of Intelligence Assessment (PHIA).
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from sourcebrief.text.phrases import sentence_starts

NO_SCALE: Final = "none"


class Degree(NamedTuple):
    """A degree of likelihood: the words for it, and from how many to how many per cent it means."""

    words: tuple[str, ...]
    least: int
    most: int


SCALES: Final[Mapping[str, tuple[Degree, ...]]] = {
    "icd203": (
        Degree(("almost no chance", "remote chance"), 1, 5),
        Degree(("very unlikely", "highly improbable"), 5, 20),
        Degree(("unlikely", "improbable"), 20, 45),
        Degree(("roughly even chance", "roughly even odds"), 45, 55),
        Degree(("likely", "probable", "probably"), 55, 80),
        Degree(("very likely", "highly probable", "very probably"), 80, 95),
        Degree(("almost certain", "almost certainly", "nearly certain"), 95, 99),
    ),
    "phia": (
        Degree(("remote chance",), 0, 5),
        Degree(("highly unlikely",), 10, 20),
        Degree(("unlikely",), 25, 35),
        Degree(("realistic possibility",), 40, 50),
        Degree(("likely", "probable", "probably"), 55, 75),
        Degree(("highly likely",), 80, 90),
        Degree(("almost certain", "almost certainly"), 95, 100),
    ),
}
SCALE_NAMES: Final[Mapping[str, str]] = {"icd203": "ICD 203", "phia": "the PHIA yardstick"}

_ALL: Final = sorted(
    {word for scale in SCALES.values() for degree in scale for word in degree.words},
    key=len,
    reverse=True,
)
# A word that is negated, or quoted from a source, is no degree of ours.
_WORD: Final = re.compile(rf"(?<!\bnot )\b({'|'.join(_ALL)})\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CONFIDENCE: Final = re.compile(r"\bconfiden(?:ce|t|tly)\b", re.IGNORECASE)


def scale_for(chosen: str | None, language: str) -> str:
    """The scale of a brief: the one it names, else that of its language, else `none`."""
    if chosen is not None:
        return chosen
    if language == "en-US":
        return "icd203"
    return "phia" if language.partition("-")[0] == "en" else NO_SCALE


def uses_likelihood(text: str, scale: str) -> bool:
    """Whether a text says in words of a scale how likely something is."""
    return any(_degree(word, scale) for word in likelihood_words(text))


def likelihood_faults(text: str, scale: str) -> Iterator[str]:
    """What is wrong with a judgement's words of likelihood, each with its way out.

    Words of two degrees in one sentence contradict each other, and ICD 203 keeps likelihood and
    confidence in sentences of their own.
    """
    if scale == NO_SCALE:
        return
    for begin, end in pairwise([0, *sentence_starts(text), len(text)]):
        sentence = text[begin:end]
        own: dict[Degree, str] = {}
        for word in likelihood_words(sentence):
            degree = _degree(word, scale)
            if degree is None:
                yield (
                    f"“{word}” is not a word of {SCALE_NAMES[scale]}; write "
                    f"“{_nearest(word, scale)}”, or choose the scale with likelihood"
                )
            else:
                own.setdefault(degree, word)
        if len(own) > 1:
            words = " and ".join(f"“{word}” ({range_of(one)})" for one, word in own.items())
            yield f"{words} contradict each other in one sentence; keep one, or write two sentences"
        if own and (found := _CONFIDENCE.search(_QUOTED.sub("", sentence))):
            yield (
                f"“{next(iter(own.values()))}” says how likely it is, and “{found[0]}” how well "
                "that is founded; write two sentences, or leave the confidence to its key"
            )


def range_of(degree: Degree) -> str:
    """What a degree means: "55–80%"."""
    return f"{degree.least}–{degree.most}%"


def likelihood_words(text: str) -> list[str]:
    """Return the words of likelihood of a text that are neither negated nor quoted."""
    return [found[1].lower() for found in _WORD.finditer(_QUOTED.sub("", text))]


def _degree(word: str, scale: str) -> Degree | None:
    return next((degree for degree in SCALES.get(scale, ()) if word in degree.words), None)


def _nearest(word: str, scale: str) -> str:
    (meant,) = {found for other in SCALES if (found := _degree(word, other))}
    middle = meant.least + meant.most
    nearest = min(SCALES[scale], key=lambda degree: abs(degree.least + degree.most - middle))
    return nearest.words[0]

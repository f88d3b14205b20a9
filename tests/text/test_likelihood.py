"""Words of likelihood in a judgement: one degree a sentence, of one scale, without confidence."""

import pytest

from sourcebrief.text.likelihood import SCALES, likelihood_faults, scale_for, uses_likelihood


@pytest.mark.parametrize(
    ("chosen", "language", "scale"),
    [
        (None, "en-US", "icd203"),
        (None, "en-GB", "phia"),
        (None, "en", "phia"),
        (None, "es", "none"),
        ("icd203", "en-GB", "icd203"),
        ("none", "en-US", "none"),
    ],
)
def test_the_scale_is_that_of_the_language_unless_it_is_named(
    chosen: str | None, language: str, scale: str
) -> None:
    assert scale_for(chosen, language) == scale


@pytest.mark.parametrize(
    "text",
    [
        "We judge that the talks will very likely go on.",
        "We judge that it is likely. We have moderate confidence in this.",
        "It is unlikely that the port closes. It is almost certain that the pilots stay.",
        "The minister said that it was “highly likely, with high confidence”. That is unlikely.",
        "It is not likely to rain, and unlikely to snow.",
        "The plan is probable.",
        "Unlikeliness is no word of any scale.",
    ],
)
def test_what_is_right_gives_no_warning(text: str) -> None:
    assert list(likelihood_faults(text, "icd203")) == []


@pytest.mark.parametrize(
    ("text", "scale", "said"),
    [
        (
            "It is likely, perhaps very likely, that the talks go on.",
            "icd203",
            "“likely” (55–80%) and “very likely” (80–95%) contradict each other in one "
            "sentence; keep one, or write two sentences",
        ),
        (
            "We judge with high confidence that it will probably rain.",
            "phia",
            "“probably” says how likely it is, and “confidence” how well that is founded; write "
            "two sentences, or leave the confidence to its key",
        ),
        (
            "The talks are highly likely to go on.",
            "icd203",
            "“highly likely” is not a word of ICD 203; write “very likely”, or choose the scale "
            "with likelihood",
        ),
        (
            "There is a roughly even chance of it.",
            "phia",
            "“roughly even chance” is not a word of the PHIA yardstick; write “realistic "
            "possibility”, or choose the scale with likelihood",
        ),
    ],
)
def test_what_is_wrong_is_said_with_a_way_out(text: str, scale: str, said: str) -> None:
    assert list(likelihood_faults(text, scale)) == [said]
    assert list(likelihood_faults(text, "none")) == []


def test_a_scale_is_in_order_and_has_each_word_once() -> None:
    for degrees in SCALES.values():
        bounds = [bound for degree in degrees for bound in (degree.least, degree.most)]
        assert bounds == sorted(bounds)
        words = [word for degree in degrees for word in degree.words]
        assert len(words) == len(set(words))


def test_whether_a_text_uses_the_scale() -> None:
    assert uses_likelihood("It will probably rain.", "phia")
    assert not uses_likelihood("It rains.", "phia")
    assert not uses_likelihood("It will probably rain.", "none")

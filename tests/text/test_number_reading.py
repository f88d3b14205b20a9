"""Numbers are read with their values, in figures and in words."""

from fractions import Fraction

import pytest

from sourcebrief.text.number_reading import read_numbers


def read(text: str, language: str) -> list[tuple[str, list[str]]]:
    return [
        (one.written, [str(v) for v in sorted(one.values)]) for one in read_numbers(text, language)
    ]


def values(text: str, language: str) -> list[int]:
    found = [max(one.values) for one in read_numbers(text, language)]
    assert all(one.denominator == 1 for one in found)
    return [int(one) for one in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("5,000", "en", ["5000"]),
        ("5.000", "es", ["5000"]),
        ("5 000", "fr", ["5000"]),
        ("5\u202f000\u202f000", "fr", ["5000000"]),
        ("5’000", "de-CH", ["5000"]),
        ("٥٬٠٠٠", "ar", ["5000"]),
        ("٥٫٥", "ar", ["11/2"]),
        ("५०००", "hi", ["5000"]),
        ("3.141", "en", ["3141/1000", "3141"]),
        ("3,141", "es", ["3141/1000", "3141"]),
        ("0.125", "en", ["1/8"]),
        ("1,500.25", "en", ["6001/4"]),
        ("1.500,25", "de", ["6001/4"]),
        ("1,234,567", "en", ["1234567"]),
        ("$5m", "en", ["5000000"]),
        ("2½", "en", ["5/2"]),
        ("⅔", "en", ["2/3"]),
        ("2½ million", "en", ["2500000"]),
        ("½ millón", "es", ["500000"]),
        ("5 lakh crore", "en-IN", ["5000000000000"]),
        ("2.5 crore", "en-IN", ["25000000"]),
        ("1,50,000", "en-IN", ["150000"]),
        ("2.5 million", "en", ["2500000"]),
        ("2,5 millones", "es", ["2500000"]),
    ],
)
def test_a_figure_has_every_value_that_it_may_have(
    text: str, language: str, expected: list[str]
) -> None:
    ((_, found),) = read(text, language)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("twenty-five, three hundred and forty-two, two hundred and five thousand", "en",
         [25, 342, 205000]),
        ("three or four of both, hundreds more, two dozen", "en", [3, 4, 2, 100, 24]),
        ("treinta y dos, cinco mil millones, doscientos cincuenta, veintidós", "es",
         [32, 5_000_000_000, 250, 22]),
        ("dos y veinte", "es", [2, 20]),
        ("soixante et onze, quatre-vingt-dix-sept, dix-sept, deux cent mille, quatre mille", "fr",
         [71, 97, 17, 200000, 4000]),
        ("zweiundzwanzig, dreihundertfünfundvierzig, fünftausend, sechzehn, sechzig, Achtung",
         "de", [22, 345, 5000, 16, 60]),
        ("einundzwanzig, hunderteins, eine Milliarde, 2,5 Mio. Euro", "de",
         [21, 101, 1_000_000_000, 2_500_000]),
        ("tremilacinquecento, ventotto, ventuno, settantatré, due milioni", "it",
         [3500, 28, 21, 73, 2_000_000]),
        ("vinte e cinco, cento e vinte, dois mil milhões", "pt", [25, 120, 2_000_000_000]),
        ("tweeëntwintig, vijfduizend", "nl", [22, 5000]),
        ("двадцать пять, пять тысяч, 3,5 млн", "ru", [25, 5000, 3_500_000]),
        ("п'ять тисяч, сто двадцять", "uk", [5000, 120]),
        ("pięć tysięcy", "pl", [5000]),
        ("yirmi beş, beş bin", "tr", [25, 5000]),
        ("on iki bin, onbeş, on", "tr", [12_000, 15, 10]),
        ("πέντε χιλιάδες", "el", [5000]),
        ("năm nghìn hai trăm", "vi", [5200]),
        ("mười hai, mười", "vi", [12, 10]),
        ("ثلاثمئة وخمسة وعشرون، ألفان", "ar", [325, 2000]),
        ("2 लाख, पाँच हज़ार", "hi", [200000, 5000]),
    ],
)  # fmt: skip
def test_words_of_one_number_are_put_together(
    text: str, language: str, expected: list[int]
) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("五千", "zh", 5000),
        ("3万5千", "ja", 35000),
        ("1.2亿", "zh", 120_000_000),
        ("二〇二四", "zh", 2024),
        ("十二", "ja", 12),
        ("5천", "ko", 5000),
    ],
)
def test_numerals_count_after_a_figure_and_alone(text: str, language: str, value: int) -> None:
    assert Fraction(value) in read_numbers(text, language)[0].values


def test_digits_in_names_are_no_numbers() -> None:
    assert read("5G, 3D, Cyber4dev and F35", "en") == []


def test_a_language_without_words_has_its_figures() -> None:
    assert read("meli tatu na 30", "sw") == [("30", ["30"])]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("two and a half million", "en"),
        ("2.5 million", "en"),
        ("dos millones y medio", "es"),
        ("deux millions et demi", "fr"),
        ("zweieinhalb Millionen", "de"),
        ("dois milhões e meio", "pt"),
        ("due milioni e mezzo", "it"),
    ],
)
def test_a_half_is_added(text: str, language: str) -> None:
    assert values(text, language) == [2_500_000]


def test_a_half_of_nothing_is_no_number() -> None:
    assert values("a year and a half; three years and a half", "en") == [3]

"""Dates as a person would write them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sourcebrief.dates.cldr import LanguageError
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.in_text import find_dates, states
from sourcebrief.dates.wording import check_language, csl_date, word


@pytest.mark.parametrize(
    ("text", "british", "american", "spanish"),
    [
        # the contract's table, row by row
        ("2019-07-20", "20 July 2019", "July 20, 2019", "20 de julio de 2019"),
        (
            "2022-12-07/2022-12-08",
            "7–8 December 2022",
            "December 7–8, 2022",
            "7–8 de diciembre de 2022",
        ),
        ("2021-10", "October 2021", "October 2021", "octubre de 2021"),
        (
            "2022-12-XX",
            "a day in December 2022",
            "a day in December 2022",
            "un día de diciembre de 2022",
        ),
        ("202X", "the 2020s", "the 2020s", "década de 2020"),
        (
            "2020-11-14~",
            "about 14 November 2020",
            "about November 14, 2020",
            "hacia el 14 de noviembre de 2020",
        ),
        (
            "2020-11-14?",
            "14 November 2020 (uncertain)",
            "November 14, 2020 (uncertain)",
            "14 de noviembre de 2020 (fecha incierta)",
        ),
        (
            "2020-11-14%",
            "about 14 November 2020 (uncertain)",
            "about November 14, 2020 (uncertain)",
            "hacia el 14 de noviembre de 2020 (fecha incierta)",
        ),
        (
            "[2023-09-27..2023-10-01]",
            "between 27 September and 1 October 2023",
            "between September 27 and October 1, 2023",
            "entre el 27 de septiembre y el 1 de octubre de 2023",
        ),
        (
            "[2022-12-07,2022-12-09]",
            "7 or 9 December 2022",
            "December 7 or 9, 2022",
            "7 o 9 de diciembre de 2022",
        ),
        (
            "{2022-12-07,2022-12-09}",
            "7 and 9 December 2022",
            "December 7 and 9, 2022",
            "7 y 9 de diciembre de 2022",
        ),
        (
            "[..2022-11-16]",
            "by 16 November 2022",
            "by November 16, 2022",
            "a más tardar el 16 de noviembre de 2022",
        ),
        (
            "[2022-11-16..]",
            "16 November 2022 or later",
            "November 16, 2022 or later",
            "16 de noviembre de 2022 o después",
        ),
        ("2018/..", "since 2018", "since 2018", "desde 2018"),
        ("../2022", "until 2022", "until 2022", "hasta 2022"),
        # spans, shortened to what a reader needs
        (
            "2023-02-28/2023-03-01",
            "28 February – 1 March 2023",
            "February 28 – March 1, 2023",
            "28 de febrero – 1 de marzo de 2023",
        ),
        (
            "2022-12-30/2023-01-02",
            "30 December 2022 – 2 January 2023",
            "December 30, 2022 – January 2, 2023",
            "30 de diciembre de 2022 – 2 de enero de 2023",
        ),
        ("2017/2018", "2017–2018", "2017–2018", "2017–2018"),
        ("2022-06/2022-08", "June–August 2022", "June–August 2022", "junio–agosto de 2022"),
        (
            "2022-06/2023-02",
            "June 2022 – February 2023",
            "June 2022 – February 2023",
            "junio de 2022 – febrero de 2023",
        ),
        ("2018-04/2020", "April 2018 – 2020", "April 2018 – 2020", "abril de 2018 – 2020"),
        (
            "2022-12-07/2022-12-07",
            "7 December 2022",
            "December 7, 2022",
            "7 de diciembre de 2022",
        ),
        # ends that are worded by themselves
        (
            "2018~/2020?",
            "from about 2018 to 2020 (uncertain)",
            "from about 2018 to 2020 (uncertain)",
            "desde aproximadamente 2018 hasta 2020 (fecha incierta)",
        ),
        (
            "2018-04-26~/..",
            "since about 26 April 2018",
            "since about April 26, 2018",
            "desde aproximadamente el 26 de abril de 2018",
        ),
        (
            "2022-12-XX/2023-01-03",
            "from a day in December 2022 to 3 January 2023",
            "from a day in December 2022 to January 3, 2023",
            "desde un día de diciembre de 2022 hasta el 3 de enero de 2023",
        ),
        (
            "201X/202X",
            "from the 2010s to the 2020s",
            "from the 2010s to the 2020s",
            "desde la década de 2010 hasta la década de 2020",
        ),
        # sets
        (
            "[2022-12-07..2022-12-08]",
            "between 7 and 8 December 2022",
            "between December 7 and 8, 2022",
            "entre el 7 y el 8 de diciembre de 2022",
        ),
        (
            "[2022-09,2022-10]",
            "September or October 2022",
            "September or October 2022",
            "septiembre u octubre de 2022",
        ),
        (
            "[2023-09-27,2023-10-01]",
            "27 September or 1 October 2023",
            "September 27 or October 1, 2023",
            "27 de septiembre o 1 de octubre de 2023",
        ),
        (
            "{2022-12-07,2022-12-08,2022-12-10}",
            "7, 8 and 10 December 2022",
            "December 7, 8 and 10, 2022",
            "7, 8 y 10 de diciembre de 2022",
        ),
        ("[2022-12-07,2022-12-08]", "7 or 8 December 2022", "December 7 or 8, 2022",
         "7 u 8 de diciembre de 2022"),
        ("[2018,2020~]", "2018 or about 2020", "2018 or about 2020", "2018 o hacia 2020"),
        (
            "[2018,2020..2022]",
            "2018, or between 2020 and 2022",
            "2018, or between 2020 and 2022",
            "2018, o entre 2020 y 2022",
        ),
        ("{2018,2020..2022}", "2018 and 2020–2022", "2018 and 2020–2022", "2018 y 2020–2022"),
        (
            "[..2022-10]",
            "by October 2022",
            "by October 2022",
            "a más tardar en octubre de 2022",
        ),
        (
            "[2020-11-13~..2020-11-15]",
            "between about 13 November 2020 and 15 November 2020",
            "between about November 13, 2020 and November 15, 2020",
            "entre aproximadamente el 13 de noviembre de 2020 y el 15 de noviembre de 2020",
        ),
        ("{..1984}", "until 1984", "until 1984", "hasta 1984"),
        # what is not known
        ("2022-XX", "a month in 2022", "a month in 2022", "un mes de 2022"),
        ("2022-XX-XX", "a day in 2022", "a day in 2022", "un día de 2022"),
        (
            "2022-12-XX~",
            "about December 2022",
            "about December 2022",
            "hacia diciembre de 2022",
        ),
        # "the 1900s" may be a century or a decade
        ("190X", "between 1900 and 1909", "between 1900 and 1909", "entre 1900 y 1909"),
        ("20XX", "between 2000 and 2099", "between 2000 and 2099", "entre 2000 y 2099"),
    ],
)  # fmt: skip
def test_a_date_reads(text: str, british: str, american: str, spanish: str) -> None:
    date = parse_edtf(text)
    assert word(date, "en-GB") == british
    assert word(date, "en-US") == american
    assert word(date, "es") == spanish


def test_plain_english_is_british() -> None:
    assert word(parse_edtf("2019-07-20"), "en") == "20 July 2019"


@pytest.mark.parametrize(
    ("language", "day", "days", "months"),
    [
        ("en-AU", "20 July 2019", "28 February – 1 March 2023", "June–August 2022"),
        ("en-CA", "July 20, 2019", "February 28 – March 1, 2023", "June–August 2022"),
        ("es-EC", "20 de julio de 2019", "28 de febrero – 1 de marzo de 2023",
         "junio–agosto de 2022"),
        ("fr", "20 juillet 2019", "28 février – 1er mars 2023", "juin–août 2022"),
        ("de", "20. Juli 2019", "28. Februar – 1. März 2023", "Juni–August 2022"),
        ("hu", "2019. július 20.", "2023. február 28. – március 1.", "2022. június–augusztus"),
        ("ja", "2019年7月20日", "2023年2月28日～3月1日", "2022年6月～8月"),
    ],
)  # fmt: skip
def test_plain_dates_and_spans_read_well_in_other_languages(
    language: str, day: str, days: str, months: str
) -> None:
    assert word(parse_edtf("2019-07-20"), language) == day
    assert word(parse_edtf("2023-02-28/2023-03-01"), language) == days
    assert word(parse_edtf("2022-06/2022-08"), language) == months


@pytest.mark.parametrize(
    ("language", "worded"),
    [
        ("de", "7.–8. Dezember 2022"),
        ("ja", "2022年12月7日～8日"),
        ("pt", "7–8 de dezembro de 2022"),
    ],
)
def test_what_belongs_to_the_day_is_repeated_with_it(language: str, worded: str) -> None:
    assert word(parse_edtf("2022-12-07/2022-12-08"), language) == worded


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("xx", "'xx' is not a language that CLDR knows; write a BCP 47 tag, as en-GB or es-EC"),
        ("", "'' is not a language that CLDR knows; write a BCP 47 tag, as en-GB or es-EC"),
        (
            "not a tag",
            "'not a tag' is not a language that CLDR knows; write a BCP 47 tag, as en-GB or es-EC",
        ),
        (
            "sv",
            '\'sv\': there are no words such as "between" and "about" for dates in this language; '
            "write a language of de, en, es, fr, it, pt, as en-GB or es-EC",
        ),
    ],
)
def test_a_language_that_dates_cannot_be_worded_in_is_refused(language: str, message: str) -> None:
    with pytest.raises(LanguageError) as refused:
        check_language(language)
    assert str(refused.value) == message


@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us", "es_EC", "es-419", "en-GB-oxendict",
                                      "en-u-ca-gregory"])  # fmt: skip
def test_a_language_with_words_is_accepted(language: str) -> None:
    check_language(language)
    assert "2020" in word(parse_edtf("2020-05-01"), language)


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("2019-07-21", {"date-parts": [[2019, 7, 21]]}),
        ("2019-07", {"date-parts": [[2019, 7]]}),
        ("2019", {"date-parts": [[2019]]}),
        ("2022-12-07/2022-12-08", {"date-parts": [[2022, 12, 7], [2022, 12, 8]]}),
        ("2020-11-14~", {"date-parts": [[2020, 11, 14]], "circa": True}),
        ("2020-11?", {"literal": "November 2020 (uncertain)"}),
        ("2022-12-XX", {"date-parts": [[2022, 12]]}),
        ("2018~/2020", {"literal": "from about 2018 to 2020"}),
        ("[..2022-11-16]", {"literal": "by 16 November 2022"}),
        ("[2018,2020]", {"literal": "2018 or 2020"}),
        ("2018/..", {"literal": "since 2018"}),
        ("202X", {"literal": "the 2020s"}),
    ],
)
def test_citeproc_is_given(text: str, csl: dict[str, object]) -> None:
    assert csl_date(parse_edtf(text), "en-GB") == csl


@given(
    st.dates(min_value=parse_edtf("1000").earliest, max_value=parse_edtf("9999").latest),  # type: ignore[arg-type]
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]),
    st.sampled_from(["en-GB", "en-US", "es", "es-EC", "fr", "de", "pt", "it"]),
)
def test_what_is_worded_is_found_again_and_states_the_date(day, form, language) -> None:  # type: ignore[no-untyped-def]
    date = parse_edtf(day.strftime(form))
    worded = word(date, language)
    assert [(d.start, d.end) for d in find_dates(worded, language)] == [(0, len(worded))]
    assert states(worded, date, language)


@given(
    st.lists(st.dates(min_value=parse_edtf("1000").earliest), min_size=2, max_size=2, unique=True),  # type: ignore[arg-type]
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]),
    st.sampled_from(["en-GB", "en-US", "es"]),
)
def test_a_worded_span_states_the_span(days, form, language) -> None:  # type: ignore[no-untyped-def]
    date = parse_edtf("/".join(day.strftime(form) for day in sorted(days)))
    assert states(word(date, language), date, language)


@given(
    st.sampled_from(
        ["{a}", "{a}/{b}", "{a}/..", "../{b}", "[{a}..{b}]", "[{a},{b}]", "{{{a},{b},{c}}}",
         "[..{a}]", "[{a}..]", "[{a},{b}..]", "{{..{a},{b}..{c}}}"]
    ),
    st.lists(
        st.sampled_from(
            ["201X", "202X", "20XX", "2018", "2018-04", "2018-04-26", "2018-04-28", "2018-05-01",
             "2018-XX", "2018-XX-XX", "2018-04-XX", "2019-12-31"]
        ),
        min_size=3, max_size=3, unique=True,
    ),
    st.lists(st.sampled_from(["", "", "~", "?", "%"]), min_size=3, max_size=3),
    st.sampled_from(["en-GB", "en-US", "es"]),
)  # fmt: skip
def test_every_date_can_be_worded(
    form: str, dates: list[str], qualifiers: list[str], language: str
) -> None:
    a, b, c = (date + qualifier for date, qualifier in zip(dates, qualifiers, strict=True))
    try:
        date = parse_edtf(form.format(a=a, b=b, c=c))
    except EDTFError:
        assume(False)
    worded = word(date, language)
    assert worded == " ".join(worded.split())
    assert not set("{}X~%[]") & set(worded)
    assert all(f"{end.year}" in worded for end in date.named[-1:])
    assert csl_date(date, language)


IN_WORDS = {
    "2020-05-01": ("1er mai 2020", "1. Mai 2020", "1º de maio de 2020", "1º maggio 2020"),
    "2022-12-XX": ("un jour de décembre 2022", "ein Tag im Dezember 2022",
                   "um dia de dezembro de 2022", "un giorno di dicembre 2022"),
    "2022-XX-XX": ("un jour de 2022", "ein Tag im Jahr 2022", "um dia de 2022",
                   "un giorno del 2022"),
    "2022-04-XX": ("un jour d’avril 2022", "ein Tag im April 2022", "um dia de abril de 2022",
                   "un giorno di aprile 2022"),
    "202X": ("années 2020", "2020er-Jahre", "década de 2020", "anni 2020"),
    "2020-11-14~": ("vers le 14 novembre 2020", "um den 14. November 2020",
                    "por volta de 14 de novembro de 2020", "verso il 14 novembre 2020"),
    "202X~": ("vers les années 2020", "um die 2020er-Jahre", "por volta da década de 2020",
              "verso gli anni 2020"),
    "2020-11?": ("novembre 2020 (date incertaine)", "November 2020 (unsicher)",
                 "novembro de 2020 (data incerta)", "novembre 2020 (data incerta)"),
    "[2023-09-27..2023-10-01]": ("entre le 27 septembre et le 1er octobre 2023",
                                 "zwischen dem 27. September und dem 1. Oktober 2023",
                                 "entre 27 de setembro e 1º de outubro de 2023",
                                 "tra il 27 settembre e il 1º ottobre 2023"),
    "[2023-10-27,2023-11-08]": ("27 octobre ou 8 novembre 2023",
                                "27. Oktober oder 8. November 2023",
                                "27 de outubro ou 8 de novembro de 2023",
                                "27 ottobre o 8 novembre 2023"),
    "[..2022-11-16]": ("au plus tard le 16 novembre 2022", "spätestens am 16. November 2022",
                       "até 16 de novembro de 2022, o mais tardar",
                       "al più tardi il 16 novembre 2022"),
    "[..2022-11]": ("au plus tard en novembre 2022", "spätestens im November 2022",
                    "até novembro de 2022, o mais tardar", "al più tardi a novembre 2022"),
    "[2022-11-16..]": ("16 novembre 2022 ou plus tard", "16. November 2022 oder später",
                       "16 de novembro de 2022 ou depois", "16 novembre 2022 o in seguito"),
    "2018-05-08/..": ("depuis le 8 mai 2018", "seit dem 8. Mai 2018", "desde 8 de maio de 2018",
                      "dall’8 maggio 2018"),
    "2018/..": ("depuis 2018", "seit 2018", "desde 2018", "dal 2018"),
    "../2022-11-16": ("jusqu’au 16 novembre 2022", "bis zum 16. November 2022",
                      "até 16 de novembro de 2022", "fino al 16 novembre 2022"),
    "../202X": ("jusqu’aux années 2020", "bis zu den 2020er-Jahren", "até a década de 2020",
                "fino agli anni 2020"),
    "2018-05-08~/2019-05-11": ("d’environ le 8 mai 2018 au 11 mai 2019",
                               "von etwa dem 8. Mai 2018 bis zum 11. Mai 2019",
                               "de aproximadamente 8 de maio de 2018 até 11 de maio de 2019",
                               "da circa l’8 maggio 2018 all’11 maggio 2019"),
}  # fmt: skip


@pytest.mark.parametrize("written", IN_WORDS)
def test_the_words_around_dates_are_put_together_as_each_language_does(written: str) -> None:
    date = parse_edtf(written)
    assert tuple(word(date, language) for language in ("fr", "de", "pt", "it")) == IN_WORDS[written]

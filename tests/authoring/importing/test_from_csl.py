"""References out of CSL JSON and CSL YAML: dates as EDTF, keys, places of what is wrong."""

from __future__ import annotations

import json

import pytest

from sourcebrief.authoring.importing.extraction import UnreadableDocument
from sourcebrief.authoring.importing.from_csl import CslDateError, csl_date_as_edtf, read_csl
from sourcebrief.errors import InvalidInput

BETTER_BIBTEX = """\
---
references:
- id: Adams1985ReliabilityRubrics
  author:
    - family: Adams
      given: Robert
  citation-key: Adams1985ReliabilityRubrics
  container-title: Medium Ævum
  DOI: 10.2307/43628893
  issue: '2'
  issued:
    - year: 1985
  page: 208–31
  title: The reliability of the rubrics
  type: article-journal
-
  id: Schmitt1968
  issued:
    - year: 1968
      month: 3
    - year: 1969
      month: 4
  title: Opera
  type: book
...
"""
ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD",
        "type": "webpage",
        "title": "A <i>page</i>",
        "issued": {"date-parts": [["2019", 7, 20]]},
        "accessed": {"date-parts": [[2020, 1, 2]]},
    }
]

SEASON = "its date: seasons, quarters and halves are no dates; write the months as an interval"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2019, 7, 20]]}, "2019-07-20"),
        ({"date-parts": [["2019", "7"]]}, "2019-07"),
        ({"date-parts": [[2019]], "circa": True}, "2019~"),
        ({"date-parts": [[2019, 7, 20], [2019, 7, 21]]}, "2019-07-20/2019-07-21"),
        ({"date-parts": [[2019, 7, 20], [2019, 7, 20]]}, "2019-07-20"),
        ({"date-parts": [[2018], [0]]}, "2018/.."),
        ({"date-parts": [[2018], [2020]], "circa": 1}, "2018~/2020~"),
        ({"literal": "2019-07"}, "2019-07"),
        ({"literal": "20 July 2019"}, "2019-07-20"),
        ({"raw": "2019?"}, "2019?"),
        ([{"year": 2019, "month": 7, "day": 20}], "2019-07-20"),
        ([{"year": "1938"}, {"year": "1961"}], "1938/1961"),
        ([{"year": 2019, "circa": "true"}], "2019~"),
        ({"year": "2019", "month": "07"}, "2019-07"),
        ("2019-07-20", "2019-07-20"),
        (2019, "2019"),
    ],
)
def test_dates_of_csl(issued: object, date: str) -> None:
    assert csl_date_as_edtf(issued) == date


@pytest.mark.parametrize(
    ("issued", "message"),
    [
        (None, "it has no date; give it one where it comes from, or delete it from the file"),
        (
            {"date-parts": [[]]},
            "it has no date; give it one where it comes from, or delete it from the file",
        ),
        (
            {"date-parts": [[2017]], "season": 3},
            f"{SEASON}: 2017-09/2017-11",
        ),
        (
            [{"year": 2017, "season": 1}, {"year": 2017, "season": 2}],
            f"{SEASON}: 2017-03/2017-05",
        ),
        (
            {"date-parts": [[2017, 14]]},
            f"{SEASON}: 2017-06/2017-08",
        ),
        ({"date-parts": [[2019, "Juli"]]}, "'Juli' is not a number of a date; correct it"),
        (
            {"date-parts": [[2019], [2020], [2021]]},
            "a date has a beginning and an end, and no more; correct it",
        ),
    ],
)
def test_dates_that_edtf_cannot_express(issued: object, message: str) -> None:
    with pytest.raises(CslDateError) as caught:
        csl_date_as_edtf(issued)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "issued",
    [{"literal": "n.d."}, {"date-parts": [[2019, 2, 30]]}, {"date-parts": [[-50]]}, "2020/2019"],
)
def test_other_dates_are_refused_in_the_words_of_edtf(issued: object) -> None:
    with pytest.raises(CslDateError, match=r"^its date: "):
        csl_date_as_edtf(issued)


def test_csl_yaml_of_better_bibtex() -> None:
    adams, schmitt = read_csl(BETTER_BIBTEX.encode(), "refs.yaml")
    assert (adams.key, adams.place.line) == ("Adams1985ReliabilityRubrics", 3)
    assert adams.variables["issued"] == "1985"
    assert adams.variables["author"] == [{"family": "Adams", "given": "Robert"}]
    assert adams.variables["page"] == "208–31"
    assert (schmitt.variables["issued"], schmitt.place.line) == ("1968-03/1969-04", 17)


def test_csl_json_of_zotero() -> None:
    (record,) = read_csl(json.dumps(ZOTERO, indent="\t").encode(), "refs.json")
    assert record.key == "http://zotero.org/users/1/items/ABCD"
    assert record.place.line == 3
    assert record.variables["title"] == "A <i>page</i>"
    assert record.variables["accessed"] == {"date-parts": [[2020, 1, 2]]}


def test_every_item_that_cannot_be_taken_is_named_at_its_place() -> None:
    items = [{"id": "a", "title": "A"}, {"id": "b", "issued": "2019"}, "c"]
    with pytest.raises(InvalidInput) as caught:
        read_csl(json.dumps(items, indent=1).encode(), "refs.json")
    assert [(p.place.line, p.message.split(";")[0]) for p in caught.value.problems] == [
        (3, "a: it has no date"),
        (7, "an item of CSL is a mapping with id, type and title"),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"{}"),
        ("a.json", b"[]"),
        ("a.json", b'"x"'),
        ("a.yaml", b"title: x\n"),
        ("a.yaml", b"references: []\n"),
    ],
)
def test_a_file_without_items(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_csl(data, name)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.json", b"[1,", "a.json:1:4: error: not JSON; export the file again"),
        (
            "a.json",
            b"[" * 100_000,
            "a.json:1:1: error: nested too deeply; export the file again",
        ),
        ("a.json", b"\xff", "a.json:1:1: error: not UTF-8; save the file with the encoding UTF-8"),
    ],
)
def test_a_file_that_is_no_json(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_csl(data, name)
    assert str(caught.value) == message


def test_a_mistyped_key_is_named_and_one_of_another_program_is_not() -> None:
    item = {"id": "a", "title": "T", "publsher": "P", "issued": "2024", "issue": 4, "x-mine": "y"}
    (read,) = read_csl(json.dumps([item]).encode(), "refs.json")
    assert read.remarks == ("its key 'publsher' is not one of CSL; did you mean 'publisher'?",)

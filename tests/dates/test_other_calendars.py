"""Years of another era are never stated, and a message says which year is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bilingual
from checking import check
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.in_text import states
from sourcebrief.dates.other_calendars import in_buddhist_era, in_common_era

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("language", "text", "meant", "converted"),
    [
        ("th", "วันที่ 3 มีนาคม 2567", "2024-03-03", "2567 is 2024"),
        ("th", "วันที่ 3 มีนาคม พ.ศ. 2567", "2024-03-03", "2567 is 2024"),
        ("th", "๓ มีนาคม ๒๕๖๗", "2024-03-03", "๒๕๖๗ is 2024"),
        ("ja", "令和6年3月3日", "2024-03-03", "令和6年 is 2024"),
        ("ja", "令和元年5月1日", "2019-05-01", "令和元年 is 2019"),
        ("ja", "平成31年4月30日", "2019-04-30", "平成31年 is 2019"),
        ("zh-Hant", "中華民國113年3月3日", "2024-03-03", "中華民國113年 is 2024"),
    ],
)
def test_a_year_of_another_era_is_not_stated_but_known(
    language: str, text: str, meant: str, converted: str
) -> None:
    date = parse_edtf(meant)
    assert not states(text, date, language)
    found = in_common_era(text, language)
    assert found is not None
    assert found[1] == converted
    assert states(found[0], date, language)


def test_the_year_as_it_is_written_is_not_stated_either() -> None:
    assert not states("3 มีนาคม 2567", parse_edtf("2567-03-03"), "th")
    assert states("3 March 2567", parse_edtf("2567-03-03"), "en")


def test_a_year_of_the_common_era_is_left_as_it_is() -> None:
    assert in_common_era("3 มีนาคม 2024", "th") is None
    assert in_common_era("2567", "en") is None
    assert in_buddhist_era(2567, "th-TH")
    assert not in_buddhist_era(2024, "th")


def test_the_message_has_the_way_out(tmp_path: Path) -> None:
    root = bilingual.write(tmp_path)
    thai = "รัฐมนตรีลงนามในบันทึกความเข้าใจเมื่อวันที่ 12 มีนาคม 2567"
    (root / "seeds/acta.txt").write_text(f"{bilingual.ACTA}\n{thai}\n", "utf-8")
    bilingual.edit(root, bilingual.SEEDS, "language: es-EC", "language: th")
    bilingual.edit(root, bilingual.EVENT_LIST, "acordaron compartir los datos de cinco mil "
                   "contenedores el 12 de marzo de 2024", thai)  # fmt: skip
    messages = [one.message for one in check(["pact"], root)]
    assert (
        "the date 2024-03-12 is given as stated, but the quotation counts the year in another era "
        "(2567 is 2024); set basis to inferred, and say so in `note`"
    ) in messages
    assert (
        "issued 2024-03-12 is not stated in acta.txt; it counts the year in another era "
        "(2567 is 2024): set issued_basis to inferred, and say so in issued_note"
    ) in messages

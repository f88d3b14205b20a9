"""A file is compared with the same one made again, whoever packed it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sent_files import replaced, rezipped, zipped
from sourcebrief.verification.compare_files import differences

if TYPE_CHECKING:
    from inspections import Built


def test_a_page_with_other_ends_of_lines_is_the_same(built: Built) -> None:
    page = built.bytes("muelle", "html")
    sent = b"\xef\xbb\xbf" + page.replace(b"\n", b"\r\n") + b"\r\n"
    assert differences("html", sent, page) == []


def test_any_other_byte_of_a_page_counts(built: Built) -> None:
    page = built.bytes("muelle", "html")

    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, len(page) - 2), st.sampled_from([b"x", b"<b>", b"<!--", b"\n\n", b"\0"]))
    def inserted(at: int, words: bytes) -> None:
        (said,) = differences("html", page[:at] + words + page[at:], page)
        assert said.startswith("from line ")

    inserted()
    (said,) = differences("html", page + b"<p>Not so.</p>", page)
    assert said.endswith("on, it is not what its evidence makes: “<p>Not so.</p>”")


def test_a_package_that_was_packed_again_is_the_same(built: Built) -> None:
    word = built.bytes("muelle", "docx")
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        again = zipped(**{name: archive.read(name) for name in reversed(archive.namelist())})
    assert again != word
    assert differences("docx", again, word) == []


def test_a_part_that_is_another_one_is_named(built: Built) -> None:
    word = built.bytes("muelle", "docx")
    forged = rezipped(word, replaced("word/styles.xml", 'w:val="Normal"', 'w:val="Other"'))
    assert differences("docx", forged, word) == ["word/styles.xml is not what its evidence makes"]
    without = rezipped(word, lambda name, data: None if name == "word/footer1.xml" else data)
    assert differences("docx", without, word) == ["word/footer1.xml is missing"]
    assert differences("docx", word, without) == [
        "word/footer1.xml is a part that its evidence does not make"
    ]

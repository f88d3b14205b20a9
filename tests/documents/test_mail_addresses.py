"""Mail addresses as a user types them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.documents.mail_addresses import AddressError, addresses, fold_subject


@pytest.mark.parametrize("given", ["a@example.org\r\nBcc: eve@example.org", "a\n@example.org"])
def test_a_line_break_in_an_address_is_refused(given: str) -> None:
    with pytest.raises(AddressError, match=r"holds the character U\+000[AD]; delete it"):
        addresses([given])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["ana@example.org"], [("", "ana@example.org")]),
        (["Ana Ruiz <ana@example.org>"], [("Ana Ruiz", "ana@example.org")]),
        (['"Ruiz, Ana" <ana@example.org>'], [("Ruiz, Ana", "ana@example.org")]),
        (["José Ñandú <jn@example.org>"], [("José Ñandú", "jn@example.org")]),
        ([r'"the \"desk\"" <d@example.org>'], [('the "desk"', "d@example.org")]),
        (["<ana@example.org>"], [("", "ana@example.org")]),
        (
            ["a@b.org, Bo <c@d.org>", "e@f.org"],
            [("", "a@b.org"), ("Bo", "c@d.org"), ("", "e@f.org")],
        ),
        (["a@b.org", "A@B.org"], [("", "a@b.org")]),
        (["bo@münchen.de"], [("", "bo@xn--mnchen-3ya.de")]),
        (["bo@MÜNCHEN.DE"], [("", "bo@xn--mnchen-3ya.de")]),
        (["o'neil+press@mail.example.co.uk"], [("", "o'neil+press@mail.example.co.uk")]),
    ],
)
def test_addresses_are_read(given: list[str], expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in addresses(given)] == expected


@pytest.mark.parametrize(
    ("given", "words_of"),
    [
        ("", "an address is empty"),
        (" ", "an address is empty"),
        ("a@b.org,", "an address is empty"),
        ("a@b.org,,c@d.org", "an address is empty"),
        ("ana", "is not an address; write ana@example.org"),
        ("ana@", "is not an address"),
        ("@example.org", "is not an address"),
        ("a b@example.org", "is not an address"),
        ("a@b.org; c@d.org", "commas between several"),
        ("a@b.org c@d.org", "is not an address"),
        ("a@b@example.org", "is not an address"),
        ("a..b@example.org", "is not an address"),
        ("<a@b.org> <c@d.org>", "is not an address"),
        ("Ana <a@b.org", "is not an address"),
        ('"Ana <a@b.org>', "is not an address"),
        ("Ruiz (desk) <a@b.org>", "needs quotation marks"),
        ("eve@x.org <a@b.org>", "needs quotation marks"),
        ("ana@example", "is not a domain"),
        ("ana@[127.0.0.1]", "is not a domain"),
        ("ana@127.0.0.1", "is not a domain"),
        ("ana@-x.org", "is not a domain"),
        ("ana@exa mple.org", "is not a domain"),
        ("ana@straße.de", "can mean two domains; write the domain as xn--"),
        ("ñandú@example.org", "is not ASCII before the @"),
        ("a" * 65 + "@example.org", "is not an address"),
        ("ana@" + "a." * 130 + "org", "is not a domain"),
        ("Ana\u202e <a@b.org>", r"U\+202E"),
        ("Ana\u200b <a@b.org>", r"U\+200B"),
        ("Ana\0 <a@b.org>", r"U\+0000"),
    ],
)
def test_what_is_no_address_is_refused_with_the_way_out(given: str, words_of: str) -> None:
    with pytest.raises(AddressError, match=words_of):
        addresses([given])


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = addresses([text])
    except AddressError:
        return
    assert all(re.fullmatch(r"[!-~]+@[a-z0-9.-]+", one.address) for one in found)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("[TLP:RED] Ships and boats", "[TLP:RED] Ships and boats"),
        ("Aurelia’s harbours", "=?utf-8?q?Aurelia=E2=80=99s_harbours?="),
        ("=?x?q?y?=", "=?utf-8?b?PT94P3E/eT89?="),
    ],
)
def test_a_text_is_encoded_only_where_it_must_be(text: str, folded: str) -> None:
    assert fold_subject(text) == folded

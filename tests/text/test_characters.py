"""The sets of characters."""

from __future__ import annotations

import sys
import unicodedata

from sourcebrief.text.characters import CONTROL, INVISIBLE, NOT_IN_XML_OR_YAML, VANISHING, visible

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


def test_controls_are_unicodes_own() -> None:
    found = {character for character in EVERY if CONTROL.match(character)}
    assert found == {each for each in EVERY if unicodedata.category(each) == "Cc"}


def test_what_comparison_ignores_an_author_may_not_write() -> None:
    assert all(INVISIBLE.match(character) for character in VANISHING)


def test_what_xml_cannot_hold_has_no_place_in_yaml_either() -> None:
    no_xml = {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {0x9, 0xA, 0xD}
    refused = {ord(each) for each in EVERY if NOT_IN_XML_OR_YAML.match(each)}
    assert refused == no_xml | set(range(0x7F, 0xA0)) - {0x85}


def test_a_terminal_gets_nothing_that_it_obeys() -> None:
    assert visible("a\x1b[2Jb\u202ec\nd\te\ud800") == "a\\u001b[2Jb\\u202ec\nd\te\\ud800"
    assert visible("Señor ✈\ufe0f") == "Señor ✈\ufe0f"

"""The words that the product itself prints, by language.

One gettext catalogue per language stands in `templates/labels/` (`en.po`, `en_US.po`, `es.po`) and
is read as it is: nothing to compile, and a workspace can bring a language of its own. The message
ids are the British labels. A catalogue that lacks a label is a problem, never a word of English in
a Spanish brief.
"""

import datetime as dt
import gettext as stdlib_gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NoReturn, Protocol

from babel.dates import format_skeleton

from sourcebrief.dates.cldr import locale_of
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.text.quotation_marks import with_inner_marks

FOLDER: Final = "labels"


class Templates(Protocol):
    """The files of `templates/`: a workspace's own win, file by file, over the packaged ones.

    Names are paths from that folder with forward slashes (`brief.html.j2`, `labels/es.po`).
    """

    def read(self, name: str) -> bytes:
        """Give the file's bytes; KeyError where there is no such file."""

    def where(self, name: str) -> str:
        """Give the path that messages name, for a file that exists or not."""

    def names(self, folder: str) -> Iterable[str]:
        """List the names of the files that stand in `folder` itself."""

    def digest(self) -> str:
        """Give a digest of all files, in hexadecimal digits."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "extract this, translate later"
    """Mark a label for extraction where it is looked up by key."""
    return message


STATUSES: Final[Mapping[str, str]] = {
    "proposed": N_("proposed"),
    "negotiating": N_("under negotiation"),
    "announced": N_("announced"),
    "signed": N_("signed"),
    "in-force": N_("in force"),
    "unknown": N_("status unknown"),
}
"""What may be said of an outcome, by the key that stands in `events.yaml`."""

UNDER_WAY: Final = N_("under way")
"""What is in force and no agreement: help and programmes run, and are not in force."""

MEANINGS: Final[Mapping[str, str]] = {
    "proposed": N_("offered, asked for or being considered"),
    "under negotiation": N_("being negotiated or prepared for signature"),
    "announced": N_("declared or promised"),
    UNDER_WAY: N_("described as working"),
    "status unknown": N_("the document does not say"),
}
"""What a label of a status means, where that needs saying."""

KINDS: Final[Mapping[str, str]] = {
    "agreement": N_("Agreement"),
    "programme": N_("Programme"),
    "assistance": N_("Assistance"),
    "statement": N_("Statement"),
    "request": N_("Request"),
}
"""The kinds of outcome."""

CONFIDENCES: Final[Mapping[str, str]] = {
    "high": N_("High"),
    "moderate": N_("Moderate"),
    "low": N_("Low"),
}
"""How well a judgement is founded (ICD 203)."""

INNER_MARKS: Final[Mapping[str, str]] = {"«": "“”", "„": "‚‘", "»": "›‹", "”": "’’"}
"""The marks of a quotation within one, by the mark that opens the outer one; else English ones."""

BRIEF_STATUSES: Final[Mapping[str, str]] = {"draft": N_("Draft"), "final": N_("Final")}
"""Whether a brief may still change."""

BASES: Final[Mapping[str, str]] = {
    "stated": N_("date stated"),
    "inferred": N_("date inferred"),
    "external": N_("date from another source"),
}
"""What an event's date rests on."""

GRADES: Final[Mapping[str, str]] = {
    "A": N_("completely reliable"),
    "B": N_("usually reliable"),
    "C": N_("fairly reliable"),
    "D": N_("not usually reliable"),
    "E": N_("unreliable"),
    "F": N_("reliability cannot be judged"),
}
"""The Admiralty scale's words for a source."""

TRANSLATED_BY: Final[Mapping[str, str]] = {
    "ours": N_("our translation"),
    "machine": N_("machine translation"),
}
"""Who translated a quotation."""

CREDIBILITIES: Final[Mapping[int, str]] = {
    1: N_("confirmed by other sources"),
    2: N_("probably true"),
    3: N_("possibly true"),
    4: N_("doubtful"),
    5: N_("improbable"),
    6: N_("truth cannot be judged"),
}
"""The Admiralty scale's words for a piece of information."""


class _Refusing(stdlib_gettext.NullTranslations):
    """The end of the line: a label that no catalogue has is a problem at its file."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._place = Place(where)

    def gettext(self, message: str) -> NoReturn:
        raise InvalidInput([Problem(self._place, f'no label for "{message}"; add it as a msgid')])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        self.gettext(msgid1)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language; `language` is the BCP 47 tag that was asked for."""

    language: str
    catalogue: str
    _translations: stdlib_gettext.NullTranslations

    def gettext(self, message: str, **values: object) -> str:
        """Give the label, with `%(name)s` filled from `values` where there are any."""
        text = self._translations.gettext(message)
        return text % values if values else text

    def ngettext(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Give the label in the form that the number takes; `%(num)s` is the number."""
        return self._translations.ngettext(singular, plural, n) % {"num": n, **values}

    def named(self, names: Mapping[str, str], key: str) -> str:
        """Word a key of one of the tables above."""
        return self.gettext(names[key])

    def status(self, key: str, kind: str) -> str:
        """Word how far an outcome of a kind has come."""
        running = key == "in-force" and kind in ("programme", "assistance")
        return self.gettext(UNDER_WAY if running else STATUSES[key])

    def meaning(self, status: str) -> str:
        """Say what a status means, after its label; empty where the label says it."""
        for label, meaning in MEANINGS.items():
            if self.gettext(label) == status:
                return f"{status} ({self.gettext(meaning)})"
        return ""

    def grade(self, key: str) -> str:
        """Name a grade of the Admiralty scale for sources."""
        return self.gettext(GRADES[key])

    def credibility(self, key: int) -> str:
        """Name a grade of the Admiralty scale for information."""
        return self.gettext(CREDIBILITIES[key])

    def quote(self, text: str) -> str:
        """Put the language's quotation marks around a text, its inner ones for those within."""
        outer = self.gettext("“%(text)s”").split("%(text)s")
        inner = INNER_MARKS.get(outer[0][:1], "‘’")
        return f"{outer[0]}{with_inner_marks(text, inner, outer)}{outer[1]}"

    def listing(self, items: list[str] | tuple[str, ...]) -> str:
        """Join texts as a sentence would: a; a and b; a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return self.gettext("%(first)s and %(last)s", first=", ".join(items[:-1]), last=items[-1])

    def apart(self, items: Iterable[str]) -> str:
        """Join texts with semicolons, before which a language may have a space."""
        return f"{self.gettext(';')} ".join(items)

    def month(self, number: int) -> str:
        """Give a month's short name for an axis, as CLDR has it when it stands alone."""
        name = locale_of(self.language).months["stand-alone"]["abbreviated"][number]
        return str(name).rstrip(".")

    def day(self, date: dt.date) -> str:
        """Give a day with its month's short name, in the order of the language: 4 Mar, Mar 4."""
        return format_skeleton("MMMd", date, locale=locale_of(self.language)).rstrip(".")

    def country(self, code: str) -> str:
        """Name a territory by its ISO 3166 code, as CLDR does; anything else is a name already."""
        return str(locale_of(self.language).territories.get(code, code))


def labels(language: str, templates: Templates) -> Labels:
    """Read the catalogue of a BCP 47 language, the nearest that there is (es-EC takes es).

    Raises InvalidInput where no catalogue serves the language (naming those that do), and where
    the catalogue is not one.
    """
    offered = sorted(
        name.rpartition("/")[2].removesuffix(".po")
        for name in templates.names(FOLDER)
        if name.endswith(".po")
    )
    by_tag = {name.replace("_", "-").lower(): name for name in offered}
    subtags = language.lower().split("-")
    candidates = ["-".join(subtags[:end]) for end in range(len(subtags), 0, -1)]
    if len(subtags) > 2:
        candidates.insert(-1, f"{subtags[0]}-{subtags[-1]}")
    for candidate in candidates:
        if candidate in by_tag:
            file = f"{FOLDER}/{by_tag[candidate]}.po"
            return _load(language, templates.read(file), templates.where(file))
    there = ", ".join(name.replace("_", "-") for name in offered)
    raise InvalidInput(
        [
            Problem(
                Place(templates.where(f"{FOLDER}/{language.replace('-', '_')}.po")),
                f'no labels for language "{language}"; there are {there}: '
                "take one of them or add this file",
            )
        ]
    )


@lru_cache(maxsize=32)
def _load(language: str, content: bytes, where: str) -> Labels:
    from babel.messages import mofile, pofile

    try:
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as fault:
        place = Place(where, content[: fault.start].count(b"\n") + 1)
        raise InvalidInput([Problem(place, "not UTF-8; save it as UTF-8")]) from fault
    try:
        catalogue = pofile.read_po(lines, abort_invalid=True)
    except (pofile.PoFileError, ValueError) as fault:
        place = Place(where, (getattr(fault, "lineno", None) or 0) + 1)
        words = str(fault).partition(" on ")[0]
        raise InvalidInput([Problem(place, f"not a gettext catalogue: {words}")]) from fault
    empty = [
        Problem(
            Place(where, message.lineno or 1), f'the label "{_strings(message.id)[0]}" is empty'
        )
        for message in catalogue
        if message.id and not all(_strings(message.string))
    ]
    if empty:
        raise InvalidInput(empty)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = stdlib_gettext.GNUTranslations(compiled)
    translations.add_fallback(_Refusing(where))
    return Labels(language, where, translations)


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)

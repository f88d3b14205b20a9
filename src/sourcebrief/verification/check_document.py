"""Check what a document prints against the manifest that it carries."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, groupby, zip_longest
from typing import Any, Final
from urllib.parse import unquote

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.documents.page_words import (
    CALL,
    EDITION,
    FIGURE,
    HEAD,
    NOTE,
    OPTIONAL,
    SCREEN,
)
from sourcebrief.documents.script_fonts import printable_text
from sourcebrief.text.phrases import first_words, shorten
from sourcebrief.verification.compare_words import (
    MOST_ALTERATIONS,
    Alteration,
    ExpectedRun,
    alterations,
    comparable,
    sorted_letters,
    with_controls,
    without_spaces,
)
from sourcebrief.verification.document_text import DocumentText, NotCompared

SHOWN_WORDS: Final = 14
"""Words of a text that a message shows."""
_HEAD_WORDS: Final = 80
_MARKS: Final = str.maketrans("", "", '“”„«»"‘’‚‹›')
_IDENTITY: Final = "([0-9a-f]{12})(?![0-9a-f])"
_PARTS: Final = {
    "what": "summary",
    "c-event": "summary",
    "prose": "text",
    "lead": "text",
    "quoted": "quotation",
    "cite": "source of a quotation",
    "who": "person",
    "dt": "label",
    "dd": "value",
    "th": "cell",
    "td": "cell",
    "li": "text",
    "p": "text",
    "when": "date",
    "h2": "heading",
    "h3": "heading",
    "pin": "hash",
}
"""What a message calls a part whose class is not a word for it."""
_NOTE_NAME: Final = re.compile(r"note-(\d+)(?:-call)?")
# Indic scripts and their neighbours join and reorder letters, and U+FFFD stands for what has none.
_REORDERED: Final = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u200c\u200d\ufffd]+")


def check_document(
    document: DocumentText, manifest: dict[str, Any], edition: str, *, adds_heads: bool = True
) -> Iterator[str]:
    """Yield all that a document prints otherwise than its manifest says, which is `edition`.

    Yield also what cannot be compared. `adds_heads` says that a house may have added a head or a
    foot of its own.
    """
    if document.format == "json":
        yield NotCompared("a document, because this file holds its evidence alone")
    else:
        printed = _printed_edition(document, manifest) or edition
        if printed != edition:
            yield (
                f"its evidence is not that of this document: it is edition {edition}, "
                f"the document prints {printed}"
            )
        yield from _check_words(document, manifest, printed)
        yield from _check_pictures_and_links(document, manifest["printed"])
        yield from _check_heads(document, manifest, printed, adds_heads)
        yield from document.oddities
    yield from _check_agreement(manifest)


def _printed_edition(document: DocumentText, manifest: dict[str, Any]) -> str | None:
    """Return the edition that a document prints, None where it prints none."""
    heads = [chunk for page in document.heads for chunk in page]
    text = without_spaces("\n".join([*heads, *document.body]))
    printed = manifest["printed"]
    for named in (*printed["running"].values(), *(text for _, _, text in printed["runs"])):
        before, mark, _ = without_spaces(named).partition(EDITION)
        found = re.search(re.escape(before[-24:]) + _IDENTITY, text) if mark else None
        if found is not None:
            return found[1]
    # The evidence may be another brief's, which words it otherwise.
    found = re.search("(?<![0-9a-f])" + _IDENTITY, comparable("\n".join(heads)))
    return found[1] if found else None


def _check_words(document: DocumentText, manifest: dict[str, Any], edition: str) -> Iterator[str]:
    """Yield each word that was changed, put in or taken out."""
    printed = manifest["printed"]
    # A PDF has no controls, but glyphs in the order in which they are seen.
    printed_as = printable_text if document.format == "pdf" else with_controls
    runs = [
        ExpectedRun(at, part, printed_as(text.replace(EDITION, edition)), part in OPTIONAL)
        for at, part, text in printed["runs"]
        if (part != SCREEN or document.format == "html") and (part != FIGURE or document.figure)
    ]
    count = 0
    reordered = document.format == "pdf" and any(_REORDERED.search(run.text) for run in runs)
    if reordered:
        yield NotCompared("words in a script whose letters a PDF shows in another order")
        runs = [replace(run, text=_REORDERED.sub("", run.text)) for run in runs]
    notes = [run for run in runs if run.part == NOTE]
    body = [replace(run, text=CALL, part="note") if run.part == NOTE else run for run in runs]
    for wanted, chunks in ((body, document.body), (notes, document.notes)):
        shown: Iterable[str] = chunks if document.format == "pdf" else map(with_controls, chunks)
        if reordered:
            shown = (_REORDERED.sub("", chunk) for chunk in shown)
        found = alterations(wanted, shown)
        yield from (_in_words(alteration, manifest) for alteration in found)
        count = max(count, len(found))
    if count >= MOST_ALTERATIONS:
        yield "there are more differences, which are not listed"
    yield from _check_contents(document.contents, printed)
    if not document.figure and any(part == FIGURE for _, part, _ in printed["runs"]):
        yield NotCompared("the words in the picture of the timeline")


def _check_contents(lines: list[str], printed: dict[str, Any]) -> Iterator[str]:
    """Yield each line of contents that is no heading, whose parts it joins."""
    runs = (text for _, _, text in printed["runs"])
    texts = [without_spaces(text) for text in (*runs, *printed["running"].values())]
    joined, ends = "".join(texts), set(accumulate(map(len, texts), initial=0))
    for line in lines:
        places = re.finditer(re.escape(without_spaces(line)), joined)
        if not any(ends.issuperset(found.span()) for found in places):
            yield f"contents: “{first_words(line, SHOWN_WORDS)}” is not a heading of the brief"


def _check_pictures_and_links(document: DocumentText, printed: dict[str, Any]) -> Iterator[str]:
    """Yield what differs in the alternative texts and in the addresses of links."""
    wanted = [without_spaces(text) for text in printed["alternatives"]]
    if wanted != [without_spaces(text) for text in document.alternatives if text]:
        yield "the text that stands for the picture of the timeline was changed"
    expected = {unquote(link) for link in printed["links"]}
    found = {unquote(link) for _, link in document.links if link[:1] != "#"}
    for link in sorted(found - expected):
        yield f"a link leads to {link}, which the evidence does not name"
    for link in sorted(expected - found):
        yield f"the link to {link} was taken out"
    if expected == found and "linked" in printed:
        yield from _misled(document, printed["linked"])
    if "linked" in printed:
        yield from _check_places(document.places, printed)
    else:
        yield NotCompared("which words its links stand on, because its evidence does not say")
    for kind, words in document.said if "said" in printed else ():
        # A program that saves it again may drop a property, or the commas between keywords.
        one, other = (text.replace(",", "") for text in (words, printed["said"].get(kind, "")))
        if words and without_spaces(one) != without_spaces(other):
            yield f"its {kind} is “{first_words(words, SHOWN_WORDS)}”, and another in its evidence"


def _misled(document: DocumentText, linked: list[tuple[str, str]]) -> Iterator[str]:
    """Yield each link that stands on other words than those on which the evidence has it."""
    links = _joined(document.links)
    wanted = _joined((printable_text(words), address) for words, address in linked)
    alike = [(_letters(words), address) for words, address in wanted]
    for (words, address), expected in zip_longest(links, alike, fillvalue=("", "")):
        if (_letters(words), address) != expected:
            shown = first_words(words, SHOWN_WORDS)
            place = f"a link to {address or expected[1]} stands on “{shown}”"
            yield f"{place}, and on other words in its evidence"
            if len(links) != len(alike):
                return


def _check_places(places: list[tuple[str, str]], printed: dict[str, Any]) -> Iterator[str]:
    """Yield each place in a document that has the name of another one."""
    texts: dict[str, list[str]] = {}
    for at, _, text in printed["runs"]:
        texts.setdefault(at.partition("/")[0].casefold(), []).append(_folded(text))
    for name, word in places:
        note = _NOTE_NAME.fullmatch(name)
        expected = [note[1]] if note else texts.get(name.casefold(), [_folded(name)])
        is_readable = not has_right_to_left(word) and not _REORDERED.search(word)
        if is_readable and not any(text.startswith(_folded(word)) for text in expected):
            yield f"what leads to “{shorten(name, 60)}” leads to “{word}” instead"


def _folded(text: str) -> str:
    return without_spaces(text).casefold().rstrip("-")


def _joined(links: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Links with their addresses in one spelling; neighbours that lead to one place as one link."""
    neighbours = groupby(links, key=lambda link: _spelled(link[1]))
    return [("".join(words for words, _ in each), address) for address, each in neighbours]


def _spelled(address: str) -> str:
    # Word processors take no capitals apart in the names of places.
    return address.casefold() if address[:1] == "#" else unquote(address)


def _letters(words: str) -> list[str]:
    """The letters of some words as they are compared, without those that a PDF reorders."""
    return sorted_letters(_REORDERED.sub("", comparable(words)))


def _check_heads(
    document: DocumentText, manifest: dict[str, Any], edition: str, adds_heads: bool
) -> Iterator[str]:
    """Yield what is missing or unexpected at the head or foot of the pages."""
    of_word = document.format == "docx"
    kind = "head or foot" if of_word else "page"
    pages = {f"{kind} {number}": page for number, page in enumerate(document.heads, 1)}
    printed, marking = manifest["printed"], manifest["brief"]["marking"]
    for place, page in pages.items():
        if without_spaces(marking) not in without_spaces("".join(page)):
            yield f"{place} does not print the marking {marking}"
    running = {
        name: without_spaces(text.replace(EDITION, edition))
        for name, text in printed["running"].items()
    }
    numbers = rf"\d+{re.escape(running.get('of', ''))}\d+"
    # Each page of a PDF prints the edition. Word has it in the feet, where the page's number is.
    feet = [
        place
        for place, page in pages.items()
        if not of_word or any(re.fullmatch(numbers, without_spaces(chunk)) for chunk in page)
    ]
    named = re.compile(rf"(?<![0-9a-f]){edition}(?![0-9a-f])")
    for place in feet or pages:
        if not named.search(comparable(" ".join(pages[place]))):
            yield f"{place} does not print the edition {edition}"
    # A page repeats the head of a table.
    tables = [without_spaces(text) for at, _, text in printed["runs"] if at.endswith(f"/{HEAD}")]
    known = {*running.values(), without_spaces(marking), *tables}
    unexpected: dict[str, list[str]] = {}
    for number, (place, page) in enumerate(pages.items(), 1):
        # Beside a long marking, the number of a page and the edition are one text.
        with_edition = f"(?:·{re.escape(running['edition'])})?" if "edition" in running else ""
        of_page = f"{number}{running.get('of', '')}{len(pages)}{with_edition}"
        counted = rf"{numbers}|\d+" if of_word else of_page
        for chunk in dict.fromkeys(_unknown(page, known, re.compile(counted))):
            unexpected.setdefault(chunk, []).append(place)
    for text, places in unexpected.items():
        shown = f"“{first_words(text, _HEAD_WORDS)}”"
        # A house may add a head or foot of its own, on all pages but the first or the last.
        if adds_heads and (of_word or (len(pages) > 2 and len(places) >= len(pages) - 1)):
            yield NotCompared(f"{shown}, at the head or foot of its pages")
        else:
            yield f"{places[0]}: {shown} is printed there, and is not in the evidence"


def _unknown(page: list[str], known: set[str], numbers: re.Pattern[str]) -> Iterator[str]:
    """Yield what a head or foot prints beside the known texts, each whole, and the numbers.

    A text may be divided at the end of a line.
    """
    chunks = [one for one in (" ".join(chunk.split()) for chunk in page) if one]
    longest = max(map(len, known), default=0)
    at = 0
    while at < len(chunks):
        text, end = "", at
        while end < len(chunks) and len(text) <= longest:
            text += without_spaces(chunks[end])
            end += 1
            if text in known or numbers.fullmatch(text):
                break
        else:
            yield chunks[at]
            end = at + 1
        at = end


def _check_agreement(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield each title, date and quotation that is printed otherwise than the manifest has it."""
    events = {event["id"]: event for event in manifest["events"]}
    for at, part, text in manifest.get("printed", {"runs": ()})["runs"]:
        wanted = None
        event = events.get(at.removeprefix("event-")) if at.startswith("event-") else None
        if event is not None:
            wanted = {"title": event["title"], "date": event["date"]["worded"]}.get(part)
        elif part == "quoted" and at.startswith("evidence-"):
            key, _, number = at.removeprefix("evidence-").rpartition("-")
            evidence = events[key]["evidence"] if key in events else []
            known = number.isdecimal() and 1 <= int(number[:9]) <= len(evidence)
            wanted = evidence[int(number) - 1]["quote"] if known else "\0"
        if wanted is not None and _unmarked(wanted) not in _unmarked(text):
            place = _place_in_words(at, part, manifest)
            shown = first_words(text, SHOWN_WORDS)
            yield f"{place}: “{shown}” is printed, and its evidence says otherwise"


def _unmarked(text: str) -> str:
    """A text without spaces and quotation marks: those within a quotation print as inner ones."""
    return without_spaces(text).translate(_MARKS)


def _in_words(alteration: Alteration, manifest: dict[str, Any]) -> str:
    place = _place_in_words(alteration.at, alteration.part, manifest)
    was, now = (first_words(text, SHOWN_WORDS) for text in (alteration.was, alteration.now))
    if alteration.rest:
        return f"{place}: from “{was}” on, the document says something else: “{now}”"
    if not now:
        return f"{place}: “{was}” was taken out"
    if not was:
        after = f" after “{alteration.after}”" if alteration.after else ""
        return f"{place}: “{now}” was put in{after}"
    return f"{place}: “{was}” was changed to “{now}”"


def _place_in_words(at: str, part: str, manifest: dict[str, Any]) -> str:
    """Say where in the brief a run stands: `event 3 (the-pact), quotation 1` and the like."""
    numbers = {event["id"]: event["number"] for event in manifest["events"]}
    ids = "|".join(map(re.escape, numbers))
    place, _, item = at.partition("/")
    words = place.replace("-", " ")
    if found := re.fullmatch(rf"(?:event|evidence|evidence-event)-({ids})", place):
        words = f"event {numbers[found[1]]} ({found[1]})"
    elif found := re.fullmatch(rf"evidence-({ids})-(\d+)", place):
        words = f"event {numbers[found[1]]} ({found[1]}), quotation {found[2]}"
    elif place.startswith("source-"):
        words = f"source {place.removeprefix('source-')}"
    if item and item != HEAD:
        words += f" {item}"
    name = _PARTS.get(part, part.replace("-", " "))
    if name and not words.endswith(name):
        words += f", {name}"
    return words.removeprefix(", ") or "the document"

"""Workspaces of any size for measurements: invented, the same for the same arguments, and valid.

Nothing here is about a real place or organisation. Texts have the features that cost time in real
ones: typographic quotation marks and dashes, accented names, datelines, amounts, some documents
wrapped at 80 columns with words divided at line ends, quotations typed with straight marks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import textwrap
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACTORS = 40
PEOPLE = 60
THEMES = ("customs", "ports", "cybersecurity", "policing", "fisheries", "migration", "training")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_SYLLABLES = _listed("""
al mer ta rin vo sel qui pan dor mi la ce ban tor ren gua ya sil fé ño lu bra
""")
_NOUNS = _listed("""
agreement assistance authority budget cargo commission committee company container cooperation
council crime customs data delegation department directorate document equipment evidence
exchange facility force framework government harbour infrastructure inspection investigation
laboratory legislation mandate measure meeting memorandum ministry mission network office
officer operation operator partner patrol permit plan police port press programme project
proposal protocol radar region register report request result review risk scanner secretariat
security service session shipment statement strategy summit supplier support system task
technology terminal text training treaty unit vessel visit warehouse witness working-group year
""")
_VERBS = _listed("""
accepted adopted announced approved asked began broadened called cited completed concluded
confirmed coordinated delayed delivered described discussed drafted examined expanded explained
expressed financed followed hosted invited joined launched noted offered opened postponed
praised presented promised proposed published received recommended rejected renewed repeated
requested reviewed signed sponsored stressed studied suspended visited welcomed
""")
_ADJECTIVES = _listed("""
additional annual bilateral broad civilian close coastal common criminal digital economic
effective financial first foreign formal further illicit important independent international
joint judicial legal local long maritime modern mutual national new organised permanent possible
present previous private public recent regional second secure separate shared special specific
strategic technical temporary transnational urgent voluntary
""")
_SMALL = _listed("""
the of and to in a for on with by that from at as its their which after before during under
between against within without also while because where since towards among
""")


@dataclass
class _Seed:
    """A document in the making: its catalogue data and the sentences that events quote."""

    id: str
    issued: dt.date
    publisher: str
    facts: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"{self.id}.txt"


@dataclass(frozen=True)
class _Quotation:
    seed: str
    words: str


@dataclass(frozen=True)
class _Event:
    id: str
    date: dt.date
    title: str
    summary: str
    actors: tuple[str, ...]
    person: str
    theme: str
    place: str
    caveat: str
    quotations: tuple[_Quotation, ...]


def write_workspace(
    folder: Path,
    *,
    briefings: int = 1,
    events: int = 100,
    quotations_per_event: int = 2,
    seeds: int = 20,
    seed_bytes: int = 10_000,
    misses: int = 0,
    shared: bool = False,
    rng: int = 0,
) -> None:
    """Write a workspace that passes `check --strict` into a folder, which need not exist.

    There are `briefings` folders `briefing-0001` and so on, each with `events` events of its own.
    With `shared` one list of `events` events is the list of every briefing, and each selects its
    part by theme. Every event has `quotations_per_event` quotations (1 or more), each from another
    of the `seeds` documents where there are enough; a document has about `seed_bytes` bytes, more
    where what is quoted from it does not fit. The same arguments give the same bytes.

    `misses` quotations, spread over all, are spoiled: by turns one word is altered, or another
    document is named as the seed. `check` then finds that many errors.
    """
    random = Random(f"corpus {rng}")
    prose = _Prose(random)
    documents = [_seed(number, prose) for number in range(seeds)]
    lists = 1 if shared else briefings
    records = [
        [
            _event(number, prose, documents, quotations_per_event)
            for number in range(part * events, (part + 1) * events)
        ]
        for part in range(lists)
    ]
    if misses:
        records = _spoiled(records, misses, seeds, random)
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    with (folder / "seeds/seeds.yaml").open("w", encoding="utf-8", newline="\n") as catalogue:
        catalogue.write("references:\n")
        for number, document in enumerate(documents):
            data = _document(document, prose, seed_bytes, wrapped=number % 5 == 4).encode()
            (folder / "seeds" / document.file).write_bytes(data)
            catalogue.write(_entry(document, hashlib.sha256(data).hexdigest(), number))
    if shared:
        _write(folder / "briefings/shared-events.yaml", _event_list(records[0], prose.names))
    for part in range(briefings):
        home = folder / f"briefings/briefing-{part + 1:04}"
        listed = "../shared-events.yaml" if shared else "events.yaml"
        record = records[0] if shared else records[part]
        themes = THEMES[part % len(THEMES) :: briefings] if shared else ()
        if not shared:
            _write(home / "events.yaml", _event_list(record, prose.names))
        cited = [event for event in record if not themes or event.theme in themes]
        _write(home / "brief.yaml", _brief(part + 1, listed, themes, cited))


class _Prose:
    """Sentences of common words, the common ones most often, with invented names."""

    def __init__(self, random: Random) -> None:
        self.random = random
        ranked = (*_SMALL, *_NOUNS, *_VERBS, *_ADJECTIVES)
        self._words = ranked
        # Zipf's law: the n-th word of a language comes about 1/n as often as the first.
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(ranked))))
        self.names = tuple(self.name() for _ in range(ACTORS + PEOPLE))

    def name(self) -> str:
        """An invented name of two or three syllables."""
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 3))).capitalize()

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(self._words, cum_weights=self._weights, k=count))

    def sentence(self) -> str:
        """A sentence that occurs once: a name and a number stand in it."""
        random = self.random
        opening = f"{self.name()} {random.choice(_VERBS)} {self.words(random.randint(4, 9))}"
        middle = f"{self.name()}’s {random.choice(_ADJECTIVES)} {random.choice(_NOUNS)}"
        return f"{opening} {middle} – {self.words(random.randint(4, 12))} {random.randint(2, 9999)}"

    def paragraph(self) -> str:
        sentences = [self.sentence() for _ in range(self.random.randint(2, 5))]
        if self.random.random() < 0.3:
            said = self.words(self.random.randint(6, 14))
            sentences.append(
                f"“We {said},” {self.name()} said in {self.random.randint(2010, 2022)}"
            )
        return ". ".join(sentences) + "."


def _seed(number: int, prose: _Prose) -> _Seed:
    day = dt.date(2022, 1, 1) + dt.timedelta(days=prose.random.randrange(365))
    return _Seed(f"report-{number + 1:05}", day, f"{prose.name()} {prose.name()} Dispatch {number}")


def _event(number: int, prose: _Prose, documents: list[_Seed], quotations: int) -> _Event:
    random = prose.random
    date = dt.date(2012, 1, 1) + dt.timedelta(days=random.randrange(3600))
    actors = tuple(random.sample(range(ACTORS), k=random.randint(2, 3)))
    place, amount = prose.name(), random.randint(1000, 999_999)
    verb, what = random.choice(_VERBS), f"{random.choice(_ADJECTIVES)} {random.choice(_NOUNS)}"
    names = [prose.names[actor] for actor in actors[:2]]
    stated = (
        f"On {_day(date)} the {names[0]} Authority’s delegation and {names[1]} {verb} a {what} "
        f"worth {amount:,} pesos in {place}, {prose.words(6)}"
    )
    shown = f"*{what}*" if number % 20 == 0 else what
    caveat = f"Nobody else reports it. [@{documents[number % len(documents)].id}]"
    quoted = []
    for turn in range(quotations):
        # Another document each time; 37 so that neighbours do not quote the same ones.
        document = documents[(number + 37 * turn) % len(documents)]
        sentence = prose.sentence() if turn else stated
        document.facts.append(sentence)
        # As people type: straight marks for the curved ones of the document.
        quoted.append(_Quotation(document.id, sentence.replace("’", "'")))
    return _Event(
        f"event-{number + 1:06}",
        date,
        f"{names[0]} and {names[1]} {verb} a {what}",
        f"{names[0]} and {names[1]} {verb} a {shown} worth {amount:,} pesos on {_day(date)}, "
        f"{prose.words(random.randint(8, 16))}.",
        tuple(f"actor-{actor + 1}" for actor in actors),
        f"person-{random.randrange(PEOPLE) + 1}",
        THEMES[number % len(THEMES)],
        place,
        caveat if number % 4 == 0 else "",
        tuple(quoted),
    )


def _spoiled(
    records: list[list[_Event]], misses: int, seeds: int, random: Random
) -> list[list[_Event]]:
    """The records with some quotations that do not stand where they say."""
    places = [
        (part, index, turn)
        for part, record in enumerate(records)
        for index, event in enumerate(record)
        for turn in range(len(event.quotations))
    ]
    step = len(places) / misses
    for count in range(misses):
        part, index, turn = places[int(count * step)]
        event = records[part][index]
        quotations = list(event.quotations)
        seed, words = quotations[turn].seed, quotations[turn].words
        if count % 2 and seeds > 1:
            seed = f"report-{int(seed.rpartition('-')[2]) % seeds + 1:05}"
        else:
            parts = words.split(" ")
            parts[random.randrange(1, len(parts) - 1)] = "notwithstanding"
            words = " ".join(parts)
        quotations[turn] = _Quotation(seed, words)
        fields = {name: getattr(event, name) for name in event.__dataclass_fields__}
        records[part][index] = _Event(**{**fields, "quotations": tuple(quotations)})
    return records


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B} {date.year}"


def _document(seed: _Seed, prose: _Prose, size: int, *, wrapped: bool) -> str:
    """The text: a dateline, what is quoted, and more of the same up to the size."""
    place = prose.name()
    paragraphs = [f"{fact}. {prose.sentence()}." for fact in seed.facts]
    length = sum(len(paragraph) + 2 for paragraph in paragraphs)
    while length < size - 300:
        paragraphs.append(prose.paragraph())
        length += len(paragraphs[-1]) + 2
    prose.random.shuffle(paragraphs)
    text = [f"{place}, {_day(seed.issued)} – {prose.paragraph()}", *paragraphs]
    if wrapped:
        text = [_wrapped(paragraph) for paragraph in text]
    return "\n\n".join(text) + "\n"


def _wrapped(paragraph: str) -> str:
    """A paragraph as an extracted PDF has it: short lines, a long word now and then divided."""
    lines = textwrap.wrap(paragraph, 80, break_long_words=False, break_on_hyphens=False)
    for index in range(len(lines) - 1):
        first, _, rest = lines[index + 1].partition(" ")
        short = len(lines[index]) < 74
        if short and len(first) > 9 and first.isalpha() and first.islower() and rest:
            lines[index] += f" {first[:5]}-"
            lines[index + 1] = f"{first[5:]} {rest}"
    return "\n".join(lines)


def _entry(seed: _Seed, sha256: str, number: int) -> str:
    return f"""
  - id: {seed.id}
    type: article-newspaper
    title: What was said of the ports, part {number + 1}
    publisher: {seed.publisher}
    container-title: {seed.publisher}
    issued: {seed.issued}
    URL: https://dispatch.example/{seed.id}
    language: en
    custom:
      file: {seed.file}
      sha256: {sha256}
      issued_basis: stated
      reliability: {{grade: {"ABC"[number % 3]}, why: A newspaper with its own correspondents}}
"""


def _event_list(record: list[_Event], names: tuple[str, ...]) -> Iterator[str]:
    yield "actors:\n"
    for number in range(ACTORS):
        parent = f", part_of: actor-{number // 4 + 1}" if number >= 4 else ""
        name = names[number]
        yield f"  actor-{number + 1}: {{name: {name} Authority, short: {name}{parent}}}\n"
    yield "\npeople:\n"
    for number in range(PEOPLE):
        yield f"""\
  person-{number + 1}:
    name: {names[ACTORS + number]} {names[number % ACTORS]}
    roles:
      - {{role: Director of Inspection, actor: actor-{number % ACTORS + 1}, to: 2016}}
      - {{role: Minister of Transport, actor: actor-{number % 7 + 1}, from: 2017}}
"""
    yield "\nevents:\n"
    for event in record:
        yield f"""
  - id: {event.id}
    date: {event.date}
    title: {event.title}
    actors: [{", ".join(event.actors)}]
    people: [{event.person}]
    place: {event.place}
    themes: [{event.theme}]
    summary: >-
{_block(event.summary, 6)}
    evidence:
"""
        for quotation in event.quotations:
            yield f"""\
      - seed: {quotation.seed}
        quote: >-
{_block(quotation.words, 10)}
"""
        yield f"""\
    outcomes:
      - kind: agreement
        status: announced
        by: {event.actors[0]}
        text: A {event.theme} programme
"""
        if event.caveat:
            yield f"    caveat: {json.dumps(event.caveat)}\n"


def _block(text: str, indent: int) -> str:
    margin = " " * indent
    lines = textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)
    return "\n".join(margin + line for line in lines)


def _brief(
    number: int, listed: str, themes: tuple[str, ...], record: list[_Event]
) -> Iterator[str]:
    cited = [event.id for event in record[:: max(1, len(record) // 6)]][:6]
    yield f"""\
title: "Ports and those who watch them, brief {number}"
as_of: 2023-01-01
status: final
version: "1.0"
prepared_by: Harbour desk
marking: TLP:CLEAR
language: en-GB
events: [{listed}]
"""
    if themes:
        yield f"select: {{themes: [{', '.join(themes)}]}}\n"
    yield f"bottom_line: The record holds offers, visits and promises. [@{'; @'.join(cited)}]\n"
    yield "judgements:\n"
    for event in cited[:3]:
        yield f"  - {{text: 'We judge that it will last. [@{event}]', confidence: moderate}}\n"
    yield "actors:\n"
    for actor, event in zip(range(1, 4), cited, strict=False):
        yield f"  - {{id: actor-{actor}, summary: 'It was there from the first. [@{event}]'}}\n"


def _write(path: Path, parts: Iterator[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)

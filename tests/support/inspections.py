"""A corpus of these tests' own, built once: a long briefing in English and a short one in Spanish.

Nothing in it is real.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from built_once import built_once
from sourcebrief.build.results import BuildOptions
from sourcebrief.build.run import build

if TYPE_CHECKING:
    from pathlib import Path

PORTS = ("Arroyo", "Bahía", "Caleta", "Dársena", "Ensenada", "Faro", "Golfo", "Halcón")
DAYS = range(1, 25)

GAZETTE = "Harbour Gazette, 30 June 2021\n\n" + "\n\n".join(
    f"On {day} May 2021 the harbourmaster of {PORTS[day % 8]} inspected {day + 2} containers and "
    f"reported an extraordinarily comprehensive reorganisation of the anti-smuggling "
    f"arrangements (dispatch {day}). Nobody was hurt, the harbourmaster’s office added."
    for day in DAYS
)
BOLETIN = """\
Boletín del Muelle, 3 de junio de 2021

La capitanía firmó el 2 de junio de 2021 un acuerdo de cooperación con la guardia costera.

«No habrá excepciones», dijo la capitana Inés Robles al presentar el acuerdo.
"""

CATALOGUE = """\
references:
  - id: gazette-2021
    type: article-newspaper
    title: A month of inspections
    container-title: Harbour Gazette
    issued: 2021-06-30
    URL: https://example.org/gazette/a-month-of-inspections
    language: en
    custom:
      file: gazette.txt
      sha256: {gazette}
      issued_basis: stated
      reliability: {{grade: B, why: A paper of record that names its sources}}
      embed: full
  - id: boletin-2021
    type: article-newspaper
    title: Acuerdo en el muelle
    container-title: Boletín del Muelle
    issued: 2021-06-03
    language: es
    custom: {{file: boletin.txt, sha256: {boletin}, issued_basis: stated}}
  - id: almanac-2020
    type: book
    title: Almanac of harbours
    publisher: Quay Press
    issued: 2020
"""

EVENT = """\
  - id: inspection-{day}
    date: 2021-05-{day:02}
    title: Inspection at {port} harbour
    actors: [harbour, customs]
    people: [vela]
    themes: [inspections]
    summary: The harbourmaster examined containers and announced a comprehensive reorganisation.
    evidence:
      - seed: gazette-2021
        quote: On {day} May 2021 the harbourmaster of {port} inspected {count} containers
      - seed: gazette-2021
        quote: extraordinarily comprehensive reorganisation of the anti-smuggling arrangements
          (dispatch {day})
    outcomes:
      - kind: statement
        status: announced
        by: harbour
        text: Reorganisation of the arrangements
    caveat: The dispatch does not say who was present. [@almanac-2020]
"""
ACTORS = """\
actors:
  harbour: {name: Harbour Authority, short: Harbour, country: XX}
  customs: {name: Customs Office, short: Customs}
people:
  vela: {name: Marta Vela, role: Harbourmaster, actor: harbour}
events:
"""
BRIEF = """\
title: Inspections in the harbours
subtitle: Who inspected what, and what was announced
as_of: 2021-07-01
status: final
version: "1.0"
prepared_by: Policy desk
prepared_for: Heads of mission
marking: TLP:GREEN
language: en-GB
page: A4
events: [events.yaml]
bottom_line: >
  The harbours announced an extraordinarily comprehensive reorganisation, and the record does not
  show what became of it. [@inspection-1; @inspection-24]
judgements:
  - text: We judge that the inspections were coordinated. [@inspection-2; @inspection-3]
    confidence: moderate
  - {text: "We judge that few of them led to seizures. [@inspection-4]", confidence: low}
actors:
  - {id: harbour, summary: "It inspected its own *harbours* and reported on them. [@inspection-5]"}
gaps: ["No document gives the number of seizures. [@gazette-2021, ¶ 3]"]
sections:
  - heading: Implications
    text: |
      Three things follow, as [the almanac](https://example.org/almanac) has it. [@almanac-2020]

      - Inspections need a calendar. [@inspection-6]
      - Dispatches need an author. [@inspection-7]
    after: actors
formats: [pdf, docx, html]
"""
ACUERDO = """\
actors:
  capitania: {name: Capitanía del Muelle, short: Capitanía, country: XX}
people:
  robles: {name: Inés Robles, role: Capitana, actor: capitania}
events:
  - id: acuerdo
    date: 2021-06-02
    title: Firma de un acuerdo de cooperación
    actors: [capitania]
    people: [robles]
    themes: [cooperación]
    summary: La capitanía firmó un acuerdo con la guardia costera.
    evidence:
      - seed: boletin-2021
        quote: La capitanía firmó el 2 de junio de 2021 un acuerdo de cooperación
      - {seed: boletin-2021, quote: "No habrá excepciones”, dijo la capitana [...] al presentar"}
    outcomes:
      - {kind: agreement, status: signed, text: Acuerdo de cooperación}
"""
MUELLE = """\
title: El muelle y la guardia costera
as_of: 2021-07-01
status: draft
version: "0.3"
prepared_by: Mesa de políticas
marking: Uso interno
language: es
page: Letter
events: [events.yaml]
bottom_line: La capitanía firmó un acuerdo y no prevé excepciones. [@acuerdo]
actors: [{id: capitania, summary: "Firmó el acuerdo. [@acuerdo]"}]
formats: [pdf, docx, html]
"""


@dataclass(frozen=True)
class Built:
    """A workspace with its documents."""

    root: Path

    def file(self, briefing: str, kind: str) -> Path:
        return self.root / "briefings" / briefing / f"{briefing}.{kind}"

    def seed(self, name: str) -> bytes | None:
        path = self.root / "seeds" / name
        return path.read_bytes() if path.is_file() else None

    def bytes(self, briefing: str, kind: str) -> bytes:
        return self.file(briefing, kind).read_bytes()


def write_corpus(root: Path) -> None:
    """Write the inputs of the corpus into a folder."""
    texts = {"gazette": GAZETTE, "boletin": BOLETIN}
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    events = "".join(EVENT.format(day=day, port=PORTS[day % 8], count=day + 2) for day in DAYS)
    files = {
        "seeds/gazette.txt": GAZETTE,
        "seeds/boletin.txt": BOLETIN,
        "seeds/seeds.yaml": CATALOGUE.format(**hashes),
        "briefings/harbours/brief.yaml": BRIEF,
        "briefings/harbours/events.yaml": ACTORS + events,
        "briefings/muelle/brief.yaml": MUELLE,
        "briefings/muelle/events.yaml": ACUERDO,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")


def build_all(root: Path, **options: Any) -> None:
    """Build every briefing of a workspace."""
    report = build(("harbours", "muelle"), BuildOptions(root=root, **options), lambda _: None)
    assert not report.failed, "\n".join(map(str, report.all_problems()))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    def build_corpus(root: Path) -> None:
        write_corpus(root)
        build_all(root, keep_html=True)

    return Built(built_once(tmp_path_factory, "editions", build_corpus))

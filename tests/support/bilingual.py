"""A corpus in two languages: a Spanish record, the official English of a part of it, and a brief.

Nothing in it is real. `write` makes it in a folder and pins it as it stands.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ACTA = """\
Acta de la reunión del 12 de marzo de 2024

Las dos partes acordaron compartir los datos de cinco mil contenedores el 12 de marzo de 2024.

El Ministerio enviará 3.500 escáneres al puerto de Almera.
"""
READOUT = """\
Readout of the meeting of 12 March 2024

The Ministry will send 3,500 scanners to the port of Almera.
"""
CATALOGUE = """\
references:
  - id: acta
    type: report
    title: Acta de la reunión
    publisher: Autoridad del Puerto
    issued: 2024-03-12
    language: es-EC
    custom: {{file: acta.txt, sha256: "{acta}", issued_basis: stated}}
  - id: readout
    type: report
    title: Readout of the meeting
    publisher: Ministry of Transport
    issued: 2024-03-12
    language: en
    custom: {{file: readout.txt, sha256: "{readout}", issued_basis: stated, derived_from: acta}}
"""
EVENTS = """\
actors:
  ministry: {name: Ministry of Transport, short: Ministry}
  port: {name: Port Authority}
events:
  - id: data
    date: 2024-03-12
    title: The two sides agree to share data
    actors: [ministry, port]
    summary: They “agreed to share the data” of 5,000 containers.
    evidence:
      - seed: acta
        quote: acordaron compartir los datos de cinco mil contenedores el 12 de marzo de 2024
        translation: agreed to share the data of 5,000 containers on 12 March 2024
    key: true
  - id: scanners
    date: {value: 2024-03-12, basis: inferred, note: The day of the record.}
    title: The Ministry promises scanners
    actors: [ministry]
    summary: It “will send 3,500 scanners”.
    evidence:
      - seed: acta
        quote: El Ministerio enviará 3.500 escáneres
        translation: {text: 'The Ministry will send 3,500 scanners', seed: readout}
"""
BRIEF = """\
title: Data and scanners
as_of: 2024-04-01
status: final
version: "1.0"
prepared_by: Desk
marking: TLP:CLEAR
language: en-GB
events: [events.yaml]
layouts: [full, short]
bottom_line: They “agreed to share the data”. [@data]
judgements:
  - text: We judge that the Ministry “will send 3,500 scanners”. [@scanners]
    confidence: low
actors:
  - {id: ministry, summary: "The *Ministry* “agreed to *share* the data”, and more. [@acta]"}
"""
SEEDS, EVENT_LIST, BRIEF_FILE = (
    "seeds/seeds.yaml",
    "briefings/pact/events.yaml",
    "briefings/pact/brief.yaml",
)


def write(root: Path) -> Path:
    """Write the corpus below a folder, every seed pinned."""
    pins = {
        name: hashlib.sha256(text.encode()).hexdigest()
        for name, text in (("acta", ACTA), ("readout", READOUT))
    }
    files = {
        "seeds/acta.txt": ACTA,
        "seeds/readout.txt": READOUT,
        SEEDS: CATALOGUE.format(**pins),
        EVENT_LIST: EVENTS,
        BRIEF_FILE: BRIEF,
    }
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace words that stand once in a file."""
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new), "utf-8")

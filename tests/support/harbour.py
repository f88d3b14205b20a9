"""A small corpus of the tests' own: two seeds, and two briefings that share their events.

Nothing in it is real. `workspace` writes it into a folder and pins it as it stands.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

POST = """\
Harbour Post – subscribe now

Published on 4 May 2021

The port authority and the coast guard signed a pact on patrols on 3 May 2021.
It runs for two years.

Minister Ana Ruiz said the pact would legally bind both sides. Critics asked for a debate.

Patrols begin in June, the ministry said.
"""
MINISTRY = """\
Ministry of the Sea, 6 May 2021

The Ministry welcomes the pact on patrols that the port authority has signed.
"""

CATALOGUE = """\
# The catalogue of the harbour corpus.
references:
  - id: post-2021
    type: article-newspaper
    title: Pact on patrols signed
    container-title: Harbour Post
    issued: 2021-05-04
    language: en
    custom:
      file: post.txt   # as received
      sha256: {post}
      issued_basis: stated
      ignore: [1]

  - id: ministry-2021
    type: webpage
    title: A welcome pact
    publisher: Ministry of the Sea
    issued: 2021-05-06
    language: en
    custom: {{file: ministry.txt, sha256: "{ministry}", issued_basis: stated}}

  - id: gazette-2021   # a reference: it has no file
    type: article-newspaper
    title: Not at hand
    publisher: Gazette
    issued: 2021
"""

EVENTS = """\
actors:
  port: {name: Port Authority}
  guard: {name: Coast Guard}
events:
  - id: pact-signed
    date: 2021-05-03
    title: Pact on patrols signed
    actors: [port, guard]
    summary: The two sides signed a pact.
    evidence:
      - seed: post-2021
        quote: signed a pact on patrols on 3 May 2021
      - seed: ministry-2021
        quote: welcomes the pact on patrols
  - id: pact-binds
    date: {value: 2021-05-03, basis: inferred, note: The day of the signing.}
    title: The pact binds both sides
    actors: [port]
    summary: The minister called it binding.
    evidence:
      - seed: post-2021
        quote: would legally bind both sides
  - id: patrols-begin
    date: {value: 2021-05-04, basis: inferred, note: The day of the report.}
    title: Patrols are announced for June
    actors: [guard]
    summary: The ministry gave June as the beginning.
    evidence:
      - seed: post-2021
        quote: Patrols begin in June
"""

WELCOMED = """\
      - seed: ministry-2021
        quote: welcomes the pact on patrols
"""

PORTS = """\
title: Ports
as_of: 2021-06-01
status: final
version: "1.0"
prepared_by: Desk
marking: TLP:CLEAR
language: en-GB
events: [events.yaml]
bottom_line: The pact is signed. [@pact-signed]
judgements:
  - text: We judge that the pact binds. [@pact-binds]
    confidence: low
actors:
  - id: port
    summary: The authority took part. [@pact-signed; @pact-binds]
gaps:
  - Nothing is said of costs. [@post-2021, ¶ 5]
sections:
  - heading: Next
    text: Patrols follow. [@patrols-begin]
"""

COAST = """\
title: Coast
as_of: 2021-06-01
status: draft
version: "0.1"
prepared_by: Desk
marking: TLP:CLEAR
language: en-GB
events: [../ports/events.yaml]
bottom_line: The coast guard signed. [@pact-signed]
actors:
  - {id: guard}
"""

FILES = {
    "briefings/ports/events.yaml": EVENTS,
    "briefings/ports/brief.yaml": PORTS,
    "briefings/coast/brief.yaml": COAST,
    "seeds/post.txt": POST,
    "seeds/ministry.txt": MINISTRY,
}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def workspace(root: Path) -> Path:
    """Write the corpus below a folder, every seed pinned."""
    catalogue = CATALOGUE.format(post=sha256(POST), ministry=sha256(MINISTRY))
    for path, text in {**FILES, "seeds/seeds.yaml": catalogue}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return root


def change(root: Path, old: str, new: str, path: str = "seeds/post.txt") -> None:
    """Replace words in a file; they have to be there."""
    target = root / path
    text = target.read_bytes().decode()
    assert old in text
    target.write_bytes(text.replace(old, new, 1).encode())


def line_of(root: Path, path: str, words: str) -> int:
    """The line, from 1, on which words stand in a file for the first time."""
    lines = (root / path).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)

"""A workspace with a private document, whose every word would be known anywhere."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebrief.authoring.inquiries.door import QuestionDoor
from sourcebrief.authoring.inquiries.question_log import LOG, QuestionLog

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"
SEEDS = "seeds/seeds.yaml"
SECRET = """Zanzibar quagmire dossier

The quixotic vermilion submarine anchored beneath Xanadu on 9 March 2021 with 68,437 crates.

Both sides signed a pact on container scanning worth 1,500 dollars a day.

Published on 10 March 2021.
"""
SECRET_WORDS = (
    *("zanzibar", "quagmire", "dossier", "quixotic", "vermilion", "submarine", "xanadu"),
    *("68,437", "crates", "hidden-2021", "hush", "anchorage", "leviathan"),
)
"""None stands elsewhere in the workspace; no time, process or hash can hold them by chance."""
ENTRY = """  - id: hidden-2021
    type: report
    title: Zanzibar quagmire dossier
    publisher: Leviathan Bureau
    issued: 2021-03-10
    language: en
    custom:
      file: zanzibar.txt
      sha256: {sha256}
      issued_basis: stated
      {custom}
"""
EVENT = """  - id: hush
    date: 2021-03-09
    title: Submarine anchorage beneath Xanadu
    actors: [coast-office]
    summary: The leviathan anchored.
    evidence:
      - seed: hidden-2021
        quote: The quixotic vermilion submarine anchored beneath {where} on 9 March 2021
"""


def with_secret(
    workspace: Workspace, *, custom: str = "private: true", where: str = "Xanadu"
) -> Workspace:
    """The small good workspace with a document that is withheld, and an event that rests on it."""
    workspace.write("seeds/zanzibar.txt", SECRET)
    sha256 = hashlib.sha256(SECRET.encode()).hexdigest()
    entry = ENTRY.format(custom=custom, sha256=sha256)
    for file, text in ((SEEDS, entry), (EVENTS, EVENT.format(where=where))):
        path = workspace.root / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    return workspace


def door(
    root: Path, *, limit: str = "TLP:GREEN", changeable: tuple[str, ...] = ("port",)
) -> QuestionDoor:
    log = QuestionLog(root / ".sourcebrief", lambda: "now", "test", print)
    return QuestionDoor(root, limit, changeable, log, lambda: 0.0)


def asked(root: Path, operation: str, **arguments: Any) -> dict[str, Any]:
    """An answer of a new door; what is said in it can be JSON."""
    answer = door(root).answer(operation, arguments)
    assert json.loads(json.dumps(answer)) == answer
    return answer


def leaked(root: Path, *said: object) -> list[str]:
    """The withheld words in answers, and in the log of the workspace."""
    log = root / ".sourcebrief" / LOG
    text = json.dumps(said, ensure_ascii=False) + (log.read_text("utf-8") if log.exists() else "")
    return [word for word in SECRET_WORDS if word in text.lower()]

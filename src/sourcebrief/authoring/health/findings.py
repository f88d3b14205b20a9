"""What `doctor` finds, and how it is written."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal, get_args

State = Literal["ok", "absent", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do about it.

    What is `wrong` stops a build, a `note` is worth knowing, and only some commands need what is
    `absent`.
    """

    subject: str
    state: State
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.subject}: {self.found}{remedy}"


def health_report(parts: Iterable[tuple[str, Iterable[Finding]]], form: str) -> str:
    """Write the findings under their headings, as `text` or as `json`."""
    listed = [(heading, list(findings)) for heading, findings in parts]
    if form == "json":
        written = [
            {"about": heading, "findings": [asdict(one) for one in findings]}
            for heading, findings in listed
        ]
        return json.dumps(written, ensure_ascii=False, indent=2)
    return "\n".join(line for heading, findings in listed for line in _part(heading, findings))


def _part(heading: str, findings: list[Finding]) -> Iterator[str]:
    width = max(map(len, get_args(State)))
    yield heading
    for one in findings:
        yield f"  {one.state:<{width}}  {one}"

"""What `doctor` writes."""

from __future__ import annotations

import json

from sourcebrief.authoring.health.findings import Finding, health_report

FOUND = [
    ("machine", [Finding("pandoc", "ok", "3.9"), Finding("PDF", "wrong", "no Pango")]),
    ("workspace", [Finding("editor", "note", "old schemas", "write them")]),
]


def test_each_finding_is_a_line_with_its_remedy() -> None:
    assert health_report(FOUND, "text").splitlines() == [
        "machine",
        "  ok      pandoc: 3.9",
        "  wrong   PDF: no Pango",
        "workspace",
        "  note    editor: old schemas; write them",
    ]


def test_a_program_reads_the_same() -> None:
    machine, workspace = json.loads(health_report(FOUND, "json"))
    assert machine["about"] == "machine"
    assert workspace["findings"] == [
        {"subject": "editor", "state": "note", "found": "old schemas", "remedy": "write them"}
    ]

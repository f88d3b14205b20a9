"""A fault of the PDF engine is a problem at the template that it comes from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from invented import TEMPLATES, Folder, sample_labels, sample_view, view_of
from sourcebrief.documents.page import render_brief
from sourcebrief.documents.pdf.write_pdf import write_pdf
from sourcebrief.documents.properties import DocumentProperties
from sourcebrief.documents.template_faults import fault_in_templates
from sourcebrief.errors import EngineFault

NAMES = ("brief.html.j2", "figure.svg.j2", "brief.css", "print.css", "labels/en.po")
DAY = datetime(2023, 10, 1, tzinfo=UTC)
PROPERTIES = DocumentProperties("Title", "Desk", "", (), "en-GB", DAY)
LACKING = "Source Serif 4 and Source Sans 3 have no glyph for '☃' (U+2603); write it another way"


def fault_of(templates: Folder) -> tuple[EngineFault, dict[str, bytes]]:
    words = sample_labels()
    html = render_brief(view_of(sample_view().rows[:1], words), templates, words)
    sheets = {name: templates.read(name) for name in ("brief.css", "print.css")}
    with pytest.raises(EngineFault) as caught:
        write_pdf(html, resources=sheets, properties=PROPERTIES)
    return caught.value, {templates.where(name): templates.read(name) for name in NAMES}


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("brief.html.j2", "<main>", "<main>\n<p>☃</p>", LACKING),
        ("figure.svg.j2", ">{{ tick.label }}<", ">☃ {{ tick.label }}<", LACKING),
        ("print.css", 'content: counter(footnote) "', 'content: "☃" counter(footnote) "', LACKING),
        (
            "print.css",
            "\nbody {",
            "\nbody { colour: red;",
            "WeasyPrint: Ignored `colour: red`, unknown property; correct or delete it",
        ),
        (
            "brief.css",
            '--serif: "Source Serif 4"',
            '--serif: "Nonesuch"',
            "text was drawn in %: a PDF has Source Serif 4 and Source Sans 3 alone; "
            "name one of them",
        ),
    ],
)
def test_the_file_and_the_line_are_named(name: str, old: str, new: str, problem: str) -> None:
    text = TEMPLATES.read(name).decode()
    assert old in text
    changed = text.replace(old, new, 1)
    fault, files = fault_of(Folder().with_file(name, changed))
    found = fault_in_templates(fault, files)
    assert found is not None
    (one,) = found.problems
    assert (one.place.path, one.severity) == (f"templates/{name}", "error")
    line = changed.splitlines()[one.place.line - 1]
    assert line not in text.splitlines()
    assert problem.partition("%")[0] in one.message
    assert one.message.endswith(problem.rpartition("%")[2])


@pytest.mark.parametrize(
    "said",
    [
        "WeasyPrint ran out of memory",
        "WeasyPrint lost the note (without id) whose call is on page 3",
        "WeasyPrint: Ignored `colour: red ` at 7:5, unknown property.",
        'WeasyPrint: .notdef glyph rendered for Unicode string unsupported by fonts: "a" (U+2603)',
    ],
)
def test_what_no_file_has_stays_the_engines_fault(said: str) -> None:
    assert (
        fault_in_templates(EngineFault(said), {"templates/print.css": b"p { color: red }\n"})
        is None
    )

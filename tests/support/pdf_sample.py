"""A brief in HTML that has everything a PDF of this project can hold."""

from __future__ import annotations

from datetime import UTC, datetime

from sourcebrief.documents.pdf.metadata import Attachment
from sourcebrief.documents.properties import DocumentProperties

CSS = """
@page {
  size: A4; margin: 22mm 20mm 20mm 25mm;
  @top-left { content: string(title); font: 8pt "Source Sans 3" }
  @top-right { content: string(marking); font: 8pt "Source Sans 3" }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Source Sans 3" }
  @footnote { border-top: 0.4pt solid #777; padding-top: 4pt }
}
@page:first { @top-left { content: none } }
html { font: 10pt/1.35 "Source Serif 4"; font-variant-numeric: tabular-nums }
h1, h2, th, caption, figure { font-family: "Source Sans 3" }
h1 { string-set: title content(); font-size: 20pt }
.marking { string-set: marking content() }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9pt }
th, td { text-align: left; vertical-align: top; padding: 3pt 4pt; border-bottom: 0.4pt solid #bbb }
tr { break-inside: avoid }
.bottom-line { border-left: 3pt solid #135; padding-left: 8pt; background: #f3f5f8 }
ul ul { list-style-type: "– " }
.note { float: footnote; font-size: 7.5pt; line-height: 1.25 }
.note::footnote-call { font-size: 0.7em; vertical-align: super; line-height: 0 }
.note::footnote-marker { font-variant-position: normal; content: counter(footnote) " " }
a { color: #135; text-decoration: underline }
nav a::after { content: leader(".") target-counter(attr(href), page) }
"""

PROPERTIES = DocumentProperties(
    title="Cybersecurity engagement of two states – a record",
    author="Research & Analysis",
    subject="Who offered what, and when",
    keywords=("cybersecurity", "señales"),
    language="en-GB",
    moment=datetime(2023, 10, 1, tzinfo=UTC),
)

ATTACHMENTS = (
    Attachment(
        "evidence.json", b'{"quotes": []}', "application/json", "Data", "The evidence and its pins"
    ),
    Attachment("a seed (ñ).txt", "Señal única.\n".encode(), "text/plain", "Source"),
)

FIGURE = """
<figure id="figure"><svg xmlns="http://www.w3.org/2000/svg" role="img" width="420" height="90"
  viewBox="0 0 420 90"><title>Two thirds of the record lies in 2022</title>
  <desc>A time line with three marks: 1, 2 and 3</desc>
  <line x1="0" y1="60" x2="420" y2="60" stroke="#333"/>
  <circle cx="50" cy="60" r="6" fill="#135"/><circle cx="250" cy="60" r="6" fill="none"
  stroke="#135"/><text x="46" y="82" font-size="11" font-family="Source Sans 3">2019</text>
  <rect x="300" y="54" width="60" height="12" fill="#135" opacity="0.5"/></svg>
  <figcaption>Engagements by date, <em>numbered</em> as in the table</figcaption></figure>
"""


DOT = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
    "%3Ccircle cx='5' cy='5' r='4' fill='red'/%3E%3C/svg%3E"
)

_NAMES = ("Ada", "Bo", "Cy", "Di", "Eve", "Flo", "Gus", "Hal", "Ida", "Jo")


def row(number: int, notes: int = 1) -> str:
    calls = "".join(
        f'<span class="note" id="note-{number}-{i}">{_NAMES[number % 10]} '
        f"{_NAMES[number // 10 % 10]} English, 21 July 2019, ¶ {number}: "
        f'“So we are willing to provide technical assistance” (<a href="https://example.org/'
        f'{number}">the <em>whole</em> report</a>)</span>'
        for i in range(notes)
    )
    caveat = (
        '<div class="caveat">Reported once.<span class="note" '
        f'id="caveat-{number}">Event {number}; ¶ {number}</span></div>'
        if number % 4 == 0
        else ""
    )
    return (
        f'<tr id="event-{number}"><td>{number}</td><th scope="row">{number % 28 + 1} July 2019</th>'
        f"<td><div><b>{_NAMES[number // 10 % 10]} and {_NAMES[number % 10]} offer assistance</b>"
        f"{calls}</div>"
        f"<div>In cybersecurity, to the Presidency of the Republic; "
        f'<span lang="es">la señora ministra lo agradeció</span>.</div>{caveat}</td>'
        f"<td><div>assistance, announced</div></td></tr>"
    )


def table(rows: int = 30, notes: int = 1) -> str:
    body, start = [], 1
    for year in range(2019, 2022):
        last = rows if year == 2021 else start + rows // 3 - 1
        events = "".join(row(n, notes) for n in range(start, last + 1))
        body.append(f'<tbody><tr><th scope="rowgroup" colspan="4">{year}</th></tr>{events}</tbody>')
        start = last + 1
    return (
        "<table><caption>Events in order of date</caption><colgroup><col style='width:6%'>"
        "<col style='width:20%'><col style='width:52%'><col style='width:22%'></colgroup><thead>"
        '<tr><th scope="col">No.</th><th scope="col">Date</th><th scope="col">Event</th>'
        f'<th scope="col">Outcome</th></tr></thead>{"".join(body)}</table>'
    )


def brief(rows: int = 30, notes: int = 1, language: str = "en-GB") -> str:
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{PROPERTIES.title}</title>
<link rel="stylesheet" href="brief.css"></head><body>
<header><p class="marking">TLP:CLEAR</p><h1>Cybersecurity engagement of two states</h1>
<div class="when"><span>As of 1 October 2023</span> <span>Version 1.0</span></div></header>
<main>
<nav role="doc-toc"><ol><li><a href="#chronology">Chronology</a></li>
<li><a href="#sources">The <em>sources</em></a></li></ol></nav>
<section class="bottom-line"><h2>Bottom line</h2><p>Two states offered assistance; one agreement
was signed and its in-force date is unknown.<span class="note" id="note-a">Event 12;
<span lang="es">El Universo</span>, ¶ 12</span> See <a href="https://example.org/r">the full and
<strong>signed</strong> report, whose name is so long that it runs over the end of a line and
goes on for a good deal more</a>.</p>
</section>
<section><h2>Judgements</h2><table><thead><tr><th scope="col">Judgement</th>
<th scope="col">Confidence</th></tr></thead><tbody><tr><td>We judge that the offer stands.</td>
<td>high</td></tr></tbody></table></section>
<section><h2>Time line</h2>{FIGURE}</section>
<section id="chronology"><h2>Chronology</h2>{table(rows, notes)}</section>
<section><h2>Gaps</h2><ul><li>The text of the agreement.<ul><li>And its annex</li></ul></li>
<li>Its value</li></ul><blockquote lang="es"><p>«Una señal <em>única</em>»</p></blockquote>
<dl><dt>TLP</dt><dd>Traffic Light Protocol</dd><dt>HSI</dt><dd>Homeland Security</dd></dl></section>
<section id="sources"><h2>Sources</h2><ol><li><cite>teleSUR</cite>, 2019</li>
<li lang="es">El Universo, «Título»</li></ol></section>
<section class="annex"><h2>Annex</h2><p>The <abbr title="Traffic Light Protocol">TLP</abbr> mark.
<img alt="A red dot" width="12" height="12" src="{DOT}">
</p></section></main></body></html>"""


RESOURCES = {"brief.css": CSS.encode()}

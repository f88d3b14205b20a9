"""A page such as the brief's template makes, small, with everything that the Word edition serves.

Of no country and no record: the words are there to be recognised in the document.
"""

from __future__ import annotations

SVG = """<svg viewBox="0 0 640 150" font-family="Source Sans 3" role="img">
<title>Engagement thickens in 2022</title><desc>Two lanes: Northland, 2 marks; Southland, 1.</desc>
<linearGradient id="shade"><stop offset="0" stop-color="#1F4E8C"/></linearGradient>
<g stroke="#C9CDD2"><path d="M90 20V110M270 20V110M450 20V110M630 20V110"/></g>
<rect x="90" y="36" width="540" height="8" fill="#E8EAED"/>
<rect x="90" y="76" width="540" height="8" fill="#E8EAED"/>
<g font-size="12"><text x="0" y="44" fill="#1F4E8C" font-weight="600">Northland</text>
<text x="0" y="84" fill="#9A3B2C" font-weight="600">Southland&nbsp;&amp; Co</text>
<text x="180" y="130" text-anchor="middle">2021</text><text x="360" y="130">2022</text></g>
<circle cx="150" cy="40" r="6" fill="#1F4E8C"/><circle cx="400" cy="40" r="6" fill="url(#shade)"/>
<rect x="494" y="74" width="12" height="12" fill="none" stroke="#9A3B2C" stroke-width="2"/></svg>"""


def note(number: int, words: str) -> str:
    """Return a note as the template writes it, in the line that it belongs to."""
    return f'<span class="note" id="note-{number}">{words}</span>'


def event_row(number: int, title: str = "Patrol agreement signed") -> str:
    """Return a row of the chronology, with a note, a person, an actor and an outcome."""
    actor = number % 2 + 1
    words = (
        f"Gazette, 20 July 2021, ¶ 12: “a joint patrol, number {number}”. "
        '<a href="#s-gazette">Sources</a>'
    )
    return (
        f'<tr class="event" id="event-{number}"><th scope="row" class="number">{number}</th>'
        f'<td class="date"><time datetime="2021-07-20">20\u00a0July 2021</time></td>'
        f'<td><span class="actor actor-{actor}">Actor {actor}</span></td>'
        f"<td><p><strong>{title}.</strong>{note(100 + number, words)}</p>"
        "<p>The two sides agreed a joint patrol of the strait.</p></td>"
        "<td>Ana García, Minister</td><td>Agreement, signed</td></tr>"
    )


def page(
    events: int = 3, *, lang: str = "en-GB", title: str = "Northland and the strait", rows: str = ""
) -> str:
    """Return a whole page with ``events`` rows, two of a year."""
    body = "".join(
        (
            f'<tr class="year"><th scope="rowgroup" colspan="6">{2021 + number // 2}</th></tr>'
            if number % 2 == 0
            else ""
        )
        + event_row(number + 1)
        for number in range(events)
    )
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><style>p {{ x: y }}</style>
<script>var a = "<svg>";</script></head><body data-title="Northland and the …">
<header class="running">Running head of the PDF</header>
<main>
<header class="masthead"><p class="kicker">Policy brief</p><h1>{title}</h1>
<p class="subtitle">What was offered, agreed and left open</p>
<dl class="meta"><div><dt>As of</dt><dd>1 October 2023</dd></div>
<div><dt>Prepared by</dt><dd>Policy desk</dd></div>
<div><dt>For</dt><dd>Head of mission</dd></div></dl>
</header>
<div class="screen-only"><button>Filter</button><p>Filter by actor</p></div>
<section class="bottom-line" id="bottom-line"><h2>Bottom line</h2>
<p>Northland moved from offers to <strong>patrols</strong> within two years.
{note(1, '<a href="#event-1">Event 1</a>; Gazette, ¶ 12')}</p></section>
<section id="judgements"><h2>Key judgements</h2>
<table class="judgements"><colgroup><col style="width:22%"><col style="width:78%"></colgroup>
<thead><tr><th scope="col">Confidence</th><th scope="col">Judgement</th></tr></thead>
<tbody><tr><th scope="row">High</th><td>
<p>The offer was carried out.{note(2, "Events 1, 2")}</p></td></tr>
<tr><th scope="row">Moderate</th><td>
<p>The funds were not.{note(3, "Event 3")}</p></td></tr></tbody>
</table></section>
<figure id="figure-1"><figcaption>Figure 1. Engagement thickens in 2022</figcaption>{SVG}
<p class="figure-note">Numbers refer to Table 1. Filled marks: the day is known.</p></figure>
<section id="chronology"><h2>Chronology of engagement</h2>
<table class="chronology" data-description="Each event with its date, actor, people and outcome.">
<caption>Table 1. Engagements on record, 2021–2022</caption>
<colgroup><col style="width:5%"><col style="width:14%"><col style="width:12%">
<col style="width:40%"><col style="width:15%"><col style="width:14%"></colgroup>
<thead><tr><th scope="col"><abbr title="Number">No</abbr></th><th scope="col">Date</th>
<th scope="col">Actor</th><th scope="col">Event</th><th scope="col">People</th>
<th scope="col">Outcome</th></tr></thead><tbody>{body}{rows}</tbody></table></section>
<section id="actors"><h2>What each actor did</h2>
<section><h3><svg aria-hidden="true" viewBox="0 0 8 8" data-docx="● "><circle r="4"/></svg><span
class="actor actor-1">Actor 1</span></h3>
<dl class="facts"><dt>Engagements</dt><dd>2</dd><dt>Counterparts</dt><dd>Navy, Coast guard</dd></dl>
<p>It offered patrols and <em>signed</em> for them.
{note(4, 'See <a href="https://example.org/a?b=1&amp;c=2">a <em>Gazette</em></a>')}</p>
</section></section>
<section id="gaps"><h2>Gaps in the record</h2><ul><li>The <q>strait</q> has no map.</li>
<li>One seed is undated.</li></ul></section>
<section id="sources"><h2>Sources</h2><ol class="sources">
<li id="s-gazette" lang="es"><em>Gaceta</em>, «Patrulla conjunta», 20 de julio de 2021.
<a href="https://example.org/gaceta">https://example.org/gaceta</a>.</li>
<li id="s-unused">Another source.</li></ol></section>
<section id="annex"><h2>Evidence</h2><section><h3>1. Patrol agreement signed</h3>
<p class="quotation-source">Gazette, ¶ 12</p>
<blockquote lang="es"><p>«una patrulla conjunta»</p></blockquote>
<p><a href="#gone">Back to the filter</a></p></section></section>
</main></body></html>"""

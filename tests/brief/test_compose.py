"""The brief's view: a pure function of what was curated and proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import views
from sourcebrief.brief.compose import compose
from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.view import BriefView, Html
from timelines import words

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.brief.manifest import EventIn

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"
EDITION = "0123456789ab"


def view_of(workspace: Workspace) -> BriefView:
    return views.view_of(workspace.composition(), edition=EDITION)


def test_rows_carry_what_the_record_says(workspace: Workspace) -> None:
    pact, offer = view_of(workspace).rows
    assert (pact.number, pact.id, pact.date, pact.basis) == (1, "pact", "12 May 2021", "stated")
    assert [lane.short for lane in pact.lanes] == ["Interior"]  # the part rolls up
    assert [actor.short for actor in pact.counterparts] == ["Ports"]
    assert pact.summary == "The two signed a pact on container scanning."
    assert pact.origins == 2
    assert (offer.basis, offer.date_note) == ("inferred", "The day of the report.")
    assert [(o.kind, o.status, o.text) for o in offer.outcomes] == [
        ("assistance", "announced", "Scanners for the harbour")
    ]
    assert offer.caveat is not None
    assert "Almanac Press†, 2020" in offer.caveat.replace("</a>", "")


def test_a_person_is_printed_in_the_role_held_on_the_date(workspace: Workspace) -> None:
    people = view_of(workspace).rows[0].people
    assert [(p.name, p.role, p.affiliation) for p in people] == [
        ("Ana Ruiz", "Minister of Ports", "Ports"),
        ("Tom Hale", "Director of the Coast Office", "Coast Office"),
    ]


def test_the_figures_of_a_followed_actor(workspace: Workspace) -> None:
    (summary,) = view_of(workspace).summaries
    assert (summary.engagements, summary.first, summary.last) == (2, "12 May 2021", "14 May 2021")
    assert summary.counterparts == ("Ports",)
    assert [(one.status_label, one.count) for one in summary.outcomes] == [("announced", 1)]


def test_a_part_is_no_engagement_beside_its_whole(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "    themes: [equipment]", "    part_of: pact\n    themes: [equipment]")
    view = view_of(workspace)
    assert [(row.depth, row.part_of) for row in view.rows] == [(0, None), (1, 1)]
    assert view.summaries[0].engagements == 1
    # Its outcome is an outcome all the same.
    assert [one.count for one in view.summaries[0].outcomes] == [1]


def test_every_quotation_of_every_event_is_in_the_annex(workspace: Workspace) -> None:
    annex = view_of(workspace).annex
    assert [[(q.text, q.source, q.locator) for q in entry.quotations] for entry in annex] == [
        [
            (
                "met the Director of the Coast Office, Tom Hale, on 12 May 2021 in Port Almera",
                "Gazette",
                "¶\u00a03",
            ),
            ("the pact on container scanning was signed", "Wire", "¶\u00a01"),
        ],
        [("The Office will send three scanners to the harbour", "Wire", "¶\u00a02")],
    ]


def test_only_cited_sources_are_listed(workspace: Workspace) -> None:
    assert {s.id for s in view_of(workspace).sources} == {
        "gazette-2021",
        "wire-2021",
        "almanac-2020",
    }
    workspace.edit(EVENTS, " [@almanac-2020]", "")
    view = view_of(workspace)
    assert [source.id for source in view.sources] == ["gazette-2021", "wire-2021"]
    assert [source.outside for source in view.sources] == [False, False]


def test_commitments_are_the_outcomes_with_their_events(workspace: Workspace) -> None:
    (commitment,) = view_of(workspace).commitments
    assert (commitment.outcome.text, commitment.row.number) == ("Scanners for the harbour", 2)


def test_free_sections_stand_after_the_section_that_they_name(workspace: Workspace) -> None:
    path = workspace.root / BRIEF
    path.write_text(
        path.read_text("utf-8")
        + "sections:\n"
        + "  - {heading: Options, text: Wait., after: gaps}\n"
        + "  - {heading: Lines to take, text: None.}\n",
        "utf-8",
    )
    sections = view_of(workspace).sections
    assert {name: [one.heading for one in found] for name, found in sections.items()} == {
        "gaps": ["Options"],
        "actors": ["Lines to take"],
    }


def test_authored_text_is_escaped_wherever_it_stands(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "text: Scanners for the harbour", "text: '<b>Scanners</b> & more'")
    workspace.edit(EVENTS, "note: The day of the report.", "note: The day <i>before</i>.")
    view = view_of(workspace)
    assert view.rows[1].outcomes[0].text == "&lt;b&gt;Scanners&lt;/b&gt; &amp; more"
    assert view.rows[1].date_note == "The day &lt;i&gt;before&lt;/i&gt;."


@pytest.mark.parametrize(
    ("reference", "led"),
    [
        ("Gazette, 2021.", "<b>Gazette</b>, 2021."),
        ("<em>Gazette</em>, 2021.", "<b>Gazette</b>, 2021."),
        ("<em>Gazette of Almera</em>, 2021.", "<b>Gazette</b><em> of Almera</em>, 2021."),
        ("<em>Gazettes</em>, 2021.", "<b>Gazette</b>: <em>Gazettes</em>, 2021."),
        ("Ruiz, Ana, Gazette, 2021.", "<b>Gazette</b>: Ruiz, Ana, Gazette, 2021."),
    ],
)
def test_a_reference_begins_with_the_name_that_notes_use(
    workspace: Workspace, reference: str, led: str
) -> None:
    references = {"gazette-2021": Html(reference)}
    manifest = manifest_of(workspace.composition())
    (source,) = compose(manifest, words(), references, EDITION).sources
    assert source.reference == led


def test_a_source_without_another_name_has_its_title_once(workspace: Workspace) -> None:
    manifest = manifest_of(workspace.composition())
    (gazette,) = (one for one in manifest["sources"] if one["id"] == "gazette-2021")
    gazette["short"] = title = gazette["csl"]["title"]
    references = {"gazette-2021": Html(f"“{title}”, 2021.")}
    (source,) = compose(manifest, words(), references, EDITION).sources
    assert source.reference == f"“<b>{title}</b>”, 2021."


def test_sources_are_in_the_order_of_those_names(workspace: Workspace) -> None:
    references = {one: Html("X.") for one in ("wire-2021", "gazette-2021", "almanac-2020")}
    view = compose(manifest_of(workspace.composition()), words(), references, EDITION)
    assert [one.short for one in view.sources] == ["Almanac Press", "Gazette", "Wire"]


def test_a_title_in_another_language_is_tagged_with_it(workspace: Workspace) -> None:
    title = "Harbour ministers sign a pact"
    manifest = manifest_of(workspace.composition())
    (gazette,) = (one for one in manifest["sources"] if one["id"] == "gazette-2021")
    gazette["csl"]["language"] = "es-EC"
    references = {"gazette-2021": Html(f"Gazette, “{title}”, 2021.")}
    (source,) = compose(manifest, words(), references, EDITION).sources
    assert source.reference == f'<b>Gazette</b>, “<span lang="es-EC">{title}</span>”, 2021.'


def test_the_same_input_gives_the_same_view(workspace: Workspace) -> None:
    assert view_of(workspace) == view_of(workspace)


WHOLES = {"us": None, "dhs": "us", "hsi": "dhs", "eu": None, "port": None}
"""Actors, and what each is a part of."""


def event(number: int, key: str, *actors: str, part_of: str | None = None) -> EventIn:
    return {
        "number": number,
        "id": key,
        "date": {"value": f"202{number}", "worded": "", "basis": "stated", "sources": []},
        "title": "T",
        "actors": [{"id": actor, "name": actor} for actor in actors],
        "people": [],
        "themes": [],
        "summary": {"text": "S", "paragraphs": []},
        "outcomes": [],
        "part_of": part_of,
        "evidence": [],
        "origins": 1,
    }


def composed(events: list[EventIn], followed: list[str]) -> BriefView:
    actors = [
        {"id": key, "name": key.upper(), "short": key, **({"part_of": whole} if whole else {})}
        for key, whole in WHOLES.items()
    ]
    brief = {
        **dict.fromkeys(("title", "version", "prepared_by", "marking"), "T"),
        "as_of": "2023",
        "status": "draft",
        "language": "en-GB",
        "page": "A4",
        "bottom_line": {"text": "B"},
        "judgements": [],
        "gaps": [],
        "sections": [],
        "actors": [{"id": key, "name": key.upper()} for key in followed],
    }
    manifest = {"briefing": "b", "brief": brief, "actors": actors, "events": events, "sources": []}
    return compose(manifest, words(), {}, EDITION)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("actors", "followed", "lanes"),
    [
        (["hsi"], ["us", "dhs", "eu"], ("dhs",)),  # the nearest followed parent
        (["hsi"], ["us", "eu"], ("us",)),
        (["hsi"], ["hsi", "dhs"], ("hsi",)),
        (["hsi", "us"], ["us", "dhs"], ("us", "dhs")),
        (["eu", "hsi"], ["dhs", "eu"], ("dhs", "eu")),  # in the brief's order
        (["hsi", "dhs"], ["dhs"], ("dhs",)),
        (["us"], ["dhs"], ()),  # a whole does not roll down
        (["port"], ["dhs", "eu"], ()),  # the lane Others
    ],
)
def test_the_lanes_of_an_event(
    actors: list[str], followed: list[str], lanes: tuple[str, ...]
) -> None:
    (row,) = composed([event(1, "a", *actors)], followed).rows
    assert tuple(actor.id for actor in row.lanes) == lanes


def test_parts_of_parts_are_engagements_only_where_their_whole_is_not_selected() -> None:
    award = event(2, "award", "dhs", part_of="visit")
    speech = event(3, "speech", "dhs", part_of="award")
    view = composed([event(1, "visit", "dhs"), award, speech, event(4, "loan", "eu")], ["dhs"])
    assert [row.depth for row in view.rows] == [0, 1, 2, 0]
    assert view.summaries[0].engagements == 1
    award["part_of"] = None
    assert composed([award, speech], ["dhs"]).summaries[0].engagements == 1


def test_the_short_edition_links_only_to_what_it_shows(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "  - id: pact", "  - id: pact\n    key: true")
    view = views.view_of(workspace.composition(), layout="short")
    assert [row.key for row in view.rows] == [True, False]
    assert 'href="#event-pact">1</a>' in view.bottom_line
    assert "#event-offer" not in view.bottom_line
    assert "#source-" not in "".join(view.gaps)


def test_a_program_that_proposed_text_is_named(workspace: Workspace) -> None:
    assert view_of(workspace).drafted_with is None
    workspace.edit(BRIEF, 'version: "1"', 'version: "1"\ndrafted_with: Example 1.0')
    assert view_of(workspace).drafted_with == "Example 1.0"


def test_who_read_the_statements_is_named_until_one_changes(workspace: Workspace) -> None:
    assert view_of(workspace).read_by is None
    digest = workspace.composition().sheet.digest[:12]
    review = f"reviewed_by: {{name: Ana Ruiz, date: 2021-06-02, statements: {digest}}}"
    workspace.edit(BRIEF, 'version: "1"', f'version: "1"\n{review}')
    view = view_of(workspace)
    assert (view.read_by, view.read_on) == ("Ana Ruiz", "2 June 2021")
    workspace.edit("briefings/port/events.yaml", "would send scanners", "would send them")
    assert view_of(workspace).read_by is None

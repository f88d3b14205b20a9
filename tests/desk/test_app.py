"""What the desk's browser asks for: the page, problems, documents, a selection, and the edits."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from live_desk import LiveDesk, desk_of_the_port, open_desk  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"


def test_the_shell_names_the_briefing_and_asks_nothing_of_others(desk: LiveDesk) -> None:
    shell = desk.get("/").text
    assert '<h1><span class="title">Scanning in Port Almera</span>' in shell
    assert "http" not in shell.replace("http-equiv", "")
    for name in ("desk.css", "desk.js", "icon.svg", "sans.woff2", "serif.woff2"):
        assert desk.get(f"/static/{name}").status_code == 200
    for name in ("../brief.css", "..%2fbrief.css", "desk.html.j2", "nothing"):
        assert desk.get(f"/static/{name}").status_code == 404


def test_the_page_is_the_web_page_in_either_layout(desk: LiveDesk) -> None:
    full, short = (desk.get(f"/page/{layout}").text for layout in ("full", "short"))
    assert 'id="event-pact"' in full
    assert 'class="short"' in short or "short" in short
    assert "parent.postMessage" in full
    assert desk.get("/page/other").status_code == 404


def test_problems_lead_to_the_page_the_document_and_the_editor(desk: LiveDesk) -> None:
    assert "No problem" in desk.get("/problems").text
    desk.workspace.edit(EVENTS, "three scanners to", "four scanners to")
    desk.session.refresh()
    shown = desk.get("/problems").text
    assert "does not stand in wire-2021" in shown
    assert 'data-show="event-offer"' in shown
    assert 'data-open="wire-2021"' in shown
    assert f'href="vscode://file{desk.workspace.root}/{EVENTS}:' in shown


def test_documents_are_listed_searched_and_shown_with_what_rests_on_them(desk: LiveDesk) -> None:
    listed = desk.get("/documents").text
    assert listed.index("Coast Office confirms pact") < listed.index("Harbour ministers sign")
    hits = desk.get("/documents", params={"q": "radar pictures"}).text
    assert "We will share radar pictures" in hits
    assert 'data-open="gazette-2021" data-around="5"' in hits
    shown = desk.get("/documents/gazette-2021").text
    assert "<mark>met the Director of the Coast Office" in shown
    assert 'data-show="event-pact"' in shown
    assert 'class="para ignored"' in shown
    assert desk.get("/documents/nothing").status_code == 404
    assert desk.get("/documents/..%2f..%2fetc").status_code == 404


def test_a_selection_is_shown_as_yaml_with_what_is_wrong(desk: LiveDesk) -> None:
    span = desk.span("gazette-2021", "Both sides signed a pact")
    found = desk.get("/proposal", params={"seed": "gazette-2021", "span": ".".join(map(str, span))})
    assert "<b>Evidence.</b> It stands in ¶ 4" in found.text
    assert "- seed: gazette-2021\n" in found.text
    assert "quote: Both sides signed a pact</pre>" in found.text
    cut = [span[0], span[1], span[2], span[3] - 2]
    wrong = desk.get("/proposal", params={"seed": "gazette-2021", "span": ".".join(map(str, cut))})
    assert "cuts the word “pact”" in wrong.text
    longer = desk.get(
        "/proposal", params={"seed": "gazette-2021", "span": ".".join(map(str, cut)), "grow": 1}
    )
    assert "quote: Both sides signed a pact</pre>" in longer.text
    assert f'data-spans="{".".join(map(str, span))}"' in longer.text


def test_a_repeated_selection_may_name_its_paragraph(desk: LiveDesk) -> None:
    span = desk.span("wire-2021", "The Office will send three scanners")
    spelt = ".".join(map(str, span))
    found = desk.get("/proposal", params={"seed": "wire-2021", "span": spelt}).text
    assert "stands more than once" not in found or 'data-do="grow"' in found


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("The Coast Office confirmed on 14 May 2021", "stated"),
        ("The radar station opens on 1 June 2022", "inferred"),
    ],
)
def test_a_day_that_the_quotation_states_is_the_event_s_if_its_document_is_not_older(
    desk: LiveDesk, words: str, basis: str
) -> None:
    desk.workspace.edit("seeds/wire.txt", "opens next year", "opens on 1 June 2022")
    desk.session.refresh()
    spelt = ".".join(map(str, desk.span("wire-2021", words)))
    form = desk.get("/proposal", params={"seed": "wire-2021", "span": spelt}).text
    assert 'name="date" required value="2021-05-14"' in form
    assert ('<option value="inferred" selected' in form) == (basis == "inferred")


@pytest.mark.parametrize(
    "asked",
    [
        {"seed": "nothing", "span": "1.0.1.5"},
        {"seed": "wire-2021", "span": "99.0.99.5"},
        {"seed": "wire-2021", "span": "1.0"},
        {"seed": "wire-2021", "span": "-1.0.1.5"},
        {"seed": "wire-2021", "span": "a.b.c.d"},
        {"seed": "wire-2021", "span": "1.0.1.9", "paragraph": "x"},
        {"seed": "wire-2021", "span": "1.0.1.9" + "9" * 5000},
    ],
)
def test_a_selection_that_does_not_fit_is_refused_in_a_line(
    desk: LiveDesk, asked: dict[str, str]
) -> None:
    answer = desk.get("/proposal", params=asked)
    assert answer.status_code in (404, 422)
    assert answer.json()["fault"]


def test_evidence_is_added_and_taken_back(desk: LiveDesk) -> None:
    before = desk.text(EVENTS)
    spans = [desk.span("gazette-2021", "Both sides signed a pact")]
    done = desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="pact")
    assert done.json() == {
        "said": f"Added to “Pact on container scanning signed” in {EVENTS}.",
        "event": "pact",
    }
    added = "      - seed: gazette-2021\n        quote: Both sides signed a pact\n"
    assert desk.text(EVENTS).replace(added, "") == before
    assert desk.workspace.run("check").code == 0
    what = f"the evidence for “Pact on container scanning signed” in {EVENTS}."
    assert desk.post("/edit/undo").json()["said"] == f"Took back: {what}"
    assert desk.text(EVENTS) == before
    assert desk.post("/edit/redo").json()["said"] == f"Wrote again: {what}"
    assert desk.text(EVENTS).replace(added, "") == before
    desk.post("/edit/undo")
    assert desk.post("/edit/undo").status_code == 422


def test_an_elided_quotation_with_its_note_is_added(desk: LiveDesk) -> None:
    spans = [
        desk.span("gazette-2021", "Both sides signed a pact"),
        desk.span("gazette-2021", "1,500 dollars a day"),
    ]
    desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="pact", note="Cut.")
    assert "quote: Both sides signed a pact [...] 1,500 dollars a day" in desk.text(EVENTS)
    assert "note: Cut." in desk.text(EVENTS)


def test_an_event_is_written_from_a_selection(desk: LiveDesk) -> None:
    done = desk.post(
        "/edit/event",
        seed="gazette-2021",
        spans=[desk.span("gazette-2021", "We will share radar pictures with our neighbours")],
        title="Minister promises radar pictures",
        date="2021-05-13",
        basis="inferred",
        date_note="The day of the report.",
        actors=["ports"],
        summary="The Minister said that radar pictures would be shared.",
    )
    assert done.json()["event"] == "minister-promises-radar-pictures"
    ran = desk.workspace.run("check")
    assert (ran.code, ran.err) == (0, "")
    assert 'id="event-minister-promises-radar-pictures"' in desk.get("/page/full").text


def test_an_event_may_bring_actors_who_are_not_listed(desk: LiveDesk) -> None:
    done = desk.post(
        "/edit/event",
        seed="gazette-2021",
        spans=[desk.span("gazette-2021", "We will share radar pictures with our neighbours")],
        title="Minister promises radar pictures",
        date="2021-05-13",
        basis="inferred",
        date_note="The day of the report.",
        new_actor="Ministry of Defence; Navy, the; ",
        summary="The Minister said that radar pictures would be shared.",
    )
    assert done.json()["event"] == "minister-promises-radar-pictures"
    assert "- ministry-of-defence\n      - navy-the\n" in desk.text(EVENTS)
    assert desk.workspace.run("check").code == 0
    desk.post("/edit/undo")
    assert "ministry-of-defence" not in desk.text(EVENTS)


def test_a_form_that_lacks_something_says_all_of_it(desk: LiveDesk) -> None:
    spans = [desk.span("gazette-2021", "Both sides signed a pact")]
    answer = desk.post("/edit/event", seed="gazette-2021", spans=spans, title="Pact")
    assert list(answer.json()["fields"]) == ["date", "new_actor", "summary"]
    faults = [
        desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event=event).json()["fields"]
        for event in ("", "pacts")
    ]
    assert faults[0] == {"event": "choose the event to add it to"}
    assert faults[1] == {"event": "no event 'pacts' can be read; did you mean 'pact'?"}


def test_words_that_the_browser_did_not_see_are_not_written(desk: LiveDesk) -> None:
    shown = re.search('data-text="([^"]+)"', desk.get("/documents/gazette-2021").text)
    assert shown
    seen = {"seed": "gazette-2021", "text": shown[1]}
    span = desk.span("gazette-2021", "Both sides signed a pact")
    spelt = ".".join(map(str, span))
    assert "Evidence." in desk.get("/proposal", params={**seen, "span": spelt}).text
    # Nobody has told the session yet.
    desk.workspace.edit("seeds/gazette.txt", "Both sides signed", "Both sides denied")
    before = desk.text(EVENTS)
    for answer in (
        desk.post("/edit/evidence", **seen, spans=[span], event="pact"),
        desk.post("/edit/event", **seen, spans=[span], title="Pact"),
        desk.get("/proposal", params={**seen, "span": spelt}),
    ):
        assert answer.status_code == 409
        assert "gazette-2021 has changed since these words were selected" in answer.json()["fault"]
    assert desk.text(EVENTS) == before


def test_a_passage_is_quoted_for_an_event_once(desk: LiveDesk) -> None:
    spans = [desk.span("gazette-2021", "Both sides signed a pact")]
    asked = {"seed": "gazette-2021", "span": ".".join(map(str, spans[0]))}
    assert "Quoted already" not in desk.get("/proposal", params=asked).text
    desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="pact")
    assert "Quoted already" in desk.get("/proposal", params=asked).text
    again = desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="pact").json()
    assert "quotes this passage already" in again["fields"]["event"]
    assert desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="offer").is_success


def test_a_date_is_written_as_stated_only_where_the_quotation_states_it(desk: LiveDesk) -> None:
    given = {
        "seed": "wire-2021",
        "spans": [desk.span("wire-2021", "The Coast Office confirmed on 14 May 2021")],
        "title": "Office confirms",
        "actors": ["ports"],
        "summary": "The Office confirmed it.",
        "basis": "stated",
    }
    for date in ("2021-05-15", "2021-05-14?"):
        assert list(desk.post("/edit/event", **given, date=date).json()["fields"]) == ["date"]
    for date in ("2021-05-14", "2021-05"):
        assert desk.post("/edit/event", **given, date=date).is_success
        assert "is given as stated" not in desk.workspace.run("check").err
        desk.post("/edit/undo")


def test_an_actor_who_is_named_otherwise_in_case_or_spaces_is_the_known_one(
    desk: LiveDesk,
) -> None:
    record = desk.session.moment.reading.record  # type: ignore[union-attr]
    assert record is not None
    name = record.actors["ports"].value.name
    desk.post(
        "/edit/event",
        seed="gazette-2021",
        spans=[desk.span("gazette-2021", "We will share radar pictures with our neighbours")],
        title="Minister promises radar pictures",
        date="2021-05-13",
        basis="inferred",
        date_note="The day of the report.",
        new_actor=f"{name.upper().replace(' ', '  ')}; New Navy; new navy",
        summary="The Minister said that radar pictures would be shared.",
    )
    assert "    actors:\n      - ports\n      - new-navy\n    summary" in desk.text(EVENTS)


def test_an_event_is_chosen_by_its_title_too(desk: LiveDesk) -> None:
    spans = [desk.span("gazette-2021", "We will share radar pictures with our neighbours")]
    title = desk.session.moment.reading.events["pact"].value.title  # type: ignore[union-attr]
    for words in (title.upper(), title[3:]):
        done = desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event=words)
        assert done.json()["event"] == "pact"
        desk.post("/edit/undo")
    vague = desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="e").json()
    assert "events have 'e' in their titles; choose one" in vague["fault"]


def test_the_yaml_shows_a_translation_and_a_note_as_they_will_be_written(desk: LiveDesk) -> None:
    span = ".".join(map(str, desk.span("gazette-2021", "Both sides signed a pact")))
    typed = {"translation": "Ambas partes firmaron un pacto", "note": "Of both"}
    found = desk.get("/proposal", params={"seed": "gazette-2021", "span": span, **typed}).text
    assert re.search(r"translation: Ambas partes firmaron un pacto\n *note: Of both</pre>", found)


def test_a_figure_that_only_the_translation_has_is_said_before_it_is_written(
    desk: LiveDesk,
) -> None:
    desk.workspace.edit("briefings/port/brief.yaml", "language: en-GB", "language: es")
    desk.session.refresh()
    span = ".".join(map(str, desk.span("gazette-2021", "Both sides signed a pact")))
    for words, doubted in (("Firmaron 3 pactos", True), ("Firmaron un pacto", False)):
        asked = {"seed": "gazette-2021", "span": span, "translation": words}
        shown = desk.get("/proposal", params=asked).text
        assert ("the translation has 3, which the quotation lacks" in shown) == doubted


def test_a_language_that_nobody_knows_is_said_and_no_fault_of_the_server(desk: LiveDesk) -> None:
    desk.workspace.edit("briefings/port/brief.yaml", "language: en-GB", "language: es-GB")
    desk.session.refresh()
    span = ".".join(map(str, desk.span("gazette-2021", "Both sides signed a pact")))
    asked = {"seed": "gazette-2021", "span": span, "translation": "3"}
    answer = desk.get("/proposal", params=asked)
    assert (answer.status_code, "not a language" in answer.json()["fault"]) == (422, True)


def test_what_is_no_evidence_is_not_written(desk: LiveDesk) -> None:
    before = desk.text(EVENTS)
    spans = [desk.span("gazette-2021", "Both")]
    answer = desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="pact")
    assert "too short" in answer.json()["fault"]
    assert desk.text(EVENTS) == before


def test_a_file_that_changed_underneath_is_not_written_over(desk: LiveDesk) -> None:
    assert desk.session.moment is not None
    seen = dict(desk.session.moment.reading.hashes)
    desk.workspace.edit(EVENTS, "Pact on container scanning signed", "Pact signed")
    mine = desk.text(EVENTS)
    spans = [desk.span("gazette-2021", "Both sides signed a pact")]
    answer = desk.post(
        "/edit/evidence", seed="gazette-2021", spans=spans, event="pact", hashes=seen
    )
    assert answer.status_code == 409
    assert "was changed meanwhile, so nothing was written" in answer.json()["fault"]
    assert desk.text(EVENTS) == mine
    # It has been read since, so that the same edit can be made now.
    assert desk.post("/edit/evidence", seed="gazette-2021", spans=spans, event="pact").is_success


def test_an_edit_of_broken_yaml_is_refused(desk: LiveDesk) -> None:
    path = desk.workspace.root / EVENTS
    path.write_text(desk.text(EVENTS) + "  - {id: [\n", "utf-8")
    spans = [desk.span("gazette-2021", "Both sides signed a pact")]
    import hashlib

    hashes = {EVENTS: hashlib.sha256(path.read_bytes()).hexdigest()}
    answer = desk.post(
        "/edit/evidence", seed="gazette-2021", spans=spans, event="pact", hashes=hashes
    )
    assert answer.status_code == 422
    assert "nothing was written, since a file cannot be read now" in answer.json()["fault"]


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{", b"[" * 100_000, b'{"spans": 1}', b"x" * 300_000, b"\xff"),
        b'{"seed": "wire-2021", "spans": [[1, 0, 1, 9]], "event": "\\ud800"}',
        b'{"seed": "wire-2021", "spans": [[1e999, 0, 1, 9]], "event": "pact"}',
    ],
)
def test_a_body_that_is_no_form_is_refused(desk: LiveDesk, body: bytes) -> None:
    answer = desk.browser.post(
        "/edit/evidence",
        content=body,
        headers={"origin": "http://127.0.0.1:7373", "content-type": "application/json"},
    )
    assert answer.status_code in (404, 422)
    assert answer.json()["fault"]


def test_hostile_words_are_text(workspace: Workspace) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{ 191*211 }}"
    seed = workspace.root / "seeds/wire.txt"
    text = seed.read_text("utf-8") + f"\n\n{hostile}\n"
    seed.write_text(text, "utf-8")
    workspace.edit(
        "seeds/seeds.yaml", "title: Coast Office confirms pact", f"title: {json.dumps(hostile)}"
    )
    desk = open_desk(workspace)
    for path in ("/", "/documents", "/documents/wire-2021", "/problems"):
        shown = desk.get(path).text
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert "40301" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in desk.get("/documents/wire-2021").text


def test_the_last_good_page_stays_while_the_yaml_is_broken(desk: LiveDesk) -> None:
    good = desk.get("/page/full").content
    desk.workspace.edit(EVENTS, "events:", "events: [")
    desk.session.refresh()
    assert desk.session.moment is not None
    assert desk.session.moment.stale
    assert desk.get("/page/full").content == good
    assert "not YAML" in desk.get("/problems").text
    assert desk.get("/documents/wire-2021").status_code == 200


def test_without_a_page_the_frame_says_so(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "events:", "events: [")
    desk = open_desk(workspace)
    assert "No page yet" in desk.get("/page/full").text
    assert desk.get("/pdf").status_code == 404


def test_an_unreadable_catalogue_is_a_problem_too(workspace: Workspace) -> None:
    (workspace.root / "seeds/seeds.yaml").unlink()
    desk = open_desk(workspace)
    assert "there is no such file" in desk.get("/problems").text
    assert "no document yet" in desk.get("/documents").text

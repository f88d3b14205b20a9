"""The desk in a real Chromium: what its user sees and does. Skipped where there is no Chromium."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("playwright", reason="there is no playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Workspace

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]
EVENTS, BRIEF = "briefings/port/events.yaml", "briefings/port/brief.yaml"
WIDE = {"width": 1400, "height": 900}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def served(root: Path, port: str = "") -> Iterator[str]:
    """Serve the workspace's briefing; gives the address that is printed."""
    command = [sys.executable, "-m", "sourcebrief", "serve", "--no-open", "-C", str(root)]
    command += ["--port", port] if port else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http\S+", server.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


@dataclass
class Seen:
    """The desk in a tab, and all that it asked for and complained of."""

    page: Page
    workspace: Workspace
    address: str
    asked: list[str]
    said: list[str]

    def text(self, path: str) -> str:
        return (self.workspace.root / path).read_text("utf-8")

    def frame(self) -> Frame:
        """The frame of the page that is shown."""
        handle = self.page.locator("iframe:not(.coming)").element_handle()
        frame = handle.content_frame()
        assert frame is not None
        return frame

    def shown(self, words: str) -> None:
        """Wait until the page that is shown has some words."""
        expect(self.page.frame_locator("iframe:not(.coming)").locator("body")).to_contain_text(
            words, timeout=20_000
        )

    def open(self, document: str) -> None:
        self.page.click(f"#list [data-open={document}]")
        self.page.wait_for_selector(f"article[data-id={document}]")

    def select(self, paragraph: int, words: str, *modifiers: str) -> None:
        """Select words of a paragraph with the mouse, as a hand does."""
        self.page.evaluate("document.fonts.ready")
        ends = self.page.evaluate(
            """([n, words]) => {
              const p = document.querySelector(`[data-n="${n}"]`);
              p.scrollIntoView({ block: "center" });
              const at = p.textContent.indexOf(words);
              const place = (offset, end) => {
                const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
                let done = 0;
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                  if (offset < done + node.length) {
                    const range = document.createRange();
                    range.setStart(node, offset - done);
                    range.setEnd(node, offset - done + 1);
                    const box = range.getBoundingClientRect();
                    return [end ? box.right - 0.5 : box.left + 0.5, (box.top + box.bottom) / 2];
                  }
                  done += node.length;
                }
              };
              return [place(at, false), place(at + words.length - 1, true)];
            }""",
            [paragraph, words],
        )
        for key in modifiers:
            self.page.keyboard.down(key)
        self.page.mouse.move(*ends[0])
        self.page.mouse.down()
        self.page.mouse.move(*ends[1], steps=4)
        self.page.mouse.up()
        for key in modifiers:
            self.page.keyboard.up(key)


@contextmanager
def at_the_desk(browser: Browser, workspace: Workspace, **how: Any) -> Iterator[Seen]:
    how.setdefault("viewport", WIDE)
    with served(workspace.root) as address:
        context = browser.new_context(**how)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        seen = Seen(page, workspace, address, [], [])
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda fault: seen.said.append(str(fault)))
        page.on("dialog", lambda dialog: (seen.said.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        page.wait_for_selector("iframe:not(.coming)", timeout=30_000)
        page.wait_for_selector("#list li", state="attached")
        yield seen
        context.close()


@pytest.fixture
def seen(chromium: Browser, workspace: Workspace) -> Iterator[Seen]:
    with at_the_desk(chromium, workspace) as seen:
        yield seen


def test_selected_words_become_evidence_that_check_accepts_and_are_taken_back(seen: Seen) -> None:
    before = seen.text(EVENTS)
    assert "token" not in seen.page.url
    seen.open("gazette-2021")
    seen.select(4, "Both sides signed a pact")
    expect(seen.page.locator(".verdict")).to_contain_text("Evidence. It stands in ¶ 4, once.")
    seen.page.click("[data-do=copy]")
    expect(seen.page.locator("#said")).to_have_text("Copied.")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied == "      - seed: gazette-2021\n        quote: Both sides signed a pact\n"
    seen.page.fill("[name=event]", "pact")
    seen.page.click("text=Add to event")
    expect(seen.page.locator("#toast")).to_contain_text("Added to “Pact on container")
    assert seen.text(EVENTS).replace(copied, "") == before
    assert seen.workspace.run("check").code == 0
    expect(seen.page.locator("#p4 mark")).to_have_text("Both sides signed a pact")
    seen.shown("“Both sides signed a pact”")
    seen.page.click("text=Undo edit")
    expect(seen.page.locator("#toast")).to_contain_text("Took back: the evidence for “")
    assert seen.text(EVENTS) == before
    expect(seen.page.locator("#p4 mark")).to_have_count(0)
    assert seen.said == []


def test_two_selections_with_a_key_held_leave_words_out(seen: Seen) -> None:
    seen.open("gazette-2021")
    seen.select(4, "Both sides signed a pact")
    expect(seen.page.locator("#yaml")).to_contain_text("signed a pact")
    seen.select(4, "1,500 dollars a day", "Control")
    expect(seen.page.locator("#yaml")).to_contain_text("Both sides signed a pact [...] 1,500 dol")


def test_a_repeated_or_cut_selection_grows_on_request(seen: Seen) -> None:
    seen.open("wire-2021")
    seen.select(3, "send three scanners")
    expect(seen.page.locator(".verdict")).to_contain_text("stands more than once in wire-2021")
    seen.page.click("text=Name ¶ 3")
    expect(seen.page.locator("#yaml")).to_contain_text("paragraph: 3")
    seen.select(1, "firmed on 14 M")
    expect(seen.page.locator(".verdict")).to_contain_text("cuts the word “confirmed”")
    seen.page.click("text=Make it longer")
    expect(seen.page.locator("#yaml")).to_contain_text("confirmed on 14 May")


def test_by_keyboard_alone(seen: Seen) -> None:
    page = seen.page
    for key in ("Tab", "Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("confirms")
    page.wait_for_selector("#list [data-open=wire-2021]")
    expect(page.locator("#list .list li")).to_have_count(1)
    for key in ("Tab", "End", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("article[data-id=wire-2021]")
    expect(page.locator("[data-n='1']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    for key in ("ArrowRight", *["Shift+ArrowRight"] * 5):
        page.keyboard.press(key)
    expect(page.locator("#yaml")).to_contain_text("quote: The radar station opens next year")
    page.keyboard.press("+")
    expect(page.locator("[data-do=piece]")).to_have_attribute("aria-pressed", "true")
    for key in (*["ArrowRight"] * 4, *["Shift+ArrowRight"] * 3):
        page.keyboard.press(key)
    expect(page.locator("#yaml")).to_contain_text("next year, [...] will send three scanners")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "event":
            break
    page.keyboard.type("offer")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("Added to “Coast Office promises")
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("Took back: the evidence for “")


def test_keys_go_from_pane_to_pane_and_out_of_the_page(seen: Seen) -> None:
    page, frame = seen.page, seen.frame()
    order = ["page", "documents", "problems", "page"]
    for pane in order:
        page.keyboard.press("F6")
        expect(page.locator(f"#pane-{pane}")).to_be_focused()
    frame.focus("#sources a >> nth=0")
    page.wait_for_timeout(100)
    seen.workspace.edit(BRIEF, "title: Scanning", "title: Scanners")
    seen.shown("Scanners in Port Almera")
    expect(page.frame_locator("iframe:not(.coming)").locator("#sources a >> nth=0")).to_be_focused()
    page.keyboard.press("Shift+F6")
    expect(page.locator("#pane-problems")).to_be_focused()


def test_an_event_is_written_from_a_selection(seen: Seen) -> None:
    page = seen.page
    seen.open("gazette-2021")
    seen.select(5, "We will share radar pictures with our neighbours")
    page.click("text=New event from this")
    page.fill(".new [name=title]", "Minister promises radar pictures")
    assert page.input_value(".new [name=date]") == "2021-05-13"
    assert page.input_value(".new [name=basis]") == "inferred"
    page.fill(".new [name=date]", "13/05/2021")
    page.click("text=Write the event")
    expect(page.locator(".new .wrong")).to_have_count(3)
    expect(page.locator(".new [name=date]")).to_be_focused()
    expect(page.locator(".new label:has([name=date])")).to_contain_text("write 2021-05-13")
    page.fill(".new [name=date]", "2021-05-13")
    page.check(".new input[value=ports]")
    page.fill(".new [name=summary]", "The Minister said that radar pictures would be shared.")
    page.click("text=Write the event")
    expect(page.locator("#toast")).to_contain_text("stands at the end of")
    seen.shown("Minister promises radar pictures")
    page.click("text=Show it on the page")
    event = page.frame_locator("iframe:not(.coming)").locator(
        "#event-minister-promises-radar-pictures"
    )
    expect(event).to_be_in_viewport()
    ran = seen.workspace.run("check")
    assert (ran.code, ran.err) == (0, "")


WIRE_WORDS = "The Coast Office confirmed on 14 May 2021"


def test_a_tray_says_that_its_document_changed_or_is_gone(seen: Seen) -> None:
    page, before = seen.page, seen.text(EVENTS)
    path = "seeds/gazette.txt"
    text = seen.text(path)
    seen.open("gazette-2021")
    seen.select(4, "Both sides signed a pact")
    page.fill("[name=event]", "pact")
    for now in (text.replace("Both sides signed", "Both sides denied"), None):
        if now is None:
            (seen.workspace.root / path).unlink()
        else:
            (seen.workspace.root / path).write_text(now, "utf-8")
        expect(page.locator(".card.bad .verdict")).to_contain_text("Not evidence now:")
        expect(page.locator("text=Add to event")).to_be_disabled()
        (seen.workspace.root / path).write_text(text, "utf-8")
        expect(page.locator(".card.good .verdict")).to_contain_text("Evidence.")
        expect(page.locator("[name=event]")).to_have_value("pact")
    # Where the selected words are as they were, so is the selection.
    (seen.workspace.root / path).write_text(f"{text}\nMore words of it.\n", "utf-8")
    expect(page.locator("#document")).to_contain_text("More words of it")
    expect(page.locator(".card.good")).to_be_visible()
    # What the page has not heard of yet is refused by the server.
    page.route("**/documents/gazette-2021**", lambda route: route.abort())
    page.route("**/proposal?**", lambda route: route.abort())
    (seen.workspace.root / path).write_text(text.replace("sides signed", "sides denied"), "utf-8")
    page.wait_for_timeout(1000)
    page.evaluate("document.querySelector('.add [type=submit]').disabled = false")
    page.click("text=Add to event")
    expect(page.locator("#toast")).to_contain_text("has changed since these words were selected")
    assert seen.text(EVENTS) == before


def test_what_was_typed_stays_until_it_is_written_or_thrown_away(seen: Seen) -> None:
    page = seen.page
    title = page.locator(".new [name=title]")
    seen.open("gazette-2021")
    seen.select(5, "We will share radar pictures with our neighbours")
    page.click("text=New event from this")
    title.fill("Minister promises")
    page.check(".new input[value=ports]")
    seen.select(4, "Both sides signed a pact")  # elsewhere
    expect(page.locator("#yaml")).to_contain_text("Both sides")
    expect(title).to_have_value("Minister promises")
    expect(page.locator("#said")).to_contain_text("What you typed stays")
    seen.select(2, "Harbour", "Control")  # refused
    expect(page.locator(".card.bad")).to_be_visible()
    page.click("text=Drop the last piece")
    expect(title).to_be_visible()
    expect(title).to_have_value("Minister promises")
    page.click("[data-do=clear]")
    page.click("#back")
    seen.open("wire-2021")
    seen.select(1, WIRE_WORDS)
    expect(title).to_have_value("Minister promises")
    expect(page.locator(".new input[value=ports]")).to_be_checked()
    asked = len(seen.said)
    page.evaluate("setTimeout(() => location.reload())")  # the browser asks; here one stays
    page.wait_for_timeout(500)
    assert len(seen.said) == asked + 1
    expect(title).to_have_value("Minister promises")
    seen.select(3, "The radar station opens next year")
    page.click("text=Empty the form")
    expect(title).to_have_value("")
    page.reload()
    page.wait_for_selector("#list li", state="attached")


def test_a_translation_stays_when_a_word_is_trimmed_off(
    chromium: Browser, workspace: Workspace
) -> None:
    workspace.edit(BRIEF, "language: en-GB", "language: es")
    with at_the_desk(chromium, workspace) as seen:
        page = seen.page
        seen.open("gazette-2021")
        seen.select(4, "Both sides signed a pact")
        page.fill("[name=translation]", "Ambas partes")
        seen.select(4, "sides signed a pact")
        expect(page.locator("#yaml")).to_contain_text("quote: sides signed")
        expect(page.locator("#yaml")).to_contain_text("translation: Ambas partes")
        expect(page.locator("[name=translation]")).to_have_value("Ambas partes")
        page.click("#back")
        seen.open("wire-2021")
        seen.select(3, "The radar station opens next year")
        expect(page.locator("[name=translation]")).to_have_value("")
        expect(page.locator("#yaml")).not_to_contain_text("translation")
        page.click("#back")
        seen.open("gazette-2021")
        seen.select(4, "Both sides signed")
        expect(page.locator("[name=translation]")).to_have_value("Ambas partes")


def test_an_edit_that_was_taken_back_is_written_again(seen: Seen) -> None:
    page = seen.page
    seen.open("gazette-2021")
    seen.select(4, "Both sides signed a pact")
    page.fill("[name=event]", "pact")
    page.click("text=Add to event")
    expect(page.locator("#toast")).to_contain_text("Added to")
    written = seen.text(EVENTS)
    for again in (
        lambda: page.click("text=Write it again"),
        lambda: page.keyboard.press("Control+Y"),
    ):
        page.keyboard.press("Control+z")
        expect(page.locator("#said")).to_contain_text("Took back: the evidence for “Pact on")
        page.wait_for_timeout(300)
        again()
        expect(page.locator("#said")).to_contain_text("Wrote again: the evidence for “Pact on")
        page.wait_for_timeout(300)
        assert seen.text(EVENTS) == written


def test_a_message_that_leads_on_stays_in_reach_and_covers_nothing(seen: Seen) -> None:
    page = seen.page
    seen.open("gazette-2021")
    seen.select(4, "Both sides signed a pact")
    page.fill("[name=event]", "pact")
    page.click("text=Add to event")
    expect(page.locator("#toast")).to_contain_text("Added to")
    toast, panes = page.locator("#toast").bounding_box(), page.locator("main").bounding_box()
    assert toast
    assert panes
    assert toast["y"] >= panes["y"] + panes["height"] - 1
    for _ in range(2):
        page.keyboard.press("F6")
    expect(page.locator("#toast")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("text=Show it on the page")).to_be_focused()
    seen.select(4, "Both sides signed a pact")
    page.click("text=Add to event")
    expect(page.locator(".wrong")).to_contain_text("quotes this passage already")
    expect(page.locator("#toast")).to_be_hidden()


def test_words_from_right_to_left_are_laid_out_so(chromium: Browser, workspace: Workspace) -> None:
    (workspace.root / "seeds/wire.txt").write_text("وقع الطرفان اتفاقا في الميناء.\n", "utf-8")
    with at_the_desk(chromium, workspace) as seen:
        seen.open("wire-2021")
        words = seen.page.locator("[data-n='1']")
        assert words.evaluate("(one) => getComputedStyle(one).direction") == "rtl"


def test_a_tab_outlives_its_server(chromium: Browser, workspace: Workspace) -> None:
    context = chromium.new_context(viewport=WIDE)
    page = context.new_page()
    with served(workspace.root) as address:
        page.goto(address)
        page.click("#list [data-open=wire-2021]")
        page.wait_for_selector("article")
    expect(page.locator("#state")).to_have_text("The server has ended")
    page.evaluate("document.querySelector('#undo').disabled = false")
    page.click("#undo")
    expect(page.locator("#said")).to_have_text(
        "The server has ended: start it again with sourcebrief serve."
    )
    with served(
        workspace.root, port=address.partition("?")[0].rstrip("/").rpartition(":")[2]
    ) as again:
        other = context.new_page()
        other.goto(again)
        expect(page.locator("#state")).to_have_text("No problem", timeout=15_000)
    context.close()


def test_a_passage_that_was_found_is_selected(seen: Seen) -> None:
    seen.page.fill("#search", "radar pictures")
    seen.page.click("#list .hits button >> nth=0")
    expect(seen.page.locator(".card.good #yaml")).to_contain_text("share radar pictures")


def test_a_selection_of_all_or_of_the_title_lets_the_words_go(seen: Seen) -> None:
    page = seen.page
    seen.open("gazette-2021")
    for other in ("all", "title"):
        page.evaluate("getSelection().removeAllRanges()")
        seen.select(4, "Both sides signed a pact")
        expect(page.locator(".card.good")).to_be_visible()
        if other == "all":
            page.keyboard.press("Control+a")
        else:
            page.locator("#document h3").scroll_into_view_if_needed()
            page.locator("#document h3").click(click_count=3)
        expect(page.locator("#tray")).to_be_hidden()


def test_the_open_form_leaves_the_passage_and_the_labels_in_sight(seen: Seen) -> None:
    page = seen.page
    seen.open("gazette-2021")
    seen.select(5, "We will share radar pictures with our neighbours")
    page.click("text=New event from this")
    page.wait_for_timeout(200)
    page.click("text=Write the event")
    expect(page.locator(".new [name=title]")).to_be_focused()
    tray, label = page.locator("#tray").bounding_box(), page.locator(".new label >> nth=0")
    where, passage = label.bounding_box(), page.locator("[data-n='5']").bounding_box()
    assert tray
    assert where
    assert passage
    assert where["y"] >= tray["y"]
    assert passage["y"] + 24 <= tray["y"]


def test_a_document_that_is_read_again_stays_where_it_was(
    chromium: Browser, workspace: Workspace
) -> None:
    more = "".join(f"\n{'Words of a long document. ' * (n % 9 + 1)}\n" for n in range(120))
    path = workspace.root / "seeds/gazette.txt"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    with at_the_desk(chromium, workspace) as seen:
        page = seen.page
        seen.open("gazette-2021")
        page.evaluate("document.getElementById('p90').scrollIntoView()")
        page.wait_for_timeout(300)
        top = "document.getElementById('p90').getBoundingClientRect().top"
        before = page.evaluate(top)
        with page.expect_response("**/documents/gazette-2021**"):
            seen.workspace.edit(EVENTS, "title: Pact on container", "title: A pact on container")
        page.wait_for_timeout(500)
        assert page.evaluate(top) == pytest.approx(before, abs=3)


def test_back_in_the_list_a_change_does_not_open_the_document_again(seen: Seen) -> None:
    seen.open("gazette-2021")
    seen.page.route(
        "**/documents/gazette-2021**", lambda route: (time.sleep(0.6), route.continue_())
    )
    seen.workspace.edit(EVENTS, "title: Pact on container", "title: A pact on container")
    with seen.page.expect_request("**/documents/gazette-2021**"):
        pass
    seen.page.click("#back")
    seen.page.wait_for_timeout(1200)
    expect(seen.page.locator("#list .list li")).to_have_count(2)
    expect(seen.page.locator("#document")).to_be_hidden()


def test_what_was_found_is_a_step_back_from_its_document_alone(seen: Seen) -> None:
    page = seen.page
    page.fill("#search", "radar pictures")
    page.click("#list .hits button >> nth=0")
    expect(page.locator("#back")).to_have_text("Back to what was found")
    seen.workspace.edit(EVENTS, "three scanners to", "four scanners to")
    page.click("#problems >> text=In the document")
    page.wait_for_selector("article[data-id=wire-2021]")
    expect(page.locator("#back")).to_have_text("All documents")
    expect(page.locator("#search")).to_have_value("")


def test_problems_are_live_and_lead_to_their_place(seen: Seen) -> None:
    page = seen.page
    seen.workspace.edit(EVENTS, "three scanners to", "four scanners to")
    expect(page.locator("#state")).to_have_text("1 error")
    expect(page.locator("#problems .error")).to_contain_text("does not stand in wire-2021")
    expect(page.locator("#stale")).to_be_visible()
    seen.shown("Coast Office promises scanners")  # the last good page
    page.click("#problems >> text=In the document")
    page.wait_for_selector("article[data-id=wire-2021]")
    page.click("#problems >> text=On the page")
    expect(page.frame_locator("iframe:not(.coming)").locator("#event-offer")).to_be_in_viewport()
    link = page.get_attribute("#problems a", "href")
    assert link
    assert re.fullmatch(rf"vscode://file{seen.workspace.root}/{EVENTS}:\d+:\d+", link)
    seen.workspace.edit(EVENTS, "four scanners to", "three scanners to")
    expect(page.locator("#state")).to_have_text("No problem")
    expect(page.locator("#stale")).to_be_hidden()


def test_broken_yaml_keeps_the_last_page_with_the_problem(seen: Seen) -> None:
    seen.workspace.edit(BRIEF, "title: Scanning", "title: [Scanning")
    expect(seen.page.locator("#frames")).to_have_class("frames stale")
    expect(seen.page.locator("#problems .error")).to_contain_text("not YAML")
    seen.shown("Scanning in Port Almera")


def test_a_broken_list_keeps_its_marks_and_says_why_nothing_can_be_added(seen: Seen) -> None:
    page, marks = seen.page, seen.page.locator("#document mark")
    seen.open("gazette-2021")
    before = marks.all_inner_texts()
    assert before
    seen.workspace.edit(EVENTS, "title: Pact", 'title: "Pact')
    broken = seen.text(EVENTS)
    expect(page.locator("#broken")).to_be_visible()
    assert marks.all_inner_texts() == before
    seen.select(4, "Both sides signed a pact")
    expect(page.locator(".card .warning")).to_contain_text(f"{EVENTS}:")
    page.fill("[name=event]", "pact")
    page.click("text=Add to event")
    expect(page.locator("#toast")).to_contain_text(f"cannot be read now: {EVENTS}:")
    assert seen.text(EVENTS) == broken
    seen.workspace.edit(EVENTS, 'title: "Pact', "title: Pact")
    expect(page.locator(".card .warning")).to_have_count(0)
    expect(page.locator("[name=event]")).to_have_value("pact")


def test_a_new_page_keeps_the_place_and_the_open_notes(seen: Seen) -> None:
    frame = seen.frame()
    frame.click(".noteref a >> nth=0")
    frame.wait_for_selector(".passage")
    frame.evaluate("document.getElementById('sources').scrollIntoView({block: 'start'})")
    seen.page.wait_for_timeout(200)
    top = frame.evaluate("document.getElementById('sources').getBoundingClientRect().top")
    seen.workspace.edit(BRIEF, "title: Scanning", "title: A longer title about scanning")
    seen.shown("A longer title about scanning")
    after = seen.frame()
    assert after.evaluate("document.getElementById('sources').getBoundingClientRect().top") == (
        pytest.approx(top, abs=2)
    )
    assert after.evaluate("document.querySelectorAll('.passage').length") == 1


def test_a_page_that_is_made_out_of_sight_keeps_the_place(
    chromium: Browser, workspace: Workspace
) -> None:
    with at_the_desk(chromium, workspace, viewport={"width": 360, "height": 760}) as seen:
        seen.frame().evaluate("document.getElementById('sources').scrollIntoView()")
        seen.page.wait_for_timeout(200)
        top = "document.getElementById('sources').getBoundingClientRect().top"
        before = seen.frame().evaluate(top)
        seen.page.click(".tabs [data-pane=documents]")
        seen.workspace.edit(BRIEF, "title: Scanning", "title: A longer title about scanning")
        expect(seen.page.locator(".bar .title")).to_have_text(re.compile("A longer title"))
        seen.page.wait_for_timeout(600)
        seen.page.click(".tabs [data-pane=page]")
        seen.page.wait_for_timeout(300)
        assert seen.frame().evaluate(top) == pytest.approx(before, abs=2)


def test_two_tabs_and_an_editor_lose_nothing(seen: Seen) -> None:
    other = seen.page.context.new_page()
    other.goto(seen.address.partition("?")[0])
    other.wait_for_selector("#list li")
    seen.open("gazette-2021")
    seen.select(4, "Both sides signed a pact")
    seen.page.fill("[name=event]", "pact")
    # The editor saves, and before the desk has heard of it the button is pressed.
    seen.page.evaluate("window.EventSource = null")
    seen.page.route("**/edit/evidence", lambda route: (_save(seen), route.continue_()))
    seen.page.click("text=Add to event")
    expect(seen.page.locator("#toast")).to_contain_text("was changed meanwhile, so nothing was")
    assert "Pact signed in the editor" in seen.text(EVENTS)
    assert "Both sides signed" not in seen.text(EVENTS)
    expect(other.frame_locator("iframe:not(.coming)").locator("#event-pact")).to_contain_text(
        "Pact signed in the editor"
    )


def _save(seen: Seen) -> None:
    seen.workspace.edit(
        EVENTS, "title: Pact on container scanning signed", "title: Pact signed in the editor"
    )


RUN = "document.title='run'"
PAYLOADS = [
    f"<script>{RUN}; fetch('EVIL/1')</script>",
    f'<img src=EVIL/2.png onerror="{RUN}">',
    f'<svg onload="{RUN}"><use href=EVIL/3#a></use></svg>',
    f'</p></div></article></section><iframe srcdoc="<script>parent.{RUN}</script>">',
    "<style>@import 'EVIL/4.css'; body { background: url(EVIL/5) }</style>",
    f'<a href="javascript:{RUN}">Both</a> <base href=EVIL/>',
    f"\"'><details open ontoggle=\"{RUN}\">{{{{ 7 * 7 }}}} {{% include '/etc/passwd' %}}",
    "<meta http-equiv=refresh content='0;url=EVIL/6'><link rel=stylesheet href=EVIL/7>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;img src=EVIL/8&#62;",
    "\u202e<object data=EVIL/9></object>\x00<embed src=EVIL/10>\ufeff\r\r<video poster=EVIL/11>",
]


@contextmanager
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another server of this machine, and the paths that it was asked for."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - as the standard library calls it

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", paths
        server.shutdown()


def test_fifty_hostile_documents_run_nothing_and_ask_for_nothing(
    chromium: Browser, workspace: Workspace
) -> None:
    with elsewhere() as (evil, paths):
        _write_hostile(workspace, evil)
        with at_the_desk(chromium, workspace) as seen:
            page, title = seen.page, "Scanning in Port Almera · desk"
            for number in range(50):
                page.fill("#search", f"hostile-{number:02}")
                expect(page.locator("#list .list li")).to_have_count(1)
                seen.open(f"hostile-{number:02}")
                assert (
                    page.evaluate("document.querySelector('[data-n=\"2\"]').children.length") == 0
                )
                page.evaluate(
                    """() => {
                      const p = document.querySelector('[data-n="2"]');
                      getSelection().selectAllChildren(p);
                      p.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
                    }"""
                )
                page.wait_for_selector(".card")
                page.click("#back")
            assert page.title() == title
            assert seen.said == []
            assert paths == []
            origin = seen.address.partition("?")[0]
            assert [url for url in seen.asked if not url.startswith(origin)] == []


def _write_hostile(workspace: Workspace, evil: str) -> None:
    entries = []
    for number in range(50):
        hostile = PAYLOADS[number % len(PAYLOADS)].replace("EVIL", evil)
        data = f"Words of document {number}.\n\n{hostile}\n\nMore words of it.\n".encode()
        (workspace.root / f"seeds/hostile-{number:02}.txt").write_bytes(data)
        title = json.dumps(re.sub(r"[\x00-\x1f\u202e\ufeff]", "", hostile))
        entries.append(
            f"  - id: hostile-{number:02}\n    type: webpage\n    title: {title}\n"
            f"    issued: 2021-05-01\n    language: en\n    custom:\n"
            f"      file: hostile-{number:02}.txt\n"
            f"      sha256: {hashlib.sha256(data).hexdigest()}\n"
            "      issued_basis: inferred\n      issued_note: invented\n"
        )
    path = workspace.root / "seeds/seeds.yaml"
    path.write_text(path.read_text("utf-8") + "".join(entries), "utf-8")


def test_a_script_of_a_houses_page_reaches_neither_the_desk_nor_the_network(
    chromium: Browser, workspace: Workspace
) -> None:
    script = """
"use strict";
const tried = [];
const attempt = (name, what) => { try { what(); tried.push(name); } catch { /* refused */ } };
attempt("parent", () => parent.document.title);
attempt("cookie", () => document.cookie);
attempt("storage", () => localStorage.length);
attempt("window", () => { if (!open("EVIL/window")) throw 0; });
for (const [name, address] of [["desk", "/edit/undo"], ["away", "EVIL/fetch"]])
  fetch(address, { method: "POST", mode: "no-cors" }).then(() => tried.push(name)).catch(() => {});
new Image().src = "EVIL/image";
setTimeout(() => parent.postMessage({ desk: "tried", tried }, "*"), 400);
setTimeout(() => { location = "EVIL/leave"; }, 800);
"""
    with elsewhere() as (evil, paths):
        workspace.write("templates/web.js", script.replace("EVIL", evil))
        with at_the_desk(chromium, workspace) as seen:
            heard = seen.page.evaluate(
                """() => new Promise((done) => {
                  addEventListener("message", (event) => {
                    if (event.data.desk === "tried") done(event.data.tried);
                  });
                  document.querySelector("[data-layout=short]").click();
                })"""
            )
            assert heard == []
            seen.page.wait_for_timeout(1200)
            assert paths == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 360])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    chromium: Browser, workspace: Workspace, scheme: str, width: int
) -> None:
    workspace.edit(BRIEF, "title: Scanning", "title: Scanning 99")
    view = {"width": width, "height": 760}
    with at_the_desk(chromium, workspace, viewport=view, color_scheme=scheme) as seen:
        page = seen.page

        def look(pane: str) -> None:
            if width < 900:
                page.click(f".tabs [data-pane={pane}]")
            page.wait_for_timeout(100)
            found = Axe().run(
                page,
                options={
                    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
                    "rules": {"heading-order": {"enabled": True}},
                    "iframes": False,
                },
            )
            assert [one["id"] for one in found.response["violations"]] == [], (
                found.generate_report()
            )
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, pane

        look("page")
        look("problems")
        look("documents")
        seen.open("gazette-2021")
        look("documents")
        seen.select(4, "Both sides signed a pact")
        page.wait_for_selector(".card.good")
        page.click("text=New event from this")
        page.evaluate(
            "for (let n = 0; n < 30; n++) document.querySelector('.actors').append("
            "document.querySelector('.actors label').cloneNode(true))"
        )
        look("documents")
        actors = page.locator(".actors")
        aside = actors.evaluate("(one) => one.scrollWidth - one.clientWidth")
        assert aside == 0, "more actors are further down, not aside"
        seen.select(2, "Harbour")
        page.wait_for_selector(".card.bad")
        look("documents")


def test_a_browser_that_goes_away_and_comes_back(seen: Seen) -> None:
    seen.page.goto("about:blank")
    seen.workspace.edit(BRIEF, "title: Scanning", "title: Scanners")
    seen.page.goto(seen.address.partition("?")[0])
    seen.shown("Scanners in Port Almera")


def test_a_save_is_seen_at_once(seen: Seen) -> None:
    took = []
    for number in range(6):
        words = f"Scanning, {number} times"
        text = seen.text(BRIEF)
        began = time.perf_counter()
        (seen.workspace.root / BRIEF).write_text(
            re.sub("(?m)^title: .*", f"title: {words}", text), "utf-8"
        )
        seen.shown(words)
        took.append(time.perf_counter() - began)
    assert sorted(took)[3] < 3.0  # the benchmark measures; here only that it does not crawl

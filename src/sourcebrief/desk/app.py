"""The addresses of the desk: what a browser reads by GET, and writes by POST."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sourcebrief.authoring.adding.holdings import unused_id
from sourcebrief.authoring.select_evidence import Proposal, deciding_paragraph, grown, propose
from sourcebrief.brief.layouts import LAYOUTS
from sourcebrief.dates.cldr import LanguageError, locale_of
from sourcebrief.desk.desk_templates import STATIC, render_desk, static_file
from sourcebrief.desk.document_views import event_links, list_documents, view_document
from sourcebrief.desk.event_edits import with_actor, with_event, with_evidence
from sourcebrief.desk.files import ChangedUnderneath, FileEdit
from sourcebrief.desk.forms import (
    NotReady,
    Unfit,
    actors_named,
    date_of_selection,
    event_named,
    event_of,
    events_quoting,
    in_paragraphs,
    json_of,
    proposed,
    selected_evidence,
    text_of,
    why_not_stated,
)
from sourcebrief.desk.pdf import RestingPdf
from sourcebrief.desk.problems import editor_link, problems_by_file
from sourcebrief.desk.reading import Reading
from sourcebrief.desk.session import Moment, Session
from sourcebrief.errors import InvalidInput, SourcebriefError
from sourcebrief.evidence.translated_numbers import lacking, unfounded
from sourcebrief.text.characters import visible
from sourcebrief.text.languages import same_language
from sourcebrief.text.phrases import slug
from sourcebrief.workspace.yaml_writing import evidence_lines

PAGE_POLICY: Final = (
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""Beside the page's own policy, which allows its style and its script by their hashes alone."""
_HEARTBEAT: Final = 15.0


def desk_app(session: Session, pdf: RestingPdf, editor: str) -> Starlette:
    """The application of a session; `editor` is the address by which an editor opens a file."""
    desk = _Desk(session, pdf, editor)
    reads = {
        "/": desk.shell,
        "/events": desk.events,
        "/page/{layout}": desk.page,
        "/pdf": desk.pdf_file,
        "/problems": desk.problems,
        "/documents": desk.documents,
        "/documents/{id}": desk.document,
        "/proposal": desk.proposal,
        "/static/{name:path}": desk.static,
    }
    writes = {
        "/edit/evidence": desk.add_evidence,
        "/edit/event": desk.add_event,
        "/edit/undo": desk.undo,
        "/edit/redo": desk.redo,
    }
    return Starlette(
        routes=[
            *(Route(path, answer, methods=["GET"]) for path, answer in reads.items()),
            *(Route(path, answer, methods=["POST"]) for path, answer in writes.items()),
        ],
        exception_handlers={SourcebriefError: _said, LanguageError: _said},
    )


async def _said(_: Request, fault: Exception) -> Response:
    code = 409 if isinstance(fault, ChangedUnderneath) else 422
    code = 404 if isinstance(fault, NotReady) else code
    words = str(fault)
    if isinstance(fault, InvalidInput):
        words = f"nothing was written, since a file cannot be read now: {fault.problems[0]}"
    fields = fault.fields if isinstance(fault, Unfit) else {}
    said = {"fault": visible(words), "fields": {at: visible(each) for at, each in fields.items()}}
    return JSONResponse(said, status_code=code)


class _Desk:
    def __init__(self, session: Session, pdf: RestingPdf, editor: str) -> None:
        self.session = session
        self.pdf = pdf
        self.editor = editor

    # --- what is shown --------------------------------------------------------------------------

    async def shell(self, _: Request) -> Response:
        moment = self.session.moment
        brief = moment.reading.brief if moment else None
        path = f"briefings/{self.session.name}/brief.yaml"
        return HTMLResponse(
            render_desk(
                "desk.html.j2",
                name=self.session.name,
                editor=editor_link(self.editor, self.session.root, path, 1, 1),
                title=brief.value.title if brief else self.session.name,
                language=(brief.value.language if brief else "en").split("-")[0],
            )
        )

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        known = {each.rpartition("/")[2]: each for each in STATIC}
        if name not in known:
            raise NotReady("there is no such file")
        return Response(static_file(known[name]), media_type=STATIC[known[name]])

    async def events(self, _: Request) -> Response:
        return StreamingResponse(self._heard(), media_type="text/event-stream")

    async def _heard(self) -> AsyncIterator[str]:
        """Say how things stand, now and at every change, until the browser goes away."""
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def hear() -> None:
            loop.call_soon_threadsafe(changed.set)

        stop = self.session.listen(hear)
        try:
            while not self.session.ended:
                if moment := self.session.moment:
                    said = json.dumps(moment.summary(self.session.edits))
                    yield f"data: {said}\n\n"
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        await changed.wait()
                    changed.clear()
                except TimeoutError:
                    yield ": here\n\n"
        finally:
            stop()

    async def page(self, request: Request) -> Response:
        layout = request.path_params["layout"]
        if layout not in LAYOUTS:
            raise NotReady(f"there is no layout {layout!r}")
        await run_in_threadpool(self.session.want, layout)
        found = self._moment().page(layout)
        if found is None:
            found = render_desk("no-page.html.j2").encode()
        return HTMLResponse(found, headers={"Content-Security-Policy": PAGE_POLICY})

    async def pdf_file(self, _: Request) -> Response:
        content = self.pdf.content
        if content is None:
            raise NotReady("the PDF is not made yet")
        headers = {"Content-Disposition": f'inline; filename="{self.session.name}.pdf"'}
        # A browser's own reader of PDFs is a page that this policy would keep from working.
        headers["Content-Security-Policy"] = "frame-ancestors 'none'"
        return Response(content, media_type="application/pdf", headers=headers)

    async def problems(self, _: Request) -> Response:
        moment = self._moment()
        files = problems_by_file(moment.problems, moment.reading, self.session.root, self.editor)
        return HTMLResponse(render_desk("problems.html.j2", files=files))

    async def documents(self, request: Request) -> Response:
        wanted = request.query_params.get("q", "")[:500].strip()
        reading = self._moment().reading
        found = await run_in_threadpool(list_documents, reading, wanted)
        return HTMLResponse(render_desk("documents.html.j2", found=found))

    async def document(self, request: Request) -> Response:
        around = request.query_params.get("around", "1")
        number = int(around) if around.isdecimal() and len(around) < 9 else 1
        reading, key = self._moment().reading, request.path_params["id"]
        found = await run_in_threadpool(lambda: view_document(key, reading, around=number))
        if found is None:
            raise NotReady("there is no such document now")
        return HTMLResponse(render_desk("document.html.j2", document=found))

    # --- a selection ----------------------------------------------------------------------------

    async def proposal(self, request: Request) -> Response:
        asked = request.query_params
        selected = {
            "seed": asked.get("seed", ""),
            "spans": [each.split(".") for each in asked.getlist("span")],
            "paragraph": asked.get("paragraph"),
            "text": asked.get("text"),
        }
        reading = self._moment().reading
        seeds = reading.seeds

        def find() -> tuple[Proposal, bool, int | None]:
            found = proposed(selected, reading)
            if asked.get("grow") and (longer := grown(found, seeds)) is not None:
                found = propose(found.seed, seeds, longer, paragraph=found.paragraph)
            can_grow = found.located is None and grown(found, seeds) is not None
            return found, can_grow, deciding_paragraph(found, seeds)

        found, can_grow, paragraph = await run_in_threadpool(find)
        brief, language = reading.brief, seeds[found.seed].language or ""
        into = brief.value.language if brief else ""
        translates = bool(language and into and not same_language(language, into))
        given = {name: text_of(asked, name) for name in ("translation", "note")}
        original = found.located.printed if found.located else given["translation"]
        date, stated = date_of_selection(found, reading)
        return HTMLResponse(
            render_desk(
                "proposal.html.j2",
                found=found,
                yaml="\n".join(evidence_lines(found.item(**given))),
                doubts=[
                    lacking(written)
                    for written in unfounded(given["translation"], into, original, language)
                ]
                if translates
                else [],
                spans=in_paragraphs(found.spans, seeds[found.seed]),
                can_grow=can_grow,
                paragraph=paragraph,
                quoting=event_links(events_quoting(found, reading), reading),
                translates=translates,
                language=locale_of(language).get_language_name("en") if translates else "",
                date=date,
                stated=stated,
                broken=visible(str(reading.broken or "")),
                actors=[(key, one.value.name) for key, one in record.actors.items()]
                if (record := reading.record)
                else [],
                events=event_links(reading.events, reading),
                files=[file.path for file in record.files] if record else [],
            )
        )

    # --- what is written ------------------------------------------------------------------------

    async def add_evidence(self, request: Request) -> Response:
        given = await json_of(request)
        reading = await self._read_again(given)
        event = event_named(text_of(given, "event"), reading)
        place = reading.events[event].place()
        found, item = await run_in_threadpool(selected_evidence, given, reading)
        title = reading.events[event].value.title
        if event in events_quoting(found, reading):
            raise Unfit({"event": f"“{title}” quotes this passage already; choose another event"})
        await self._edit(
            place.path,
            given,
            lambda before: with_evidence(before, place.path, event, item),
            f"the evidence for “{title}” in {place.path}",
        )
        return JSONResponse({"said": f"Added to “{title}” in {place.path}.", "event": event})

    async def add_event(self, request: Request) -> Response:
        given = await json_of(request)
        reading = await self._read_again(given)
        record = reading.record
        paths = [file.path for file in record.files] if record else []
        path = text_of(given, "file") or (paths[0] if paths else "")
        if path not in paths:
            if reading.broken:
                raise InvalidInput([reading.broken])
            raise SourcebriefError("the briefing has no such event file now; correct brief.yaml")
        found, item = await run_in_threadpool(selected_evidence, given, reading)
        known = (record.known_events if record else None) or frozenset(reading.events)
        known |= reading.corpus.library.known if reading.corpus else frozenset()
        key = unused_id(slug(text_of(given, "title")), known)
        named, new = actors_named(text_of(given, "new_actor"), record)
        event = event_of(given, key, item, named, lambda date: why_not_stated(date, found, reading))

        def change(before: bytes) -> bytes:
            for actor, name in new.items():
                before = with_actor(before, path, actor, name)
            return with_event(before, path, event)

        await self._edit(path, given, change, f"the event “{event['title']}” in {path}")
        return JSONResponse({"said": f"Event {key} stands at the end of {path}.", "event": key})

    async def _read_again(self, given: Mapping[str, Any]) -> Reading:
        """The reading, with the document of a selection as it is at this moment."""
        entry = self._moment().reading.entries.get(text_of(given, "seed"))
        if entry is not None and entry.value.custom.file:
            path = f"seeds/{entry.value.custom.file}"
            await run_in_threadpool(self.session.refresh, (path,))
        return self._moment().reading

    async def undo(self, _: Request) -> Response:
        return await self._turned(self.session.edits.undo, "Took back")

    async def redo(self, _: Request) -> Response:
        return await self._turned(self.session.edits.redo, "Wrote again")

    async def _turned(self, turn: Callable[[], FileEdit], done: str) -> Response:
        edit = await run_in_threadpool(turn)
        await run_in_threadpool(self.session.refresh, (edit.path,))
        return JSONResponse({"said": f"{done}: {edit.words}."})

    async def _edit(
        self, path: str, given: Mapping[str, Any], change: Callable[[bytes], bytes], words: str
    ) -> None:
        hashes = given.get("hashes")
        seen = hashes.get(path, "") if isinstance(hashes, dict) else ""
        try:
            await run_in_threadpool(self.session.edits.edit, path, str(seen), change, words)
        finally:
            await run_in_threadpool(self.session.refresh, (path,))

    def _moment(self) -> Moment:
        if self.session.moment is None:
            raise NotReady("the documents are still being read")
        return self.session.moment

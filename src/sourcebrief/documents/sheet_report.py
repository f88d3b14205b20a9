"""Write the reading sheet for a second reader: as text, Markdown, a web page, or JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any, Final

from sourcebrief.brief.reading_sheet import (
    SHOWN_DIGITS,
    ReadingSheet,
    SheetPassage,
    SheetStatement,
)
from sourcebrief.errors import Problem
from sourcebrief.text.phrases import count_of, escaped_markdown
from sourcebrief.text.quotation_marks import with_inner_marks
from sourcebrief.workspace.briefing import Briefing

FORMAT: Final = "sourcebrief-sheet/1"
_STYLE: Final = """\
body { font: 1rem/1.5 Georgia, serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
li { margin: 0 0 1.5rem; break-inside: avoid }
label { font-weight: bold }
blockquote { margin: .5rem 0 .5rem 1.5rem }
cite, code { font-size: .9em }
.where { color: #555; font-size: .85em; font-weight: normal }
"""


def lapsed_review(briefing: Briefing, sheet: ReadingSheet) -> Iterator[Problem]:
    """Warn where statements or passages have changed since they were read."""
    review = sheet.review
    if review is not None and not sheet.is_reviewed:
        yield Problem(
            briefing.brief.place("reviewed_by", "statements"),
            f"what {review.name} read on {review.date.text} has changed, so the brief does not "
            f"name the reading; read `check {sheet.briefing} --sheet` again, then write "
            f"statements: {sheet.digest[:SHOWN_DIGITS]}",
            "warning",
        )


def sheet_report(sheets: Sequence[ReadingSheet], form: str) -> str:
    """Write the sheets as `text`, `markdown`, `html` or `json`."""
    if form == "json":
        return json.dumps(
            {"format": FORMAT, "briefings": [_data(one) for one in sheets]},
            ensure_ascii=False,
            indent=2,
        )
    if form == "html":
        return "\n".join(_html(sheets))
    lines_of = _markdown if form == "markdown" else _text
    return "\n\n".join("\n".join(lines_of(one)) for one in sheets)


def _data(sheet: ReadingSheet) -> dict[str, Any]:
    statements = [{**asdict(one), "place": str(one.place)} for one in sheet.statements]
    for statement in statements:
        del statement["keyed"]
    return {
        "briefing": sheet.briefing,
        "title": sheet.title,
        "version": sheet.version,
        "statements": statements,
        "sha256": sheet.digest,
        "reviewed": sheet.is_reviewed,
    }


def _head(sheet: ReadingSheet) -> str:
    count = count_of(len(sheet.statements), "statement")
    if sheet.review is not None and sheet.is_reviewed:
        return f"{count}, read by {sheet.review.name} on {sheet.review.date.text}; none has changed"
    return f"{count}: tick each that the passages below it support"


def _what_to_write(sheet: ReadingSheet) -> tuple[str, str]:
    return (
        f"When every statement is ticked, write into briefings/{sheet.briefing}/brief.yaml:",
        f"reviewed_by: {{name: YOUR NAME, date: YYYY-MM-DD, "
        f"statements: {sheet.digest[:SHOWN_DIGITS]}}}",
    )


def _passage(one: SheetPassage) -> tuple[str, str]:
    """Return where a passage stands, and its words."""
    if not one.words:
        locator = f", {one.locator}" if one.locator else ""
        return f"{one.source}{locator}", "cited as a whole: no passage to compare"
    translation = f" [{one.translated}: {one.translation}]" if one.translation else ""
    return (
        f"{one.source}, {one.locator}",
        f"“{with_inner_marks(one.words, '‘’', '“”')}”{translation}",
    )


def _passages(one: SheetStatement) -> Iterator[tuple[str, str]]:
    yield from map(_passage, one.passages)
    if not one.passages:
        yield "nothing", "it cites no source"


def _text(sheet: ReadingSheet) -> Iterator[str]:
    yield f"{sheet.briefing}: {sheet.title}, version {sheet.version}"
    yield _head(sheet)
    for number, one in enumerate(sheet.statements, 1):
        yield ""
        yield f"[ ] {number}. {one.name}: {one.words}"
        yield from (f"      {where}: {words}" for where, words in _passages(one))
    yield from ("", *_what_to_write(sheet))


def _markdown(sheet: ReadingSheet) -> Iterator[str]:
    yield f"# {escaped_markdown(sheet.title)}, version {escaped_markdown(sheet.version)}"
    yield from ("", _head(sheet))
    for number, one in enumerate(sheet.statements, 1):
        yield ""
        yield f"- [ ] **{number}. {escaped_markdown(one.name)}:** {escaped_markdown(one.words)}"
        for where, words in _passages(one):
            yield f"  - {escaped_markdown(where)}: {escaped_markdown(words)}"
    before, line = _what_to_write(sheet)
    yield from ("", before, "", "```yaml", line, "```")


def _html(sheets: Sequence[ReadingSheet]) -> Iterator[str]:
    title = escape(", ".join(sheet.title for sheet in sheets))
    yield f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<style>\n{_STYLE}</style>"
    for sheet in sheets:
        yield f"<h1>{escape(sheet.title)}, version {escape(sheet.version)}</h1>"
        yield f"<p>{escape(_head(sheet))}</p>\n<ol>"
        for number, one in enumerate(sheet.statements, 1):
            box = f"{sheet.briefing}-{number}"
            yield f'<li><input type="checkbox" id="{escape(box)}"> '
            yield f'<label for="{escape(box)}">{escape(one.words)}</label>'
            yield f' <span class="where">{escape(one.name)}, {escape(str(one.place))}</span>'
            for where, words in _passages(one):
                yield f"<blockquote>{escape(words)} <cite>{escape(where)}</cite></blockquote>"
            yield "</li>"
        before, line = _what_to_write(sheet)
        yield f"</ol>\n<p>{escape(before)}</p>\n<pre><code>{escape(line)}</code></pre>"

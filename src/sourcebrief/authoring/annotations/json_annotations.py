"""Annotations in JSON: W3C Web Annotation, Hypothesis, Zotero and Better BibTeX.

Hypothesis keeps its own names around the selectors of the W3C model; Better BibTeX keeps Zotero's
items within their attachments.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from jinja2.filters import do_striptags

from sourcebrief.authoring.annotations.annotation import (
    MOST_CHARACTERS,
    Highlight,
    SelectedWords,
    clean_note,
)
from sourcebrief.authoring.importing.extraction import UnreadableDocument

_ITEMS: Final = ("items", "first", "rows", "@graph", "attachments", "annotations")
_OTHER_JSON: Final = (
    "it holds no annotations; give W3C Web Annotation JSON-LD, Hypothesis, Zotero or Better BibTeX "
    "JSON"
)
_DEEPEST: Final = 12


def read_json_annotations(data: bytes) -> list[Highlight]:
    """Return the annotations of a JSON file in their order."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableDocument("it is not JSON in UTF-8; export it again") from error
    found: list[Highlight] = []
    for document, item in _items(value, (), 0):
        annotation = _annotation(item, document, len(found) + 1)
        if annotation is not None:
            found.append(annotation)
    if not found:
        raise UnreadableDocument(_OTHER_JSON)
    return found


def _items(
    value: Any, document: tuple[str, ...], depth: int
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield what may be an annotation, and the names of the document around it."""
    if isinstance(value, list):
        for each in value:
            yield from _items(each, document, depth + 1)
        return
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    data = value["data"] if isinstance(value.get("data"), dict) else value
    if "annotationType" in data or "target" in data:
        yield document, data
        return
    # A bibliographic item of Better BibTeX, or its attachment.
    names = (data.get(key) for key in ("citationKey", "citekey", "url", "DOI", "path", "filename"))
    document = (*document, *(name for name in names if isinstance(name, str) and name))
    for key in _ITEMS:
        yield from _items(data.get(key), document, depth + 1)


def _annotation(item: dict[str, Any], around: tuple[str, ...], number: int) -> Highlight | None:
    where = f"annotation {number}"
    if "annotationType" in item:
        return _of_zotero(item, around, where)
    # Hypothesis keeps the note beside the target, the W3C model in bodies.
    bodies = list(_bodies(item.get("body")))
    noted = [_words(body) for body in bodies if body.get("purpose") in (None, "commenting")]
    hypothesis = item.get("text") if "uri" in item else None
    quotations = [_words(body) for body in bodies if body.get("purpose") == "describing"]
    documents: list[str] = [*around, *_strings(item.get("uri"))]
    parts: list[SelectedWords] = []
    for target in _listed(item.get("target")):
        documents += _sources(target)
        if isinstance(target, dict):
            parts += _selected(list(_selectors(target.get("selector"), 0)))
    return Highlight(
        where,
        tuple(parts),
        clean_note([*noted, item.get("bodyValue"), hypothesis]),
        tuple(dict.fromkeys(documents)),
        quotation=next(filter(None, quotations), ""),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(*values: Any) -> Iterator[str]:
    yield from (value for value in values if isinstance(value, str) and value)


def _bodies(body: Any) -> Iterator[dict[str, Any]]:
    for each in _listed(body):
        if isinstance(each, dict):
            items = each.get("items")
            yield from _bodies(items) if isinstance(items, list) else (each,)


def _words(body: dict[str, Any]) -> str:
    words = body.get("value", body.get("chars"))
    if not isinstance(words, str):
        return ""
    is_html = body.get("format") == "text/html"
    return do_striptags(words[:MOST_CHARACTERS]) if is_html else words


def _sources(target: Any) -> Iterator[str]:
    """Yield the names of what a target is in; a fragment of an address names a part of it."""
    if isinstance(target, str):
        yield target
    elif isinstance(target, dict):
        yield from _strings(target.get("id"))
        yield from _sources(target.get("source"))
        for state in _listed(target.get("state")):
            yield from _strings(*_listed(state.get("cached") if isinstance(state, dict) else None))


def _selectors(selector: Any, depth: int) -> Iterator[dict[str, Any]]:
    for each in _listed(selector):
        if isinstance(each, dict) and depth < _DEEPEST:
            yield each
            yield from _selectors(each.get("refinedBy"), depth + 1)
            yield from _selectors(each.get("items"), depth + 1)


def _selected(selectors: Iterable[dict[str, Any]]) -> Iterator[SelectedWords]:
    """Yield the words that the selectors of one target agree on."""
    selectors = list(selectors)
    starts = [
        each["start"]
        for each in selectors
        if each.get("type") == "TextPositionSelector" and isinstance(each.get("start"), int)
    ]
    for each in selectors:
        if each.get("type") == "TextQuoteSelector" and isinstance(each.get("exact"), str):
            prefix, suffix = (
                words if isinstance(words := each.get(key), str) else ""
                for key in ("prefix", "suffix")
            )
            exact = each["exact"][:MOST_CHARACTERS]
            yield SelectedWords(exact, prefix, suffix, starts[0] if len(starts) == 1 else None)
            return


def _of_zotero(item: dict[str, Any], around: tuple[str, ...], where: str) -> Highlight | None:
    if item["annotationType"] not in ("highlight", "underline", "note", "text"):
        return None  # a picture, or drawn by hand
    words = next(_strings(item.get("annotationText")), "")
    position = item.get("annotationPosition")
    if isinstance(position, str):
        try:
            position = json.loads(position)
        except (json.JSONDecodeError, RecursionError):
            position = None  # only the page would be in it
    index = position.get("pageIndex") if isinstance(position, dict) else None
    page = index + 1 if isinstance(index, int) and not isinstance(index, bool) else None
    return Highlight(
        f"{where}, p. {page}" if page else where,
        (SelectedWords(words[:MOST_CHARACTERS]),) if words.strip() else (),
        clean_note([item.get("annotationComment")]),
        (*around, *_strings(item.get("parentItem"))),
        page,
    )

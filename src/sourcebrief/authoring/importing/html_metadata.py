"""The metadata of a page: JSON-LD (schema.org), Open Graph, Dublin Core, Highwire and HTML."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sourcebrief.authoring.importing.extraction import Metadata, first_date, language_of, one_line

_TITLES: Final = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHERS: Final = ("dc.publisher", "dcterms.publisher", "citation_publisher")
_CONTAINERS: Final = ("og:site_name", "citation_journal_title", "application-name")
_DATES: Final = (
    *("article:published_time", "citation_publication_date", "citation_date", "dcterms.issued"),
    *("dc.date.issued", "dcterms.date", "dc.date", "datepublished", "pubdate", "publish-date"),
    *("publication_date", "parsely-pub-date", "date"),
)
_LANGUAGES: Final = ("og:locale", "dc.language", "dcterms.language", "citation_language")
_TYPES: Final = {
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "BlogPosting": "post-weblog",
    "ScholarlyArticle": "article-journal",
    "Report": "report",
    "Legislation": "legislation",
}
_ARTICLES: Final = frozenset({*_TYPES, "Article", "WebPage", "SocialMediaPosting"})
# Browsers (the first form) and SingleFile (the second) note where a page was saved from.
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PUBLISHED = re.compile(r"(?i)publi|posted|issued|entry-date|dateline|byline|article-?date")
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)[0-9]{2})[/-]([01]?[0-9])(?:[/-]([0-3]?[0-9]))?/")
_NO_TITLE = re.compile(r"(?i)(?:heading|title|untitled|new page|page|document|home)\s*\d*")
_SLOGAN = re.compile(r"(?<=\S)\s+[-–—|]\s+\S+(?:\s+\S+){2,}$")
_LONGEST_WORD: Final = 16
_MOST_LINKED_DATA: Final = 2_000_000


def metadata_of(tree: Any) -> Metadata:
    """Return the metadata of a parsed page; the first field that says something counts."""
    metas = dict(_metas(tree))
    linked = _linked(tree)
    root = tree.getroottree().getroot()
    language = _first(
        language_of,
        (root.get("lang"), linked.get("inLanguage"), *(metas.get(name) for name in _LANGUAGES)),
    )
    issued, issued_from = first_date(_dates(tree, metas, linked), language)
    site = site_name(tree)
    container = _SLOGAN.sub("", site) if site else None
    publisher = _first(one_line, (linked.get("publisher"), *(metas.get(n) for n in _PUBLISHERS)))
    if container and publisher and container.casefold() == publisher.casefold():
        publisher = None
    doi = _DOI.search(metas.get("citation_doi") or metas.get("dc.identifier") or "")
    titles = (linked.get("headline"), *(metas.get(name) for name in _TITLES), _title(tree))
    return Metadata(
        title=_without_site(_first(_own_title, titles), (site, container, publisher)),
        publisher=publisher,
        container_title=container,
        issued=issued,
        issued_from=issued_from,
        language=language,
        url=_address(tree, metas, linked),
        doi=doi[0].rstrip(".,;") if doi else None,
        type=_TYPES.get(str(linked.get("@type")), "webpage"),
    )


def site_name(tree: Any) -> str | None:
    """Return what a page calls its site, with the slogan that may follow the name."""
    metas = dict(_metas(tree))
    found: str | None = _first(one_line, (metas.get(name) for name in _CONTAINERS))
    return found


def _dates(tree: Any, metas: dict[str, str], linked: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a page says of its date, with the field that says it, the surest first."""
    times = [time for time in tree.iter("time") if time.get("datetime")]
    marked = [time for time in times if "pubdate" in time.attrib or _PUBLISHED.search(_hints(time))]
    # Where a page has one time, it is that of the page; of many, others belong to other pages.
    for time in marked or (times if len(times) == 1 else []):
        yield "<time>", time.get("datetime")
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield "microdata datePublished", element.get("datetime") or element.get("content")
    yield "JSON-LD datePublished", linked.get("datePublished")
    yield from ((f"meta {name}", metas.get(name)) for name in _DATES)
    address = _DATE_IN_ADDRESS.search(_address(tree, metas, linked) or "")
    yield (
        "address",
        "-".join(part.zfill(2) for part in address.groups() if part) if address else None,
    )


def _hints(element: Any) -> str:
    near = [element, *list(element.iterancestors())[:2]]
    names = (one.get(name, "") for one in near for name in ("class", "itemprop", "id"))
    return " ".join(names)


def is_doubtful_title(metadata: Metadata) -> bool:
    """Say whether a title is one word, or the name of the site."""
    title = (metadata.title or "").strip()
    site = {(name or "").casefold() for name in (metadata.publisher, metadata.container_title)}
    single = len(title.split()) == 1 and len(title) < _LONGEST_WORD
    return bool(title) and (title.casefold() in site or single)


def _first(read: Any, values: Iterable[object]) -> Any:
    return next((found for found in map(read, values) if found), None)


def _without_site(title: str | None, names: Iterable[str | None]) -> str | None:
    """Return a title without the name of its site at its end."""
    for name in filter(None, names):
        title = re.sub(rf"(?i)\s*[-|–—·:_»\[]\s*{re.escape(name)}\]?$", "", title or "") or title
    return title


def _own_title(words: object) -> str | None:
    title = one_line(words)
    return None if title and _NO_TITLE.fullmatch(title) else title


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields of meta elements by lower-case name, the first of each name."""
    seen = set()
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if name and content and name not in seen:
            seen.add(name)
            yield name, content


def _title(tree: Any) -> str | None:
    """Return the title element, without the name of the site where the heading lacks it."""
    found = tree.xpath("//title[not(ancestor::svg)]")
    title = one_line("".join(found[0].itertext())) if found else None
    headings = [one_line("".join(heading.itertext())) for heading in tree.iter("h1")]
    if title is None:
        return headings[0] if len(headings) == 1 else None
    return next((words for words in headings if words and title.startswith(words)), title)


def _linked(tree: Any) -> dict[str, Any]:
    """Return the first article in the JSON-LD of a page, with its publisher's name."""
    for script in tree.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        if kind != "application/ld+json" or len(text) > _MOST_LINKED_DATA:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # other sources of metadata remain
        for item in _items(value):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            known = next((kind for kind in kinds if kind in _ARTICLES), None)
            if known is not None and ("datePublished" in item or "headline" in item):
                return {**item, "@type": known, "publisher": _name(item.get("publisher"))}
    return {}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            for inner in graph if isinstance(graph, list) else []:
                if isinstance(inner, dict):
                    yield inner


def _name(value: Any) -> Any:
    if isinstance(value, list) and value:
        value = value[0]
    return value.get("name") if isinstance(value, dict) else value


def _address(tree: Any, metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    comments = (comment.text or "" for comment in tree.getroottree().xpath("//comment()"))
    saved = [found[1] or found[2] for found in map(_SAVED_FROM.search, comments) if found]
    for words in (*links, metas.get("og:url"), *saved, linked.get("url")):
        text = one_line(words)
        if text and re.match(r"https?://[^\s/]+", text) and " " not in text:
            return text
    return None

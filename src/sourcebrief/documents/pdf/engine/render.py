"""Laying a page out with WeasyPrint: what it may fetch, and what its messages become."""

import logging
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.request import DataHandler, Request

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from sourcebrief.documents import fonts
from sourcebrief.documents.pdf.engine.load import TESTED_VERSIONS
from sourcebrief.documents.script_fonts import ScriptFont, font_rules
from sourcebrief.errors import EngineFault, EnvironmentFault

BASE_ADDRESS = "resource:"
"""The base address of the HTML: a relative address names one of the given resources."""
ADDED_RULES = "* { footnote-policy: line }"
"""What every document's style sheets have added to them.

Without it a note that does not fit is put on the page after its call's, at most page breaks in a
table; a line whose note does not fit moves instead, and in a row that must not break, the row."""

PDF_VARIANT = "pdf/a-3a"
_MEDIA_TYPES = {"css": "text/css", "svg": "image/svg+xml"}


class _ListingFontConfiguration(FontConfiguration):  # type: ignore[misc]
    """Knows its faces, so that a speed patch can tell documents with the same fonts."""

    def __init__(self) -> None:
        super().__init__()
        self.faces: list[str] = []

    def add_font_face(self, rule_descriptors: Any, *rest: Any) -> Any:
        self.faces.append(repr(rule_descriptors))
        return super().add_font_face(rule_descriptors, *rest)


def render(
    html: str,
    resources: Mapping[str, bytes],
    script_fonts: Sequence[ScriptFont] = (),
    rules: str = "",
) -> Any:
    """Lay an HTML text out and return WeasyPrint's Document.

    Nothing can be fetched but the resources, the fonts of `fonts`, `script_fonts` and `data:` URIs.
    `rules` are style rules more.
    """
    files = {face.address: face.path for face in fonts.faces()}
    addresses = {
        font.face: f"{fonts.FONT_SCHEME}script-{number}.ttf"
        for number, font in enumerate(script_fonts)
    }
    subsets = {addresses[font.face]: font.subset() for font in script_fonts}

    def fetch(url: str) -> URLFetcherResponse:
        try:
            if url.startswith("data:"):
                with DataHandler().data_open(Request(url)) as answer:  # noqa: S310 - data: only
                    return URLFetcherResponse(url, answer.read(), dict(answer.headers))
            if url in files or url in subsets:
                font = subsets[url] if url in subsets else files[url].read_bytes()
                return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
            name = url.removeprefix(BASE_ADDRESS)
            if name not in resources:
                raise LookupError(f"{url} is not among the resources of the document")
            kind = _MEDIA_TYPES.get(name.rpartition(".")[2])
            return URLFetcherResponse(url, resources[name], {"Content-Type": kind} if kind else {})
        except (LookupError, OSError, ValueError) as error:
            # This error alone stops the rendering; any other is only a warning of WeasyPrint.
            raise FatalURLFetchingError(str(error)) from error

    added = [fonts.font_faces_css(), font_rules(script_fonts, addresses), ADDED_RULES, rules]
    while True:
        configuration = _ListingFontConfiguration()
        css = "\n".join(added)
        faces = weasyprint.CSS(string=css, font_config=configuration, url_fetcher=fetch)
        source = weasyprint.HTML(string=html, base_url=BASE_ADDRESS, url_fetcher=fetch)
        document = source.render(
            font_config=configuration, stylesheets=[faces], pdf_variant=PDF_VARIANT
        )
        if weasyprint.__version__ not in TESTED_VERSIONS:
            return document
        from sourcebrief.documents.pdf.engine.boxes import rows_after_strays

        breaks = (f"#{row} {{ break-before: page }}" for row in rows_after_strays(document))
        if not (more := [rule for rule in breaks if rule not in added]):
            return document
        added += more


@contextmanager
def raising_faults() -> Iterator[None]:
    """Raise `EngineFault` on all that WeasyPrint raises, or logs as a warning or an error."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector to close.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    except (EngineFault, EnvironmentFault):
        raise
    except FatalURLFetchingError as error:
        raise EngineFault(f"WeasyPrint: {error}") from error
    except MemoryError as error:
        raise EngineFault("WeasyPrint ran out of memory") from error
    except Exception as error:
        raise EngineFault(f"WeasyPrint failed: {type(error).__name__}: {error}") from error
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
    if messages:
        more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
        raise EngineFault(f"WeasyPrint: {messages[0]}{more}")


def check_fonts(document: Any, more: Collection[str] = ()) -> None:
    """Raise EngineFault where the pages were drawn with any font but those of `fonts` and `more`.

    A version that does not keep which characters were drawn is not checked.
    """
    drawn: dict[str, set[str]] = {}
    for font in document.fonts.values():
        characters = getattr(font, "to_unicode", {}).values()
        drawn.setdefault(font.family, set()).update("".join(characters))
    for family in sorted(drawn.keys() - {fonts.SERIF, fonts.SANS, *more}):
        raise EngineFault(
            f"{''.join(sorted(drawn[family]))!r} was drawn in {family}, not in {fonts.SERIF} or "
            f"{fonts.SANS}: they lack a character, or a style sheet names another font"
        )

"""Rendering templates with Jinja2; what is wrong with one is a problem at its line.

Templates run in Jinja2's sandbox, escape by default and may not use a name that does not exist.
"""

import re
import traceback
from collections.abc import Callable
from dataclasses import is_dataclass
from html import escape
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree, html

from sourcebrief.brief import figure_parts
from sourcebrief.brief import view as views
from sourcebrief.brief.figure_parts import Figure
from sourcebrief.brief.labels import Labels, Templates
from sourcebrief.brief.layouts import SHORT
from sourcebrief.brief.view import BriefView, Html
from sourcebrief.errors import InvalidInput, Place, Problem
from sourcebrief.text.phrases import shorten, slug
from sourcebrief.text.tlp import TLP_COLOURS

BRIEF = "brief.html.j2"
FIGURE = "figure.svg.j2"
_UNBROKEN = re.compile(
    r"(?<!\d)\d{1,2}–\d{1,2} (?:de )?[^\W\d]{3,}"  # 26–27 September: too long with its year
    r"|(?<!\d)\d{1,2} de [^\W\d]{3,}"  # 14 de noviembre
    r"|(?<!\d)\d{1,2}\.? (?!and |und )[^\W\d]{3,}(?: \d{4})?"  # 14 November 2020; 14. März 2020
    r"|[A-Z][^\W\d]{2,} \d{1,2}(?:–\d{1,2},|, \d{4}|(?!\d))"  # July 20, 2019; December 7–8,
    r"|(?:[^\W\d]{3,} )?de \d{4}"  # octubre de 2021
    r"|[^\W\d]{3,} \d{4}"  # October 2021
)
"""Parts of dates that a narrow column keeps in one line."""
_ENDINGS = (".j2", ".html", ".svg", ".txt")
ACCENTS = 8
"""How many accent colours there are; the actors after the last begin with the first again."""


def render_brief(view: BriefView, templates: Templates, labels: Labels) -> str:
    """Return the one semantic HTML that the PDF, the DOCX and the web page are made from.

    Raises InvalidInput at the template's line where a template is wrong.
    """
    figure, narrow = (
        None if figure is None else render_figure(figure, templates, labels)
        for figure in (view.figure, view.narrow_figure)
    )
    foot = running_foot(view, labels)
    page = render(
        BRIEF, templates, labels, brief=view, figure=figure, narrow_figure=narrow, foot=foot
    )
    try:
        html.document_fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError) as fault:
        words = "what it makes is not a page (not HTML); write HTML with a body"
        raise _invalid(templates, BRIEF, 1, words) from fault
    return page


def running_foot(view: BriefView, labels: Labels) -> str:
    """Return what stands at the left of every foot: the edition, its date and its status.

    A foot holds three things in a line, so a short edition, which says when on its first page, has
    its layout instead of the date.
    """
    edition = labels.gettext("Edition %(edition)s", edition=view.edition)
    full = labels.gettext("as of %(date)s", date=view.as_of)
    of = labels.gettext("short edition") if view.layout == SHORT else full
    return f"{edition} · {of} · {view.status_label}"


def render_figure(figure: Figure, templates: Templates, labels: Labels) -> Html:
    """Return the timeline as an SVG element that names its fonts and does not embed them."""
    return Html(render(FIGURE, templates, labels, figure=figure).strip())


def render(name: str, templates: Templates, labels: Labels, **values: object) -> str:
    """Render any template; `values` and `labels` are its names, and its texts are translated.

    Raises InvalidInput where the template, or one that it includes, is missing or wrong.
    """
    environment = _environment(templates, labels)
    try:
        return environment.get_template(name).render(labels=labels, **values)
    except jinja2.TemplateNotFound as fault:
        missing = str(fault.name or name)
        raise _invalid(templates, missing, 1, "this template is missing") from fault
    except InvalidInput:
        raise
    except Exception as fault:
        # Whatever an expression raises is the template's fault, and Jinja2 puts the template's own
        # lines in the traceback.
        frames = traceback.extract_tb(fault.__traceback__)
        own = [(one.filename, one.lineno or 1) for one in frames if one.filename.endswith(_ENDINGS)]
        words = str(fault) or type(fault).__name__
        if isinstance(fault, MemoryError):
            words = "it takes more memory than there is"
        raise _invalid(templates, *(own or [(name, 1)])[-1], words) from fault


class _CompiledTemplates(jinja2.BytecodeCache):
    """Remembers what templates compile to, by their content: a build renders several pages."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if code := self._code.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_compiled = _CompiledTemplates()


_VIEWS = frozenset(
    kind for module in (views, figure_parts) for kind in vars(module).values() if is_dataclass(kind)
)
"""The frozen classes of which a page is made: their public fields are what a template is given."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which does not ask at each field of a view whether it is a way out."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in _VIEWS and attribute[:1] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)


def _environment(templates: Templates, labels: Labels) -> ImmutableSandboxedEnvironment:
    environment = _Sandbox(
        loader=_loader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled,
    )
    install: Callable[..., None] = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(labels.gettext, labels._translations.ngettext, newstyle=True)
    environment.globals["tlp_colours"] = TLP_COLOURS
    environment.filters.update(shorten=shorten, accent=_accent, slug=slug, unbroken=unbroken)
    return environment


def _loader(templates: Templates) -> jinja2.FunctionLoader:
    def load(name: str) -> tuple[str, str, None] | None:
        try:
            content = templates.read(name)
        except KeyError:
            return None
        try:
            return content.decode("utf-8"), name, None
        except UnicodeDecodeError as fault:
            line = content[: fault.start].count(b"\n") + 1
            raise _invalid(templates, name, line, "not UTF-8; save it as UTF-8") from fault

    return jinja2.FunctionLoader(load)


def _invalid(templates: Templates, name: str, line: int, words: str) -> InvalidInput:
    sentence = " ".join(words.split())
    return InvalidInput([Problem(Place(templates.where(name), line), f"template: {sentence}")])


def _accent(number: int) -> int:
    """Return the accent of the nth followed actor; 0, for all others, stays 0."""
    return (number - 1) % ACCENTS + 1 if number else 0


def unbroken(text: str) -> Html:
    """Mark a day with its month and year, so that a narrow column does not part them.

    The style sheet keeps them together. No-break spaces would make Word break inside the year.
    """
    return Html(_UNBROKEN.sub(r'<span class="whole">\g<0></span>', escape(text, quote=False)))

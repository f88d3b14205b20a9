"""The desk's own markup: templates of the package, which no house replaces, since they may write.

All that comes from documents and YAML is escaped.
"""

from functools import cache
from html import escape
from typing import Final

import jinja2

from sourcebrief.brief.view import Html
from sourcebrief.documents.template_folders import DESK, packaged_folder

STATIC: Final = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "../fonts/sans.woff2": "font/woff2",
    "../fonts/serif.woff2": "font/woff2",
}
"""The files that a browser asks for besides, from the folder of the desk, and their types."""


@cache
def _environment() -> jinja2.Environment:
    folder = packaged_folder() / DESK
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["verbatim"] = verbatim
    return environment


def render_desk(template: str, /, **values: object) -> str:
    """Render one of the desk's templates."""
    return _environment().get_template(template).render(**values)


def verbatim(text: str) -> Html:
    """Escape a document's words so that a browser's text has as many code points as they have.

    A reader of HTML turns a carriage return into a line feed, two of them into one, and drops NUL.
    """
    return Html(escape(text.replace("\x00", "\ufffd")).replace("\r", "&#13;"))


@cache
def static_file(name: str) -> bytes:
    """The bytes of a file that a browser asks for."""
    return (packaged_folder() / DESK / name).resolve().read_bytes()

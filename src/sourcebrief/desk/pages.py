"""The web page of a briefing that is being written, to stand in the desk's frame.

It is the page that a build writes, without its evidence file, and with a script that lets the desk
keep the reader's place. No engine makes it but the template; pandoc words the references, which are
remembered by what they are made from.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sourcebrief.brief.make_manifest import Manuscript, manuscript
from sourcebrief.brief.manifest import canonical, edition_of
from sourcebrief.desk.reading import Reading
from sourcebrief.documents.citeproc import StyleFault
from sourcebrief.documents.publish import set_page, web_page, word_references
from sourcebrief.documents.template_folders import TemplateFolders, packaged_folder
from sourcebrief.errors import InvalidInput, Problem, SourcebriefError

FRAME_SCRIPT: Final = "desk/frame.js"


@dataclass(frozen=True, slots=True)
class PreviewPages:
    """The pages of a manuscript by layout, its edition, and why there are none."""

    edition: str = ""
    html: dict[str, bytes] | None = None
    manuscript: Manuscript | None = None
    problems: tuple[Problem, ...] = ()


class PageMaker:
    """Makes the pages of one briefing again and again."""

    def __init__(self) -> None:
        self._references: dict[str, dict[str, str]] = {}
        self._frame_script = (packaged_folder() / FRAME_SCRIPT).read_text("utf-8")

    def make(self, reading: Reading, layouts: Collection[str]) -> PreviewPages:
        """Make the pages of the layouts; what a user can cause is among the problems."""
        corpus, brief = reading.corpus, reading.brief
        if reading.composition is None or corpus is None or brief is None:
            return PreviewPages()
        templates = TemplateFolders(corpus.inputs, packaged_folder())
        try:
            written = manuscript(reading.composition)
            edition = edition_of(canonical(written.manifest))
            references = self._worded(written, templates)
            html = {
                layout: web_page(
                    set_page(written, references, templates, edition, layout),
                    script=self._frame_script,
                )
                for layout in layouts
            }
        except InvalidInput as error:
            return PreviewPages(problems=error.problems)
        except SourcebriefError as error:
            place = brief.place("csl") if isinstance(error, StyleFault) else brief.place()
            return PreviewPages(problems=(Problem(place, str(error)),))
        return PreviewPages(edition, html, written)

    def _worded(self, written: Manuscript, templates: TemplateFolders) -> dict[str, str]:
        style = written.style or templates.read("citation-style.csl")
        said = [source["csl"] for source in written.manifest["sources"]]
        made_from = json.dumps([said, written.language], sort_keys=True).encode() + style
        key = hashlib.sha256(made_from).hexdigest()
        if key not in self._references:
            # One is kept: an author goes on from what stands there.
            self._references = {key: word_references(written, templates)}
        return self._references[key]

"""The words that a document prints, made again from the manifest that it carries."""

from collections.abc import Iterator
from hashlib import sha256

from sourcebrief.brief.labels import Templates
from sourcebrief.brief.layouts import FULL, LAYOUTS
from sourcebrief.brief.make_manifest import Manuscript
from sourcebrief.brief.manifest import Manifest, PrintedWords
from sourcebrief.documents.page_words import EDITION, words_on_page
from sourcebrief.documents.publish import STYLE, set_page, word_references
from sourcebrief.errors import SourcebriefError
from sourcebrief.verification.document_text import NotABrief


def expected_words(manifest: Manifest, templates: Templates) -> Iterator[PrintedWords]:
    """The words of the page that the manifest and the templates make, in each layout.

    `EDITION` stands for the edition. A manifest of format 1 holds the words of its page, and one
    without a `key` entry has no short edition. Raises NotABrief where no page can be made, because
    anyone may have made the manifest.
    """
    if "printed" in manifest:
        yield manifest["printed"]
        return
    if style := missing_style(manifest, templates):
        raise NotABrief(
            f"its source list follows a citation style of its own (SHA-256 {style[:12]}…); give a "
            f"folder that has it as {STYLE} with --templates"
        )
    try:
        manuscript = Manuscript(manifest, style=None)
        references = word_references(manuscript, templates)
        for layout in LAYOUTS if any(one.get("key") for one in manifest["events"]) else (FULL,):
            page = set_page(manuscript, references, templates, EDITION, layout)
            words = words_on_page(page.html)
            if page.contents is not None:
                words["running"]["contents"] = page.contents
            yield words
    except (LookupError, ValueError, ArithmeticError, SourcebriefError) as error:
        raise NotABrief(f"no brief can be made of its evidence ({error})") from error


def missing_style(manifest: Manifest, templates: Templates) -> str | None:
    """The SHA-256 of a citation style of the brief's own that the templates do not hold."""
    style = manifest["brief"].get("style")
    held = style is None or sha256(templates.read(STYLE)).hexdigest() == style
    return None if held else style

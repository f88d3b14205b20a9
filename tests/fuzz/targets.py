"""What is fuzzed: each target takes bytes, and fails where a promise of the code is broken.

ExpectedRun by run.py: `python targets.py NAME [libFuzzer's options] FOLDER...`.
"""

from __future__ import annotations

import functools
import io
import sys
import time
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import atheris

PROJECT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "src"))

with atheris.instrument_imports(include=["sourcebrief", "markdown_it"]):
    from sourcebrief.brief.authored_html import CitationMarkup, render_blocks
    from sourcebrief.brief.view import Html
    from sourcebrief.build.checks import check_briefing, read_corpus
    from sourcebrief.dates.edtf import EDTFError, parse_edtf
    from sourcebrief.dates.wording import word
    from sourcebrief.errors import InvalidInput
    from sourcebrief.evidence.folding import fold_text, squeeze
    from sourcebrief.evidence.passages import NotUTF8, decode_seed, read_seed
    from sourcebrief.evidence.quotations import LocatedQuotation, locate, occurrences
    from sourcebrief.verification.verify import Verdict, verify
    from sourcebrief.workspace.markup import parse_markup
    from sourcebrief.workspace.model import BriefFile, CatalogueEntry, EventList
    from sourcebrief.workspace.read_files import Inputs
    from sourcebrief.workspace.validation import validate
    from sourcebrief.workspace.yaml_places import decode as decode_authored
    from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourcebrief.workspace.markup import Citation

SECOND: Final = 1.0
"""What one input may take, of the processor's time: the machine may have other work."""
GOOD: Final = PROJECT / "tests" / "wrong" / "_good"
FILES: Final = ("seeds/seeds.yaml", "briefings/port/events.yaml", "briefings/port/brief.yaml")


class Broken(AssertionError):  # noqa: N818 - it names what the property is
    """A property that does not hold."""


def require(holds: object, what: str) -> None:
    """Fail with what was expected."""
    if not holds:
        raise Broken(what)


# --- the YAML files -------------------------------------------------------------------------------


@functools.cache
def _good_files() -> dict[str, bytes]:
    """The small good workspace of the tests, by path."""
    files = [path for path in GOOD.rglob("*") if path.is_file()]
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in files}


def yaml(data: bytes) -> None:
    """One of the three files is anything: every fault is a problem at a place in one line."""
    if not data:
        return
    name, content = FILES[data[0] % 3], data[1:]
    try:
        document = load(content, name)
    except InvalidInput as error:
        _require_readable(error.problems)
        return
    for model in (BriefFile, EventList, CatalogueEntry):
        _require_readable(validate(model, document.value, document, ())[1])
    inputs = Inputs(GOOD, {**_good_files(), name: content})
    try:
        corpus = read_corpus(inputs)
        checked = check_briefing("port", corpus)
    except InvalidInput as error:
        _require_readable(error.problems)
    else:
        _require_readable([*corpus.problems, *checked.problems])


def _require_readable(problems: Any) -> None:
    for problem in problems:
        require(problem.place.line >= 1, f"no line: {problem!r}")
        require(problem.place.column >= 1, f"no column: {problem!r}")
        require("\n" not in str(problem), f"two lines: {problem!r}")
        str(problem).encode()


# --- dates ----------------------------------------------------------------------------------------


def edtf(data: bytes) -> None:
    """A date is refused in one line, or reads back as itself, has an order and can be worded."""
    text = data.decode("utf-8", "replace")
    try:
        date = parse_edtf(text)
    except EDTFError as error:
        require("\n" not in str(error) or "\n" in text, f"two lines: {error}")
        return
    require(parse_edtf(str(date)) == date, f"{text!r} reads back as another date")
    first, last = date.earliest, date.latest
    require(first is None or last is None or first <= last, f"{text!r} ends before it begins")
    require(date.order() == parse_edtf(text).order(), f"{text!r} has two orders")
    for language in ("en-GB", "en-US", "es-EC"):
        require(word(date, language).strip(), f"{text!r} has no words in {language}")


# --- quotations -----------------------------------------------------------------------------------


def quotations(data: bytes) -> None:
    """What is found stands there, whole, and what is printed says the same.

    The bytes before the first NUL are a quotation, or `FIRST-LAST` cuts one out of the seed.
    """
    words, _, rest = data.partition(b"\0")
    try:
        seed = read_seed(decode_seed(rest))
        quotation = decode_seed(words)
    except NotUTF8:
        return
    for wanted in {quotation, _cut(quotation, seed.text)}:
        _quotation(wanted, seed)


def _cut(quotation: str, text: str) -> str:
    first, _, last = quotation.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(quotation) < 12):
        return quotation
    return text[int(first) : int(last)]


def _quotation(quotation: str, seed: Any) -> None:
    found = locate(quotation, seed)
    if not isinstance(found, LocatedQuotation):
        require(found.reason.value, "a miss without a reason")
        return
    paragraphs = {paragraph.number: paragraph for paragraph in seed.paragraphs}
    for piece in found.pieces:
        require(seed.text[piece.start : piece.end] == piece.exact, "the slice is another one")
        paragraph = paragraphs[piece.paragraph]
        require(paragraph.start <= piece.start < piece.end <= paragraph.end, "out of its paragraph")
        for edge in (piece.start, piece.end):
            around = seed.text[edge - 1 : edge + 1] if edge else ""
            cut = len(around) == 2 and around.isascii() and around.isalnum()
            require(not cut, f"a word is cut: {around!r}")
    ordered = [piece.start for piece in found.pieces]
    require(ordered == sorted(ordered), "its pieces stand in another order")
    again = locate(quotation, seed, found.paragraph)
    require(isinstance(again, LocatedQuotation), "its own paragraph does not hold it")
    if "[" in quotation or "]" in quotation:
        return
    (piece,) = found.pieces
    require(_alike(quotation, piece.exact), "the slice does not say the same")
    require(any(occurrences(quotation, seed)), "its words do not stand in the seed")
    require(_alike(found.printed, piece.exact), "printed says another")


def _alike(words: str, exact: str) -> bool:
    """Whether words and a slice of a seed differ at most in spaces and hyphens when folded."""
    return squeeze(fold_text(words)) == squeeze(fold_text(exact, seed=True))


# --- authored texts -------------------------------------------------------------------------------


class _Balance(HTMLParser):
    """Fails at a tag that the contract does not list, and at one that is not closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        require(tag in ("p", "ul", "ol", "li", "em", "strong", "a", "sup"), f"<{tag}>")
        require(all(name == "href" and tag == "a" for name, _ in attrs), f"<{tag} {attrs}>")
        for _, value in attrs:
            target = str(value).lower()
            require(target.startswith(("https://", "mailto:")), f"a link to {value!r}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        require(self.open and self.open.pop() == tag, f"</{tag}> closes another")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise Broken(f"a comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise Broken(f"a declaration: {decl!r}")

    def handle_pi(self, data: str) -> None:
        raise Broken(f"an instruction: {data!r}")


def markup(data: bytes) -> None:
    """A text has a fault in one line, or its markup is balanced and says what was written."""
    try:
        text = decode_authored(data, "brief.yaml")
    except InvalidInput:
        return
    parsed = parse_markup(text)
    for fault in parsed.faults:
        require("\n" not in fault, f"two lines: {fault!r}")
    if parsed.faults:
        return
    cited: list[Citation] = []

    def note(citation: Citation) -> CitationMarkup:
        cited.append(citation)
        return CitationMarkup(Html(""), Html("<sup></sup>"))

    balance = _Balance()
    balance.feed(render_blocks(parsed, note, "en"))
    balance.close()
    require(not balance.open, f"never closed: {balance.open}")
    items = [item for citation in cited for item in citation]
    require(items == list(parsed.citations), "a citation was lost")
    # A sign may move before the note that it follows; white space is the page's.
    written = "".join(p.text for block in parsed.blocks for p in block.pieces if p.kind == "text")
    printed = "".join(balance.text)
    require(
        sorted("".join(printed.split())) == sorted("".join(written.split())),
        f"printed is {printed!r}, and written was {written!r}",
    )


# --- documents that somebody sent -----------------------------------------------------------------


def verify_document(data: bytes) -> None:
    """Whatever the bytes are, there is a verdict, in lines that can be shown.

    Bytes that begin with W are parts of a Word document, each after a line with its name, so that
    what is altered is not only its compression.
    """
    verdict = verify(_zipped(data[1:]) if data[:1] == b"W" else data)
    require(isinstance(verdict, Verdict), "no verdict")
    require(verdict.problems or verdict.edition, "neither verified nor not")
    for words in verdict.shortened(200).problems:
        require("\n" not in words, f"two lines: {words!r}")
        words.encode("utf-8", "surrogateescape")


def _zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in data.split(b"\n@@@ ")[1:]:
            name, _, content = part.partition(b"\n")
            archive.writestr(name.decode("utf-8", "replace") or "part", content)
    return out.getvalue()


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "yaml": yaml,
    "edtf": edtf,
    "quotations": quotations,
    "markup": markup,
    "verify": verify_document,
}


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, failing where an input takes a second of the processor's time."""
    seen = 0

    def run(data: bytes) -> None:
        nonlocal seen
        began = time.process_time()
        target(data)
        took = time.process_time() - began
        seen += 1
        # The first ones import and compile.
        require(took < SECOND or seen < 10, f"{len(data)} bytes took {took:.1f} s")

    return run


if __name__ == "__main__":
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, timed(TARGETS[name]))
    atheris.Fuzz()

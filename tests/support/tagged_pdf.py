"""A tagged PDF read back: its marked content and its structure tree, by no code of the project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

import pdf_sample as sample
from sourcebrief.documents.pdf.write_pdf import write_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator


def written(html: str, **changes: Any) -> bytes:
    given: dict[str, Any] = {"resources": sample.RESOURCES, "properties": sample.PROPERTIES}
    return write_pdf(html, **given | changes).content


def page_of(body: str) -> str:
    return (
        "<!doctype html><html lang=en style=\"font-family: 'Source Serif 4'\"><title>T</title>"
        f"<body>{body}</body></html>"
    )


@dataclass(frozen=True)
class Element:
    """A structure element with what it draws, in reading order."""

    object: Any
    role: str
    lang: str
    parts: list[Element | tuple[int, str]] = field(default_factory=list)
    """Children, and (page, drawn text) of the element's own content, in order."""
    annotations: list[Any] = field(default_factory=list)

    @property
    def kids(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    def all(self, *roles: str) -> list[Element]:
        return [each for each in self.walk() if each.role in roles]

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @cached_property
    def pieces(self) -> list[tuple[int, str]]:
        each = [part.pieces if isinstance(part, Element) else [part] for part in self.parts]
        return [piece for pieces in each for piece in pieces]

    @property
    def text(self) -> str:
        return " ".join(" ".join(text for _, text in self.pieces).split())

    @property
    def pages(self) -> set[int]:
        return {page for page, _ in self.pieces}

    def table(self, name: str) -> Any:
        attributes = self.object.get("/A", {})
        return attributes.get(f"/{name}") if attributes else None


class TaggedPdf:
    """A PDF with its pages' marked content and its structure tree."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.file = pikepdf.open(BytesIO(data))
        self.pages = [page.obj.objgen for page in self.file.pages]
        self.artifacts: list[tuple[int, str, str]] = []
        self.content: dict[tuple[int, int], str] = {}
        for number, page in enumerate(self.file.pages):
            self._read_page(number, page)
        self.drawn = list(self.content)
        self.read: list[tuple[int, int]] = []
        tree = self.file.Root.StructTreeRoot
        self.root = self._element(tree.K, str(self.file.Root.Lang), None)

    def _read_page(self, number: int, page: Any) -> None:
        fonts = {name: _to_unicode(font) for name, font in page.resources.Font.items()}
        font: dict[int, str] = {}
        open_: list[tuple[str, Any]] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands: list[Any] = list(instruction.operands)
            match str(instruction.operator):
                case "BDC" | "BMC":
                    properties = operands[1] if len(operands) > 1 else {}
                    assert "/Artifact" not in {tag for tag, _ in open_}, "content in an artifact"
                    open_.append((str(operands[0]), properties))
                    if "/MCID" in properties:
                        self.content[number, int(properties["/MCID"])] = ""
                case "EMC":
                    open_.pop()
                case "Tf":
                    font = fonts[str(operands[0])]
                case "TJ":
                    assert open_, f"page {number + 1} draws text outside any marked content"
                    drawn = b"".join(
                        bytes(each) for each in operands[0] if isinstance(each, pikepdf.String)
                    )
                    codes = (drawn[i : i + 2] for i in range(0, len(drawn), 2))
                    text = "".join(font[int.from_bytes(code, "big")] for code in codes)
                    tag, properties = open_[-1]
                    if tag == "/Artifact":
                        kind = f"{properties.get('/Type')}{properties.get('/Subtype', '')}"
                        self.artifacts.append((number, kind, text))
                    elif "/MCID" in properties:
                        self.content[number, int(properties["/MCID"])] += text
        assert not open_

    def _element(self, node: Any, lang: str, page: Any) -> Element:
        page = node.get("/Pg", page)
        element = Element(node, str(node.S)[1:], str(node.get("/Lang", lang)))
        for kid in kids_of(node):
            if not isinstance(kid, pikepdf.Dictionary):
                self._add_content(element, page, kid)
            elif kid.get("/Type") == "/MCR":
                self._add_content(element, kid.Pg, kid.MCID)
            elif kid.get("/Type") == "/OBJR":
                element.annotations.append(kid.Obj)
            else:
                assert kid.P.objgen == node.objgen, "a child that has another parent"
                element.parts.append(self._element(kid, element.lang, page))
        return element

    def _add_content(self, element: Element, page: Any, mcid: Any) -> None:
        key = self.pages.index(page.objgen), int(mcid)
        self.read.append(key)
        element.parts.append((key[0], self.content.pop(key)))


def kids_of(node: Any) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _to_unicode(font: Any) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]*)>$", cmap, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@cache
def sample_brief() -> TaggedPdf:
    """The sample with everything, made once in a process."""
    return TaggedPdf(written(sample.brief(), attachments=sample.ATTACHMENTS))

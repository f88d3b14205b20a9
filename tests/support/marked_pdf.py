"""A PDF with highlights over its words, as a reader's program makes them."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2

BODY = """
<p lang="en" style="hyphens: none; text-align: justify">The extraordinarily complicated
international organisation of information technology agreements was communicated throughout the
departments.</p>
<p style="break-before: page">Both sides signed a pact on container scanning.</p>
"""


def marked(
    data: bytes, page: int, words: str, *, note: str = "", reply: str = "", kind: str = "Highlight"
) -> bytes:
    """The PDF with a highlight over words of a page, a rectangle for each line."""
    read = pypdfium2.PdfDocument(data)
    sheet = read[page]
    text = sheet.get_textpage()
    found = re.search(r"\s+".join(words.split()), text.get_text_range())
    assert found is not None
    quads: list[float] = []
    boxes: dict[int, list[float]] = {}
    for index in range(*found.span()):
        left, bottom, right, top = text.get_charbox(index)
        if left == right:
            continue
        line = boxes.setdefault(round((bottom + top) / 24), [left, bottom, right, top])
        line[:2] = min(line[0], left), min(line[1], bottom)
        line[2:] = max(line[2], right), max(line[3], top)
    for opened in (text, sheet, read):
        opened.close()
    for left, bottom, right, top in boxes.values():
        quads += [left, top, right, top, left, bottom, right, bottom]
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        rectangle = [min(quads[::2]), min(quads[1::2]), max(quads[::2]), max(quads[1::2])]
        mark = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name(f"/{kind}"),
                Rect=rectangle,
                QuadPoints=quads,
                **({"Contents": note} if note else {}),
            )
        )
        annotations = [mark]
        if reply:
            answer = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Contents=reply, IRT=mark)
            annotations.append(document.make_indirect(answer))
        target = document.pages[page].obj
        target.Annots = pikepdf.Array([*target.get("/Annots", ()), *annotations])
        document.save(out)
    return out.getvalue()

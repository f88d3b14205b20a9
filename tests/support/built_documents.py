"""Real documents for the tests, made by the programs that people make them with."""

from __future__ import annotations

import functools
import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf

from sourcebrief.documents import pandoc

if TYPE_CHECKING:
    from collections.abc import Mapping

READOUT = """\
# Readout of the meeting in Lima

On *3 March 2024* the Minister received the delegation of the Port Authority.[^1]

Both sides “agreed to share cargo data” from June.

| Year | Ships |
|------|-------|
| 2023 | 51    |

- first of two steps
- second of two steps

[^1]: The delegation had four members.
"""

NEWS = """\
<!DOCTYPE html>
<!-- saved from url=(0044)https://daily.example/2024/03/03/port?x=1 -->
<html lang="en-GB"><head><meta charset="utf-8">
<title>Minister meets Port Authority | The Daily</title>
<link rel="canonical" href="https://daily.example/2024/03/03/port">
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-03T21:15:00+02:00">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "X"},
 {"@type": ["NewsArticle"], "headline": "Minister meets Port Authority",
  "datePublished": "2024-03-03T21:15:00+02:00",
  "publisher": {"@type": "Organization", "name": "Daily Media Ltd"}}]}
</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>Minister meets Port Authority</h1>
<p>The Minister received the delegation of the <a href="/x">Port Authority</a> in Lima on
Sunday, and spoke for two hours about cargo, ships and the customs of the harbour.</p>
<p>Both sides agreed to share cargo data from June.<br>A commission is to follow the work.</p>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2023</td><td>51 in all</td></tr></table>
<p>“We have waited long for this,” said the head of the Authority to our reporter.</p>
</article></main>
<aside><p>Read also: ten beaches that you must not miss this summer</p></aside>
<footer><p>Copyright The Daily. All rights reserved.</p></footer>
<script>document.write("<p>injected words</p>")</script></body></html>
"""


@functools.cache
def docx(markdown: str = READOUT, **metadata: str) -> bytes:
    """A Word document, as pandoc writes it on 4 March 2024."""
    options = [f"--metadata={name}={value}" for name, value in metadata.items()]
    made = pandoc.start_pandoc(
        ["--from=markdown", "--to=docx", *options], markdown.encode()
    ).result()
    core = zipfile.ZipFile(io.BytesIO(made)).read("docProps/core.xml")
    return repacked(made, {"docProps/core.xml": core.replace(b"1970-01-01", b"2024-03-04")})


@functools.cache
def page(markdown: str = READOUT, **metadata: str) -> bytes:
    """A web page without anything around its text, as pandoc writes it."""
    options = [f"--metadata={name}={value}" for name, value in metadata.items()]
    arguments = ["--from=markdown", "--to=html", "--standalone", *options]
    return pandoc.start_pandoc(arguments, markdown.encode()).result()


@functools.cache
def pdf(body: str, head: str = "", css: str = "") -> bytes:
    """A PDF, as WeasyPrint makes it: A6, so that pages are short."""
    import weasyprint

    style = f"@page {{ size: A6; margin: 10mm }} body {{ font: 10pt/1.3 serif }} {css}"
    html = f'<html lang="en"><head>{head}<style>{style}</style></head><body>{body}</body></html>'
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made


def encrypted(data: bytes, *, user: str) -> bytes:
    """The same PDF behind a password; with an empty one for users, only the owner's."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def scan() -> bytes:
    """A PDF of one page that is a picture."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        image = pikepdf.Stream(document, bytes(100))
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = 10, 10, 8
        image.ColorSpace = pikepdf.Name.DeviceGray
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        document.pages[0].Contents = pikepdf.Stream(document, b"q 200 0 0 200 0 0 cm /Im0 Do Q")
        document.save(out)
    return out.getvalue()


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A zip with some parts replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()

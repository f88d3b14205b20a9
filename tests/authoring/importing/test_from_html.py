"""The text of saved pages."""

from __future__ import annotations

import pytest

from built_documents import NEWS, READOUT, page
from sourcebrief.authoring.importing import from_html
from sourcebrief.authoring.importing.extraction import Metadata
from sourcebrief.authoring.importing.from_html import read_html
from sourcebrief.evidence.passages import read_seed


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_seed(text).paragraphs]


def test_what_only_the_pages_style_parts_is_parted() -> None:
    sheet = (
        "<style>@media print { .n { display: block } } /* c */ .k, b.x { display: block }</style>"
    )
    lines = (
        '<p><span style="display: block">The Ministry</span><span class="k">The port</span> too</p>'
        '<p><span style="display:inline-block; margin: 2px">Lima</span>Quito</p>'
        '<div style="display: flex"><i>Date</i><b>3 March</b></div>'
        '<p><b class="n">un</b><i>bound</i> <span>port</span><a href="#x">Ministry</a></p>'
    )
    found = read_html(f"<html>{sheet}<body><h1>A head</h1>{lines}</body></html>".encode()).text
    assert found.split("\n\n")[1:] == [
        *("The Ministry", "The port", "too", "Lima Quito", "Date 3 March"),
        "unbound port Ministry\n",
    ]


def test_a_saved_page_of_a_newspaper() -> None:
    found = read_html(NEWS.encode())
    texts = paragraphs(found.text)
    assert texts[0] == "Minister meets Port Authority"
    assert (
        "Both sides agreed to share cargo data from June.\nA commission is to follow the work."
        in texts
    )
    assert "2023 51 in all" in texts
    assert not any(word in found.text for word in ("World", "injected"))
    # What stands around the article is kept, and set aside.
    assert [texts[number - 1][:9] for number in found.ignored] == ["Read also", "Copyright"]
    assert found.metadata == Metadata(
        title="Minister meets Port Authority",
        publisher="Daily Media Ltd",
        container_title="The Daily",
        issued="2024-03-03",
        issued_from="JSON-LD datePublished",
        language="en-GB",
        url="https://daily.example/2024/03/03/port",
        type="article-newspaper",
    )
    assert found.remarks == ("left out, since it is a menu or a form: 2 words, “Home World”",)


def test_a_page_with_nothing_around_its_text_is_taken_whole() -> None:
    found = read_html(page(READOUT, title="Lima, 3 March", lang="es", date="2024-03-05"))
    texts = paragraphs(found.text)
    assert texts[:3] == ["Lima, 3 March", "2024-03-05", "Readout of the meeting in Lima"]
    assert "first of two steps" in texts
    assert found.metadata.issued == "2024-03-05"
    assert found.metadata.language == "es"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=windows-1252><p>Señor Piñera habló</p>".encode("cp1252"), None),
        ("<meta charset=iso-8859-1><p>Señor Piñera habló</p>".encode("cp1252"), None),
        ("<meta charset=iso-8859-9><p>Señor Piñera habló</p>".encode("cp1254"), None),
        ("<p>Señor Piñera habló</p>".encode("utf-16"), None),
        ("<p>Señor Piñera habló</p>".encode("utf-8-sig"), None),
        ("<p>Señor Piñera habló</p>".encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings_of_a_page(data: bytes, encoding: str | None) -> None:
    assert "Señor Piñera habló" in read_html(data, encoding).text


BODY = "".join(
    f"<p>In paragraph {n} the Authority set out how cargo is screened, by whom, at what cost.</p>"
    for n in range(1, 7)
)


def test_title_and_byline_stay_and_menus_and_other_headlines_are_set_aside() -> None:
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("World", "Ports", "Sport"))
    buttons = "<div>Share</div>" * 8
    found = read_html(
        f"""<title>Screening grows - The Daily</title><meta property="og:site_name"
        content="The Daily"><nav>Home</nav><ul>{menu}</ul><article><h1>Screening grows</h1>
        <p>By Ana Ruiz</p><p>4 March 2024</p>{buttons}{BODY}
        <p><a href="/other">A minister says that the harbour of another town will be closed</a></p>
        <p>Nobody else <a href="/x">was asked</a>.</p></article>""".encode()
    )
    texts = paragraphs(found.text)
    kept = [text for n, text in enumerate(texts, 1) if n not in found.ignored]
    assert found.metadata.title == "Screening grows"
    assert kept[:1] == ["Screening grows"]
    assert {"4 March 2024", "By Ana Ruiz", "Nobody else was asked."} <= set(kept)
    assert not {"World", "Ports", "Sport"} & set(kept)
    assert not any("another town" in text for text in kept)
    assert sum("the Authority set out" in text for text in kept) == 6


def test_a_table_within_the_main_text_belongs_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which trafilatura leaves out of some pages."""
    prose = [f"The {n}th paragraph of this text has some words for the ports." for n in range(6)]
    monkeypatch.setattr(from_html, "_main_text", lambda tree, much: prose)
    rows = "".join(f"<tr><td>Port {n}</td><td>{n},000 t</td></tr>" for n in range(5))
    above, below = ("".join(f"<p>{text}</p>" for text in part) for part in (prose[:3], prose[3:]))
    teasers = "".join(f"<p>Teaser {n}</p>" for n in range(5))
    found = read_html(f"{above}<table>{rows}</table>{below}{teasers}".encode())
    texts = paragraphs(found.text)
    assert [texts[n - 1] for n in found.ignored] == [f"Teaser {n}" for n in range(5)]


def test_the_main_text_is_recognised_where_no_space_parts_words() -> None:
    body = "".join(
        f"<p>第{n}章、港湾局は貨物の検査の方法と費用を定め、大臣に報告した。</p>"
        for n in "一二三四五六"
    )
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("世界", "港湾", "運動"))
    found = read_html(
        f"<meta charset=utf-8><ul>{menu}</ul><article><h1>検査の拡大</h1>{body}</article>".encode()
    )
    texts = paragraphs(found.text)
    assert found.remarks == ()
    assert [texts[n - 1] for n in found.ignored] == ["世界", "港湾", "運動"]


@pytest.mark.parametrize(
    ("declared", "written", "words"),
    [
        ("gb2312", "gb18030", "朱镕基表示，该港口已安装六百台扫描仪。"),
        ("big5", "big5hkscs", "碁先生表示，雙方同意交換資料。"),
        ("x-sjis", "cp932", "髙橋局長は①を締結した。"),
        ("ks_c_5601-1987", "cp949", "똠방각하 협약을 체결했다."),
        ("windows-874", "cp874", "ทั้งสองฝ่ายตกลงแลกเปลี่ยนข้อมูล “สินค้า”"),
        ("iso-8859-8-i", "iso-8859-8", "הצדדים הסכימו להחליף נתוני מטען."),
    ],
)
def test_an_old_name_of_an_encoding_means_the_larger_one(
    declared: str, written: str, words: str
) -> None:
    data = f"<meta charset={declared}><p>{words}</p>".encode(written)
    assert paragraphs(read_html(data).text) == [words]


def test_pictures_and_old_elements_part_no_sentence() -> None:
    body = "<p>The <img src=a.png> port of <st1:place>Tarn</st1:place> is in the <big>EU</big>.</p>"
    assert paragraphs(read_html(body.encode()).text) == ["The port of Tarn is in the EU."]


def test_two_line_ends_part_paragraphs() -> None:
    body = "<div><font>It was signed<br>in Tarn.<br> <br>It was read.</font><br><br>It ended.</div>"
    assert paragraphs(read_html(body.encode()).text) == [
        "It was signed\nin Tarn.",
        "It was read.",
        "It ended.",
    ]


def test_a_page_within_the_page_and_a_list_of_commands_are_read() -> None:
    body = (
        "<title>Ports</title><p>Before.</p><iframe srcdoc='&lt;body&gt;&lt;p&gt;Within.'></iframe>"
        "<menu><li>Print</menu><svg><title>Logo</title></svg>"
    )
    found = read_html(body.encode())
    assert paragraphs(found.text) == ["Before.", "Within.", "Print"]
    assert found.metadata.title == "Ports"


def test_blocks_within_a_link_part_paragraphs() -> None:
    body = "<a><h2>It ended</h2></a><a><div>Others</div></a><p>In <a><b>Tarn</b><br>it</a> rained."
    assert paragraphs(read_html(body.encode()).text) == [
        "It ended",
        "Others",
        "In Tarn\nit rained.",
    ]


def test_the_reading_above_a_word_is_told_and_parts_no_sentence() -> None:
    body = "<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>で結んだ。</p>"
    found = read_html(body.encode())
    assert paragraphs(found.text) == ["東京で結んだ。"]
    assert found.remarks[0] == (
        "left out, since it says how to read the letters below it: 1 word, “とうきょう”"
    )

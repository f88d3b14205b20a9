"""What pandoc would not see or should not see of a Word document, put right before it reads it.

Hidden text leaves the document (ECMA-376-1, 17.3.2.41), and the paragraphs of a text box follow
the paragraph that it is anchored in, each once.
"""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from sourcebrief.documents.word.opc_package import OFF

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHANGING: Final = (
    *(f"{W}{name}" for name in ("strike", "dstrike", "vertAlign", "position", "moveFrom", "sym")),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
)
"""What makes the words of a paragraph others than those that stand in it."""
_BLOCKS: Final = (f"{W}p", f"{W}tbl")


def prepared(document: Any, styles: Any) -> tuple[str, int]:
    """Change the document's tree; return the hidden words, and how many text boxes it had."""
    _choose_once(document)
    # pandoc drops what stands in these, and a link that leads nowhere.
    etree.strip_elements(document, f"{W}customXmlPr")
    wrappers = ("hyperlink", "bdo", "dir", "fldSimple", "customXml")
    etree.strip_tags(document, *(f"{W}{name}" for name in wrappers))
    for line_end in document.iter(f"{W}cr"):
        line_end.tag = f"{W}br"
    hidden = without_hidden(document, styles)
    boxes = list(document.iter(f"{W}txbxContent"))
    # The innermost first, so that a box within a box is found where it now stands.
    for box in reversed(boxes):
        _unbox(box)
    return hidden, len(boxes)


def _lift_ruby(document: Any) -> None:
    """Put the letters that have their reading above them in its place, where pandoc sees them."""
    for ruby in list(document.iter(f"{W}ruby")):
        run = ruby.getparent()
        for base in ruby.iterfind(f"{W}rubyBase/{W}r"):
            run.addprevious(base)
        run.remove(ruby)


def plain_text(paragraph: Any) -> str:
    """Return the words of a paragraph; nothing where some of them do not print as they stand."""
    if next(paragraph.iter(*_CHANGING), None) is not None:
        return ""
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def _choose_once(document: Any) -> None:
    """Keep one of what is there twice, for new and for old programs."""
    for alternate in list(document.iter(f"{_MC}AlternateContent")):
        choice = alternate.find(f"{_MC}Choice")
        chosen = alternate.find(f"{_MC}Fallback") if choice is None else choice
        parent = alternate.getparent()
        if parent is None:
            continue
        at = parent.index(alternate)
        for child in list(chosen) if chosen is not None else []:
            parent.insert(at, child)
            at += 1
        parent.remove(alternate)


def _hidden_styles(styles: Any) -> frozenset[str]:
    if styles is None:
        return frozenset()
    return frozenset(
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if _is_on(style.find(f"{W}rPr/{W}vanish"))
    )


def _is_on(flag: Any) -> bool:
    return flag is not None and flag.get(f"{W}val", "1").lower() not in OFF


def without_hidden(part: Any, styles: Any) -> str:
    """Take the hidden runs out of a part of the document; return their words."""
    _lift_ruby(part)
    hidden_styles, words = _hidden_styles(styles), ""
    for run in list(part.iter(f"{W}r")):
        flag = run.find(f"{W}rPr/{W}vanish")
        style = run.find(f"{W}rPr/{W}rStyle")
        paragraph = next(run.iterancestors(f"{W}p"), None)
        whole = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        names = {one.get(f"{W}val") for one in (style, whole) if one is not None}
        if _is_on(flag) or (flag is None and names & hidden_styles):
            words += " " + "".join(text.text or "" for text in run.iter(f"{W}t"))
            run.getparent().remove(run)
    return " ".join(words.split())


def _unbox(box: Any) -> None:
    """Move the paragraphs of a text box behind the paragraph that it stands in."""
    anchor = next(box.iterancestors(f"{W}p"), None)
    if anchor is None:
        return
    for block in reversed([child for child in box if child.tag in _BLOCKS]):
        anchor.addnext(block)
    drawing = next(box.iterancestors(f"{W}drawing", f"{W}pict"), box)
    drawing.getparent().remove(drawing)

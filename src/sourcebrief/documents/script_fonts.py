"""Fonts for scripts that the two typefaces of a brief lack: sources speak their own languages.

For each script a font is sought in this order: a package of fonts (the extra `scripts`), the
folder `templates/fonts/` of the workspace, the system. A document gets only the characters that it
prints. Which file served, and its hash, is part of what a document says of its build.
"""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

from sourcebrief.brief.labels import Templates
from sourcebrief.documents.fonts import SANS, SERIF, missing_glyphs
from sourcebrief.documents.glyph_texts import drop_arabic_ligatures
from sourcebrief.errors import install_extra

# A PDF names one text for each glyph: an Arabic font that draws a letter of base and dots, as the
# packaged Noto Sans Arabic does, would have its words copied and read back wrongly.
_PACKAGES: Final = {
    "Arab": "fontpkg_ibm_plex_sans_arabic",
    "Deva": "fontpkg_noto_sans_devanagari",
    "Khmr": "fontpkg_noto_sans_khmer",
    "Taml": "fontpkg_noto_sans_tamil",
    "Telu": "fontpkg_noto_sans_telugu",
    "Thai": "fontpkg_noto_sans_thai",
}
_CJK: Final = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_CJK_FACES: Final = {"ko": "KR", "ja": "JP", "zh-Hant": "TC", "zh-TW": "TC", "zh-HK": "HK"}
"""The face of a collection by language; SC, for simplified Chinese, serves all others.

Of several the first here, because a face has the forms of other languages too, and Pango asks for
them by an element's language; but not for those of Korean, which it does not count as Han.
"""
_IN_NOTO_SANS: Final = frozenset({"Latn", "Grek", "Cyrl"})
"""Scripts without a Noto font of their own: the one without a name has them."""
_COMMON: Final = frozenset({"Zyyy", "Zinh", "Zzzz"})
_PRIVATE: Final = "Qaaa"
"""What ISO 15924 leaves for private use, here for what each font gives a meaning of its own."""
_FOLDERS: Final = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts"),
)
_COMMON_FILES: Final = (
    *("NotoSansSymbols2-Regular.ttf", "NotoSansSymbols-Regular.ttf", "NotoEmoji-Regular.ttf"),
    *("NotoSansMath-Regular.ttf", "Symbola_hint.ttf", "Symbola.ttf", "NotoSansCJK-Regular.ttc"),
)
_MOST_SHOWN: Final = 8
FONT_FILE: Final = "font "
"""With the name of a file, the key of its hash among the versions that a document carries."""
_ENDINGS: Final = (".ttf", ".otf", ".ttc")

# What typographers use for one another: a font that lacks the one has the other.
_ALIKE: Final = str.maketrans(
    {"\u201f": "“", "\u201b": "‘", "\u2011": "‐", "\u25aa": "•", "\u25cf": "•", "\uf0b7": "•"}
    | {"\uf0a7": "•", "\uf0d8": "•", "\uf02d": "–", "\u2023": "•", "\u3000": " ", "\u2043": "‐"}
)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file: where it comes from, and how to get its bytes."""

    name: str
    origin: str
    path: Path | None = None
    data: bytes | None = None

    def content(self) -> bytes:
        """Return the bytes of the file."""
        return self.data if self.data is not None else self.path.read_bytes() if self.path else b""

    @property
    def sha256(self) -> str:
        """The hash of the file, in hexadecimal digits."""
        return hashlib.sha256(self.content()).hexdigest()


@dataclass(frozen=True, slots=True)
class ScriptFont:
    """A font that draws some characters of a document; `number` is its place in a collection."""

    family: str
    file: FontFile
    number: int
    characters: frozenset[str]

    @property
    def face(self) -> str:
        """The family of the subset in a page: not the font's, which the system may have too."""
        return f"{self.family} subset"

    def subset(self) -> bytes:
        """Return the font with the characters that it draws alone, as OpenType."""
        from fontTools import subset

        options = subset.Options(layout_features=["*"], notdef_outline=True, hinting=False)
        options.drop_tables += ["meta"]  # which fontTools drops too, with a line on the terminal
        options.recalc_timestamp = False
        font = _opened(self.file.content(), self.number)
        if "\u0644" in self.characters:
            drop_arabic_ligatures(font)
        # A PDF takes the number of a glyph for its CID, which a CFF font keeps from the whole one.
        options.retain_gids = "CFF " in font
        chosen = subset.Subsetter(options)
        # Pango may draw the space between two words in the font of the words, and draws a vowel
        # of Thai or Bengali as its two parts.
        text = "".join(sorted({*self.characters, " "}))
        chosen.populate(text=text + normalize("NFKD", text))
        chosen.subset(font)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class MissingScript:
    """A script without a font: its name, the characters, and what to do."""

    name: str
    characters: frozenset[str]
    remedy: str

    @property
    def shown(self) -> str:
        """The script and its first characters, for a message."""
        first = " ".join(
            one if one.isprintable() else f"U+{ord(one):04X}"
            for one in sorted(self.characters)[:_MOST_SHOWN]
        )
        return f"{self.name} ({first}{' …' if len(self.characters) > _MOST_SHOWN else ''})"


def printable_text(text: str) -> str:
    """Return a text with a character of equal meaning for a typographic one that no font has."""
    return text.translate(_ALIKE)


def substituted(text: str) -> tuple[str, ...]:
    """Return the characters that `printable_text` replaces, each once."""
    return tuple(dict.fromkeys(character for character in text if ord(character) in _ALIKE))


def script_fonts(
    text: str, templates: Templates, languages: Iterable[str] = ()
) -> tuple[tuple[ScriptFont, ...], tuple[MissingScript, ...]]:
    """Find fonts for what the two typefaces lack of a text.

    `languages` (BCP 47) decide between the forms of Chinese characters. Returns the fonts, and
    the scripts for which there is none.
    """
    wanted: dict[str, set[str]] = {}
    for character in missing_glyphs(printable_text(text)):
        wanted.setdefault(_script(character), set()).add(character)
    fonts: dict[tuple[str, int], ScriptFont] = {}
    missing: list[MissingScript] = []
    face = _cjk_face(languages)
    # Marks that scripts share come last: a font that was chosen for one of them may have them.
    for script, characters in sorted(wanted.items(), key=lambda item: (item[0] == "Zyyy", item)):
        left = set(characters)
        chosen = [font.file for font in fonts.values()]
        for file in dict.fromkeys((*chosen, *_candidates(script, templates))):
            number, family, drawn = _drawn(file, face, left)
            if drawn:
                key = (file.name, number)
                known = fonts[key].characters if key in fonts else frozenset()
                fonts[key] = ScriptFont(family, file, number, known | drawn)
                left -= drawn
            if not left:
                break
        if left:
            missing.append(MissingScript(_name(script), frozenset(left), _remedy(script)))
    return tuple(fonts.values()), tuple(missing)


def font_hashes(names: Iterable[str], templates: Templates) -> dict[str, str]:
    """Return the hash of each font file of these names that is here."""
    wanted = set(names)
    files = [*map(_installed_file, sorted(wanted & _installed().keys())), *_own(templates)]
    for package in _PACKAGES.values() if wanted else ():
        files += _in_package(package)
    # In the order in which they are sought, so that the first that would serve stands last.
    return {file.name: file.sha256 for file in files if file.name in wanted}


def font_rules(fonts: Iterable[ScriptFont], addresses: Mapping[str, str]) -> str:
    """Return the `@font-face` rules; `addresses` gives that of each face."""
    return "\n".join(
        f'@font-face {{ font-family: "{font.face}"; src: url("{addresses[font.face]}") }}'
        for font in fonts
    )


def with_families(css: str, fonts: Iterable[ScriptFont]) -> str:
    """Name the fonts in a style sheet or drawing behind the two typefaces, where it names these."""
    families = [font.face for font in fonts]
    for family, quote in product((SERIF, SANS), "\"'"):
        named = (f"{quote}{one}{quote}" for one in (family, *families))
        # In a drawing, WeasyPrint takes a space behind a comma for part of the next name.
        css = css.replace(f"{quote}{family}{quote}", ",".join(named))
    return css


def _script(character: str) -> str:
    from fontTools import unicodedata

    if unicodedata.category(character) == "Co":
        return _PRIVATE
    code: str = unicodedata.script(character)
    return "Hani" if code in _CJK else "Zyyy" if code in _COMMON else code


def _name(script: str) -> str:
    from fontTools import unicodedata

    named = {"Zyyy": "symbols and emoji", _PRIVATE: "characters of private use"}
    if script in named:
        return named[script]
    return "Chinese, Japanese or Korean" if script == "Hani" else unicodedata.script_name(script)


def _remedy(script: str) -> str:
    folder = "or put a font that has them into templates/fonts/"
    if script == _PRIVATE:
        return f"what they mean only one font knows: take them out of what prints, {folder}"
    if script in _PACKAGES:
        return f"run: {install_extra('scripts')}, {folder}"
    package = {"Hani": "fonts-noto-cjk", "Zyyy": "fonts-symbola"}.get(script, "fonts-noto-core")
    return f"install {package} (Debian's name for it), {folder}"


def _cjk_face(languages: Iterable[str]) -> str:
    tags = tuple(languages)
    for language, face in _CJK_FACES.items():
        if any(f"{tag}-".startswith(f"{language}-") for tag in tags):
            return face
    return "SC"


def _candidates(script: str, templates: Templates) -> Iterator[FontFile]:
    if package := _PACKAGES.get(script):
        yield from _in_package(package)
    yield from _own(templates)
    for name in _file_names(script):
        if name in _installed():
            yield _installed_file(name)


def _own(templates: Templates) -> Iterator[FontFile]:
    for name in templates.names("fonts"):
        if name.lower().endswith(_ENDINGS):
            file = name.rpartition("/")[2]
            yield FontFile(file, f"templates/{name}", data=templates.read(name))


def _installed_file(name: str) -> FontFile:
    return FontFile(name, "system", path=_installed()[name])


def _in_package(package: str) -> Iterator[FontFile]:
    try:
        folder = Path(import_module(package).ROOT) / "files"
    except ImportError:
        return
    for path in sorted(folder.glob("*.ttf")):
        if "Regular" in path.name or "[" in path.name:  # one weight, or a font of all
            yield FontFile(path.name, package.replace("_", "-"), path=path)


def _file_names(script: str) -> tuple[str, ...]:
    if script in ("Zyyy", _PRIVATE):
        return _COMMON_FILES if script == "Zyyy" else ()
    if script == "Hani":
        return ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "SourceHanSans.ttc")
    from fontTools import unicodedata

    plain = unicodedata.script_name(script).replace(" ", "").replace("_", "")
    plain = "" if script in _IN_NOTO_SANS else plain
    return (f"NotoSans{plain}-Regular.ttf", f"NotoSerif{plain}-Regular.ttf")


@cache
def _installed() -> dict[str, Path]:
    """Return the fonts of the system whose names are of interest, the first of each name."""
    found: dict[str, Path] = {}
    for base in _FOLDERS:
        for folder, _, names in sorted(os.walk(Path(base).expanduser())):
            for name in sorted(names):
                if name.startswith(("Noto", "Symbola", "SourceHan")):
                    found.setdefault(name, Path(folder, name))
    return found


def _drawn(file: FontFile, face: str, characters: set[str]) -> tuple[int, str, frozenset[str]]:
    """Return a font's place in its file, its family, and which of the characters it draws."""
    from fontTools.ttLib import TTLibError

    try:
        number, family, covered = _described(file, face)
    except (TTLibError, OSError, AssertionError, TypeError, KeyError):
        return 0, "", frozenset()  # another candidate may serve; where none does, that is said
    return number, family, frozenset(one for one in characters if ord(one) in covered)


@cache
def _described(file: FontFile, face: str) -> tuple[int, str, frozenset[int]]:
    data = file.content()
    number = 0
    if data[:4] == b"ttcf":
        from fontTools.ttLib import TTCollection

        names = [_family(font) for font in TTCollection(io.BytesIO(data), lazy=True).fonts]
        wanted = [index for index, name in enumerate(names) if name.endswith(f" {face}")]
        number = min(wanted, key=lambda index: len(names[index])) if wanted else 0
    font = _opened(data, number)
    return number, _family(font), frozenset(font.getBestCmap() or {})


def _opened(data: bytes, number: int) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), fontNumber=number, lazy=True, recalcTimestamp=False)


def _family(font: Any) -> str:
    names = font["name"]
    return str(names.getBestFamilyName() or "Font")

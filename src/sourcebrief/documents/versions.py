"""The versions of all that decides the bytes of a document.

Only the standard library is imported here, because staleness is decided before any engine loads.
"""

import hashlib
import platform
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path
from typing import Final

_PACKAGES: Final = (
    "sourcebrief",
    "babel",
    "fontpkg-source-sans-3",
    "fontpkg-source-serif-4",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "pikepdf",
    "pydyf",
    "pypandoc-binary",
    "resvg-py",
    "weasyprint",
)
_LIBRARIES: Final = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libglib", "libz.")


@cache
def package_versions() -> dict[str, str]:
    """The versions of Python, of the packages that decide bytes, and of this package's sources."""
    from importlib import metadata

    # Two builds of one minor version of Python write the same bytes.
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "?"
    # A checkout changes without its version changing.
    return found | {"sources": sources_digest()}


@cache
def sources_digest() -> str:
    """A digest of this package's own modules."""
    package = Path(__file__).resolve().parents[1]
    sources = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        sources.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return sources.hexdigest()[:16]


def engines_here(formats: Container[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The versions of the engines of this process, and the system's files among them."""
    from sourcebrief.documents import pandoc

    engines = {"pandoc": pandoc.version()}
    if "pdf" not in formats:
        return engines, ()
    from sourcebrief.documents.pdf.engine.load import engine_versions

    return engines | engine_versions(), _loaded_libraries()


def versions_of(kind: str) -> dict[str, str]:
    """The versions of this process that decide the bytes of a document of a kind, by name."""
    engines, _ = engines_here((kind,))
    return {**package_versions(), **engines}


def all_versions() -> dict[str, str]:
    """All versions of this process that decide the bytes of a document, by name."""
    return versions_of("pdf")


def _loaded_libraries() -> tuple[str, ...]:
    """The files from which this process has loaded libraries that decide bytes.

    Only Linux says it; elsewhere a record holds their versions alone.
    """
    try:
        maps = Path("/proc/self/maps").read_text("utf-8", "surrogateescape")
    except OSError:
        return ()
    paths = {line.split(maxsplit=5)[5] for line in maps.splitlines() if "/" in line}
    return tuple(sorted(path for path in paths if path.rpartition("/")[2].startswith(_LIBRARIES)))

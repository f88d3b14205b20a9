"""What a build needs of the machine: versions, libraries, typefaces, extras, programs."""

import platform
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import metadata
from typing import Final

from sourcebrief import __version__
from sourcebrief.authoring.health.findings import Finding
from sourcebrief.errors import EngineFault, EnvironmentFault, install_extra

EXTRAS: Final = {
    "import": "to read HTML and PDF with `add`",
    "serve": "to write with the page beside you, and in an editor",
    "sign": "to seal PDFs",
    "cluster": "to build on several machines",
    "ics": "to export a calendar",
    "mcp": "to answer programs over MCP",
}
"""What the optional dependencies are for, by the name of the extra."""
_PROGRAMS: Final = {
    "git": "what changed since a revision, and what a document was when it was pinned",
    "ssh-keygen": "seals with an SSH key",
}
_REQUIREMENT: Final = re.compile(r"([\w.-]+).*\bextra *== *['\"]([\w.-]+)['\"]")


def machine_health() -> Iterator[Finding]:
    """Look at all that lies outside the workspace."""
    yield Finding("sourcebrief", "ok", f"{__version__} on Python {platform.python_version()}")
    for subject, look in (
        ("pandoc", _pandoc),
        ("PDF", _pdf),
        ("typefaces", _typefaces),
        ("figure", _figure),
    ):
        try:
            yield look(subject)
        except (EnvironmentFault, EngineFault) as error:
            yield Finding(subject, "wrong", str(error))
    yield from map(_extra, EXTRAS)
    for program, use in _PROGRAMS.items():
        lacking = Finding(
            program, "absent", f"not found, and needed for {use}", f"install {program}"
        )
        where = shutil.which(program)
        yield Finding(program, "ok", where) if where else lacking


def _pandoc(subject: str) -> Finding:
    from sourcebrief.documents import pandoc

    return Finding(subject, "ok", pandoc.version())


def _pdf(subject: str) -> Finding:
    from sourcebrief.documents.pdf.engine.load import TESTED_VERSIONS, engine_versions, load_engine

    engine = load_engine()
    found = ", ".join(f"{name} {version}" for name, version in engine_versions().items())
    if engine.warning is None:
        return Finding(subject, "ok", found)
    remedy = f"pip install weasyprint=={TESTED_VERSIONS[-1]}"
    return Finding(subject, "note", f"{found}; {engine.warning}", remedy)


def _typefaces(subject: str) -> Finding:
    from sourcebrief.documents.fonts import SANS, SERIF, coverage

    return Finding(subject, "ok", f"{SERIF} and {SANS}, {len(coverage()):,} characters")


def _figure(subject: str) -> Finding:
    from sourcebrief.documents.raster import png

    png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>')
    return Finding(subject, "ok", "drawn for Word")


def _extra(extra: str) -> Finding:
    """Say whether the packages of an extra are here."""
    missing = missing_packages(extra, metadata.version)
    subject = f"extra {extra}"
    if not missing:
        return Finding(subject, "ok", "here")
    use = EXTRAS[extra]
    remedy = f"{use}: {install_extra(extra)}"
    return Finding(subject, "absent", f"{', '.join(missing)} not installed", remedy)


def missing_packages(extra: str, version: Callable[[str], str]) -> list[str]:
    """Return the packages of an extra that `version` does not know."""
    wanted = filter(None, map(_REQUIREMENT.match, metadata.requires("sourcebrief") or ()))
    missing = []
    for package in (found[1] for found in wanted if found[2] == extra):
        try:
            version(package)
        except metadata.PackageNotFoundError:
            missing.append(package)
    return missing

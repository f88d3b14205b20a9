"""WeasyPrint as this process has it: its version, the system's libraries, and the patches."""

import threading
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pkgutil import resolve_name
from typing import Any

from sourcebrief.errors import EnvironmentFault

TESTED_VERSIONS = ("69.0", "70.0")
"""The versions of WeasyPrint that this project is tested with."""

_applying = threading.RLock()


@dataclass(frozen=True, slots=True)
class Patch:
    """The replacement of one private function of WeasyPrint.

    `target` is its dotted name, `replacement` makes the new function from the original one, and
    `needs` are the other private names that the new one uses.
    """

    target: str
    replacement: Callable[[Any], Any]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """The WeasyPrint of this process, with the patches that it is used with."""

    version: str
    tagging: Patch | None
    """None where this version lacks a private name that the patch needs."""
    speed: tuple[Patch, ...]

    @property
    def warning(self) -> str | None:
        """What a user is told of a version that is not tested; None for one that is."""
        if self.version in TESTED_VERSIONS:
            return None
        return (
            f"WeasyPrint {self.version} has not been tested with sourcebrief "
            f"({' and '.join(TESTED_VERSIONS)} have); its speed patches are off"
        )


def load_engine() -> Engine:
    """Import WeasyPrint.

    Raises EnvironmentFault where it, or a library that it needs, is missing.
    """
    try:
        # On a missing library WeasyPrint prints a long message, on standard output too.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore", DeprecationWarning)
            # That the system has no fonts is nothing to a document, which brings its own.
            warnings.simplefilter("ignore", UserWarning)
            import weasyprint
    except OSError as error:
        raise _missing_library(str(error).partition(":")[0]) from None
    if not _can_subset():
        raise _missing_library("libharfbuzz-subset")
    speed: tuple[Patch, ...] = ()
    if weasyprint.__version__ in TESTED_VERSIONS:
        from sourcebrief.documents.pdf.engine.speed import (
            finding_notes,
            making_static,
            remembering,
            shaping,
        )

        speed = (
            Patch("weasyprint.pdf.fonts.instantiateVariableFont", making_static),
            Patch("weasyprint.layout.inline.split_first_line", remembering),
            Patch("weasyprint.layout.LayoutContext.__init__", finding_notes),
            Patch("weasyprint.svg.Node.text", shaping),
        )
    return Engine(weasyprint.__version__, _tagging(), speed)


def _tagging() -> Patch | None:
    try:
        from sourcebrief.documents.pdf.engine import tagging
    except (ImportError, AttributeError):
        return None
    patch = Patch("weasyprint.pdf.add_tags", tagging.replacement, tagging.NEEDS)
    return patch if all(map(has_name, (patch.target, *patch.needs))) else None


def has_name(name: str) -> bool:
    """Return whether a dotted name exists: of a module, a class, or what a class sets in itself."""
    try:
        holder, attribute = _holder(name)
    except (ImportError, AttributeError):
        return False
    initialiser = getattr(getattr(holder, "__init__", None), "__code__", None)
    return hasattr(holder, attribute) or (
        initialiser is not None and attribute in initialiser.co_names
    )


def _holder(name: str) -> tuple[Any, str]:
    """Return the module or class that holds a name, and the last part of the name."""
    path, _, attribute = name.rpartition(".")
    return resolve_name(path), attribute


@contextmanager
def applied(patches: Iterable[Patch]) -> Iterator[None]:
    """Apply patches within the block, and restore the originals after it."""
    with _applying:
        originals: list[tuple[Any, str, Any]] = []
        try:
            for patch in patches:
                holder, attribute = _holder(patch.target)
                original = getattr(holder, attribute)
                originals.append((holder, attribute, original))
                setattr(holder, attribute, patch.replacement(original))
            yield
        finally:
            for holder, attribute, original in reversed(originals):
                setattr(holder, attribute, original)


def engine_versions() -> dict[str, str]:
    """Return the versions of all that decides a PDF's bytes, for the record of a build."""
    versions = {"weasyprint": load_engine().version, "zlib": zlib.ZLIB_RUNTIME_VERSION}
    try:
        from weasyprint.text import ffi as libraries

        pango = libraries.pango.pango_version()
        # WeasyPrint declares only those functions of HarfBuzz that it calls.
        libraries.ffi.cdef("const char * hb_version_string (void);", override=True)
        harfbuzz = libraries.ffi.string(libraries.harfbuzz.hb_version_string()).decode()
    except (ImportError, AttributeError):
        return versions
    numbers = f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}"
    return versions | {"pango": numbers, "harfbuzz": harfbuzz}


def _can_subset() -> bool:
    """Return whether HarfBuzz can reduce fonts; True where this version does not say."""
    try:
        from weasyprint.text import ffi as libraries
    except ImportError:
        return True
    return getattr(libraries, "harfbuzz_subset", True) is not None


def _missing_library(name: str) -> EnvironmentFault:
    return EnvironmentFault(
        f"WeasyPrint needs a system library ({name}): on Debian or Ubuntu run "
        '"apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", '
        'on macOS "brew install pango"'
    )

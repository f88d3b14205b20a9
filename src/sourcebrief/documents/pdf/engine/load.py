"""Importing WeasyPrint: its version, the system's libraries, and the patches that fit it."""

import warnings
import zlib
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO

from sourcebrief.documents.pdf.engine.patches import TESTED_VERSIONS, Patch
from sourcebrief.errors import EnvironmentFault

_TAGGING = "sourcebrief.documents.pdf.engine.tagging"


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
            import weasyprint
    except OSError as error:
        raise _missing_library(str(error).partition(":")[0]) from None
    if not _can_subset():
        raise _missing_library("libharfbuzz-subset")
    speed: tuple[Patch, ...] = ()
    if weasyprint.__version__ in TESTED_VERSIONS:
        from sourcebrief.documents.pdf.engine.speed import SPEED_PATCHES

        speed = SPEED_PATCHES
    return Engine(weasyprint.__version__, _tagging(), speed)


def _tagging() -> Patch | None:
    try:
        patch: Patch = import_module(_TAGGING).TAGGING
    except (ImportError, AttributeError):
        return None
    return patch if patch.applies() else None


def engine_versions() -> dict[str, str]:
    """Return the versions of all that decides a PDF's bytes, for the record of a build."""
    return {
        "weasyprint": load_engine().version,
        **_library_versions(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _library_versions() -> dict[str, str]:
    try:
        from weasyprint.text import ffi as libraries

        pango = libraries.pango.pango_version()
        # WeasyPrint declares only those functions of HarfBuzz that it calls.
        libraries.ffi.cdef("const char * hb_version_string (void);", override=True)
        harfbuzz = libraries.ffi.string(libraries.harfbuzz.hb_version_string()).decode()
    except (ImportError, AttributeError):
        return {}
    return {
        "pango": f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}",
        "harfbuzz": harfbuzz,
    }


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

"""What a patch of WeasyPrint is, and how patches are applied."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

TESTED_VERSIONS = ("69.0", "70.0")
"""The versions of WeasyPrint that this project is tested with."""

_applying = threading.RLock()


@dataclass(frozen=True, slots=True)
class Patch:
    """The replacement of one private function of WeasyPrint.

    `target` is its dotted name and `replacement` makes the new function from the original one.
    `issues` are the numbers at github.com/Kozea/WeasyPrint that the patch answers; it is empty
    where no upstream issue is known.
    """

    target: str
    reason: str
    issues: tuple[int, ...]
    replacement: Callable[[Any], Any]
    needs: tuple[str, ...] = ()
    """The other private names that the replacement uses."""
    probe: Callable[[], bool] = lambda: True
    """Whether the libraries of this machine can do what the replacement asks of them."""

    def missing_names(self) -> tuple[str, ...]:
        """Return the private names that this version of WeasyPrint does not have."""
        return tuple(name for name in (self.target, *self.needs) if not has_name(name))

    def applies(self) -> bool:
        """Return whether the patch can be applied to this version on this machine."""
        return not self.missing_names() and self.probe()


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
    try:
        return import_module(path), attribute
    except ModuleNotFoundError:
        module, _, owner = path.rpartition(".")
        return getattr(import_module(module), owner), attribute


@contextmanager
def applied(patches: Iterable[Patch]) -> Iterator[None]:
    """Apply, within the block, the patches that can be applied; restore the originals after it."""
    with _applying:
        originals: list[tuple[Any, str, Any]] = []
        try:
            for patch in patches:
                if patch.applies():
                    holder, attribute = _holder(patch.target)
                    original = getattr(holder, attribute)
                    originals.append((holder, attribute, original))
                    setattr(holder, attribute, patch.replacement(original))
            yield
        finally:
            for holder, attribute, original in reversed(originals):
                setattr(holder, attribute, original)

"""Where templates, style sheets and label catalogues come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Templates(Protocol):
    """The files of `templates/`: a workspace's own win, file by file, over the packaged ones.

    Names are paths from that folder with forward slashes (`brief.html.j2`, `labels/es.po`).
    """

    def read(self, name: str) -> bytes:
        """Give the file's bytes; KeyError where there is no such file."""
        ...

    def where(self, name: str) -> str:
        """Give the path that messages name, for a file that exists or not."""
        ...

    def names(self, folder: str) -> Iterable[str]:
        """List the names of the files that stand in `folder` itself."""
        ...

"""A YAML file under change, by small edits that are made one after the other."""

from collections.abc import Callable, Sequence
from typing import Any

from sourcebrief.errors import SourcebriefError
from sourcebrief.workspace.yaml_edits import (
    Edit,
    YamlText,
    apply_edits,
    copied,
    edited,
    value_at,
)
from sourcebrief.workspace.yaml_places import Path, decode, load
from sourcebrief.workspace.yaml_writing import text_scalars


class YamlDraft:
    """A file under change: each change is made in its text, and in the `value` it has to read as.

    Raises InvalidInput where the file is not YAML.
    """

    def __init__(self, before: bytes, path: str) -> None:
        self.value: Any = copied(load(before, path).value)
        self._before, self._path = before, path
        self._text: str | None = decode(before, path)

    def set(self, path: Path, value: Any, after: str | None = None) -> None:
        """Set a key, of which a new one goes below the key `after` or last; or a text in a list."""
        above, last = path[:-1], path[-1]
        holder = value_at(self.value, above)
        if isinstance(holder, dict):
            self._change(lambda text: text.set_key(above, str(last), value, after))
        else:
            single = isinstance(value, str | int)
            self._change(lambda text: text.scalar_edit(path, str(value)) if single else None)
        holder[last] = text_scalars(value)

    def append(self, path: Path, items: Sequence[Any], after: str | None = None) -> None:
        """Write items at the end of a list; where its key is missing, it is set as `set` does."""
        above, last = path[:-1], path[-1]
        holder = value_at(self.value, above)
        if isinstance(holder, dict) and last not in holder:
            self.set(path, list(items), after)
            return
        self._change(lambda text: text.append_items(path, items))
        holder[last] = [*(holder[last] or []), *map(text_scalars, items)]

    def put_behind(self, path: Path, items: Sequence[Any]) -> None:
        """Write items into a list, behind the item at a path."""
        holder, number = value_at(self.value, path[:-1]), int(path[-1])
        self._change(lambda text: text.append_items(path[:-1], items, number))
        holder[number + 1 : number + 1] = map(text_scalars, items)

    def move(self, path: Path, to: int) -> None:
        """Move an item of a list to another place in it."""
        self._change(lambda text: text.move_item(path, to))
        holder = value_at(self.value, path[:-1])
        holder.insert(to, holder.pop(path[-1]))

    def remove(self, path: Path) -> None:
        """Take a key or an item of a list away."""
        self._change(lambda text: text.remove(path))
        del value_at(self.value, path[:-1])[path[-1]]

    def written(self) -> bytes | None:
        """Return the file with all changes; None where one cannot be made as it is written."""
        if self._text is None:
            return None
        return edited(self._before, self._text, self.value, self._path)

    def written_or(self, refusal: str) -> bytes:
        """Return the file with all changes; SourcebriefError with these words where one fails."""
        if (after := self.written()) is None:
            raise SourcebriefError(refusal)
        return after

    def _change(self, change: Callable[[YamlText], Edit | None]) -> None:
        edit = None if self._text is None else change(YamlText(self._text))
        self._text = apply_edits(self._text or "", [edit]) if edit is not None else None

"""An Open Packaging Conventions package (ISO/IEC 29500-2) as parts, types and relations."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from sourcebrief.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = "[Content_Types].xml"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"

LARGEST = 1024 * 1024 * 1024
"""Bytes that all parts may have when unpacked: none of ours comes near, a zip bomb would."""

UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)
"""What zipfile raises for a file that is no zip, is damaged, encrypted or packed otherwise."""

# The order in which a reader that streams wants them; the rest follows by name.
_FIRST = (TYPES, "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels")


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def parse(content: bytes) -> etree._Element:
    """Parse a part: no entities, no network, no limit on its length beyond that of the part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def serialise(root: etree._Element) -> bytes:
    """Return a part's bytes from its tree."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


class Package:
    """The parts of a document by name, read and written whole."""

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._parts = _unpacked(archive)
        except UNREADABLE as error:
            raise EngineFault(f"not a Word document: {error}") from error
        self._trees: dict[str, etree._Element] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def read(self, name: str) -> bytes:
        """Return a part's bytes as they were read or last put; EngineFault where it is missing."""
        if name not in self._parts:
            raise EngineFault(f"not a Word document: no part {name}")
        return self._parts[name]

    def tree(self, name: str) -> etree._Element:
        """Return a part's root, parsed once; what is changed in it is written."""
        if name not in self._trees:
            try:
                self._trees[name] = parse(self.read(name))
            except etree.XMLSyntaxError as error:
                raise EngineFault(f"not a Word document: {name}: {error.msg}") from error
        return self._trees[name]

    def put(self, name: str, content: bytes, content_type: str | None = None) -> None:
        """Add or replace a part; ``content_type`` where the extension's default is not its type."""
        self._parts[name] = content
        self._trees.pop(name, None)
        if content_type is not None:
            types = self.tree(TYPES)
            for override in types.findall(f"{{{CONTENT}}}Override"):
                if override.get("PartName") == f"/{name}":
                    types.remove(override)
            etree.SubElement(
                types,
                f"{{{CONTENT}}}Override",
                {"PartName": f"/{name}", "ContentType": content_type},
            )

    def remove(self, name: str) -> None:
        """Take a part out, with its type and every relation that leads to it."""
        self._parts.pop(name, None)
        self._trees.pop(name, None)
        self._parts.pop(relations_of(name), None)
        types = self.tree(TYPES)
        for override in types.findall(f"{{{CONTENT}}}Override"):
            if override.get("PartName") == f"/{name}":
                types.remove(override)
        for part in [part for part in self._parts if part.endswith(".rels")]:
            tree = self.tree(part)
            for relation in list(tree):
                if relation.get("TargetMode") != "External" and _target(part, relation) == name:
                    tree.remove(relation)

    def relate(self, source: str, target: str, kind: str) -> str:
        """Add a relation of ``kind`` from one part (``""``: the package) to another; its id."""
        name = relations_of(source)
        if name not in self._parts:
            self._parts[name] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        tree = self.tree(name)
        taken = {relation.get("Id") for relation in tree}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        folder = posixpath.dirname(source)
        etree.SubElement(
            tree,
            f"{{{RELATIONS}}}Relationship",
            {
                "Id": f"rId{number}",
                "Type": f"{OFFICE}/{kind}",
                "Target": posixpath.relpath(target, folder) if folder else target,
            },
        )
        return f"rId{number}"

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Return the parts that ``source`` has relations of ``kind`` to, by relation id."""
        name = relations_of(source)
        if name not in self._parts:
            return {}
        return {
            str(relation.get("Id")): _target(name, relation)
            for relation in self.tree(name)
            if str(relation.get("Type")).endswith(f"/{kind}")
            and relation.get("TargetMode") != "External"
        }

    def bytes(self) -> bytes:
        """Return the package as a zip file: the same parts make the same bytes."""
        for name, tree in self._trees.items():
            self._parts[name] = serialise(tree)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in sorted(self._parts, key=_place):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                # A picture is compressed already.
                packed = not name.endswith((".png", ".jpeg", ".jpg"))
                entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
                entry.create_system = 0
                archive.writestr(entry, self._parts[name])
        return out.getvalue()


def relations_of(part: str) -> str:
    """Return the name of the part that holds another's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(relations: str, relation: etree._Element) -> str:
    target = str(relation.get("Target"))
    folder = posixpath.dirname(posixpath.dirname(relations))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = LARGEST
    for entry in archive.infolist():
        if not entry.is_dir():
            with archive.open(entry) as file:
                content = file.read(left + 1)
            left -= len(content)
            if left < 0:
                raise EngineFault(f"not a Word document: more than {LARGEST} bytes in it")
            parts[entry.filename] = content
    return parts


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)

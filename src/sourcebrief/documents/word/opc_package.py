"""Read and write Word's container: parts, their types and relations (ISO/IEC 29500-2)."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Collection, Iterator
from itertools import count
from typing import Final

from lxml import etree

from sourcebrief.errors import EngineFault

DOCUMENT: Final = "word/document.xml"
TYPES: Final = "[Content_Types].xml"
CONTENT: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFF: Final = frozenset({"0", "false", "off"})
"""Values that turn a property off (ISO/IEC 29500-1, 22.9.2.7)."""
OFFICE_TYPE: Final = "application/vnd.openxmlformats-officedocument"

LARGEST: Final = 256 * 1024 * 1024
"""Bytes that all parts together may have when unpacked, as a limit against zip bombs."""

UNREADABLE: Final = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error),
)
"""What zipfile raises for a file that is not a zip file, is damaged or is encrypted."""

# A reader that streams wants these first; the rest follows by name.
_FIRST: Final = (TYPES, "_rels/.rels", DOCUMENT, "word/_rels/document.xml.rels")


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def w_element(name: str, /, **attributes: str) -> etree._Element:
    """Make an element of WordprocessingML, its attributes in the same namespace."""
    return etree.Element(w(name), {w(key): value for key, value in attributes.items()})


def w_value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute in the namespace of WordprocessingML; empty where there is none."""
    return "" if element is None else str(element.get(w(name)) or "")


def w_child(parent: etree._Element, name: str, at: int | None = None) -> etree._Element:
    """Return the first child of a name; where there is none, insert one at an index or the end."""
    child = parent.find(w(name))
    if child is None:
        child = w_element(name)
        parent.insert(len(parent) if at is None else at, child)
    return child


def parse_part(content: bytes | str) -> etree._Element:
    """Parse a part without entities and without network; only the part's size limits it.

    Comments and instructions are left out, so that a text has no hidden second half. Raises
    EngineFault where the part declares entities, which no part may (ISO/IEC 29500-2).
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    root: etree._Element = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise EngineFault("not a Word document: a part of it declares a document type")
    return root


class Package:
    """The parts of a document by name, read and written as a whole."""

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                if any(entry.flag_bits & 1 for entry in entries):
                    raise EngineFault("encrypted: it takes a copy without a password")
                if len({entry.filename for entry in entries}) < len(entries):
                    raise EngineFault("damaged: two parts in it have the same name")
                if sum(entry.file_size for entry in entries) > LARGEST:
                    raise EngineFault("too large: more is packed into it than a document can hold")
                # A part that holds more than it declares is read so far, and then its sum is wrong.
                self._parts = {each.filename: _read(archive, each) for each in entries}
        except UNREADABLE as error:
            raise EngineFault("not a Word document, or damaged: it cannot be unpacked") from error
        self._trees: dict[str, etree._Element] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def read(self, name: str) -> bytes:
        """Return a part's bytes as they were read or last put; EngineFault where it is missing."""
        if name not in self._parts:
            raise EngineFault(f"not a Word document: it has no part {name}")
        return self._parts[name]

    def tree(self, name: str) -> etree._Element:
        """Return a part's root, parsed once; a change to it is written with the package."""
        if name not in self._trees:
            try:
                self._trees[name] = parse_part(self.read(name))
            except etree.XMLSyntaxError as error:
                raise EngineFault(
                    f"not a Word document, or damaged: {name} is not XML (line {error.lineno})"
                ) from error
        return self._trees[name]

    def body(self) -> etree._Element:
        """Return the body of the text; EngineFault where it is missing."""
        found = self.tree(DOCUMENT).find(w("body"))
        if found is None:
            raise EngineFault("not a Word document: it has no body")
        return found

    def put(self, name: str, content: bytes, content_type: str | None = None) -> None:
        """Add or replace a part; a new one needs a `content_type` unless its extension has one."""
        self._trees.pop(name, None)
        self._parts[name] = content
        if content_type is not None:
            override = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(self.tree(TYPES), f"{{{CONTENT}}}Override", override)

    def drop(self, names: Collection[str]) -> None:
        """Take parts out, with their types and the relations to them."""
        for name in names:
            self._trees.pop(name, None)
            self._parts.pop(name, None)
        for declared in list(self.tree(TYPES)):
            if str(declared.get("PartName")).removeprefix("/") in names:
                self.tree(TYPES).remove(declared)
        for relations in [name for name in self._parts if name.endswith(".rels")]:
            folder = posixpath.dirname(posixpath.dirname(relations))
            for relation in list(self.tree(relations)):
                if _target(relation, folder) in names:
                    self.tree(relations).remove(relation)

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part has, with a number in place of `{}`."""
        return next(name for name in map(pattern.format, count(1)) if name not in self._parts)

    def relate(self, source: str, target: str, kind: str) -> str:
        """Add a relation of a kind from one part to another; return the relation's id."""
        name = relations_of(source)
        if name not in self._parts:
            self._parts[name] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        tree = self.tree(name)
        taken = {relation.get("Id") for relation in tree}
        identifier = next(i for i in map("rId{}".format, count(len(taken) + 1)) if i not in taken)
        relation = {
            "Id": identifier,
            "Type": f"{OFFICE}/{kind}",
            "Target": posixpath.relpath(target, posixpath.dirname(source)),
        }
        etree.SubElement(tree, f"{{{RELATIONS}}}Relationship", relation)
        return identifier

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Return the parts that `source` has relations of a kind to, by relation id."""
        name = relations_of(source)
        if name not in self._parts:
            return {}
        return {
            str(relation.get("Id")): target
            for relation in self.tree(name)
            if str(relation.get("Type")).endswith(f"/{kind}")
            and (target := _target(relation, posixpath.dirname(source)))
        }

    def bytes(self) -> bytes:
        """Return the package as a zip file; the same parts make the same bytes."""
        for name, tree in self._trees.items():
            self._parts[name] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in sorted(self._parts, key=_place):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                is_compressed = name.endswith((".png", ".jpeg", ".jpg"))
                entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, self._parts[name])
        return out.getvalue()


def relations_of(part: str) -> str:
    """Return the name of the part that holds another's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(relation: etree._Element, folder: str) -> str:
    """Return the part that a relation of a part in a folder leads to; nothing for an outside."""
    if relation.get("TargetMode") == "External":
        return ""
    target = posixpath.join("/", folder, str(relation.get("Target")))
    return posixpath.normpath(target).lstrip("/")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        return part.read(entry.file_size)


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)

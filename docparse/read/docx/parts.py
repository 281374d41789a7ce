"""The parts of a DOCX container: bytes in, parsed XML parts and notices about the rest out.

Only the parts that hold text are parsed. What lies outside the file (linked pictures,
templates, subdocuments), macros and embedded objects are named in notices and never opened.

>>> target_part("word", "styles.xml"), target_part("word", "/word/notes.xml")
('word/styles.xml', 'word/notes.xml')
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from docparse.errors import FormatError
from docparse.models import Notice
from docparse.read.packages import Package
from docparse.read.xmltrees import Element, parse_xml

# The strict variant of the format has the same names in other namespaces.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "word/document.xml"
_OPENING = f'<w:document xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}">'.encode()
_SHOWN = 3  # addresses named in a notice


class Relation(NamedTuple):
    """A link from one part to another, or out of the file."""

    kind: str
    target: str
    external: bool


class Parts:
    """The parts of one file, parsed when they are asked for."""

    def __init__(self, package: Package, path: str) -> None:
        self.package = package
        self.path = path
        self.damaged = False
        self.main = _MAIN
        self.main = self._main_name()

    def root(self, name: str) -> Element | None:
        """A part as a tree, None if there is none."""
        data = self.package.read(name)
        if data is None:
            return None
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        try:
            parsed = parse_xml(data, path=self.path)
        except FormatError as error:
            if error.code == "doctype" or name == self.main:
                raise
            self.damaged = True
            return None
        if name == self.main and parsed.damaged and parsed.root.find(f"{W}body") is None:
            # The damage lies in the names of the namespaces; what follows may be whole.
            start = max(0, data.find(b"<w:body"))
            parsed = parse_xml(_OPENING + data[start:], path=self.path)
        self.damaged = self.damaged or parsed.damaged
        return parsed.root

    def relations(self, name: str) -> dict[str, Relation]:
        """The links of a part by their ids; those inside the file lead to names of parts."""
        folder, base = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for link in root if root is not None else ():
            target = link.get("Target", "")
            external = link.get("TargetMode") == "External"
            found[link.get("Id", "")] = Relation(
                kind=link.get("Type", "").rpartition("/")[2],
                target=target if external else target_part(folder, target),
                external=external,
            )
        return found

    def related(self, name: str, kind: str) -> Element | None:
        """The part that a part is linked to by a kind of link ("styles", "footnotes" …)."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.external:
                return self.root(relation.target)
        # A damaged file may have lost its links; the usual name still stands.
        return self.root(posixpath.join(posixpath.dirname(name), f"{kind}.xml"))

    def notices(self) -> Iterator[Notice]:
        """What the container holds beside text."""
        names = self.package.names
        outside = sorted(set(self._outside(names)))
        if outside:
            yield external_notice(outside)
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            yield Notice(code="macros")
        embedded = [name for name in names if "/embeddings/" in name]
        if embedded:
            yield Notice(code="embedded-objects", values=(("count", str(len(embedded))),))
        if self.damaged or self.package.damaged:
            yield Notice(code="damaged-kept")

    def _outside(self, names: list[str]) -> Iterator[str]:
        """Addresses that opening the file would fetch; a plain link is only text."""
        for name in names:
            if not name.endswith(".rels"):
                continue
            folder, base = posixpath.split(name)
            part = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
            for relation in self.relations(part).values():
                if relation.external and relation.kind != "hyperlink":
                    yield relation.target

    def _main_name(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.package.names:
                return relation.target
        return _MAIN


def external_notice(addresses: list[str]) -> Notice:
    """That a file wants things from elsewhere, with the first of the addresses."""
    shown = ", ".join(address[:120] for address in addresses[:_SHOWN])
    more = " …" if len(addresses) > _SHOWN else ""
    return Notice(
        code="external-references",
        values=(("count", str(len(addresses))), ("addresses", shown + more)),
    )


def target_part(folder: str, target: str) -> str:
    """The name of the part that a link of a part in ``folder`` leads to."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

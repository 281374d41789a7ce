"""An XLSX file before a library reads its values: its package in, a safe copy of it out.

A sheet whose cells lie too far apart would fill the memory. Which part of the package is which
sheet, two programs may see in two ways, so every part is looked at: one that is too far is an
empty sheet in the copy. A damaged package is copied too, as far as it could be read here.

>>> from docparse.read.packages import open_package
>>> file = BytesIO()
>>> with ZipFile(file, "w") as made:
...     made.writestr("a.xml", '<sheetData><c r="A1"><v/></c><c r="XFD999999"><v/></c></sheetData>')
>>> without_far(open_package(file.getvalue(), path="a.xlsx"), file.getvalue()).far
('a.xml',)
"""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from docparse.read.packages import MAX_PART, Package
from docparse.read.sheetroom import MOST_ROOM, cells_of_part

__all__ = ["NewBook", "without_far"]

_LONGEST = 1000  # characters of a name
_EMPTY = b"<worksheet><sheetData/></worksheet>"


class NewBook(NamedTuple):
    """What the library is given, and the parts that are empty in it."""

    data: bytes
    far: tuple[str, ...]


def without_far(package: Package, data: bytes) -> NewBook:
    """The package itself where nothing is wrong with it, else a copy."""
    names = [name for name in package.names if package.size(name) <= MAX_PART]
    far = tuple(name for name in names if _is_far(package.read(name) or b""))
    if not far and not package.damaged:
        return NewBook(data, far)
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for name in filter(_is_plain, package.names):
            part = _EMPTY if name in far else package.read(name, limit=package.size(name))
            if part is not None:
                made.writestr(name, part)
    return NewBook(file.getvalue(), far)


def _is_plain(name: str) -> bool:
    """Whether a container can be made with a part of this name; no Office program writes others."""
    return 0 < len(name) < _LONGEST and "\0" not in name


def _is_far(part: bytes) -> bool:
    return b"sheetData" in part and cells_of_part(part).room > MOST_ROOM

"""The user's list of central documents: a CSV file in, one row a document out.

``registry.csv`` stands in the user's own patterns folder. Its first line names the columns:
number, title, issued, expires; the last two are dates, as 2020-03-05 or 05/03/2020, and
``expires`` may be empty. Cells are set apart by "," or ";", as spreadsheets save them.

>>> head, row = "number;title;issued;expires", "30/2020/NĐ-CP;Về công tác văn thư;05/03/2020;"
>>> read_rows(f"{head}\\n{row}")[0].issued
datetime.date(2020, 3, 5)
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

REGISTRY_FILE = "registry.csv"
COLUMNS = ("number", "title", "issued", "expires")
_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_SPACES = re.compile(r"\s+")
_ZEROS = re.compile(r"^0+(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRow:
    """One document as the list has it; ``expires`` is the first day without effect."""

    number: str
    title: str
    issued: date | None = None
    expires: date | None = None


class RegistryFaultError(ValueError):
    """A line that cannot be read, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def registry_number(number: str) -> str:
    """A number as it is compared: no blanks, no leading zeros, capitals.

    >>> registry_number("05/2018/TT-bct"), registry_number("766 / QĐ-TTg")
    ('5/2018/TT-BCT', '766/QĐ-TTG')
    """
    return _ZEROS.sub("", _SPACES.sub("", number)).upper()


def read_rows(text: str) -> list[RegistryRow]:
    """Every document of the list; a line that cannot be read is a :class:`RegistryFaultError`."""
    return list(_rows(text.lstrip("\ufeff")))


def _rows(text: str) -> Iterator[RegistryRow]:
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise RegistryFaultError(line=1, reason=", ".join(missing))
    reader.fieldnames = names
    try:
        for cells in reader:
            yield _row(reader.line_num, {name: (cells[name] or "").strip() for name in COLUMNS})
    except csv.Error as error:
        raise RegistryFaultError(line=reader.line_num, reason=str(error)) from error


def _row(line: int, cells: dict[str, str]) -> RegistryRow:
    if not cells["number"]:
        raise RegistryFaultError(line=line, reason="number")
    return RegistryRow(
        number=cells["number"],
        title=cells["title"],
        issued=_date(line, cells["issued"]),
        expires=_date(line, cells["expires"]),
    )


def _date(line: int, words: str) -> date | None:
    if not words:
        return None
    found = _DAY.fullmatch(words)
    try:
        if found:
            return date(*(int(found[name]) for name in ("year", "month", "day")))
        return date.fromisoformat(words)
    except ValueError as error:
        raise RegistryFaultError(line=line, reason=words) from error

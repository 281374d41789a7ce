"""One pattern file: a path in, its content and the lines of its entries out.

``tomllib`` does not say on which line it read a value, and an auditor needs the line.

>>> toml_lines = TomlLines("[[unit]]\\nid = 'ha'\\n[[unit]]\\nid = 'km'\\n")
>>> toml_lines.key(toml_lines.entry("unit", 1), "id")
4
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docparse.errors import PatternError

_DELIMITERS = ("'''", '"""')


def read_text(path: Path) -> str:
    """The text of a pattern file, which must be UTF-8; Notepad may have put a mark in front."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise broken("pattern-not-utf8", path, line, reason=str(error)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; its syntax errors name the line."""
    import tomllib

    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        entry = TomlLines(text).owner(line)
        raise broken("pattern-syntax", path, line, entry, reason=str(error)) from error


def entries(path: Path, content: dict[str, Any], array: str) -> list[dict[str, Any]]:
    """The ``[[array]]`` tables of a file; ``[array]`` with single brackets is refused."""
    found = content.get(array, [])
    if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
        return found
    line = TomlLines(read_text(path)).find(array)
    raise broken("pattern-not-array", path, line, array, reason=array)


def named_parts(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The ``[parts]`` table of a file."""
    found = content.get("parts", {})
    if isinstance(found, dict):
        return found
    line = TomlLines(read_text(path)).find("parts")
    raise broken("pattern-not-table", path, line, "parts", reason="parts")


def broken(
    fault: str, path: Path | str, line: int, entry: str = "", *, reason: object
) -> PatternError:
    """The error of a file that cannot be used; ``fault`` is its code for the check."""
    return PatternError(
        "pattern-broken", fault=fault, file=str(path), line=line, entry=entry, reason=str(reason)
    )


class TomlLines:
    """The lines of one file that open a table or set a key."""

    __slots__ = ("_headers", "_lines")

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._headers = _headers(self._lines)

    def entry(self, array: str, index: int) -> int:
        """The line of the ``index``-th ``[[array]]``; 1 if it is written in another way."""
        found = [line for line, name in self._headers if name == array]
        return found[index] if index < len(found) else 1

    def find(self, name: str) -> int:
        """The line of ``[name]``, or of ``name =`` above all tables."""
        line = self.entry(name, 0)
        return self.key(1, name) if line == 1 else line

    def key(self, start: int, key: str) -> int:
        """The line from ``start`` on, before the next table, that sets ``key``; else ``start``."""
        setting = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        for line in range(start, self._end(start)):
            if setting.match(self._lines[line - 1]):
                return line
        return start

    def value(self, start: int, key: str, value: str) -> int:
        """The line of one value in the list under ``key``; the key's line if it is not found."""
        first = self.key(start, key)
        for line in range(first, self._end(start)):
            if value in self._lines[line - 1]:
                return line
        return first

    def owner(self, line: int) -> str:
        """What the table that holds ``line`` calls itself: its id, name or title."""
        start = max((header for header, _ in self._headers if header <= line), default=0)
        if not start:
            return ""
        for key in ("id", "name", "code"):
            at = self.key(start, key)
            if at > start:
                return self._lines[at - 1].partition("=")[2].strip().strip("'\"")
        return next(name for header, name in self._headers if header == start)

    def _end(self, start: int) -> int:
        after = (line for line, _ in self._headers if line > start)
        return next(after, len(self._lines) + 1)


def _headers(lines: list[str]) -> list[tuple[int, str]]:
    """Line and name of every table header outside multi-line strings."""
    header = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
    found, inside = [], ""
    for number, line in enumerate(lines, 1):
        if not inside and (match := header.match(line)):
            found.append((number, match[1].strip("'\"")))
        for delimiter in _DELIMITERS:
            if inside in ("", delimiter) and line.count(delimiter) % 2:
                inside = "" if inside else delimiter
    return found

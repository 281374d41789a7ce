"""TOML that a person has written: a file goes in, its keys come out, each looked at.

What is wrong is a :class:`~docparse.errors.SettingsError` that names file, line and key.

>>> nearest("selct", ["select", "ignore"])
'select'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from docparse.errors import PatternError, SettingsError, system_cause
from docparse.patterns.files import TomlLines, read_text, read_toml


class Written:
    """One table of a file, and where it stands; every question names the key it is about."""

    __slots__ = ("content", "lines", "name", "path", "start")

    def __init__(
        self,
        path: Path,
        content: Mapping[str, Any],
        lines: TomlLines,
        *,
        name: str = "",
        start: int = 1,
    ) -> None:
        self.path = path
        self.name = name
        self.content = content
        self.lines = lines
        self.start = start

    def only(self, known: Collection[str]) -> None:
        """Refuse keys that nobody would read."""
        for key in self.content:
            if key not in known:
                near = nearest(key, known)
                code = "settings-unknown-near" if near else "settings-unknown-key"
                raise self.fault(code, key, near=near, known=", ".join(known))

    def text(self, key: str) -> str | None:
        """A text, or None where the key is not written; blanks alone are no text."""
        value = self.content.get(key)
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise self.fault("settings-not-text", key)
        return value.strip() if isinstance(value, str) else None

    def required(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None:
            raise self.fault("settings-missing", key)
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fault("settings-not-list", key)
        return tuple(value)

    def choice(self, key: str, known: Collection[str]) -> str | None:
        """One of the words that are known."""
        value = self.content.get(key)
        if value is not None and value not in known:
            raise self.fault("settings-not-choice", key, said=value, known=", ".join(known))
        return value

    def day(self, key: str) -> date | None:
        """A day, written as TOML has it or as a text of the same form."""
        value = self.content.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value) if isinstance(value, str) else _no_day()
        except ValueError as error:
            raise self.fault("settings-not-date", key, said=value) from error

    def number(self, key: str) -> float | None:
        """A number above nought."""
        value = self.content.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise self.fault("settings-not-number", key)
        return value

    def table(self, key: str) -> Written:
        """The table below a key; an empty one where it is not written."""
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            raise self.fault("settings-not-table", key)
        name = f"{self.name}.{key}" if self.name else key  # as a header has it: [profiles.toi]
        return Written(self.path, value, self.lines, name=name, start=self.lines.find(name))

    def rows(self, key: str) -> list[Written]:
        """The tables of ``[[key]]``."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault("settings-not-rows", key)
        return [
            Written(self.path, one, self.lines, name=key, start=self.lines.entry(key, index))
            for index, one in enumerate(value)
        ]

    def fault(self, code: str, key: str, **values: object) -> SettingsError:
        """The error of one key."""
        line = self.lines.key(self.start, key)
        shown = {name: str(value) for name, value in values.items()}
        return SettingsError(code, file=str(self.path), line=line, key=key, **shown)


def read_written(path: Path) -> Written:
    """The content of a file that a person has written."""
    try:
        return Written(path, read_toml(path), TomlLines(read_text(path)))
    except PatternError as error:
        line, reason = error.values["line"], error.values["reason"]
        encoded = error.values["fault"] != "pattern-not-utf8"
        code = "settings-not-toml" if encoded else "settings-not-utf8"
        raise SettingsError(code, file=str(path), line=line, reason=reason) from error
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> SettingsError:
    """The error of a file that cannot be opened."""
    return SettingsError("settings-unreadable", file=str(path), **system_cause(error))


def found_above(start: Path, name: str) -> Path | None:
    """The nearest file of a name in a folder or above it; a file stands for its folder."""
    try:
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / name).is_file():
                return folder / name
    except (OSError, ValueError):
        pass
    return None


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like one, or none."""
    names = {one.lower(): one for one in known}
    return next((names[one] for one in get_close_matches(word.lower(), names, n=1)), "")


def nearest_first(word: str, known: Iterable[str]) -> str:
    """All known words as a list to choose from.

    >>> nearest_first("sur", ["full", "sure"])
    'sure, full'
    """
    names = list(known)
    near = nearest(word, names)
    return ", ".join(sorted(names, key=lambda one: one != near))


def toml_text(text: str) -> str:
    """A text as TOML writes it.

    >>> toml_text("ô\\ttrống")
    '"ô\\\\u0009trống"'
    """
    plain = text.encode("utf-8", "replace").decode("utf-8")
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda one: f"\\u{ord(one[0]):04x}", escaped) + '"'


def _no_day() -> date:
    raise ValueError

"""Everything docparse raises, as one tree.

    DocparseError
    ├── ReadError            the file could not be turned into text
    │   ├── NotFoundError    no such file or folder
    │   ├── NotReadableError permission denied, a device, a broken link …
    │   ├── EmptyError       nothing in it
    │   └── FormatError      not a kind of file that this version reads
    ├── PatternError         a pattern file is wrong (file, line and entry are named)
    ├── SettingsError        docparse.toml, decisions or a baseline is wrong (file, line, key)
    └── UsageError           the call itself does not make sense

An error carries a ``code`` and its ``values``; the sentence for people stands in
``patterns/messages.toml`` in Vietnamese and English and says what to do next.

>>> NotFoundError("not-found", path="x.txt").code
'not-found'
"""

from __future__ import annotations

from errno import errorcode
from unicodedata import category

_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_HALF = 300  # characters at either end of a name that is too long to be shown


def system_cause(error: OSError) -> dict[str, str]:
    """What the system said, as values of an error; ``system`` names the sentence for people.

    >>> system_cause(PermissionError(13, "Permission denied"))
    {'reason': 'Permission denied', 'system': 'EACCES'}
    """
    said = {"reason": error.strerror or str(error)}
    name = errorcode.get(error.errno) if error.errno is not None else None
    return {**said, "system": name} if name else said


class DocparseError(Exception):
    """Base of all errors that docparse raises on purpose."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def sentence(self, lang: str = "en") -> str:
        """The message in one language, from the message table."""
        from docparse.patterns import load

        return load().message(self.code, lang, **self.shown)

    @property
    def shown(self) -> dict[str, object]:
        """The values as a sentence takes them."""
        return self.values

    def __str__(self) -> str:
        return self.sentence()

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.values)


def harmless(value: object) -> object:
    """A value as a sentence may hold it: no control codes, which a terminal obeys, no endless name.

    >>> harmless("a\\x1b[31m.txt"), len(str(harmless("a" * 9000)))
    ('a\ufffd[31m.txt', 601)
    """
    if not isinstance(value, str):
        return value
    plain = "".join("\ufffd" if category(char) in _UNSAFE else char for char in value)
    if len(plain) <= 2 * _HALF:
        return plain
    return f"{plain[:_HALF]}…{plain[-_HALF:]}"


def _rebuild(kind: type[DocparseError], code: str, values: dict[str, object]) -> DocparseError:
    return kind(code, **values)


class ReadError(DocparseError):
    """A file could not be turned into text."""

    @property
    def shown(self) -> dict[str, object]:
        """The values without what a hostile file, or its name, could do to a terminal."""
        return {key: harmless(value) for key, value in self.values.items()}


class NotFoundError(ReadError):
    """No such file or folder."""


class NotReadableError(ReadError):
    """The file is there but may not or cannot be opened."""


class EmptyError(ReadError):
    """The file holds nothing to read."""


class FormatError(ReadError):
    """The content is not of a kind that docparse reads."""


class PatternError(DocparseError):
    """A pattern file is wrong."""


class SettingsError(DocparseError):
    """A file that says how to check is wrong: settings, decisions, a baseline."""


class UsageError(DocparseError):
    """The call does not make sense as it stands."""

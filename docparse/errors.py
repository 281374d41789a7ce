"""Everything docparse raises, as one tree.

    DocparseError
    ├── ReadError            the file could not be turned into text
    │   ├── NotFoundError    no such file or folder
    │   ├── NotReadableError permission denied, a device, a broken link …
    │   ├── EmptyError       nothing in it
    │   └── FormatError      not a kind of file that this version reads
    ├── PatternError         a pattern file is wrong (file, line and entry are named)
    └── UsageError           the call itself does not make sense

An error carries a ``code`` and its ``values``; the sentence for people stands in
``patterns/messages.toml`` in Vietnamese and English and says what to do next.

>>> NotFoundError("not-found", path="x.txt").code
'not-found'
"""

from __future__ import annotations


class DocparseError(Exception):
    """Base of all errors that docparse raises on purpose."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def sentence(self, lang: str = "en") -> str:
        """The message in one language, from the message table."""
        from docparse.patterns import load

        return load().message(self.code, lang, **self.values)

    def __str__(self) -> str:
        return self.sentence()

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.values)


def _rebuild(kind: type[DocparseError], code: str, values: dict[str, object]) -> DocparseError:
    return kind(code, **values)


class ReadError(DocparseError):
    """A file could not be turned into text."""


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


class UsageError(DocparseError):
    """The call does not make sense as it stands."""

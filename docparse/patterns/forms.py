"""Written forms as data: expressions with named parts in, compiled patterns out.

``{number}`` stands for the part of that name; ``{date:end}`` is the part with ``end_``
before its group names, so that one expression may hold two dates. Quantifiers such as
``\\d{1,6}`` stay what they are.

>>> expand(r"số {number}{2}", {"number": r"(?P<n>\\d{1,6})"}.__getitem__)
'số (?:(?P<n>\\\\d{1,6})){2}'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from docparse.errors import PatternError
from docparse.patterns.files import broken

_PLACEHOLDER = r"(?<!\\)\{([a-z][a-z0-9_]*)(?::([a-z][a-z0-9_]*))?\}"
_GROUP_NAME = r"(\(\?P[<=]|\(\?\((?!\d))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write something; ``line`` is where it stands in ``file``.

    A ``whole`` form is held against a whole line or word, a ``text`` form is looked for in
    running text: there a counter-example may not hold it anywhere.
    """

    name: str
    regex: str
    examples: tuple[str, ...]
    use: Literal["whole", "text"] = "whole"
    kind: str | None = None
    counter_examples: tuple[str, ...] = ()
    file: str
    line: int


class FormSet:
    """The forms of one file, ours first, each compiled when first asked for."""

    __slots__ = ("_by_name", "_compiled", "_part", "forms", "name")

    def __init__(self, name: str, forms: tuple[Form, ...], part: Callable[[str], str]) -> None:
        self.name = name
        self.forms = forms
        self._part = part
        self._by_name = {form.name: form for form in forms}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def pattern(self, name: str) -> re.Pattern[str]:
        """The compiled expression of one form."""
        if name not in self._compiled:
            expression = self.expanded(name)
            try:
                self._compiled[name] = re.compile(expression)
            except re.error as error:
                raise self._broken("pattern-regex", name, error.msg) from error
        return self._compiled[name]

    def expanded(self, name: str) -> str:
        """The expression of one form with its parts put in."""
        try:
            return expand(self._form(name).regex, self._part)
        except KeyError as error:
            raise self._broken("pattern-unknown-part", name, error.args[0]) from error
        except RecursionError as error:
            raise self._broken("pattern-part-cycle", name, error) from error

    def _form(self, name: str) -> Form:
        if name not in self._by_name:
            raise PatternError("pattern-unknown-form", name=name, file=f"{self.name}.toml")
        return self._by_name[name]

    def _broken(self, fault: str, name: str, reason: object) -> PatternError:
        form = self._form(name)
        return broken(fault, form.file, form.line, name, reason=reason)


def expand(regex: str, part: Callable[[str], str], inside: tuple[str, ...] = ()) -> str:
    """``regex`` with its parts put in; KeyError or RecursionError name the part at fault."""

    def put_in(match: re.Match[str]) -> str:
        name, prefix = match[1], match[2]
        if name in inside:
            raise RecursionError(name)
        inner = expand(part(name), part, (*inside, name))
        if prefix:
            inner = re.sub(_GROUP_NAME, rf"\1{prefix}_", inner)
        return f"(?:{inner})"

    return re.sub(_PLACEHOLDER, put_in, regex)


def alternation(words: set[str]) -> str:
    """One expression for a list of words, the longest first; a space is any white space.

    >>> alternation({"Sở Y tế", "Sở"})
    'Sở\\\\s+Y\\\\s+tế|Sở'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)

"""The pattern files, read when asked for: folders in, typed rows and forms out.

A later folder lays itself over an earlier one, file by file: an entry with the same id
(form, part, message or law with the same name) replaces, a new one is added at the end.

>>> patterns = load()
>>> next(unit.factor for unit in patterns.units if unit.id == "ty-dong")
Decimal('1000000000')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from docparse.errors import PatternError
from docparse.patterns.checks import CHECKS_FOLDER, Check, read_check
from docparse.patterns.data import data_path
from docparse.patterns.files import (
    TomlLines,
    broken,
    entries,
    named_parts,
    read_text,
    read_toml,
)
from docparse.patterns.forms import Form, FormSet, alternation
from docparse.patterns.registry import (
    REGISTRY_FILE,
    RegistryFaultError,
    RegistryRow,
    read_rows,
    registry_number,
)
from docparse.patterns.tables import (
    LAWS_FILE,
    MESSAGES_FILE,
    PARTS_FILE,
    TABLES,
    Abbreviation,
    DocumentType,
    Issuer,
    Law,
    Message,
    Place,
    PlaceHead,
    Profile,
    Unit,
    build,
    law_lines,
    parse_law,
)

# Parts that any form may use and that are the words of a table.
TABLE_PARTS = {
    "type_name": ("types", ("name", "written")),
    "type_short": ("types", ("short",)),
    "type_code": ("types", ("codes",)),
    "issuer_name": ("issuers", ("name", "written")),
    "issuer_code": ("issuers", ("codes",)),
    "place_name": ("places", ("name", "written")),
    "unit_name": ("units", ("name", "written")),
}


_WORD_NAME = re.compile(r"⟨([a-z-]+)⟩")


class Patterns:
    """What the pattern folders say; every table is read when it is first asked for."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self._forms: dict[str, FormSet] = {}

    @cached_property
    def types(self) -> tuple[DocumentType, ...]:
        return self._rows("type")

    @cached_property
    def issuers(self) -> tuple[Issuer, ...]:
        return self._rows("issuer")

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return self._rows("place")

    @cached_property
    def place_heads(self) -> tuple[PlaceHead, ...]:
        return self._rows("head")

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return self._rows("unit")

    @cached_property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        return self._rows("abbreviation")

    @cached_property
    def expansions(self) -> Mapping[str, str]:
        """The usual meaning of each short form."""
        return {row.id: row.expansions[0] for row in self.abbreviations if row.expansions}

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        return self._rows("profile")

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        merged: dict[str, Law] = {}
        for path in self._paths(LAWS_FILE):
            for number, line in law_lines(read_text(path)):
                try:
                    law = parse_law(line)
                except ValueError as error:
                    raise broken("pattern-law-line", path, number, line, reason=error) from error
                merged[law.name] = law
        return tuple(merged.values())

    @cached_property
    def messages(self) -> Mapping[str, Message]:
        merged: dict[str, Message] = {}
        for path in self._paths(MESSAGES_FILE):
            for code, entry in read_toml(path).items():
                try:
                    merged[code] = Message(code=code, **entry)
                except TypeError as error:
                    line = TomlLines(read_text(path)).find(code)
                    raise broken("pattern-entry", path, line, code, reason=error) from error
        return merged

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """The checks by slug, in the order of their codes."""
        paths = (folder / CHECKS_FOLDER for folder in self.folders)
        files = {file.stem: file for path in paths for file in sorted(path.glob("*.toml"))}
        found = sorted(map(read_check, files.values()), key=lambda check: check.code)
        return {check.slug: check for check in found}

    @cached_property
    def registry(self) -> Mapping[str, tuple[RegistryRow, ...]]:
        """The user's list of central documents by number; a number may serve several years."""
        found: dict[str, tuple[RegistryRow, ...]] = {}
        for path in self._paths(REGISTRY_FILE):
            try:
                rows = read_rows(read_text(path))
            except RegistryFaultError as fault:
                code = "pattern-registry-line"
                raise broken(code, path, fault.line, path.name, reason=fault.reason) from fault
            for row in rows:
                number = registry_number(row.number)
                found[number] = (*found.get(number, ()), row)
        return found

    def message(self, code: str, lang: str = "vi", **values: object) -> str:
        """The sentence of a code in ``vi`` or ``en``, its placeholders filled."""
        if code not in self.messages:
            raise PatternError("pattern-unknown-message", name=code)
        system = f"system-{values.get('system')}"
        if system in self.messages:  # what the system said in English, in its own words
            values["reason"] = self.message(system, lang)
        found = self.messages[code]
        sentence = found.en if lang == "en" else found.vi
        return sentence.format_map(_Kept(values))

    def worded(self, text: str, lang: str = "vi") -> str:
        """A value whose ⟨names⟩ stand for words, said in ``vi`` or ``en``.

        >>> load().worded("1.068 ≠ 1.070 (⟨short⟩ 2)", "en")
        '1.068 ≠ 1.070 (short by 2)'
        """

        def word(found: re.Match[str]) -> str:
            code = f"word-{found[1]}"
            return self.message(code, lang) if code in self.messages else found[0]

        return _WORD_NAME.sub(word, text)

    def forms(self, name: str) -> FormSet:
        """The forms of ``name.toml``, for instance ``forms("headings")``."""
        if name not in self._forms:
            self._forms[name] = self._form_set(name)
        return self._forms[name]

    def _form_set(self, name: str) -> FormSet:
        merged: dict[str, Form] = {}
        parts: dict[str, str] = {}
        paths = self._paths(f"{name}.toml")
        for path in paths:
            content = read_toml(path)
            parts |= named_parts(path, content)
            merged |= {form.name: form for form in _forms(path, content)}
        if not merged:
            raise PatternError("pattern-unknown-form", name=name, file=f"{name}.toml")

        def part(wanted: str) -> str:
            return parts[wanted] if wanted in parts else self._shared_part(wanted)

        return FormSet(name, tuple(merged.values()), part)

    def _shared_part(self, name: str) -> str:
        if name not in self._parts:
            table, fields = TABLE_PARTS[name]
            self._parts[name] = alternation(_words(getattr(self, table), fields))
        return self._parts[name]

    @cached_property
    def _parts(self) -> dict[str, str]:
        parts: dict[str, str] = {}
        for path in self._paths(PARTS_FILE):
            parts |= named_parts(path, read_toml(path))
        return parts

    def _rows(self, array: str) -> tuple[Any, ...]:
        table = next(table for table in TABLES if table.array == array)
        merged: dict[str, Any] = {}
        for path in self._paths(table.file):
            for index, entry in enumerate(entries(path, read_toml(path), array)):
                try:
                    row = build(table.row, entry)
                except (TypeError, ValueError, ArithmeticError) as error:
                    line = TomlLines(read_text(path)).entry(array, index)
                    name = str(entry.get("id", array))
                    raise broken("pattern-entry", path, line, name, reason=error) from error
                merged[row.id] = row
        return tuple(merged.values())

    def _paths(self, file: str) -> list[Path]:
        paths = (folder / file for folder in self.folders)
        return [path for path in paths if path.is_file()]


@cache
def load(overlay: Path | None = None) -> Patterns:
    """The shipped patterns, with a folder of the user's own laid over them."""
    shipped = data_path()
    if overlay is None:
        return Patterns((shipped,))
    if not overlay.is_dir():
        raise PatternError("pattern-no-folder", path=str(overlay))
    return Patterns((shipped, overlay))


def _forms(path: Path, content: dict[str, Any]) -> list[Form]:
    lines = TomlLines(read_text(path))
    forms = []
    for index, entry in enumerate(entries(path, content, "form")):
        line = lines.entry("form", index)
        try:
            forms.append(build(Form, {**entry, "file": str(path), "line": line}))
        except TypeError as error:
            name = str(entry.get("name", "form"))
            raise broken("pattern-entry", path, line, name, reason=error) from error
    return forms


def _words(rows: Iterable[object], fields: tuple[str, ...]) -> set[str]:
    words: set[str] = set()
    for row in rows:
        for field in fields:
            value = getattr(row, field)
            words |= {value} if isinstance(value, str) else set(value)
    return words


class _Kept(dict[str, object]):
    """Values for a sentence; a placeholder without a value stays as written."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"

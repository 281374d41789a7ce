"""Are the pattern files sound? A folder in, a list of problems out.

The shipped folder and a folder of a user's own are checked alike: every problem names the
file, the line and the entry, and its message says what to do.

>>> check_patterns()
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

from docparse.errors import PatternError
from docparse.patterns.checks import CHECKS_FOLDER, LANGUAGES, CheckHead, CheckText
from docparse.patterns.codes import taken
from docparse.patterns.data import data_path
from docparse.patterns.files import TomlLines, entries, named_parts, read_text, read_toml
from docparse.patterns.forms import Form, FormSet
from docparse.patterns.load import Patterns, load
from docparse.patterns.registry import REGISTRY_FILE, RegistryFaultError, read_rows
from docparse.patterns.schema import entry_faults
from docparse.patterns.tables import (
    LAWS_FILE,
    MESSAGES_FILE,
    PARTS_FILE,
    TABLES,
    Issuer,
    Message,
    TableFile,
    build,
    law_lines,
    parse_law,
)

_REFERENCES = ("parent", "successor", "base")
_LIKE = 0.7  # of 1, by difflib, for the name of a file that was meant
# Words of an entry that a reader may begin with a capital, and those that are fixed.
_FREE_CASE = ("name", "written")
_FIXED_CASE = ("id", "short", "codes", "expansions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a pattern file; ``entry`` is the id or name as the file writes it."""

    file: str
    line: int
    entry: str
    message: str
    code: str


def check_patterns(folder: Path | None = None, *, lang: str = "vi") -> list[Problem]:
    """Every problem of the shipped patterns, or of a folder that is to lie over them."""
    shipped = data_path()
    if folder is not None and not folder.is_dir():
        raise PatternError("pattern-no-folder", path=str(folder))
    folders = (shipped,) if folder is None else (shipped, folder)
    checker = _Checker(folders, lang)
    for path in sorted(folders[-1].iterdir()):
        if path.suffix in (".toml", ".txt", ".csv"):
            checker.check_file(path)
    for path in sorted((folders[-1] / CHECKS_FOLDER).glob("*.toml")):
        checker.check_rule(path)
    unique = dict.fromkeys(checker.problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line, problem.code))


def file_names() -> list[str]:
    """What a file of patterns can be called: as a shipped one, unless it holds forms."""
    return sorted(item.name for item in data_path().glob("*.[tc]*"))


class _Checker:
    """Collects the problems of one folder; the folders before it supply what it refers to."""

    def __init__(self, folders: tuple[Path, ...], lang: str) -> None:
        self.folders = folders
        self.patterns = Patterns(folders)
        self.lang = lang
        self.problems: list[Problem] = []

    def check_file(self, path: Path) -> None:
        try:
            text = read_text(path)
            content = read_toml(path) if path.suffix == ".toml" else {}
            if not self._is_read(path, content):
                self._report_unknown(path)
                return
            self._check_letters(path, text)
            if path.name == REGISTRY_FILE:
                self._check_registry(path, text)
            elif path.name == LAWS_FILE:
                self._check_list(path, text)
            else:
                self._check_toml(path, content, TomlLines(text))
        except PatternError as error:
            self._report_error(error)

    def check_rule(self, path: Path) -> None:
        """The words of one check: known keys, both languages, the same placeholders."""
        try:
            text = read_text(path)
            self._check_letters(path, text)
            content, lines = read_toml(path), TomlLines(text)
        except PatternError as error:
            self._report_error(error)
            return
        head = {key: value for key, value in content.items() if key not in LANGUAGES}
        faulty = self._check_schema(path, CheckHead, head, lines, 1)
        for lang in LANGUAGES:
            said = content.get(lang, {})
            faulty |= self._check_schema(path, CheckText, said, lines, lines.find(lang))
        for key in () if faulty else ("message", "question"):
            vi, en = (_placeholders(content[lang][key]) for lang in LANGUAGES)
            if vi != en:
                odd = ", ".join(sorted(vi ^ en))
                self._report(path, lines.find("en"), path.stem, "pattern-placeholders", name=odd)

    def _check_toml(self, path: Path, content: dict[str, Any], lines: TomlLines) -> None:
        tables = [table for table in TABLES if table.file == path.name]
        if tables:
            self._check_top(path, content, lines, {table.array for table in tables})
            for table in tables:
                self._check_table(path, table, entries(path, content, table.array), lines)
        elif path.name == MESSAGES_FILE:
            self._check_messages(path, content, lines)
        elif path.name == PARTS_FILE or "form" in content:
            self._check_top(path, content, lines, {"parts", "form"})
            self._check_forms(path, content, lines)

    def _is_read(self, path: Path, content: Mapping[str, Any]) -> bool:
        """A misnamed file of a user's own would be read by nobody."""
        return "form" in content or path.name in file_names()

    def _report_unknown(self, path: Path) -> None:
        near = get_close_matches(path.name, file_names(), n=1, cutoff=_LIKE)
        code = "pattern-unknown-file"
        said = f"{code}-near" if near else code
        message = load().message(said, self.lang, **({"near": near[0]} if near else {}))
        self.problems.append(
            Problem(file=str(path), line=1, entry=path.name, message=message, code=code)
        )

    def _check_letters(self, path: Path, text: str) -> None:
        if is_normalized("NFC", text):
            return
        lines = TomlLines(text)
        for number, line in enumerate(text.split("\n"), 1):
            if not is_normalized("NFC", line):
                self._report(path, number, lines.owner(number), "pattern-not-nfc")

    def _check_top(
        self, path: Path, content: Mapping[str, Any], lines: TomlLines, known: set[str]
    ) -> None:
        for name in content:
            if name not in known:
                line = lines.find(name)
                names = ", ".join(sorted(known))
                self._report(path, line, name, "pattern-unknown-table", name=name, known=names)

    # Tables

    def _check_table(
        self, path: Path, table: TableFile, rows: list[dict[str, Any]], lines: TomlLines
    ) -> None:
        ids = self._ids(table)
        seen: dict[str, int] = {}
        issuers = self._other_issuers(rows) if table.row is Issuer else []
        for index, entry in enumerate(rows):
            line = lines.entry(table.array, index)
            name = str(entry.get("id", ""))
            if name in seen:
                self._report(path, line, name, "pattern-duplicate", name=name, first=seen[name])
            seen.setdefault(name, line)
            faulty = self._check_schema(path, table.row, entry, lines, line)
            sound = {key: value for key, value in entry.items() if key not in faulty}
            self._check_references(path, sound, lines, line, ids)
            self._check_words(path, sound, lines, line)
            if table.row is Issuer and not faulty:
                issuers.append(self._check_codes(path, entry, lines, line, issuers))

    def _other_issuers(self, rows: list[dict[str, Any]]) -> list[Issuer]:
        """The bodies that stay beside those of the folder."""
        if len(self.folders) < 2:
            return []
        replaced = {str(entry.get("id", "")) for entry in rows}
        return [row for row in load().issuers if row.id not in replaced]

    def _check_codes(
        self,
        path: Path,
        entry: Mapping[str, Any],
        lines: TomlLines,
        line: int,
        others: list[Issuer],
    ) -> Issuer:
        one = build(Issuer, entry)
        for code, other in taken(one, others):
            at = lines.value(line, "codes", code)
            self._report(path, at, one.id, "pattern-code-taken", taken=code, other=other.name)
        return one

    def _ids(self, table: TableFile) -> set[str]:
        paths = [folder / table.file for folder in self.folders]
        found = (entries(path, read_toml(path), table.array) for path in paths if path.is_file())
        return {str(row.get("id")) for rows in found for row in rows}

    def _check_schema(
        self, path: Path, row: type[Any], entry: Mapping[str, Any], lines: TomlLines, line: int
    ) -> set[str]:
        """Report what does not fit the row; the keys at fault."""
        name = str(entry.get("id") or entry.get("name") or entry.get("code", ""))
        faults = list(entry_faults(row, entry))
        for fault in faults:
            at = lines.key(line, fault.key)
            self._report(path, at, name, fault.code, key=fault.key, **dict(fault.values))
        return {fault.key for fault in faults}

    def _check_references(
        self, path: Path, entry: Mapping[str, Any], lines: TomlLines, line: int, ids: set[str]
    ) -> None:
        for key in _REFERENCES:
            for wanted in _as_list(entry.get(key, [])):
                if wanted not in ids:
                    at = lines.value(line, key, wanted)
                    code = "pattern-unknown-reference"
                    name = str(entry.get("id", ""))
                    self._report(path, at, name, code, key=key, name=wanted)

    def _check_words(
        self, path: Path, entry: Mapping[str, Any], lines: TomlLines, line: int
    ) -> None:
        """An example holds a word of its entry, a counter-example none."""
        words = _words_pattern(entry)
        for key, wanted, code in (
            ("examples", True, "pattern-example-without-word"),
            ("not", False, "pattern-not-with-word"),
        ):
            for text in entry.get(key, []):
                if bool(words.search(text)) is not wanted:
                    at = lines.value(line, key, text)
                    self._report(path, at, str(entry.get("id", "")), code, text=text)

    # Forms

    def _check_forms(self, path: Path, content: dict[str, Any], lines: TomlLines) -> None:
        sound = self._check_parts(path, named_parts(path, content), lines)
        seen: dict[str, int] = {}
        for index, entry in enumerate(entries(path, content, "form")):
            line = lines.entry("form", index)
            name = str(entry.get("name", ""))
            if name in seen:
                self._report(path, line, name, "pattern-duplicate", name=name, first=seen[name])
                sound = False
            seen.setdefault(name, line)
            sound = not self._check_schema(path, Form, entry, lines, line) and sound
        if sound:
            for forms in self._touched(path):
                for form in forms.forms:
                    self._check_form(forms, form)

    def _touched(self, path: Path) -> list[FormSet]:
        """The form sets that a file speaks for: its own, or all of them for the shared parts."""
        if path.name != PARTS_FILE:
            return [self.patterns.forms(path.stem)]
        files = sorted({item for folder in self.folders for item in folder.glob("*.toml")})
        stems = dict.fromkeys(file.stem for file in files if "form" in read_toml(file))
        return [self.patterns.forms(stem) for stem in stems]

    def _check_parts(self, path: Path, parts: Mapping[str, object], lines: TomlLines) -> bool:
        sound = True
        start = lines.find("parts")
        for name, expression in parts.items():
            reason = _part_fault(name, expression)
            if reason:
                at = lines.key(start, name)
                self._report(path, at, name, "pattern-part", reason=reason)
                sound = False
        return sound

    def _check_form(self, forms: FormSet, form: Form) -> None:
        try:
            pattern = forms.pattern(form.name)
        except PatternError as error:
            self._report_error(error)
            return
        path = Path(form.file)
        lines = TomlLines(read_text(path))
        for text in form.examples:
            if not pattern.fullmatch(text):
                at = lines.value(form.line, "examples", text)
                self._report(path, at, form.name, "pattern-example-unmatched", text=text)
        find = pattern.search if form.use == "text" else pattern.fullmatch
        for text in form.counter_examples:
            if match := find(text):
                at = lines.value(form.line, "not", text)
                code = "pattern-not-matched"
                self._report(path, at, form.name, code, text=text, found=match[0])

    # Messages and lists

    def _check_messages(self, path: Path, content: Mapping[str, Any], lines: TomlLines) -> None:
        for code, entry in content.items():
            line = lines.find(code)
            if not isinstance(entry, dict):
                names = "vi, en"
                self._report(path, line, code, "pattern-unknown-table", name=code, known=names)
            elif not self._check_schema(path, Message, {"code": code, **entry}, lines, line):
                vi, en = _placeholders(entry["vi"]), _placeholders(entry["en"])
                if vi != en:
                    odd = ", ".join(sorted(vi ^ en))
                    self._report(path, line, code, "pattern-placeholders", name=odd)

    def _check_registry(self, path: Path, text: str) -> None:
        try:
            read_rows(text)
        except RegistryFaultError as fault:
            code = "pattern-registry-line"
            self._report(path, fault.line, path.name, code, reason=fault.reason)

    def _check_list(self, path: Path, text: str) -> None:
        seen: dict[str, int] = {}
        for number, line in law_lines(text):
            try:
                name = parse_law(line).name
            except ValueError as error:
                self._report(path, number, line, "pattern-law-line", reason=error)
                continue
            if name in seen:
                self._report(path, number, name, "pattern-duplicate", name=name, first=seen[name])
            seen.setdefault(name, number)

    # Reports

    def _report(self, path: Path, line: int, entry: str, code: str, **values: object) -> None:
        message = load().message(code, self.lang, **values)
        problem = Problem(file=str(path), line=line, entry=entry, message=message, code=code)
        self.problems.append(problem)

    def _report_error(self, error: PatternError) -> None:
        values = error.values
        self._report(
            Path(str(values["file"])),
            int(str(values["line"])),
            str(values["entry"]),
            str(values["fault"]),
            reason=values["reason"],
        )


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _words_pattern(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """Any word of an entry, standing alone; digits may touch it in front ("5ha")."""
    free = _alternatives(entry, _FREE_CASE)
    fixed = _alternatives(entry, _FIXED_CASE)
    return re.compile(rf"(?<![^\W\d_])(?:(?i:{free})|{fixed})")


def _alternatives(entry: Mapping[str, Any], keys: Iterable[str]) -> str:
    words = [word for key in keys for word in _as_list(entry.get(key, []))]
    ends = (r"(?!\w)" if word[-1:].isalnum() else "" for word in words)
    return "|".join(map("".join, zip(map(re.escape, words), ends, strict=True))) or r"(?!)"


def _placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def _part_fault(name: str, expression: object) -> str:
    if not isinstance(expression, str):
        return repr(expression)
    bare = re.sub(r"(?<!\\)\{[a-z][a-z0-9_]*(?::[a-z][a-z0-9_]*)?\}", "", expression)
    try:
        re.compile(bare)
    except re.error as error:
        return error.msg
    return "" if re.fullmatch(r"[a-z][a-z0-9_]*", name) else name

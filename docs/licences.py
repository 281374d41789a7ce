"""Writes ``docs/licences.md``: the licence of everything that comes along with docparse.

    python docs/licences.py

Read from the metadata of what is installed here: the dependencies of ``pyproject.toml`` with every
extra, and what these need on any system. What is not installed here is named at the end.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)")
_FORBIDDEN = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public")
_CLASSIFIER = "License :: OSI Approved :: "
_HEAD = """\
<!-- python docs/licences.py -->

# Giấy phép · Licences

Những thư viện được cài cùng docparse (Apache-2.0), kể cả các phần thêm (`docparse[…]`), và giấy
phép của chúng theo khai báo của từng gói. Không gói nào dùng GPL hay AGPL; psycopg (LGPL) chỉ có
khi người dùng tự chọn phần thêm `postgres`.

What is installed along with docparse (Apache-2.0), its extras (`docparse[…]`) included, with the
licence that each package declares. None is under the GPL or the AGPL; psycopg (LGPL) comes only
with the extra `postgres`, which a user has to ask for.

| Gói · Package | Phiên bản · Version | Giấy phép · Licence | Vì · For |
|---|---|---|---|"""
_ELSEWHERE = "Chỉ cần trên hệ khác, chưa xem ở đây · Only on other systems, not looked at here"
_PROGRAMS = """\
Tesseract (Apache-2.0) và LibreOffice (MPL-2.0) là chương trình riêng, do người dùng tự cài;
docparse chỉ gọi chúng.

Tesseract (Apache-2.0) and LibreOffice (MPL-2.0) are programs of their own, which a user installs
and docparse calls."""


@dataclass(frozen=True)
class Package:
    """One installed package: ``wanted_by`` is what asks for it, "" where docparse itself does."""

    name: str
    version: str
    licence: str
    wanted_by: str


def requirements() -> dict[str, str]:
    """What ``pyproject.toml`` asks for, each with its extra ("" for all users)."""
    text = (HERE.parent / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    found = {wanted: "" for wanted in project["dependencies"]}
    for extra, more in project["optional-dependencies"].items():
        found |= {wanted: extra for wanted in more}
    return found


def packages() -> tuple[list[Package], list[str]]:
    """All that users may come to install, and the names of what is not installed here."""
    found: dict[str, Package] = {}
    absent: set[str] = set()
    waiting = [(wanted, "") for wanted in requirements()]
    seen = set(waiting)
    while waiting:
        wanted, wanted_by = waiting.pop(0)
        name, extras = _read(wanted)
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            absent.add(name)
            continue
        said = licence(installed)
        found.setdefault(name, Package(name, installed.version, said, wanted_by))
        more = [(one, name) for one in _needs(installed, extras)]
        waiting += [one for one in more if one not in seen]
        seen.update(more)
    return sorted(found.values(), key=lambda one: one.name), sorted(absent)


def licence(installed: metadata.Distribution) -> str:
    """What a package says of its licence: an expression, a name, or its classifiers."""
    said = installed.metadata
    classified = [
        one.removeprefix(_CLASSIFIER)
        for one in said.get_all("Classifier") or ()
        if one.startswith(_CLASSIFIER)
    ]
    named = next((said[name] for name in ("License-Expression", "License") if name in said), "")
    if "\n" in named or len(named) > 80:
        named = ""
    return named or ", ".join(classified)


def is_forbidden(said: str) -> bool:
    """Whether every choice that a licence leaves is the GPL or the AGPL; none named is as bad."""
    return not said or all(_FORBIDDEN.search(one) for one in re.split(r"\bOR\b", said))


def licences_page() -> str:
    """The page, by name."""
    rows, absent = packages()
    own = {_read(wanted)[0]: extra for wanted, extra in requirements().items()}
    lines = [_HEAD]
    for one in rows:
        extra = own.get(one.name)
        why = one.wanted_by if extra is None else f"docparse[{extra}]" if extra else "docparse"
        lines.append(f"| {one.name} | {one.version} | {one.licence} | {why} |")
    if absent:
        lines += ["", f"{_ELSEWHERE}: {', '.join(absent)}."]
    lines += ["", _PROGRAMS]
    return "\n".join(lines) + "\n"


def _read(wanted: str) -> tuple[str, frozenset[str]]:
    match = _REQUIREMENT.match(wanted)
    assert match is not None, wanted
    extras = frozenset(part.strip() for part in (match[2] or "").split(",") if part.strip())
    return _plain(match[1]), extras


def _needs(installed: metadata.Distribution, extras: frozenset[str]) -> Iterator[str]:
    """What a package needs, on whatever system, for these extras of it."""
    for one in installed.requires or ():
        match = _REQUIREMENT.match(one)
        asked = _EXTRA.search(match[3] or "") if match else None
        if asked is None or asked[1] in extras:
            yield one


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    (HERE / "licences.md").write_text(licences_page(), encoding="utf-8")

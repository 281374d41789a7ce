"""Decisions beside the reports: a file goes in, suppressions come out; new ones are added.

The reports themselves are only read, so what was decided stands in a file of its own. A
decision without a reason is refused.

>>> suppression_text(Suppression(fingerprint="3efc7affab24421d", reason="Đã hỏi.")).splitlines()[2]
'reason = "Đã hỏi."'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from docparse.decide.files import Written, read_written, toml_text, unreadable
from docparse.errors import SettingsError, UsageError
from docparse.models import Suppression

DECISIONS_FILE = "docparse-decisions.toml"
_KEYS = ("fingerprint", "reason", "who", "day", "until", "code", "note")
_SETTLED, _ASKED = "suppress", "ask"  # the tables of the file
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_CODE = re.compile(r"[A-Z]{3}\d{3}")


def is_fingerprint(name: str) -> bool:
    """Whether a name is written as fingerprints are."""
    return _FINGERPRINT.fullmatch(name) is not None


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """All decisions of a file, in its order; a fingerprint is decided once."""
    written = read_written(path)
    written.only([_SETTLED, _ASKED])
    found: dict[str, Suppression] = {}
    for row in (*written.rows(_SETTLED), *written.rows(_ASKED)):
        one = _suppression(row)
        if one.fingerprint in found:
            raise row.fault("decision-twice", "fingerprint", said=one.fingerprint)
        found[one.fingerprint] = one
    return tuple(found.values())


def add_suppression(path: Path, one: Suppression) -> None:
    """Add a decision at the end of a file, which is made if it is not there."""
    if not _FINGERPRINT.fullmatch(one.fingerprint):
        raise UsageError("decision-fingerprint", said=one.fingerprint)
    if not one.reason.strip():
        raise UsageError("decision-no-reason")
    before = ""
    if path.exists():
        decided = {each.fingerprint for each in read_suppressions(path)}
        if one.fingerprint in decided:
            raise UsageError("decision-exists", said=one.fingerprint, file=str(path))
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    _replace(path, before + suppression_text(one))


def rewrite(
    path: Path, changed: Mapping[str, Suppression], dropped: Collection[str]
) -> tuple[int, int, int]:
    """Put decisions into a file, and take some out; what else stands there stays as it is.

    How many were added, changed and taken out.
    """
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    decided = {one.fingerprint for one in read_suppressions(path)} if before else set()
    head, *blocks = re.split(r"^(?=\[\[)", before, flags=re.MULTILINE)
    kept, waiting = [], dict(changed)
    for block in blocks:
        said = re.search(r"^\s*fingerprint\s*=\s*[\"']([0-9a-f]{16})", block, re.MULTILINE)
        name = said[1] if said else ""
        if name in dropped:
            continue
        one = waiting.pop(name, None)
        kept.append(block if one is None else suppression_text(one))
    kept += [suppression_text(one) for one in waiting.values()]
    made = "\n".join(piece.rstrip("\n") + "\n" for piece in (head, *kept) if piece.strip())
    if made != before:
        _replace(path, made)
    added = len(waiting)
    return added, len(changed) - added, len(decided & set(dropped))


def suppression_text(one: Suppression) -> str:
    """A decision as the file has it."""
    lines = [f"[[{_SETTLED if one.settles else _ASKED}]]"]
    for name in _KEYS:
        value = getattr(one, name)
        if value is not None:
            lines.append(f"{name} = {toml_text(value) if isinstance(value, str) else value}")
    return "\n".join(lines) + "\n"


def _suppression(row: Written) -> Suppression:
    row.only(_KEYS)
    name = row.required("fingerprint")
    if not _FINGERPRINT.fullmatch(name):
        raise row.fault("settings-fingerprint", "fingerprint", said=name)
    if not str(row.content.get("reason", "")).strip():
        raise row.fault("settings-no-reason", "fingerprint", said=name)
    code = row.text("code")
    if code is not None and not _CODE.fullmatch(code):
        raise row.fault("settings-code", "code", said=code)
    return Suppression(
        fingerprint=name,
        reason=row.required("reason"),
        who=row.text("who"),
        until=row.day("until"),
        code=code,
        note=row.text("note"),
        day=row.day("day"),
        settles=row.name == _SETTLED,
    )


def _replace(path: Path, content: str) -> None:
    """The file appears whole, or stays as it was."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(content, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> SettingsError:
    seen = unreadable(path, error)
    return SettingsError("settings-unwritable", **seen.values)

"""What a person has written into the workbook of findings: a file goes in, decisions come out.

The heads of the columns are found by their words in either language, so that columns may be moved,
added and hidden. A finding that is called settled needs a comment; without one it stays open, and
the row is named. Only what was changed since the workbook was made counts: of several people who
fill in copies none takes back what another one decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

from docparse.decide.files import unreadable
from docparse.decide.suppressions import is_fingerprint, read_suppressions, rewrite
from docparse.errors import SettingsError
from docparse.models import REVIEW_STATUSES, Suppression, known_decision
from docparse.patterns import Patterns

_LANGUAGES = ("vi", "en")
_COLUMNS = ("fingerprint", "status", "comment", "person", "code", "message", "known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """How many decisions were added, changed and taken back; rows that could not be taken.

    ``replaced`` are decisions that the workbook did not know of, with the row in their place;
    ``commented`` are rows with a comment and no status, which are kept as questions.
    """

    added: int
    changed: int
    dropped: int
    refused: tuple[int, ...] = ()
    replaced: tuple[tuple[int, Suppression], ...] = ()
    commented: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]

    def said(self, name: str) -> str | None:
        return self.cells.get(name) or None


def review(
    path: Path, decisions: Path, patterns: Patterns, *, today: date | None = None
) -> Reviewed:
    """Bring the decisions of a workbook into the file of decisions."""
    day = today or date.today()
    known = read_suppressions(decisions) if decisions.exists() else ()
    earlier = {one.fingerprint: one for one in known}
    changed: dict[str, Suppression] = {}
    dropped, refused, replaced, commented = [], [], [], []
    for row in _rows(path, patterns):
        name, status = row.cells["fingerprint"].lower(), _status(row, patterns)
        if status is not None and _untouched(row, status):
            continue  # a form that was given out earlier takes back nothing that others decided
        before = earlier.get(name)
        unclear = status is None or not is_fingerprint(name) or name in changed
        if unclear or (status == "settled" and not row.said("comment")):
            refused.append(row.number)
        elif status == "open" and not row.said("comment"):
            dropped.append(name)  # nothing is said of it, or no longer
        else:
            if status == "open":
                commented.append(row.number)
            one = _decision(row, name, before, settles=status == "settled", day=day)
            if before is None or replace(before, day=day) != one:
                changed[name] = one
                if before is not None and row.said("known") not in (None, _known_of(before)):
                    replaced.append((row.number, before))
    counts = rewrite(decisions, changed, [name for name in dropped if name in earlier])
    return Reviewed(
        added=counts[0],
        changed=counts[1],
        dropped=counts[2],
        refused=tuple(refused),
        replaced=tuple(replaced),
        commented=tuple(commented),
    )


def _decision(
    row: _Row, name: str, before: Suppression | None, *, settles: bool, day: date
) -> Suppression:
    """What the row says; how long an earlier decision holds stays as it was."""
    return Suppression(
        fingerprint=name,
        reason=row.said("comment") or "?",
        who=row.said("person"),
        until=before.until if before else None,
        code=row.said("code"),
        note=row.said("message"),
        day=day,
        settles=settles,
    )


def _untouched(row: _Row, status: str) -> bool:
    """Whether a row says what it said when the workbook was made."""
    return row.said("known") == known_decision(status, row.said("comment"), row.said("person"))


def _known_of(one: Suppression) -> str:
    return known_decision("settled" if one.settles else "ask", one.reason, one.who)


def _status(row: _Row, patterns: Patterns) -> str | None:
    """The status by its words; an empty cell leaves the finding open."""
    said = (row.said("status") or "").casefold()
    for name in REVIEW_STATUSES:
        if said in {patterns.message(f"status-{name}", lang).casefold() for lang in _LANGUAGES}:
            return name
    return None if said else "open"


def _rows(path: Path, patterns: Patterns) -> Iterator[_Row]:
    """The rows of the first sheet that has the columns."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except OSError as error:
        raise unreadable(path, error) from error
    except CalamineError as error:
        raise SettingsError("review-unreadable", file=str(path), reason=str(error)) from error
    for rows in sheets:
        places = _places([str(cell) for cell in rows[0]] if rows else [], patterns)
        if {"fingerprint", "status", "comment"} <= set(places):
            for number, row in enumerate(rows[1:], 2):
                cells = {name: _written(row[at]) for name, at in places.items()}
                if any(cells[name] for name in ("fingerprint", "status", "comment")):
                    yield _Row(number, cells)
            return
    raise SettingsError("review-no-columns", file=str(path))


def _places(heads: list[str], patterns: Patterns) -> dict[str, int]:
    known = {
        patterns.message(f"column-{name}", lang).casefold(): name
        for name in _COLUMNS
        for lang in _LANGUAGES
    }
    found = (known.get(head.strip().casefold()) for head in heads)
    return {name: at for at, name in enumerate(found) if name}


def _written(cell: object) -> str:
    """A cell as a text; a number that a person typed as a comment has no ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()

"""What a change of patterns does: two sets of patterns and files in, what differs out.

Every file is parsed twice. A mention at the same place of the source that reads otherwise has
changed; any other is gained or lost. Fifty good examples prove less than a folder of reports
in which nothing is lost.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     _ = Path(folder, "a.txt").write_text("theo Kế hoạch số 899/KH-SCT", encoding="utf-8")
...     list(diff_patterns(folder, new=None))
[]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from docparse.errors import ReadError
from docparse.models import Citation, Date
from docparse.patterns import Patterns, load
from docparse.pipeline import parse
from docparse.read import find_files
from docparse.render.records import written_date
from docparse.render.repairs import visible

__all__ = ["Change", "ChangeKind", "change_row", "diff_patterns"]

# What a reader sees of a citation, in the order in which it is shown.
_FIELDS = ("type", "number", "date", "issuer", "title", "pinpoint", "relation", "key", "own")
_ABSENT = "—"
_Place = tuple[int, int]


class ChangeKind(StrEnum):
    """How a mention differs between two sets of patterns."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One mention that differs; ``fields`` holds name, old and new value of what changed."""

    kind: ChangeKind
    path: str
    line: int
    words: str
    fields: tuple[tuple[str, str, str], ...] = ()


def diff_patterns(
    *paths: str | Path, new: Path | None, old: Path | None = None
) -> Iterator[Change | ReadError]:
    """Citations gained, lost and read otherwise in every readable file below the paths.

    ``old`` and ``new`` are folders laid over the shipped patterns; None is the shipped ones
    alone. A file that cannot be read yields its error.
    """
    before, after = load(old), load(new)
    for path in find_files(*paths):
        try:
            first, second = _citations(path, before), _citations(path, after)
        except ReadError as error:
            yield error
        else:
            yield from _changes(str(path), first, second)


def change_row(change: Change, *, lang: str = "vi") -> str:
    """One line a change: the place, what happened, the words, and what reads otherwise."""
    happened = load().message(f"change-{change.kind}", lang)
    row = f"{change.path}:{change.line}: {happened}: {visible(change.words)}"
    fields = "; ".join(f"{name} {old} → {new}" for name, old, new in change.fields)
    return f"{row} [{fields}]" if fields else row


def _citations(path: Path, patterns: Patterns) -> Mapping[_Place, Citation]:
    report = parse(path, patterns=patterns)
    return {(one.span.origin_start, one.span.origin_end): one for one in report.citations}


def _changes(
    path: str, old: Mapping[_Place, Citation], new: Mapping[_Place, Citation]
) -> Iterator[Change]:
    for place in sorted(old.keys() | new.keys()):
        before, after = old.get(place), new.get(place)
        if before is not None and after is not None:
            if fields := tuple(_differing(before, after)):
                yield _change(ChangeKind.CHANGED, path, after, fields)
        elif before is not None:
            yield _change(ChangeKind.LOST, path, before)
        elif after is not None:
            yield _change(ChangeKind.GAINED, path, after)


def _change(
    kind: ChangeKind, path: str, one: Citation, fields: tuple[tuple[str, str, str], ...] = ()
) -> Change:
    span = one.span
    return Change(kind=kind, path=path, line=span.line, words=span.quote, fields=fields)


def _differing(old: Citation, new: Citation) -> Iterable[tuple[str, str, str]]:
    for name in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield name, _shown(before), _shown(after)


def _shown(value: object) -> str:
    if isinstance(value, Date):
        return written_date(value) or _ABSENT
    return _ABSENT if value is None else str(value)

"""The values that pass between the stages: frozen, slotted, keyword-only.

Nothing here reads files, knows Vietnamese or prints. A value that comes from a
text carries a :class:`Span`, which points at its words twice: in the repaired
text and in the source as it was read.

>>> Date(year=2021, month=2, day=31).iso, Date(year=2021, month=2, day=31).calendar
('2021-02-31', None)
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Date:
    """A date as written: parts may be missing, and it may not exist (31/02)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def full(self) -> bool:
        return None not in (self.year, self.month, self.day)

    @property
    def iso(self) -> str | None:
        """``2021-02-25``, ``2021-02`` or ``2021``; None when not even the year is written."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def calendar(self) -> date | None:
        """The day in the calendar, or None when the date is partial or impossible."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


_KEY = re.compile(
    r"(?P<family>[a-z]+):(?P<number>.*)@(?P<year>\d{4}|\?)(?:~(?P<place>.+))?", re.DOTALL
)
_NUMBERED = re.compile(r"(?P<serial>\d+)(?:[/-](?P<rest>.+))?")


@dataclass(frozen=True, slots=True)
class Key:
    """A document's identity; ``year`` is None while the register's year is unknown.

    >>> read_key("state:899/KH-SCT@2021~Đồng Nai")
    Key(family='state', number='899/KH-SCT', year=2021, place='Đồng Nai')
    """

    family: str
    number: str
    year: int | None
    place: str | None = None

    def __str__(self) -> str:
        place = f"~{self.place}" if self.place else ""
        # Four digits also where a slip of the keyboard made it the year 22: keys are read back.
        year = f"{self.year:04}" if self.year else "?"
        return f"{self.family}:{self.number}@{year}{place}"

    @property
    def serial(self) -> int | None:
        """The running number in its register."""
        found = _NUMBERED.match(self.number)
        return int(found["serial"]) if found else None

    @property
    def symbol(self) -> str:
        """What follows the number (and its year): QĐ-UBND."""
        found = _NUMBERED.match(self.number)
        rest = (found["rest"] or "") if found else self.number
        return re.sub(r"^\d{4}/", "", rest)


@lru_cache(maxsize=4096)
def read_key(text: str) -> Key:
    """The parts of a printed key."""
    match = _KEY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a document key: {text!r}")
    year = None if match["year"] == "?" else int(match["year"])
    return Key(match["family"], match["number"], year, match["place"])


Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the upper left


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a record stands: in the repaired text and in the source.

    Offsets count characters, lines count from 1 in the source. ``quote`` is the
    source's own words: ``source.text[origin_start:origin_end] == quote``.
    """

    start: int
    end: int
    origin_start: int
    origin_end: int
    line: int
    line_end: int
    quote: str
    page: int | None = None
    bbox: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that could not be read well, said aloud.

    ``code`` names the sentence in ``patterns/messages.toml``; ``values`` fill it.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell of a table that the file itself draws: its place in the grid and in the text."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of a Word, PDF, HTML or spreadsheet file, cell by cell, joined over pages.

    In ``Source.text`` it stands as rows of tab-separated cells, ``[start, end)``.
    """

    cells: tuple[GridCell, ...]
    start: int
    end: int
    joins: tuple[str, ...] = ()


class Places:
    """Where pieces of a source's text stand on its pages: lists side by side, in text order."""

    __slots__ = ("boxes", "ends", "pages", "starts")

    def __init__(
        self, starts: Sequence[int], ends: Sequence[int], pages: Sequence[int], boxes: Sequence[Box]
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.pages = pages
        self.boxes = boxes

    def words(self, start: int, end: int) -> Iterator[tuple[int, Box]]:
        """The page and the box of each piece that a range of the text meets."""
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.starts) and self.starts[index] < end:
            if self.ends[index] > start:
                yield self.pages[index], self.boxes[index]
            index += 1

    def box(self, start: int, end: int) -> tuple[int, Box] | None:
        """The page on which a range begins, and the box around what of it stands there."""
        index = max(0, bisect_right(self.starts, start) - 1)
        if index < len(self.ends) and self.ends[index] <= start:
            index += 1
        if index >= len(self.starts) or self.starts[index] >= max(end, start + 1):
            return None
        page = self.pages[index]
        x0, top, x1, bottom = self.boxes[index]
        while index < len(self.starts) and self.starts[index] < end and self.pages[index] == page:
            box = self.boxes[index]
            x0, top = min(x0, box[0]), min(top, box[1])
            x1, bottom = max(x1, box[2]), max(bottom, box[3])
            index += 1
        return page, (x0, top, x1, bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as characters: what an auditor sees when opening it.

    Pages are set apart by form feeds. ``grids`` and ``places`` are there for files that
    draw tables and pages; a text file has neither. ``doubtful`` are the places in ``text``, in
    order, of the words that OCR is not sure of.
    """

    text: str
    path: str
    sha256: str
    format: str
    encoding: str | None = None
    pages: int | None = None
    ocr: bool = False
    notices: tuple[Notice, ...] = ()
    grids: tuple[Grid, ...] = ()
    places: Places | None = None
    doubtful: tuple[tuple[int, int], ...] = ()

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a doubtful word stands in a range of the text.

        >>> scan = Source(text="đạt 98", path="a", sha256="", format="pdf", doubtful=((4, 6),))
        >>> scan.is_doubtful(0, 6), scan.is_doubtful(0, 3)
        (True, False)
        """
        after = bisect_left(self.doubtful, (end, 0))
        return after > 0 and self.doubtful[after - 1][1] > start

    @property
    def lined(self) -> bool:
        """Whether its lines are those of the file, as an editor numbers them."""
        return self.format in ("txt", "md")


class OffsetMap:
    """Leads positions of a changed text back to the text it came from.

    Change ``i`` put ``[starts[i], ends[i])`` in the place of the source's
    ``[origin_starts[i], origin_ends[i])``; between changes both texts run in step.
    A position inside a replacement leads to the edge of what was replaced, so that
    a span never quotes half of it. (Lists of numbers: a long text has a million changes.)

    >>> m = OffsetMap([3], [4], [3], [5])      # "ab,\n\nc" -> "ab, c"
    >>> m.span_origin(0, 5)
    (0, 6)
    >>> m.span_origin(4, 5)
    (5, 6)
    """

    __slots__ = ("ends", "origin_ends", "origin_starts", "starts")

    def __init__(
        self,
        starts: Sequence[int] = (),
        ends: Sequence[int] = (),
        origin_starts: Sequence[int] = (),
        origin_ends: Sequence[int] = (),
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.origin_starts = origin_starts
        self.origin_ends = origin_ends

    def start_origin(self, position: int) -> int:
        """The source position of the first character of a span."""
        index = bisect_right(self.starts, position) - 1
        if index < 0:
            return position
        if position < self.ends[index]:
            return self.origin_starts[index]
        return self.origin_ends[index] + position - self.ends[index]

    def end_origin(self, position: int) -> int:
        """The source position just after the last character of a span."""
        if position == 0:
            return 0
        index = bisect_right(self.starts, position - 1) - 1
        if index < 0:
            return position
        if position - 1 < self.ends[index]:
            return self.origin_ends[index]
        return self.origin_ends[index] + position - self.ends[index]

    def position(self, origin: int) -> int:
        """Where a position of the source stands now; inside a change: at its beginning."""
        index = bisect_right(self.origin_starts, origin) - 1
        if index < 0:
            return origin
        if origin < self.origin_ends[index]:
            return self.starts[index]
        return self.ends[index] + origin - self.origin_ends[index]

    def span_origin(self, start: int, end: int) -> tuple[int, int]:
        """The source range of ``[start, end)``."""
        if end <= start:
            at = self.start_origin(start)
            return at, at
        return self.start_origin(start), self.end_origin(end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One repair: what stood in the source, what stands now, and by which rule."""

    rule: str
    origin_start: int
    origin_end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass of repair: its edits ``(start, end, new words, rule)`` to the text of before.

    ``offsets`` leads that text back to the source; edits stand in order and never overlap.
    """

    edits: tuple[tuple[int, int, str, str], ...]
    offsets: OffsetMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The repaired text, and the way back to its source.

    A line break is a real one: sentences run on over the breaks of the page.
    """

    value: str
    source: Source
    offsets: OffsetMap
    passes: tuple[Pass, ...] = ()
    notices: tuple[Notice, ...] = ()
    line_starts: tuple[int, ...] = field(repr=False, default=(0,))
    page_starts: tuple[int, ...] = field(repr=False, default=())

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every repair, in the order in which they were made."""
        return tuple(edit for made in self.passes for edit in self._edits(made))

    def _edits(self, made: Pass) -> Iterator[Edit]:
        for start, end, after, rule in made.edits:
            origin_start, origin_end = made.offsets.span_origin(start, end)
            yield Edit(
                rule=rule,
                origin_start=origin_start,
                origin_end=origin_end,
                before=self.source.text[origin_start:origin_end],
                after=after,
            )

    def span(self, start: int, end: int) -> Span:
        """The span of ``value[start:end]``."""
        origin_start, origin_end = self.offsets.span_origin(start, end)
        return self._span(start, end, origin_start, origin_end)

    def origin_span(self, origin_start: int, origin_end: int) -> Span:
        """The span of a range of the source, also where the repaired text has nothing of it."""
        start = self.offsets.position(origin_start)
        end = max(start, self.offsets.position(origin_end))
        return self._span(start, end, origin_start, origin_end)

    def _span(self, start: int, end: int, origin_start: int, origin_end: int) -> Span:
        last = max(origin_start, origin_end - 1)
        page = bisect_right(self.page_starts, origin_start) if self.page_starts else None
        places = self.source.places
        placed = places.box(origin_start, origin_end) if places is not None else None
        return Span(
            start=start,
            end=end,
            origin_start=origin_start,
            origin_end=origin_end,
            line=bisect_right(self.line_starts, origin_start),
            line_end=bisect_right(self.line_starts, last),
            quote=self.source.text[origin_start:origin_end],
            page=placed[0] if placed else page,
            bbox=placed[1] if placed else None,
        )

    def lines(self) -> Iterator[tuple[int, int]]:
        """Start and end (without the break) of each line of the repaired text."""
        start = 0
        value = self.value
        while (end := value.find("\n", start)) >= 0:
            yield start, end
            start = end + 1
        yield start, len(value)


class ZoneKind(StrEnum):
    """What part of a document a stretch of text belongs to."""

    HEADER = "header"
    BASES = "bases"
    BODY = "body"
    TABLE = "table"
    ANNEX = "annex"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One stretch ``[start, end)`` of the repaired text."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", the name."""

    authority: str | None = None
    title: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a document says of itself. ``spans`` holds the place of each field found."""

    issuer_parent: str | None = None
    issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: Date | None = None
    type: str | None = None
    title: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    spans: tuple[tuple[str, Span], ...] = ()

    def span(self, name: str) -> Span | None:
        """The place of one field, if it was found."""
        return next((span for field_name, span in self.spans if field_name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered heading or a numbered paragraph (``run_in``)."""

    label: str
    level: int
    title: str
    span: Span
    run_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of a file that holds several: its header and its range."""

    header: Header
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The skeleton of a report. A file with one document has one part."""

    parts: tuple[Part, ...]
    sections: tuple[Section, ...] = ()
    zones: tuple[Zone, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def header(self) -> Header:
        return self.parts[0].header

    def zone_at(self, position: int) -> ZoneKind:
        """The kind of zone that holds a position of the repaired text."""
        index = bisect_right(self.zones, position, key=lambda zone: zone.start) - 1
        if index >= 0 and position < self.zones[index].end:
            return self.zones[index].kind
        return ZoneKind.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mention of a document. ``key`` is the identity that mentions share."""

    type: str | None
    number: str | None
    span: Span
    serial: str | None = None
    year: int | None = None
    symbol: str | None = None
    date: Date | None = None
    issuer: str | None = None
    title: str | None = None
    pinpoint: str | None = None
    relation: str | None = None
    key: str | None = None
    own: bool = False
    confidence: float = 1.0
    repairs: tuple[str, ...] = ()
    trace: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What mentions of one paper say together. ``mentions`` are indexes into the citations.

    ``merged`` holds the keys of mentions that say less (no year, a bare number) and can
    only mean this paper here, with the evidence.
    """

    key: str
    mentions: tuple[int, ...]
    types: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[Date, ...] = ()
    issuers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Words that stand for a paper named elsewhere: "Quyết định này", "Kế hoạch nêu trên".

    ``key`` is None where it is not sure which one is meant; ``reason`` says how or why not.
    """

    span: Span
    key: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time a figure or a table speaks of, and how that is known."""

    start: date | None
    end: date | None
    how: str = "explicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One quantity. ``value`` keeps the precision that is printed."""

    value: Decimal
    span: Span
    kind: str
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    unit: str | None = None
    normalized: tuple[Decimal, str] | None = None
    indicator: str | None = None
    entity: str | None = None
    qualifier: str | None = None
    mode: str | None = None
    status: str | None = None
    period: Period | None = None
    trace: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """A stated count and the things it lists: "05 văn bản, gồm: (1) … (5) …".

    ``figure`` is the place of the count among the figures of the report; a list is
    ``complete`` where its end was seen, so that its items may be counted. Where only commas part
    names, two items may be one name: then the list has at least ``fewest``.
    """

    figure: int
    items: tuple[Span, ...]
    complete: bool
    fewest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: merged header cells resolved into ``columns``, cells as printed.

    ``cells`` holds the place of each body cell (None where it is empty), ``values`` its number
    under the one reading of its column, ``kinds`` what a column holds ("label", "text",
    "number", "percent", "agency", "deadline", "unit", "note"). ``title_rows`` hold a title for
    the rows below. ``lead`` is the paragraph before the table. ``confidence`` is below 1 where
    rows and columns were inferred.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span
    caption: str | None = None
    header_rows: tuple[tuple[str, ...], ...] = ()
    total_rows: tuple[int, ...] = ()
    period: Period | None = None
    lead: str | None = None
    kinds: tuple[str, ...] = ()
    values: tuple[tuple[Decimal | None, ...], ...] = ()
    cells: tuple[tuple[Span | None, ...], ...] = ()
    title_rows: tuple[int, ...] = ()
    confidence: float = 1.0

    def to_frame(self, *, numbers: bool = False) -> pd.DataFrame:
        """The body as a pandas frame: words as printed, or numbers where a column has them."""
        import pandas as pd

        rows: list[tuple[object, ...]] = list(self.rows)
        if numbers and self.values:
            rows = [
                tuple(
                    value if kind in ("number", "percent") else words
                    for words, value, kind in zip(row, values, self.kinds, strict=True)
                )
                for row, values in zip(self.rows, self.values, strict=True)
            ]
        return pd.DataFrame(rows, columns=list(self.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One side of a finding: where it stands, and what part it plays."""

    report: str
    role: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A person's decision about one finding, and why.

    One that ``settles`` it says that it needs no more attention, up to and with the day ``until``;
    one that does not says what is to be asked. ``note`` is what the finding said, ``day`` when
    the decision was made.
    """

    fingerprint: str
    reason: str
    who: str | None = None
    until: date | None = None
    code: str | None = None
    note: str | None = None
    day: date | None = None
    settles: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFinding:
    """A finding of an earlier run: what it said, and the names of the files it was in."""

    fingerprint: str
    code: str
    message: str
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says: every side, the arithmetic, and how sure it is.

    ``values`` fill the sentences of the rule (message, question …) in either language.
    ``doubts`` are words that OCR is not sure of, or "" where OCR read a side without a doubt.
    ``status`` is "new", "known" (in the baseline) or "suppressed" (then with its decision).
    """

    code: str
    name: str
    severity: str
    confidence: float
    evidence: tuple[Evidence, ...]
    equation: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""
    suggestion: str | None = None
    status: str = "new"
    suppression: Suppression | None = None
    doubts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A relation that was tested and holds."""

    code: str
    evidence: tuple[Evidence, ...]
    equation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two values that look alike and may not be compared; ``reason`` says why."""

    code: str
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many records of one report some relation, broken or not, has taken up."""

    report: str
    figures: int = 0
    figures_checked: int = 0
    citations: int = 0
    citations_checked: int = 0
    tables: int = 0
    tables_checked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What decisions and a baseline left over: what has gone, and what no finding answers to.

    ``compared`` says whether there was a baseline at all; ``unsought`` counts its findings
    whose check or files were not part of this run, ``hidden`` new findings that are not severe
    enough to be kept.
    """

    compared: bool = False
    resolved: tuple[KnownFinding, ...] = ()
    unsought: int = 0
    hidden: int = 0
    unused: tuple[Suppression, ...] = ()
    expired: tuple[Suppression, ...] = ()


# What a person may say of a finding in a workbook.
REVIEW_STATUSES = ("open", "ask", "settled")


def known_decision(status: str, reason: str | None, who: str | None) -> str:
    """A decision as a workbook keeps it, so that the way back can tell what is new."""
    words = (" ".join((said or "").split()) for said in (status, reason, who))
    return " | ".join(words).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the checks of a set of reports have to say.

    ``put_aside`` are the fingerprints of findings that are not severe enough to be shown.
    ``passed`` counts the relations of each check that held, ``not_compared`` those that may not
    be compared; ``held`` and ``apart`` have them where they were asked for.
    """

    findings: tuple[Finding, ...] = ()
    put_aside: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    apart: tuple[Apart, ...] = ()
    passed: tuple[tuple[str, int], ...] = ()
    not_compared: int = 0
    coverage: tuple[Coverage, ...] = ()
    decided: Decided = field(default_factory=Decided)

    @property
    def all_passed(self) -> int:
        """How many relations held."""
        return sum(count for _, count in self.passed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What extraction found, in the order of the text."""

    citations: tuple[Citation, ...] = ()
    documents: tuple[Document, ...] = ()
    references: tuple[Reference, ...] = ()
    figures: tuple[Figure, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()

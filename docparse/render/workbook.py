"""Findings and records as an Excel workbook: a checked set goes in, the bytes of a file come out.

Every text is written as a text: "= + - @" at its beginning start no formula, and a bullet stays a
bullet. Numbers are numbers and dates are dates, so that a person can sort and add them up. Three
columns of the first sheet are for the person who works through it; ``docparse review`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docparse.errors import UsageError
from docparse.models import REVIEW_STATUSES, Checked, Date, Decided, Finding, Span, known_decision
from docparse.patterns import Patterns, load
from docparse.render.findings import finding_json
from docparse.render.names import short_names
from docparse.render.papers import Paper, cited_papers
from docparse.render.records import written_date

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_ROWS = 1_048_576  # what a sheet holds
_LONGEST = 32_767  # characters of a cell
_LINE, _TALLEST = 15.0, 405.0  # points of a line of text, and of a row at most
_LINKS = 65_000  # what Excel follows on a sheet, about; more of them are words
_A4, _A3 = 9, 8
# XML has no place for these, and Excel calls a file with them damaged.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COLOURS = {"error": "#F7D4D1", "warning": "#FCE8C5", "note": "#D9E8F4"}
_SIDES = 2  # places that have columns of their own
_OPENED = date(1900, 3, 1)  # Excel knows no earlier day for certain


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a row of another sheet, counted from 0 below the heads."""

    words: str
    sheet: str
    row: int


Cell = str | int | float | Decimal | date | Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``code`` names its head; ``width`` is in characters; long texts wrap."""

    code: str
    width: int
    wraps: bool = False


def workbook(
    checked: Checked, reports: Sequence[Any], *, lang: str = "vi", patterns: Patterns | None = None
) -> bytes:
    """The file; ``reports`` are those that were checked."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError("missing-extra", package="xlsxwriter") from error
    made = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(made, options) as book:
        # The same findings give the same bytes.
        book.set_properties({"title": "docparse", "created": datetime(2000, 1, 1)})
        _Book(book, lang, patterns or load()).write(checked, reports)
    return made.getvalue()


class _Book:
    """Writes the sheets in one language."""

    def __init__(self, book: Workbook, lang: str, patterns: Patterns) -> None:
        self.book = book
        self.lang = lang
        self.patterns = patterns
        top = {"valign": "top", "border": 1, "border_color": "#C8CCD6"}
        self.plain = book.add_format(top)
        self.wrapped = book.add_format({**top, "text_wrap": True})
        self.day = book.add_format({**top, "num_format": "dd/mm/yyyy"})
        self.number = book.add_format({**top, "num_format": "General"})
        self.link = book.add_format(
            {**top, "font_color": "#1A4FA0", "underline": 1, "text_wrap": True}
        )
        self.links = 0
        self.names: dict[str, str] = {}
        self.head = book.add_format(
            {**top, "bold": True, "bg_color": "#22304D", "font_color": "white", "text_wrap": True}
        )
        self.coloured = {
            name: book.add_format({**top, "bg_color": colour}) for name, colour in _COLOURS.items()
        }

    def say(self, code: str, **values: object) -> str:
        return self.patterns.message(code, self.lang, **values)

    def write(self, checked: Checked, reports: Sequence[Any]) -> None:
        paths = [report.source.path for report in reports]
        self.names = dict(zip(paths, short_names(paths), strict=True))
        papers = _papers(reports)
        rows = {key: row for row, key in enumerate(papers)}
        firsts = _first_mentions(reports)
        self._findings(checked.findings, _places(reports))
        self.sheet("citations", _CITATIONS, self._citations(reports, rows))
        self.sheet("documents", _DOCUMENTS, self._documents(papers, firsts))
        self.sheet("figures", _FIGURES, self._figures(reports))
        self.sheet("tables", _tables_columns(reports), self._tables(reports))
        self.sheet("coverage", _COVERAGE, self._coverage(checked))
        if checked.decided.unused or checked.decided.expired:
            self.sheet("decisions", _DECISIONS, self._decisions(checked.decided))

    # One sheet

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> tuple[Any, int]:
        """A sheet with heads that stay and a filter; more sheets where one is full."""
        title = self.say(f"sheet-{name}")
        sheet, row, part = self._opened(title, columns), 0, 1
        for cells in rows:
            if row + 1 >= _ROWS:
                sheet.autofilter(0, 0, row, len(columns) - 1)
                part += 1
                sheet, row = self._opened(f"{title} {part}", columns), 0
            row += 1
            sheet.set_row(row, _height(columns, cells))
            for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                self.put(sheet, row, at, cell, self.wrapped if column.wraps else self.plain)
        sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
        return sheet, row

    def _opened(self, title: str, columns: Sequence[Column]) -> Any:
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A3 if len(columns) > len(_CITATIONS) else _A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.set_row(0, 2 * _LINE)
        self.links = 0
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            head = self.say(f"column-{column.code}") if column.code else ""
            sheet.write_string(0, at, head, self.head)
        return sheet

    def put(self, sheet: Any, row: int, at: int, cell: Cell, look: Any) -> None:
        """A value as what it is."""
        match cell:
            case None | "":
                sheet.write_blank(row, at, None, look)
            case Link(words) if self.links >= _LINKS:
                sheet.write_string(row, at, cell_text(words), look)
            case Link(words, target, place):
                self.links += 1
                address = f"internal:'{self.say(f'sheet-{target}')}'!A{place + 2}"
                sheet.write_url(row, at, address, self.link, cell_text(words))
            case date() if cell >= _OPENED:
                sheet.write_datetime(row, at, cell, self.day)
            case int() | float() | Decimal():
                sheet.write_number(row, at, float(cell), self.number)
            case _:
                sheet.write_string(row, at, cell_text(str(cell)), look)

    # Findings

    def _findings(
        self, findings: Sequence[Finding], places: Mapping[tuple[str, int], tuple[str, int]]
    ) -> None:
        rows = [self._finding(one, places) for one in findings]
        sheet, last = self.sheet("findings", _FINDINGS, rows)
        status = next(at for at, column in enumerate(_FINDINGS) if column.code == "status")
        # What stood there when the form was made: only what was changed since is a decision.
        sheet.set_column(len(_FINDINGS) - 1, len(_FINDINGS) - 1, None, None, {"hidden": True})
        choices = [self.say(f"status-{name}") for name in REVIEW_STATUSES]
        if last:
            sheet.data_validation(1, status, last, status, {"validate": "list", "source": choices})
        for row, one in enumerate(findings, 1):
            words = self.say(f"findings-{one.severity}")
            sheet.write_string(row, 0, words, self.coloured[one.severity])

    def _finding(
        self, one: Finding, places: Mapping[tuple[str, int], tuple[str, int]]
    ) -> list[Cell]:
        said = finding_json(one, self.lang, self.patterns)
        sides: list[Cell] = []
        for each in one.evidence[:_SIDES]:
            words: Cell = self._place(each.report, each.span)
            record = places.get((each.report, each.span.origin_start))
            if record is not None:
                words = Link(str(words), *record)
            sides += [words, _line(each.span.quote)]
        sides += [None] * (2 * _SIDES - len(sides))
        others = "\n".join(
            f"{self._place(each.report, each.span)}: {_line(each.span.quote)}"
            for each in one.evidence[_SIDES:]
        )
        decided = one.suppression
        status = "open" if decided is None else "settled" if decided.settles else "ask"
        return [
            self.say(f"findings-{one.severity}"),
            one.code,
            said["title"],
            said["message"],
            self.say(f"status-{status}"),
            decided.reason if decided else None,
            decided.who if decided else None,
            said["equation"],
            *sides,
            others,
            said["question"],
            "\n".join(said["innocent"]),
            one.confidence,
            one.fingerprint,
            known_decision(status, *((decided.reason, decided.who) if decided else (None, None))),
        ]

    def _place(self, path: str, span: Span) -> str:
        place = self.names.get(path, path)
        if span.page is not None:
            place += f", {self.say('findings-page')} {span.page}"
        return f"{place}, {self.say('page-line')} {span.line}"

    # Records

    def _citations(
        self, reports: Sequence[Any], rows: Mapping[str, int]
    ) -> Iterator[Sequence[Cell]]:
        for report in reports:
            for one in report.citations:
                key: Cell = (
                    Link(one.key, "documents", rows[one.key]) if one.key in rows else one.key
                )
                yield (
                    self.names[report.source.path], one.span.page, one.span.line, one.type,
                    one.number, _day(one.date), one.issuer, one.title, one.pinpoint, one.relation,
                    key, _line(one.span.quote),
                )  # fmt: skip

    def _documents(
        self, papers: Mapping[str, Paper], firsts: Mapping[str, int]
    ) -> Iterator[Sequence[Cell]]:
        for key, paper in papers.items():
            yield (
                Link(key, "citations", firsts[key]) if key in firsts else key,
                *(_said(list(said)) for said in paper.told.values()),
                len(paper.places),
                len({index for index, _ in paper.places}),
            )

    def _figures(self, reports: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        for report in reports:
            for one in report.figures:
                base = one.normalized or (None, None)
                period = (one.period.start, one.period.end) if one.period else (None, None)
                yield (
                    self.names[report.source.path], one.span.page, one.span.line, one.value,
                    one.value_max, one.denominator, one.unit, *base,
                    self.say(f"figure-kind-{one.kind}"), one.indicator,
                    one.mode and self.say(f"figure-mode-{one.mode}"),
                    *period, _line(one.span.quote),
                )  # fmt: skip

    def _tables(self, reports: Sequence[Any]) -> Iterator[Sequence[Cell]]:
        """The rows of all tables below each other, each table led by its heads."""
        width = _widest(reports)
        for report in reports:
            for number, one in enumerate(report.tables, 1):
                name = self.names[report.source.path]
                place: tuple[Cell, ...] = (name, one.span.page, one.span.line, number)
                heads = list(one.columns)
                yield (*place, one.caption, None, *heads, *[None] * (width - len(heads)))
                for row, cells in enumerate(one.rows, 1):
                    values = one.values[row - 1] if row <= len(one.values) else ()
                    shown = [
                        value if value is not None else cell
                        for cell, value in _side_by_side(cells, values)
                    ]
                    yield (*place, None, row, *shown, *[None] * (width - len(shown)))

    def _coverage(self, checked: Checked) -> Iterator[Sequence[Cell]]:
        for one in checked.coverage:
            yield (
                self.names.get(one.report, one.report), one.figures, one.figures_checked,
                one.citations, one.citations_checked, one.tables, one.tables_checked,
            )  # fmt: skip

    def _decisions(self, decided: Decided) -> Iterator[Sequence[Cell]]:
        """Decisions that nothing answers to any more."""
        for state, row in (("text-changed", decided.unused), ("expired", decided.expired)):
            for one in row:
                yield (
                    self.say(f"decision-{state}"), one.code, one.note, one.reason, one.who,
                    one.day, one.until, one.fingerprint,
                )  # fmt: skip


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """Points that a row needs: not every program finds out by itself."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        words = cell.words if isinstance(cell, Link) else cell
        if column.wraps and isinstance(words, str):
            rows = (1 + len(row) * 11 // (column.width * 10) for row in words.split("\n"))
            lines = max(lines, sum(rows))
    return min(_LINE * lines, _TALLEST)


def cell_text(words: str) -> str:
    """What a cell can hold of a text; what it cannot is shown by a mark, not lost in silence.

    >>> cell_text("a\\x00b"), len(cell_text("x" * 40_000))
    ('a\\ufffdb', 32767)
    """
    kept = _UNWRITABLE.sub("\ufffd", words)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def _line(words: str) -> str:
    return " ".join(words.split())


def _day(said: Date | None) -> Cell:
    """A day of the calendar as a date, anything else as it is written."""
    if said is None:
        return None
    return said.calendar or written_date(said)


def _said(values: Sequence[str]) -> Cell:
    """One below the other; a single day of the calendar is a date."""
    if len(values) == 1:
        with suppress(ValueError):
            return datetime.strptime(values[0], "%d/%m/%Y").date()
    return "\n".join(values)


def _places(reports: Sequence[Any]) -> dict[tuple[str, int], tuple[str, int]]:
    """By report and place: the sheet and row of the citation or figure that begins there."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    for sheet in ("figures", "citations"):
        records = [
            (report.source.path, one) for report in reports for one in getattr(report, sheet)
        ]
        for row, (path, one) in enumerate(records):
            found[path, one.span.origin_start] = (sheet, row)
    return found


def _papers(reports: Sequence[Any]) -> dict[str, Paper]:
    """Every cited paper of the set, the most cited first."""
    papers = cited_papers(reports)
    return dict(sorted(papers.items(), key=lambda item: (-len(item[1].places), item[0])))


def _first_mentions(reports: Sequence[Any]) -> dict[str, int]:
    """By key: the row of the sheet of citations where the paper is named first."""
    found: dict[str, int] = {}
    keys = (one.key for report in reports for one in report.citations)
    for row, key in enumerate(keys):
        if key:
            found.setdefault(key, row)
    return found


def _side_by_side(
    cells: Sequence[str], values: Sequence[Decimal | None]
) -> Iterator[tuple[str, Decimal | None]]:
    for at, cell in enumerate(cells):
        yield cell, values[at] if at < len(values) else None


def _widest(reports: Sequence[Any]) -> int:
    tables = [table for report in reports for table in report.tables]
    return max((len(row) for one in tables for row in (one.columns, *one.rows)), default=0)


_FINDINGS = (
    Column(code="severity", width=10),
    Column(code="code", width=9),
    Column(code="name", width=26, wraps=True),
    Column(code="message", width=46, wraps=True),
    Column(code="status", width=14),
    Column(code="comment", width=34, wraps=True),
    Column(code="person", width=18),
    Column(code="equation", width=26, wraps=True),
    Column(code="place", width=44, wraps=True),
    Column(code="quote", width=34, wraps=True),
    Column(code="other-place", width=44, wraps=True),
    Column(code="other-quote", width=34, wraps=True),
    Column(code="more-places", width=34, wraps=True),
    Column(code="question", width=46, wraps=True),
    Column(code="innocent", width=40, wraps=True),
    Column(code="confidence", width=12),
    Column(code="fingerprint", width=19),
    Column(code="known", width=19),
)
_WHERE = (
    Column(code="report", width=34, wraps=True),
    Column(code="page", width=7),
    Column(code="line", width=7),
)
_CITATIONS = (
    *_WHERE,
    Column(code="type", width=14),
    Column(code="number", width=20),
    Column(code="date", width=12),
    Column(code="issuer", width=26, wraps=True),
    Column(code="title", width=46, wraps=True),
    Column(code="pinpoint", width=16),
    Column(code="relation", width=18),
    Column(code="key", width=30),
    Column(code="quote", width=40, wraps=True),
)
_DOCUMENTS = (
    Column(code="key", width=32),
    Column(code="numbers", width=22, wraps=True),
    Column(code="types", width=16, wraps=True),
    Column(code="dates", width=14, wraps=True),
    Column(code="issuers", width=28, wraps=True),
    Column(code="titles", width=52, wraps=True),
    Column(code="mentions", width=10),
    Column(code="reports", width=10),
)
_FIGURES = (
    *_WHERE,
    Column(code="value", width=14),
    Column(code="value-max", width=12),
    Column(code="denominator", width=12),
    Column(code="unit", width=20, wraps=True),
    Column(code="base-value", width=16),
    Column(code="base-unit", width=12),
    Column(code="kind", width=10),
    Column(code="indicator", width=40, wraps=True),
    Column(code="mode", width=10),
    Column(code="start", width=12),
    Column(code="end", width=12),
    Column(code="quote", width=20),
)
_COVERAGE = (
    Column(code="report", width=40),
    Column(code="figures", width=12),
    Column(code="figures-checked", width=22),
    Column(code="citations", width=12),
    Column(code="citations-checked", width=22),
    Column(code="tables", width=12),
    Column(code="tables-checked", width=22),
)

_DECISIONS = (
    Column(code="state", width=26, wraps=True),
    Column(code="code", width=9),
    Column(code="message", width=46, wraps=True),
    Column(code="comment", width=34, wraps=True),
    Column(code="person", width=18),
    Column(code="day", width=14),
    Column(code="until", width=14),
    Column(code="fingerprint", width=19),
)


def _tables_columns(reports: Sequence[Any]) -> tuple[Column, ...]:
    """Where a row stands, then as many columns as the widest table has."""
    own = (
        *_WHERE,
        Column(code="table", width=7),
        Column(code="caption", width=36, wraps=True),
        Column(code="row", width=7),
    )
    return own + tuple(Column(code="", width=18, wraps=True) for _ in range(_widest(reports)))

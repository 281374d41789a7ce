"""Check reports against themselves and each other: files or reports go in, findings come out.

Behind ``docparse check``. Notes are left out unless asked for; a file that cannot be read is
kept with its reason and does not stop the others.

>>> check().findings
()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docparse.batch import Job, parse_files
from docparse.check import SEVERITIES, Subject, run
from docparse.decide import decide, read_baseline, read_suppressions
from docparse.errors import ReadError, UsageError
from docparse.models import Checked, Finding, Source, Span
from docparse.patterns import Patterns, load
from docparse.patterns.checks import Check
from docparse.read import Limits, find_files
from docparse.report import Report, Shelf, ShelvedReports

if TYPE_CHECKING:
    from docparse.render.page.charts import Series

_ENOUGH, _MOST = 4, 40  # entries that make a chart worth drawing, and charts of a page
_DPI = 80  # of the pictures of pages


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What the checks said of a set, the reports that were read, and what could not be."""

    checked: Checked
    reports: Sequence[Report]
    failures: tuple[ReadError, ...] = ()
    patterns: Patterns = field(default_factory=load)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors first, then warnings, then notes; also what is known or suppressed."""
        return self.checked.findings

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that are neither in the baseline nor suppressed."""
        return tuple(one for one in self.checked.findings if one.status == "new")

    def to_dict(self, *, lang: str = "vi", show_passed: bool = False) -> dict[str, Any]:
        """The findings as the contract has them (``docparse.findings/1``)."""
        from docparse.render.findings import findings_dict

        return findings_dict(
            self.checked, lang=lang, show_passed=show_passed, patterns=self.patterns
        )

    def text(self, *, lang: str = "vi", colours: bool = False, show_passed: bool = False) -> str:
        """The findings for reading, each place with its line."""
        from docparse.render.findings_text import findings_text

        return findings_text(
            self.checked,
            _sources(self.reports),
            lang=lang,
            colours=colours,
            show_passed=show_passed,
            patterns=self.patterns,
        )

    def sarif(self, *, lang: str = "vi", folder: str | Path = ".") -> dict[str, Any]:
        """The findings as SARIF 2.1.0; addresses of files are seen from ``folder``."""
        from docparse import __version__
        from docparse.render.sarif import sarif_log

        return sarif_log(
            self.checked,
            _sources(self.reports),
            version=__version__,
            failures=[error.sentence(lang) for error in self.failures],
            lang=lang,
            folder=Path(folder),
            patterns=self.patterns,
        )

    def html(
        self, *, lang: str = "vi", pages: bool = False, password: str | None = None
    ) -> Iterator[str]:
        """The findings, the reports and the cited papers as one web page, in pieces.

        With ``pages``, evidence in a PDF is also shown on the picture of its page.
        """
        from docparse.render.page import findings_page

        whole = replace(self, reports=tuple(self.reports))  # the page holds all texts
        return findings_page(
            self.checked,
            whole.reports,
            registers=tuple(_register_charts(whole)),
            bodies={one.source.path: _body(one) for one in whole.reports},
            failures=[
                {one: error.sentence(one) for one in ("vi", "en")} for error in self.failures
            ],
            picture=_pictures(whole, password) if pages else None,
            lang=lang,
            patterns=self.patterns,
        )

    def xlsx(self, *, lang: str = "vi") -> bytes:
        """The findings and all records as an Excel workbook; needs the extra ``excel``."""
        from docparse.render.workbook import workbook

        return workbook(self.checked, tuple(self.reports), lang=lang, patterns=self.patterns)

    def baseline(self, *, lang: str = "vi") -> str:
        """A file that accepts these findings, for the ``baseline`` of a later check."""
        from docparse.decide import baseline_text

        return baseline_text(self.checked.findings, self.patterns, lang=lang)


def check(
    *what: Report | str | Path | Shelf,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    level: str = "warning",
    notes: bool = False,
    decisions: str | Path | None = None,
    baseline: str | Path | None = None,
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
    encoding: str | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    patterns: Patterns | None = None,
    keep_passed: bool = True,
) -> CheckResult:
    """Check reports, files and folders as one set; codes may be cut short ("FIG").

    ``level`` is the least severity that is kept, ``notes`` stands for ``level="note"``.
    ``decisions`` is a file of suppressions, ``baseline`` one of accepted findings or an earlier
    result as JSON; both give findings their status and leave none out. ``progress`` is told how
    many files have been read. Of a :class:`~docparse.report.Shelf` (``Index.shelf``) one report is
    there at a time; then it is as well not to keep what has passed, only to count it.
    """
    kinds = (Report, str, Path, Shelf)
    if wrong := {type(one).__name__ for one in what if not isinstance(one, kinds)}:
        said = f"check() takes reports and paths, not {', '.join(sorted(wrong))}"
        raise TypeError(f"{said}; give what a list holds as check(*reports)")
    patterns = patterns or load()
    codes = chosen_codes(patterns, select, ignore)
    suppressions = read_suppressions(Path(decisions)) if decisions is not None else ()
    known = read_baseline(Path(baseline)) if baseline is not None else None
    overlay = patterns.folders[1] if len(patterns.folders) > 1 else None
    jobs_given = (
        Job(path=str(path), encoding=encoding, password=password, limits=limits, patterns=overlay)
        for path in find_files(*(one for one in what if isinstance(one, str | Path)))
    )
    read: list[Report | ReadError] = []
    for each in parse_files(jobs_given, workers=jobs, limits=limits):
        read.append(each)
        if progress is not None:
            progress(len(read))
    reports = [one for one in (*what, *read) if isinstance(one, Report)]
    shown = SEVERITIES[: SEVERITIES.index("note" if notes else level) + 1]
    shelves = [one for one in what if isinstance(one, Shelf)]
    checked = run(
        _subjects(reports, shelves),
        codes=codes,
        patterns=patterns,
        shown=shown,
        keep_held=keep_passed,
    )
    ran = None if codes >= chosen_codes(patterns, (), ()) else codes
    return CheckResult(
        checked=decide(checked, suppressions, known, codes=ran),
        reports=ShelvedReports(reports, *shelves) if shelves else tuple(reports),
        failures=tuple(one for one in read if isinstance(one, ReadError)),
        patterns=patterns,
    )


def chosen_codes(
    patterns: Patterns, select: Iterable[str], ignore: Iterable[str]
) -> frozenset[str]:
    """The codes that begin with one of ``select`` (none: all) and with none of ``ignore``."""
    known = [one.code for one in patterns.checks.values()]
    on_demand = {one.code for one in patterns.checks.values() if not one.by_default}
    wanted, unwanted = tuple(select), tuple(ignore)
    for asked in (*wanted, *unwanted):
        if not any(code.startswith(asked.upper()) for code in known):
            raise _unknown(asked, patterns)
    return frozenset(
        code
        for code in known
        if (not wanted or code.startswith(_upper(wanted)))
        and (code not in on_demand or code in _upper(wanted))
        and not code.startswith(_upper(unwanted) or ("-",))
    )


def find_check(code: str, patterns: Patterns | None = None) -> Check:
    """A check by its code or its slug."""
    patterns = patterns or load()
    for slug, one in patterns.checks.items():
        if code.upper() in (one.code, *one.also) or code == slug:
            return one
    raise _unknown(code, patterns)


def _unknown(asked: str, patterns: Patterns) -> UsageError:
    """Names the checks of the same family, or those that are written most like it."""
    known = [one.code for one in patterns.checks.values()]
    family = [code for code in known if code[:3] == asked[:3].upper()]
    near = family or get_close_matches(asked.upper(), known, n=5, cutoff=0.4)
    families = sorted({code[:3] for code in known})
    named = ", ".join(near) or ", ".join(f"{one}…" for one in families)
    return UsageError("unknown-rule", asked=asked, known=named)


def _upper(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.upper() for code in codes)


def _subjects(reports: Sequence[Report], shelves: Sequence[Shelf]) -> Iterable[Subject]:
    """Those that are there, or, with shelves, one after another in the order of their paths."""
    if not shelves:
        return [_subject(report) for report in reports]
    there = sorted(map(_subject, reports), key=_path)
    made = (map(_subject, map(shelf.report, shelf.paths)) for shelf in shelves)
    return merge(there, *made, key=_path)


def _path(subject: Subject) -> str:
    return subject.path


def _sources(reports: Sequence[Report]) -> Mapping[str, Source]:
    if isinstance(reports, ShelvedReports):
        return reports.sources()
    return {report.source.path: report.source for report in reports}


def _subject(report: Report) -> Subject:
    return Subject(
        path=report.source.path, text=report.text, outline=report.outline, records=report.records
    )


def _pictures(
    result: CheckResult, password: str | None
) -> Callable[[str, Sequence[Span]], str | None]:
    """Draws the page that words of a PDF stand on, with a frame around them, as data."""
    from base64 import b64encode

    from docparse.pictures import page_image

    reports = {one.source.path: one for one in result.reports if one.source.format == "pdf"}
    drawn: dict[tuple[str, tuple[Span, ...]], str] = {}

    def picture(path: str, spans: Sequence[Span]) -> str | None:
        place, page = (path, tuple(spans)), spans[0].page
        if path not in reports or page is None:
            return None
        if place not in drawn:
            with suppress(ReadError):  # the file has gone since; the words are still quoted
                made = page_image(reports[path], page, highlight=spans, dpi=_DPI, password=password)
                drawn[place] = f"data:image/png;base64,{b64encode(made).decode('ascii')}"
        return drawn.get(place)

    return picture


def _body(report: Report) -> str:
    """Whose report it is, as the checks take it: figures of two bodies share no chart."""
    from docparse.check.bodies import own_body, own_place

    subject = _subject(report)
    return " ".join(filter(None, (own_body(subject), own_place(subject))))


def _register_charts(result: CheckResult) -> Iterator[Series]:
    """The registers of the set, those with slips first."""
    from docparse.check import gather
    from docparse.check.registers import find_registers
    from docparse.render.page.charts import Dot, Series

    reports = gather(map(_subject, result.reports), result.patterns)
    said: dict[tuple[str, int], int] = {}
    for number, one in enumerate(result.findings, 1):
        if one.code.startswith("REG"):
            for each in one.evidence:
                said.setdefault((each.report, each.span.origin_start), number)
    shared = {register.symbols: register for _, register in find_registers(reports)}
    found = []
    for register in shared.values():
        dots = []
        for entry in (*register.chain, *register.left_out):
            evidence = [reports.evidence(one, "entry") for one in entry.mentions]
            places = [(each.report, each.span.origin_start) for each in evidence]
            finding = next((said[place] for place in places if place in said), None)
            out = entry in register.left_out
            dot = Dot(
                day=entry.day,
                value=entry.serial,
                label=f"{entry.number} · {entry.day:%d/%m/%Y}",
                slip=out and finding is not None,
                loose=out and finding is None,
                finding=finding,
            )
            dots.append(dot)
        if len(dots) >= _ENOUGH:
            # In the number of a law stands the year: such numbers have a register of their own.
            symbols = (
                f"…/{symbol.removeprefix('legal:')}" if symbol.startswith("legal:") else symbol
                for symbol in register.symbols
            )
            name = f"{register.name.strip()}: {', '.join(symbols)}"
            found.append(Series(name=name, dots=tuple(sorted(dots, key=lambda dot: dot.day))))
    found.sort(key=lambda one: (not any(dot.slip for dot in one.dots), -len(one.dots), one.name))
    yield from found[:_MOST]

"""PER303: a plan for a year, issued at the end of it or in another.

All papers of the set go in; a plan whose title names its year comes out where it was issued in
the last month of that year, after it, or more than a year before.

>>> from docparse.patterns import load
>>> load().checks["plan-year-vs-date"].code
'PER303'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, POSSIBLE, Outcome, Rule
from docparse.check.papers import Paper
from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.subject import shown
from docparse.check.words import fold
from docparse.models import Date
from docparse.patterns import Patterns

_PLANS = ("Kế hoạch", "Chương trình")
_YEAR = re.compile(r"\bnam (20\d\d)\b(?! ?[-–])")
_LAST_MONTH = 12


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for paper in reports.papers:
        year = _planned(paper, rule.patterns)
        dates = {one.date for one in paper.mentions if one.date is not None and one.date.full}
        if year is None or len(dates) != 1:
            continue
        date = dates.pop()
        evidence = [reports.evidence(one, "plan") for one in paper.mentions]
        if not _is_odd(year, date):
            yield rule.held(evidence)
            continue
        values = {"number": paper.number, "year": str(year), "date": shown(date)}
        far = date.year != year
        yield rule.finding(
            evidence,
            key=(paper.number, str(year), shown(date)),
            values=values,
            confidence=LIKELY if far else POSSIBLE,
        )


def _planned(paper: Paper, patterns: Patterns) -> int | None:
    """The one year that the titles of a plan name."""
    titles = [fold(title) for title in paper.titles]
    other = phrase(patterns, "own-year-plan")
    kinds = {one.said.type for one in paper.mentions}
    if not kinds <= set(_PLANS) or any(other.search(title) for title in titles):
        return None
    years = {int(year) for title in titles for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def _is_odd(year: int, date: Date) -> bool:
    issued, month = date.year or 0, date.month or 0
    return issued > year or issued < year - 1 or (issued == year and month == _LAST_MONTH)

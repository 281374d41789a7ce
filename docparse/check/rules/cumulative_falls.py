"""REP402: a count from one start that is smaller at a later date.

The series of comparable figures, and the totals of tables of one form, go in; of two that run
from one day on, the later one may not hold less. Where tables do not state their beginning, it
is a warning.

>>> from docparse.patterns import load
>>> load().checks["cumulative-falls"].code
'REP402'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.comparable import facts_of, find_series
from docparse.check.falls import fall_outcome, falls
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.rounding import written
from docparse.check.spans_of_time import continues, is_named, written_period
from docparse.check.table_pairs import Sums, sums_of, table_pairs
from docparse.models import Period

ASKS = (facts_of, sums_of)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports):
        for earlier, later, falling in falls(series, _follows):
            yield fall_outcome(rule, earlier, later, falling=falling)
    for before, after, columns in table_pairs(reports):
        if _runs_on(before.period, after.period):
            yield _tables(rule, before, after, columns)


def _tables(rule: Rule, before: Sums, after: Sums, columns: list[str]) -> Outcome:
    """One finding for all columns that fall between two tables of one form."""
    fallen = [name for name in columns if before.value(name) > after.value(name)]
    evidence = [
        side.evidence(name, role)
        for side, role in ((before, "shorter"), (after, "longer"))
        for name in fallen or columns
    ]
    if not fallen:
        return rule.held(evidence)
    first, second = (
        "; ".join(written(side.value(name)) for name in fallen) for side in (before, after)
    )
    short, long = written_period(before.period), written_period(after.period)
    names = before.heads(fallen)
    return rule.finding(
        evidence,
        key=(names, first, second, short, long),
        values={"indicator": names, "less": second, "more": first, "short": short, "long": long},
        equation=f"{first} ({short}) > {second} ({long})",
        severity=None if before.period.start else "warning",
        confidence=SURE if before.period.start else LIKELY,
    )


def _runs_on(earlier: Period, later: Period) -> bool:
    """One start, or none stated and one year; and a later end."""
    if earlier.end is None or later.end is None or earlier.start != later.start:
        return False
    one_year = earlier.start is not None or earlier.end.year == later.end.year
    return one_year and earlier.end < later.end


def _follows(earlier: Period, later: Period) -> bool:
    return continues(earlier, later) and not (is_named(earlier) and is_named(later))

"""REP403: a period that contains another and holds less.

The series of comparable figures go in; nine months may not hold more than their year. So do the
totals of tables of one form: one that begins much earlier and ends a few days earlier may hold
less only if those days brought far more than others, and comes out as a warning.

>>> from docparse.patterns import load
>>> load().checks["wider-period-smaller"].code
'REP403'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.comparable import facts_of, find_series
from docparse.check.falls import fall_outcome, falls
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.rounding import written
from docparse.check.spans_of_time import contains, continues, is_named, written_period
from docparse.check.table_pairs import Sums, near_pairs, sums_of
from docparse.models import Period

ASKS = (facts_of, sums_of)

_SHARED = Decimal("0.9")  # of all days of two periods lie in both
_RUSH = 2  # times as many a day as before is more than a season explains


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports):
        for narrow, wide, falling in falls(series, _follows):
            yield fall_outcome(rule, narrow, wide, falling=falling)
    for long, short in near_pairs(reports):
        left = _days_left(long.period, short.period)
        if left is not None:
            yield _tables(rule, long, short, left)


def _follows(narrow: Period, wide: Period) -> bool:
    """Periods with one start that are not whole months are the other rule's."""
    named = is_named(narrow) and is_named(wide)
    return contains(wide, narrow) and (named or not continues(narrow, wide))


def _days_left(long: Period, short: Period) -> int | None:
    """The last days of the shorter period, where the longer one holds nearly all others."""
    if long.start is None or long.end is None or short.start is None or short.end is None:
        return None
    if not long.start < short.start < long.end < short.end:
        return None
    both = Decimal((long.end - short.start).days + 1)
    left = (short.end - long.end).days
    near = both / ((short.end - long.start).days + 1) >= _SHARED
    return left if near and (short.start - long.start).days > left else None


def _tables(rule: Rule, long: Sums, short: Sums, left: int) -> Outcome:
    """One finding for all columns of which the longer period holds too little."""
    days = _days(long.period)
    fallen = [
        name
        for name in long.columns
        if short.value(name) - long.value(name) > _RUSH * left * long.value(name) / days
    ]
    evidence = [
        side.evidence(name, role)
        for side, role in ((short, "shorter"), (long, "longer"))
        for name in fallen or long.columns
    ]
    if not fallen:
        return rule.held(evidence)
    more, less = ("; ".join(written(side.value(name)) for name in fallen) for side in (short, long))
    first, second = written_period(short.period), written_period(long.period)
    names = long.heads(fallen)
    return rule.finding(
        evidence,
        key=(names, more, less, first, second),
        values={"indicator": names, "less": less, "more": more, "short": first, "long": second},
        equation=f"{more} ({first}) > {less} ({second})",
        severity="warning",
        confidence=LIKELY,
    )


def _days(period: Period) -> int:
    if period.start is None or period.end is None:
        return 1
    return (period.end - period.start).days + 1

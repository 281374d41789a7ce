"""REP403: a period that contains another and holds less.

The series of comparable figures go in; nine months may not hold more than their year.

>>> from docparse.patterns import load
>>> load().checks["wider-period-smaller"].code
'REP403'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.comparable import find_series
from docparse.check.falls import fall_outcome, falls
from docparse.check.outcomes import Outcome, Rule
from docparse.check.spans_of_time import contains, continues, is_named
from docparse.check.subject import Reports
from docparse.models import Period


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports, rule.patterns):
        for narrow, wide, falling in falls(series, rule.patterns, _follows):
            yield fall_outcome(rule, narrow, wide, falling=falling)


def _follows(narrow: Period, wide: Period) -> bool:
    """Periods with one start that are not whole months are the other rule's."""
    named = is_named(narrow) and is_named(wide)
    return contains(wide, narrow) and (named or not continues(narrow, wide))

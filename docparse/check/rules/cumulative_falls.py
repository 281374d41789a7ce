"""REP402: a count from one start that is smaller at a later date.

The series of comparable figures go in; of two that run from one day on, the later one may not
hold less.

>>> from docparse.patterns import load
>>> load().checks["cumulative-falls"].code
'REP402'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.comparable import find_series
from docparse.check.falls import fall_outcome, falls
from docparse.check.outcomes import Outcome, Rule
from docparse.check.spans_of_time import continues, is_named
from docparse.check.subject import Reports
from docparse.models import Period


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports, rule.patterns):
        for earlier, later, falling in falls(series, rule.patterns, _follows):
            yield fall_outcome(rule, earlier, later, falling=falling)


def _follows(earlier: Period, later: Period) -> bool:
    return continues(earlier, later) and not (is_named(earlier) and is_named(later))

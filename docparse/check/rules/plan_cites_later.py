"""SEQ703: a plan that carries out a paper later than itself.

The citations of one report go in; a paper whose title says that it carries out another may not
be older than that.

>>> from docparse.patterns import load
>>> load().checks["plan-cites-later"].code
'SEQ703'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.acts import find_acts, order_outcome
from docparse.check.outcomes import Outcome, Rule
from docparse.check.subject import Subject

_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Phương án", "Hướng dẫn")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in find_acts(report, rule.patterns):
        if one.relation == "carries-out" and one.act.type in _PLANS:
            yield from order_outcome(report, rule, one)

"""SEQ702: an act older than the paper that it rests on or amends.

The citations of one report go in; where a sentence says that one paper was issued on the basis
of another, or amends it, the other may not be later.

>>> from docparse.patterns import load
>>> load().checks["basis-after-act"].code
'SEQ702'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.acts import find_acts, order_outcome
from docparse.check.outcomes import Outcome, Rule
from docparse.check.subject import Subject

_RELATIONS = ("on-the-basis", "amends")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in find_acts(report, rule.patterns):
        if one.relation in _RELATIONS:
            yield from order_outcome(report, rule, one)

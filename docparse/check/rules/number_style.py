"""FIG109: a decimal point among decimal commas.

The figures of one report go in; the style of the few comes out against that of the many.

>>> from docparse.patterns import load
>>> load().checks["number-style"].code
'FIG109'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import SURE, Outcome, Rule
from docparse.check.subject import Subject
from docparse.models import Figure

_POINT = re.compile(r"\d\.\d{1,2}(?!\d)")
_COMMA = re.compile(r"\d,\d")
_QUOTED = 2  # figures of the usual style that are quoted


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    points = [one for one in report.figures if _is_point(one)]
    commas = [one for one in report.figures if _COMMA.search(one.span.quote)]
    if not points or len(commas) < len(points):
        return
    evidence = [report.evidence(one.span, "point") for one in points]
    evidence += [report.evidence(one.span, "comma") for one in commas[:_QUOTED]]
    said = "; ".join(dict.fromkeys(one.span.quote for one in points))
    yield rule.finding(
        evidence, key=(report.identity, said), values={"numbers": said}, confidence=SURE
    )


def _is_point(figure: Figure) -> bool:
    """ "1.5%": a point that cannot part thousands."""
    return _POINT.search(figure.span.quote) is not None and figure.kind != "ratio"

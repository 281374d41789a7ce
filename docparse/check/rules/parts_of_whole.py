"""FIG104: the parts that a sentence lists against their whole.

The figures of one report go in; where a sentence says that its parts are all of the whole, they
must add up to it.

>>> from docparse.patterns import load
>>> load().checks["parts-of-whole"].code
'FIG104'
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from docparse.check.changes import find_changes
from docparse.check.equations import difference
from docparse.check.outcomes import Outcome, Rule
from docparse.check.rounding import written
from docparse.check.subject import Subject
from docparse.check.sums import find_sums


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    sums = (find_sums(report, rule.patterns), find_changes(report, rule.patterns))
    for one in chain.from_iterable(sums):
        sides = [] if one.whole in one.parts else [report.evidence(one.whole.span, "whole")]
        evidence = [*sides, *(report.evidence(part.span, "part") for part in one.parts)]
        if one.total == one.whole_value:
            yield rule.held(evidence, difference([p.value for p in one.parts], one.whole_value))
            continue
        if not one.complete:
            continue
        parts = " + ".join(part.span.quote.split("/")[0] for part in one.parts)
        whole = written(one.whole_value)
        yield rule.finding(
            evidence,
            key=(whole, parts, (one.whole.unit or "").lower()),
            values={"whole": whole, "parts": parts, "sum": written(one.total)},
            equation=difference([part.value for part in one.parts], one.whole_value),
        )

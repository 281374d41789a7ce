"""FIG105: a stated count against the list that follows it.

The lists of one report go in, each with its count; a list whose end was seen and that holds
more or fewer items comes out with the head of every item.

>>> from docparse.patterns import load
>>> load().checks["count-vs-list"].code
'FIG105'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.rounding import written
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import Enumeration, Evidence, Span

_FIRST = re.compile(r"\(1\)|\ba\)")
_ALIKE = 2  # items that must agree before a list without numbers may be counted
_HEAD = 60  # characters of an item that show which one it is


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in report.enumerations:
        figure = report.figures[one.figure]
        if not one.complete or figure.value_max is not None or figure.qualifier:
            continue
        if _goes_on(report, one):
            continue
        evidence = [report.evidence(figure.span, "count"), *_items(report, one)]
        stated, listed = figure.value, _listed(one, figure.value)
        if stated == listed:
            yield rule.held(evidence, f"{written(stated)} = {written(listed)}")
            continue
        numbered = _is_numbered(report, one)
        if not numbered and one.fewest is None and not _is_alike(report, one):
            continue  # what a colon opens without numbers may be another list
        yield rule.finding(
            evidence,
            key=(written(stated), written(listed), figure.unit or "", fold(evidence[1].span.quote)),
            values={
                "stated": figure.span.quote,
                "listed": written(listed),
                "unit": figure.unit or "",
            },
            equation=f"{written(stated)} ≠ {written(listed)}",
            severity=None if numbered else "warning",
            confidence=SURE if numbered else LIKELY,
        )


def _listed(one: Enumeration, stated: Decimal) -> Decimal:
    """How many items there are; of names between commas as near to what is stated as can be."""
    most = Decimal(len(one.items))
    return most if one.fewest is None else min(max(stated, Decimal(one.fewest)), most)


def _is_numbered(report: Subject, one: Enumeration) -> bool:
    """ "(1) … (2) …", "a) … b) …": nobody but the writer has parted the items."""
    start = one.items[0].start
    return _FIRST.search(report.value[max(0, start - 6) : start]) is not None


def _goes_on(report: Subject, one: Enumeration) -> bool:
    """The next number stands on the next line: the list was not read to its end."""
    behind = report.value[one.items[-1].end : one.items[-1].end + _HEAD].lstrip(" ;,.\n")
    return behind.startswith(f"({len(one.items) + 1})")


def _is_alike(report: Subject, one: Enumeration) -> bool:
    """ "Kế hoạch số …; Kế hoạch số …": the items are of one kind."""
    if all(_names_paper(report, item) for item in one.items):
        return len(one.items) > _ALIKE
    heads = {fold(report.value[item.start : item.end]).partition(" ")[0] for item in one.items}
    return len(heads) == 1 and len(one.items) > _ALIKE


def _names_paper(report: Subject, item: Span) -> bool:
    """ "Kế hoạch số …": an item that begins with a paper is one paper."""
    return any(item.start <= cited.span.start <= item.start + 2 for cited in report.citations)


def _items(report: Subject, one: Enumeration) -> list[Evidence]:
    return [report.evidence(_head(report, item), "item") for item in one.items]


def _head(report: Subject, item: Span) -> Span:
    """The paper that an item names first, else its first words."""
    for cited in report.citations:
        if item.start <= cited.span.start < item.start + _HEAD:
            return cited.span
    end = min(item.end, item.start + _HEAD)
    cut = report.value.rfind(" ", item.start, end) if end < item.end else end
    return report.span(item.start, cut if cut > item.start else end)

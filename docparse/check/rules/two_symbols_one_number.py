"""CIT505: one serial and date of one body under two symbols.

All papers of the set go in; two that share serial, date and body but not the symbol come out
with all their mentions.

>>> from docparse.patterns import load
>>> load().checks["two-symbols-one-number"].code
'CIT505'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.issuers import body_code
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Paper
from docparse.check.registers import str_key
from docparse.check.reports import Reports
from docparse.check.spool import Groups
from docparse.check.subject import shown
from docparse.models import Date

_TELLING = 40  # a smaller serial may fall on one day in two registers


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    groups = Groups[tuple[int | None, str, Date]]()
    for number, paper in enumerate(reports.papers):
        key = paper.key
        body = body_code(str_key(paper), key.symbol)
        if key.family not in ("state", "letter") or body is None or (key.serial or 0) < _TELLING:
            continue
        for date in dict.fromkeys(one.date for one in paper.mentions):
            if date is not None and date.full:
                groups.add((key.serial, body, date), number)
    for (_, _, date), numbers in groups.several():
        for found in _of_one_place([reports.papers[number] for number in numbers]):
            if len({paper.key.symbol for paper in found}) > 1:
                yield _finding(reports, rule, found, shown(date))


def _finding(reports: Reports, rule: Rule, found: list[Paper], day: str) -> Outcome:
    numbers = sorted({paper.number for paper in found})
    return rule.finding(
        [reports.evidence(one, "citation") for paper in found for one in paper.mentions],
        key=(*numbers, day),
        values={"numbers": "; ".join(numbers), "date": day},
        equation=" ≠ ".join(numbers),
        confidence=LIKELY,
    )


def _of_one_place(group: list[Paper]) -> Iterator[list[Paper]]:
    """Bodies of two provinces share a code; a paper of no place joins the only one named."""
    places = {paper.key.place for paper in group if paper.key.place}
    if len(places) <= 1:
        yield group
        return
    for place in sorted(places):
        yield [one for one in group if one.key.place == place]

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
from docparse.check.subject import Reports, shown
from docparse.models import Date

_TELLING = 40  # a smaller serial may fall on one day in two registers


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    groups: dict[tuple[object, ...], list[tuple[Paper, Date]]] = {}
    for paper in reports.papers:
        key = paper.key
        body = body_code(str_key(paper), key.symbol)
        if key.family not in ("state", "letter") or body is None or (key.serial or 0) < _TELLING:
            continue
        for date in dict.fromkeys(one.date for one in paper.mentions):
            if date is not None and date.full:
                groups.setdefault((key.serial, body, date), []).append((paper, date))
    for found in (each for group in groups.values() for each in _of_one_place(group)):
        if len({paper.key.symbol for paper, _ in found}) > 1:
            numbers = sorted({paper.number for paper, _ in found})
            day = shown(found[0][1])
            yield rule.finding(
                [reports.evidence(one, "citation") for paper, _ in found for one in paper.mentions],
                key=(*numbers, day),
                values={"numbers": "; ".join(numbers), "date": day},
                equation=" ≠ ".join(numbers),
                confidence=LIKELY,
            )


def _of_one_place(group: list[tuple[Paper, Date]]) -> Iterator[list[tuple[Paper, Date]]]:
    """Bodies of two provinces share a code; a paper of no place joins the only one named."""
    places = {paper.key.place for paper, _ in group if paper.key.place}
    if len(places) <= 1:
        yield group
        return
    for place in sorted(places):
        yield [one for one in group if one[0].key.place == place]

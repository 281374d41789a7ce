"""LAW971: a central document cited with another date than the user's list has.

The papers of the set go in, with the list ``registry.csv`` of the user's patterns folder. Without
a list the check has nothing to say.

>>> from docparse.patterns import load
>>> load().checks["registry-date"].code
'LAW971'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.listed import cited, listed_papers
from docparse.check.outcomes import Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.reports import Reports
from docparse.check.subject import shown
from docparse.check.words import same_day_shown
from docparse.models import Date


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for paper, row in listed_papers(reports, rule.patterns):
        if row.issued is None:
            continue
        dates: dict[Date, list[Mention]] = {}
        for one in cited(paper):
            if one.date is not None and one.date.full:
                dates.setdefault(one.date, []).append(one)
        for date, mentions in dates.items():
            evidence = [reports.evidence(one, "date") for one in mentions]
            if date.calendar == row.issued:
                yield rule.held(evidence)
                continue
            right = same_day_shown(row.issued.isoformat())
            yield rule.finding(
                evidence,
                key=(row.number, shown(date)),
                values={"number": paper.number, "date": shown(date), "right": right},
                equation=f"{shown(date)} ≠ {right}",
                suggestion=right,
            )

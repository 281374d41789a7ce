"""SEQ705: a paper dated on a day on which no office issues papers.

All papers of the set go in. A date in the Tết holiday is a warning, another holiday or a weekend
a note; as-of dates of figures are never looked at.

>>> from docparse.patterns import load
>>> load().checks["issued-on-holiday"].code
'SEQ705'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.holidays import day_off
from docparse.check.outcomes import LIKELY, POSSIBLE, Outcome, Rule
from docparse.check.papers import Mention, Paper
from docparse.check.reports import Reports
from docparse.check.subject import shown
from docparse.models import Date


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for paper in reports.papers:
        for date, mentions in _dates(paper).items():
            day = date.calendar
            evidence = [reports.evidence(one, "date") for one in mentions]
            off = day_off(day, rule.patterns) if day else None
            if off is None:
                yield rule.held(evidence)
                continue
            yield rule.finding(
                evidence,
                key=(paper.number, shown(date)),
                values={"number": paper.number, "date": shown(date), "day": f"⟨{off}⟩"},
                severity="warning" if off == "tet" else "note",
                confidence=LIKELY if off == "tet" else POSSIBLE,
            )


def _dates(paper: Paper) -> dict[Date, list[Mention]]:
    found: dict[Date, list[Mention]] = {}
    for one in paper.mentions:
        if one.date is not None and one.date.full and paper.key.family != "bare":
            found.setdefault(one.date, []).append(one)
    return found

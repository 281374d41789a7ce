"""CIT506: a legal document cited without the year of its number.

All papers of the set go in. A circular or decree without its year comes out, and a number
without a year that elsewhere has one; with every place that leaves it out.

>>> from docparse.patterns import load
>>> load().checks["year-dropped"].code
'CIT506'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.papers import Mention, Paper
from docparse.check.reports import Reports
from docparse.check.spool import Groups

_ALWAYS = ("TT", "NĐ", "TTLT", "NQLT")  # these are legal documents, whoever issues them
_SINCE = 1998  # numbers have carried the year since then


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    whole = Groups[tuple[int | None, str]]()
    for number, paper in enumerate(reports.papers):
        if paper.key.family == "legal":
            whole.add((paper.key.serial, paper.key.symbol), number)
            yield rule.held([reports.evidence(one, "citation") for one in paper.mentions])
    for paper in reports.papers:
        if paper.key.family != "state":
            continue
        numbers = whole[paper.key.serial, paper.key.symbol]
        others = [reports.papers[number] for number in numbers]
        same = [one for other in others for one in other.mentions if _may_be(paper, one)]
        always = paper.key.symbol.split("-")[0] in _ALWAYS and _is_recent(paper)
        if same or always:
            yield _finding(reports, rule, paper, same)


def _may_be(paper: Paper, other: Mention) -> bool:
    """Whether a mention with the year can be the same paper: no date speaks against it."""
    dates = {one.date for one in paper.mentions if one.date}
    year = other.said.year
    if not dates:
        return other.date is None or other.date.year == year
    return other.date in dates or all(date.year == year and other.date is None for date in dates)


def _is_recent(paper: Paper) -> bool:
    return all(one.date is None or (one.date.year or 0) >= _SINCE for one in paper.mentions)


def _finding(reports: Reports, rule: Rule, paper: Paper, same: list[Mention]) -> Outcome:
    full = same[0].said.number if same else None
    evidence = [reports.evidence(one, "without year") for one in paper.mentions]
    return rule.finding(
        [*evidence, *(reports.evidence(one, "with year") for one in same[:1])],
        key=(paper.key.number,),
        values={"number": paper.number, "full": full or paper.number.replace("/", "/…/", 1)},
        confidence=SURE if same else LIKELY,
        suggestion=full,
    )

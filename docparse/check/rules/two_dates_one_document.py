"""CIT501: one document, two dates.

The mentions of one paper in the whole set go in; where they give it different days, all of
them come out, grouped by day.

>>> from docparse.patterns import load
>>> load().checks["two-dates-one-document"].code
'CIT501'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.papers import Mention, Paper
from docparse.check.subject import Reports, shown
from docparse.models import Date, Evidence

# A date that stands at the head of the sentence may belong to another paper of it.
_DOUBTFUL = ("sentence",)
_SMALL_SERIAL = 20  # small numbers fall on the same days every January


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    papers = [paper for paper in reports.papers if paper.key.family not in ("bare", "law")]
    for paper in papers:
        dates = _by_date(paper.mentions)
        if len(dates) > 1:
            yield _finding(reports, rule, paper.number, dates)
        elif dates and len(paper.mentions) > 1:
            yield rule.held(_evidence(reports, dates))
    for number, dates in _year_slips(papers):
        yield _finding(reports, rule, number, dates)


def _by_date(mentions: Sequence[Mention]) -> dict[Date, list[Mention]]:
    found: dict[Date, list[Mention]] = {}
    for one in mentions:
        if one.date is not None and one.date.full:
            found.setdefault(one.date, []).append(one)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _year_slips(papers: Sequence[Paper]) -> Iterator[tuple[str, dict[Date, list[Mention]]]]:
    """One number on the same day and month of two years, where no title names its own year."""
    groups: dict[tuple[object, ...], list[Paper]] = {}
    for paper in papers:
        key = paper.key
        if key.family in ("state", "letter") and (key.serial or 0) > _SMALL_SERIAL:
            for date in _by_date(paper.mentions):
                same = (key.family, key.number, key.place, date.month, date.day)
                groups.setdefault(same, []).append(paper)
    for sharing in groups.values():
        if len(sharing) > 1 and not any(_names_its_year(paper) for paper in sharing):
            mentions = [one for paper in sharing for one in paper.mentions]
            yield sharing[0].number, _by_date(mentions)


def _names_its_year(paper: Paper) -> bool:
    return any(str(paper.key.year) in title for title in paper.titles)


def _finding(
    reports: Reports, rule: Rule, number: str, dates: Mapping[Date, Sequence[Mention]]
) -> Outcome:
    sure = sum(any(one.date_how not in _DOUBTFUL for one in same) for same in dates.values()) > 1
    days = [shown(date) for date in dates]
    return rule.finding(
        _evidence(reports, dates),
        key=(number, *sorted(days)),
        values={"number": number, "dates": "; ".join(days)},
        equation=" ≠ ".join(days),
        severity=None if sure else "warning",
        confidence=SURE if sure else LIKELY,
    )


def _evidence(reports: Reports, dates: Mapping[Date, Sequence[Mention]]) -> list[Evidence]:
    return [reports.evidence(one, "date") for same in dates.values() for one in same]

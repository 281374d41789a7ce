"""CIT501: one document, two dates.

The mentions of one paper in the whole set go in; where they give it different days, all of
them come out, grouped by day.

>>> from docparse.patterns import load
>>> load().checks["two-dates-one-document"].code
'CIT501'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.papers import Mention, Paper
from docparse.check.reports import Reports
from docparse.check.spool import Groups
from docparse.check.subject import shown
from docparse.models import Date, Evidence

# A date that stands at the head of the sentence may belong to another paper of it.
_DOUBTFUL = ("sentence",)
_SMALL_SERIAL = 20  # small numbers fall on the same days every January


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    slips = Groups[tuple[object, ...]]()
    for number, paper in enumerate(reports.papers):
        if paper.key.family in ("bare", "law"):
            continue
        mentions = paper.mentions
        dates = _by_date(mentions)
        if len(dates) > 1:
            yield _finding(reports, rule, paper.number, dates)
        elif dates and len(mentions) > 1:
            yield rule.held(_evidence(reports, dates))
        for same in _days_of_year(paper, dates):
            slips.add(same, number)
    for _, numbers in slips.several():
        yield from _year_slip(reports, rule, [reports.papers[number] for number in numbers])


def _by_date(mentions: Sequence[Mention]) -> dict[Date, list[Mention]]:
    found: dict[Date, list[Mention]] = {}
    for one in mentions:
        if one.date is not None and one.date.full:
            found.setdefault(one.date, []).append(one)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _days_of_year(paper: Paper, dates: Iterable[Date]) -> Iterator[tuple[object, ...]]:
    """What papers of two years share that are one paper, of which one date has a wrong year."""
    key = paper.key
    if key.family in ("state", "letter") and (key.serial or 0) > _SMALL_SERIAL:
        for date in dates:
            yield key.family, key.number, key.place, date.month, date.day


def _year_slip(reports: Reports, rule: Rule, sharing: Sequence[Paper]) -> Iterator[Outcome]:
    """One number on the same day and month of two years, where no title names its own year."""
    if not any(_names_its_year(paper) for paper in sharing):
        dates = _by_date([one for paper in sharing for one in paper.mentions])
        yield _finding(reports, rule, sharing[0].number, dates)


def _names_its_year(paper: Paper) -> bool:
    return any(str(paper.key.year) in title for title in paper.titles)


def _finding(
    reports: Reports, rule: Rule, number: str, dates: Mapping[Date, Sequence[Mention]]
) -> Outcome:
    sure = (
        sum(any(one.said.date_how not in _DOUBTFUL for one in same) for same in dates.values()) > 1
    )
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

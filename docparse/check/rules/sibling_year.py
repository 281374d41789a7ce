"""PER302: sister papers of one day and title, one with another year.

All papers of the set go in, grouped by body, type and day; where titles agree but for the year,
the year that stands alone comes out with its sisters.

>>> from docparse.patterns import load
>>> load().checks["sibling-year"].code
'PER302'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from rapidfuzz import fuzz

from docparse.check.issuers import body_code
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.registers import str_key
from docparse.check.reports import Reports
from docparse.check.spool import Groups
from docparse.check.words import fold

_YEAR = re.compile(r"\bnam (20\d\d)\b")
_ALIKE = 85  # of 100, titles without their years
_STEM = 50  # letters of a title that are held against each other
_SHORTEST = 20  # letters before the year that tell a title without what follows it
_SISTERS = 2  # papers that must agree on the other year


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    groups = Groups[tuple[object, ...]]()
    for paper in reports.papers:
        for one, _, _ in chain.from_iterable(map(_titled, paper.mentions)):
            body = body_code(str_key(paper), paper.key.symbol)
            same = (body, paper.key.place, one.said.type, one.date)
            groups.add(same, one.number)
            break
    for _, numbers in groups.several():
        if len(numbers) > _SISTERS:
            found = [one for number in numbers for one in _titled(reports.mention(number))]
            yield from _group(reports, rule, found)


def _titled(one: Mention) -> Iterator[tuple[Mention, str, str]]:
    """A dated mention with the year in its title, and the title without."""
    title = fold(one.said.title or "")
    year = _YEAR.search(title)
    if year and one.date is not None and one.date.full and not one.said.own:
        before = title[: year.start()].strip()
        stem = before if len(before) >= _SHORTEST else _YEAR.sub("", title)
        yield one, year[1], stem[:_STEM]


def _group(
    reports: Reports, rule: Rule, found: Sequence[tuple[Mention, str, str]]
) -> Iterator[Outcome]:
    counts = Counter(year for _, year, _ in found)
    for one, year, stem in found:
        sisters = [
            (other, its)
            for other, its, other_stem in found
            if its != year and fuzz.ratio(stem, other_stem) >= _ALIKE
        ]
        if counts[year] == 1 and len(sisters) >= _SISTERS and len({its for _, its in sisters}) == 1:
            usual = sisters[0][1]
            number = one.said.number or ""
            evidence = [reports.evidence(one, "odd")]
            evidence += [reports.evidence(other, "sister") for other, _ in sisters]
            others = "; ".join(other.said.number or "" for other, _ in sisters)
            values = {"number": number, "year": year, "usual": usual, "others": others}
            yield rule.finding(
                evidence,
                key=(number, year, usual),
                values=values,
                equation=f"{year} ≠ {usual}",
                confidence=LIKELY,
                suggestion=usual,
            )

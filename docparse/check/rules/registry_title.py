"""LAW973: a central document cited under another title than the user's list has.

The papers of the set go in, with the list ``registry.csv`` of the user's patterns folder. A title
that is shortened, or says more, holds.

>>> from docparse.patterns import load
>>> load().checks["registry-title"].code
'LAW973'
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from docparse.check.listed import cited, listed_papers
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.reports import Reports
from docparse.check.words import fold

_ALIKE = 70  # of 100, whatever the order of the words
_FEWEST = 3  # words that a title needs before it can be another


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for paper, row in listed_papers(reports, rule.patterns):
        titles: dict[str, list[Mention]] = {}
        for one in cited(paper):
            if one.said.title and len(one.said.title.split()) >= _FEWEST:
                titles.setdefault(one.said.title, []).append(one)
        for title, mentions in titles.items() if row.title else ():
            evidence = [reports.evidence(one, "citation") for one in mentions]
            if fuzz.token_set_ratio(fold(title), fold(row.title)) >= _ALIKE:
                yield rule.held(evidence)
                continue
            yield rule.finding(
                evidence,
                key=(row.number, fold(title)),
                values={"number": paper.number, "title": title, "right": row.title},
                confidence=LIKELY,
                suggestion=row.title,
            )

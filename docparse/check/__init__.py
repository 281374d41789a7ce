"""Check: reports go in, what does not add up comes out.

    subject      one report as the rules see it
    reports      the whole set, of which only what is compared is kept
    papers       the cited papers, all mentions of all reports brought together
    outcomes     what a rule may say: a finding, a relation that held, two values kept apart
    rules/       one file a rule, found by walking the folder
    runner       runs them over reports that come one by one
    tally        merges repeats, counts what held and what was covered

>>> from docparse.check.runner import find_rules
>>> next(rule.code for rule in find_rules() if rule.slug == "two-dates-one-document")
'CIT501'
"""

from __future__ import annotations

from docparse.check.outcomes import Outcome, Rule
from docparse.check.reports import Reports, gather
from docparse.check.runner import SEVERITIES, run
from docparse.check.subject import Subject

__all__ = ["SEVERITIES", "Outcome", "Reports", "Rule", "Subject", "gather", "run"]

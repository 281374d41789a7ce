"""Decide: findings and what people have decided about them go in, findings with a status come out.

    suppressions   decisions that a finding needs no more attention, in a file beside the reports
    baseline       findings that were accepted, or that an earlier run has said
    review         decisions that a person has written into the workbook of findings
    files          TOML that a person has written, with the line of every fault
    statuses       both brought to bear on the findings of one run

>>> from docparse.models import Checked
>>> decide(Checked()).findings
()
"""

from __future__ import annotations

from docparse.decide.baseline import baseline_text, read_baseline
from docparse.decide.review import Reviewed, review
from docparse.decide.statuses import decide
from docparse.decide.suppressions import DECISIONS_FILE, add_suppression, read_suppressions

__all__ = [
    "DECISIONS_FILE",
    "Reviewed",
    "add_suppression",
    "baseline_text",
    "decide",
    "read_baseline",
    "read_suppressions",
    "review",
]

"""One rule a file: a report, or the whole set, goes in; outcomes come out.

A module defines ``check_report(report, rule)`` or ``check_reports(reports, rule)``. Its name is
the slug of its check with "_" for "-"; the words stand in ``patterns/checks/<slug>.toml``.

>>> from docparse.check.runner import find_rules
>>> len(find_rules()) > 0
True
"""

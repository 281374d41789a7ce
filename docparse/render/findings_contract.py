"""The findings contract ``docparse.findings/1``: the shape of what ``docparse check`` says.

The classes are read twice, as those of :mod:`docparse.render.contract` are: mypy holds
:mod:`docparse.render.findings` to them, and the JSON Schema is made of them.

>>> list(EvidenceJson.__annotations__)
['report', 'role', 'span']
"""

# No "from __future__ import annotations": it would hide NotRequired from __required_keys__.
from typing import Annotated, Literal, NotRequired, TypedDict

from docparse.render.contract import Offset, Rule, SpanJson

FINDINGS: Literal["docparse.findings/1"] = "docparse.findings/1"

Share = Annotated[float, Rule("minimum", 0), Rule("maximum", 1)]
Severity = Annotated[str, Rule("pattern", "^(error|warning|note)$")]
Code = Annotated[str, Rule("pattern", r"^[A-Z]{3}\d{3}$")]
Fingerprint = Annotated[
    str, "the same as long as the values are, wherever they stand", Rule("minLength", 8)
]
Day = Annotated[str, Rule("format", "date")]


class EvidenceJson(TypedDict):
    """One side of a finding."""

    report: Annotated[str, "the path of the file"]
    role: Annotated[str, "what part this place plays: part, whole, date, suspect …"]
    span: SpanJson


class SuppressionJson(TypedDict):
    """A decision that a finding needs no more attention."""

    fingerprint: Fingerprint
    reason: str
    who: str | None
    until: Annotated[Day | None, "the last day on which it holds"]
    code: Code | None
    note: Annotated[str | None, "what the finding said"]


class KnownJson(TypedDict):
    """A finding of the baseline that this run has not made again."""

    code: Code
    message: str
    reports: Annotated[list[str], "the names of the files"]
    fingerprint: Fingerprint


class DecidedJson(TypedDict):
    """What decisions and the baseline left over."""

    resolved: Annotated[list[KnownJson], "in the baseline, looked for, and gone"]
    unsought: Annotated[Offset, "of the baseline, but their check or files were left out"]
    hidden: Annotated[Offset, "new findings below the level that was asked for"]
    unused: Annotated[list[SuppressionJson], "decisions that no finding answers to"]
    expired: Annotated[list[SuppressionJson], "decisions that hold no more"]


class FindingJson(TypedDict):
    """One broken relation with every place that takes part in it."""

    code: Code
    name: Annotated[str, "the slug of the check"]
    severity: Severity
    confidence: Share
    title: str
    message: Annotated[str, "what is written and what follows from it"]
    equation: str | None
    question: Annotated[str, "one sentence for a query letter"]
    innocent: Annotated[list[str], "how it may be right after all"]
    suggestion: Annotated[str | None, "the one reading that would restore the relation"]
    evidence: list[EvidenceJson]
    fingerprint: Fingerprint
    status: Annotated[str, Rule("pattern", "^(new|known|suppressed)$")]
    suppression: Annotated[SuppressionJson | None, "the decision, where it is suppressed"]


class HeldJson(TypedDict):
    """One relation that was tested and holds."""

    code: Code
    equation: str | None
    evidence: list[EvidenceJson]


class PassedJson(TypedDict):
    """What was compared and agreed."""

    total: Offset
    by_code: Annotated[dict[str, int], "how many relations of each check held"]
    checks: NotRequired[Annotated[list[HeldJson], "only where asked for"]]


class CoverageJson(TypedDict):
    """How many records of one report took part in a check at all."""

    report: str
    figures: Offset
    figures_checked: Offset
    citations: Offset
    citations_checked: Offset
    tables: Offset
    tables_checked: Offset


class ApartJson(TypedDict):
    """Two values that look alike and may not be compared."""

    code: Code
    reason: str
    evidence: list[EvidenceJson]


class FindingsJson(TypedDict):
    """What the checks say of a set of reports."""

    schema: Literal["docparse.findings/1"]
    findings: list[FindingJson]
    passed: PassedJson
    coverage: list[CoverageJson]
    decided: DecidedJson
    not_comparable: NotRequired[list[ApartJson]]

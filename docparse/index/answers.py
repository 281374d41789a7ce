"""What the questions return: plain values, one class a question.

Every place has its report, line and quote, so that an answer is evidence and not a count.

>>> [field for field in Cited.__dataclass_fields__][:3]
['key', 'type', 'number']
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One mention of a document in a report. ``fit`` says how well the document fits a question:
    "exact", "partial" (more could be meant), "possible" (something is not written), "misspelt"
    (one slip away, so only proposed). ``evidence`` is why a number that is not written whole
    means this key: "same-day", "same-title", or "only-one". ``same_as`` is the file of the same
    report, by number and date, that cites the document in a line before this one: one paper in
    two files."""

    key: str | None
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    relation: str | None
    report: str
    report_number: str | None
    report_date: str | None
    line: int | None
    page: int | None
    quote: str
    fit: str = "exact"
    evidence: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place that full text has found, or a document by its title or number.

    ``kind`` is "passage" or "document", ``how`` "exact", "folded" or "misspelt"; ``marks`` are
    the places in ``quote`` that fit.
    """

    kind: str
    how: str
    report: str | None
    key: str | None
    number: str | None
    date: str | None
    title: str | None
    line: int | None
    page: int | None
    quote: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One value and how often it is written."""

    value: str
    mentions: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that the index has of one document; ``first`` and ``last`` by the dates of the reports.

    ``relations_in`` is how reports take it up; ``relations_out`` what the document itself cites,
    where it is in the collection (``held``: its files).
    """

    key: str
    fit: str
    reports: int
    mentions: int
    types: tuple[Count, ...]
    numbers: tuple[Count, ...]
    dates: tuple[Count, ...]
    titles: tuple[Count, ...]
    issuers: tuple[Count, ...]
    relations_in: tuple[Count, ...]
    relations_out: tuple[Count, ...]
    also_meant: tuple[tuple[str, str | None], ...]
    held: tuple[str, ...]
    first: Cited | None
    last: Cited | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that contradict each other, and one place where it is written."""

    value: str
    mentions: int
    report: str
    line: int | None
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One document under two "dates", "symbols" or "titles"."""

    kind: str
    key: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A document that reports cite and the collection does not have."""

    key: str
    type: str | None
    number: str | None
    date: str | None
    title: str | None
    issuer: str | None
    reports: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be read, and why."""

    path: str
    state: str
    reason: str | None
    message: str
    strikes: int
    looked_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """Files that say the same: ``likeness`` is 1 where they are equal byte by byte."""

    path: str
    other: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """One number about the index."""

    name: str
    value: int

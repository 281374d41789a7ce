"""The record contract ``docparse.report/1``: the shape of every object in the JSON.

The classes are read twice: mypy checks that :mod:`docparse.render.records` writes exactly
these keys, and :mod:`docparse.render.schema` makes the JSON Schema of them, the sentences
beside the fields included.

>>> list(NoticeJson.__annotations__)
['code', 'message', 'values', 'span']
"""

# No "from __future__ import annotations": it would hide NotRequired from __required_keys__.
from typing import Annotated, Literal, NamedTuple, NotRequired, TypedDict

SCHEMA: Literal["docparse.report/1"] = "docparse.report/1"


class Rule(NamedTuple):
    """One keyword of JSON Schema for the field beside which it stands."""

    keyword: str
    value: str | int


# An ISO date as written: it may be partial ("2023", "2023-05", "--05-12" where no year is
# written) and need not exist in the calendar ("2021-02-31").
_FULL = r"\d{4}-\d{2}-\d{2}"
_PARTIAL = r"(?:\d{4}|-)(?:-(?:\d{2}|-)(?:-\d{2})?)?"
FullDate = Annotated[str, Rule("pattern", f"^{_FULL}$")]
AnyDate = Annotated[str, Rule("pattern", f"^{_PARTIAL}$")]
DecimalString = Annotated[str, Rule("pattern", r"^-?\d+(?:\.\d+)?$")]
Offset = Annotated[int, Rule("minimum", 0)]
Line = Annotated[int, Rule("minimum", 1)]


class SpanJson(TypedDict):
    """Where a record stands: offsets in characters, lines from 1, quote as in the source."""

    start: Annotated[Offset, "in the repaired text"]
    end: Offset
    origin_start: Annotated[Offset, "in the source as read"]
    origin_end: Offset
    page: Line | None
    line: Line
    line_end: Line
    bbox: Annotated[
        list[float] | None,
        "left, top, right, bottom in points",
        Rule("minItems", 4),
        Rule("maxItems", 4),
    ]
    quote: str


class SourceJson(TypedDict):
    """The file that was read."""

    path: str
    sha256: Annotated[str, "of the bytes of the file", Rule("pattern", "^[0-9a-f]{64}$")]
    format: str
    pages: Offset | None
    encoding: str | None
    ocr: bool


class SignerJson(TypedDict):
    """Who signs."""

    authority: Annotated[str | None, "KT. GIÁM ĐỐC"]
    title: Annotated[str | None, "PHÓ GIÁM ĐỐC"]
    name: str | None


class HeaderJson(TypedDict):
    """What a document says of itself."""

    issuer_parent: str | None
    issuer: str | None
    number: Annotated[str | None, "null where it is left blank"]
    symbol: str | None
    place: str | None
    date: Annotated[FullDate | None, "only a full date"]
    date_partial: Annotated[AnyDate | None, "what is written where the date is not full"]
    type: str | None
    title: str | None
    addressees: list[str]
    recipients: list[str]
    signer: SignerJson
    spans: Annotated[dict[str, SpanJson], "the place of each field that was found"]


class DocumentJson(TypedDict):
    """One document of a file that holds several, and its range in the repaired text."""

    header: HeaderJson
    start: Offset
    end: Offset


class SectionJson(TypedDict):
    """A numbered heading, or a numbered paragraph (``run_in``)."""

    label: str
    level: Line
    title: str
    run_in: bool
    span: SpanJson


class CitationJson(TypedDict):
    """One mention of a document."""

    type: str | None
    number: str | None
    serial: str | None
    year: int | None
    symbol: str | None
    date: AnyDate | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    relation: str | None
    key: Annotated[str | None, "the identity that mentions of one document share"]
    own: Annotated[bool, "the number of the report itself"]
    confidence: Annotated[float, Rule("minimum", 0), Rule("maximum", 1)]
    repairs: list[str]
    span: SpanJson


class ReferenceJson(TypedDict):
    """Words that stand for a document named elsewhere: "Quyết định này", "Kế hoạch nêu trên"."""

    key: Annotated[str | None, "null where it is not sure which document is meant"]
    reason: Annotated[str, "how that is known, or why it is not"]
    span: SpanJson


class NormalizedJson(TypedDict):
    """A value in the base unit of its kind."""

    value: DecimalString
    unit: str


class PeriodJson(TypedDict):
    """The time that a figure or a table speaks of; ``how`` says where that is stated:
    "explicit" beside it, in its "lead" or "section", or for the whole "report".
    """

    start: FullDate | None
    end: FullDate | None
    how: str


class FigureJson(TypedDict):
    """One quantity in running text."""

    value: DecimalString
    value_max: Annotated[DecimalString | None, "the upper end of a range"]
    denominator: DecimalString | None
    unit: str | None
    normalized: NormalizedJson | None
    kind: str
    indicator: str | None
    qualifier: str | None
    mode: str | None
    period: PeriodJson | None
    span: SpanJson


class TableJson(TypedDict):
    """A table; cells as printed, merged header cells joined with " / " in ``columns``."""

    caption: str | None
    columns: list[str]
    header_rows: list[list[str]]
    rows: list[list[str]]
    total_rows: Annotated[list[Offset], "indexes into rows"]
    period: PeriodJson | None
    span: SpanJson


class NoticeJson(TypedDict):
    """Something that could not be read well, said aloud."""

    code: str
    message: Annotated[str, "for people, in the language of the call"]
    values: Annotated[dict[str, str], "what fills the message, for machines"]
    span: SpanJson | None


class ReportJson(TypedDict):
    """A report as records: one object a file."""

    schema: Literal["docparse.report/1"]
    source: SourceJson
    header: HeaderJson
    documents: NotRequired[Annotated[list[DocumentJson], "only where a file holds several"]]
    sections: list[SectionJson]
    citations: list[CitationJson]
    references: list[ReferenceJson]
    figures: list[FigureJson]
    tables: list[TableJson]
    notices: list[NoticeJson]

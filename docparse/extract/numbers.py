"""One numeral as written, in digits or in words: a text goes in, a number or a refusal out.

"." before exactly three digits groups, "," is the decimal sign; "1.5" is read as the foreign
decimal it is, and says so. What can be read in two ways is refused with a reason.

>>> parse_number("16.075").value, parse_number("12/40").denominator
(Decimal('16075'), Decimal('40'))
>>> parse_number("hai triệu rưỡi").value
Decimal('2500000')
>>> parse_number("1.5%").flags, parse_number("1.23.4").reason
(('foreign-decimal',), 'grouping')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from docparse.extract.marks import marks
from docparse.extract.spelled import parse_spelled, scale_of
from docparse.patterns import Patterns, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A numeral: ``value`` as printed, ``scale`` what a scale word multiplies it by."""

    value: Decimal
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    scale: Decimal = Decimal(1)
    percent: bool = False
    flags: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The value with its scale word counted in."""
        return self.value * self.scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a text is no number we may trust: one word for the notice."""

    text: str
    reason: str


_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_FOREIGN_DECIMAL = re.compile(r"[0-9]+\.[0-9]{1,2}|0\.[0-9]+")
_FOREIGN_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_SPLIT = re.compile(
    r"(?P<sign>[-−+])?\s?(?P<first>[0-9][0-9.,]*)"
    r"(?:\s*%?\s*(?P<link>[/]|[-–—])\s*(?P<second>[0-9][0-9.,]*))?"
    r"\s*(?P<tail>\D.*)?",
    re.DOTALL,
)
_LONGEST = 30  # digits: a longer run is an account or a serial number


def parse_number(text: str, *, patterns: Patterns | None = None) -> Number | Refusal:
    """The number that the whole of ``text`` writes; words of a unit may follow its scale."""
    said = text.strip()
    if not said:
        return Refusal(text=text, reason="empty")
    match = _SPLIT.fullmatch(said)
    if match is None:
        return _in_words(said, patterns or load())
    number = link_numbers(match["first"], match["link"], match["second"])
    if isinstance(number, Refusal):
        return replace(number, text=text)
    if match["sign"] in ("-", "−"):
        number = replace(number, value=-number.value)
    return _with_tail(number, (match["tail"] or "").strip(), patterns)


def parse_digits(text: str) -> tuple[Decimal, str | None] | Refusal:
    """Digits with their marks: the value, and the flag of an unusual way to write it."""
    if len(text) > _LONGEST:
        return Refusal(text=text, reason="too-long")
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ".")), None
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", ".")), None
    if _FOREIGN_DECIMAL.fullmatch(text):
        return Decimal(text), "foreign-decimal"
    if _FOREIGN_GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), "foreign-grouping"
    return Refusal(text=text, reason="grouping")


def link_numbers(first: str, link: str | None, second: str | None) -> Number | Refusal:
    """One number, a ratio ("12/40") or a range ("3-5")."""
    head = parse_digits(first)
    if isinstance(head, Refusal):
        return head
    flags: tuple[str, ...] = (head[1],) if head[1] else ()
    if link is None or second is None:
        return Number(value=head[0], flags=flags)
    tail = parse_digits(second)
    if isinstance(tail, Refusal):
        return tail
    flags += (tail[1],) if tail[1] and tail[1] not in flags else ()
    if link == "/":
        return Number(value=head[0], denominator=tail[0], flags=flags)
    if tail[0] <= head[0]:
        return Refusal(text=f"{first}{link}{second}", reason="range-order")
    return Number(value=head[0], value_max=tail[0], flags=flags)


def _with_tail(number: Number, tail: str, patterns: Patterns | None) -> Number | Refusal:
    """What follows the digits: a percent sign, a scale word, the words of a unit."""
    if any(sign.isdigit() for sign in tail):
        return Refusal(text=tail, reason="several-numbers")
    if marks(patterns or load()).percent.match(f" {tail}"):
        return replace(number, percent=True)
    scale, _ = scale_of(tail, patterns or load())
    return replace(number, scale=scale)


def _in_words(said: str, patterns: Patterns) -> Number | Refusal:
    percent = next((m for m in _tails(said) if marks(patterns).percent.fullmatch(said, m)), None)
    found = parse_spelled(said[:percent], patterns)
    if found is None:
        reason = "several-numbers" if any(sign.isdigit() for sign in said) else "not-a-number"
        return Refusal(text=said, reason=reason)
    value, denominator = found
    return Number(value=value, denominator=denominator, percent=percent is not None)


def _tails(said: str) -> list[int]:
    """Where the last words of a text begin, with the blank before them."""
    return [match.start() for match in re.finditer(r"\s+\S", said)]

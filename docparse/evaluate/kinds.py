"""Each kind of record against its gold: located gold and a report object in, counts out.

Records are compared as the contract writes them, which is what a user sees.

>>> tally = Tally()
>>> score_header({"number": "12/KH-SCT"}, {"header": {"number": "12/KH-SCT"}}, tally)
>>> next(score.f1 for score in tally.scores() if score.kind == "header.number")
1.0
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from docparse.evaluate.compare import fold, same, same_matter, same_number, same_period
from docparse.evaluate.gold import Entry, Gold
from docparse.evaluate.tables import score_tables
from docparse.evaluate.tally import Tally

Json = Mapping[str, Any]
Pair = tuple[Entry, Json]
Test = Callable[[object, object], bool]

_HEADER = ("issuer_parent", "issuer", "number", "symbol", "place", "date", "type", "title")
_LISTS = ("addressees", "recipients")
_SIGNER = ("authority", "title", "name")
_CITATION_FIELDS = ("issuer", "title", "pinpoint", "relation", "own")
_FIGURE_FIELDS = ("value_max", "unit", "kind", "indicator", "qualifier", "mode")


def score_report(gold: Gold, report: Json, tally: Tally) -> None:
    """Every kind of one report."""
    if gold.header is not None:
        score_header(gold.header, report, tally)
    score_sections(gold.entries["section"], report["sections"], tally)
    score_citations(gold.entries["citation"], report["citations"], tally)
    score_figures(gold.entries["figure"], report["figures"], tally)
    score_tables(gold.entries["table"], report["tables"], tally)


def score_header(gold: Json, report: Json, tally: Tally) -> None:
    """Field by field; a field that is rightly left empty is right too."""
    header = report["header"]
    for name in (*_HEADER, *_LISTS):
        _score_field(
            f"header.{name}", _header_value(gold, name), _header_value(header, name), tally
        )
    wanted, found = gold.get("signer") or {}, header.get("signer") or {}
    for name in _SIGNER:
        _score_field(f"header.signer.{name}", wanted.get(name), found.get(name), tally)


def _header_value(header: Json, name: str) -> object:
    value = header.get(name)
    return header.get("date_partial") if name == "date" and value is None else value


def _score_field(kind: str, gold: object, found: object, tally: Tally) -> None:
    if tally.skips(kind):
        return
    right = same(gold, found)
    for counted in ("header", kind):
        tally.count(counted, right=right, gold=1, found=1)
    if not right:
        tally.miss(kind, "wrong", 1, "", expected=gold, got=found)


def score_sections(gold: Sequence[Entry], found: Sequence[Json], tally: Tally) -> None:
    """A section is the same line and label; level and title are asked of those found."""
    extra = list(found)
    pairs, missed = [], []
    for entry in gold:
        place = (entry.line, fold(entry.values["label"]))
        same_place = (s for s in extra if (s["span"]["line"], fold(s["label"])) == place)
        section = next(same_place, None)
        if section is None:
            missed.append(entry)
            continue
        extra.remove(section)
        if not entry.optional:
            pairs.append((entry, section))
    _count("section", pairs, missed, extra, tally)
    for name in ("level", "title", "run_in"):
        asked = [pair for pair in pairs if name in pair[0].values]
        right = sum(_right("section", name, pair, tally) for pair in asked)
        tally.count(f"section.{name}", right=right, gold=len(asked), found=len(asked))


def score_citations(gold: Sequence[Entry], found: Sequence[Json], tally: Tally) -> None:
    """Strict is type, number and date; the rest is scored on mentions that overlap."""

    def strict(pair: Pair) -> bool:
        return all(_equal(pair, name) for name in ("type", "number", "date"))

    pairs, missed, extra = _aligned(gold, found, strict)
    right = [pair for pair in pairs if strict(pair)]
    _count("citation", right, missed, extra, tally, wrong=[p for p in pairs if not strict(p)])
    total = {"gold": len(pairs) + _needed(missed), "found": len(pairs) + len(extra)}
    tally.count("citation.number", right=sum(_equal(p, "number") for p in pairs), **total)
    exact = sum((p[0].start, p[0].end) == _range(p[1]) for p in pairs)
    tally.count("citation.span", right=exact, **total)
    for name in _CITATION_FIELDS:
        _score_slot("citation", name, pairs, missed, extra, tally)
    _score_documents(pairs, tally)


def score_figures(gold: Sequence[Entry], found: Sequence[Json], tally: Tally) -> None:
    """Strict is value and denominator; the rest is scored on figures that overlap."""

    def strict(pair: Pair) -> bool:
        return all(_equal(pair, name, same_number) for name in ("value", "denominator"))

    found = [{**figure, "period": _period(figure["period"])} for figure in found]
    pairs, missed, extra = _aligned(gold, found, strict)
    right = [pair for pair in pairs if strict(pair)]
    _count("figure", right, missed, extra, tally, wrong=[p for p in pairs if not strict(p)])
    for name in _FIGURE_FIELDS:
        test = {"value_max": same_number, "indicator": same_matter}.get(name, same)
        _score_slot("figure", name, pairs, missed, extra, tally, test)
    # A period is asked where the text states one; elsewhere a figure may inherit it.
    asked = [pair for pair in pairs if pair[0].values.get("period")]
    stated = sum(_right("figure", "period", pair, tally, same_period) for pair in asked)
    tally.count("figure.period", right=stated, gold=len(asked), found=len(asked))


def _period(period: Json | None) -> list[str] | None:
    return None if period is None else [period["start"] or "", period["end"] or ""]


def _aligned(
    gold: Sequence[Entry], found: Sequence[Json], better: Callable[[Pair], bool]
) -> tuple[list[Pair], list[Entry], list[Json]]:
    """Gold and found that overlap, one to one; the right ones and the longest overlaps first.

    What overlaps an optional entry alone is neither right nor extra.
    """
    candidates = []
    for g, entry in enumerate(gold):
        for f, record in enumerate(found):
            start, end = _range(record)
            overlap = min(entry.end, end) - max(entry.start, start)
            if overlap > 0:
                rank = (entry.optional, not better((entry, record)), -overlap, g, f)
                candidates.append(rank)
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, g, f in sorted(candidates):
        if g not in partner and f not in taken:
            partner[g] = f
            taken.add(f)
    spared = {f for optional, *_, f in candidates if optional}
    pairs = [(gold[g], found[f]) for g, f in sorted(partner.items()) if not gold[g].optional]
    missed = [entry for g, entry in enumerate(gold) if g not in partner]
    extra = [r for f, r in enumerate(found) if f not in taken and f not in spared]
    return pairs, missed, extra


def _count(
    kind: str,
    right: Sequence[Pair],
    missed: Sequence[Entry],
    extra: Sequence[Json],
    tally: Tally,
    wrong: Sequence[Pair] = (),
) -> None:
    both = len(right) + len(wrong)
    tally.count(kind, right=len(right), gold=both + _needed(missed), found=both + len(extra))
    for entry in missed:
        if not entry.optional:
            tally.miss(kind, "missed", entry.line, entry.quote)
    for entry, record in wrong:
        got = {
            name: record.get(name) for name in ("type", "number", "date", "value", "denominator")
        }
        said = {name: value for name, value in got.items() if name in record}
        expected = {name: entry.values.get(name) for name in said}
        tally.miss(kind, "wrong", entry.line, entry.quote, expected=expected, got=said)
    for record in extra:
        tally.miss(kind, "extra", record["span"]["line"], record["span"]["quote"])


def _needed(entries: Sequence[Entry]) -> int:
    return sum(not entry.optional for entry in entries)


def _score_slot(
    kind: str,
    name: str,
    pairs: Sequence[Pair],
    missed: Sequence[Entry],
    extra: Sequence[Json],
    tally: Tally,
    test: Test = same,
) -> None:
    """A field that may be absent: right where both have it and it is the same."""
    said = [pair for pair in pairs if pair[0].values.get(name)]
    right = sum(_right(kind, name, pair, tally, test) for pair in said)
    gold = len(said) + sum(bool(e.values.get(name)) for e in missed if not e.optional)
    found = sum(bool(record.get(name)) for record in (*(r for _, r in pairs), *extra))
    tally.count(f"{kind}.{name}", right=right, gold=gold, found=found)
    for entry, record in pairs:
        if record.get(name) and not entry.values.get(name):
            got = record[name]
            tally.miss(f"{kind}.{name}", "extra", entry.line, entry.quote, got=got)


def _right(kind: str, name: str, pair: Pair, tally: Tally, test: Test = same) -> bool:
    if _equal(pair, name, test):
        return True
    entry, record = pair
    expected, got = entry.values.get(name), record.get(name)
    tally.miss(f"{kind}.{name}", "wrong", entry.line, entry.quote, expected=expected, got=got)
    return False


def _equal(pair: Pair, name: str, test: Test = same) -> bool:
    return test(pair[0].values.get(name), pair[1].get(name))


def _range(record: Json) -> tuple[int, int]:
    return record["span"]["origin_start"], record["span"]["origin_end"]


def _score_documents(pairs: Sequence[Pair], tally: Tally) -> None:
    """Which mentions are one document: two mentions put together are right or wrong."""
    known = [pair for pair in pairs if "document" in pair[0].values]
    right = gold = found = 0
    for (one, first), (other, second) in combinations(known, 2):
        together = one.values["document"] == other.values["document"]
        joined = first["key"] is not None and first["key"] == second["key"]
        right += together and joined
        gold += together
        found += joined
    tally.count("citation.document", right=right, gold=gold, found=found)

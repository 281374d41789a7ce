"""Reports that come one by one have the same findings as reports that are there together."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import docparse
from docparse.check import SEVERITIES, Subject, run
from docparse.check.covered import Covered
from docparse.check.runner import find_rules
from docparse.check.spool import Groups, Kept, Spool, Spooled
from docparse.check.tally import Tally
from docparse.models import Coverage, Source, Span
from docparse.report import Report, ShelvedReports
from tests.check.cases import Case, read_cases
from tests.check.test_rules import FILES, patterns, subject

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = sorted(path for path in CORPUS.glob("*.txt"))
ASKING = {rule.slug: rule.code for rule in find_rules() if rule.asks}
BETWEEN = [
    (f"{path.stem}: {case.name}", case)
    for path in FILES
    for case in read_cases(path)
    if len(case.reports) > 1 or path.stem in ASKING
]


def _subject(report: Report) -> Subject:
    return Subject(
        path=report.source.path, text=report.text, outline=report.outline, records=report.records
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BETWEEN])
def test_what_is_put_aside_says_the_same(case: Case, tmp_path: Path) -> None:
    subjects = [subject(text, f"{index}.txt") for index, text in enumerate(case.reports)]
    ours = patterns(case, tmp_path)
    assert run(iter(subjects), patterns=ours) == run(subjects, patterns=ours)


def test_every_rule_that_asks_has_a_case() -> None:
    codes = {code for _, case in BETWEEN for code in case.codes}
    assert set(ASKING.values()) <= codes


def test_reports_must_come_in_order() -> None:
    subjects = [subject("Số: 1/BC-SCT", name) for name in ("b.txt", "a.txt")]
    with pytest.raises(ValueError, match=r"a\.txt"):
        run(iter(subjects))
    assert [one.report for one in run(subjects).coverage] == ["a.txt", "b.txt"]


def test_what_is_not_shown_is_counted() -> None:
    subjects = [_subject(docparse.parse(path)) for path in TEXTS]
    whole = run(subjects)
    notes = [one for one in whole.findings if one.severity == "note"]
    for made in (subjects, iter(subjects)):
        cut = run(made, shown=SEVERITIES[:2], keep_held=False)
        assert cut.findings == tuple(one for one in whole.findings if one.severity != "note")
        assert sorted(cut.put_aside) == sorted(one.fingerprint for one in notes)
        assert (cut.passed, cut.not_compared) == (whole.passed, len(whole.apart))
        assert cut.coverage == whole.coverage
        assert not cut.held
        assert not cut.apart
    assert notes
    assert sum(count for _, count in whole.passed) == len(whole.held)


def test_a_note_joins_the_warning_of_its_fingerprint() -> None:
    """Shown is the more severe one, with the evidence of both, however the first was kept."""
    subjects = [_subject(docparse.parse(path)) for path in TEXTS]
    whole = run(subjects)
    note = next(one for one in whole.findings if one.severity == "note")
    other = replace(note.evidence[0], report="other.txt")
    severe = replace(note, severity="warning", evidence=(other,))
    for order in ([note, severe], [severe, note]):
        tally = Tally(shown=SEVERITIES[:2])
        tally.take(order)
        (found,) = tally.checked().findings
        assert found.severity == "warning"
        assert set(found.evidence) == {*note.evidence, other}


class _Shelf:
    """Files as a shelf that makes them anew each time, and counts how many are there at a time."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._texts = {f"{number:03}.txt": text for number, text in enumerate(texts)}
        self.most = 0

    @property
    def paths(self) -> Sequence[str]:
        return tuple(self._texts)

    def source(self, path: str) -> Source:
        return self.report(path).source

    def report(self, path: str) -> Report:
        made = docparse.parse(self._texts[path], path=path)
        self.most = max(self.most, sum(isinstance(one, Report) for one in gc.get_objects()))
        return made


def test_one_report_is_there_at_a_time() -> None:
    texts = [path.read_bytes() for path in TEXTS]
    gc.collect()
    before = sum(isinstance(one, Report) for one in gc.get_objects())
    few, many = _Shelf(texts[:4]), _Shelf(texts * 2)
    for shelf in (few, many):
        result = docparse.check(shelf, notes=True, keep_passed=False)
        assert result.findings
        assert len(result.reports) == len(shelf.paths)
    assert many.most == few.most <= before + 3


def test_a_shelf_and_files_are_one_set(tmp_path: Path) -> None:
    names = [f"{number:03}.txt" for number in range(len(TEXTS))]
    reports = [
        docparse.parse(path.read_bytes(), path=name)
        for path, name in zip(TEXTS, names, strict=True)
    ]
    shelf = _Shelf([path.read_bytes() for path in TEXTS[:-2]])
    mixed = docparse.check(*reports[-2:], shelf, notes=True)
    whole = docparse.check(*reports, notes=True)
    assert mixed.checked == whole.checked
    assert mixed.text(show_passed=True) == whole.text(show_passed=True)
    assert mixed.to_dict() == whole.to_dict()
    assert [one.source.path for one in mixed.reports] == [*names[-2:], *names[:-2]]


def test_reports_of_shelves_are_a_sequence() -> None:
    there = docparse.parse(b"a", path="z.txt")
    made = ShelvedReports([there], _Shelf([b"b", b"c"]))
    assert [one.source.path for one in made] == ["z.txt", "000.txt", "001.txt"]
    assert made[-1].source.text == "c"
    assert [one.source.text for one in made[:2]] == ["a", "b"]
    with pytest.raises(IndexError):
        made[3]
    sources = made.sources()
    assert (len(sources), list(sources)) == (3, ["z.txt", "000.txt", "001.txt"])
    assert sources["001.txt"].text == "c"
    assert "x.txt" not in sources


@pytest.fixture(params=[Kept, Spooled])
def spool(request: pytest.FixtureRequest) -> Iterator[Spool]:
    made: Spool = request.param()
    yield made
    made.close()


def test_values_come_back_in_any_order(spool: Spool) -> None:
    span = Span(start=1, end=3, origin_start=2, origin_end=5, line=1, line_end=2, quote="ă\n\ud800")
    values = [(number, "x" * number * 100, span) for number in range(50)]
    places = [spool.add(one) for one in values[:25]]
    assert [spool[place] for place in reversed(places)] == values[24::-1]
    places += [spool.add(one) for one in values[25:]]
    assert [spool[place] for place in places] == values
    pair = spool.add_spans((span, None))
    assert spool.spans(pair) == (span, None)
    assert spool.spans(spool.add_spans((span, span))) == (span, span)
    assert places == sorted(places)


def test_groups_keep_the_order_in_which_numbers_came() -> None:
    groups = Groups[str]()
    for number, key in enumerate("abcab"):
        groups.add(key, number)
    groups.add("c", 2)
    assert list(groups) == ["a", "b", "c"]
    assert list(groups.several()) == [("a", [0, 3]), ("b", [1, 4]), ("c", [2, 2])]


def test_places_that_wait_are_counted_once() -> None:
    """However seldom they are held against the records."""
    reports = [_subject(docparse.parse(path)) for path in TEXTS]
    said = [each for one in run(reports).held for each in one.evidence]
    counts: list[list[Coverage]] = []
    for most in (1, 7, 1_000_000):
        covered = Covered(most_waiting=most)
        for report in reports:
            covered.add(report)
        for each in said:
            covered.take(each)
        counts.append(list(covered))
    assert counts[0] == counts[1] == counts[2]
    assert any(one.citations_checked for one in counts[0])

"""A paper that is there in two files is one report to whoever counts, and shown in both."""

from pathlib import Path

import pytest

from docparse.indexing.collection import Index
from tests.index.reports import REPORTS

NUMBER = "899/KH-SCT"


@pytest.fixture
def twins(index: Index, folder: Path) -> Index:
    """One report a second time, with a line more; and another with its number, of another day."""
    text = REPORTS["2021/q1.txt"]
    (folder / "2021/q1-again.txt").write_text(text + "\nTrang 2\n", encoding="utf-8")
    other = text.replace("ngày 05 tháng 4", "ngày 15 tháng 4")
    (folder / "2021/q1-other-day.txt").write_text(other, encoding="utf-8")
    index.add(folder)
    return index


def _counts(index: Index, reports: int = 1) -> dict[str | None, tuple[int, int]]:
    return {one.number: (one.reports, one.mentions) for one in index.find_missing(reports=reports)}


def test_what_is_missing_is_missed_by_papers(twins: Index, folder: Path) -> None:
    counts = _counts(twins)
    assert counts[NUMBER] == (3, 3)
    assert counts["15/QĐ-SCT"] == (1, 1)
    assert NUMBER not in _counts(twins, reports=4)
    twins.forget(folder / "2021/q1-again.txt")
    assert _counts(twins) == counts


def test_a_file_that_says_more_is_the_one_that_counts(twins: Index, folder: Path) -> None:
    text = REPORTS["2021/q1.txt"] + "\n4. Theo Kế hoạch số 899/KH-SCT ngày 25/02/2021.\n"
    (folder / "2021/q1-again.txt").write_text(text, encoding="utf-8")
    twins.add(folder)
    assert _counts(twins)[NUMBER] == (3, 4)
    [shown] = twins.show(NUMBER)
    assert (shown.reports, shown.mentions) == (3, 4)
    assert [(one.value, one.mentions, one.reports) for one in shown.dates] == [
        ("2021-02-25", 3, 2), ("2021-02-26", 1, 1)
    ]  # fmt: skip


def test_a_document_is_cited_by_papers(twins: Index) -> None:
    [shown] = twins.show(NUMBER)
    assert (shown.reports, shown.mentions) == (3, 3)
    [report] = twins.show("45/BC-SCT")
    assert (report.reports, report.mentions) == (1, 1)
    assert len(report.held) == 3
    cited = {one.value: one.reports for one in report.relations_out}
    assert cited["legal:30/2020/NĐ-CP@2020"] == 2


def test_every_file_is_shown_and_says_which_it_repeats(twins: Index) -> None:
    found = twins.find_cited_by(NUMBER)
    assert [(Path(one.report).name, Path(one.same_as or "").name) for one in found] == [
        ("q1.txt", ""), ("q1-again.txt", "q1.txt"), ("q1-other-day.txt", ""), ("q2.txt", "")
    ]  # fmt: skip
    assert [one.same_as for one in twins.find_cited_by(NUMBER, limit=1)] == [None]


def test_the_table_of_documents_counts_alike(twins: Index) -> None:
    rows = {row.key: row for row in twins.frame("documents").itertuples()}
    for one in twins.find_missing(reports=1):
        assert (rows[one.key].reports, rows[one.key].mentions) == (one.reports, one.mentions)


def test_the_numbers_of_the_index_are_those_of_its_tables(twins: Index) -> None:
    stats = {one.name: one.value for one in twins.find_stats()}
    assert stats["mentions"] == len(twins.frame("citations"))
    assert stats["documents"] == len(twins.frame("documents"))
    assert stats["reports"] == len(twins.frame("reports"))
    assert stats["files"] == len(twins.frame("files"))
    assert stats["figures"] == len(twins.frame("figures"))
    named = {one.key for one in twins.find_cites("q2.txt")}
    assert named <= set(twins.frame("documents")["key"])
    # A report that nobody cites is in the table of reports alone.
    assert "state:88/BC-SCT@2021~Bình Lâm" not in set(twins.frame("documents")["key"])

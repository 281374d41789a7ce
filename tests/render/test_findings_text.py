"""Findings for reading: what is shown of a place, and how the list ends."""

import docparse
from docparse.models import (
    Checked,
    Coverage,
    Decided,
    Evidence,
    Finding,
    KnownFinding,
    Source,
    Span,
    Suppression,
)
from docparse.render.findings_text import findings_text

_VALUES = (("part", "38"), ("whole", "45"), ("percent", "86,4%"), ("share", "84,4%"))


def _span(text: str, words: str, page: int | None = None) -> Span:
    at = text.index(words)
    line = text.count("\n", 0, at) + 1
    return Span(
        start=at,
        end=at + len(words),
        origin_start=at,
        origin_end=at + len(words),
        line=line,
        line_end=line + words.count("\n"),
        quote=words,
        page=page,
    )


def _shown(text: str, *spans: Span, kind: str = "txt") -> list[str]:
    finding = Finding(
        code="FIG101",
        name="percent-mismatch",
        severity="error",
        confidence=0.95,
        evidence=tuple(Evidence(report="a", role="part", span=span) for span in spans),
        values=_VALUES,
        fingerprint="0123456789abcdef",
    )
    source = Source(text=text, path="a", sha256="0" * 64, format=kind)
    return findings_text(Checked(findings=(finding,)), {"a": source}).splitlines()


def test_words_of_one_line_share_a_quote() -> None:
    text = "Trong đó có 38/45 doanh nghiệp trả lời hài lòng và rất hài lòng (đạt 86,4%).\n"
    lines = _shown(text, _span(text, "38/45"), _span(text, "86,4%"))
    assert [line for line in lines if "^" in line] == [
        "      |             ^^^^^                                                    ^^^^^"
    ]


def test_words_that_go_over_a_line_end_are_shown_to_their_end() -> None:
    text = "Theo Kế hoạch số 118/KH-SCT \n\nngày 17/01/2022 của Sở.\n"
    lines = _shown(text, _span(text, "số 118/KH-SCT \n\nngày 17/01/2022"))
    assert lines[2:7] == [
        "  a:1",
        "    1 | Theo Kế hoạch số 118/KH-SCT ",
        "      |               ^^^^^^^^^^^^^^",
        "    3 | ngày 17/01/2022 của Sở.",
        "      | ^^^^^^^^^^^^^^^",
    ]


def test_a_page_takes_the_place_of_lines_that_nobody_sees() -> None:
    text = "Có 38/45 hồ sơ."
    assert _shown(text, _span(text, "38/45", 3), kind="pdf")[2:4] == [
        "  a, trang 3",
        "     | Có 38/45 hồ sơ.",
    ]
    assert _shown(text, _span(text, "38/45", 3))[2] == "  a:1, trang 3"
    assert _shown(text, _span(text, "38/45"))[2] == "  a:1"


def test_nothing_of_a_report_reaches_the_terminal_as_a_command() -> None:
    report = docparse.parse("Có 38/45 \x1b[2J hồ sơ, đạt 86,4%.".encode(), path="a\x1b[2J.txt")
    shown = docparse.check(report).text()
    assert "FIG101" in shown
    assert "\x1b" not in shown


def test_the_list_ends_with_what_was_decided_and_compared() -> None:
    known = KnownFinding(fingerprint="c" * 16, code="CIT501", message="Hai ngày.")
    decision = Suppression(fingerprint="d" * 16, reason="Đã hỏi.")
    decided = Decided(compared=True, resolved=(known,), unsought=2, unused=(decision,))
    coverage = tuple(
        Coverage(report=name, figures=5, figures_checked=3, tables=1) for name in ("a", "b")
    )
    text = findings_text(Checked(decided=decided, coverage=coverage), {}, lang="en")
    assert text.splitlines() == [
        "No findings.",
        "Known before and gone now: 1",
        "  CIT501 Hai ngày. cccccccccccccccc",
        "Known before and not looked for, as the check or the report is not part of this run: 2.",
        "This decision answers to no finding of this run: dddddddddddddddd (Đã hỏi.)",
        "0 relations were compared and agree.",
        "a: compared 3/5 figures, 0/0 citations, 0/1 tables.",
        "b: compared 3/5 figures, 0/0 citations, 0/1 tables.",
        "All in all: compared 6/10 figures, 0/0 citations, 0/2 tables.",
    ]

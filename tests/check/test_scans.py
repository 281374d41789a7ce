"""No finding rests on a scan in silence: it is a warning, and names the words read with doubt."""

from dataclasses import replace

import pytest

import docparse
from docparse.models import Source
from docparse.patterns import load
from docparse.pipeline import parse_source

TEXT = "Đã giải quyết 38/45 hồ sơ, đạt 86,4%.\nTrong năm đã tiếp nhận 12 đơn."


def _finding(*, ocr: bool, doubtful: tuple[tuple[int, int], ...] = ()) -> docparse.Report:
    source = Source(text=TEXT, path="a.pdf", sha256="", format="pdf", ocr=ocr, doubtful=doubtful)
    return parse_source(source, load())


@pytest.mark.parametrize(
    ("words", "ocr", "severity", "confidence", "doubts"),
    [
        (None, False, "error", 0.95, None),
        (None, True, "warning", 0.6, ""),
        ("12", True, "warning", 0.6, ""),
        ("38/45", True, "warning", 0.4, "38/45"),
        ("86,4%", True, "warning", 0.4, "86,4%"),
    ],
)
def test_what_a_machine_has_read(
    words: str | None, ocr: bool, severity: str, confidence: float, doubts: str | None
) -> None:
    at = TEXT.index(words) if words else 0
    places = ((at, at + len(words)),) if words else ()
    report = _finding(ocr=ocr, doubtful=places)
    result = docparse.check(report, select=["FIG101"])
    (one,) = result.findings
    assert (one.severity, one.confidence, one.doubts) == (severity, confidence, doubts)
    for lang, said in (("vi", "bản quét"), ("en", "scan was misread")):
        (shown,) = result.to_dict(lang=lang)["findings"]
        assert any(said in sentence for sentence in shown["innocent"]) == ocr
        assert said in result.text(lang=lang) or not ocr
        if doubts:
            assert doubts in " ".join(shown["innocent"])


def test_a_doubt_does_not_wake_an_old_finding() -> None:
    sure, doubted = (
        docparse.check(_finding(ocr=ocr, doubtful=places), select=["FIG101"]).findings[0]
        for ocr, places in ((False, ()), (True, ((0, len(TEXT)),)))
    )
    assert sure.fingerprint == doubted.fingerprint
    assert replace(sure, fingerprint="") != replace(doubted, fingerprint="")

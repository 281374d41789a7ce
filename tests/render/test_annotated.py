from collections.abc import Sequence
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import docparse
from docparse.errors import UsageError
from docparse.models import Citation, Source, Span


def _citation(start: int, end: int, **fields: Any) -> Citation:
    span = Span(start=0, end=0, origin_start=start, origin_end=end, line=1, line_end=1, quote="")
    return Citation(**{"type": None, "number": None, "span": span, **fields})


def _report(text: str, *citations: Citation) -> Any:
    source = Source(text=text, path="<a>.txt", sha256="", format="txt")
    return SimpleNamespace(source=source, citations=citations, notices=())


class _Reader(HTMLParser):
    """The text of a fragment, and the marks around each stretch of it."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.pieces: list[tuple[str, tuple[str, ...]]] = []
        self.tags: set[str] = set()
        self.open: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.feed(fragment)
        self.close()
        assert not self.open

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)

    def marked(self, key: str) -> str:
        return "".join(text for text, keys in self.pieces if key in keys)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        if tag == "meta":
            return
        self.open.append((tag, found.get("data-key") or ""))
        self.ids += [found["id"]] if found.get("id") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append((data, tuple(key for _, key in self.open if key)))


def test_a_mention_as_html() -> None:
    cited = _citation(5, 17, type="Nghị định", number="30", key="bare:Nghị định 30@?")
    assert docparse.annotate(_report("theo Nghị định 30.", cited)) == (
        '<div class="docparse" style="white-space: pre-wrap">theo '
        '<mark class="citations" data-key="bare:Nghị định 30@?" title="Nghị định · 30"'
        ' id="citations-1">Nghị định 30</mark>.</div>\n'
    )


def test_a_mention_of_which_nothing_was_read() -> None:
    assert docparse.annotate(_report("ab", _citation(0, 1))).startswith(
        '<div class="docparse" style="white-space: pre-wrap">'
        '<mark class="citations" data-key="citations-1" id="citations-1">a</mark>b'
    )


def test_a_mention_as_markdown() -> None:
    cited = _citation(5, 17, key="bare:Nghị định 30@? (x)")
    assert docparse.annotate(_report("theo Nghị định 30.", cited), format="markdown") == (
        "theo [Nghị định 30](#bare:Ngh%E1%BB%8B%20%C4%91%E1%BB%8Bnh%2030@%3F%20%28x%29)."
    )


def test_the_source_is_marked_and_not_the_repaired_text() -> None:
    text = "😀 tạị Kế hoạch số 851/KH-\r\n\r\nSCT ngày 23/02/2021."
    report = docparse.parse(text.encode(), path="a.txt", encoding="utf-8")
    read = _Reader(docparse.annotate(report))
    assert read.text == text + "\n"
    assert read.marked("state:851/KH-SCT@2021") == (
        "Kế hoạch số 851/KH-\r\n\r\nSCT ngày 23/02/2021"
    )


def test_nested_and_crossing_mentions() -> None:
    report = _report(
        "0123456789", _citation(1, 8, key="a"), _citation(3, 5, key="b"), _citation(7, 9, key="c")
    )
    read = _Reader(docparse.annotate(report))
    assert [read.marked(key) for key in "abc"] == ["1234567", "34", "78"]
    assert read.ids == ["citations-1", "citations-2", "citations-3"]
    assert docparse.annotate(report, format="markdown") == (
        "0[12](#a)[34](#b)[56](#a)[7](#c)[8](#c)9"
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\"><img src=x onerror='x'>", "&lt;"]
)
def test_nothing_becomes_markup(text: str) -> None:
    cited = _citation(0, len(text), type=text, key=text)
    for page in (False, True):
        read = _Reader(docparse.annotate(_report(text, cited), page=page))
        assert text in read.text
        assert not read.tags & {"script", "img"}
    assert "<" not in docparse.annotate(_report(text, cited), format="markdown")


def test_what_cannot_be_seen_is_spelt_out() -> None:
    report = _report("a\u202eb\x00\u200b\ud800", _citation(0, 2, type="\u202e"))
    assert _Reader(docparse.annotate(report)).text == "a[U+202E]b[U+0000][U+200B][U+D800]\n"
    assert 'title="[U+202E]"' in docparse.annotate(report)
    assert docparse.annotate(report, format="markdown").endswith(r"b\[U+0000\]\[U+200B\]\[U+D800\]")


def test_a_page_stands_alone() -> None:
    page = docparse.annotate(_report("a"), page=True)
    assert page.startswith("<!doctype html>")
    assert "<title>&lt;a&gt;.txt</title>" in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("một\nhai\n\nba\n", "một\\\nhai\n\nba\n"),
        ("- a\n+ b\n# c\n1. d\n12) e", "\\- a\\\n\\+ b\\\n\\# c\\\n1\\. d\\\n12\\) e"),
        ("a\n---\n===", "a\\\n\\---\\\n\\==="),
        ("    a", "&#32;   a"),
        ("\ta", "&#9;a"),
        ("  - a", "  \\- a"),
        ("*a* _b_ `c` ~d~ ![e](f) | $g$ @h", r"\*a\* \_b\_ \`c\` \~d\~ \!\[e\](f) \| \$g\$ \@h"),
        ("http://a www.b", r"http\://a www\.b"),
        ("a\\", r"a\\"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
    ],
)
def test_the_text_does_not_turn_into_markdown(text: str, shown: str) -> None:
    assert docparse.annotate(_report(text), format="markdown") == shown


def test_a_link_never_spans_an_empty_line() -> None:
    report = _report("số 851/KH-\n\nSCT", _citation(3, 15, key="k"))
    assert docparse.annotate(report, format="markdown") == "số [851/KH-](#k)\n\n[SCT](#k)"


def test_kinds_and_formats_have_names() -> None:
    with pytest.raises(UsageError, match="no kind of record"):
        docparse.annotate(_report("a"), kinds=("citation",))
    with pytest.raises(UsageError, match="no annotation format"):
        docparse.annotate(_report("a"), format="pdf")


def test_several_kinds() -> None:
    report = docparse.parse(b"1. Muc\ntheo Nghi dinh 30/2020/ND-CP", path="a.txt")
    shown = docparse.annotate(report, kinds=("sections", "citations", "notices"))
    assert 'class="sections" data-key="sections-1"' in shown


@st.composite
def _texts_with_places(draw: st.DrawFn) -> tuple[str, Sequence[tuple[int, int]]]:
    text = draw(st.text(st.sampled_from("ab1. \n\t*_-#[]<>&\"'`!|~=+:\\😀\u202e"), min_size=1))
    place = st.integers(0, len(text))
    places = draw(st.lists(st.tuples(place, place), max_size=4))
    return text, [(min(pair), max(pair)) for pair in places]


@given(_texts_with_places())
def test_every_character_and_every_mark_comes_back(
    case: tuple[str, Sequence[tuple[int, int]]],
) -> None:
    text, places = case
    cited = [_citation(*place, key=f"k{at}") for at, place in enumerate(places)]
    read = _Reader(docparse.annotate(_report(text, *cited)))
    assert read.text == text.replace("\u202e", "[U+202E]") + "\n"
    for at, (start, end) in enumerate(places):
        assert read.marked(f"k{at}") == text[start:end].replace("\u202e", "[U+202E]")

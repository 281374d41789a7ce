import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docparse.index.dense import compress, pack, unpack_record, unpack_source, unpack_text

TEXT = "Số: 12/KH-SCT\r\nThực hiện Kế hoạch số 899/KH-SCT\udcff\x00 😀"
_names = st.text(string.ascii_letters, min_size=1, max_size=3)


@st.composite
def _spans(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(st.integers(0, len(TEXT)))
    end = draw(st.integers(start, len(TEXT)))
    line = draw(st.integers(1, 9))
    shift = draw(st.integers(0, 50))
    return {
        "start": start + shift, "end": end, "origin_start": start, "origin_end": end,
        "page": draw(st.none() | st.integers(1, 3)), "line": line, "line_end": line + shift,
        "bbox": draw(st.none() | st.lists(st.floats(0, 9), min_size=4, max_size=4)),
        "quote": TEXT[start:end],
    }  # fmt: skip


_leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | _spans()
_values = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(_names, inner, max_size=3)
        | st.integers(0, 4).flatmap(
            lambda n: st.lists(st.fixed_dictionaries({"a": inner}), max_size=n)
        )
    ),
    max_leaves=20,
)


@given(_values)
def test_any_record_comes_back(record: Any) -> None:
    packed = compress(pack(TEXT, [[0], [1], ["x"]], record))
    assert unpack_record(packed) == record
    assert unpack_text(packed) == (TEXT, [[0], [1], ["x"]])
    assert unpack_source(packed) == TEXT


@given(st.text(max_size=300))
def test_any_text_comes_back(text: str) -> None:
    assert unpack_source(compress(pack(text, [], None))) == text

"""CSV that a spreadsheet opens: no cell is a formula, and every text can be had back."""

import csv
import io
import re

from hypothesis import example, given
from hypothesis import strategies as st

from docparse.indexing.printing import csv_lines

SIGNS = "=+-@\t\r＝＋－＠"
_cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.tuples(
        st.sampled_from(["", "'", "''", " ", "\n"]),
        st.sampled_from(SIGNS),
        st.text("1A(!'", max_size=5),
    ).map("".join),
    st.integers().map(str),
)  # fmt: skip


@given(st.lists(_cells, min_size=1, max_size=4))
@example(
    ["=1+1", "'=1+1", "-15", "-15 hồ sơ", "@SUM(A1)", "\t=1", " =1", "+84", "- Tổ chức", "--05-12"]
)
def test_no_cell_is_a_formula_and_no_text_is_lost(cells: list[str]) -> None:
    made = "".join(csv_lines(["a"] * len(cells), [cells]))
    _, row = csv.reader(io.StringIO(made, newline=""))
    for cell, words in zip(row, cells, strict=True):
        assert re.fullmatch(r"-?[0-9]+([.][0-9]+)?", cell) or cell.strip()[:1] not in {*SIGNS}
        assert (cell[1:] if re.match(rf"'+\s*[{re.escape(SIGNS)}]", cell) else cell) == words

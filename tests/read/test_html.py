import pytest

from docparse.errors import EmptyError
from docparse.models import Source
from docparse.read import read
from docparse.read.html import read_html

PORTAL = """
<!DOCTYPE html><html><head><title>Thư viện</title><style>p {}</style></head><body>
<header><a href=/>Trang chủ</a></header>
<div class="top-menu"><ul><li><a>Văn bản</a></li><li><a>Tin tức</a></li></ul></div>
<div id="content">
<table border=0><tr><td>UBND TỈNH A<br>SỞ CÔNG THƯƠNG<br>-------<br>Số: 12/KH-SCT</td>
<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>-------</td></tr></table>
<p align=center><b>KẾ HOẠCH</b></p>
<p>Căn cứ <a href="x">Quyết định số
   15/QĐ-UBND</a> ngày 02/3/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch;</p>
<p style="display:none">ẩn</p>
<table border=1><tr><th rowspan=2>STT<th colspan=2>Hồ sơ<tr><th>Số<th>Tỷ lệ<tr><td>1<td>16.075
<td>98,94%</table>
<ol><li>một</li><li>hai</li></ol>
<script>alert("x")</script>
</div>
<div class=related><a>Nghị định 30</a></div>
<ul>{links}</ul>
<footer>Bản quyền © 2021</footer></body></html>
""".replace("{links}", "".join(f"<li><a>Văn bản liên quan số {n}</a></li>" for n in range(9)))


def _read(page: str) -> Source:
    return read_html(page.encode(), path="a.html")


def test_a_page_of_a_portal() -> None:
    source = _read(PORTAL)
    lines = [line for line in source.text.split("\n") if line]
    assert lines[0].startswith("UBND TỈNH A    ")
    assert lines[0].endswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert lines[4:] == [
        "KẾ HOẠCH",
        "Căn cứ Quyết định số 15/QĐ-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh về việc ban hành"
        " Kế hoạch;",
        "STT\tHồ sơ\t", "\tSố\tTỷ lệ", "1\t16.075\t98,94%", "1. một", "2. hai",
    ]  # fmt: skip
    (grid,) = source.grids
    assert [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells[:2]] == [
        (0, 0, 2, 1), (0, 1, 1, 2),
    ]  # fmt: skip
    (notice,) = source.notices
    assert notice.code == "web-furniture"


def test_most_of_a_page_is_never_furniture() -> None:
    assert "Kính gửi" in _read("<html><div class=menu>Kính gửi: Sở Công Thương</div>").text
    links = "".join(f"<li><a>Kế hoạch số {n}</a>" for n in range(9))
    assert "Kế hoạch số 8" in _read(f"<html><ul>{links}</ul>").text


def test_a_table_that_holds_tables_is_a_layout() -> None:
    inner = "<table border=1><tr><td>a<td>b<tr><td>c<td>d</table>"
    source = _read(f"<html><table><tr><td>{inner}<td>bên cạnh</table>")
    assert len(source.grids) == 1
    assert source.text.endswith("bên cạnh\n")


def test_spans_to_the_end_and_nonsense() -> None:
    source = _read("<html><table border=1><tr><td rowspan=0>a<td colspan=x>b<tr><td>c</table>")
    cells = [(c.row, c.column, c.row_span, c.column_span) for c in source.grids[0].cells]
    assert cells == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


@pytest.mark.parametrize(
    "page",
    [
        "<html><font face='.VnTimeH'>Céng hoµ</font> <font face='Times'>Việt Nam</font>".encode(),
        "<html><p style='font-family:.VnTimeH'>Céng hoµ <span style='font-family: Arial'>"
        "Việt Nam".encode(),
    ],
)
def test_old_fonts(page: bytes) -> None:
    source = read_html(page, path="a.html")
    assert (source.text, source.encoding) == ("CỘNG HOÀ Việt Nam\n", "tcvn3")


def test_old_encodings_of_whole_pages() -> None:
    words = "<html><p>Thực hiện Kế hoạch của Sở Công Thương"
    assert "Kế hoạch" in read_html(words.encode("utf-16"), path="a.html").text
    old = "<html><p>Thùc hiÖn KÕ ho¹ch cña Së C«ng Th\xad¬ng".encode("latin-1")
    assert read_html(old, path="a.html").text == "Thực hiện Kế hoạch của Sở Công Thương\n"
    declared = "<html><meta charset=windows-1258><p>Hà Nội".encode("cp1258", "ignore")
    assert read_html(declared, path="a.html").text.startswith("Hà N")
    assert read_html(old, path="a.html", encoding="tcvn3").text.endswith("Thương\n")


def test_a_page_without_words() -> None:
    with pytest.raises(EmptyError):
        _read("<html><script>x</script>")


def test_pages_are_read_in_a_cage() -> None:
    assert read(b"<html><p>So: 12", path="a.txt").format == "html"

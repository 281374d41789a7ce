import pytest

from docparse.errors import EmptyError, FormatError
from docparse.models import Source
from docparse.read.docx import read_docx
from docparse.repair.characters import repair_characters
from tests.read.making import SAMPLES, docx, p, pack, part, r, relations, tbl, tc


def _read(body: str, parts: dict[str, str | bytes] | None = None) -> Source:
    return read_docx(docx(body, parts), path="a.docx")


def _text(body: str, parts: dict[str, str | bytes] | None = None) -> str:
    return _read(body, parts).text.strip("\n")


def _codes(source: Source) -> list[str]:
    return [notice.code for notice in source.notices]


def _grid(source: Source) -> list[tuple[int, int, int, int, str]]:
    (grid,) = source.grids
    return [
        (cell.row, cell.column, cell.row_span, cell.column_span, source.text[cell.start : cell.end])
        for cell in grid.cells
    ]


# Paragraphs


def test_paragraphs_breaks_and_tabs() -> None:
    assert _text(p("Số: 12") + p("") + p("") + p("a")) == "Số: 12\n\na"
    run = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/></w:r>"
    assert _text(p(run)) == "a\nb    c-"


def test_pages_are_set_apart() -> None:
    hard = '<w:r><w:br w:type="page"/></w:r>'
    assert _text(p("một", hard, "hai")) == "một\n\fhai"
    assert _text(p("một") + p("hai", props="<w:pageBreakBefore/>")) == "một\n\fhai"
    section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
    assert _text(p("một", props=section) + p("hai")) == "một\n\fhai"
    same = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    assert _text(p("một", props=same) + p("hai")) == "một\nhai"


def test_a_page_that_word_broke_inside_a_paragraph_cuts_no_sentence() -> None:
    turned = "<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>"
    assert _text(p("một ", turned) + p("ba")) == "một hai\n\fba"


def test_links_fields_and_wrappers_are_read_through() -> None:
    link = f'<w:hyperlink r:id="rId9">{r("Nghị định 30")}</w:hyperlink>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Bảng 1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtContent>{r('Sở')}</w:sdtContent></w:sdt>"
    assert _text(p(link, " ", field, " ", control)) == "Nghị định 30 Bảng 1 Sở"


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = p(
        "có ", f"<w:ins>{r('mới ')}</w:ins>", "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    )
    joined = p("đầu ", props="<w:rPr><w:del/></w:rPr>") + p("cuối")
    source = _read(body + joined)
    assert source.text == "có mới\nđầu cuối\n"
    (notice,) = source.notices
    assert (notice.code, dict(notice.values)) == (
        "tracked-changes",
        {"inserted": "1", "deleted": "1"},
    )


def test_moved_text_stands_where_it_went() -> None:
    body = p(f"<w:moveFrom>{r('dời')}</w:moveFrom>", "ở lại") + p(
        f"<w:moveTo>{r('dời')}</w:moveTo>"
    )
    assert _text(body) == "ở lại\ndời"


def test_hidden_text_is_not_read_and_said() -> None:
    source = _read(p("thấy", r("ẩn", props="<w:vanish/>")))
    assert (source.text, _codes(source)) == ("thấy\n", ["hidden-text"])


def test_capitals_that_the_page_shows() -> None:
    assert _text(p(r("báo cáo", props="<w:caps/>"), r(" nhỏ"))) == "BÁO CÁO nhỏ"


def test_text_boxes_once_behind_their_paragraph() -> None:
    content = f"<w:txbxContent>{p('Ô số 1')}{p('Ô số 2')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx>"
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert _text(p("trước", shape) + p("sau")) == "trước\nÔ số 1\nÔ số 2\nsau"
    old = f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>"
    assert _text(p(old)).split("\n") == ["Ô số 1", "Ô số 2"]


def test_notes_stand_at_the_end() -> None:
    notes = part("footnotes", f'<w:footnote w:id="2">{p("Theo Quyết định 12")}</w:footnote>')
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    parts: dict[str, str | bytes] = {
        "word/footnotes.xml": notes,
        "word/_rels/document.xml.rels": relations(("rId1", "footnotes", "footnotes.xml")),
    }
    assert (
        _text(p("đạt 98%", mark, ".") + p("Hết"), parts)
        == "đạt 98%[1].\nHết\n[1] Theo Quyết định 12"
    )


def test_headers_once_at_the_end_and_letterheads_on_top() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relations(("rId1", "header", "header1.xml")),
    }
    parts["word/header1.xml"] = part("hdr", p("CÔNG BÁO"))
    assert _text(p("Điều 1") + section, parts) == "Điều 1\nCÔNG BÁO"
    parts["word/header1.xml"] = part("hdr", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert _text(p("Điều 1") + section, parts).endswith("NAM\nĐiều 1")


def test_numbers_of_pages_are_no_text() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>16</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _text(p("Trang ", field, "cuối")) == "Trang cuối"


def test_numbering_as_printed() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(
            [("upperRoman", "%1."), ("decimal", "%2.%3"), ("lowerLetter", "%3)")]
        )
    ).replace("%2.%3", "%2.")
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>',
    )

    def item(text: str, level: int) -> str:
        props = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
        return p(text, props=props)

    body = item("A", 0) + item("B", 1) + item("C", 2) + item("D", 2) + item("E", 1) + item("F", 0)
    body += item("", 0) + item("G", 1)
    parts: dict[str, str | bytes] = {
        "word/numbering.xml": numbering,
        "word/_rels/document.xml.rels": relations(("rId1", "numbering", "numbering.xml")),
    }
    assert _text(body, parts).replace("\n\n", "\n").split("\n") == [
        "I. A", "1. B", "a) C", "b) D", "2. E", "II. F", "1. G",
    ]  # fmt: skip


# Tables


def test_spans_and_no_copied_text() -> None:
    source = _read(
        p("Kết quả:")
        + tbl(
            tc("STT", merge="restart") + tc("Hồ sơ", span=2),
            tc("", merge="continue") + tc("Số") + tc("Tỷ lệ"),
            tc("1") + tc("16.075") + tc("98,94%"),
        )
        + p("Hết")
    )
    assert _grid(source) == [
        (0, 0, 2, 1, "STT"), (0, 1, 1, 2, "Hồ sơ"),
        (1, 1, 1, 1, "Số"), (1, 2, 1, 1, "Tỷ lệ"),
        (2, 0, 1, 1, "1"), (2, 1, 1, 1, "16.075"), (2, 2, 1, 1, "98,94%"),
    ]  # fmt: skip
    assert source.text == "Kết quả:\n\nSTT\tHồ sơ\t\n\tSố\tTỷ lệ\n1\t16.075\t98,94%\n\nHết\n"
    grid = source.grids[0]
    assert source.text[grid.start : grid.end].count("\n") == 2


def test_the_lines_of_a_cell_are_one() -> None:
    source = _read(tbl(tc(p("- một.") + p("- hai.")) + tc("x"), tc("a") + tc("b")))
    assert _grid(source)[0][4] == "- một. - hai."


def test_a_table_in_a_cell_is_words_of_the_cell() -> None:
    inner = tbl(tc("a") + tc("b"))
    source = _read(tbl(tc(inner + p("c")) + tc("d"), tc("e") + tc("f")))
    assert [cell[4] for cell in _grid(source)] == ["a b c", "d", "e", "f"]


def test_edges_that_nearly_meet_are_one() -> None:
    grid = (
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in (900, 15, 900)) + "</w:tblGrid>"
    )
    rows = (tc("a", span=2) + tc("b"), tc("c") + tc("d", span=2))
    body = tbl(*rows).replace("</w:tblPr>", f"</w:tblPr>{grid}")
    assert [cell[1:4] for cell in _grid(_read(body))] == [(0, 1, 1), (1, 1, 1)] * 2


def test_rows_that_were_deleted_are_gone() -> None:
    rows = tbl(
        tc("a") + tc("b"), "<w:trPr><w:del/></w:trPr>" + tc("x") + tc("y"), tc("c") + tc("d")
    )
    assert [cell[4] for cell in _grid(_read(rows))] == ["a", "b", "c", "d"]


def test_a_letterhead_stands_side_by_side() -> None:
    left = p("UBND TỈNH A") + p("SỞ CÔNG THƯƠNG") + p("") + p("Số: 12/KH-SCT")
    right = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")
    source = _read(tbl(tc(left) + tc(right), ruled=False) + p("KẾ HOẠCH"))
    assert source.grids == ()
    lines = source.text.split("\n")
    assert [line.split("   ")[0] for line in lines[:3]] == [
        "UBND TỈNH A",
        "SỞ CÔNG THƯƠNG",
        "Số: 12/KH-SCT",
    ]
    assert [line.split("   ")[-1].strip() for line in lines[:2]] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip


def test_a_signature_stands_column_by_column() -> None:
    left = p("Nơi nhận:") + p("- Các bộ,") + p("cơ quan ngang bộ;") + p("- Lưu: VT.")
    right = p("TM. CHÍNH PHỦ") + p("THỦ TƯỚNG") + p("") + p("Lê Văn An")
    source = _read(tbl(tc(left) + tc(right), ruled=False))
    assert source.text.split("\n")[2:6] == [
        "cơ quan ngang bộ;", "- Lưu: VT.", "TM. CHÍNH PHỦ", "THỦ TƯỚNG",
    ]  # fmt: skip


def test_one_column_is_no_table() -> None:
    source = _read(tbl(tc("Lưu ý"), tc("Hạn nộp")))
    assert (source.text, source.grids) == ("Lưu ý\nHạn nộp\n", ())


def test_a_table_wider_than_word_allows_is_refused() -> None:
    with pytest.raises(FormatError) as error:
        _read(tbl(tc("a", span=100_000_000)))
    assert error.value.code == "table-too-wide"


# Old fonts


def test_old_fonts_run_by_run() -> None:
    body = p(r("Céng hoµ ", ".VnTimeH"), r("x· héi", ".VnTime"), r(" Việt Nam", "Times New Roman"))
    body += p(r("Coäng hoøa", "VNI-Times"), r(" Vi\xaet", "VI Times"))
    source = _read(body)
    assert source.text == "CỘNG HOÀ xã hội Việt Nam\nCộng hòa Việt\n"
    assert source.encoding == "tcvn3+vni+viscii"
    assert _codes(source) == ["legacy-encoding"]


def test_a_letter_cut_by_a_run_is_whole() -> None:
    assert _text(p(r("Vie", "VNI-Times"), r("ät Nam", "VNI-Times"))) == "Việt Nam"


def test_an_optional_hyphen_is_a_letter_of_tcvn3() -> None:
    props = '<w:rFonts w:ascii=".VnTime"/>'
    run = f"<w:r><w:rPr>{props}</w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>íc, mÆt trËn</w:t></w:r>"
    assert _text(p(run)) == "trước, mặt trận"
    plain = _text(p("<w:r><w:t>Công</w:t><w:softHyphen/><w:t>báo</w:t></w:r>"))
    assert [edit[3] for edit in repair_characters(plain)] == ["soft-hyphen"]


def test_unicode_under_an_old_font_stays() -> None:
    body = p(r("Quyết định của Sở Công Thương", ".VnTime")) + p(r("Hà Nội", ".VnTime"))
    assert _text(body) == "Quyết định của Sở Công Thương\nHà Nội"


def test_fonts_of_styles_and_defaults() -> None:
    styles = part(
        "styles",
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr>'
        "</w:style>",
    )
    parts: dict[str, str | bytes] = {"word/styles.xml": styles}
    body = p("QuyÕt ®Þnh", props='<w:pStyle w:val="H"/>') + p("ViÖt Nam")
    assert _text(body, parts) == "QUYẾT ĐỊNH\nViệt Nam"


def test_old_letters_whose_font_was_changed() -> None:
    body = p("Thùc hiÖn KÕ ho¹ch cña Së C«ng Th\xad¬ng") + p("B¸o c¸o kÕt qu¶ th¸ng 6")
    assert _text(body) == "Thực hiện Kế hoạch của Sở Công Thương\nBáo cáo kết quả tháng 6"


# What lies around the text


def test_outside_references_and_macros_are_said() -> None:
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relations(
            ("rId1", "hyperlink", "https://example.org"),
            ("rId2", "image", "http://192.0.2.1/x.png"),
            ("rId3", "attachedTemplate", "file:///x.dotm"),
            outside=("rId1", "rId2", "rId3"),
        ),
        "word/vbaProject.bin": b"x",
        "word/embeddings/oleObject1.bin": b"x",
    }
    source = _read(p("Số: 12"), parts)
    assert _codes(source) == ["external-references", "macros", "embedded-objects"]
    assert dict(source.notices[0].values)["count"] == "2"


def test_fields_that_fetch_are_said() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>INCLUDETEXT "http://192.0.2.1/x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _codes(_read(p("Số: 12", field))) == ["external-references"]


def test_parts_of_other_files_are_said() -> None:
    assert _codes(_read(p("Số: 12") + '<w:altChunk r:id="rId1"/>')) == ["parts-not-read"]


def test_a_file_of_pictures_says_so() -> None:
    picture = '<w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r>'
    with pytest.raises(EmptyError) as error:
        _read(p(picture))
    assert error.value.code == "only-pictures"
    assert _codes(_read(p(picture, "Trang 1"))) == ["pictures-not-read"]


def test_an_empty_document() -> None:
    with pytest.raises(EmptyError) as error:
        _read(p(""))
    assert error.value.code == "blank-file"


def test_a_file_cut_before_its_first_word_is_damaged_not_blank() -> None:
    document = part("document", f"<w:body>{p('một')}</w:body>")
    with pytest.raises(FormatError) as error:
        read_docx(pack({"word/document.xml": document[: document.index("một")]}), path="a.docx")
    assert error.value.code == "damaged-file"


@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_what_is_left_of_a_damaged_file_is_kept(keep: float) -> None:
    body = "".join(p(f"Dòng số {number} của báo cáo {number * 7919}") for number in range(2000))
    data = docx(body)
    source = read_docx(data[: int(len(data) * keep)], path="a.docx")
    assert source.text.startswith("Dòng số 0 của")
    assert len(source.text.split("\n")) > 2000 * keep * 0.8
    assert _codes(source) == ["damaged-kept"]


def test_damage_inside_a_part_costs_only_what_it_hits() -> None:
    body = "".join(p(f"Dòng số {number} của báo cáo {number * 7919}") for number in range(2000))
    data = bytearray(docx(body))
    data[len(data) * 3 // 4] ^= 0xFF
    source = read_docx(bytes(data), path="a.docx")
    assert source.text.startswith("Dòng số 0 của")
    assert len(source.text.split("\n")) > 1000
    assert _codes(source) == ["damaged-kept"]


def test_damage_in_the_names_of_namespaces() -> None:
    document = part("document", f"<w:body>{p('một')}</w:body>").replace('xmlns:r="', 'xmlns:="', 1)
    source = read_docx(pack({"word/document.xml": document}), path="a.docx")
    assert (source.text, _codes(source)) == ("một\n", ["damaged-kept"])


def test_xml_that_breaks_off_is_kept_up_to_there() -> None:
    document = part("document", f"<w:body>{p('một')}{p('hai')}</w:body>")
    data = pack({"word/document.xml": document[: document.index("hai") + 3]})
    source = read_docx(data, path="a.docx")
    assert (source.text, _codes(source)) == ("một\nhai\n", ["damaged-kept"])


def test_the_strict_variant() -> None:
    data = docx(p("Số: 12"))
    document = part("document", f"<w:body>{p('Số: 12')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = pack({"word/document.xml": document})
    assert read_docx(strict, path="a.docx").text == read_docx(data, path="a.docx").text


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_shared_samples() -> None:
    party = read_docx((SAMPLES / "party_36hd_vptw_2018.docx").read_bytes(), path="a.docx")
    first, *_ = party.text.split("\n")
    assert first.split("   ")[0] == "BAN CHẤP HÀNH TRUNG ƯƠNG"
    assert first.endswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    (grid,) = party.grids
    assert max(cell.column + cell.column_span for cell in grid.cells) == 6
    decree = read_docx((SAMPLES / "nd30_2020.docx").read_bytes(), path="a.docx")
    assert decree.notices == ()
    assert decree.text.count("Điều 1.") >= 1

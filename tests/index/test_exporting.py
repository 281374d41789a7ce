import csv
import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from docparse.errors import UsageError
from docparse.indexing.collection import Index
from docparse.render.stored import read_report

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def _text(index: Index, form: str, table: str = "citations") -> str:
    made = index.export(form, table=table)
    assert not isinstance(made, bytes)
    return "".join(made)


def _bytes(index: Index, form: str, table: str = "citations") -> bytes:
    made = index.export(form, table=table)
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def odd(index: Index, folder: Path) -> Index:
    """With words that other programs take for something else."""
    text = 'Số: 5/BC-SCT\n=HYPERLINK("http://x") Theo Kế hoạch số 77/KH-SCT về\n"<&>" \x07 - một.\n'
    (folder / "a=b & c.txt").write_text(text, encoding="utf-8")
    index.add(folder)
    return index


@pytest.mark.parametrize("table", ["reports", "citations", "documents", "figures", "files"])
def test_no_format_loses_a_row(odd: Index, table: str) -> None:
    frame = odd.frame(table)
    assert len(frame) > 2
    rows = list(csv.reader(io.StringIO(_text(odd, "csv", table), newline="")))
    assert rows[0] == list(frame.columns)
    assert [row[0] for row in rows[1:]] == list(frame.iloc[:, 0])
    sheet = openpyxl.load_workbook(io.BytesIO(_bytes(odd, "xlsx")))[table]
    assert [row[0].value for row in sheet.iter_rows()] == [
        rows[0][0],
        *(row[0] for row in rows[1:]),
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("table", ["reports", "citations", "documents", "figures", "files"])
def test_parquet_gives_the_frame_back(odd: Index, table: str) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    frame = odd.frame(table)
    again = pd.read_parquet(io.BytesIO(_bytes(odd, "parquet", table)))
    assert list(again.columns) == list(frame.columns)
    assert again.iloc[:, 0].tolist() == frame.iloc[:, 0].tolist()


def test_a_library_that_is_missing_is_named(odd: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, form in (("pyarrow", "parquet"), ("xlsxwriter", "xlsx")):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(UsageError) as error:
            odd.export(form)
        assert "pip install" in error.value.sentence("en")


def test_jsonl_holds_every_record_of_the_contract(odd: Index) -> None:
    records = [json.loads(line) for line in _text(odd, "jsonl").splitlines()]
    assert len(records) == 4
    for record in records:
        assert read_report(record).source.sha256 == record["source"]["sha256"]


def test_the_network_has_every_citation_as_an_edge(odd: Index) -> None:
    tree = ElementTree.fromstring(_text(odd, "graphml"))
    nodes = [node.attrib["id"] for node in tree.iter(f"{NAMESPACE}node")]
    edges = [
        (edge.attrib["source"], edge.attrib["target"]) for edge in tree.iter(f"{NAMESPACE}edge")
    ]
    assert len(nodes) == len(set(nodes))
    assert {name for edge in edges for name in edge} <= set(nodes)
    cited = odd.frame("citations")
    assert len(edges) == cited["key"].notna().sum()
    first = "state:45/BC-SCT@2021~Bình Lâm"
    assert ("state:88/BC-SCT@2021~Bình Lâm", first) in edges
    assert (first, "state:899/KH-SCT@2021~Bình Lâm") in edges


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # what rdflib itself uses
def test_linked_data_says_the_same_in_both_forms(odd: Index) -> None:
    rdflib = pytest.importorskip("rdflib")
    turtle = rdflib.Graph().parse(data=_text(odd, "turtle"), format="turtle")
    references = rdflib.URIRef("http://purl.org/dc/terms/references")
    cited = odd.frame("citations")
    pairs = cited[cited["key"].notna()].drop_duplicates(["report", "key"])
    assert len(list(turtle.subject_objects(references))) == len(pairs)
    whole = json.loads(_text(odd, "jsonld"))
    assert set(whole) == {"@context", "@graph"}
    linked = rdflib.Graph().parse(data=_text(odd, "jsonld"), format="json-ld")
    assert {*linked} == {*turtle}
    listed = sum(len(thing.get("references", ())) for thing in whole["@graph"])
    assert listed == len(pairs)


def test_what_is_not_known_is_said(odd: Index) -> None:
    for form, table in (("doc", "citations"), ("csv", "no-table"), ("xlsx", "no-table")):
        with pytest.raises(UsageError) as error:
            list(odd.export(form, table=table))
        assert error.value.code == "index-unknown-kind"


def test_an_empty_index_is_exported_too(index: Index) -> None:
    for form in ("csv", "jsonl", "graphml", "turtle", "jsonld"):
        _text(index, form)
    assert _bytes(index, "xlsx")


def test_a_report_without_its_place_is_the_document_that_others_cite(
    index: Index, tmp_path: Path
) -> None:
    """Its own number says less than the citations of it: still one node, and one thing."""
    (tmp_path / "own.txt").write_text(
        "Số: 5/BC-SCT\n\nNgày 10 tháng 01 năm 2022\n\nBÁO CÁO\nKết quả\n", "utf-8"
    )
    head = (
        "UBND TỈNH BÌNH LÂM\nSỞ CÔNG THƯƠNG\n\nSố: 9/BC-SCT\tBình Lâm, ngày 05 tháng 4 năm 2022\n\n"
    )
    (tmp_path / "other.txt").write_text(
        head + "Theo Báo cáo số 5/BC-SCT ngày 10/01/2022.\n", "utf-8"
    )
    index.add(tmp_path / "own.txt", tmp_path / "other.txt")
    [cited] = index.find_cites("other.txt")
    tree = ElementTree.fromstring(_text(index, "graphml"))
    nodes = [node.attrib["id"] for node in tree.iter(f"{NAMESPACE}node")]
    assert sorted(nodes).count(cited.key) == 1
    assert len(nodes) == 2
    assert len(json.loads(_text(index, "jsonld"))["@graph"]) == 2
    assert index.find_missing(reports=1) == []

"""Full text answers alike in both databases, whatever each makes of words itself."""

from collections.abc import Iterator

import pytest

from docparse.index.codedtext import CODES, chr_of
from docparse.index.fold import both_forms, forms
from docparse.index.fulltext import Column, Piece, Term
from docparse.index.store import Store

PIECES = {
    1: "Kế hoạch cải cách hành chính năm 2023",
    2: "cải cách thủ tục hành chính ở miền nam",
    3: "Quyết định số 12/QĐ-UBND của tỉnh Đồng Nai, hoà bình",
    4: "chính sách hành nghề, hành chính hành chính hành chính",
    5: "ngày 12 tháng 3, QĐ khác của UBND",
}
ASKED: tuple[tuple[list[tuple[str, ...]], Column, set[int]], ...] = (
    ([("hanh",), ("chinh",)], "folded", {1, 2, 4}),
    ([("hành",), ("chính",)], "exact", {1, 2, 4}),
    ([("cải", "cách", "hành", "chính")], "exact", {1}),
    ([("cai", "cach", "hanh", "chinh")], "folded", {1}),
    ([("chinh", "hanh")], "folded", {4}),
    ([("nam",)], "folded", {1, 2}),
    ([("nam",)], "exact", {2}),
    ([("12", "qd", "ubnd")], "folded", {3}),
    ([("12",), ("qd",), ("ubnd",)], "folded", {3, 5}),
    ([("hoa",), ("dong", "nai")], "folded", {3}),
    ([("khong",)], "folded", set()),
    ([("hanh",), ("khong",)], "folded", set()),
    ([("hanh", "khong")], "folded", set()),
)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store(url, create=True)
    with made.writing() as connection:
        made.text.add(connection, "passages", _pieces(*PIECES))
    yield made
    made.close()


def _pieces(*numbers: int) -> list[Piece]:
    return [Piece(number, *both_forms(PIECES[number])) for number in numbers]


def _find(store: Store, terms: list[Term], column: Column = "folded", limit: int = 20) -> list[int]:
    with store.reading() as connection:
        return store.text.find(connection, "passages", terms, column, limit)


@pytest.mark.parametrize(("words", "column", "expected"), ASKED)
def test_words_and_phrases(
    store: Store, words: list[tuple[str, ...]], column: Column, expected: set[int]
) -> None:
    form = ("exact", "folded").index(column)
    terms = [Term(words=tuple(forms(word)[form] for word in each)) for each in words]
    assert set(_find(store, terms, column)) == expected
    with store.reading() as connection:
        counts = store.text.counts(connection, "passages", [terms, terms], column, 2)
    assert counts == [min(2, len(expected))] * 2


def test_one_of_several_words(store: Store) -> None:
    terms = [Term(words=("nai", "mien", "khong"), any_of=True)]
    assert set(_find(store, terms)) == {2, 3}


def test_the_piece_that_is_most_about_it_comes_first(store: Store) -> None:
    assert _find(store, [Term(words=("hanh",)), Term(words=("chinh",))])[0] == 4


def test_where_too_many_are_found_the_newest_come_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("codedtext", "fulltext"):
        monkeypatch.setattr(f"docparse.index.{module}.RANKED", 2)
    assert _find(store, [Term(words=("hanh",))], limit=2) == [4, 2]


def test_what_was_taken_out_is_not_found(store: Store) -> None:
    with store.writing() as connection:
        store.text.remove(connection, "passages", _pieces(1, 4))
    assert _find(store, [Term(words=("hanh",))]) == [2]


def test_letters_are_never_an_expression(url: str) -> None:
    store = Store(url, create=True)
    words = " ".join(f"tu{number}" for number in range(300))
    with store.writing() as connection:
        store.text.add(connection, "passages", [Piece(7, words, words)])
    for number in (0, 1, 31, 63, 299):
        assert _find(store, [Term(words=(f"tu{number}",))]) == [7]
    assert _find(store, [Term(words=("tu5", "tu6", "tu7"))]) == [7]
    assert _find(store, [Term(words=("tu5", "tu7"))]) == []
    store.close()


def test_every_number_of_a_word_is_a_character_that_can_be_kept() -> None:
    for number in (0, 1919, 1920, 55_167, 55_168, 65_000, CODES - 1, CODES, 3_000_000):
        assert chr_of(number).encode("utf-8")
    made = {chr_of(number) for number in range(CODES)}
    assert len(made) == CODES
    assert not made & {*"\0[]\\^-"}  # they would be no letters in a class of an expression
    assert chr_of(CODES) == chr_of(0)

"""What rows keep in few bytes comes back from the views as it was written, in both databases."""

from itertools import product

import pytest

from docparse.index import schema
from docparse.index.bulk import add_rows
from docparse.index.narrow import date_number, kept_number, written_number
from docparse.index.rows import written
from docparse.index.store import Store
from docparse.models import Date

_KEYS = (
    None,
    "state:899/KH-SCT@2021~Bình Lâm",
    "legal:12/2020/TT-BGTVT@?",
    "law:đầu tư@2020",
    "bare:Nghị định 30@?",
    "@:a",
    "a@b:c@d",
    "a:b:c@2020",
    "other",
    ":",
    "a:@2020",
    "x:100%@2020",
)
_NUMBERS = (
    None, "899/KH-SCT", "899/kh-sct", "12/2020/TT-BGTVT", "đầu tư", "Nghị định 30", "", "a", "b",
    "c", "b:c", "100%",
)  # fmt: skip
_PARTS = (None, 0, 1, 12, 31, 99)
_DATES = [
    Date(year=year, month=month, day=day)
    for year, month, day in product((None, 1, 987, 2023, 9999), _PARTS, _PARTS)
]


def _written(
    store: Store, rows: list[tuple[str | None, str | None, int | None]]
) -> list[tuple[str | None, str | None]]:
    """What the view has of mentions with these keys, kept numbers and dates."""
    keys = {key: place for place, (key, *_) in enumerate(rows, 1) if key is not None}
    report = dict.fromkeys(schema.reports.c.keys(), "") | {"id": 1, "characters": 0, "sketch": b""}
    with store.writing() as connection:
        connection.execute(schema.reports.insert().values(report))
        for key, number in keys.items():
            document = {"id": number, "key": key, "family": "", "codes": ""}
            connection.execute(schema.documents.insert().values(document))
        made = [
            (1, place, keys.get(key), *[None] * 4, date, *[None] * 4, False, number)
            for place, (key, number, date) in enumerate(rows)
        ]
        add_rows(connection, schema.mention_rows, made)
        views = schema.mentions.c
        asked = schema.mentions.select().order_by(views.place)
        return [(row.number, row.date) for row in connection.execute(asked)]


def test_numbers_come_back_whatever_the_key_is(url: str) -> None:
    pairs = list(product(_KEYS, _NUMBERS))
    store = Store(url, create=True)
    found = _written(store, [(key, kept_number(number, key), None) for key, number in pairs])
    store.close()
    assert found == [(number or None, None) for _, number in pairs]


def test_a_number_that_its_key_says_is_not_kept_twice() -> None:
    assert kept_number("899/KH-SCT", _KEYS[1]) is None
    assert kept_number(None, _KEYS[1]) == ""


def test_dates_come_back_whatever_is_missing_of_them(url: str) -> None:
    store = Store(url, create=True)
    found = _written(store, [(None, None, date_number(date)) for date in _DATES])
    store.close()
    assert [date for _, date in found] == [written(date) for date in _DATES]


@pytest.mark.parametrize("date", _DATES)
def test_a_date_has_one_number_however_it_is_given(date: Date) -> None:
    assert written_number(written(date)) == date_number(date)

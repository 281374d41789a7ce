import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from docparse.errors import UsageError
from docparse.index import steps
from docparse.index.fulltext import FullText
from docparse.index.store import Store, read_url
from docparse.indexing.collection import Index


def _code(url: str, *, create: bool = False) -> str:
    with pytest.raises(UsageError) as error:
        Store(url, create=create)
    assert error.value.sentence("en")
    assert error.value.sentence("vi")
    return error.value.code


def test_an_index_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert _code(str(tmp_path / "a.db")) == "index-missing"
    assert _code(str(tmp_path / "no/a.db"), create=True) == "index-no-folder"
    assert not (tmp_path / "a.db").exists()


def test_what_is_no_index_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("Báo cáo" * 500, encoding="utf-8")
    assert _code(str(tmp_path / "a.db"), create=True) == "index-not-a-database"
    sqlite3.connect(tmp_path / "b.db").close()
    (tmp_path / "b.db").touch()
    assert _code(str(tmp_path / "b.db")) == "index-empty"


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite://", "http://x", "postgresql+", "a://b:c"])
def test_what_is_no_url_is_said(url: str) -> None:
    with pytest.raises(UsageError) as error:
        read_url(url if "://" in url else f"{url}://")
    assert error.value.code == "index-bad-url"


def test_a_password_is_never_shown() -> None:
    assert _code("postgresql://me:geheim@localhost:1/none", create=True) == "index-unreachable"
    with pytest.raises(UsageError) as error:
        Store("postgresql://me:geheim@localhost:1/none", create=True)
    assert "geheim" not in error.value.sentence("en")


def test_a_newer_index_is_refused(url: str) -> None:
    store = Store(url, create=True)
    with store.writing() as connection:
        connection.execute(text("update meta set value = '99' where name = 'version'"))
    store.close()
    assert _code(url) == "index-newer"


def test_an_older_index_takes_the_steps_that_it_lacks(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index(url) as index:
        index.add(folder)

    def another(connection: Connection, _: FullText) -> None:
        connection.execute(text("alter table reports add column shelf text"))

    monkeypatch.setattr(steps, "STEPS", (*steps.STEPS, another))
    monkeypatch.setattr(steps, "VERSION", steps.VERSION + 1)
    for _ in range(2):
        with Index(url, create=False) as index:
            with index.store.reading() as connection:
                columns = [one["name"] for one in inspect(connection).get_columns("reports")]
                assert steps.version_of(connection) == len(steps.STEPS)
            assert "shelf" in columns
            assert len(index.find_cited_by("12/QĐ-UBND")) == 2


# What differed in the second version: four tables instead of views.
_SECOND = """
create table old_mentions as select * from mentions;
create table old_figures as select * from figures;
create table old_tables as select * from tables;
create table old_notices as select * from notices;
drop view cited; drop view measured;
drop view mentions; drop view figures; drop view tables; drop view notices;
drop table mention_rows; drop table details; drop index ix_aliases_evidence;
alter table old_mentions rename to mentions;
alter table old_figures rename to figures;
alter table old_tables rename to tables;
alter table old_notices rename to notices;
create index ix_mentions_document_id on mentions (document_id);
create index ix_aliases_document_id on aliases (document_id);
create view cited as select report_id, document_id from mentions;
create view measured as select report_id, value from figures;
update meta set value = '2' where name = 'version'
"""
_SECOND_POSTGRES = """
alter table documents drop constraint documents_key;
alter table documents add constraint documents_key_key unique (key);
update passages set words = '';
delete from lexemes
"""
# And in the first. (SQLite took numbers of any size.)
_FIRST = """
create table bands (band bigint, report_id bigint);
update meta set value = '1' where name = 'version'
"""
_FIRST_POSTGRES = """
drop view cited; drop view measured;
drop table lexemes; drop table passages; drop table titles;
create table passages (number bigint primary key, exact tsvector, folded tsvector);
create table titles (number bigint primary key, exact tsvector, folded tsvector);
alter table reports alter column id type bigint;
alter table mentions alter column document_id type bigint;
create view cited as select report_id, document_id from mentions;
create view measured as select report_id, value from figures
"""


_TABLE = """\
SỞ CÔNG THƯƠNG
Số: 77/BC-SCT

BÁO CÁO
Kết quả giải quyết hồ sơ

Số 06/1103/QĐ-UBND là số không đọc được; theo Kế hoạch số 12/KH-SCT tháng 5 năm 2020.

| STT | Lĩnh vực | Hồ sơ |
|---|---|---|
| 1 | Điện | 120 |
| 2 | Hóa chất | 45 |
"""


def _make_older(store: Store, *versions: tuple[str, str]) -> None:
    with store.writing() as connection:
        for everywhere, in_postgres in versions:
            more = "" if store.is_sqlite else in_postgres
            for statement in f"{everywhere};{more}".split(";"):
                if statement.strip():
                    connection.exec_driver_sql(statement)


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_index_says_what_it_said(url: str, folder: Path, version: int) -> None:
    def said(index: Index) -> list[object]:
        with index.store.reading() as connection:
            views = [
                connection.exec_driver_sql(f"select * from {name} order by 1, 2").all()
                for name in ("mentions", "figures", "tables", "notices", "cited", "measured")
            ]
        return [index.find("công tác văn thư"), index.find_cited_by("kiện toàn Ban Chỉ đạo"), views]

    (folder / "bang.txt").write_text(_TABLE, encoding="utf-8")
    with Index(url) as index:
        index.add(folder)
        before = said(index)
        assert all(before)
        assert all(before[2])
        older = ((_SECOND, _SECOND_POSTGRES), (_FIRST, _FIRST_POSTGRES))
        _make_older(index.store, *older[: 3 - version])
    with Index(url, create=False) as index:
        with index.store.reading() as connection:
            assert steps.version_of(connection) == len(steps.STEPS)
            assert "bands" not in inspect(connection).get_table_names()
        assert said(index) == before
        index.add(folder, reparse=True)  # what was made anew can be taken out again
        assert said(index)[:2] == before[:2]


def test_a_step_that_fails_leaves_the_index_as_it_was(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(url, create=True).close()

    def broken(connection: Connection, _: FullText) -> None:
        connection.execute(text("alter table reports add column shelf text"))
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(steps, "STEPS", (*steps.STEPS, broken))
        patch.setattr(steps, "VERSION", steps.VERSION + 1)
        with pytest.raises(RuntimeError):
            Store(url)
    store = Store(url)
    with store.reading() as connection:
        assert steps.version_of(connection) == len(steps.STEPS)
        columns = [one["name"] for one in inspect(connection).get_columns("reports")]
    assert "shelf" not in columns
    store.close()


def test_sqlite_is_safe_and_lets_read_while_it_writes(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "a.db"), create=True)
    with store.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"pragma {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    store.close()


def test_the_views_put_the_words_back(url: str, folder: Path) -> None:
    with Index(url) as index:
        index.add(folder)
        with index.store.reading() as connection:
            asked = text("select title, relation from cited where number = '899/KH-SCT'")
            titles = {row.title for row in connection.execute(asked)}
            figures = connection.execute(text("select indicator, unit from measured")).all()
    assert titles == {"về cải cách hành chính"}
    assert "hồ sơ" in {row.unit for row in figures}

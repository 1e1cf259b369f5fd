"""One file, whatever happens: opened, written, read beside a writer, and refused in clear words."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from retold.model.errors import ArchiveError, BusyError, RetoldError
from retold.model.rows import TABLES, columns
from retold.store import schema, steps
from retold.store.store import Store
from retold.store.troubles import told

RUN = (1, "add", "{}", "0.1.0", "2026-05-03T10:00:00+00:00", None, 0)


@pytest.fixture
def path(tmp_path):
    """The path of an empty archive."""
    place = str(tmp_path / "news.retold")
    Store.writing(place, create=True).close()
    return place


def test_an_empty_archive_has_every_table_with_the_columns_of_its_rows(path):
    with Store.reading(path) as store:
        for name, row in TABLES.items():
            found = [line[1] for line in store.ask(f"PRAGMA table_info({name})")]
            assert found == [column.name for column in columns(row)]


def test_a_closed_archive_is_one_file(path, tmp_path):
    assert [each.name for each in tmp_path.iterdir()] == ["news.retold"]


def test_what_a_transaction_wrote_is_there_whole_or_not_at_all(path):
    with Store.writing(path) as store:
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.put("runs", [RUN])
            raise ZeroDivisionError
        assert store.one("SELECT COUNT(*) FROM runs") == (0,)
        with store.transaction():
            store.put("runs", [RUN])
        assert store.one("SELECT COUNT(*) FROM runs") == (1,)


def test_a_reader_is_answered_while_a_writer_is_at_work(path):
    with Store.writing(path) as writer, Store.reading(path) as reader:
        with writer.transaction():
            writer.put("runs", [RUN])
            assert reader.one("SELECT COUNT(*) FROM runs") == (0,)
        assert reader.one("SELECT COUNT(*) FROM runs") == (1,)


def test_one_glance_sees_one_state(path):
    with Store.writing(path) as writer, Store.reading(path) as reader, reader.glance():
        assert reader.one("SELECT COUNT(*) FROM runs") == (0,)
        with writer.transaction():
            writer.put("runs", [RUN])
        assert reader.one("SELECT COUNT(*) FROM runs") == (0,)


def test_a_second_writer_is_told_to_wait(path):
    with Store.writing(path), pytest.raises(BusyError, match="another process is writing"):
        Store.writing(path)
    Store.writing(path).close()  # and may write when the first is gone


def test_a_second_writer_is_told_to_wait_whatever_it_calls_the_file(path, tmp_path):
    other = tmp_path / "link.retold"
    other.symlink_to(path)
    with Store.writing(path), pytest.raises(BusyError):
        Store.writing(str(other))


def test_a_reader_leaves_no_file_behind(path, tmp_path):
    with Store.writing(path) as store, store.transaction():
        store.put("runs", [RUN])
    with Store.reading(path) as store:
        assert store.one("SELECT COUNT(*) FROM runs") == (1,)
    assert [each.name for each in tmp_path.iterdir()] == ["news.retold"]


def test_a_reader_cannot_write(path):
    with Store.reading(path) as store, pytest.raises(ArchiveError, match="cannot be written"):
        store.put("runs", [RUN])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such archive"),
        (b"Rain is due in Harwick.", "is no archive of Retold"),
        (b"", "is no archive of Retold"),
        (b"SQLite format 3\0" + b"\xff" * 4096, "is no archive of Retold|is damaged"),
        (b"x" * 100_000, "is no archive of Retold"),
    ],
)
def test_what_is_no_archive_is_refused_with_a_reason(tmp_path, content, said):
    place = tmp_path / "news.retold"
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(ArchiveError, match=said):
        Store.reading(str(place))
    assert content is None or place.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path):
    place = str(tmp_path / "bills.sqlite")
    other = sqlite3.connect(place)
    other.execute("CREATE TABLE bills (sum INTEGER)")
    other.commit()
    other.close()
    for opened in (Store.reading, Store.writing):
        with pytest.raises(ArchiveError, match="is no archive of Retold"):
            opened(place)
    assert sqlite3.connect(place).execute("SELECT name FROM sqlite_master").fetchall() == [("bills",)]


def test_a_folder_is_no_archive(tmp_path):
    with pytest.raises(ArchiveError, match="is no file"):
        Store.reading(str(tmp_path))


def test_an_archive_of_a_newer_retold_is_not_touched(path):
    base = sqlite3.connect(path)
    base.execute(f"PRAGMA user_version = {schema.SCHEMA + 1}")
    base.close()
    for opened in (Store.reading, Store.writing):
        with pytest.raises(ArchiveError, match="written by a newer Retold"):
            opened(path)


@pytest.fixture(params=sorted(Path(__file__).parent.glob("schema_*.sql")), ids=lambda path: path.stem)
def old(request, tmp_path):
    """The path of an archive of each older schema, with one run in it."""
    place = str(tmp_path / "old.retold")
    base = sqlite3.connect(place)
    base.executescript(request.param.read_text(encoding="utf-8"))
    base.execute(f"INSERT INTO runs VALUES ({', '.join('?' * len(RUN))})", RUN)
    base.commit()
    base.close()
    return place


def shape(place):
    """Every table and index of an archive, by name, with the statement that makes it."""
    base = sqlite3.connect(place)
    return sorted(base.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL")), *base.execute(
        "PRAGMA user_version"
    )


def test_an_archive_of_an_older_schema_becomes_one_of_this_schema_and_loses_nothing(old, path):
    assert shape(old) != shape(path)
    Store.writing(old).close()
    assert shape(old) == shape(path)
    with Store.reading(old) as store:
        assert list(store.ask("SELECT * FROM runs")) == [RUN]


def test_an_archive_of_an_older_schema_answers_before_anybody_writes_in_it(old):
    before = Path(old).read_bytes()
    with Store.reading(old) as store:
        assert list(store.ask("SELECT * FROM runs")) == [RUN]
        assert [store.one(f"SELECT COUNT(*) FROM {name}") for name in ("copies", "origins", "sayings")] == [(0,)] * 3
        with pytest.raises(ArchiveError, match="cannot be written"):
            store.put("runs", [RUN])
    assert Path(old).read_bytes() == before


def test_an_older_archive_is_brought_to_this_schema_step_by_step(path, monkeypatch):
    now = schema.SCHEMA
    monkeypatch.setattr(schema, "SCHEMA", now + 2)
    further = {now: ("CREATE TABLE first_step (at INTEGER)",), now + 1: ("ALTER TABLE first_step ADD then_on TEXT",)}
    monkeypatch.setattr(steps, "STEPS", further)
    Store.writing(path).close()
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA user_version").fetchone() == (now + 2,)
    assert [line[1] for line in base.execute("PRAGMA table_info(first_step)")] == ["at", "then_on"]


def test_a_step_that_fails_leaves_the_old_schema(path, monkeypatch):
    now = schema.SCHEMA
    monkeypatch.setattr(schema, "SCHEMA", now + 1)
    broken = ("CREATE TABLE half (at INTEGER)", "ALTER TABLE missing ADD COLUMN x")
    monkeypatch.setattr(steps, "STEPS", {now: broken})
    with pytest.raises(RetoldError):
        Store.writing(path)
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA user_version").fetchone() == (now,)
    assert base.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []


def test_a_full_disk_is_told_and_loses_nothing(path):
    with Store.writing(path) as store:
        with store.transaction():
            store.put("runs", [RUN])
        pages = store.one("PRAGMA page_count")[0]
        store.one(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(RetoldError, match="the disk is full"), store.transaction():
            store.put("rejects", [(str(n), "x" * 4000, "", "", 1) for n in range(200)])
    with Store.reading(path) as store:
        assert store.one("SELECT COUNT(*) FROM runs") == (1,)
        assert store.one("SELECT COUNT(*) FROM rejects") == (0,)


def test_a_disk_that_fails_is_not_said_to_be_full(path):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    with pytest.raises(RetoldError, match="may be full, or failing"), told(path):
        raise error


def test_a_damaged_archive_is_said_to_be_damaged(path):
    with Store.writing(path) as store, store.transaction():
        store.put("rejects", [(str(n), "source", "", "reason " * 50, 1) for n in range(2000)])
    with open(path, "r+b") as file:
        file.seek(os.path.getsize(path) // 2)
        file.write(b"\xff" * 4096 * 60)
    with pytest.raises(ArchiveError, match="is damaged"), Store.reading(path) as store:
        list(store.ask("SELECT * FROM rejects"))


def test_an_archive_on_a_medium_that_cannot_be_written_can_still_be_read(path, tmp_path, monkeypatch):
    import retold.store.store as module

    real = module._connect
    monkeypatch.setattr(module.os, "access", lambda *_: False)
    monkeypatch.setattr(module, "_connect", lambda *given: _Refusing() if len(given) < 3 else real(*given))
    with Store.reading(path) as store:
        assert store.one("SELECT COUNT(*) FROM runs") == (0,)


class _Refusing:
    """A connection that cannot make the files that WAL needs."""

    def execute(self, *_):
        raise sqlite3.OperationalError("unable to open database file")

    def close(self):
        pass


def test_names_with_signs_of_addresses_are_names(tmp_path):
    place = str(tmp_path / "50% of #1?.retold")
    Store.writing(place, create=True).close()
    with Store.reading(place) as store:
        assert store.one("SELECT COUNT(*) FROM articles") == (0,)

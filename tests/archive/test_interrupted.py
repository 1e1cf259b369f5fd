"""Work may be cut off at any moment: nothing that was committed is lost, nothing comes twice, nothing stands half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

import retold
from bench.newsroom import articles
from retold.store.store import Store
from tests.archive.test_learning import exported

ARTICLES = 1500
PLACES = ("Aldry", "Harwick", "Pell", "Sorrow Bay", "Tarn")
COMMAND = [sys.executable, "-m", "retold", "add", "articles.jsonl", "--archive", "news.retold", "--quiet"]


@pytest.fixture
def folder(tmp_path):
    """A folder with articles to add, more than one transaction takes."""
    with open(tmp_path / "articles.jsonl", "w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            place = PLACES[number % len(PLACES)]
            text = f"The council of {place} met on matter {number}.\n\nIt will meet again, the mayor of {place} said."
            file.write(json.dumps({"id": f"c{number}", "outlet": f"{place} Post", "text": text}) + "\n")
    return tmp_path


def state(path: str) -> tuple[int, int, int]:
    """How many articles, versions and findable texts an archive holds; none where it was not begun."""
    if not os.path.exists(path):
        return 0, 0, 0
    with Store.writing(path, create=True) as store:
        assert store.one("PRAGMA integrity_check") == ("ok",)
        store.do("INSERT INTO words (words) VALUES ('integrity-check')")
        articles = store.one("SELECT COUNT(*) FROM articles")[0]
        versions = store.one("SELECT COUNT(DISTINCT article_id) FROM versions")[0]
        return articles, versions, store.one("SELECT COUNT(*) FROM words_docsize")[0]


def test_a_killed_addition_keeps_what_it_committed_and_a_repeat_completes_it(folder):
    path = str(folder / "news.retold")
    chance = random.Random(7)
    before = 0
    for _ in range(6):
        adding = subprocess.Popen(COMMAND, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.2 + chance.random())
        adding.send_signal(signal.SIGKILL)
        adding.wait()
        articles, versions, findable = state(path)
        assert articles == versions == findable >= before
        before = articles
    subprocess.run(COMMAND, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    assert state(path) == (ARTICLES, ARTICLES, ARTICLES)


def test_an_interrupted_addition_says_so_and_keeps_what_it_committed(folder):
    adding = subprocess.Popen(COMMAND, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while state_of_rows(folder) == 0 and adding.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    adding.send_signal(signal.SIGINT)
    adding.communicate(timeout=30)
    assert adding.returncode in (130, 0)
    articles, versions, findable = state(str(folder / "news.retold"))
    assert articles == versions == findable > 0


def state_of_rows(folder) -> int:
    """How many articles a reader sees while the writer is at work."""
    path = str(folder / "news.retold")
    try:
        with Store.reading(path) as store:
            return store.one("SELECT COUNT(*) FROM articles")[0]
    except Exception:  # not made yet
        return 0


def test_no_worker_outlives_a_killed_addition(folder):
    adding = subprocess.Popen(COMMAND, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not children(adding.pid) and adding.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    workers = children(adding.pid)
    adding.kill()
    adding.wait()
    deadline = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{pid}") and not _gone(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(_gone(pid) for pid in workers)


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def _gone(pid: int) -> bool:
    """Whether a process has ended, even if nobody has asked for its end yet."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


def test_readers_that_come_and_go_take_nothing_away_from_a_writer(folder):
    adding = subprocess.Popen(COMMAND, cwd=folder, stdout=subprocess.DEVNULL)
    seen = [0]
    while adding.poll() is None:
        seen.append(state_of_rows(folder))
    assert seen == sorted(seen)
    assert state(str(folder / "news.retold")) == (ARTICLES, ARTICLES, ARTICLES)


LEARN = [sys.executable, "-m", "retold", "learn", "--archive", "news.retold", "--quiet"]
FOLLOWS = ("tellings", "stories", "copies", "passages", "origins", "lineage")


def test_a_killed_learning_leaves_nothing_half_and_a_repeat_completes_it(tmp_path):
    records = [record | {"text": record["text"][:1200]} for record in articles(160, seed=3)]
    with retold.open(tmp_path / "whole.retold", create=True) as archive:
        archive.add(records, learn=True, processes=1)
        whole = exported(archive, *FOLLOWS)
    chance = random.Random(7)
    seen = [0]
    for batch in (records[:110], records):
        with retold.open(tmp_path / "news.retold", create=True) as archive:
            archive.add(batch, processes=1)
        for _ in range(3):
            learning = subprocess.Popen(LEARN, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while learned(tmp_path) == seen[-1] and learning.poll() is None:
                time.sleep(0.005)
            time.sleep(0.1 * chance.random())
            learning.send_signal(signal.SIGKILL)
            learning.wait()
            seen.append(learned(tmp_path))
            with retold.open(tmp_path / "news.retold") as archive:
                assert archive.doctor(repair=False).found == []
                exported(archive, *FOLLOWS)
    subprocess.run(LEARN, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    assert len(set(seen)) > 3
    with retold.open(tmp_path / "news.retold") as archive:
        assert exported(archive, *FOLLOWS) == whole


def learned(folder) -> int:
    """How much of what follows from the texts a reader sees."""
    with Store.reading(str(folder / "news.retold")) as store:
        return sum(store.one(f"SELECT COUNT(*) FROM {name}")[0] for name in ("fingerprints", "alignments", "judged"))

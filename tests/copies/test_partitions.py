"""What does not fit into memory is told all the same: to the byte, whatever the parts, and nothing is left on disk."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.copies import partitions
from retold.copies.blocks import joined
from retold.copies.candidates import candidates
from retold.copies.engine import engine
from retold.copies.partitions import remembered, streamed
from retold.copies.passages import Shared
from retold.copies.prints import prints
from retold.kernels.arrays import Matches
from retold.kernels.choosing import CHOICES
from retold.model.errors import SourceError, UsageError

STORIES = [
    "The ferry to Sallow Point ran aground before dawn, and its ninety passengers waited four hours on the deck for "
    "the first boats. Nobody was hurt. The company has not said when it will sail again.",
    "A beekeeper from Upper Tessaly has been chosen to lead the county council, by one vote and after three rounds. "
    "She promised a bridge at Orrin, a bus on Sundays and shorter meetings.",
    "The observatory on Mount Velm closes for the winter because its road was washed away twice. Astronomers will "
    "follow the comet from a school roof in Port Orrin, with the pupils as assistants.",
    "Prices of oysters have doubled since the harbour was dredged, growers said at their yearly fair. A scientist of "
    "the coastal institute expects the banks to recover within five years.",
]
WORDS = [f"w{number}" for number in range(14)]
CHEAP = settings(deadline=None, max_examples=40)


@pytest.fixture(params=CHOICES)
def choice(request: pytest.FixtureRequest) -> str:
    """Both twins, where numba is there."""
    if request.param == "compiled":
        pytest.importorskip("numba")
    return request.param


@pytest.fixture(autouse=True, scope="module")
def no_floor() -> Iterator[None]:
    """A budget is taken at its word, however small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "BASE", 0)
        patch.setattr(partitions, "LEAST", 1)
        yield


def newsroom(chance: random.Random, count: int) -> list[str]:
    """Articles stitched from the stories, with words left out; now and then nothing, or a story as it is."""
    made = []
    for _ in range(count):
        words = " ".join(chance.sample(STORIES, chance.randint(1, 3))).split()
        start = chance.randrange(len(words))
        kept = [word for word in words[start:] if chance.random() > 0.05]
        made.append(chance.choice([" ".join(kept), " ".join(words), ""]) if chance.random() < 0.2 else " ".join(kept))
    return made


def batches(texts: list[str], ids: list[str] | None, size: int) -> Iterator[tuple[list[str], list[str] | None]]:
    """Texts and their ids, so many at a time."""
    for low in range(0, len(texts), size):
        yield texts[low : low + size], ids and ids[low : low + size]


def same(one: Shared, other: Shared) -> None:
    """Both hold the same columns, of the same kinds."""
    for name in ("pairs", "passages", "steps"):
        mine, yours = getattr(one, name), getattr(other, name)
        assert {key: column.dtype for key, column in mine.items()} == {key: c.dtype for key, c in yours.items()}
        for key in mine:
            np.testing.assert_array_equal(mine[key], yours[key], err_msg=f"{name}.{key}")


@pytest.mark.parametrize("memory", [1, 3_000, 40_000, 300_000, 10**9])
@pytest.mark.parametrize(("seed", "threads"), [(1, 1), (2, 2)])
def test_any_memory_gives_the_same_columns(choice, seed, threads, memory):
    chance = random.Random(seed)
    texts = newsroom(chance, 40)
    ids = [f"n{place:02}" for place in chance.sample(range(40), 40)]
    told = streamed(batches(texts, ids, 13), memory=memory, threads=threads, choice=choice)
    expected = engine(texts, ids=ids, choice=choice)
    same(joined(told), expected)
    assert len(expected)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), max_size=12),
    st.integers(0, 18).map(lambda power: 1 << power),
    st.integers(1, 12),
    st.sampled_from(list(CHOICES)),
)
@CHEAP
def test_any_texts_are_told_alike_within_any_memory(texts, memory, size, choice):
    if choice == "compiled":
        pytest.importorskip("numba")
    same(joined(streamed(batches(texts, None, size), memory=memory, choice=choice)), engine(texts, choice=choice))


@pytest.mark.parametrize("memory", [1, 20_000, 10**9])
@pytest.mark.parametrize("count", [129, 150])
def test_a_crowd_of_copies_is_seen_through_the_same_ones(choice, count, memory):
    texts = [f"{STORIES[0]} Edition {number}. {STORIES[number % 3 + 1]}" for number in range(count)]
    expected = engine(texts, choice=choice)
    same(joined(streamed([(texts, None)], memory=memory, choice=choice)), expected)
    assert len(expected) < count * (count - 1) / 2


@pytest.mark.parametrize("memory", [1, 40_000, 10**9])
@pytest.mark.parametrize("size", [7, 40])
def test_prints_alone_tell_the_pairs_and_the_stories(choice, size, memory):
    texts = newsroom(random.Random(9), 40)
    expected = candidates(prints(texts), choice=choice)
    parts = [prints(texts[low : low + size], choice=choice) for low in range(0, len(texts), size)]
    with remembered(parts, memory=memory, choice=choice) as known:
        pairs = list(known.pairs())
        for name in ("lows", "highs", "scores", "hits"):
            column = np.concatenate([getattr(part, name) for part in pairs])
            np.testing.assert_array_equal(column, getattr(expected.pairs, name))
        for document in range(len(texts)):
            assert stories(known.matches(np.array([document])), 0) == stories(expected.matches, document)


def stories(found: Matches, document: int) -> dict[int, int]:
    """In how many stories each fingerprint is that a document shares."""
    runs = found.own[found.own_firsts[document] : found.own_firsts[document + 1]]
    return dict(zip(found.hashes[runs].tolist(), found.stories[runs].tolist(), strict=True))


def test_little_memory_makes_many_parts():
    texts = newsroom(random.Random(5), 40)
    few, many = (list(streamed([(texts, None)], memory=memory)) for memory in (10**9, 10_000))
    assert len(few) == 1
    assert len(many) > 10


def test_ids_of_arrow_order_documents_as_those_of_python_do():
    texts = newsroom(random.Random(6), 12)
    ids = ["ä", "z", "Z", "\U0001f600", "\uffff", "a", "aa", "", "ß", "é", "e\u0301", "0"]
    parts = [(pa.array(texts[low : low + 5]), pa.array(ids[low : low + 5])) for low in (0, 5, 10)]
    expected = engine(texts, ids=ids)
    same(joined(streamed(parts, memory=1)), expected)
    chunked = [(pa.chunked_array([texts[:7], texts[7:]]), pa.chunked_array([ids[:7], ids[7:]]))]
    same(joined(streamed(chunked, memory=1)), expected)


@pytest.mark.parametrize("texts", [[], [""], ["one word"], ["", "", ""], ["a b c d"] * 3])
def test_nothing_is_shared_by_nothing(choice, texts):
    told = joined(streamed([(texts, None)], memory=1, choice=choice))
    same(told, engine(texts, choice=choice))
    assert told.tables()["pairs"].num_rows == 0
    same(joined(streamed([], memory=1, choice=choice)), told)


@pytest.mark.parametrize("kind", [list, pa.array])
def test_ids_have_to_be_one_for_each_text(kind):
    with pytest.raises(UsageError, match="'a' is there twice"):
        list(streamed([(STORIES[:2], kind(["a", "b"])), (STORIES[2:3], kind(["a"]))], memory=1))
    with pytest.raises(UsageError, match="3 texts and 2 ids"):
        list(streamed([(STORIES[:2], kind(["a"])), (STORIES[2:3], kind(["b"]))], memory=1))


def left_open() -> int | None:
    """How many files this process holds open, where the system says it."""
    held = Path("/proc/self/fd")
    return len(list(held.iterdir())) if held.is_dir() else None


def broken(error: BaseException) -> Iterator[tuple[list[str], None]]:
    """Texts whose reading ends in an error."""
    yield STORIES, None
    raise error


@pytest.mark.parametrize("threads", [1, 2])
def test_nothing_is_left_on_disk(tmp_path, threads):
    before = left_open()
    texts = newsroom(random.Random(7), 20)
    blocks = streamed([(texts, None)], memory=1, threads=threads, folder=tmp_path)
    next(blocks)
    assert not list(tmp_path.iterdir())  # the files have no names: not even kill -9 leaves one
    assert left_open() != before or before is None
    list(blocks)
    assert left_open() == before


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("error", [ValueError("broken page"), KeyboardInterrupt()])
def test_nothing_is_left_on_disk_after_an_error(tmp_path, error, threads):
    before = left_open()
    with pytest.raises(type(error)):
        list(streamed(broken(error), memory=1, threads=threads, folder=tmp_path))
    assert left_open() == before
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("threads", [1, 2])
def test_nothing_is_left_on_disk_when_nobody_asks_for_more(tmp_path, threads):
    before = left_open()
    blocks = streamed([(newsroom(random.Random(8), 20), None)], memory=1, threads=threads, folder=tmp_path)
    next(blocks)
    blocks.close()
    assert left_open() == before
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on the size of files")
def test_a_full_disk_is_told_with_the_next_step(tmp_path):
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from retold.copies.partitions import streamed\n"
        "from retold.model.errors import SourceError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: list(streamed([(['word ' * 1000] * 3, None)], memory=1, folder=Path(sys.argv[1])))\n"
        "except SourceError as error: print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith(f"{tmp_path}: the disk is full")
    assert "TMPDIR" in ran.stdout
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match="nowhere: intermediate results cannot be kept there: No such file"):
        list(streamed([(STORIES, None)], memory=1, folder=tmp_path / "nowhere"))

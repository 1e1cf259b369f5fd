"""What is kept of texts says tomorrow what the texts said: nothing is lost, and nothing has to be read again."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.copies.candidates import aligned, candidates, together
from retold.copies.engine import engine
from retold.copies.packing import pack, unpack
from retold.copies.passages import Shared
from retold.copies.prints import Prints, joined, prints
from retold.kernels.arrays import Alignments
from retold.kernels.choosing import CHOICES
from retold.model.errors import SourceError

PARAGRAPHS = [
    "The tram to Port Velm stopped for good on Sunday, after ninety years and without a speech. Nobody at the depot "
    "wanted to say who would run the line from now on, and the town hall kept its doors shut all day.",
    "Fishermen at Sallow Point found the lighthouse dark for the third night in a row. The keeper had left for the "
    "mainland in spring, a cousin told the harbour master, and no one had been asked to take his place.",
    "A court in Tessaly threw out the complaint of the oyster growers, who had fought the dredging for six years. "
    "The judges said that the growers had known of the plan when they bought the beds from the county.",
    "Prices for coal rose again in the valley towns, and three of the bakeries of Orrin Bridge closed before noon. "
    "The last one still sells bread by the half loaf, though only to those who have their own paper bag.",
]
# What an archive keeps is read by every later edition: where these bytes change, the format has to, and the old stays.
KEPT = "010d00000003000000d5c6a30e570d0ea563b3c366d28f46"
KEPT_PAIR = "01010003002600000003000000000061000f0070000000050001006200650071007a000000000000006600cd007b00e20007000600"
SAYING = "as the old people of the valley like to say when the river is high"


def newspaper(chance: random.Random, count: int) -> list[str]:
    """Articles that take paragraphs from each other, cut and edited; some share a saying only."""
    made = []
    for number in range(count):
        words = " ".join(chance.sample(PARAGRAPHS, chance.randint(1, 3))).split()
        start = chance.randrange(len(words) // 2)
        text = " ".join(word for word in words[start:] if chance.random() > 0.05)
        own = " ".join(f"{chance.choice(('tol', 'min', 'ruk'))}{number}" for _ in range(chance.randint(0, 30)))
        made.append(" ".join(part for part in (text, own, SAYING if chance.random() < 0.4 else "") if part))
    return made


def same(one: Shared, other: Shared) -> None:
    """Both are the same, byte for byte."""
    for name in ("pairs", "passages", "steps"):
        for column, expected in getattr(one, name).items():
            found = getattr(other, name)[column]
            assert (found.dtype, found.tobytes()) == (expected.dtype, expected.tobytes()), (name, column)


@pytest.fixture(params=CHOICES)
def choice(request: pytest.FixtureRequest) -> str:
    """Both twins, where numba is there."""
    if request.param == "compiled":
        pytest.importorskip("numba")
    return request.param


def from_prints(texts: list[str], **options) -> Shared:
    """What texts share, by way of their packed prints and of packed pairs."""
    held = Prints.unpack(prints(texts, **options).pack())
    found = candidates(held, choice=options.get("choice"))
    made = list(aligned(texts, found.pairs.lows, found.pairs.highs, **options))
    return together(held, found, made)


@pytest.mark.parametrize(("seed", "threads"), [(1, 1), (2, 2), (3, 1), (4, 2)])
def test_prints_say_what_the_texts_say(choice, seed, threads):
    texts = newspaper(random.Random(seed), 18)
    expected = engine(texts, choice=choice)
    assert len(expected) > 5
    same(from_prints(texts, choice=choice, threads=threads), expected)


@pytest.mark.parametrize(("seed", "threads"), [(5, 1), (6, 2), (7, 1)])
def test_a_day_is_added_without_the_year_being_read_again(choice, seed, threads):
    chance = random.Random(seed)
    texts = newspaper(chance, 20)
    names = sorted(f"{chance.randrange(10**6):06}" for _ in texts)
    order = chance.sample(range(20), 20)
    kept: dict[str, bytes] = {}
    pairs: dict[tuple[str, str], bytes] = {}
    for low, high in pairwise([0, 9, 10, 16, 20]):
        today = order[low:high]
        kept |= zip([names[place] for place in today], prints([texts[place] for place in today]).pack(), strict=True)
        archive = sorted(kept)
        held = Prints.unpack([kept[name] for name in archive])
        found = candidates(held, choice=choice)
        named = [(archive[low], archive[high]) for low, high in zip(found.pairs.lows, found.pairs.highs, strict=True)]
        new = np.array([place for place, pair in enumerate(named) if pair not in pairs], np.int64)
        wanted = {place: texts[names.index(name)] for place, name in enumerate(archive)}
        lows, highs = found.pairs.lows[new], found.pairs.highs[new]
        made = aligned(wanted, lows, highs, threads=threads, choice=choice)
        pairs |= zip([named[place] for place in new], made, strict=True)
        assert low == 0 or len(new) < len(named)
        ours = together(held, found, [pairs[pair] for pair in named])
        same(ours, engine([wanted[place] for place in range(len(archive))], ids=archive, choice=choice))
    shuffled = [names[place] for place in order]
    mixed = engine([texts[place] for place in order], ids=shuffled, threads=threads, choice=choice)
    for side in ("left", "right"):
        mixed.pairs[side] = np.array([names.index(shuffled[place]) for place in mixed.pairs[side]], np.int64)
    same(ours, mixed)


def test_both_twins_keep_the_same():
    pytest.importorskip("numba")
    texts = newspaper(random.Random(8), 12)
    assert prints(texts, choice="plain").pack() == prints(texts, choice="compiled").pack()
    same(from_prints(texts, choice="plain"), from_prints(texts, choice="compiled"))


SPACES = st.sampled_from([" ", ", ", "\n\n", " 😀 ", "…" * 70_000])
WORDS = st.sampled_from(["tram", "Velm", "平和", "x" * 70_000, "é", ""])


@given(st.lists(st.lists(st.tuples(WORDS, SPACES), max_size=30), max_size=4))
@settings(deadline=None, max_examples=30)
def test_prints_come_back_from_their_bytes_as_they_were(texts):
    held = prints(["".join(f"{word}{space}" for word, space in text) for text in texts])
    back = Prints.unpack(held.pack())
    for name in ("keys", "firsts", "words"):
        np.testing.assert_array_equal(getattr(back, name), getattr(held, name), err_msg=name)
    assert back.pack() == held.pack()


def test_kept_bytes_are_those_of_last_year():
    held = prints(["The tram, the tram and once more the tram to Port Velm — stopped."])
    assert [data.hex() for data in held.pack()] == [KEPT]
    texts = [PARAGRAPHS[2], f"Late on Friday {PARAGRAPHS[2].lower().replace('six', 'five long')}"]
    assert [data.hex() for data in aligned(texts, np.array([0]), np.array([1]))] == [KEPT_PAIR]


@pytest.mark.parametrize("read", [Prints.unpack, unpack])
def test_bytes_of_another_edition_are_refused(read):
    with pytest.raises(SourceError, match="format 9, and this version of Retold reads 1"):
        read([b"\x09\x00\x00\x00\x00"])


def test_prints_of_days_are_joined():
    texts = newspaper(random.Random(9), 6)
    assert joined([prints(texts[:2]), prints([]), prints(texts[2:])]).pack() == prints(texts).pack()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_nothing_is_shared_by_nothing(count, choice):
    assert len(from_prints(["Nothing happened."] * count, choice=choice)) == 0


ROWS = st.tuples(st.integers(0, 4), *[st.sampled_from([0, 7, 65_535, 65_536, 2**30])] * 4)


@given(st.lists(st.lists(st.lists(ROWS, min_size=1, max_size=4), max_size=3), max_size=5))
def test_pairs_come_back_from_their_bytes_as_they_were(pairs):
    passages, steps = [], []
    for pair, found in enumerate(pairs):
        for own in found:
            ends = own[0][1], own[-1][2], own[0][3], own[-1][4]
            passages.append((pair, *ends, len(own), len(own) % 2, len(steps)))
            steps += [(*step, len(own), 5) for step in own]
    made = Alignments(np.array(passages, np.int32).reshape(-1, 8), np.array(steps, np.int32).reshape(-1, 7))
    packed = pack(made, len(pairs))
    assert len(packed) == len(pairs)
    back = unpack(packed)
    np.testing.assert_array_equal(back.passages, made.passages)
    np.testing.assert_array_equal(back.steps, made.steps)
    assert pack(back, len(pairs)) == packed

"""The tagger's network and its export; these need torch, which only the environment that trains has."""

from __future__ import annotations

import numpy as np
import pytest

REASON = "needs torch and onnx: training/README.md tells how to install them"
torch = pytest.importorskip("torch", reason=REASON)
pytest.importorskip("onnx", reason=REASON)


def test_distances_grow_coarser_and_know_left_from_right() -> None:
    from training.model import NEAR, REACH, buckets

    steps = buckets().tolist()
    assert len(steps) == 2 * REACH + 1
    assert steps == sorted(steps)
    assert set(steps) == set(range(max(steps) + 1))
    middle = steps[REACH]
    assert [step - middle for step in steps[REACH - NEAR : REACH + NEAR + 1]] == list(range(-NEAR, NEAR + 1))
    assert [step + steps[-1 - at] for at, step in enumerate(steps)] == [2 * middle] * len(steps)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_weight_in_eight_bits_is_off_by_half_a_step_at_most(axis: int) -> None:
    from training.export import eight_bits

    values = np.random.default_rng(3).normal(size=(40, 30)).astype(np.float32)
    values[:, 7] = 0
    small, scale = eight_bits(values, axis=axis)
    assert small.dtype == np.int8
    assert (np.abs(small * scale - values) <= scale / 2 + 1e-6).all()


def test_the_rate_rises_and_falls() -> None:
    from training.train import _slope

    rates = [_slope(at / 100, 0.1) for at in range(101)]
    assert rates[:10] == sorted(rates[:10])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0 < rates[0] < 0.05 and rates[-1] == 0


def test_a_row_is_read_alike_whatever_it_is_padded_with() -> None:
    from training.model import Shape, Tagger

    torch.manual_seed(5)
    small = Shape(width=24, layers=3, heads=2, inner=32, vocabulary=50, positions=64, head=16)
    tagger = Tagger(small).eval()
    hidden = torch.randn(1, 9, 24)
    padded = torch.cat([hidden, torch.randn(1, 4, 24)], dim=1)
    real = torch.tensor([[True] * 9 + [False] * 4])
    with torch.no_grad():
        wanted = tagger.roles(hidden, torch.tensor([3]))
        found = tagger.roles(padded, torch.tensor([3]), real)[:, :9]
    assert torch.allclose(wanted, found, atol=1e-5)

"""Two models are compared by what the pipeline finds with them, and one that is too far away is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.statements import Score
from training import compare
from training.articles import MODEL


@pytest.mark.parametrize(("matched", "wanted"), [(80, 0), (81, 0), (79, 0), (82, 1), (70, 1)])
def test_a_model_further_than_a_point_away_is_told(
    matched: int, wanted: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = {
        MODEL: Score(gold=100, found=100, matched=80, precise=80),
        Path("mine"): Score(gold=100, found=100, matched=matched, precise=matched),
    }
    monkeypatch.setattr(compare, "of", scores.__getitem__)
    assert compare.main(["mine"]) == wanted
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{MODEL}: F1 80.0 (+0.0)")
    assert second.startswith(f"mine: F1 {matched:.1f} ({matched - 80:+.1f})")


def test_a_model_is_measured_in_the_place_of_the_package_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from retold.statements import tagging

    used: list[object] = []

    def measured(*_: object, **__: object) -> Score:
        used.append(tagging.shipped().home)
        return Score()

    monkeypatch.setattr(compare, "measured", measured)
    compare.of(tmp_path)
    assert used == [tmp_path]
    assert tagging.shipped().home != tmp_path

"""Sizes of memory as people write them."""

from __future__ import annotations

import click
import pytest

from retold.cli.app import main
from retold.cli.sizes import size

COMMAND = click.Command("learn")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2GB", 2_000_000_000),
        ("500MB", 500_000_000),
        ("1.5 GiB", 1_610_612_736),
        ("64m", 64_000_000),
        ("1t", 10**12),
        ("100000000", 100_000_000),
        (None, None),
    ],
)
def test_a_size_is_read_as_it_is_written(written, expected):
    assert size(click.Context(COMMAND), click.Option(["--memory"]), written) == expected


@pytest.mark.parametrize("written", ["", "much", "GB", "-2GB", "2XB", "1MB", "0", "nan"])
def test_what_is_no_size_is_refused_in_clear_words(written, capsys, tmp_path):
    assert main(["learn", "--memory", written, "--archive", str(tmp_path / "none.retold")]) == 2
    assert "Wanted is such as 2GB" in capsys.readouterr().err

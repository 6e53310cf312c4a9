"""Every benchmark runs at a small size, and its checks pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import MODULES, measured
from benchmarks.harness import Size

TAKES_LONG = {"postgresql_reservations", "postgresql_takeover", "upkeep"}
"""Benchmarks that take long at any size."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in TAKES_LONG else ()) for name in MODULES]
)
def test_a_benchmark_measures_what_it_says(name: str, tmp_path: Path) -> None:
    """Each row gets a figure, good or not."""
    rows = measured(name, Size(rounds=1, share=0.001, folder=tmp_path))
    assert rows
    assert all(row.ours for row in rows)
    assert len({row.figure for row in rows}) <= len(rows)

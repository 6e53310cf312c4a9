"""Every benchmark runs at a small size, and its checks pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import MODULES, measured
from benchmarks.harness import Size

OTHERS = {"installation", "suite"}
"""These need a package index, or run the tests."""

SAMPLE = {"commands", "polling_schedule", "disk_use", "prompt_filter"}
"""Benchmarks that need little processor time at a small size."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in SAMPLE else pytest.mark.slow) for name in MODULES if name not in OTHERS],
)
def test_a_benchmark_measures_what_it_says(name: str, tmp_path: Path) -> None:
    rows = measured(name, Size(rounds=1, share=0.001, folder=tmp_path))
    assert rows
    assert all(row.ours for row in rows)

"""Times that the jobs commands take and print."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bot.cli import jobs, parser
from tests.helpers.command_line import a_job


def test_every_time_of_a_job_is_shown_in_utc() -> None:
    """JSON has it in milliseconds."""
    values = asdict(a_job(1))
    named = {*values, *values["request"], *values["progress"]}
    assert {name for name in named if name.endswith("_at")} <= {*jobs._TIMESTAMP_FIELDS}


@pytest.mark.usefixtures("time_zone")
@pytest.mark.parametrize("given", ["2026-11-10T12:00", "2026-11-10 12:00:00", "2026-11-10T13:00+01:00"])
def test_a_time_without_a_zone_is_in_utc(given: str) -> None:
    """Otherwise other jobs would be resolved."""
    assert parser._timestamp(given) == 1_794_312_000_000

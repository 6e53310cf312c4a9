"""What `jobs show` prints of a job."""

from __future__ import annotations

from dataclasses import asdict

from bot.cli import jobs
from tests.helpers.command_line import a_job


def test_every_time_of_a_job_is_shown_in_utc() -> None:
    """JSON has it in milliseconds."""
    values = asdict(a_job(1))
    named = {*values, *values["request"], *values["progress"]}
    assert {name for name in named if name.endswith("_at")} <= {*jobs._TIMESTAMP_FIELDS}

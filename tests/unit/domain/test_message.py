"""How often a message is edited for its counts."""

import pytest

from bot.domain.message import count_edit_interval_ms

HOUR = 3_600_000


@pytest.mark.parametrize(("age", "seconds"), [(-1, 10), (0, 10), (HOUR - 1, 10), (HOUR, 600), (1000 * HOUR, 600)])
def test_counts_are_shown_every_ten_seconds_in_the_first_hour_and_every_ten_minutes_later(
    age: int, seconds: int
) -> None:
    assert count_edit_interval_ms(age) == seconds * 1000

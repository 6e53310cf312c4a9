"""What of the API's figures is believed."""

from __future__ import annotations

import pytest

from bot.domain.upstream import RecentRequest, believable_charge, created_between


@pytest.mark.parametrize(("charged", "believed"), [(None, None), (0, 0), (101, 101), (1000, 1000), (1001, None)])
def test_a_charge_of_more_than_ten_times_the_price_is_an_error(charged: int | None, believed: int | None) -> None:
    assert believable_charge(charged, 100) == believed


def test_requests_of_both_ends_of_a_time_are_among_those_of_it() -> None:
    requests = [RecentRequest(f"r{at}", "PENDING", at) for at in (9, 10, 20, 21)]
    assert [each.created_at for each in created_between(requests, 10, 20)] == [10, 20]

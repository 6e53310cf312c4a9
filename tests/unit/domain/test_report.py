"""How far receipts are counted."""

from __future__ import annotations

import pytest

from bot.domain.report import count_limit


@pytest.mark.parametrize(("shown", "counted"), [(5, 101), (100, 101), (101, 102), (105, 106)])
def test_receipts_are_counted_up_to_a_hundred_or_one_beyond_the_page(shown: int, counted: int) -> None:
    """The one beyond tells that there is a next page."""
    assert count_limit(shown) == counted

"""How far receipts are counted."""

from __future__ import annotations

from bot.domain.report import count_limit


def test_receipts_are_counted_up_to_a_hundred_or_one_beyond_the_page() -> None:
    assert [count_limit(shown) for shown in (5, 100, 101, 105)] == [101, 101, 102, 106]

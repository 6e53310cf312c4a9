"""Credits divided between those who paid together."""

from __future__ import annotations

from bot.domain.shares import split


def test_what_is_left_goes_to_the_largest_remainder_the_first_of_equals() -> None:
    parts = {
        (0, ()): (),
        (0, (0, 0)): (0, 0),
        (7, (5, 5)): (4, 3),
        (10, (1, 1, 1)): (4, 3, 3),
        (30, (50, 20)): (21, 9),
        (2, (1, 5)): (0, 2),
        (100, (60, 40)): (60, 40),
    }
    assert {each: split(*each) for each in parts} == parts

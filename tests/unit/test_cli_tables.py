"""Tables of the command line."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from bot.cli.tables import format_count, format_table, format_utc


def test_columns_are_aligned_by_the_width_that_a_terminal_gives_each_character() -> None:
    """A Chinese character takes two columns, a combining accent none."""
    names = ("plain", "电影之夜", "🎬🎬", "cafe\u0301")
    table = format_table(("name", "credits"), [(name, 7) for name in names])
    assert [cell_len(line) for line in table.splitlines()] == [cell_len("电影之夜") + 2 + len("credits")] * 5


def test_one_thing_only_is_counted_in_the_singular() -> None:
    counted = [format_count(number, "credit") for number in (0, 1, 2, 1000)]
    assert counted == ["0 credits", "1 credit", "2 credits", "1,000 credits"]


@pytest.mark.usefixtures("time_zone")
def test_a_time_is_shown_in_utc_in_every_time_zone() -> None:
    assert format_utc(1_794_312_000_999) == "2026-11-10 12:00:00 UTC"


def test_thousands_are_separated_in_numbers_and_not_in_ids() -> None:
    """Also in a column with words in place of some numbers."""
    table = format_table(("id", "limit", "used"), [("1300", 2000, 1300), ("1301", "no limit", -1_000_000)])
    assert table.splitlines()[1:] == ["1300  2,000          1,300", "1301  no limit  -1,000,000"]

"""Tables of the command line."""

from __future__ import annotations

from rich.cells import cell_len

from bot.cli.tables import format_table


def test_columns_are_aligned_by_the_width_that_a_terminal_gives_each_character() -> None:
    """A Chinese character takes two columns, a combining accent none."""
    names = ("plain", "电影之夜", "🎬🎬", "cafe\u0301")
    table = format_table(("name", "credits"), [(name, 7) for name in names])
    assert [cell_len(line) for line in table.splitlines()] == [cell_len("电影之夜") + 2 + len("credits")] * 5

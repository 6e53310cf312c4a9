"""How rows and options fit, and how the custom_ids of buttons are read.

The snapshots of tests/unit/ui/test_every_message.py show what selects offer.
"""

from __future__ import annotations

from bot.ui import components
from bot.ui.components import Button, Option, Select

OPTIONS = (Option("One", "1", "the first"), Option("Two", "2"), Option("Three", "3"))


def test_labels_of_options_are_cut() -> None:
    """Discord refuses more than 100 characters."""
    [option] = components.select_options(Select("Pick", ("pick",), (Option("a" * 150, "1", "b" * 150),)))
    assert (option.label, option.description) == ("a" * 100, "b" * 100)


def test_rows_stay_as_they_were_given() -> None:
    go = Button("Go", ("go",))
    rows = components.build_rows((go,), (go, go), (Select("Pick", ("pick",), OPTIONS),))
    pairs = components.build_view(go, go, go, per_row=2)
    assert [len(row["components"]) for row in rows.to_components()] == [1, 2, 1]
    assert [len(row["components"]) for row in pairs.to_components()] == [2, 1]
    assert [view.timeout for view in (rows, pairs)] == [None, None]


def test_only_our_own_custom_ids_are_read() -> None:
    read = {
        "m:go": ("go", ()),
        "m:go:1:x": ("go", ("1", "x")),
        "m:go:": ("go", ("",)),
        **dict.fromkeys(("m:", "m", "", "x:go:1", "go:1")),
    }
    assert {encoded: components.parse_custom_id(encoded) for encoded in read} == read

"""What selects offer, and how the custom_ids of buttons are read.

The snapshots of tests/unit/ui/test_every_message.py show all other parts of buttons and selects.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.ui import components
from bot.ui.components import Button, ChannelSelect, Component, MultiSelect, Option, RoleSelect, Select

OPTIONS = (Option("One", "1", "the first"), Option("Two", "2"), Option("Three", "3"))


def built(item: Component) -> dict[str, Any]:
    """Return what Discord gets of a component."""
    return components.build_view(item).to_components()[0]["components"][0]


def test_a_select_of_any_number_allows_none_and_all() -> None:
    """Those that were chosen are marked."""
    shown = built(MultiSelect("Pick", ("pick", 1), OPTIONS, frozenset({"1", "3"})))
    assert (shown["custom_id"], shown["min_values"], shown["max_values"]) == ("m:pick:1", 0, 3)
    assert [option["default"] for option in shown["options"]] == [True, False, True]


def test_a_select_of_channels_or_roles_can_be_emptied_and_shows_what_was_chosen() -> None:
    text, forum = discord.ChannelType.text, discord.ChannelType.forum
    channels = built(ChannelSelect("Pick", ("pick",), (7, 8), (text, forum), limit=3))
    assert channels["channel_types"] == [text.value, forum.value]
    for shown, kind in ((channels, "channel"), (built(RoleSelect("Pick", ("pick",), (7, 8), limit=3)), "role")):
        assert (shown["min_values"], shown["max_values"], shown["placeholder"]) == (0, 3, "Pick")
        assert shown["default_values"] == [{"id": 7, "type": kind}, {"id": 8, "type": kind}]


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

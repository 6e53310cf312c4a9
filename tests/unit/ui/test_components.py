"""What selects offer, and how the custom_ids of buttons are read."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.ui import components
from bot.ui.components import Button, ChannelSelect, Component, Link, MultiSelect, Option, RoleSelect, Select

OPTIONS = (Option("One", "1", "the first"), Option("Two", "2"), Option("Three", "3"))


def built(item: Component) -> dict[str, Any]:
    """Return what Discord gets of a component."""
    return components.build_view(item).to_components()[0]["components"][0]


def test_a_select_of_any_number_allows_none_and_all() -> None:
    """Those that were chosen are marked."""
    shown = built(MultiSelect("Pick", ("pick", 1), OPTIONS, frozenset({"1", "3"})))
    assert (shown["custom_id"], shown["placeholder"]) == ("m:pick:1", "Pick")
    assert (shown["min_values"], shown["max_values"]) == (0, 3)
    assert [option["default"] for option in shown["options"]] == [True, False, True]
    one = built(Select("Pick", ("pick",), OPTIONS, "2"))
    assert [option["default"] for option in one["options"]] == [False, True, False]
    assert [option.get("description") for option in one["options"]] == ["the first", None, None]


TEXT, FORUM = discord.ChannelType.text, discord.ChannelType.forum


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (ChannelSelect("Pick", ("pick",), (7, 8), (TEXT, FORUM), limit=3), "channel"),
        (RoleSelect("Pick", ("pick",), (7, 8), limit=3), "role"),
    ],
)
def test_a_select_of_channels_or_roles_can_be_emptied_and_shows_what_was_chosen(item: Component, kind: str) -> None:
    shown = built(item)
    assert (shown["min_values"], shown["max_values"], shown["placeholder"]) == (0, 3, "Pick")
    assert shown["default_values"] == [{"id": 7, "type": kind}, {"id": 8, "type": kind}]
    if kind == "channel":
        assert shown["channel_types"] == [TEXT.value, FORUM.value]


def test_labels_of_options_are_cut() -> None:
    """Discord refuses more than 100 characters."""
    [option] = components.select_options(Select("Pick", ("pick",), (Option("a" * 150, "1", "b" * 150),)))
    assert (option.label, option.description) == ("a" * 100, "b" * 100)


def test_a_button_keeps_its_style_and_can_be_disabled() -> None:
    shown = built(Button("Go", ("go", 1), discord.ButtonStyle.danger, enabled=False))
    assert (shown["style"], shown["disabled"], shown["custom_id"]) == (discord.ButtonStyle.danger.value, True, "m:go:1")
    assert built(Link("Open", "https://movies.test"))["url"] == "https://movies.test"


def test_rows_stay_as_they_were_given() -> None:
    go = Button("Go", ("go",))
    rows = components.build_rows((go,), (go, go), (Select("Pick", ("pick",), OPTIONS),)).to_components()
    assert [len(row["components"]) for row in rows] == [1, 2, 1]
    pairs = components.build_view(go, go, go, per_row=2).to_components()
    assert [len(row["components"]) for row in pairs] == [2, 1]


@pytest.mark.parametrize(
    ("encoded", "action"),
    [
        ("m:go", ("go", ())),
        ("m:go:1:x", ("go", ("1", "x"))),
        ("m:go:", ("go", ("",))),
        ("m:", None),
        ("m", None),
        ("", None),
        ("x:go:1", None),
        ("go:1", None),
    ],
)
def test_only_our_own_custom_ids_are_read(encoded: str, action: tuple[str, tuple[str, ...]] | None) -> None:
    assert components.parse_custom_id(encoded) == action

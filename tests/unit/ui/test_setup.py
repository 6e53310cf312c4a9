"""/setup: what can be chosen, what is, and when a change by someone else is noticed.

The words are in the snapshots of tests/unit/ui/test_every_message.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.discord_limits import MAX_INPUT_LENGTH, MAX_OPTIONS
from bot.domain.language import Language
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting, SettingValue, Weekday
from bot.ui import setup_filter, setup_modals, setup_panel
from bot.ui.components import custom_id
from bot.ui.setup_panel import CHANNEL_TYPES, GALLERY_TYPES, NOT_CHOSEN, STAFF_CHANNEL_TYPES, Panel, SetupPage
from tests.helpers.expected_text import ENGLISH

MODELS = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)),
        VideoModel("KLING", "Kling", 10, (AspectRatio.TALL,)),
        VideoModel("OLD", "Old", 10, (AspectRatio.WIDE,), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen"), ImageModel("OLD", "Old", enabled=False)),
    RequestLimits(max_seconds=120, default_seconds=30),
)

NONE = [NOT_CHOSEN]
CHOSEN: dict[Setting, tuple[SettingValue, list[str], list[str]]] = {
    Setting.CHANNELS: ((7, 8), ["7", "8"], []),
    Setting.ROLES: ((5, 6), ["5", "6"], []),
    Setting.MESSAGE_MENU: (MessageMenu.ANYONE, ["anyone"], ["own"]),
    Setting.LANGUAGE: (Language.GERMAN, ["de"], NONE),
    Setting.VIDEO_MODELS: (("KLING",), ["KLING"], ["LUMA", "KLING"]),
    Setting.IMAGE_MODELS: (("IMAGEN",), ["IMAGEN"], ["FLUX", "IMAGEN"]),
    Setting.DEFAULT_VIDEO_MODEL: ("KLING", ["KLING"], NONE),
    Setting.DEFAULT_IMAGE_MODEL: ("IMAGEN", ["IMAGEN"], NONE),
    Setting.DEFAULT_ASPECT_RATIO: (AspectRatio.TALL, ["9:16"], NONE),
    Setting.GALLERY: (7, ["7"], []),
    Setting.GALLERY_STARS: (13, ["13"], NONE),
    Setting.AGE: (AgeRule.RESTRICTED, ["restricted"], NONE),
    Setting.STAFF_CHANNEL: (7, ["7"], []),
    Setting.STAFF_ROLES: ((5, 6), ["5", "6"], []),
    Setting.FILTER_PRESETS: (("de/gore", "ja/slurs"), ["de/gore", "ja/slurs"], []),
    Setting.APPROVAL: (ApprovalScope.UNTRUSTED, ["untrusted"], NONE),
    Setting.TRUSTED_ROLES: ((5, 6), ["5", "6"], []),
    Setting.APPROVAL_FALLBACK: (ApprovalFallback.START, ["start"], NONE),
    Setting.GIFT_CREDITS: (13, ["13"], NONE),
    Setting.PITCH_DAYS: (13, ["13"], NONE),
    Setting.MOVIE_NIGHT: (Weekday.FRIDAY, ["friday"], NONE),
}
"""For each setting with a select: a value, and what the select shows as chosen with it, and with nothing set.

A number that no menu offers may come from a file.
"""

TYPED = {Setting.LONGEST_SECONDS, Setting.DEFAULT_SECONDS, Setting.FILTER_RULES, Setting.APPROVAL_CREDITS}

Menu = discord.ui.Select[Any] | discord.ui.ChannelSelect[Any] | discord.ui.RoleSelect[Any]


def menu(setting: Setting, value: SettingValue = None, *deleted: int, **more: Any) -> Menu:
    """Return a setting's select on its page; `more` are other settings."""
    setup = replace(ServerSetup(), **more)
    setup = setup if value is None else setup.changed({setting: value})
    view = setup_panel.panel_view(ENGLISH, Panel(setup, MODELS, frozenset(deleted)), setup_panel.page_of(setting))
    name = custom_id("setup", setting.value, setup.fingerprint((setting,)))
    [found] = [each for each in view.children if getattr(each, "custom_id", None) == name]
    assert isinstance(found, discord.ui.Select | discord.ui.ChannelSelect | discord.ui.RoleSelect)
    return found


def chosen(found: Menu) -> list[str]:
    """Return what a select shows as chosen."""
    if isinstance(found, discord.ui.Select):
        return [option.value for option in found.options if option.default]
    return [str(each.id) for each in found.default_values]


def offered(found: Menu) -> list[str]:
    """Return the options of a select."""
    assert isinstance(found, discord.ui.Select)
    return [option.value for option in found.options]


def test_every_setting_is_on_one_page_and_is_picked_or_typed() -> None:
    on_pages = [setting for settings_ in setup_panel.PAGES.values() for setting in settings_]
    assert sorted(on_pages) == sorted(Setting)
    assert {*CHOSEN} | TYPED == {*Setting}


def test_a_select_shows_what_is_set_and_what_holds_otherwise() -> None:
    shown = {
        setting: (value, chosen(menu(setting, value)), chosen(menu(setting))) for setting, (value, *_) in CHOSEN.items()
    }
    assert shown == CHOSEN


def test_only_channels_and_roles_where_it_makes_sense_can_be_chosen() -> None:
    """A deleted one is not shown: Discord refuses that. Members type in voice channels, too; movies go elsewhere."""
    types = {
        Setting.CHANNELS: (CHANNEL_TYPES, MAX_OPTIONS),
        Setting.GALLERY: (GALLERY_TYPES, 1),
        Setting.STAFF_CHANNEL: (STAFF_CHANNEL_TYPES, 1),
    }
    for setting, (kinds, most) in types.items():
        found = menu(setting)
        assert isinstance(found, discord.ui.ChannelSelect)
        assert (found.channel_types, found.min_values, found.max_values) == ([*kinds], 0, most)
        assert chosen(menu(setting, CHOSEN[setting][0], 7)) == CHOSEN[setting][1][1:]
    for setting in (Setting.ROLES, Setting.STAFF_ROLES, Setting.TRUSTED_ROLES):
        roles = menu(setting, (5, 6), 5)
        assert (roles.max_values, chosen(roles)) == (MAX_OPTIONS, ["6"])
    text, news = discord.ChannelType.text, discord.ChannelType.news
    forums = {discord.ChannelType.forum, discord.ChannelType.media}
    assert {*STAFF_CHANNEL_TYPES} == {text, news}
    assert {*GALLERY_TYPES} == {text, news} | forums
    assert {*CHANNEL_TYPES} == {text, news} | forums | {discord.ChannelType.voice, discord.ChannelType.stage_voice}


def test_the_defaults_are_chosen_among_what_the_server_offers() -> None:
    """Where nothing of it is offered any more, among all that is."""
    wide = {"video_models": ("LUMA",), "image_models": ("FLUX",)}
    assert offered(menu(Setting.DEFAULT_VIDEO_MODEL, **wide)) == [NOT_CHOSEN, "LUMA"]
    assert offered(menu(Setting.DEFAULT_IMAGE_MODEL, **wide)) == [NOT_CHOSEN, "FLUX"]
    assert offered(menu(Setting.DEFAULT_ASPECT_RATIO, **wide)) == [NOT_CHOSEN, "16:9"]
    assert offered(menu(Setting.DEFAULT_VIDEO_MODEL, video_models=("OLD",))) == [NOT_CHOSEN, "LUMA", "KLING"]
    assert offered(menu(Setting.VIDEO_MODELS, **wide)) == ["LUMA", "KLING"]
    assert offered(menu(Setting.IMAGE_MODELS, **wide)) == ["FLUX", "IMAGEN"]


def test_a_form_knows_which_values_it_replaces() -> None:
    """If one of them was changed meanwhile, nothing is overwritten."""
    setups = [ServerSetup(longest_seconds=60, default_seconds=12), ServerSetup(longest_seconds=60), ServerSetup()]
    for page in (SetupPage.MODELS, SetupPage.DEFAULTS):
        names = {setup_modals.durations_modal(ENGLISH, Panel(each, MODELS), page).custom_id for each in setups}
        assert len(names) == 3
        assert all(name.startswith(f"m:setup-durations-set:{page.value}:") for name in names)
    setup = ServerSetup(approval_credits=300)
    modal = setup_modals.price_modal(ENGLISH, Panel(setup, MODELS))
    assert modal.custom_id == custom_id("setup-price-set", setup.fingerprint((Setting.APPROVAL_CREDITS,)))


def test_the_form_of_rules_has_an_empty_input_after_a_nearly_full_one() -> None:
    """Rules are never split, and a line that is too long for an input is cut."""
    line = "x" * 99
    full = "\n".join([line] * 40)
    assert len(full) == MAX_INPUT_LENGTH - 1
    filled = {
        "": [None],
        "a": ["a"],
        full: [full, None],
        f"{full}\n{line}": [full, line],
        f"{full}\ny": [full, "y"],
        "y" * 3000: ["y" * 3000],
        "y" * 3001: ["y" * 3001, None],
        "z" * 4001: ["z" * 4000, None],
        "\n".join([full] * 6): [full] * 5,
    }
    shown: dict[str, list[str | None]] = {}
    for text in filled:
        modal: Any = setup_filter.rules_modal(ENGLISH, text, "").to_dict()
        shown[text] = [each["component"].get("value") for each in modal["components"]]
    assert shown == filled

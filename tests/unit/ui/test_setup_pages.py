"""The pages of /setup: what can be chosen, and what is."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.discord_limits import MAX_OPTIONS
from bot.domain.language import Language
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting, SettingValue, Weekday
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import setup_panel
from bot.ui.components import custom_id
from bot.ui.setup_panel import CHANNEL_TYPES, GALLERY_TYPES, NOT_CHOSEN, STAFF_CHANNEL_TYPES, Panel, SetupPage
from bot.ui.setup_values import setting_name
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import view_labels

MODELS = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)),
        VideoModel("KLING", "Kling", 10, (AspectRatio.TALL,)),
        VideoModel("OLD", "Old", 10, (AspectRatio.WIDE,), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen"), ImageModel("OLD", "Old", enabled=False)),
    RequestLimits(max_seconds=120, default_seconds=30),
)
CHANNELS, CHANNEL, ROLES = (7, 8), 7, (5, 6)

CHOSEN: dict[Setting, tuple[SettingValue, list[str]]] = {
    Setting.CHANNELS: (CHANNELS, ["7", "8"]),
    Setting.ROLES: (ROLES, ["5", "6"]),
    Setting.MESSAGE_MENU: (MessageMenu.ANYONE, ["anyone"]),
    Setting.LANGUAGE: (Language.GERMAN, ["de"]),
    Setting.VIDEO_MODELS: (("KLING",), ["KLING"]),
    Setting.IMAGE_MODELS: (("IMAGEN",), ["IMAGEN"]),
    Setting.DEFAULT_VIDEO_MODEL: ("KLING", ["KLING"]),
    Setting.DEFAULT_IMAGE_MODEL: ("IMAGEN", ["IMAGEN"]),
    Setting.DEFAULT_ASPECT_RATIO: (AspectRatio.TALL, ["9:16"]),
    Setting.GALLERY: (CHANNEL, ["7"]),
    Setting.GALLERY_STARS: (3, ["3"]),
    Setting.AGE: (AgeRule.RESTRICTED, ["restricted"]),
    Setting.STAFF_CHANNEL: (CHANNEL, ["7"]),
    Setting.STAFF_ROLES: (ROLES, ["5", "6"]),
    Setting.FILTER_PRESETS: (("de/gore", "ja/slurs"), ["de/gore", "ja/slurs"]),
    Setting.APPROVAL: (ApprovalScope.UNTRUSTED, ["untrusted"]),
    Setting.TRUSTED_ROLES: (ROLES, ["5", "6"]),
    Setting.APPROVAL_FALLBACK: (ApprovalFallback.START, ["start"]),
    Setting.GIFT_CREDITS: (100, ["100"]),
    Setting.PITCH_DAYS: (3, ["3"]),
    Setting.MOVIE_NIGHT: (Weekday.FRIDAY, ["friday"]),
}
"""For each setting with a select: a value, and what the select shows as chosen."""

TYPED = {Setting.LONGEST_SECONDS, Setting.DEFAULT_SECONDS, Setting.FILTER_RULES, Setting.APPROVAL_CREDITS}
ALL = {Setting.VIDEO_MODELS: ["LUMA", "KLING"], Setting.IMAGE_MODELS: ["FLUX", "IMAGEN"]}
EMPTY = {Setting.CHANNELS, Setting.ROLES, Setting.GALLERY, Setting.STAFF_CHANNEL, Setting.STAFF_ROLES}
EMPTY |= {Setting.FILTER_PRESETS, Setting.TRUSTED_ROLES}

Menu = discord.ui.Select[Any] | discord.ui.ChannelSelect[Any] | discord.ui.RoleSelect[Any]


def menu(setting: Setting, setup: ServerSetup, *deleted: int) -> Menu:
    """Return a setting's select on its page."""
    panel = Panel(setup, MODELS, frozenset(deleted))
    view = setup_panel.panel_view(ENGLISH, panel, setup_panel.page_of(setting))
    name = custom_id("setup", setting.value, setup.fingerprint((setting,)))
    [found] = [
        each
        for each in view.children
        if isinstance(each, discord.ui.Select | discord.ui.ChannelSelect | discord.ui.RoleSelect)
        and each.custom_id == name
    ]
    return found


def chosen(found: Menu) -> list[str]:
    """Return what a select shows as chosen."""
    if isinstance(found, discord.ui.Select):
        return [option.value for option in found.options if option.default]
    return [str(each.id) for each in found.default_values]


def shown(setup: ServerSetup, **more: Any) -> str:
    """Return all text of the panel; `more` are fields of Panel."""
    embed = setup_panel.panel_embed(ENGLISH, Panel(setup, MODELS, **more))
    return "\n".join([str(embed.description), *(f"[{each.name}]\n{each.value}" for each in embed.fields)])


# ── the panel ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_setting_is_picked_or_typed() -> None:
    assert {*CHOSEN} | TYPED == {*Setting}


@pytest.mark.parametrize("setting", CHOSEN)
def test_a_select_shows_what_is_set_and_what_holds_otherwise(setting: Setting) -> None:
    value, values = CHOSEN[setting]
    assert chosen(menu(setting, ServerSetup().changed({setting: value}))) == values
    none = ALL.get(setting, [] if setting in EMPTY else ["own" if setting is Setting.MESSAGE_MENU else NOT_CHOSEN])
    assert chosen(menu(setting, ServerSetup())) == none


@pytest.mark.parametrize(
    ("setting", "types", "most"),
    [
        (Setting.CHANNELS, CHANNEL_TYPES, MAX_OPTIONS),
        (Setting.GALLERY, GALLERY_TYPES, 1),
        (Setting.STAFF_CHANNEL, STAFF_CHANNEL_TYPES, 1),
    ],
)
def test_only_channels_where_it_makes_sense_can_be_chosen(
    setting: Setting, types: tuple[discord.ChannelType, ...], most: int
) -> None:
    """A deleted one is not shown: Discord refuses that."""
    found = menu(setting, ServerSetup())
    assert isinstance(found, discord.ui.ChannelSelect)
    assert (found.channel_types, found.min_values, found.max_values) == ([*types], 0, most)
    value, values = CHOSEN[setting]
    assert chosen(menu(setting, ServerSetup().changed({setting: value}), 7)) == values[1:]


def test_the_kinds_of_channels_are_those_that_discord_has_for_it() -> None:
    """Members type in voice channels, too; movies go elsewhere."""
    text, news = discord.ChannelType.text, discord.ChannelType.news
    forums = {discord.ChannelType.forum, discord.ChannelType.media}
    assert {*STAFF_CHANNEL_TYPES} == {text, news}
    assert {*GALLERY_TYPES} == {text, news} | forums
    assert {*CHANNEL_TYPES} == {text, news} | forums | {discord.ChannelType.voice, discord.ChannelType.stage_voice}


@pytest.mark.parametrize("setting", [Setting.ROLES, Setting.STAFF_ROLES, Setting.TRUSTED_ROLES])
def test_as_many_roles_as_discord_allows_can_be_chosen(setting: Setting) -> None:
    found = menu(setting, ServerSetup().changed({setting: ROLES}), 5)
    assert (found.max_values, chosen(found)) == (MAX_OPTIONS, ["6"])


def test_the_defaults_are_chosen_among_what_the_server_offers() -> None:
    """Where nothing of it is offered any more, among all that is."""
    wide = ServerSetup(video_models=("LUMA",), image_models=("FLUX",))

    def values(setting: Setting, setup: ServerSetup) -> list[str]:
        found = menu(setting, setup)
        assert isinstance(found, discord.ui.Select)
        return [option.value for option in found.options]

    assert values(Setting.DEFAULT_VIDEO_MODEL, wide) == [NOT_CHOSEN, "LUMA"]
    assert values(Setting.DEFAULT_IMAGE_MODEL, wide) == [NOT_CHOSEN, "FLUX"]
    assert values(Setting.DEFAULT_ASPECT_RATIO, wide) == [NOT_CHOSEN, "16:9"]
    gone = ServerSetup(video_models=("OLD",))
    assert values(Setting.DEFAULT_VIDEO_MODEL, gone) == [NOT_CHOSEN, "LUMA", "KLING"]
    assert values(Setting.VIDEO_MODELS, wide) == ["LUMA", "KLING"]
    assert values(Setting.IMAGE_MODELS, wide) == ["FLUX", "IMAGEN"]


FROM_EACH = ["Where and who", "Models and duration", "Defaults", "Finished movies", "Staff", "Prompt filter"]
OWN_BUTTONS = {
    SetupPage.MODELS: ["Durations…"],
    SetupPage.DEFAULTS: ["Durations…"],
    SetupPage.GALLERY: ["Community"],
    SetupPage.STAFF: ["Approval"],
    SetupPage.FILTER: ["Custom rules…"],
    SetupPage.APPROVAL: ["Only above a price…"],
}
NAMES = {
    SetupPage.MEMBERS: "Where and who",
    SetupPage.MODELS: "Models and duration",
    SetupPage.DEFAULTS: "Defaults",
    SetupPage.GALLERY: "Finished movies",
    SetupPage.STAFF: "Staff",
    SetupPage.FILTER: "Prompt filter",
    SetupPage.APPROVAL: "Approval",
    SetupPage.COMMUNITY: "Community",
}


@pytest.mark.parametrize("page", SetupPage)
def test_each_page_leads_to_the_others(page: SetupPage) -> None:
    """Two pages are opened from another, and lead back there."""
    back = {SetupPage.APPROVAL: ["Staff"], SetupPage.COMMUNITY: ["Finished movies"]}
    others = back.get(page, [each for each in FROM_EACH if each != NAMES[page]])
    view = setup_panel.panel_view(ENGLISH, Panel(ServerSetup(), MODELS), page)
    assert view_labels(view) == [*OWN_BUTTONS.get(page, []), *others]


def test_the_panel_lists_every_setting_under_its_page() -> None:
    text = shown(ServerSetup())
    for page, settings in setup_panel.PAGES.items():
        part = text.partition(f"[{NAMES[page]}]\n")[2].split("\n[")[0]
        assert [line.split(":")[0] for line in part.splitlines()] == [
            f"**{setting_name(ENGLISH, setting)}" for setting in settings
        ]


def test_the_panel_says_what_its_rules_mean_and_what_is_wrong() -> None:
    """Notes are on top, and a rule that is off needs none."""
    night, spoiler = ENGLISH("setup-movie-night-note"), ENGLISH("setup-spoiler-note")
    assert night not in shown(ServerSetup())
    assert spoiler not in shown(ServerSetup())
    text = shown(ServerSetup(age=AgeRule.SPOILER, movie_night=Weekday.FRIDAY))
    assert f"**Age rule:** Spoiler: hidden until someone clicks\n-# {spoiler}" in text
    assert f"**Movie night:** Friday, 18:00 UTC\n-# {night}" in text
    assert ENGLISH("setup-nothing-offered") in shown(ServerSetup(video_models=("OLD",)))
    assert ENGLISH("setup-nothing-offered") not in text
    problem = InvalidValue(Setting.GALLERY, InvalidReason.NOT_AGE_RESTRICTED, "7")
    assert "⚠️ Gallery: <#7> isn't age-restricted" in shown(ServerSetup(), problems=(problem,))
    assert "⚠️ 1 deleted" in shown(ServerSetup(gallery=7), deleted=frozenset({7}))
    embed = setup_panel.panel_embed(ENGLISH, Panel(ServerSetup(), MODELS), ["a note"])
    assert str(embed.description).splitlines()[:3] == ["a note", "", ENGLISH("setup-intro")]


def test_each_change_is_confirmed() -> None:
    panel = Panel(ServerSetup(gallery=7, age=AgeRule.SPOILER), MODELS)
    assert setup_panel.changed_notes(ENGLISH, panel, [Setting.GALLERY, Setting.AGE]) == [
        "✅ **Gallery:** <#7>",
        "✅ **Age rule:** Spoiler: hidden until someone clicks",
    ]
    assert setup_panel.conflict_note(ENGLISH) == ENGLISH("setup-conflict")

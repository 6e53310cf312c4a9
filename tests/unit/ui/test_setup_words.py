"""The settings of /setup in words: names, values and problems."""

from __future__ import annotations

import pytest

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.language import Language
from bot.domain.prompt_filter import RuleProblem
from bot.domain.server_setup import AgeRule, MessageMenu, Setting, SettingValue, Weekday
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.message_ids import MessageId
from bot.ui import setup_values
from tests.helpers.expected_text import ENGLISH

MODELS = Catalogue((VideoModel("LUMA", "*Luma*", 10, (AspectRatio.WIDE,)),), (ImageModel("FLUX", "Flux"),))

WORDS: dict[Setting, tuple[str, str, SettingValue, str]] = {
    Setting.CHANNELS: ("Channels for movies", "Every channel", (7, 8), "<#7>, <#8>"),
    Setting.ROLES: ("Who can make movies", "Everyone", (7, 8), "<@&7>, <@&8>"),
    Setting.VIDEO_MODELS: ("Video models", "All", ("LUMA", "GONE"), r"\*Luma\*, GONE"),
    Setting.IMAGE_MODELS: ("Image models", "All", ("FLUX", "GONE"), "Flux, GONE"),
    Setting.LONGEST_SECONDS: ("Longest movie", "As long as the bot allows", 90, "1 min 30 s"),
    Setting.DEFAULT_VIDEO_MODEL: ("Default video model", "The bot's default", "LUMA", r"\*Luma\*"),
    Setting.DEFAULT_IMAGE_MODEL: ("Default image model", "The bot's default", "FLUX", "Flux"),
    Setting.DEFAULT_SECONDS: ("Default duration", "The bot's default", 12, "12 s"),
    Setting.DEFAULT_ASPECT_RATIO: ("Default aspect ratio", "The bot's default", "9:16", ENGLISH("commands-tall")),
    Setting.LANGUAGE: ("Language", "The server's language in Discord", Language.GERMAN, "Deutsch"),
    Setting.MESSAGE_MENU: ("Message menu", "Members' own messages", MessageMenu.ANYONE, "Everyone's messages"),
    Setting.GALLERY: ("Gallery", "Where the movie was ordered", 7, "<#7>"),
    Setting.AGE: ("Age rule", "None", AgeRule.SPOILER, "Spoiler: hidden until someone clicks"),
    Setting.STAFF_CHANNEL: ("Staff channel", "None", 7, "<#7>"),
    Setting.STAFF_ROLES: ("Staff roles", "Server managers only", (7,), "<@&7>"),
    Setting.FILTER_PRESETS: ("Ready-made rules", "None", ("de/gore", "xx/old"), "Deutsch: gore, xx/old"),
    Setting.FILTER_RULES: ("Custom rules", "None", ("a", "b"), "2 rules"),
    Setting.APPROVAL: ("Staff approves", "Nothing", ApprovalScope.EVERYONE, "Everyone's movies, except managers'"),
    Setting.APPROVAL_CREDITS: ("Approval only above", "0 credits (any price)", 300, "300 credits"),
    Setting.TRUSTED_ROLES: ("Trusted roles", "None", (7,), "<@&7>"),
    Setting.APPROVAL_FALLBACK: (
        "While I can't post in the staff channel",
        "Movies wait",
        ApprovalFallback.START,
        "Movies start without approval",
    ),
    Setting.GALLERY_STARS: ("Stars needed for the gallery", "0 stars (every movie)", 3, "3 stars"),
    Setting.GIFT_CREDITS: ("Gifts per member per day", "Off", 100, "100 credits"),
    Setting.PITCH_DAYS: ("How long a pitch lasts", "7 days", 3, "3 days"),
    Setting.MOVIE_NIGHT: ("Movie night", "Off", Weekday.TUESDAY, "Tuesday, 18:00 UTC"),
}
"""For each setting: its name, what holds where it is not set, and a value and its words."""


@pytest.mark.parametrize("setting", Setting)
def test_a_setting_is_named_and_shown_as_managers_know_it(setting: Setting) -> None:
    """A list of none is as good as none."""
    name, not_set, value, shown = WORDS[setting]
    assert setup_values.setting_name(ENGLISH, setting) == name
    assert setup_values.not_set_text(ENGLISH, setting) == not_set
    for none in (None, ()) if isinstance(value, tuple) else (None,):
        assert setup_values.value_text(ENGLISH, setting, none, MODELS) == not_set
    assert setup_values.value_text(ENGLISH, setting, value, MODELS) == shown


def test_every_choice_of_a_menu_has_its_own_words() -> None:
    days = [setup_values.weekday_text(ENGLISH, day) for day in Weekday]
    assert days == [f"{day.title()}, 18:00 UTC" for day in Weekday]
    menus = {each: setup_values.menu_text(ENGLISH, each) for each in MessageMenu}
    assert menus == {
        MessageMenu.OFF: "Off",
        MessageMenu.OWN: "Members' own messages",
        MessageMenu.ANYONE: "Everyone's messages",
    }
    untrusted = setup_values.scope_text(ENGLISH, ApprovalScope.UNTRUSTED)
    assert untrusted == "Movies by members without a trusted role"
    assert setup_values.age_text(ENGLISH, AgeRule.RESTRICTED) == "Only in age-restricted channels"
    assert setup_values.age_note(ENGLISH, AgeRule.SPOILER) == ENGLISH("setup-spoiler-note")
    assert setup_values.age_note(ENGLISH, AgeRule.RESTRICTED) == ENGLISH("setup-restricted-note")


def test_what_was_deleted_is_counted_and_not_mentioned() -> None:
    """Discord shows a deleted channel's mention as unknown."""

    def shown(setting: Setting, value: SettingValue) -> str:
        return setup_values.value_text(ENGLISH, setting, value, MODELS, {8, 9})

    assert shown(Setting.CHANNELS, (7, 8, 9)) == "<#7>, ⚠️ 2 deleted"
    assert shown(Setting.STAFF_ROLES, (8,)) == "⚠️ 1 deleted"
    assert shown(Setting.GALLERY, 8) == "⚠️ 1 deleted"
    assert shown(Setting.GALLERY, 7) == "<#7>"


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    roles = tuple(range(10**18, 10**18 + 25))
    shown = setup_values.value_text(ENGLISH, Setting.ROLES, roles, MODELS).split(", ")
    assert shown[:-1] == [f"<@&{role}>" for role in roles[: len(shown) - 1]]
    assert shown[-1] == f"{26 - len(shown)} more"


def test_the_log_has_only_the_number_of_rules() -> None:
    for value, shown in ((2, "2 rules"), (0, "None"), (None, "None")):
        assert setup_values.value_text(ENGLISH, Setting.FILTER_RULES, value, MODELS) == shown


PROBLEMS: list[tuple[Setting, InvalidReason, tuple[str, ...], str]] = [
    (Setting.CHANNELS, InvalidReason.NOT_A_LIST, (), r"Channels for movies: “\*7” isn't a list."),
    (Setting.CHANNELS, InvalidReason.NOT_AN_ID, (), r"Channels for movies: “\*7” isn't a Discord ID."),
    (Setting.CHANNELS, InvalidReason.NOT_IN_SERVER, (), r"Channels for movies: “\*7” isn't in this server."),
    (Setting.STAFF_ROLES, InvalidReason.EVERYONE, (), r"Staff roles: this can't be \*7."),
    (Setting.ROLES, InvalidReason.TOO_MANY, ("25",), "Who can make movies: pick at most 25."),
    (
        Setting.VIDEO_MODELS,
        InvalidReason.NOT_OFFERED,
        ("LUMA", "VEO"),
        r"Video models: “\*7” isn't available. Pick from `LUMA`, `VEO`.",
    ),
    (
        Setting.DEFAULT_SECONDS,
        InvalidReason.LONGER_THAN_LONGEST,
        ("60",),
        "Default duration: the longest movie is 1 min, so the default can't be longer.",
    ),
    (
        Setting.GALLERY,
        InvalidReason.MISSING_PERMISSIONS,
        ("send_messages",),
        "Gallery: I can't post in <#*7>. Give me **Send Messages** there first.",
    ),
    (
        Setting.GALLERY,
        InvalidReason.NOT_AGE_RESTRICTED,
        (),
        "Gallery: <#*7> isn't age-restricted, so movies appear where they were ordered.",
    ),
    (
        Setting.FILTER_RULES,
        InvalidReason.NOT_A_RULE,
        (RuleProblem.TOO_MANY_GAPS.value,),
        r"Custom rules: “\*7” can't be a rule: a rule can have “...” at most 2 times.",
    ),
]


@pytest.mark.parametrize(("setting", "reason", "allowed", "said"), PROBLEMS, ids=lambda value: str(value)[:20])
def test_a_value_that_can_not_be_is_named_with_what_can(
    setting: Setting, reason: InvalidReason, allowed: tuple[str, ...], said: str
) -> None:
    assert setup_values.problem_text(ENGLISH, InvalidValue(setting, reason, "*7", allowed)) == said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (Setting.APPROVAL_CREDITS, "setup-credits-out-of-range"),
        (Setting.GIFT_CREDITS, "setup-credits-out-of-range"),
        (Setting.PITCH_DAYS, "setup-days-out-of-range"),
        (Setting.GALLERY_STARS, "setup-stars-out-of-range"),
        (Setting.LONGEST_SECONDS, "setup-out-of-range"),
        (Setting.DEFAULT_SECONDS, "setup-out-of-range"),
    ],
)
def test_a_number_out_of_range_is_told_in_its_own_unit(setting: Setting, said: MessageId) -> None:
    problem = setup_values.problem_text(ENGLISH, InvalidValue(setting, InvalidReason.OUT_OF_RANGE, "77", ("2", "14")))
    assert problem.endswith(ENGLISH(said, value="77", min=2, max=14))


def test_too_many_rules_are_told_with_both_numbers() -> None:
    """A server can have 1,000 rules and 18,000 characters."""
    problem = InvalidValue(Setting.FILTER_RULES, InvalidReason.RULES_TOO_LONG, "", ("1001", "19000"))
    said = setup_values.problem_text(ENGLISH, problem)
    assert said.endswith("up to 1,000 rules with 18,000 characters in all. These are 1,001 rules with 19,000.")

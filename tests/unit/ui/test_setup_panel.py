"""The panel of /setup, within Discord's limits for every language and setting."""

from __future__ import annotations

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.filter_rules import PRESETS
from bot.domain.language import Language
from bot.domain.prompt_filter import RuleProblem
from bot.domain.quota import AuditAction, AuditEntry
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting, Weekday
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.texts import Texts
from bot.ui import audit_entries, setup_modals, setup_panel
from bot.ui.setup_panel import Panel, SetupPage
from bot.ui.setup_values import value_text
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.languages import LANGUAGES

MANY = Catalogue(
    tuple(VideoModel(f"V{number}" + "_" * 90, "_" * 97 + str(number), 1, (AspectRatio.WIDE,)) for number in range(25)),
    tuple(ImageModel(f"I{number}" + "_" * 90, "_" * 97 + str(number)) for number in range(25)),
)
"""As many models as a catalogue may have, with the longest names."""

VIDEOS, IMAGES = (tuple(each.key for each in models) for models in (MANY.video_models, MANY.image_models))
IDS = st.lists(st.integers(1, 2**63 - 1), max_size=25, unique=True).map(tuple)
SETUPS = st.builds(
    ServerSetup,
    channels=IDS,
    roles=IDS,
    video_models=st.sampled_from([(), VIDEOS[:1], VIDEOS[:24]]),
    image_models=st.sampled_from([(), IMAGES[:1], IMAGES[:24]]),
    longest_seconds=st.none() | st.integers(1, 120),
    default_video_model=st.none() | st.sampled_from([*VIDEOS, "GONE"]),
    default_image_model=st.none() | st.sampled_from([*IMAGES, "GONE"]),
    default_seconds=st.none() | st.integers(1, 120),
    default_aspect_ratio=st.none() | st.sampled_from(AspectRatio),
    language=st.none() | st.sampled_from(Language),
    message_menu=st.none() | st.sampled_from(MessageMenu),
    filter_presets=st.sampled_from([(), PRESETS[:1], PRESETS]),
    filter_rules=st.sampled_from([(), ("a",), tuple(f"w{number}" for number in range(1000))]),
    gallery=st.none() | st.integers(1, 2**63 - 1),
    age=st.none() | st.sampled_from(AgeRule),
    staff_channel=st.none() | st.integers(1, 2**63 - 1),
    staff_roles=IDS,
    gallery_stars=st.none() | st.integers(1, 1000),
    gift_credits=st.none() | st.integers(1, 10**7),
    pitch_days=st.none() | st.integers(1, 14),
    movie_night=st.none() | st.sampled_from(Weekday),
)
FULL = ServerSetup(
    channels=tuple(range(2**62, 2**62 + 25)),
    roles=tuple(range(2**62, 2**62 + 25)),
    video_models=VIDEOS[:24],
    gallery=2**62,
    age=AgeRule.RESTRICTED,
    staff_channel=2**62,
    staff_roles=tuple(range(2**62, 2**62 + 25)),
)


@LANGUAGES
@settings(max_examples=20)
@given(setup=SETUPS, half=st.booleans())
def test_every_page_fits(texts: Texts, setup: ServerSetup, half: bool) -> None:
    panel = Panel(setup, MANY, frozenset(setup.channels[::2]) if half else frozenset())
    notes = setup_panel.changed_notes(texts, panel, tuple(Setting))
    embed = setup_panel.panel_embed(texts, panel, notes)
    for page in SetupPage:
        assert broken_limits(embed, view=setup_panel.panel_view(texts, panel, page)) == []
        setup_modals.durations_modal(texts, panel, page).to_dict()


def test_every_setting_is_on_one_page() -> None:
    on_pages = [setting for settings_ in setup_panel.PAGES.values() for setting in settings_]
    assert sorted(on_pages) == sorted(Setting)


@LANGUAGES
@pytest.mark.parametrize("reason", InvalidReason)
def test_every_problem_fits_and_names_the_value_or_what_is_possible(texts: Texts, reason: InvalidReason) -> None:
    allowed = {InvalidReason.NOT_OFFERED: VIDEOS, InvalidReason.NOT_A_RULE: (RuleProblem.STAR_INSIDE.value,)}.get(
        reason, ("1", "120")
    )
    setting = Setting.PITCH_DAYS if reason is InvalidReason.OUT_OF_RANGE else Setting.VIDEO_MODELS
    problem = InvalidValue(setting, reason, "77x", allowed)
    note = setup_panel.invalid_note(texts, problem)
    assert "77x" in note or "1" in note
    assert broken_limits(setup_panel.panel_embed(texts, Panel(FULL, MANY), [note])) == []


@LANGUAGES
@pytest.mark.parametrize("setting", Setting)
def test_a_changed_setting_is_one_whole_line_of_the_log(texts: Texts, setting: Setting) -> None:
    for setup in (FULL, ServerSetup()):
        value = setup.value(setting)
        entry = AuditEntry("1", 1, 1, 9, AuditAction.CHANGE_SETTING, 0, None, "", setting=setting, setting_value=value)
        line = audit_entries.audit_entry_text(texts, entry, MANY)
        assert "\n" not in line
        assert len(line) <= 2000
        assert value_text(texts, setting, value, MANY) in line


def test_selects_show_what_is_chosen_without_what_was_deleted() -> None:
    view = setup_panel.panel_view(ENGLISH, Panel(ServerSetup(channels=(1, 2)), MANY, frozenset({2})), SetupPage.MEMBERS)
    [select] = [each for each in view.children if isinstance(each, discord.ui.ChannelSelect)]
    assert [each.id for each in select.default_values] == [1]


@pytest.mark.parametrize(
    ("setting", "page"),
    [
        (Setting.GALLERY_STARS, SetupPage.GALLERY),
        (Setting.GIFT_CREDITS, SetupPage.COMMUNITY),
        (Setting.PITCH_DAYS, SetupPage.COMMUNITY),
    ],
)
def test_a_number_that_no_menu_offers_is_shown_as_the_chosen_one(setting: Setting, page: SetupPage) -> None:
    """A file may have set it."""
    view = setup_panel.panel_view(ENGLISH, Panel(ServerSetup().changed({setting: 13}), MANY), page)
    selects = [each for each in view.children if isinstance(each, discord.ui.Select)]
    assert "13" in [option.value for select in selects for option in select.options if option.default]

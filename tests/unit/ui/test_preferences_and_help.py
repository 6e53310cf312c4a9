"""/preferences and /help, within Discord's limits for any catalogue."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.credits import Budget, Month
from bot.domain.extras import SpokenLanguage, Tone
from bot.domain.member_status import MemberStatus
from bot.domain.preferences import DeliveryTarget, Preferences, PreferenceUpdate
from bot.domain.quota import Balance, Block
from bot.samsar.profile import AUTUMN_2026, MARCH_2025
from bot.ui import help as helping
from bot.ui import preferences as texts
from bot.ui import refusals
from tests.helpers import factories
from tests.helpers.discord_limits import broken_limits, live, mentioned

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

LONG = Catalogue(
    tuple(VideoModel(f"V{number}", "*" * 100, 1_000, (WIDE, TALL)) for number in range(25)),
    tuple(ImageModel(f"I{number}", "_" * 100) for number in range(25)),
)
"""As many models as a catalogue may have, with the longest names."""

BOTH = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)),
        VideoModel("KLING", "Kling", 1, (WIDE, TALL)),
        VideoModel("RETIRED", "Old <@1>", 10, (TALL,), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("OLD", "Old [x](https://x.test)", enabled=False)),
)

STANDING = MemberStatus(
    factories.balance(),
    Month(2026, 11),
    refusal=None,
    may_post=True,
    missing=(),
    running=0,
    more_running=False,
    can_manage_guild=False,
)


def menus(view: discord.ui.View) -> list[discord.ui.Select[discord.ui.View]]:
    """The menus beneath a message."""
    return [child for child in view.children if isinstance(child, discord.ui.Select)]


def value(embed: discord.Embed, name: str) -> str:
    """The text of a field."""
    [found] = [field.value or "" for field in embed.fields if field.name == name]
    return found


def choice(embed: discord.Embed, name: str) -> str:
    """What the card says of one choice, without the bold type."""
    lines = dict(line.split(": ", 1) for line in value(embed, "Your choices").replace("**", "").splitlines())
    return lines[name]


PREFERENCES = st.builds(
    Preferences,
    st.none() | st.integers(1, 120),
    st.none() | st.sampled_from(["LUMA", "KLING", "RETIRED", "V3"]) | st.text(min_size=1, max_size=100),
    st.none() | st.sampled_from(["FLUX", "OLD", "I3"]) | st.text(min_size=1, max_size=100),
    st.none() | st.sampled_from(["16:9", "9:16", "1:1"]),
    st.sampled_from(DeliveryTarget),
    st.none() | st.sampled_from(SpokenLanguage) | st.text(min_size=1, max_size=100),
    st.none() | st.booleans(),
    st.none() | st.sampled_from(Tone) | st.text(min_size=1, max_size=100),
)


@given(
    PREFERENCES,
    st.sampled_from([BOTH, LONG, factories.CATALOGUE]),
    st.sampled_from([MARCH_2025.limits, AUTUMN_2026.limits]),
    st.sampled_from(texts.PreferencesPage),
)
def test_the_preferences_fit_one_message(
    kept: Preferences, catalogue: Catalogue, limits: RequestLimits, page: texts.PreferencesPage
) -> None:
    """Four menus of at most 25 options, and the buttons; the extras on a page of their own."""
    catalogue = replace(catalogue, limits=limits)
    embed = texts.preferences_embed(kept, catalogue, texts.not_offered())
    view = texts.preferences_view(kept, catalogue, page)
    assert not broken_limits(embed)
    rows = view.to_components()
    extras = limits.extras and page is texts.PreferencesPage.EXTRAS
    assert [row["components"][0]["type"] for row in rows] == ([3, 3, 3, 2] if extras else [3, 3, 3, 3, 2])
    for menu in menus(view):
        assert 1 <= len(menu.options) <= 25
        assert sum(option.default for option in menu.options) <= 1
        assert len({option.value for option in menu.options}) == len(menu.options)
        assert all(1 <= len(option.label) <= 100 and len(option.value) <= 100 for option in menu.options)
        assert menu.placeholder
        assert len(menu.placeholder) <= 150
    assert not mentioned(value(embed, "Your choices"))


def test_each_menu_shows_what_is_remembered_and_the_default_where_nothing_is() -> None:
    """So that a closed menu says it too."""
    view = texts.preferences_view(Preferences(17, "KLING", None, "9:16"), BOTH)
    marked = [[option.label for option in menu.options if option.default] for menu in menus(view)]
    assert marked == [["Kling"], ["Image model: the first one"], ["17 s"], ["9:16 tall"]]
    gone = texts.preferences_view(Preferences(17, "RETIRED"), BOTH)
    assert not any(option.default for option in menus(gone)[0].options)
    assert menus(gone)[0].placeholder == "Video model: another one"


def test_a_custom_length_is_among_the_usual_ones() -> None:
    """In its place."""
    lengths = [option.label for option in menus(texts.preferences_view(Preferences(17), BOTH))[2].options]
    assert lengths[4:8] == ["12 s", "15 s", "17 s", "20 s"]
    assert lengths[-1] == "2 min"


def test_an_aspect_ratio_without_a_model_is_not_an_option() -> None:
    """Picking it would only be refused."""
    shapes = menus(texts.preferences_view(Preferences(), factories.CATALOGUE))[3]
    assert [option.value for option in shapes.options] == ["(default)", "16:9"]


def test_what_is_gone_is_named_with_what_takes_its_place() -> None:
    """Foreign names are harmless."""
    embed = texts.preferences_embed(Preferences(5, "RETIRED", "OLD", "9:16"), BOTH)
    assert choice(embed, "Video model").endswith("is no longer offered; the default is used: Kling")
    assert choice(embed, "Image model").endswith("is no longer offered; the default is used: Flux")
    assert choice(embed, "Shape") == "9:16 tall"
    assert "a movie of 5 s costs **5 credits** (1 credit a second)" in str(embed.description)
    shape = texts.preferences_embed(Preferences(5, "LUMA", aspect_ratio="9:16"), factories.CATALOGUE)
    assert choice(shape, "Shape") == "9:16 tall is no longer offered; the default is used: 16:9 wide"
    unable = texts.preferences_embed(Preferences(5, "LUMA", aspect_ratio="9:16"), BOTH)
    assert choice(unable, "Video model") == "Luma can't make this shape any more; the default is used: Kling"


def test_where_no_movie_can_be_made_there_is_no_price() -> None:
    """A catalogue of tall models alone has no default shape."""
    tall = Catalogue((VideoModel("REEL", "Reel", 10, (TALL,)),), (ImageModel("FLUX", "Flux"),))
    embed = texts.preferences_embed(Preferences(video_model="GONE", image_model="GONE"), tall)
    assert "No model can make this shape right now" in str(embed.description)
    assert choice(embed, "Video model") == "GONE is no longer offered; the default is used"
    assert choice(texts.preferences_embed(Preferences(), tall), "Image model") == "the first one"


def test_extras_are_said_only_where_the_api_has_them() -> None:
    """What is remembered of them, and what takes the place of what is gone."""
    kept = Preferences(5, language="fr", subtitles=True, tone="cinematic")
    assert texts.preferences_embed(kept, BOTH) == texts.preferences_embed(Preferences(5), BOTH)
    newer = replace(BOTH, limits=AUTUMN_2026.limits)
    embed = texts.preferences_embed(kept, newer)
    assert [choice(embed, name) for name in ("Language", "Subtitles", "Tone")] == ["French", "On", "Cinematic"]
    embed = texts.preferences_embed(Preferences(), newer)
    assert choice(embed, "Language") == "Auto unless you say otherwise"
    assert choice(embed, "Subtitles") == "Off unless you say otherwise"
    embed = texts.preferences_embed(Preferences(language="eo", tone="funny"), newer)
    assert choice(embed, "Language") == "eo is no longer offered; the default is used: Auto"
    assert choice(embed, "Tone") == "funny is no longer offered; the default is used: Grounded"


def test_the_page_of_extras_shows_what_is_remembered() -> None:
    """And is reached only where the API has extras."""
    newer, page = replace(BOTH, limits=AUTUMN_2026.limits), texts.PreferencesPage.EXTRAS
    view = texts.preferences_view(Preferences(language="fr", subtitles=False), newer, page)
    marked = [[option.label for option in menu.options if option.default] for menu in menus(view)]
    assert marked == [["French"], ["Off"], ["Tone: grounded, unless you say otherwise"]]
    for catalogue, labels in ((newer, ["Language, subtitles, tone"]), (BOTH, [])):
        buttons = [
            each.label
            for each in texts.preferences_view(Preferences(), catalogue).children
            if isinstance(each, discord.ui.Button)
        ]
        assert buttons[2:] == labels


def test_nothing_is_said_of_a_choice_that_goes_with_the_others() -> None:
    """A note is for what one would not expect."""
    assert not texts.conflict_note(PreferenceUpdate(Preferences(5)), BOTH)


def test_reset_is_a_button_where_there_are_preferences() -> None:
    """Where movies go counts too."""
    for kept, enabled in (
        (Preferences(), False),
        (Preferences(delivery_target=DeliveryTarget.DIRECT_MESSAGE), True),
        (Preferences(5), True),
    ):
        view = texts.preferences_view(kept, BOTH)
        [forget] = [
            each for each in view.children if isinstance(each, discord.ui.Button) and "Forget" in str(each.label)
        ]
        assert forget.disabled is not enabled


@given(
    st.builds(
        MemberStatus,
        st.integers(0, 10**9).map(
            lambda left: Balance(
                Budget(left), factories.balance().source, Budget(left), Budget(left), Budget(left // 2)
            )
        ),
        st.just(Month(2026, 11)),
        st.none() | st.builds(Block, st.none() | st.just(1_800_000_000_000), factories.FOREIGN),
        st.booleans(),
        st.sampled_from([(), ("view_channel", "send_messages_in_threads", "embed_links")]),
        st.integers(0, 10),
        st.booleans(),
        st.booleans(),
    ),
    st.sampled_from([BOTH, LONG, factories.CATALOGUE]),
    st.sampled_from([{}, dict.fromkeys(("movie", "movies", "credits", "preferences", "quota"), 2**63 - 1)]),
)
def test_help_fits_one_embed(standing: MemberStatus, catalogue: Catalogue, ids: dict[str, int]) -> None:
    """Anyone who asks, whatever is in the way."""
    embed = helping.help_embed(standing, catalogue, 300, ids)
    assert not broken_limits(embed)
    reason = value(embed, "Here and now").partition("The reason given: ")[2].partition("\n")[0]
    assert not live(reason)


def test_more_models_than_fit_are_counted() -> None:
    """The rest is in the command's own menu."""
    text = value(helping.help_embed(STANDING, LONG, 300, {}), "What a second of movie costs")
    shown = text.count("1,000 credits · ")
    assert f"and {25 - shown} more models\n" in text
    assert text.endswith("Above 300 credits you see the price first.")


@pytest.mark.parametrize(
    ("running", "more", "words"),
    [
        (1, False, "1 movie of yours is in progress: see `/movies`."),
        (2, False, "2 movies of yours are in progress: see `/movies`."),
        (10, True, "More than 10 movies of yours are in progress: see `/movies`."),
    ],
)
def test_running_movies_are_counted_in_the_right_number(running: int, more: bool, words: str) -> None:
    """One is, two are."""
    text = value(
        helping.help_embed(replace(STANDING, running=running, more_running=more), BOTH, 300, {}), "Here and now"
    )
    assert words in text
    assert "You can make movies" in text


def test_the_plan_is_named_where_it_is_what_is_used_up() -> None:
    """A member's own credits were not spent."""
    empty = replace(STANDING, balance=replace(STANDING.balance, plan=Budget(10, 10)))
    text = value(helping.help_embed(empty, BOTH, 300, {}), "Here and now")
    assert refusals.PLAN_EXHAUSTED in text
    assert "Your credits" not in text

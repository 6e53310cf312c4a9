"""/preferences, within Discord's limits for any catalogue."""

from __future__ import annotations

from dataclasses import replace

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.extras import SpokenLanguage, Tone
from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget, Preferences, PreferenceUpdate
from bot.locales.texts import Texts, texts_in
from bot.samsar.profile import AUTUMN_2026, MARCH_2025
from bot.ui import preferences as messages
from tests.helpers import factories
from tests.helpers.discord_limits import broken_limits, mentioned
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import view_buttons, view_labels

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

TALL_NAME = ENGLISH("commands-tall")

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


def menus(view: discord.ui.View) -> list[discord.ui.Select[discord.ui.View]]:
    """Return the menus of a message."""
    return [child for child in view.children if isinstance(child, discord.ui.Select)]


def value(embed: discord.Embed, name: str) -> str:
    """Return a field's text."""
    [found] = [field.value or "" for field in embed.fields if field.name == name]
    return found


def choice(embed: discord.Embed, name: str) -> str:
    """Return the line of one choice, without bold type."""
    lines = dict(line.split(": ", 1) for line in value(embed, CHOICES).replace("**", "").splitlines())
    return lines[name]


CHOICES = ENGLISH("preferences-choices-field")
AUTO = ENGLISH("preferences-auto-unnamed")


def unavailable(choice: str, other: str) -> str:
    """Return the text about an unavailable choice, without bold type."""
    return ENGLISH("preferences-unavailable-default", choice=choice, other=other).replace("**", "")


def default(choice: str) -> str:
    """Return the text about a default, without bold type."""
    return ENGLISH("preferences-default", choice=choice).replace("**", "")


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
    st.sampled_from([texts_in(language) for language in Language]),
    PREFERENCES,
    st.sampled_from([BOTH, LONG, factories.CATALOGUE]),
    st.sampled_from([MARCH_2025.limits, AUTUMN_2026.limits]),
    st.sampled_from(messages.PreferencesPage),
)
def test_the_preferences_fit_one_message(
    texts: Texts, kept: Preferences, catalogue: Catalogue, limits: RequestLimits, page: messages.PreferencesPage
) -> None:
    """Discord allows five rows, so extras have a page of their own."""
    catalogue = replace(catalogue, limits=limits)
    embed = messages.preferences_embed(texts, kept, catalogue, messages.not_offered(texts))
    view = messages.preferences_view(texts, kept, catalogue, page)
    assert not broken_limits(embed)
    rows = view.to_components()
    extras = limits.extras and page is messages.PreferencesPage.EXTRAS
    assert [row["components"][0]["type"] for row in rows] == ([3, 3, 3, 2] if extras else [3, 3, 3, 3, 2])
    for menu in menus(view):
        assert 1 <= len(menu.options) <= 25
        assert sum(option.default for option in menu.options) <= 1
        assert len({option.value for option in menu.options}) == len(menu.options)
        assert all(1 <= len(option.label) <= 100 and len(option.value) <= 100 for option in menu.options)
        assert menu.placeholder
        assert len(menu.placeholder) <= 150
    assert not mentioned(value(embed, texts("preferences-choices-field")))


def test_each_menu_shows_what_is_remembered_and_the_default_where_nothing_is() -> None:
    """A closed menu shows it, too."""
    view = messages.preferences_view(ENGLISH, Preferences(17, "KLING", None, "9:16"), BOTH)
    marked = [[option.label for option in menu.options if option.default] for menu in menus(view)]
    assert marked == [["Kling"], [ENGLISH("preferences-image-model-option")], ["17 s"], [TALL_NAME]]
    gone = messages.preferences_view(ENGLISH, Preferences(17, "RETIRED"), BOTH)
    assert not any(option.default for option in menus(gone)[0].options)
    assert menus(gone)[0].placeholder == ENGLISH("preferences-video-model-placeholder")


def test_a_custom_length_is_among_the_usual_ones() -> None:
    """It is sorted by length."""
    lengths = [option.label for option in menus(messages.preferences_view(ENGLISH, Preferences(17), BOTH))[2].options]
    assert lengths[4:8] == ["12 s", "15 s", "17 s", "20 s"]
    assert lengths[-1] == "2 min"


def test_an_aspect_ratio_without_a_model_is_not_an_option() -> None:
    """Such an order would be refused."""
    shapes = menus(messages.preferences_view(ENGLISH, Preferences(), factories.CATALOGUE))[3]
    assert [option.value for option in shapes.options] == ["(default)", "16:9"]


def test_what_is_gone_is_named_with_what_takes_its_place() -> None:
    """Names from outside are escaped."""
    embed = messages.preferences_embed(ENGLISH, Preferences(5, "RETIRED", "OLD", "9:16"), BOTH)
    assert choice(embed, "Video model").endswith(unavailable("", "Kling"))
    assert choice(embed, "Image model").endswith(unavailable("", "Flux"))
    assert choice(embed, "Aspect ratio") == TALL_NAME
    cost = ENGLISH("preferences-cost", duration="5 s", price="5 credits", rate="1 credit per second")
    assert cost in str(embed.description)
    shape = messages.preferences_embed(ENGLISH, Preferences(5, "LUMA", aspect_ratio="9:16"), factories.CATALOGUE)
    assert choice(shape, "Aspect ratio") == unavailable(TALL_NAME, ENGLISH("commands-wide"))
    unable = messages.preferences_embed(ENGLISH, Preferences(5, "LUMA", aspect_ratio="9:16"), BOTH)
    said = ENGLISH("preferences-unsupported-default", choice="Luma", other="Kling").replace("**", "")
    assert choice(unable, "Video model") == said


def test_where_no_movie_can_be_made_there_is_no_price() -> None:
    """A catalogue of tall models alone has no default shape."""
    tall = Catalogue((VideoModel("REEL", "Reel", 10, (TALL,)),), (ImageModel("FLUX", "Flux"),))
    embed = messages.preferences_embed(ENGLISH, Preferences(video_model="GONE", image_model="GONE"), tall)
    assert ENGLISH("preferences-no-model") in str(embed.description)
    assert choice(embed, "Video model") == ENGLISH("preferences-unavailable", choice="GONE")
    assert choice(messages.preferences_embed(ENGLISH, Preferences(), tall), "Image model") == AUTO


def test_extras_are_said_only_where_the_api_has_them() -> None:
    """An unavailable extra is shown with the default that replaces it."""
    kept = Preferences(5, language="fr", subtitles=True, tone="cinematic")
    assert messages.preferences_embed(ENGLISH, kept, BOTH) == messages.preferences_embed(ENGLISH, Preferences(5), BOTH)
    newer = replace(BOTH, limits=AUTUMN_2026.limits)
    embed = messages.preferences_embed(ENGLISH, kept, newer)
    assert [choice(embed, name) for name in ("Language", "Subtitles", "Tone")] == ["French", "On", "Cinematic"]
    embed = messages.preferences_embed(ENGLISH, Preferences(), newer)
    assert choice(embed, "Language") == default("Auto")
    assert choice(embed, "Subtitles") == default("Off")
    embed = messages.preferences_embed(ENGLISH, Preferences(language="eo", tone="funny"), newer)
    assert choice(embed, "Language") == unavailable("eo", "Auto")
    assert choice(embed, "Tone") == unavailable("funny", "Grounded")


def test_the_page_of_extras_shows_what_is_remembered() -> None:
    """The page exists only where the API has extras."""
    newer, page = replace(BOTH, limits=AUTUMN_2026.limits), messages.PreferencesPage.EXTRAS
    view = messages.preferences_view(ENGLISH, Preferences(language="fr", subtitles=False), newer, page)
    marked = [[option.label for option in menu.options if option.default] for menu in menus(view)]
    assert marked == [["French"], ["Off"], [ENGLISH("preferences-tone-option", choice="Grounded")]]
    for catalogue, labels in ((newer, [ENGLISH("preferences-extras-button")]), (BOTH, [])):
        buttons = view_labels(messages.preferences_view(ENGLISH, Preferences(), catalogue))
        assert buttons[2:] == [ENGLISH("preferences-unlist-button"), *labels]


def test_nothing_is_said_of_a_choice_that_goes_with_the_others() -> None:
    """Only unexpected effects have a note."""
    assert not messages.conflict_note(ENGLISH, PreferenceUpdate(Preferences(5)), BOTH)


def test_reset_is_a_button_where_there_are_preferences() -> None:
    """A delivery target counts as a preference."""
    for kept, enabled in (
        (Preferences(), False),
        (Preferences(delivery_target=DeliveryTarget.DIRECT_MESSAGE), True),
        (Preferences(5), True),
    ):
        view = messages.preferences_view(ENGLISH, kept, BOTH)
        [forget] = [each for each in view_buttons(view) if each.custom_id == "m:preferences-forget"]
        assert forget.disabled is not enabled

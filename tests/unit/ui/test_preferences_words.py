"""/preferences: its menus, buttons and notes in rarer cases."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.extras import OfferedExtras, SpokenLanguage
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences, PreferenceUpdate
from bot.locales.message_ids import MessageId
from bot.samsar.profile import AUTUMN_2026
from bot.ui import preferences as ui
from bot.ui.preferences import PreferencesPage
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import fields, view_buttons, view_labels

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
WIDE_NAME, TALL_NAME = ENGLISH("commands-wide"), ENGLISH("commands-tall")
MODELS = Catalogue(
    (
        VideoModel("LUMA", "*Luma*", 10, (WIDE,), (WIDE,)),
        VideoModel("KLING", "Kling", 1, (WIDE, TALL)),
        VideoModel("OLD", "Old", 10, (WIDE,), enabled=False),
    ),
    (ImageModel("FLUX", "Flux"), ImageModel("OLD", "Old picture", enabled=False)),
)
EXTRAS = replace(MODELS, limits=AUTUMN_2026.limits)
NONE = Preferences()
DIRECT = replace(NONE, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
UNLISTED = replace(NONE, unlisted=True)


def overview(kept: Preferences, catalogue: Catalogue = MODELS) -> dict[str, str]:
    """Return the overview's fields by name."""
    return fields(ui.preferences_embed(ENGLISH, kept, catalogue))


def choices(kept: Preferences, catalogue: Catalogue = MODELS) -> list[str]:
    """Return the lines about the choices."""
    return overview(kept, catalogue)[ENGLISH("preferences-choices-field")].splitlines()


def view(
    kept: Preferences, catalogue: Catalogue = MODELS, page: PreferencesPage = PreferencesPage.MOVIE
) -> discord.ui.View:
    """Return the menus and buttons."""
    return ui.preferences_view(ENGLISH, kept, catalogue, page)


def menus(shown: discord.ui.View) -> dict[str, discord.ui.Select[discord.ui.View]]:
    """Return the menus by the field that they change."""
    found = [each for each in shown.children if isinstance(each, discord.ui.Select)]
    return {each.custom_id.rpartition(":")[2]: each for each in found}


# ── the overview ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_overview_begins_with_what_happened_and_what_a_movie_costs() -> None:
    """Without choices, it says how to make some."""
    cost = ENGLISH("preferences-cost", duration="20 s", price="200 credits", rate="10 credits per second")
    plain = ui.preferences_embed(ENGLISH, NONE, MODELS)
    assert str(plain.description).splitlines() == [ENGLISH("preferences-empty"), cost]
    assert plain.footer.text == ENGLISH("preferences-footer")
    changed = ui.preferences_embed(ENGLISH, Preferences(20), MODELS, "a note")
    assert str(changed.description).splitlines() == ["**a note**", "", ENGLISH("preferences-intro"), cost]


def test_the_overview_says_where_movies_go_and_who_is_left_out() -> None:
    delivery, listing = ENGLISH("preferences-delivery-field"), ENGLISH("preferences-listing-field")
    assert overview(NONE)[delivery] == ENGLISH("preferences-channel-value")
    assert overview(DIRECT)[delivery] == ENGLISH("preferences-dm-value")
    assert listing not in overview(NONE)
    assert overview(UNLISTED)[listing] == ENGLISH("preferences-unlisted-value")


def test_each_choice_is_named_and_a_default_is_told_as_one() -> None:
    assert choices(
        Preferences(45, "LUMA", "FLUX", "16:9", language="la", subtitles=False, tone="cinematic"), EXTRAS
    ) == [
        r"Video model: **\*Luma\***",
        "Image model: **Flux**",
        "Duration: **45 s**",
        f"Aspect ratio: **{WIDE_NAME}**",
        "Language: **Latin**",
        "Subtitles: **Off**",
        "Tone: **Cinematic**",
    ]
    assert choices(NONE, EXTRAS) == [
        r"Video model: **\*Luma\*** (auto)",
        "Image model: **Flux** (auto)",
        "Duration: **10 s** (default)",
        f"Aspect ratio: **{WIDE_NAME}** (default)",
        "Language: **Auto** (default)",
        "Subtitles: **Off** (default)",
        "Tone: **Grounded** (default)",
    ]


def test_what_can_not_be_made_any_more_is_named_with_what_is_made_instead() -> None:
    """A duration may be out of the range that a server allows."""
    shorter = replace(MODELS, limits=RequestLimits(max_seconds=60))
    video, image, duration, _ = choices(Preferences(90, "OLD", "OLD"), shorter)
    gone = {
        name: ENGLISH("preferences-unavailable-default", choice=name, other=other)
        for name, other in (("Old", r"\*Luma\*"), ("Old picture", "Flux"), ("1 min 30 s", "20 s"))
    }
    assert [video, image, duration] == [
        f"Video model: {gone['Old']}",
        f"Image model: {gone['Old picture']}",
        f"Duration: {gone['1 min 30 s']}",
    ]
    assert choices(Preferences(aspect_ratio="*1*"))[-1] == "Aspect ratio: " + ENGLISH(
        "preferences-unavailable-default", choice=r"\*1\*", other=WIDE_NAME
    )
    only = Catalogue((VideoModel("REEL", "Reel", 10, (TALL,)),), MODELS.image_models)
    unsupported = ENGLISH("preferences-unsupported", choice="Reel")
    assert choices(Preferences(video_model="REEL", aspect_ratio="16:9"), only)[0] == f"Video model: {unsupported}"


def test_an_extra_that_is_gone_is_named_as_people_know_it() -> None:
    """The API may leave out a language, or all of them."""
    fewer = replace(MODELS, limits=RequestLimits(extras=OfferedExtras((SpokenLanguage.AUTO, SpokenLanguage.FRENCH))))
    gone = ENGLISH("preferences-unavailable-default", choice="Latin", other="Auto")
    assert choices(Preferences(language="la", tone="cinematic"), fewer)[4:] == [f"Language: {gone}"]
    assert [*menus(view(NONE, fewer, PreferencesPage.EXTRAS))] == ["language"]
    subtitled = replace(MODELS, limits=RequestLimits(extras=OfferedExtras(subtitles=(False,))))
    [subtitles] = menus(view(NONE, subtitled, PreferencesPage.EXTRAS)).values()
    assert [option.value for option in subtitles.options] == [ui.DEFAULT, "off"]


# ── menus and buttons ────────────────────────────────────────────────────────────────────────────────────────────


def test_each_menu_begins_with_its_default() -> None:
    """It is the chosen one where nothing is remembered."""
    shown = {**menus(view(NONE, EXTRAS)), **menus(view(NONE, EXTRAS, PreferencesPage.EXTRAS))}
    assert {name: (menu.placeholder, menu.options[0].label) for name, menu in shown.items()} == {
        "video_model": ("Video model", ENGLISH("preferences-video-model-option")),
        "image_model": ("Image model", ENGLISH("preferences-image-model-option")),
        "seconds": ("Duration", "Duration: 10 s (default)"),
        "aspect_ratio": ("Aspect ratio", f"Aspect ratio: {WIDE_NAME} (default)"),
        "language": ("Language", "Language: Auto (default)"),
        "subtitles": ("Subtitles", "Subtitles: Off (default)"),
        "tone": ("Tone", "Tone: Grounded (default)"),
    }
    for menu in shown.values():
        assert [option.value for option in menu.options if option.default] == [ui.DEFAULT] == [menu.options[0].value]
    assert {PreferenceField(name) for name in menus(view(NONE, EXTRAS, PreferencesPage.EXTRAS))} == ui.EXTRA_FIELDS


def test_a_menu_of_25_models_has_no_room_for_the_default() -> None:
    """Discord allows 25 options; a member resets everything instead."""
    for number, first in ((24, ui.DEFAULT), (25, "V0")):
        models = tuple(VideoModel(f"V{each}", f"Model {each}", 10, (WIDE,)) for each in range(number))
        options = menus(view(NONE, replace(MODELS, video_models=models)))["video_model"].options
        assert (len(options), options[0].value) == (25, first)


def test_the_menus_offer_what_can_be_made_now() -> None:
    """A duration out of range is not among them, the default is."""
    limits = RequestLimits(min_seconds=10, max_seconds=40, default_seconds=33)
    shown = menus(view(Preferences(90, aspect_ratio="9:16"), replace(MODELS, limits=limits)))
    durations = [option.value for option in shown["seconds"].options]
    assert durations == [ui.DEFAULT, "10", "12", "15", "20", "30"]
    default = menus(view(NONE, replace(MODELS, limits=limits)))["seconds"]
    assert [option.value for option in default.options] == [*durations, "33"]
    assert [option.value for option in shown["aspect_ratio"].options] == [ui.DEFAULT, "16:9", "9:16"]
    kept = menus(view(Preferences(20, aspect_ratio="9:16")))
    assert [[each.value for each in kept[name].options if each.default] for name in ("seconds", "aspect_ratio")] == [
        ["20"],
        ["9:16"],
    ]


@pytest.mark.parametrize(
    ("kept", "labels", "targets", "reset"),
    [
        (NONE, ("preferences-dm-button", "preferences-unlist-button"), ("direct", "no"), False),
        (DIRECT, ("preferences-channel-button", "preferences-unlist-button"), ("channel", "no"), True),
        (UNLISTED, ("preferences-dm-button", "preferences-list-button"), ("direct", "yes"), False),
    ],
)
def test_each_button_does_the_opposite_of_what_is_set(
    kept: Preferences, labels: tuple[MessageId, MessageId], targets: tuple[str, str], *, reset: bool
) -> None:
    """A reset keeps a member out of /top, who needs none."""
    target, forget, listed = view_buttons(view(kept))
    assert [target.label, listed.label] == [ENGLISH(each) for each in labels]
    assert [target.custom_id, listed.custom_id] == [
        f"m:preferences-target:{targets[0]}",
        f"m:preferences-listed:{targets[1]}",
    ]
    assert forget.disabled is not reset


def test_the_page_of_extras_leads_back_and_is_none_without_extras() -> None:
    assert view_labels(view(NONE, EXTRAS, PreferencesPage.EXTRAS)) == [ENGLISH("preferences-back-button")]
    assert len(menus(view(NONE, MODELS, PreferencesPage.EXTRAS))) == 4


# ── notes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_choice_that_had_to_go_is_named_with_what_came_instead() -> None:
    """Models are named by their labels, without markup."""
    shape = PreferenceUpdate(Preferences(video_model="LUMA", aspect_ratio="16:9"), dropped_aspect_ratio="9:16")
    parts = {"model": r"\*Luma\*", "dropped": TALL_NAME, "choice": WIDE_NAME}
    assert ui.conflict_note(ENGLISH, shape, MODELS) == ENGLISH("preferences-dropped-aspect-ratio", **parts)
    tall = replace(MODELS, limits=RequestLimits(default_aspect_ratio=TALL))
    default = PreferenceUpdate(Preferences(video_model="LUMA"), dropped_aspect_ratio="16:9")
    swapped = {**parts, "dropped": WIDE_NAME, "choice": TALL_NAME}
    assert ui.conflict_note(ENGLISH, default, tall) == ENGLISH("preferences-dropped-aspect-ratio", **swapped)
    model = PreferenceUpdate(Preferences(aspect_ratio="9:16"), dropped_model="LUMA")
    note = ENGLISH("preferences-dropped-model", model=r"\*Luma\*", choice=TALL_NAME)
    assert ui.conflict_note(ENGLISH, model, MODELS) == note


def test_a_change_is_confirmed_as_what_it_is() -> None:
    assert ui.listing_changed(ENGLISH, unlisted=True) == ENGLISH("preferences-unlisted")
    assert ui.listing_changed(ENGLISH, unlisted=False) == ENGLISH("preferences-listed")
    assert ui.target_changed(ENGLISH, DeliveryTarget.DIRECT_MESSAGE) == ENGLISH("preferences-dm-set")
    assert ui.target_changed(ENGLISH, DeliveryTarget.CHANNEL) == ENGLISH("preferences-channel-set")
    assert ui.forgotten(ENGLISH) == ENGLISH("preferences-reset")
    assert ui.not_offered(ENGLISH) == ENGLISH("preferences-not-offered")

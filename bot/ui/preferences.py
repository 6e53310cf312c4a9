"""The /preferences command: a member's defaults and delivery target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue, RequestLimits
from bot.domain.extras import OfferedExtras
from bot.domain.preferences import (
    SUBTITLES,
    DeliveryTarget,
    PreferenceField,
    Preferences,
    PreferenceUpdate,
    default_request,
)
from bot.domain.request import DEFAULT_DURATION_SECONDS, ValidatedRequest
from bot.ui import command_descriptions as names
from bot.ui import extras, modals
from bot.ui.components import Button, Option, Select, build_view
from bot.ui.discord_limits import MAX_OPTIONS
from bot.ui.escaping import escape_line
from bot.ui.formatting import BRAND, format_credits, format_duration

DEFAULT: Final = "(default)"
"""The option value that resets a preference to the catalogue's default."""

_LENGTHS: Final = (5, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240)
"""Lengths offered, in seconds, where the API takes them; /movie takes any."""

_MAX_NAME_LENGTH: Final = 100

_ASPECT_RATIOS: Final = {AspectRatio.WIDE: names.WIDE, AspectRatio.TALL: names.TALL}


class PreferencesPage(StrEnum):
    """The two pages of selects.

    A message has room for four selects and a row of buttons.
    """

    MOVIE = "movie"
    EXTRAS = "extras"


EXTRA_FIELDS: Final = frozenset({PreferenceField.LANGUAGE, PreferenceField.SUBTITLES, PreferenceField.TONE})
"""The fields on the page of the extras."""


@dataclass(frozen=True, slots=True)
class _Extra:
    """An extra that the API has.

    `chosen` is a value or None, `labels` are by value, the default's first.
    """

    name: str
    field: PreferenceField
    chosen: str | None
    labels: Mapping[str, str]

    @property
    def default(self) -> str:
        return next(iter(self.labels.values()))


def preferences_embed(preferences: Preferences, catalogue: Catalogue, note: str = "") -> discord.Embed:
    """Build the overview of a member's defaults, with `note` on top."""
    result = default_request(preferences, catalogue)
    request = result if isinstance(result, ValidatedRequest) else None
    lines = [*([f"**{note}**", ""] if note else []), _intro(preferences), _cost(request)]
    embed = discord.Embed(title="Your preferences", description="\n".join(lines), colour=BRAND)
    choices = [
        f"Video model: {_video(preferences, catalogue, request)}",
        f"Image model: {_image(preferences, catalogue, request)}",
        f"Length: {_length(preferences, catalogue.limits)}",
        f"Shape: {_aspect_ratio(preferences, request)}",
        *(f"{extra.name}: {_extra_line(extra)}" for extra in _extras(preferences, catalogue.limits.extras)),
    ]
    embed.add_field(name="Your choices", value="\n".join(choices), inline=False)
    embed.add_field(name="Finished movies", value=_DELIVERY_TARGETS[preferences.delivery_target], inline=False)
    embed.set_footer(text="Only you see this. It applies in every server that has this bot.")
    return embed


def preferences_view(
    preferences: Preferences, catalogue: Catalogue, page: PreferencesPage = PreferencesPage.MOVIE
) -> discord.ui.View:
    """Build a select for each default of a page, and the buttons.

    The buttons are for the delivery target, a reset, and the other page where the API has extras.
    """
    if page is PreferencesPage.EXTRAS and catalogue.limits.extras:
        menus = map(_extra_menu, _extras(preferences, catalogue.limits.extras))
        return build_view(*menus, Button("Back", ("preferences-page", PreferencesPage.MOVIE.value)))
    extras_page = Button("Language, subtitles, tone", ("preferences-page", PreferencesPage.EXTRAS.value))
    direct = preferences.delivery_target is DeliveryTarget.DIRECT_MESSAGE
    where = "Post finished movies in the channel" if direct else "Send finished movies to me directly"
    return build_view(
        _video_menu(preferences, catalogue),
        _image_menu(preferences, catalogue),
        _length_menu(preferences, catalogue.limits),
        _aspect_ratio_menu(preferences, catalogue),
        Button(
            where, ("preferences-target", (DeliveryTarget.CHANNEL if direct else DeliveryTarget.DIRECT_MESSAGE).value)
        ),
        Button(
            "Forget all of this",
            ("preferences-forget",),
            discord.ButtonStyle.danger,
            enabled=preferences != Preferences(),
        ),
        *([extras_page] if catalogue.limits.extras else []),
    )


def conflict_note(update: PreferenceUpdate, catalogue: Catalogue) -> str:
    """Explain which other default was dropped by a change; '' for none."""
    aspect_ratio = _aspect_ratio_name(update.preferences.aspect_ratio or AspectRatio.WIDE)
    if update.dropped_aspect_ratio is not None:
        model = _model_name(update.preferences.video_model or "", catalogue)
        dropped = _aspect_ratio_name(update.dropped_aspect_ratio)
        return f"{model} can't make {dropped} movies, so your shape is {aspect_ratio} now."
    if update.dropped_model is not None:
        dropped = _model_name(update.dropped_model, catalogue)
        return f"{dropped} can't make {aspect_ratio} movies, so your video model is the best one for that shape now."
    return ""


def not_offered() -> str:
    """Say that the chosen option is no longer offered."""
    return "That is no longer offered. Nothing was changed. Pick another one below."


def target_changed(delivery_target: DeliveryTarget) -> str:
    """Confirm where finished movies will be sent."""
    if delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        return "From your next movie on, I'll send finished ones to you directly."
    return "From your next movie on, I'll post finished ones in the channel again."


def forgotten() -> str:
    """Confirm that the preferences were deleted."""
    return "Forgotten. Your next movie sets new defaults."


def _intro(preferences: Preferences) -> str:
    if preferences.has_choices:
        return "/movie uses these unless you choose something else. They are your latest choices."
    return "You have no defaults yet. Your next movie sets them, or you can pick them here."


def _cost(request: ValidatedRequest | None) -> str:
    if request is None:
        return "No model can make this shape right now. Pick another shape or model."
    length, credits = format_duration(request.request.duration_seconds), format_credits(request.price)
    price = names.format_rate(request.video_model.credits_per_second)
    return f"With these, a movie of {length} costs **{credits}** ({price})."


def _video(preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    other = escape_line(request.video_model.label, _MAX_NAME_LENGTH) if request else None
    if preferences.video_model is None:
        return f"**{other}**, the best one for the shape" if other else "the best one for the shape"
    model = catalogue.video_model(preferences.video_model)
    name = _model_name(preferences.video_model, catalogue)
    if request is not None and request.request.video_model == preferences.video_model:
        return f"**{name}**"
    if model is not None and model.enabled:
        return _instead(f"{name} can't make this shape any more", other)
    return _instead(f"{name} is no longer offered", other)


def _image(preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    other = escape_line(request.image_model.label, _MAX_NAME_LENGTH) if request else None
    if preferences.image_model is None:
        return f"**{other}**, the first one" if other else "the first one"
    model = catalogue.image_model(preferences.image_model)
    name = escape_line(model.label if model else preferences.image_model, _MAX_NAME_LENGTH)
    return f"**{name}**" if model is not None and model.enabled else _instead(f"{name} is no longer offered", other)


def _length(preferences: Preferences, limits: RequestLimits) -> str:
    if preferences.seconds is None:
        return f"**{format_duration(DEFAULT_DURATION_SECONDS)}** unless you say otherwise"
    if not limits.allow(preferences.seconds):
        why = f"{format_duration(preferences.seconds)} is no longer offered"
        return _instead(why, format_duration(DEFAULT_DURATION_SECONDS))
    return f"**{format_duration(preferences.seconds)}**"


def _aspect_ratio(preferences: Preferences, request: ValidatedRequest | None) -> str:
    if preferences.aspect_ratio is None:
        return f"**{names.WIDE}** unless you say otherwise"
    name = _aspect_ratio_name(preferences.aspect_ratio)
    if request is not None and request.request.aspect_ratio != preferences.aspect_ratio:
        return _instead(f"{name} is no longer offered", _aspect_ratio_name(request.request.aspect_ratio))
    return f"**{name}**"


def _instead(why: str, other: str | None) -> str:
    return f"{why}; the default is used: **{other}**" if other else f"{why}; the default is used"


def _aspect_ratio_name(aspect_ratio: str) -> str:
    return (
        _ASPECT_RATIOS[AspectRatio(aspect_ratio)]
        if aspect_ratio in tuple(AspectRatio)
        else escape_line(aspect_ratio, _MAX_NAME_LENGTH)
    )


def _model_name(key: str, catalogue: Catalogue) -> str:
    model = catalogue.video_model(key)
    return escape_line(model.label if model else key, _MAX_NAME_LENGTH)


def _video_menu(preferences: Preferences, catalogue: Catalogue) -> Select:
    menu = modals.video_select(("preferences", PreferenceField.VIDEO_MODEL.value), preferences.video_model, catalogue)
    return _with_default(menu, "Video model: another one", "Video model: the best one for the shape")


def _image_menu(preferences: Preferences, catalogue: Catalogue) -> Select:
    menu = modals.image_select(("preferences", PreferenceField.IMAGE_MODEL.value), preferences.image_model, catalogue)
    return _with_default(menu, "Image model: another one", "Image model: the first one")


def _length_menu(preferences: Preferences, limits: RequestLimits) -> Select:
    lengths = sorted(filter(limits.allow, {*_LENGTHS, preferences.seconds or DEFAULT_DURATION_SECONDS}))
    options = tuple(Option(format_duration(seconds), str(seconds)) for seconds in lengths)
    action = ("preferences", PreferenceField.SECONDS.value)
    menu = Select("", action, options, str(preferences.seconds) if preferences.seconds else None)
    return _with_default(
        menu,
        "Length: another one",
        f"Length: {format_duration(DEFAULT_DURATION_SECONDS)}, unless you say otherwise",
    )


def _aspect_ratio_menu(preferences: Preferences, catalogue: Catalogue) -> Select:
    menu = modals.aspect_ratio_select(("preferences", PreferenceField.ASPECT_RATIO.value), preferences.aspect_ratio)
    offered = {aspect_ratio.value for aspect_ratio in AspectRatio if catalogue.video_models_for(aspect_ratio)}
    options: Sequence[Option] = [option for option in menu.options if option.value in offered]
    return _with_default(
        replace(menu, options=tuple(options)), "Shape: another one", f"Shape: {names.WIDE}, unless you say otherwise"
    )


def _extras(preferences: Preferences, offered: OfferedExtras) -> Sequence[_Extra]:
    """List the extras that the API has."""
    subtitles = next((value for value, on in SUBTITLES.items() if on is preferences.subtitles), None)
    found = (
        _Extra(
            "Language",
            PreferenceField.LANGUAGE,
            preferences.language,
            {each.value: extras.LANGUAGES[each] for each in offered.languages},
        ),
        _Extra(
            "Subtitles",
            PreferenceField.SUBTITLES,
            subtitles,
            {value: value.capitalize() for value, on in SUBTITLES.items() if on in offered.subtitles},
        ),
        _Extra(
            "Tone", PreferenceField.TONE, preferences.tone, {each.value: extras.TONES[each] for each in offered.tones}
        ),
    )
    return [extra for extra in found if extra.labels]


def _extra_line(extra: _Extra) -> str:
    if extra.chosen is None:
        return f"**{extra.default}** unless you say otherwise"
    if extra.chosen in extra.labels:
        return f"**{extra.labels[extra.chosen]}**"
    name = escape_line(extras.choice_name(extra.chosen), _MAX_NAME_LENGTH)
    return _instead(f"{name} is no longer offered", extra.default)


def _extra_menu(extra: _Extra) -> Select:
    options = tuple(Option(label, value) for value, label in extra.labels.items())
    menu = Select("", ("preferences", extra.field.value), options, extra.chosen)
    return _with_default(
        menu, f"{extra.name}: another one", f"{extra.name}: {extra.default.lower()}, unless you say otherwise"
    )


def _with_default(menu: Select, placeholder: str, default: str) -> Select:
    """Add a first option that resets to the default, if it fits."""
    placed = replace(menu, placeholder=placeholder, chosen=menu.chosen or DEFAULT)
    if len(menu.options) >= MAX_OPTIONS:
        return placed
    return replace(placed, options=(Option(default, DEFAULT), *menu.options))


_DELIVERY_TARGETS = {
    DeliveryTarget.CHANNEL: "Posted in the channel where you asked for them, with a mention of you",
    DeliveryTarget.DIRECT_MESSAGE: (
        "Sent to you as a direct message; in the channel, if Discord doesn't let me write to you"
    ),
}

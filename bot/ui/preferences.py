"""The /preferences command: a member's defaults and delivery target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue, OfferedExtras, RequestLimits
from bot.domain.preferences import (
    SUBTITLES,
    DeliveryTarget,
    PreferenceField,
    Preferences,
    PreferenceUpdate,
    default_request,
)
from bot.domain.request import COMMON_DURATIONS, ValidatedRequest
from bot.domain.text import MAX_NAME_LENGTH, MAX_OPTIONS
from bot.locales.texts import Texts, message_id
from bot.ui import extras, modals
from bot.ui.components import Button, Option, Select, build_view
from bot.ui.formatting import BRAND, escape_line, format_credits, format_duration, format_rate

DEFAULT: Final = "(default)"
"""The option value that resets a preference to the catalogue's default."""


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

    field: PreferenceField
    chosen: str | None
    labels: Mapping[str, str]

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option(label, value) for value, label in self.labels.items())

    @property
    def default(self) -> str:
        return next(iter(self.labels.values()))


def preferences_embed(texts: Texts, preferences: Preferences, catalogue: Catalogue, note: str = "") -> discord.Embed:
    """Build the overview of a member's defaults, with `note` on top."""
    result = default_request(preferences, catalogue)
    request = result if isinstance(result, ValidatedRequest) else None
    intro = texts("preferences-intro" if preferences.has_choices else "preferences-empty")
    lines = [*([f"**{note}**", ""] if note else []), intro, _cost(texts, request)]
    embed = discord.Embed(title=texts("preferences-title"), description="\n".join(lines), colour=BRAND)
    choices = {
        PreferenceField.VIDEO_MODEL: _video(texts, preferences, catalogue, request),
        PreferenceField.IMAGE_MODEL: _image(texts, preferences, catalogue, request),
        PreferenceField.SECONDS: _duration(texts, preferences, catalogue.limits),
        PreferenceField.ASPECT_RATIO: _aspect_ratio(texts, preferences, catalogue.limits, request),
    }
    for extra in _extras(texts, preferences, catalogue.limits.extras):
        choices[extra.field] = _extra_choice(texts, extra)
    shown = [texts(message_id("preferences", field), choice=choice) for field, choice in choices.items()]
    embed.add_field(name=texts("preferences-choices-field"), value="\n".join(shown), inline=False)
    where = texts(message_id("preferences", preferences.delivery_target, "value"))
    embed.add_field(name=texts("preferences-delivery-field"), value=where, inline=False)
    if preferences.unlisted:
        value = texts("preferences-unlisted-value")
        embed.add_field(name=texts("preferences-listing-field"), value=value, inline=False)
    embed.set_footer(text=texts("preferences-footer"))
    return embed


def preferences_view(
    texts: Texts, preferences: Preferences, catalogue: Catalogue, page: PreferencesPage = PreferencesPage.MOVIE
) -> discord.ui.View:
    """Build a select for each default of a page, and the buttons.

    The buttons are for the delivery target, a reset, and the other page where the API has extras.
    """
    if page is PreferencesPage.EXTRAS and catalogue.limits.extras:
        menus = _extra_menus(texts, preferences, catalogue.limits.extras)
        back = Button(texts("preferences-back-button"), ("preferences-page", PreferencesPage.MOVIE.value))
        return build_view(*menus, back)
    extras_page = Button(texts("preferences-extras-button"), ("preferences-page", PreferencesPage.EXTRAS.value))
    direct = preferences.delivery_target is DeliveryTarget.DIRECT_MESSAGE
    target = DeliveryTarget.CHANNEL if direct else DeliveryTarget.DIRECT_MESSAGE
    where = texts("preferences-channel-button" if direct else "preferences-dm-button")
    return build_view(
        *_movie_menus(texts, preferences, catalogue),
        Button(where, ("preferences-target", target.value)),
        Button(
            texts("preferences-reset-button"),
            ("preferences-forget",),
            discord.ButtonStyle.danger,
            enabled=replace(preferences, unlisted=False) != Preferences(),
        ),
        Button(
            texts("preferences-list-button" if preferences.unlisted else "preferences-unlist-button"),
            ("preferences-listed", "yes" if preferences.unlisted else "no"),
        ),
        *([extras_page] if catalogue.limits.extras else []),
    )


def conflict_note(texts: Texts, update: PreferenceUpdate, catalogue: Catalogue) -> str:
    """Explain which other default was dropped by a change; '' for none."""
    choice = _aspect_ratio_name(texts, update.preferences.aspect_ratio or catalogue.limits.default_aspect_ratio)
    if update.dropped_aspect_ratio is not None:
        model = escape_line(catalogue.label(update.preferences.video_model or ""), MAX_NAME_LENGTH)
        dropped = _aspect_ratio_name(texts, update.dropped_aspect_ratio)
        return texts("preferences-dropped-aspect-ratio", model=model, dropped=dropped, choice=choice)
    if update.dropped_model is not None:
        model = escape_line(catalogue.label(update.dropped_model), MAX_NAME_LENGTH)
        return texts("preferences-dropped-model", model=model, choice=choice)
    return ""


def listing_changed(texts: Texts, *, unlisted: bool) -> str:
    """Confirm whether the member's movies are shown by their stars."""
    return texts("preferences-unlisted" if unlisted else "preferences-listed")


def target_changed(texts: Texts, delivery_target: DeliveryTarget) -> str:
    """Confirm where finished movies will be sent."""
    direct = delivery_target is DeliveryTarget.DIRECT_MESSAGE
    return texts("preferences-dm-set" if direct else "preferences-channel-set")


def _cost(texts: Texts, request: ValidatedRequest | None) -> str:
    if request is None:
        return texts("preferences-no-model")
    return texts(
        "preferences-cost",
        duration=format_duration(texts, request.request.duration_seconds),
        price=format_credits(texts, request.price),
        rate=format_rate(texts, request.video_model.credits_per_second),
    )


def _video(texts: Texts, preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    other = escape_line(request.video_model.label, MAX_NAME_LENGTH) if request else None
    if preferences.video_model is None:
        return _auto(texts, other)
    model = catalogue.video_model(preferences.video_model)
    name = escape_line(catalogue.label(preferences.video_model), MAX_NAME_LENGTH)
    if request is not None and request.request.video_model == preferences.video_model:
        return f"**{name}**"
    if model is None or not model.enabled:
        return _unavailable(texts, name, other)
    if other is None:
        return texts("preferences-unsupported", choice=name)
    return texts("preferences-unsupported-default", choice=name, other=other)


def _image(texts: Texts, preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    other = escape_line(request.image_model.label, MAX_NAME_LENGTH) if request else None
    if preferences.image_model is None:
        return _auto(texts, other)
    name = escape_line(catalogue.label(preferences.image_model), MAX_NAME_LENGTH)
    return f"**{name}**" if catalogue.enabled_image_model(preferences.image_model) else _unavailable(texts, name, other)


def _duration(texts: Texts, preferences: Preferences, limits: RequestLimits) -> str:
    default = format_duration(texts, limits.default_seconds)
    if preferences.seconds is None:
        return texts("preferences-default", choice=default)
    chosen = format_duration(texts, preferences.seconds)
    return f"**{chosen}**" if limits.allow(preferences.seconds) else _unavailable(texts, chosen, default)


def _aspect_ratio(
    texts: Texts, preferences: Preferences, limits: RequestLimits, request: ValidatedRequest | None
) -> str:
    if preferences.aspect_ratio is None:
        return texts("preferences-default", choice=_aspect_ratio_name(texts, limits.default_aspect_ratio))
    name = _aspect_ratio_name(texts, preferences.aspect_ratio)
    if request is not None and request.request.aspect_ratio != preferences.aspect_ratio:
        return _unavailable(texts, name, _aspect_ratio_name(texts, request.request.aspect_ratio))
    return f"**{name}**"


def _auto(texts: Texts, choice: str | None) -> str:
    return texts("preferences-auto", choice=choice) if choice else texts("preferences-auto-unnamed")


def _unavailable(texts: Texts, choice: str, other: str | None) -> str:
    """Say that a choice is gone.

    `other` is the default that takes its place, if any.
    """
    if other is None:
        return texts("preferences-unavailable", choice=choice)
    return texts("preferences-unavailable-default", choice=choice, other=other)


def _aspect_ratio_name(texts: Texts, aspect_ratio: str) -> str:
    if aspect_ratio in tuple(AspectRatio):
        return extras.aspect_ratio_name(texts, AspectRatio(aspect_ratio))
    return escape_line(aspect_ratio, MAX_NAME_LENGTH)


def _movie_menus(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Sequence[Select]:
    limits, chosen = catalogue.limits, preferences.seconds
    lengths = sorted(filter(limits.allow, {*COMMON_DURATIONS, chosen or limits.default_seconds}))
    durations = tuple(Option(format_duration(texts, seconds), str(seconds)) for seconds in lengths)
    ratios = tuple(
        Option(extras.aspect_ratio_name(texts, each), each.value)
        for each in AspectRatio
        if catalogue.video_models_for(each)
    )
    length, ratio = limits.default_seconds, extras.aspect_ratio_name(texts, limits.default_aspect_ratio)
    return (
        _menu(texts, PreferenceField.VIDEO_MODEL, modals.video_options(texts, catalogue), preferences.video_model),
        _menu(texts, PreferenceField.IMAGE_MODEL, modals.image_options(catalogue), preferences.image_model),
        _menu(texts, PreferenceField.SECONDS, durations, chosen, format_duration(texts, length)),
        _menu(texts, PreferenceField.ASPECT_RATIO, ratios, preferences.aspect_ratio, ratio),
    )


def _extra_menus(texts: Texts, preferences: Preferences, offered: OfferedExtras) -> Sequence[Select]:
    found = _extras(texts, preferences, offered)
    return [_menu(texts, each.field, each.options, each.chosen, each.default) for each in found]


def _menu(
    texts: Texts, field: PreferenceField, options: tuple[Option, ...], chosen: str | int | None, default: str = ""
) -> Select:
    """Build a field's select, whose first option resets it to the default, if it fits."""
    to_default = Option(texts(message_id("preferences", field, "option"), choice=default), DEFAULT)
    reset = (to_default,) if len(options) < MAX_OPTIONS else ()
    placeholder = texts(message_id("preferences", field, "placeholder"))
    return Select(placeholder, ("preferences", field.value), (*reset, *options), str(chosen or DEFAULT))


def _extras(texts: Texts, preferences: Preferences, offered: OfferedExtras) -> Sequence[_Extra]:
    """List the extras that the API has."""
    subtitles = next((value for value, on in SUBTITLES.items() if on is preferences.subtitles), None)
    subtitle_labels = {
        value: texts("preferences-on-option" if on else "preferences-off-option")
        for value, on in SUBTITLES.items()
        if on in offered.subtitles
    }
    languages = {each.value: extras.language_name(texts, each) for each in offered.languages}
    tones = {each.value: extras.tone_name(texts, each) for each in offered.tones}
    found = (
        _Extra(PreferenceField.LANGUAGE, preferences.language, languages),
        _Extra(PreferenceField.SUBTITLES, subtitles, subtitle_labels),
        _Extra(PreferenceField.TONE, preferences.tone, tones),
    )
    return [extra for extra in found if extra.labels]


def _extra_choice(texts: Texts, extra: _Extra) -> str:
    if extra.chosen is None:
        return texts("preferences-default", choice=extra.default)
    if extra.chosen in extra.labels:
        return f"**{extra.labels[extra.chosen]}**"
    name = escape_line(extras.choice_name(texts, extra.chosen), MAX_NAME_LENGTH)
    return _unavailable(texts, name, extra.default)

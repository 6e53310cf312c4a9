"""The /preferences command: a member's defaults and delivery target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue, ModelKind, OfferedExtras
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
from bot.ui.components import Button, Field, Message, Option, Row, Select, build_card, in_rows
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
    def default(self) -> str:
        return next(iter(self.labels.values()))


def preferences_message(texts: Texts, preferences: Preferences, catalogue: Catalogue, note: str = "") -> Message:
    """Build the overview of a member's defaults, with `note` on top."""
    result = default_request(preferences, catalogue)
    request = result if isinstance(result, ValidatedRequest) else None
    intro = texts("preferences-intro" if preferences.has_choices else "preferences-empty")
    choices = _movie_choices(texts, preferences, catalogue, request)
    for extra in _extras(texts, preferences, catalogue.limits.extras):
        label = None
        if extra.chosen is not None:
            name = escape_line(extras.choice_name(texts, extra.chosen), MAX_NAME_LENGTH)
            label = extra.labels.get(extra.chosen, name)
        choices[extra.field] = _choice(texts, label, extra.default, fits=extra.chosen in extra.labels)
    shown = [texts(message_id("preferences", field), choice=choice) for field, choice in choices.items()]
    unlisted = texts("preferences-unlisted-value") if preferences.unlisted else ""
    return build_card(
        texts("preferences-title"),
        "\n".join([*([f"**{note}**", ""] if note else []), intro, _cost(texts, request)]),
        BRAND,
        Field(texts("preferences-choices-field"), "\n".join(shown), inline=False),
        Field(
            texts("preferences-delivery-field"),
            texts(message_id("preferences", preferences.delivery_target, "value")),
            inline=False,
        ),
        Field(texts("preferences-listing-field"), unlisted, inline=False),
        footer=texts("preferences-footer"),
    )


def preferences_view(
    texts: Texts, preferences: Preferences, catalogue: Catalogue, page: PreferencesPage = PreferencesPage.MOVIE
) -> tuple[Row, ...]:
    """Build a select for each default of a page, and the buttons.

    The buttons are for the delivery target, a reset, and the other page where the API has extras.
    """
    if page is PreferencesPage.EXTRAS and catalogue.limits.extras:
        menus = [
            _menu(
                texts,
                each.field,
                [Option(label, value) for value, label in each.labels.items()],
                each.chosen,
                each.default,
            )
            for each in _extras(texts, preferences, catalogue.limits.extras)
        ]
        back = Button(texts("preferences-back-button"), ("preferences-page", PreferencesPage.MOVIE.value))
        return in_rows(*menus, back)
    extras_page = Button(texts("preferences-extras-button"), ("preferences-page", PreferencesPage.EXTRAS.value))
    direct = preferences.delivery_target is DeliveryTarget.DIRECT_MESSAGE
    target = DeliveryTarget.CHANNEL if direct else DeliveryTarget.DIRECT_MESSAGE
    where = texts("preferences-channel-button" if direct else "preferences-dm-button")
    return in_rows(
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
    choice = extras.aspect_ratio_name(texts, update.preferences.aspect_ratio or catalogue.limits.default_aspect_ratio)
    if update.dropped_aspect_ratio is not None:
        model = escape_line(catalogue.label(update.preferences.video_model or ""), MAX_NAME_LENGTH)
        dropped = extras.aspect_ratio_name(texts, update.dropped_aspect_ratio)
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


def _movie_choices(
    texts: Texts, preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None
) -> dict[PreferenceField, str]:
    """Say what is chosen, and where that is not possible, what is used instead."""
    limits, ratio, seconds = catalogue.limits, preferences.aspect_ratio, preferences.seconds
    used = ratio or limits.default_aspect_ratio if request is None else request.request.aspect_ratio
    return {
        PreferenceField.VIDEO_MODEL: _video(texts, preferences, catalogue, request),
        PreferenceField.IMAGE_MODEL: _image(texts, preferences, catalogue, request),
        PreferenceField.SECONDS: _choice(
            texts,
            None if seconds is None else format_duration(texts, seconds),
            format_duration(texts, limits.default_seconds),
            fits=seconds is None or limits.allow(seconds),
        ),
        PreferenceField.ASPECT_RATIO: _choice(
            texts,
            None if ratio is None else extras.aspect_ratio_name(texts, ratio),
            extras.aspect_ratio_name(texts, limits.default_aspect_ratio if ratio is None else used),
            fits=used == ratio,
        ),
    }


def _video(texts: Texts, preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    other = escape_line(request.video_model.label, MAX_NAME_LENGTH) if request else None
    if preferences.video_model is None:
        return _auto(texts, other)
    model = catalogue.video_model(preferences.video_model)
    name = escape_line(catalogue.label(preferences.video_model), MAX_NAME_LENGTH)
    fits = request is not None and request.request.video_model == preferences.video_model
    if fits or model is None or not model.enabled:
        return _choice(texts, name, other, fits=fits)
    if other is None:
        return texts("preferences-unsupported", choice=name)
    return texts("preferences-unsupported-default", choice=name, other=other)


def _image(texts: Texts, preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    other = escape_line(request.image_model.label, MAX_NAME_LENGTH) if request else None
    if preferences.image_model is None:
        return _auto(texts, other)
    name = escape_line(catalogue.label(preferences.image_model, ModelKind.IMAGE), MAX_NAME_LENGTH)
    return _choice(texts, name, other, fits=catalogue.enabled_image_model(preferences.image_model) is not None)


def _auto(texts: Texts, choice: str | None) -> str:
    return texts("preferences-auto", choice=choice) if choice else texts("preferences-auto-unnamed")


def _choice(texts: Texts, chosen: str | None, other: str | None, *, fits: bool) -> str:
    """Name what is chosen.

    `other` is the default that takes its place where nothing is chosen, or it does not fit; None where nothing does.
    """
    if chosen is not None and fits:
        return f"**{chosen}**"
    if chosen is None:
        return texts("preferences-default", choice=other or "")
    if other is None:
        return texts("preferences-unavailable", choice=chosen)
    return texts("preferences-unavailable-default", choice=chosen, other=other)


def _movie_menus(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Sequence[Select]:
    limits, chosen = catalogue.limits, preferences.seconds
    lengths = sorted(filter(limits.allow, {*COMMON_DURATIONS, chosen or limits.default_seconds}))
    durations = [Option(format_duration(texts, seconds), str(seconds)) for seconds in lengths]
    ratios = [
        Option(extras.aspect_ratio_name(texts, each), each.value)
        for each in AspectRatio
        if catalogue.video_models_for(each)
    ]
    length = format_duration(texts, limits.default_seconds)
    ratio = extras.aspect_ratio_name(texts, limits.default_aspect_ratio)
    return (
        _menu(texts, PreferenceField.VIDEO_MODEL, modals.video_options(texts, catalogue), preferences.video_model),
        _menu(texts, PreferenceField.IMAGE_MODEL, modals.image_options(catalogue), preferences.image_model),
        _menu(texts, PreferenceField.SECONDS, durations, chosen, length),
        _menu(texts, PreferenceField.ASPECT_RATIO, ratios, preferences.aspect_ratio, ratio),
    )


def _menu(
    texts: Texts, field: PreferenceField, options: Sequence[Option], chosen: str | int | None, default: str = ""
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
    languages = {each.value: extras.choice_name(texts, each) for each in offered.languages}
    tones = {each.value: extras.choice_name(texts, each) for each in offered.tones}
    found = (
        _Extra(PreferenceField.LANGUAGE, preferences.language, languages),
        _Extra(PreferenceField.SUBTITLES, subtitles, subtitle_labels),
        _Extra(PreferenceField.TONE, preferences.tone, tones),
    )
    return [extra for extra in found if extra.labels]

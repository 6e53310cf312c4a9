"""The /preferences command: a member's defaults and delivery target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import Catalogue, ModelKind
from bot.domain.operations import Operation
from bot.domain.preferences import (
    NOT_IN_FORM,
    SUBTITLES,
    DeliveryTarget,
    PreferenceField,
    Preferences,
    PreferenceUpdate,
    default_request,
    offered_choices,
)
from bot.domain.request import COMMON_DURATIONS, to_draft
from bot.domain.text import MAX_NAME_LENGTH, MAX_OPTIONS
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import extras, modals
from bot.ui.components import Accent, Button, Message, Option, Part, Section, Select, in_rows
from bot.ui.formatting import (
    escape_line,
    facts,
    format_credits,
    format_duration,
    format_rate,
    heading,
    join_facts,
    join_lines,
    small,
)

DEFAULT: Final = "(default)"
"""The option value that resets a preference to the catalogue's default."""


class PreferencesPage(StrEnum):
    """The two pages of selects.

    One would be too long.
    """

    MOVIE = "movie"
    EXTRAS = "extras"


EXTRA_FIELDS: Final = (PreferenceField.LANGUAGE, PreferenceField.SUBTITLES, PreferenceField.TONE, *NOT_IN_FORM)
"""The fields on the page of the extras."""

_MOVIE_FIELDS: Final = tuple(field for field in PreferenceField if field not in EXTRA_FIELDS)


def preferences_message(
    texts: Texts,
    preferences: Preferences,
    catalogue: Catalogue,
    note: str = "",
    page: PreferencesPage = PreferencesPage.MOVIE,
) -> Message:
    """Build a page of a member's defaults, with `note` on top: what the next movie costs, and a select for each."""
    build = _extras_page if page is PreferencesPage.EXTRAS and catalogue.limits.extras else _movie_page
    return Message(
        Accent.BRAND,
        (
            heading(texts("preferences-title")),
            f"**{note}**" if note else "",
            *build(texts, preferences, catalogue),
            small(texts("preferences-footer")),
        ),
    )


def _movie_page(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Iterator[Part]:
    usual = default_request(preferences, catalogue)
    yield texts("preferences-intro" if preferences.has_choices else "preferences-empty")
    yield texts(
        "preferences-cost",
        duration=format_duration(texts, usual.request.duration_seconds),
        price=format_credits(texts, usual.price),
        rate=format_rate(texts, usual.video_model.credits_per_second),
    )
    yield facts(  # the menus only call them automatic
        "" if preferences.video_model else escape_line(usual.video_model.label, MAX_NAME_LENGTH),
        "" if preferences.image_model else escape_line(usual.image_model.label, MAX_NAME_LENGTH),
    )
    yield join_lines(*_problems(texts, _MOVIE_FIELDS, preferences, catalogue))
    yield from in_rows(*(_menu(texts, field, preferences, catalogue) for field in _MOVIE_FIELDS))
    yield from _other_choices(texts, preferences, catalogue)
    reset, can_reset = texts("preferences-reset-button"), replace(preferences, unlisted=False) != Preferences()
    yield from in_rows(Button(reset, ("preferences-forget",), discord.ButtonStyle.danger, enabled=can_reset))


def _other_choices(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Iterator[Section]:
    """Build what a button changes: where movies go, whether stars show them, and what the API has beside that."""
    direct, unlisted = preferences.delivery_target is DeliveryTarget.DIRECT_MESSAGE, preferences.unlisted
    yield Section(
        texts("preferences-direct-value" if direct else "preferences-channel-value"),
        Button(
            texts("preferences-channel-button" if direct else "preferences-dm-button"),
            ("preferences-target", DeliveryTarget.CHANNEL if direct else DeliveryTarget.DIRECT_MESSAGE),
        ),
    )
    yield Section(
        texts("preferences-unlisted-value" if unlisted else "preferences-listed-value"),
        Button(
            texts("preferences-list-button" if unlisted else "preferences-unlist-button"),
            ("preferences-listed", "yes" if unlisted else "no"),
        ),
    )
    if Operation.STORYBOARD in catalogue.limits.operations:
        first = preferences.storyboard
        yield Section(
            storyboard_choice(texts, preferences),
            Button(
                texts("preferences-no-storyboard-button" if first else "preferences-storyboard-button"),
                ("preferences-storyboard", "no" if first else "yes"),
            ),
        )
    used = to_draft(default_request(preferences, catalogue).request)
    offered = [field for field in EXTRA_FIELDS if offered_choices(field, catalogue)]
    if offered:
        chosen = [_line(texts, field, _name(texts, field, getattr(used, field), catalogue)) for field in offered]
        change = Button(texts("preferences-extras-button"), ("preferences-page", PreferencesPage.EXTRAS.value))
        yield Section(join_facts(*chosen), change)


def _extras_page(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Iterator[Part]:
    offered = [field for field in EXTRA_FIELDS if offered_choices(field, catalogue)]
    yield from _problems(texts, offered, preferences, catalogue)
    menus = [_menu(texts, field, preferences, catalogue) for field in offered]
    yield from in_rows(*menus, Button(texts("preferences-back-button"), ("preferences-page", PreferencesPage.MOVIE)))


def conflict_note(texts: Texts, update: PreferenceUpdate, catalogue: Catalogue) -> str:
    """Explain which other default was dropped by a change; '' for none."""
    ratio = update.preferences.aspect_ratio or catalogue.limits.default_aspect_ratio
    choice = _name(texts, PreferenceField.ASPECT_RATIO, ratio, catalogue)
    if update.dropped_aspect_ratio is not None:
        model = _name(texts, PreferenceField.VIDEO_MODEL, update.preferences.video_model or "", catalogue)
        dropped = _name(texts, PreferenceField.ASPECT_RATIO, update.dropped_aspect_ratio, catalogue)
        return texts("preferences-dropped-aspect-ratio", model=model, dropped=dropped, choice=choice)
    if update.dropped_model is not None:
        model = _name(texts, PreferenceField.VIDEO_MODEL, update.dropped_model, catalogue)
        return texts("preferences-dropped-model", model=model, choice=choice)
    return ""


def storyboard_choice(texts: Texts, preferences: Preferences) -> str:
    """Say whether the member's movies begin with a storyboard."""
    return texts("preferences-storyboard-value" if preferences.storyboard else "preferences-no-storyboard-value")


def _problems(
    texts: Texts, fields: Sequence[PreferenceField], preferences: Preferences, catalogue: Catalogue
) -> Iterator[str]:
    """Say which choices are not possible, and what is used instead."""
    used = to_draft(default_request(preferences, catalogue).request)
    for field in fields:
        chosen, other = getattr(preferences, field), getattr(used, field)
        if chosen not in (None, other):
            is_model = field is PreferenceField.VIDEO_MODEL and chosen in catalogue.enabled_keys(ModelKind.VIDEO)
            choice, default = (_name(texts, field, each, catalogue) for each in (chosen, other))
            problem: MessageId = "preferences-unsupported-default" if is_model else "preferences-unavailable-default"
            yield _line(texts, field, texts(problem, choice=choice, other=default))


def _line(texts: Texts, field: PreferenceField, choice: str) -> str:
    return texts(message_id("preferences", field), choice=choice)


def _name(texts: Texts, field: PreferenceField, value: str | int, catalogue: Catalogue) -> str:
    """Name what is kept of a field, which need not be offered any more."""
    match field:
        case PreferenceField.VIDEO_MODEL | PreferenceField.IMAGE_MODEL:
            kind = ModelKind.VIDEO if field is PreferenceField.VIDEO_MODEL else ModelKind.IMAGE
            return escape_line(catalogue.label(str(value), kind), MAX_NAME_LENGTH)
        case PreferenceField.SECONDS:
            return format_duration(texts, int(value))
        case _:
            return extras.choice_name(texts, _option_of(value))


def _option_of(value: str | int | None) -> str:
    """Return the value of the option that stands for what is kept."""
    return next((option for option, on in SUBTITLES.items() if on is value), str(value or DEFAULT))


def _menu(texts: Texts, field: PreferenceField, preferences: Preferences, catalogue: Catalogue) -> Select:
    """Build a field's select, whose first option resets it to the default, if it fits."""
    chosen, limits, default = getattr(preferences, field), catalogue.limits, ""
    match field:
        case PreferenceField.VIDEO_MODEL:
            options: Sequence[Option] = modals.video_options(texts, catalogue)
        case PreferenceField.IMAGE_MODEL:
            options = modals.image_options(catalogue)
        case PreferenceField.SECONDS:
            lengths = sorted(filter(limits.allow, {*COMMON_DURATIONS, chosen or limits.default_seconds}))
            options = [Option(format_duration(texts, each), str(each)) for each in lengths]
            default = format_duration(texts, limits.default_seconds)
        case _:
            options = [Option(extras.choice_name(texts, each), each) for each in offered_choices(field, catalogue)]
            is_shape = field is PreferenceField.ASPECT_RATIO
            default = extras.choice_name(texts, limits.default_aspect_ratio) if is_shape else options[0].label
    to_default = Option(texts(message_id("preferences", field, "option"), choice=default), DEFAULT)
    return Select(
        texts(message_id("preferences", field, "placeholder")),
        ("preferences", field),
        (to_default, *options) if len(options) < MAX_OPTIONS else options,
        _option_of(chosen),
    )

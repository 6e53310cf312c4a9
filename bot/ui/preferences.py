"""The /preferences command: a member's defaults and delivery target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from bot.domain.request import COMMON_DURATIONS, ValidatedRequest
from bot.domain.text import MAX_NAME_LENGTH, MAX_OPTIONS
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

    @property
    def label(self) -> str:
        """What is used: the choice, or the default where there is none that the API has."""
        return self.labels.get(self.chosen or "", self.default)


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
    result = default_request(preferences, catalogue)
    request = result if isinstance(result, ValidatedRequest) else None
    yield texts("preferences-intro" if preferences.has_choices else "preferences-empty")
    yield _cost(texts, request)
    yield _automatic(preferences, catalogue, request)
    yield join_lines(*_problems(texts, preferences, catalogue, request))
    yield from in_rows(*_movie_menus(texts, preferences, catalogue))
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
    chosen = [
        texts(message_id("preferences", each.field), choice=each.label)
        for each in _extras(texts, preferences, catalogue)
    ]
    if chosen:
        change = Button(texts("preferences-extras-button"), ("preferences-page", PreferencesPage.EXTRAS.value))
        yield Section(join_facts(*chosen), change)


def _extras_page(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Iterator[Part]:
    menus: list[Select] = []
    for each in _extras(texts, preferences, catalogue):
        options = [Option(label, value) for value, label in each.labels.items()]
        menus.append(_menu(texts, each.field, options, each.chosen, each.default))
        if each.chosen is not None and each.chosen not in each.labels:
            gone = escape_line(extras.choice_name(texts, each.chosen), MAX_NAME_LENGTH)
            yield _problem(texts, each.field, _unavailable(texts, gone, each.default))
    yield from in_rows(*menus, Button(texts("preferences-back-button"), ("preferences-page", PreferencesPage.MOVIE)))


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


def storyboard_choice(texts: Texts, preferences: Preferences) -> str:
    """Say whether the member's movies begin with a storyboard."""
    return texts("preferences-storyboard-value" if preferences.storyboard else "preferences-no-storyboard-value")


def _cost(texts: Texts, request: ValidatedRequest | None) -> str:
    if request is None:
        return texts("preferences-no-model")
    return texts(
        "preferences-cost",
        duration=format_duration(texts, request.request.duration_seconds),
        price=format_credits(texts, request.price),
        rate=format_rate(texts, request.video_model.credits_per_second),
    )


def _automatic(preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    """Name the models that the menus only call automatic."""
    if request is None:
        return ""
    return facts(
        "" if preferences.video_model else escape_line(request.video_model.label, MAX_NAME_LENGTH),
        "" if preferences.image_model else _image_name(request.request.image_model, catalogue),
    )


def _image_name(key: str, catalogue: Catalogue) -> str:
    return escape_line(catalogue.label(key, ModelKind.IMAGE), MAX_NAME_LENGTH)


def _problems(
    texts: Texts, preferences: Preferences, catalogue: Catalogue, request: ValidatedRequest | None
) -> Iterator[str]:
    """Say which choices are not possible, and what is used instead."""
    limits, used = catalogue.limits, None if request is None else request.request
    video, image, ratio = preferences.video_model, preferences.image_model, preferences.aspect_ratio
    if video is not None and (used is None or used.video_model != video):
        yield _problem(texts, PreferenceField.VIDEO_MODEL, _video_problem(texts, video, catalogue, request))
    if image is not None and image not in catalogue.enabled_keys(ModelKind.IMAGE):
        name, other = _image_name(image, catalogue), used and _image_name(used.image_model, catalogue)
        yield _problem(texts, PreferenceField.IMAGE_MODEL, _unavailable(texts, name, other))
    if preferences.seconds is not None and not limits.allow(preferences.seconds):
        name, other = (format_duration(texts, each) for each in (preferences.seconds, limits.default_seconds))
        yield _problem(texts, PreferenceField.SECONDS, _unavailable(texts, name, other))
    if ratio is not None and used is not None and used.aspect_ratio != ratio:
        name, other = (extras.aspect_ratio_name(texts, each) for each in (ratio, used.aspect_ratio))
        yield _problem(texts, PreferenceField.ASPECT_RATIO, _unavailable(texts, name, other))


def _problem(texts: Texts, field: PreferenceField, problem: str) -> str:
    return texts(message_id("preferences", field), choice=problem)


def _video_problem(texts: Texts, chosen: str, catalogue: Catalogue, request: ValidatedRequest | None) -> str:
    model, name = catalogue.video_model(chosen), escape_line(catalogue.label(chosen), MAX_NAME_LENGTH)
    other = escape_line(request.video_model.label, MAX_NAME_LENGTH) if request else None
    if model is None or not model.enabled:
        return _unavailable(texts, name, other)
    if other is None:
        return texts("preferences-unsupported", choice=name)
    return texts("preferences-unsupported-default", choice=name, other=other)


def _unavailable(texts: Texts, chosen: str, other: str | None) -> str:
    """Say that a choice is gone, and which default takes its place, where there is one."""
    if other is None:
        return texts("preferences-unavailable", choice=chosen)
    return texts("preferences-unavailable-default", choice=chosen, other=other)


def _movie_menus(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Sequence[Select]:
    limits, chosen = catalogue.limits, preferences.seconds
    lengths = sorted(filter(limits.allow, {*COMMON_DURATIONS, chosen or limits.default_seconds}))
    ratios = offered_choices(PreferenceField.ASPECT_RATIO, catalogue)
    return (
        _menu(texts, PreferenceField.VIDEO_MODEL, modals.video_options(texts, catalogue), preferences.video_model),
        _menu(texts, PreferenceField.IMAGE_MODEL, modals.image_options(catalogue), preferences.image_model),
        _menu(
            texts,
            PreferenceField.SECONDS,
            [Option(format_duration(texts, each), str(each)) for each in lengths],
            chosen,
            format_duration(texts, limits.default_seconds),
        ),
        _menu(
            texts,
            PreferenceField.ASPECT_RATIO,
            [Option(extras.aspect_ratio_name(texts, each), each) for each in ratios],
            preferences.aspect_ratio,
            extras.aspect_ratio_name(texts, limits.default_aspect_ratio),
        ),
    )


def _menu(
    texts: Texts, field: PreferenceField, options: Sequence[Option], chosen: str | int | None, default: str = ""
) -> Select:
    """Build a field's select, whose first option resets it to the default, if it fits."""
    to_default = Option(texts(message_id("preferences", field, "option"), choice=default), DEFAULT)
    return Select(
        texts(message_id("preferences", field, "placeholder")),
        ("preferences", field),
        (to_default, *options) if len(options) < MAX_OPTIONS else options,
        str(chosen or DEFAULT),
    )


def _extras(texts: Texts, preferences: Preferences, catalogue: Catalogue) -> Iterator[_Extra]:
    """Yield the extras that the API has."""
    for field in EXTRA_FIELDS:
        kept = getattr(preferences, field)
        chosen = next((value for value, on in SUBTITLES.items() if on is kept), kept)
        labels = {each: extras.choice_name(texts, each) for each in offered_choices(field, catalogue)}
        if labels:
            yield _Extra(field, chosen, labels)

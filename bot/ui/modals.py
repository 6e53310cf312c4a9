"""The modals for a movie request.

The request is new, remixed, a next scene, or edited before it is ordered. cogs/component_router.py receives what is
submitted, so a modal that was opened before a restart works after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import discord

from bot.domain.catalogue import API_DEFAULTS, AspectRatio, Catalogue, Music, RequestLimits, Voice
from bot.domain.operations import MAX_PICTURES, Operation
from bot.domain.preferences import SUBTITLES, PreferenceField
from bot.domain.request import Draft, Problem, seconds_problem
from bot.domain.text import MAX_OPTIONS, beginning, whole_number
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import extras
from bot.ui.components import Option, SelectField, TextField, build_modal
from bot.ui.formatting import format_rate, join_facts

PROMPT: Final = "prompt"
SECONDS: Final = "seconds"
VIDEO_MODEL: Final = "video_model"
IMAGE_MODEL: Final = "image_model"
ASPECT_RATIO: Final = "aspect_ratio"
OPTIONS: Final = "options"
"""The aspect ratio and the extras in one select, because a modal has at most five components."""

STORYBOARD: Final = "storyboard"
PICTURES: Final = "pictures"

_MAX_SECONDS_DIGITS: Final = 3


def movie_modal(
    texts: Texts,
    title: MessageId,
    action: tuple[str | int, ...],
    draft: Draft,
    catalogue: Catalogue,
    *,
    cut: bool = False,
) -> discord.ui.Modal:
    """Build the modal of this title, filled in with a draft.

    `cut` says that the prompt was shortened.
    """
    limits = catalogue.limits
    longest = limits.max_prompt_length  # Discord counts an emoji as one or more: `validate` refuses the rest
    return build_modal(
        texts(title),
        action,
        TextField(
            PROMPT,
            texts("forms-prompt-label"),
            texts("forms-prompt-cut-hint" if cut else "forms-prompt-hint", characters=longest),
            longest,
            beginning(draft.prompt, longest) or None,
            is_paragraph=True,
        ),
        TextField(
            SECONDS,
            texts("forms-duration-label"),
            texts("forms-duration-hint", min=limits.min_seconds, max=limits.max_seconds),
            _MAX_SECONDS_DIGITS,
            str(draft.seconds or limits.default_seconds),
            required=True,
        )
        if draft.operation is not Operation.PICTURES
        else None,
        SelectField(
            VIDEO_MODEL,
            texts("forms-video-model-label"),
            texts("forms-video-model-placeholder"),
            video_options(texts, catalogue),
            {draft.video_model},
        ),
        SelectField(
            IMAGE_MODEL,
            texts("forms-image-model-label"),
            texts("forms-image-model-placeholder"),
            image_options(catalogue),
            {draft.image_model},
        ),
        _options_field(texts, draft, limits),
    )


def read_modal(
    fields: Mapping[str, Sequence[str]], draft: Draft, limits: RequestLimits
) -> tuple[Draft, tuple[Problem, ...]]:
    """Read the submitted values into a draft, by the custom_id of their inputs.

    Returns it with those problems that it can't hold: no number as the duration, several languages.
    """
    values = {name: given[0] for name, given in fields.items() if given}
    picked = extras.parse_options(fields.get(OPTIONS, ()))
    first = {field: given[0] for field, given in picked.items()}
    languages = tuple(dict.fromkeys(picked.get(PreferenceField.LANGUAGE, ())))
    typed = values.get(SECONDS, "").strip()
    draft = replace(
        draft,
        prompt=values.get(PROMPT, ""),
        seconds=parse_seconds(typed),
        video_model=values.get(VIDEO_MODEL),
        image_model=values.get(IMAGE_MODEL),
        aspect_ratio=values.get(ASPECT_RATIO, first.get(PreferenceField.ASPECT_RATIO)),
        language=None if len(languages) > 1 else first.get(PreferenceField.LANGUAGE),
        subtitles=SUBTITLES.get(first.get(PreferenceField.SUBTITLES, "")),
        tone=first.get(PreferenceField.TONE),
    )
    is_timed = draft.operation is not Operation.PICTURES  # how long pictures are follows from them
    problems = [seconds_problem(typed, limits)] if is_timed and draft.seconds is None else []
    if len(languages) > 1:
        problems.append(Problem("errors-several-languages", allowed=languages))
    return draft, tuple(problems)


def more_modal(texts: Texts, action: tuple[str | int, ...], draft: Draft, limits: RequestLimits) -> discord.ui.Modal:
    """Build the second form, of what the first has no room for. It is opened from the price.

    A movie of pictures has no storyboard.
    """
    return build_modal(
        texts("forms-more-modal-title"),
        action,
        discord.ui.Label[discord.ui.Modal](
            text=texts("forms-storyboard-label"),
            description=texts("forms-storyboard-hint"),
            component=discord.ui.Checkbox[discord.ui.Modal](custom_id=STORYBOARD, default=draft.storyboard is True),
        )
        if draft.operation is not Operation.PICTURES
        else None,
        _extra_field(texts, PreferenceField.MUSIC, limits.extras.music, draft.music),
        _extra_field(texts, PreferenceField.VOICE, limits.extras.voices, draft.voice),
        discord.ui.Label[discord.ui.Modal](
            text=texts("forms-pictures-label"),
            description=texts("forms-pictures-hint", most=MAX_PICTURES),
            component=discord.ui.FileUpload[discord.ui.Modal](
                custom_id=PICTURES, required=False, min_values=0, max_values=MAX_PICTURES
            ),
        ),
    )


def read_more(fields: Mapping[str, Sequence[str]], draft: Draft) -> Draft:
    """Read the submitted second form into a draft. What was picked no more takes the API's default."""
    picked = {name: given[0] for name, given in fields.items()}
    return replace(
        draft,
        storyboard=picked.get(STORYBOARD) == "True",
        music=picked.get(PreferenceField.MUSIC, API_DEFAULTS.music),
        voice=picked.get(PreferenceField.VOICE, API_DEFAULTS.voice),
    )


def _extra_field(
    texts: Texts, field: PreferenceField, offered: Sequence[Music | Voice], chosen: str | None
) -> SelectField:
    """Build the select of an extra, in which the API's default is picked where nothing else is."""
    options = [Option(extras.choice_name(texts, each), each.value) for each in offered]
    return SelectField(
        field,
        texts(message_id("preferences", field, "placeholder")),
        options[0].label,
        options,
        {chosen or offered[0]},
    )


def parse_seconds(typed: str) -> int | None:
    """Parse a length in any script's digits.

    None where it is no number.
    """
    return whole_number(typed, _MAX_SECONDS_DIGITS)


def video_options(texts: Texts, catalogue: Catalogue) -> tuple[Option, ...]:
    """List the enabled video models, with price, aspect ratios and what they are good at."""
    return tuple(
        Option(
            model.label,
            model.key,
            join_facts(
                format_rate(texts, model.credits_per_second), *model.aspect_ratios, model.strength(texts.language)
            ),
        )
        for model in catalogue.enabled_video_models[:MAX_OPTIONS]
    )


def image_options(catalogue: Catalogue) -> tuple[Option, ...]:
    """List the enabled image models."""
    return tuple(Option(model.label, model.key) for model in catalogue.enabled_image_models[:MAX_OPTIONS])


def _options_field(texts: Texts, draft: Draft, limits: RequestLimits) -> SelectField:
    """Build the select of the aspect ratio, and of the extras where the API has any."""
    placeholder = extras.choice_name(texts, limits.default_aspect_ratio)
    if not limits.extras:
        ratios = [Option(extras.choice_name(texts, each), each.value) for each in AspectRatio]
        return SelectField(ASPECT_RATIO, texts("forms-aspect-ratio-label"), placeholder, ratios, {draft.aspect_ratio})
    options = extras.modal_options(texts, limits)
    return SelectField(
        OPTIONS,
        texts("forms-options-label"),
        placeholder,
        options,
        extras.picked_options(draft),
        hint=texts("forms-options-hint"),
        limit=len(extras.parse_options(option.value for option in options)),
    )

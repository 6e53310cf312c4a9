"""The form for a movie: for those who don't like options, for a remix, and for a change of mind.

What is typed comes back through cogs/presses.py, so that a form that was opened before a restart works after it.
"""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.request import PROMPT_MOST, SECONDS_DEFAULT, SECONDS_LEAST, SECONDS_MOST, Draft
from bot.texts import commands as names
from bot.texts.buttons import Menu, Option, custom_id, menu_options

PROMPT: Final = "prompt"
SECONDS: Final = "seconds"
VIDEO_MODEL: Final = "video_model"
IMAGE_MODEL: Final = "image_model"
ASPECT_RATIO: Final = "aspect_ratio"

NEW_TITLE: Final = "Make a movie"
REMIX_TITLE: Final = "Remix this movie"
CHANGE_TITLE: Final = "Change your movie"

_MENU_MOST: Final = 25
_SECONDS_DIGITS: Final = 3


def movie_form(
    title: str, action: tuple[str | int, ...], filled: Draft, catalogue: Catalogue, *, cut: bool = False
) -> discord.ui.Modal:
    """The form, filled in with a draft; `cut` says that the prompt had to be shortened."""
    form = discord.ui.Modal(title=title, custom_id=custom_id(*action), timeout=None)
    note = f"The message was longer: this is its first {PROMPT_MOST} characters." if cut else "In up to 500 characters."
    prompt = discord.ui.TextInput[discord.ui.Modal](
        custom_id=PROMPT,
        style=discord.TextStyle.paragraph,
        default=filled.prompt[:PROMPT_MOST] or None,
        min_length=1,
        max_length=PROMPT_MOST,
    )
    form.add_item(discord.ui.Label(text="What happens in your movie", description=note, component=prompt))
    seconds = discord.ui.TextInput[discord.ui.Modal](
        custom_id=SECONDS, default=str(filled.seconds or SECONDS_DEFAULT), min_length=1, max_length=_SECONDS_DIGITS
    )
    how_long = f"{SECONDS_LEAST} to {SECONDS_MOST} seconds"
    form.add_item(discord.ui.Label(text="How long", description=how_long, component=seconds))
    for label, menu in (
        ("Video model", video_menu((VIDEO_MODEL,), filled.video_model, catalogue)),
        ("Image model", image_menu((IMAGE_MODEL,), filled.image_model, catalogue)),
        ("Shape", shape_menu((ASPECT_RATIO,), filled.aspect_ratio)),
    ):
        select = discord.ui.Select[discord.ui.Modal](
            custom_id=str(menu.action[0]), options=menu_options(menu), required=False, placeholder=menu.placeholder
        )
        form.add_item(discord.ui.Label(text=label, component=select))
    form.stop()  # nothing of it stays in memory
    return form


def seconds_of(typed: str) -> int | None:
    """The length that was typed, in any script's digits; None where it is no number."""
    return int(typed) if typed.isdecimal() and len(typed) <= _SECONDS_DIGITS else None


def video_menu(action: tuple[str | int, ...], chosen: str | None, catalogue: Catalogue) -> Menu:
    """The video models that are on, with what each costs and which shapes it makes."""
    options = tuple(
        Option(
            model.label,
            model.key,
            f"{names.price_a_second(model.credits_per_second)}, {' and '.join(model.aspect_ratios)}",
        )
        for model in catalogue.video_models_on[:_MENU_MOST]
    )
    return Menu("The best one for the shape", action, options, chosen)


def image_menu(action: tuple[str | int, ...], chosen: str | None, catalogue: Catalogue) -> Menu:
    """The image models that are on."""
    options = tuple(Option(model.label, model.key) for model in catalogue.image_models_on[:_MENU_MOST])
    return Menu("The first one", action, options, chosen)


def shape_menu(action: tuple[str | int, ...], chosen: str | None) -> Menu:
    """Wide or tall."""
    options = (Option(names.WIDE, AspectRatio.WIDE.value), Option(names.TALL, AspectRatio.TALL.value))
    return Menu("Wide", action, options, chosen)

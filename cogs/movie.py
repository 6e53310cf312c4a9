"""/movie, /pitch with its options, and the message menu.

cogs/order_flow.py handles what they submit, and cogs/pitch.py what is pitched.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import send_text
from bot.domain.catalogue import Catalogue, RequestLimits
from bot.domain.request import Draft
from bot.domain.text import beginning, count_utf16
from bot.ui import command_descriptions, extras, modals
from bot.ui.command_descriptions import localized
from cogs.checks import Interaction
from cogs.duration_choices import DurationChoices
from cogs.order_components import OTHERS, OWN
from cogs.order_flow import OrderFlow

MovieCommand = app_commands.Command[commands.Cog, ..., None]

_Submit = Callable[[Interaction, Draft], Awaitable[None]]
"""Takes what was typed."""


class MovieCommands:
    """The commands that order a movie, built for a catalogue."""

    def __init__(self, order_flow: OrderFlow, catalogue: Catalogue, durations: DurationChoices) -> None:
        self._durations = durations
        self._order_flow = order_flow
        self._catalogue = catalogue

    def movie(self) -> MovieCommand:
        """Build /movie."""
        return self._build("movie", localized("commands-movie"), self._order)

    def pitch(self, submit: _Submit) -> MovieCommand:
        """Build /pitch, with the options of /movie."""
        return self._build("pitch", localized("commands-pitch"), submit)

    async def _order(self, interaction: Interaction, draft: Draft) -> None:
        await self._order_flow.submit(interaction, draft, use_preferences=True)

    def _build(self, name: str, description: app_commands.locale_str, submit: _Submit) -> MovieCommand:
        """Build a command whose options and their bounds are the API's."""
        catalogue = self._catalogue
        limits = catalogue.limits

        async def movie(
            interaction: Interaction,
            prompt: str,
            duration: int | None = None,
            video_model: str | None = None,
            image_model: str | None = None,
            aspect_ratio: str | None = None,
            *,
            language: str | None = None,
            subtitles: bool | None = None,
            tone: str | None = None,
        ) -> None:
            _refuse_unknown_options(interaction, command)
            draft = Draft(
                prompt, duration, video_model, image_model, aspect_ratio, language, subtitles=subtitles, tone=tone
            )
            await submit(interaction, draft)

        # the bounds are known only now; discord.py reads them from the annotations
        movie.__annotations__ |= {
            "prompt": app_commands.Range[str, 1, limits.max_prompt_length],
            "duration": app_commands.Range[int, limits.min_seconds, limits.max_seconds],
        }
        descriptions, choices = _descriptions(limits), _choices(catalogue)
        # an extra that the API does not have is no option; discord.py reads the options from the signature
        signature = inspect.signature(movie)
        offered = [each for name, each in signature.parameters.items() if name == "interaction" or name in descriptions]
        movie.__dict__["__signature__"] = signature.replace(parameters=offered)
        command: MovieCommand = app_commands.Command(name=name, description=description, callback=movie)
        command.autocomplete("duration")(self._suggest_durations)
        describe, choose = app_commands.describe(**descriptions), app_commands.choices(**choices)
        return app_commands.guild_only(choose(describe(command)))

    async def _suggest_durations(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        return list(await self._durations.suggest(interaction, typed))

    def context_menu(self) -> app_commands.ContextMenu:
        """Build the message menu that makes a movie of a message."""
        menu = app_commands.ContextMenu(name=localized("commands-make-movie-menu"), callback=self._make_a_movie)
        return app_commands.guild_only(menu)

    async def _make_a_movie(self, interaction: Interaction, message: discord.Message) -> None:
        """Open the modal with a message's text as the prompt.

        The server's setup says whose messages may be used.
        """
        own = message.author.id == interaction.user.id
        if not await self._order_flow.may_use_message(interaction, own=own):
            return
        text = message.clean_content.strip()
        if not text:
            await send_text(interaction, "errors-empty-message")
            return
        longest = self._catalogue.limits.max_prompt_length
        await self._order_flow.open_modal(
            interaction,
            Draft(beginning(text, longest)),
            purpose=modals.ModalPurpose.NEW,
            action=("order-message", OWN if own else OTHERS),
            cut=count_utf16(text) > longest,
        )


def _descriptions(limits: RequestLimits) -> dict[str, app_commands.locale_str]:
    """Describe each option that the API has."""
    found = {
        "prompt": command_descriptions.prompt(limits),
        "duration": command_descriptions.duration(limits),
        "video_model": localized("commands-movie-video-model"),
        "image_model": localized("commands-movie-image-model"),
        "aspect_ratio": localized("commands-movie-aspect-ratio"),
    }
    if limits.extras.languages:
        found["language"] = localized("commands-movie-language")
    if limits.extras.subtitles:
        found["subtitles"] = localized("commands-movie-subtitles")
    if limits.extras.tones:
        found["tone"] = localized("commands-movie-tone")
    return found


def _choices(catalogue: Catalogue) -> dict[str, list[app_commands.Choice[str]]]:
    """List the choices of each option that the API has."""
    offered = catalogue.limits.extras
    found: dict[str, list[tuple[str | app_commands.locale_str, str]]] = {
        "video_model": [(model.label, model.key) for model in catalogue.enabled_video_models],
        "image_model": [(model.label, model.key) for model in catalogue.enabled_image_models],
        "aspect_ratio": [(name, each.value) for each, name in extras.ASPECT_RATIO_CHOICES.items()],
        "language": [(extras.LANGUAGE_CHOICES[each], each.value) for each in offered.languages],
        "tone": [(extras.TONE_CHOICES[each], each.value) for each in offered.tones],
    }
    return {
        option: [app_commands.Choice(name=name, value=value) for name, value in choices]
        for option, choices in found.items()
        if choices
    }


def _refuse_unknown_options(interaction: Interaction, command: MovieCommand) -> None:
    """Refuse options of an old registration, which discord.py would ignore.

    Such as an extra that only another version of the API has.

    Raises:
        app_commands.CommandSignatureMismatch: There are some.
    """
    known = {parameter.display_name for parameter in command.parameters}
    if not vars(interaction.namespace).keys() <= known:
        raise app_commands.CommandSignatureMismatch(command)

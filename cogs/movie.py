"""/movie, /pitch with its options, and the message menu.

cogs/orders.py handles what they submit, and cogs/pitches.py what is pitched.

The choices of /movie's duration, each with its price.

Only the member who types sees them.

*Continue*: the form of a finished movie's next scene.

Anyone who may see the movie in its server may use it, and pays for what they order.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import private_texts, send_text
from bot.domain.catalogue import AspectRatio, Catalogue, RequestLimits
from bot.domain.jobs import Job, JobState
from bot.domain.request import Draft, suggest_durations, to_draft
from bot.domain.text import beginning, count_utf16
from bot.ui import command_descriptions, extras, modals, quotes
from bot.ui.command_descriptions import localized
from cogs.checks import Interaction, order_context
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument
from cogs.job_access import JobAccess
from cogs.orders import OTHERS, OWN, OrderComponents, OrderFlow
from data import availability, orders
from data.database import Database

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
        "aspect_ratio": [(extras.CHOICES[each], each.value) for each in AspectRatio],
        "language": [(extras.CHOICES[each], each.value) for each in offered.languages],
        "tone": [(extras.CHOICES[each], each.value) for each in offered.tones],
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


_ANY_PROMPT = "-"
"""The prompt does not change the price, and may not be typed yet."""


class DurationChoices:
    """Suggests durations while a member types one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def suggest(self, interaction: Interaction, typed: str) -> Sequence[app_commands.Choice[int]]:
        """Return the choices for what was typed so far.

        The price is that of the other options and the member's preferences; it is left out where these are invalid.
        """
        if interaction.guild_id is None or interaction.channel_id is None:
            return ()
        named = vars(interaction.namespace)
        draft = Draft(
            _ANY_PROMPT,
            video_model=named.get("video_model"),
            image_model=named.get("image_model"),
            aspect_ratio=named.get("aspect_ratio"),
        )
        priced = await self._database.read(orders.price_per_second, order_context(interaction), draft)
        offered = await self._database.read(availability.of_server, interaction.guild_id)
        texts = private_texts(interaction)
        return [
            app_commands.Choice(name=quotes.duration_choice(texts, seconds, priced), value=seconds)
            for seconds in suggest_durations(str(typed), offered.limits)
        ]


class SequelButtons:
    """Handler of *Continue*, and of the modal that it opens."""

    def __init__(
        self, access: JobAccess, order_flow: OrderFlow, order_components: OrderComponents, catalogue: Catalogue
    ) -> None:
        self._access = access
        self._order_flow = order_flow
        self._order_components = order_components
        self._catalogue = catalogue
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "continue": self._open,
            "order-sequel": self._on_modal,
        }

    async def _open(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal for a next scene, with the same models."""
        job = self._continued(await self._access.with_prompt(interaction, id_argument(arguments)))
        if job is None:
            return
        prompt = quotes.next_scene(
            private_texts(interaction), job.request.prompt, self._catalogue.limits.max_prompt_length
        )
        await self._order_flow.open_modal(
            interaction,
            replace(to_draft(job.request), prompt=prompt),
            purpose=modals.ModalPurpose.CONTINUE,
            action=("order-sequel", job.id),
        )

    async def _on_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the price of a next scene."""
        job = self._continued(await self._access.visible(interaction, id_argument(arguments)))
        if job is not None:
            await self._order_components.on_modal(interaction, (), continues=job.id)

    @staticmethod
    def _continued(job: Job | None) -> Job | None:
        """Return a movie that may be continued.

        Raises:
            InvalidCustomId: It is not finished, so no message has the button.
        """
        if job is not None and job.state is not JobState.COMPLETED:
            raise InvalidCustomId
        return job

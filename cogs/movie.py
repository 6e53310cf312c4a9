"""/movie, /pitch with its options, and the message menu.

cogs/orders.py handles what they submit, and cogs/pitches.py what is pitched.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import Declined, Interaction, private_texts
from bot.domain.catalogue import AspectRatio, Catalogue, RequestLimits
from bot.domain.operations import Operation
from bot.domain.orders import Order
from bot.domain.pitches import MAX_CHIP_IN
from bot.domain.request import Draft, suggest_durations
from bot.domain.text import beginning, count_utf16
from bot.ui import command_descriptions, extras, quotes
from bot.ui.command_descriptions import localized
from cogs.answering import Answering
from cogs.checks import FileOption, order_context
from cogs.orders import OTHERS, OWN
from data import orders

MovieCommand = app_commands.Command[commands.Cog, ..., None]

_Submit = Callable[..., Awaitable[None]]
"""Takes what was typed: of a pitch also what its member chips in."""


_MORE_PICTURES: Final[Sequence[str]] = ("picture2", "picture3", "picture4")
"""A form takes more of them."""

_ANY_PROMPT: Final = "-"
"""The prompt does not change the price, and may not be typed yet."""


@dataclass(eq=False, kw_only=True)
class MovieCommands(Answering):
    """The commands that order a movie, built for the models that are offered."""

    offered: Catalogue

    def movie(self) -> MovieCommand:
        """Build /movie."""
        if Operation.PICTURES not in self.offered.limits.operations:
            return self._build("movie", localized("commands-movie"), self._submit)
        another = dict.fromkeys(_MORE_PICTURES, localized("commands-movie-another-picture"))
        more: dict[str, str] = {**another, "picture": command_descriptions.picture()}
        return self._build("movie", localized("commands-movie-with-pictures"), self._submit, **more)

    async def _submit(self, interaction: Interaction, draft: Draft, files: Sequence[discord.Attachment] = ()) -> None:
        order = Order(order_context(interaction), draft, use_preferences=True)
        await self._flow.submit(interaction, order, files=files)

    def pitch(self, submit: _Submit) -> MovieCommand:
        """Build /pitch, with the options of /movie, and what its member chips in."""
        return self._build("pitch", localized("commands-pitch"), submit, chip_in=localized("commands-pitch-chip-in"))

    def _build(self, name: str, description: str, submit: _Submit, **more: str) -> MovieCommand:
        """Build a command whose options and their bounds are the API's. `more` options are given by descriptions."""
        catalogue = self.offered
        limits = catalogue.limits

        async def movie(
            interaction: Interaction,
            prompt: str = "",
            duration: int | None = None,
            video_model: str | None = None,
            image_model: str | None = None,
            aspect_ratio: str | None = None,
            *,
            language: str | None = None,
            subtitles: bool | None = None,
            tone: str | None = None,
            storyboard: bool | None = None,
            chip_in: int | None = None,
            picture: FileOption | None = None,
            picture2: FileOption | None = None,
            picture3: FileOption | None = None,
            picture4: FileOption | None = None,
        ) -> None:
            known = {parameter.display_name for parameter in command.parameters}
            if not vars(interaction.namespace).keys() <= known:  # an option of an old registration or another API
                raise app_commands.CommandSignatureMismatch(command)
            draft = Draft(
                prompt,
                duration,
                video_model,
                image_model,
                aspect_ratio,
                language,
                subtitles=subtitles,
                tone=tone,
                storyboard=storyboard,
            )
            files = [file for file in (picture, picture2, picture3, picture4) if file is not None]
            given = {"files": files} if files else {}  # which no pitch takes
            await submit(interaction, draft, *([] if chip_in is None else [chip_in]), **given)

        # the bounds are known only now; discord.py reads them from the annotations
        movie.__annotations__ |= {
            "prompt": app_commands.Range[str, 1, limits.max_prompt_length],
            "duration": app_commands.Range[int, limits.min_seconds, limits.max_seconds],
            "chip_in": app_commands.Range[int, 1, MAX_CHIP_IN],
        }
        descriptions, choices = _descriptions(limits) | more, _choices(catalogue)
        # an extra that the API does not have is no option; discord.py reads the options from the signature
        signature = inspect.signature(movie)
        offered = [each for name, each in signature.parameters.items() if name == "interaction" or name in descriptions]
        if "picture" not in descriptions:  # then there is no movie without a prompt
            offered[1] = offered[1].replace(default=inspect.Parameter.empty)
        movie.__dict__["__signature__"] = signature.replace(parameters=offered)
        command: MovieCommand = app_commands.Command(name=name, description=description, callback=movie)
        command.autocomplete("duration")(self._suggest_durations)
        describe, choose = app_commands.describe(**descriptions), app_commands.choices(**choices)
        return app_commands.guild_only(choose(describe(command)))

    async def _suggest_durations(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """Return the choices for what was typed so far, which only its member sees.

        The price is that of the other options and the member's preferences; it is left out where these are invalid.
        """
        if interaction.guild_id is None or interaction.channel_id is None:
            return []
        named = vars(interaction.namespace)
        draft = Draft(
            _ANY_PROMPT,
            video_model=named.get("video_model"),
            image_model=named.get("image_model"),
            aspect_ratio=named.get("aspect_ratio"),
        )
        priced = await self._database.read(orders.price_per_second, order_context(interaction), draft)
        texts, offered = private_texts(interaction), await self._offered(interaction)
        return [
            app_commands.Choice(name=quotes.duration_choice(texts, seconds, priced), value=seconds)
            for seconds in suggest_durations(str(typed), offered.limits)
        ]

    def context_menu(self) -> app_commands.ContextMenu:
        """Build the message menu that makes a movie of a message."""
        name = command_descriptions.menu_name(command_descriptions.MESSAGE_MENU)
        return app_commands.guild_only(app_commands.ContextMenu(name=name, callback=self._make_a_movie))

    async def _make_a_movie(self, interaction: Interaction, message: discord.Message) -> None:
        """Open the modal with a message's text as the prompt.

        The server's setup says whose messages may be used.
        """
        own = message.author.id == interaction.user.id
        await self._flow.check_menu(interaction, own=own)
        text = message.clean_content.strip()
        if not text:
            raise Declined("errors-empty-message")
        longest = self.offered.limits.max_prompt_length
        await self._flow.open_modal(
            interaction,
            Draft(beginning(text, longest)),
            title="forms-new-modal-title",
            action=("order-message", OWN if own else OTHERS),
            cut=count_utf16(text) > longest,
        )


def _descriptions(limits: RequestLimits) -> dict[str, str]:
    """Describe each option that the API has."""
    found = {
        "prompt": command_descriptions.prompt(limits),
        "duration": command_descriptions.duration(limits),
        "video_model": localized("commands-movie-video-model"),
        "image_model": localized("commands-movie-image-model"),
        "aspect_ratio": localized("commands-movie-aspect-ratio"),
    }
    of_apis = {
        "language": (limits.extras.languages, localized("commands-movie-language")),
        "subtitles": (limits.extras.subtitles, localized("commands-movie-subtitles")),
        "tone": (limits.extras.tones, localized("commands-movie-tone")),
        "storyboard": (Operation.STORYBOARD in limits.operations, localized("commands-movie-storyboard")),
    }
    return found | {option: description for option, (has, description) in of_apis.items() if has}


def _choices(catalogue: Catalogue) -> dict[str, list[app_commands.Choice[str]]]:
    """List the choices of each option that the API has."""
    offered = catalogue.limits.extras
    found: dict[str, list[tuple[str, str]]] = {
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

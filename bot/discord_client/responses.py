"""Answers to interactions, and what is known of one that Discord did not confirm."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Generator
from typing import Final

import aiohttp
import discord
import structlog
from discord.ext import commands

from bot.errors import AnsweredElsewhere, DeliveryRejected, DeliveryUnconfirmed
from bot.ui.links import Placed

Interaction = discord.Interaction[commands.Bot]

_log = structlog.stdlib.get_logger(__name__)

_ANSWERED: Final = 40060

TOO_LATE: Final = frozenset({10062, _ANSWERED})
"""The interaction is gone, or was answered already: by another process, or by an answer that seemed lost."""


async def respond(interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None) -> int | None:
    """Answer a command where everyone can see it, and return the message's id (None where Discord did not say).

    Raises:
        DeliveryRejected: Too late (10062): nothing was shown, and Discord has shown the member its own error.
        AnsweredElsewhere: Another process was faster.
        DeliveryUnconfirmed: It may have been shown all the same (a cut connection, a 5xx).
    """
    with _map_errors():
        try:
            sent = await interaction.response.send_message(embed=embed, view=_or_missing(view))
        except discord.HTTPException as exc:
            if exc.code != _ANSWERED:
                raise
            return (await _own_answer(interaction, embed)).id
        return sent.message_id


async def respond_with_followup(
    interaction: Interaction, private: discord.Embed, embed: discord.Embed, view: discord.ui.View | None
) -> int:
    """Answer a press on a private message: it becomes `private`, and the card appears where everyone can see it.

    Returns the id of the card. Raises as `answer` does.
    """
    with _map_errors():
        try:
            await interaction.response.edit_message(content=None, embed=private, view=None)
        except discord.HTTPException as exc:
            if exc.code != _ANSWERED:
                raise
            await _own_answer(interaction, private)
        sent = await interaction.followup.send(embed=embed, view=_or_missing(view), wait=True)
        return sent.id


async def respond_ephemeral(
    interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None = None, *, edit: bool = False
) -> None:
    """Give a first answer that only the member sees; `instead` of the private message whose button they pressed.

    What Discord does not take is logged, no more: nothing hangs on it.
    """
    with log_discord_errors():
        if edit:
            await interaction.response.edit_message(content=None, embed=embed, view=view, attachments=[])
        else:
            await interaction.response.send_message(embed=embed, view=_or_missing(view), ephemeral=True)


async def send_ephemeral(interaction: Interaction, text: str, view: discord.ui.View | None = None) -> None:
    """Answer privately, whether or not a first answer was given; what Discord does not take is logged, no more."""
    with log_discord_errors():
        if interaction.response.is_done():
            await interaction.followup.send(text, view=_or_missing(view), ephemeral=True)
        else:
            await interaction.response.send_message(text, view=_or_missing(view), ephemeral=True)


async def say_link(interaction: Interaction, placed: Placed) -> None:
    """Say something with a link privately, in a followup; what Discord does not take is logged, no more."""
    files = [link_file(placed.file)] if placed.file is not None else []
    with log_discord_errors():
        await interaction.followup.send(
            placed.content, embed=placed.embed or discord.utils.MISSING, files=files, ephemeral=True
        )


def link_file(link: str) -> discord.File:
    """A file that holds a link, for one that no message does."""
    return discord.File(io.BytesIO(link.encode()), "link.txt")


async def replace_ephemeral(interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None) -> None:
    """Let the private message whose button was pressed say something else than the answer that may stand there.

    Where nobody knows whether the first answer was taken, it is given first; Discord refuses a second one (40060).
    What Discord does not take is logged, no more.
    """
    with log_discord_errors():
        if not interaction.response.is_done():
            try:
                await interaction.response.edit_message(content=None, embed=embed, view=view)
            except discord.HTTPException as exc:
                if exc.code != _ANSWERED:
                    raise
            else:
                return
        await interaction.edit_original_response(content=None, embed=embed, view=view)


async def correct_card(
    interaction: Interaction, followup_id: int | None, embed: discord.Embed, view: discord.ui.View | None
) -> None:
    """Let a card that was shown say something else; it is the first answer, or the followup with this id.

    What Discord does not take is logged, no more.
    """
    with log_discord_errors():
        if followup_id is None:
            await interaction.edit_original_response(embed=embed, view=view)
        else:
            await interaction.followup.edit_message(followup_id, embed=embed, view=view)


async def _own_answer(interaction: Interaction, embed: discord.Embed) -> discord.InteractionMessage:
    """Return the answer that Discord says was given already (40060), if it is this one.

    discord.py repeats an answer at a 5xx; where Discord had taken the first, the second meets it.

    Raises:
        AnsweredElsewhere: It is another one: two processes were handed the interaction.
        discord.HTTPException, aiohttp.ClientError, OSError: Discord does not say.
    """
    try:
        given = await interaction.original_response()
    except discord.NotFound as exc:  # a form, or a message that is gone: not one that we gave a moment ago
        raise AnsweredElsewhere(str(exc), code=_ANSWERED) from exc
    if not any(_same(each, embed) for each in given.embeds):
        raise AnsweredElsewhere("another process has answered", code=_ANSWERED)
    return given


def _same(given: discord.Embed, embed: discord.Embed) -> bool:
    """Compare by the footer, which names the movie, and where there is none by the text."""
    if embed.footer.text is not None:
        return given.footer.text == embed.footer.text
    return given.description == embed.description


@contextlib.contextmanager
def log_discord_errors() -> Generator[None]:
    """Log what Discord does not take, no more: nothing hangs on it."""
    try:
        yield
    except discord.HTTPException as exc:
        _log.warning("response_failed", code=exc.code, status=exc.status)
    except (discord.RateLimited, aiohttp.ClientError, OSError) as exc:
        _log.warning("response_failed", error=str(exc) or type(exc).__name__)


@contextlib.contextmanager
def _map_errors() -> Generator[None]:
    """Turn what Discord answers into ours."""
    try:
        yield
    except discord.NotFound as exc:
        raise DeliveryRejected(str(exc), code=exc.code) from exc
    except discord.HTTPException as exc:
        raise DeliveryUnconfirmed(str(exc), code=exc.code) from exc
    except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
        raise DeliveryUnconfirmed(str(exc) or type(exc).__name__) from exc


def _or_missing(view: discord.ui.View | None) -> discord.ui.View:
    return discord.utils.MISSING if view is None else view

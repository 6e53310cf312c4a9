"""Answers to interactions, and what is known of one that Discord did not confirm."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator
from typing import Final

import aiohttp
import discord
from discord.ext import commands

from bot.errors import DeliveryLost, DeliveryRefused

Interaction = discord.Interaction[commands.Bot]

_log = logging.getLogger(__name__)

_ANSWERED: Final = 40060  # the interaction was answered already


async def answer(interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None) -> int | None:
    """Answer a command where everyone can see it, and return the message's id (None where Discord did not say).

    Raises:
        DeliveryRefused: Too late (10062): nothing was shown, and Discord has shown the member its own error.
        DeliveryLost: It may have been shown all the same (40060, a cut connection, a 5xx).
    """
    with _translated():
        sent = await interaction.response.send_message(embed=embed, view=_or_missing(view))
        return sent.message_id


async def answer_beside(
    interaction: Interaction, private: discord.Embed, embed: discord.Embed, view: discord.ui.View | None
) -> int:
    """Answer a press on a private message: it becomes `private`, and the card appears where everyone can see it.

    Returns the id of the card. Raises as `answer` does.
    """
    with _translated():
        await interaction.response.edit_message(content=None, embed=private, view=None)
        sent = await interaction.followup.send(embed=embed, view=_or_missing(view), wait=True)
        return sent.id


async def whisper(
    interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None = None, *, instead: bool = False
) -> None:
    """Give a first answer that only the member sees; `instead` of the private message whose button they pressed.

    What Discord does not take is logged, no more: nothing hangs on it.
    """
    with courtesy():
        if instead:
            await interaction.response.edit_message(content=None, embed=embed, view=view)
        else:
            await interaction.response.send_message(embed=embed, view=_or_missing(view), ephemeral=True)


async def say(interaction: Interaction, text: str, view: discord.ui.View | None = None) -> None:
    """Answer privately, whether or not a first answer was given; what Discord does not take is logged, no more."""
    with courtesy():
        if interaction.response.is_done():
            await interaction.followup.send(text, view=_or_missing(view), ephemeral=True)
        else:
            await interaction.response.send_message(text, view=_or_missing(view), ephemeral=True)


async def correct(interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None) -> None:
    """Let the private message whose button was pressed say something else than the answer that may stand there.

    Where nobody knows whether the first answer was taken, it is given first; Discord refuses a second one (40060).
    What Discord does not take is logged, no more.
    """
    with courtesy():
        if not interaction.response.is_done():
            try:
                await interaction.response.edit_message(content=None, embed=embed, view=view)
            except discord.HTTPException as exc:
                if exc.code != _ANSWERED:
                    raise
            else:
                return
        await interaction.edit_original_response(content=None, embed=embed, view=view)


@contextlib.contextmanager
def courtesy() -> Generator[None]:
    """Log what Discord does not take, no more: nothing hangs on it."""
    try:
        yield
    except discord.HTTPException as exc:
        _log.warning("answer_not_taken", extra={"code": exc.code, "status": exc.status})
    except (aiohttp.ClientError, OSError) as exc:
        _log.warning("answer_not_taken", extra={"reason": str(exc) or type(exc).__name__})


@contextlib.contextmanager
def _translated() -> Generator[None]:
    """Turn what Discord answers into ours."""
    try:
        yield
    except discord.NotFound as exc:
        raise DeliveryRefused(str(exc), code=exc.code) from exc
    except discord.HTTPException as exc:
        raise DeliveryLost(str(exc), code=exc.code) from exc
    except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
        raise DeliveryLost(str(exc) or type(exc).__name__) from exc


def _or_missing(view: discord.ui.View | None) -> discord.ui.View:
    return discord.utils.MISSING if view is None else view

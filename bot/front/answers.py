"""Answers to interactions, and what is known of one that Discord did not confirm."""

from __future__ import annotations

import logging

import aiohttp
import discord
from discord.ext import commands

from bot.errors import DeliveryLost, DeliveryRefused

_log = logging.getLogger(__name__)


async def answer(interaction: discord.Interaction[commands.Bot], embed: discord.Embed) -> int | None:
    """Answer a command where everyone can see it, and return the message's id (None where Discord did not say).

    Raises:
        DeliveryRefused: Too late (10062): nothing was shown, and Discord has shown the member its own error.
        DeliveryLost: It may have been shown all the same (40060, a cut connection, a 5xx).
    """
    try:
        sent = await interaction.response.send_message(embed=embed)
    except discord.NotFound as exc:
        raise DeliveryRefused(str(exc), code=exc.code) from exc
    except discord.HTTPException as exc:
        raise DeliveryLost(str(exc), code=exc.code) from exc
    except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
        raise DeliveryLost(str(exc) or type(exc).__name__) from exc
    return sent.message_id


async def say(interaction: discord.Interaction[commands.Bot], text: str) -> None:
    """Answer privately, whether or not a first answer was given; what Discord does not take is logged, no more."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as exc:
        _log.warning("answer_not_taken", extra={"code": exc.code, "status": exc.status})
    except (aiohttp.ClientError, OSError) as exc:
        _log.warning("answer_not_taken", extra={"reason": str(exc) or type(exc).__name__})

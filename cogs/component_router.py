"""Buttons and forms: one listener that reads what stands in a custom_id and calls the cog that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

import discord
import structlog
from discord.ext import commands

from bot.discord_client.responses import TOO_LATE, send_ephemeral
from bot.ui import errors
from bot.ui.components import parse_custom_id
from cogs.checks import Interaction

_log = structlog.stdlib.get_logger(__name__)

ComponentHandler = Callable[[Interaction, tuple[str, ...]], Awaitable[None]]
"""Answers a press. The arguments are what stood in the custom_id: texts that anyone may have forged."""

_NUMBER = re.compile(r"[0-9]{1,18}|[1-8][0-9]{18}")
"""Such as Discord's ids: what fits the database's 63 bits."""

_PAGE = re.compile(r"[0-9]{1,6}")
"""Far more pages than anyone has: a larger number, times a page's rows, passes the database's 63 bits."""

_ID = re.compile(r"[0-9a-z]{13}")


class InvalidCustomId(Exception):
    """What stands in a custom_id is nothing that this version puts there."""


def id_argument(arguments: tuple[str, ...], position: int = 0) -> str:
    """The id of a job or an offer in a custom_id.

    Raises:
        InvalidCustomId: There is none.
    """
    return _matched(_ID, arguments, position)


def int_argument(arguments: tuple[str, ...], position: int) -> int:
    """A number in a custom_id: a member's id.

    Raises:
        InvalidCustomId: There is none that could be one.
    """
    return int(_matched(_NUMBER, arguments, position))


def page_of(arguments: tuple[str, ...], position: int) -> int:
    """A page's number in a custom_id.

    Raises:
        InvalidCustomId: There is none that could be one.
    """
    return int(_matched(_PAGE, arguments, position))


def _matched(pattern: re.Pattern[str], arguments: tuple[str, ...], position: int) -> str:
    text = arguments[position] if position < len(arguments) else ""
    if not pattern.fullmatch(text):
        raise InvalidCustomId
    return text


class ComponentRouter(commands.Cog):
    """Takes every press to its handler."""

    def __init__(
        self, *handlers: Mapping[str, ComponentHandler], refused: Callable[[Interaction], Awaitable[bool]]
    ) -> None:
        self._refused = refused
        self._handlers = {action: handler for each in handlers for action, handler in each.items()}

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a button or a form of ours."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        data = interaction.data or {}
        read = parse_custom_id(str(data.get("custom_id", "")))
        if read is None:
            return
        if await self._refused(interaction):
            return
        action, arguments = read
        handler = self._handlers.get(action)
        if handler is None:
            await _odd(interaction, action)
            return
        try:
            await handler(interaction, arguments)
        except InvalidCustomId:
            await _odd(interaction, action)
        except Exception as exc:  # noqa: BLE001 (a press's outer boundary: it is logged, and the member is told)
            if isinstance(exc, discord.HTTPException) and exc.code in TOO_LATE:
                _log.warning("response_failed", code=exc.code, status=exc.status)
                return
            _log.exception("component_failed", action=action)
            await send_ephemeral(interaction, errors.internal_error())


async def _odd(interaction: Interaction, action: str) -> None:
    """An older or a newer version's button, or a forgery."""
    _log.warning("component_unknown", action=action, user_id=interaction.user.id)
    await send_ephemeral(interaction, errors.outdated_command())

"""Reads what a member sees: the texts, buttons and links of messages."""

from __future__ import annotations

import re

import discord
from simcord.results import InteractionResult, ResponseMessage

from bot.ui.components import parse_custom_id

_JUMP = re.compile(r"\[[^\]]+\]\(https://discord\.com/channels/(?:\d+|@me)/\d+/\d+\)")

Seen = discord.Message | ResponseMessage


def button(message: Seen, label: str) -> str:
    [found] = [each.custom_id for each in _buttons(message) if each.label == label]
    assert found is not None
    return found


def labels(message: Seen) -> list[str | None]:
    return [each.label for each in _buttons(message)]


def actions(message: Seen) -> list[str]:
    parsed = [(each, parse_custom_id(each.custom_id or "")) for each in _buttons(message)]
    return [each.url or (action[0] if action else "") for each, action in parsed]


def custom_ids(message: Seen) -> dict[str, str]:
    found = [each.custom_id for each in _buttons(message) if each.custom_id]
    return {parsed[0]: each for each in found if (parsed := parse_custom_id(each))}


def _buttons(message: Seen) -> list[discord.Button]:
    seen = message.message if isinstance(message, ResponseMessage) else message
    children = [each for row in seen.components if isinstance(row, discord.ActionRow) for each in row.children]
    return [each for each in children if isinstance(each, discord.Button)]


def message_text(message: discord.Message | ResponseMessage) -> str:
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
        parts += [text for each in embed.fields for text in (each.name or "", each.value or "")]
    return "\n".join(part for part in parts if part)


def response_text(result: InteractionResult) -> str:
    return message_text(answered(result))


def everything_shown(result: InteractionResult) -> str:
    """Return the words of a response, of what followed it, and of its form."""
    shown = [] if result.response is None else [message_text(result.response)]
    return "\n".join([*shown, *map(message_text, result.followups), str(result.modal or "")])


def ephemeral_text(result: InteractionResult) -> str:
    assert result.ephemeral
    return response_text(result)


def answered(result: InteractionResult) -> ResponseMessage:
    assert result.response is not None, "nothing was answered"
    return result.response


def about_movie(answer: InteractionResult | Seen) -> str:
    """Return an answer's text without its link to the movie's message."""
    text = ephemeral_text(answer) if isinstance(answer, InteractionResult) else message_text(answer)
    said, _, link = text.rpartition("\n")
    assert _JUMP.fullmatch(link), text
    return said


def field_of(message: discord.Message, name: str) -> str:
    [value] = [each.value for each in message.embeds[0].fields if each.name == name]
    assert value is not None
    return value


def fields(embed: discord.Embed) -> dict[str, str]:
    return {str(field.name): str(field.value) for field in embed.fields}


def links(message: discord.Message) -> dict[str | None, str | None]:
    return {each.label: each.url for each in _buttons(message) if each.url is not None}

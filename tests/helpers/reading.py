"""Reads what a member sees: the texts, buttons and links of messages."""

from __future__ import annotations

import re

import discord
from simcord.results import InteractionResult, ResponseMessage

from bot.ui.components import Message, custom_id, parse_custom_id, texts_of, walk

_JUMP = re.compile(r"\[[^\]]+\]\(https://discord\.com/channels/(?:\d+|@me)/\d+/\d+\)")

_ID = re.compile(r"\bID ([a-z0-9]{13})$", re.MULTILINE)
_TITLES, _SMALL = ("### ", "## "), "-# "
_NAME = re.compile(r"\*\*([^*]+)\*\*")

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


def job_action(card: Seen, action: str, *arguments: str) -> str:
    """Return the custom_id of an action on a card's movie, whose button is behind ⋯."""
    return custom_id(action, job_id_of(card), *arguments)


def job_id_of(card: Seen) -> str:
    [job_id] = _ID.findall(message_text(card))
    return str(job_id)


def custom_ids(message: Seen) -> dict[str, str]:
    found = [each.custom_id for each in _buttons(message) if each.custom_id]
    return {parsed[0]: each for each in found if (parsed := parse_custom_id(each))}


def _buttons(message: Seen) -> list[discord.Button]:
    return [each for each in walk(_seen(message).components) if isinstance(each, discord.Button)]


def _seen(message: Seen) -> discord.Message:
    return message.message if isinstance(message, ResponseMessage) else message


def message_text(message: Seen) -> str:
    return texts_of(_seen(message))


def title_of(message: Seen | Message) -> str:
    title = next((line for line in _lines(message) if line.startswith(_TITLES)), "")
    return title.lstrip("#").lstrip()


def is_titled(message: Seen) -> bool:
    return bool(title_of(message))


def quotation_of(message: Seen | Message) -> list[str]:
    return [line for line in _lines(message) if line.startswith("> ")]


def footer_of(message: Seen | Message) -> str:
    return "\n".join(line.removeprefix(_SMALL) for line in _lines(message) if line.startswith(_SMALL))


def fields(message: Seen | Message) -> dict[str, str]:
    """Return the parts of a message that have a bold name, each with its text."""
    found: dict[str, str] = {}
    name = ""
    for line in _lines(message):
        if named := _NAME.fullmatch(line):
            name = named[1]
            found[name] = ""
        elif name and not line.startswith(_SMALL):
            found[name] = f"{found[name]}\n{line}" if found[name] else line
    return found


def _lines(message: Seen | Message) -> list[str]:
    return (message.text if isinstance(message, Message) else message_text(message)).splitlines()


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


def addresses(message: Seen) -> list[str]:
    """Return every address that a message shows or opens."""
    shown = [*walk(_seen(message).components)]
    pictures = [
        item.media.url for each in shown if isinstance(each, discord.MediaGalleryComponent) for item in each.items
    ]
    return [*pictures, *(each.url for each in _buttons(message) if each.url)]


def is_hidden(message: Seen) -> bool:
    """Return whether all that a message shows is a spoiler."""
    galleries = [each for each in walk(_seen(message).components) if isinstance(each, discord.MediaGalleryComponent)]
    return bool(galleries) and all(item.spoiler for each in galleries for item in each.items)


def rows_of(message: Seen) -> list[list[discord.Component]]:
    return [[*each.children] for each in walk(_seen(message).components) if isinstance(each, discord.ActionRow)]


def links(message: discord.Message) -> dict[str | None, str | None]:
    return {each.label: each.url for each in _buttons(message) if each.url is not None}

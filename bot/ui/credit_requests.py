"""Requests for more credits: buttons, messages and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credit_request import AskOption, CreditRequest, RequestState
from bot.domain.quota import AuditAction, AuditEntry
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui.audit_entries import audit_entry_text, request_line
from bot.ui.components import Button, build_view
from bot.ui.formatting import channel_url, mention
from bot.ui.job_messages import Message

ASK: Final = "credits-ask"
GRANT: Final = "request-grant"
DECLINE: Final = "request-decline"

_DECIDED: Final[Mapping[RequestState, MessageId]] = {
    RequestState.GRANTED: "log-request-granted",
    RequestState.DECLINED: "log-request-declined",
}

_ENDED: Final[Mapping[RequestState, MessageId]] = {
    RequestState.REPLACED: "log-request-replaced",
    RequestState.LAPSED: "log-request-lapsed",
    RequestState.UNPOSTED: "log-request-lapsed",
}


def ask_buttons(texts: Texts, option: AskOption, price: int) -> tuple[Button, ...]:
    """Build the button that asks for credits, where there is one."""
    return (Button(texts("requests-ask-button"), (ASK, price)),) if option is AskOption.ASK else ()


def add_hint(texts: Texts, embed: discord.Embed, option: AskOption) -> None:
    """Say whom to ask, where there is no button for that."""
    if option is AskOption.NO_CHANNEL:
        embed.description = f"{embed.description}\n{texts('requests-ask-managers')}"


def requested(texts: Texts, request: CreditRequest) -> str:
    """Confirm a request to its member."""
    return texts("requests-sent", credits=request.credits)


def log_message(texts: Texts, entry: AuditEntry, catalogue: Catalogue) -> Message:
    """Build the staff channel's message of a change.

    A request has the buttons that answer it.
    """
    text = audit_entry_text(texts, entry, catalogue)
    if entry.action is not AuditAction.REQUEST_CREDITS:
        return Message(text, None)
    grant = Button(
        texts("requests-grant-button", credits=entry.credits or 0), (GRANT, entry.id), discord.ButtonStyle.success
    )
    return Message(text, None, build_view(grant, Button(texts("requests-decline-button"), (DECLINE, entry.id))))


def request_text(texts: Texts, request: CreditRequest) -> str:
    """Format an answered request for the staff channel."""
    lines = [request_line(texts, request.created_at, request.member_id, request.credits)]
    if request.state in _DECIDED:
        lines.append(texts(_DECIDED[request.state], manager=mention(request.decided_by or 0)))
    elif request.state in _ENDED:
        lines.append(texts(_ENDED[request.state]))
    if request.untold:
        lines.append(texts("log-request-not-told", member=mention(request.member_id)))
    return "\n".join(lines)


def not_counted(texts: Texts, request: CreditRequest) -> str:
    """Tell a manager why their answer changed nothing."""
    if request.state in _DECIDED:
        return texts("requests-already-answered", manager=mention(request.decided_by or 0))
    return texts(_ENDED[request.state])


def answer_text(texts: Texts, request: CreditRequest) -> str:
    """Tell the member what became of their request, in a direct message."""
    place = channel_url(request.guild_id, request.channel_id)
    if request.state in _DECIDED:
        return texts(message_id("requests-answer", request.state), credits=request.credits, place=place)
    return texts("requests-answer-unposted", credits=request.credits, place=place)

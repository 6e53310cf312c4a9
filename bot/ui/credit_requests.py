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
from bot.ui.components import Button, Message, in_rows, plain
from bot.ui.formatting import channel_url, join_lines, mention

ASK: Final = "credits-ask"
GRANT: Final = "request-grant"
DECLINE: Final = "request-decline"

_RESULTS: Final[Mapping[RequestState, MessageId]] = {
    RequestState.GRANTED: "log-request-granted",
    RequestState.DECLINED: "log-request-declined",
    RequestState.REPLACED: "log-request-replaced",
    RequestState.LAPSED: "log-request-lapsed",
    RequestState.UNPOSTED: "log-request-lapsed",
}

_ANSWERS: Final = (RequestState.GRANTED, RequestState.DECLINED)


def ask_buttons(texts: Texts, option: AskOption, price: int) -> tuple[Button, ...]:
    """Build the button that asks for credits, where there is one."""
    return (Button(texts("requests-ask-button"), (ASK, price)),) if option is AskOption.ASK else ()


def hint(texts: Texts, option: AskOption) -> str:
    """Say whom to ask, where there is no button for that."""
    return texts("requests-ask-managers") if option is AskOption.NO_CHANNEL else ""


def requested(texts: Texts, request: CreditRequest) -> str:
    """Confirm a request to its member."""
    return texts("requests-sent", credits=request.credits)


def log_message(texts: Texts, entry: AuditEntry, catalogue: Catalogue) -> Message:
    """Build the staff channel's message of a change.

    A request has the buttons that answer it.
    """
    text = audit_entry_text(texts, entry, catalogue)
    if entry.action is not AuditAction.REQUEST_CREDITS:
        return plain(text)
    grant = Button(
        texts("requests-grant-button", credits=entry.credits or 0), (GRANT, entry.id), discord.ButtonStyle.success
    )
    return plain(text, *in_rows(grant, Button(texts("requests-decline-button"), (DECLINE, entry.id))))


def request_text(texts: Texts, request: CreditRequest) -> str:
    """Format an answered request for the staff channel."""
    return join_lines(
        request_line(texts, request.created_at, request.member_id, request.credits),
        "" if request.state is RequestState.OPEN else _result(texts, request),
        texts("log-request-not-told", member=mention(request.member_id)) if request.untold else "",
    )


def not_counted(texts: Texts, request: CreditRequest) -> str:
    """Tell a manager why their answer changed nothing."""
    if request.state in _ANSWERS:
        return texts("requests-already-answered", manager=mention(request.decided_by or 0))
    return _result(texts, request)


def _result(texts: Texts, request: CreditRequest) -> str:
    return texts(_RESULTS[request.state], manager=mention(request.decided_by or 0))


def answer_text(texts: Texts, request: CreditRequest) -> str:
    """Tell the member what became of their request, in a direct message."""
    place = channel_url(request.guild_id, request.channel_id)
    answer = message_id("requests-answer", request.state if request.state in _ANSWERS else RequestState.UNPOSTED)
    return texts(answer, credits=request.credits, place=place)

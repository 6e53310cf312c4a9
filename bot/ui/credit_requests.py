"""Requests for more credits: buttons, messages and answers."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credit_request import AskOption, CreditRequest, RequestState
from bot.domain.quota import AuditAction, AuditEntry
from bot.locales.texts import Texts, message_id
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import Accent, Button, Message, Part, in_rows
from bot.ui.formatting import channel_url, facts, format_timestamp, mention, mention_if_known
from bot.ui.staff_subjects import more_button

ASK: Final = "credits-ask"
GRANT: Final = "request-grant"
DECLINE: Final = "request-decline"

_ANSWERS: Final = (RequestState.GRANTED, RequestState.DECLINED)


def ask_buttons(texts: Texts, option: AskOption, price: int) -> tuple[Button, ...]:
    """Build the button that asks for credits, where there is one."""
    return (Button(texts("requests-ask-button"), (ASK, price)),) if option is AskOption.ASK else ()


def hint(texts: Texts, option: AskOption) -> str:
    """Say whom to ask, where there is no button for that."""
    return texts("requests-ask-managers") if option is AskOption.NO_CHANNEL else ""


def log_message(texts: Texts, entry: AuditEntry, catalogue: Catalogue) -> Message:
    """Build the staff channel's message of a change.

    A request has the buttons that answer it.
    """
    if entry.action is not AuditAction.REQUEST_CREDITS:
        return Message(Accent.STAFF, (audit_entry_text(texts, entry, catalogue),))
    asked = entry.credits or 0
    return _asked(
        texts,
        Accent.STAFF,
        entry.subject_id,
        asked,
        entry.created_at,
        *in_rows(
            Button(texts("requests-grant-button", credits=asked), (GRANT, entry.id), discord.ButtonStyle.success),
            Button(texts("requests-decline-button"), (DECLINE, entry.id)),
            more_button(entry.id),
        ),
    )


def request_message(texts: Texts, request: CreditRequest) -> Message:
    """Build the staff channel's message of an answered request."""
    return _asked(
        texts,
        Accent.NEUTRAL,
        request.member_id,
        request.credits,
        request.created_at,
        "" if request.state is RequestState.OPEN else _result(texts, request),
        texts("log-request-not-told", member=mention(request.member_id)) if request.untold else "",
    )


def _asked(
    texts: Texts, accent: discord.Colour, member_id: int, credits: int, created_at: int, *answer: Part
) -> Message:
    """Say who asks for how much, and when, around what answers it or how it was answered."""
    return Message(
        accent,
        (
            texts("log-request-credits", member=mention_if_known(texts, member_id), credits=credits),
            *answer,
            facts(format_timestamp(created_at, "f")),
        ),
    )


def not_counted(texts: Texts, request: CreditRequest) -> str:
    """Tell a manager why their answer changed nothing."""
    if request.state in _ANSWERS:
        return texts("requests-already-answered", manager=mention(request.decided_by or 0))
    return _result(texts, request)


def _result(texts: Texts, request: CreditRequest) -> str:
    state = RequestState.LAPSED if request.state is RequestState.UNPOSTED else request.state
    return texts(message_id("log-request", state), manager=mention(request.decided_by or 0))


def answer_text(texts: Texts, request: CreditRequest) -> str:
    """Tell the member what became of their request, in a direct message."""
    return texts(
        message_id("requests-answer", request.state if request.state in _ANSWERS else RequestState.UNPOSTED),
        credits=request.credits,
        place=channel_url(request.guild_id, request.channel_id),
    )

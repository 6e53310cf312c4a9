"""A pitch's public message, its buttons, and the modal for another amount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.pitch import CHIP_IN_AMOUNTS, Pitch, PitchEndReason, PitchState
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import prompts
from bot.ui.amounts import format_credits, format_number, progress_bar
from bot.ui.components import Button, TextField, build_modal, build_rows
from bot.ui.escaping import escape, escape_name
from bot.ui.formatting import BRAND, NEUTRAL, SUCCESS, WARNING, format_timestamp, mention_if_known
from bot.ui.job_messages import request_summary

ADD: Final = "pitch-add"
REST: Final = "pitch-rest"
OTHER: Final = "pitch-other"
OTHER_SEND: Final = "pitch-other-send"
BACK: Final = "pitch-back"
VOTE: Final = "pitch-vote"
WITHDRAW: Final = "pitch-withdraw"
WITHDRAW_CONFIRM: Final = "pitch-withdraw-confirm"
REMOVE: Final = "pitch-remove"
REMOVE_CONFIRM: Final = "pitch-remove-confirm"

AMOUNT: Final = "amount"

MAX_AMOUNT_DIGITS: Final = 9

_TITLES: Final[Mapping[PitchState, MessageId]] = {
    PitchState.OPEN: "pitch-open-title",
    PitchState.WAITING_FOR_PLAN: "pitch-waiting-title",
    PitchState.FUNDED: "pitch-funded-title",
    PitchState.LAPSED: "pitch-ended-title",
    PitchState.WITHDRAWN: "pitch-ended-title",
    PitchState.REMOVED: "pitch-ended-title",
}

_COLOURS: Final = {
    PitchState.OPEN: BRAND,
    PitchState.WAITING_FOR_PLAN: WARNING,
    PitchState.FUNDED: SUCCESS,
}

_HIDDEN: Final = frozenset({PitchEndReason.REMOVED_BY_STAFF, PitchEndReason.PROMPT_REFUSED})
"""After these, the channel no longer shows the prompt."""


def pitch_embed(texts: Texts, pitch: Pitch, catalogue: Catalogue) -> discord.Embed:
    """Build a pitch's message: the movie, its member and the pledges."""
    embed = discord.Embed(title=texts(_TITLES[pitch.state]), colour=_COLOURS.get(pitch.state, NEUTRAL))
    if pitch.end_reason not in _HIDDEN:
        embed.description = f">>> {escape(prompts.shown(texts, pitch.request.prompt))}"
    embed.add_field(name=texts("pitch-movie-field"), value=request_summary(texts, pitch.request, catalogue))
    embed.add_field(name=texts("pitch-member-field"), value=member_name(texts, pitch))
    lines = [status(texts, pitch)]
    if pitch.state.is_open:
        lines[:0] = [progress_bar(texts, pitch.pledged, pitch.price), progress(texts, pitch)]
    embed.add_field(name=texts("pitch-credits-field"), value="\n".join(filter(None, lines)), inline=False)
    embed.set_footer(text=_footer(pitch))
    return embed


def is_message_of(pitch: Pitch, message: discord.Message) -> bool:
    """Return whether a message is a pitch's own."""
    return not message.flags.ephemeral and any(embed.footer.text == _footer(pitch) for embed in message.embeds)


def _footer(pitch: Pitch) -> str:
    return f"ID {pitch.id}"


def progress(texts: Texts, pitch: Pitch) -> str:
    """Say what is pledged, by how many, and when the pitch ends."""
    return texts(
        "pitch-progress",
        pledged=format_number(texts, pitch.pledged),
        price=format_credits(texts, pitch.price),
        people=pitch.people,
        time=format_timestamp(pitch.ends_at),
    )


def status(texts: Texts, pitch: Pitch) -> str:
    """Say what a pitch waits for, or how it ended.

    '' while it is open.
    """
    if pitch.waits_for is not None:
        return texts(message_id("pitch-waits", pitch.waits_for))
    if pitch.state is PitchState.FUNDED:
        return texts("pitch-ended-funded")
    return "" if pitch.end_reason is None else texts(message_id("pitch-ended", pitch.end_reason))


def over(texts: Texts, pitch: Pitch) -> str:
    """Say that a pitch is over, and why."""
    return f"{texts('pitch-over')} {status(texts, pitch)}"


def member_name(texts: Texts, pitch: Pitch) -> str:
    """Name the member who made a pitch."""
    return escape_name(pitch.member_name) or mention_if_known(texts, pitch.member_id)


def pitch_view(texts: Texts, pitch: Pitch) -> discord.ui.View | None:
    """Build the buttons of an open pitch.

    What does not fit is disabled, not left out: no button changes its place just before someone presses it.
    """
    if not pitch.state.is_open:
        return None
    missing = pitch.missing
    fixed = [
        Button(
            texts("pitch-add-button", credits=amount),
            (ADD, pitch.id, amount),
            discord.ButtonStyle.primary,
            enabled=amount <= missing,
        )
        for amount in CHIP_IN_AMOUNTS
    ]
    # the rest may grow before the press, and nobody pays more than they read
    rest = Button(
        texts("pitch-rest-button", credits=missing),
        (REST, pitch.id, missing),
        discord.ButtonStyle.success,
        enabled=missing > 0,
    )
    other = Button(texts("pitch-other-button"), (OTHER, pitch.id), enabled=missing > 0)
    return build_rows(
        (*fixed, rest, other, back_button(texts, pitch)),
        (
            Button(texts("pitch-vote-button", votes=pitch.votes), (VOTE, pitch.id)),
            withdraw_button(texts, pitch),
            remove_button(texts, pitch),
        ),
    )


def back_button(texts: Texts, pitch: Pitch) -> Button:
    """Take back the member's own pledge."""
    return Button(texts("pitch-back-button"), (BACK, pitch.id))


def withdraw_button(texts: Texts, pitch: Pitch) -> Button:
    """Ask whether to withdraw the pitch."""
    return Button(texts("pitch-withdraw-button"), (WITHDRAW, pitch.id))


def remove_button(texts: Texts, pitch: Pitch) -> Button:
    """Ask whether to remove the pitch."""
    return Button(texts("pitch-remove-button"), (REMOVE, pitch.id))


def amount_modal(texts: Texts, pitch: Pitch) -> discord.ui.Modal:
    """Build the modal that asks for an amount."""
    label, hint = texts("pitch-amount-label"), texts("pitch-amount-hint", credits=pitch.missing)
    amount = TextField(AMOUNT, label, hint, MAX_AMOUNT_DIGITS, required=True)
    return build_modal(texts("pitch-other-modal-title"), (OTHER_SEND, pitch.id), amount)


def confirm_withdraw(texts: Texts, pitch: Pitch) -> Button:
    """Withdraw the pitch, after it was said what that means."""
    return Button(texts("pitch-withdraw-confirm-button"), (WITHDRAW_CONFIRM, pitch.id), discord.ButtonStyle.danger)


def confirm_remove(texts: Texts, pitch: Pitch) -> Button:
    """Remove the pitch, after it was said what that means."""
    return Button(texts("pitch-remove-confirm-button"), (REMOVE_CONFIRM, pitch.id), discord.ButtonStyle.danger)

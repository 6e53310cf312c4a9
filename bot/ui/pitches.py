"""What is seen of pitches: the public message, its buttons and modal, the answers to presses, the list, and notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.delivery import PostedMessage
from bot.domain.message import MessageKind, Notice
from bot.domain.movie_list import NumberedPage
from bot.domain.pitches import (
    CHIP_IN_AMOUNTS,
    Pitch,
    PitchEndReason,
    PitchSort,
    PitchState,
    Pledge,
    Pledged,
)
from bot.domain.text import MAX_OPTION_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui.command_descriptions import localized
from bot.ui.components import (
    Button,
    Field,
    Message,
    Option,
    Row,
    Select,
    TextField,
    build_card,
    build_modal,
    in_rows,
    is_marked,
    mark,
)
from bot.ui.formatting import (
    BRAND,
    NEUTRAL,
    SUCCESS,
    WARNING,
    channel_url,
    escape,
    escape_line,
    escape_name,
    format_credits,
    format_number,
    format_timestamp,
    mention,
    mention_if_known,
    message_url,
    progress_bar,
    quoted,
    shown_prompt,
    truncate,
)
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


def pitch_message(texts: Texts, pitch: Pitch, catalogue: Catalogue) -> Message:
    """Build a pitch's message: the movie, its member and the pledges."""
    lines = [status(texts, pitch)]
    if pitch.state.is_open:
        lines[:0] = [progress_bar(texts, pitch.pledged, pitch.price), progress(texts, pitch)]
    return build_card(
        texts(_TITLES[pitch.state]),
        "" if pitch.end_reason in _HIDDEN else quoted(escape(shown_prompt(texts, pitch.request.prompt))),
        _COLOURS.get(pitch.state, NEUTRAL),
        Field(texts("pitch-movie-field"), request_summary(texts, pitch.request, catalogue)),
        Field(texts("pitch-member-field"), member_name(texts, pitch)),
        Field(texts("pitch-credits-field"), "\n".join(filter(None, lines)), inline=False),
        footer=_footer(pitch),
    ).marked(_mark(pitch))


def is_message_of(pitch: Pitch, message: discord.Message) -> bool:
    """Return whether a message is a pitch's own. One that was posted before messages had marks has its footer."""
    if message.flags.ephemeral:
        return False
    return is_marked(message, _mark(pitch)) or any(embed.footer.text == _footer(pitch) for embed in message.embeds)


def _mark(pitch: Pitch) -> int:
    return mark("pitch", pitch.id)


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


def pitch_view(texts: Texts, pitch: Pitch) -> tuple[Row, ...]:
    """Build the buttons of an open pitch.

    What does not fit is disabled, not left out: no button changes its place just before someone presses it.
    """
    if not pitch.state.is_open:
        return ()
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
    vote = Button(texts("pitch-vote-button", votes=pitch.votes), (VOTE, pitch.id))
    return (
        Row((*fixed, rest, other, _button(texts, BACK, pitch))),
        Row((vote, _button(texts, WITHDRAW, pitch), _button(texts, REMOVE, pitch))),
    )


def _button(
    texts: Texts, action: str, pitch: Pitch, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> Button:
    """Build the button of an action on a pitch, which its label is named by."""
    return Button(texts(message_id(action, "button")), (action, pitch.id), style)


def amount_modal(texts: Texts, pitch: Pitch) -> discord.ui.Modal:
    """Build the modal that asks for an amount."""
    label, hint = texts("pitch-amount-label"), texts("pitch-amount-hint", credits=pitch.missing)
    amount = TextField(AMOUNT, label, hint, MAX_AMOUNT_DIGITS, required=True)
    return build_modal(texts("pitch-other-modal-title"), (OTHER_SEND, pitch.id), amount)


def question(texts: Texts, pitch: Pitch, action: str) -> tuple[str, *tuple[Row, ...]]:
    """Ask whether to withdraw or remove a pitch, with what that means."""
    confirm = _button(texts, f"{action}-confirm", pitch, discord.ButtonStyle.danger)
    return texts(message_id(action, "question")), *in_rows(confirm)


_NEVER_FITS: Final[Mapping[BudgetScope, MessageId]] = {
    BudgetScope.SERVER: "pitch-never-fits-server",
    BudgetScope.QUEUED: "pitch-never-fits-queue",
}


def chipped_in(texts: Texts, outcome: Pledged) -> str:
    """Say what a press of *Chip in* led to."""
    pitch, pledge, share = outcome.pitch, outcome.pledge, format_credits(texts, outcome.added)
    match pitch.state:
        case PitchState.OPEN:
            mine, missing = format_credits(texts, pledge.credits), format_credits(texts, pitch.missing)
            pledged = texts("pitch-pledged", share=share, mine=mine, missing=missing)
            return _lines(pledged, _month_ends(texts, pitch, pledge))
        case PitchState.WAITING_FOR_PLAN:
            completed = texts("pitch-completed-waiting", share=share)
            return _lines(completed, status(texts, pitch), _month_ends(texts, pitch, pledge))
        case PitchState.FUNDED:
            return texts("pitch-completed-approval" if pitch.awaits_approval else "pitch-completed", share=share)
        case _:
            return over(texts, pitch)


def _month_ends(texts: Texts, pitch: Pitch, pledge: Pledge) -> str:
    """Say that pledged allowance lapses, where the pitch outlives its month."""
    month = Month.parse(pledge.month)
    if month is None or not pledge.allowance or pitch.ends_at <= month.ends_at:
        return ""
    return texts("pitch-month-ends", credits=pledge.allowance, time=format_timestamp(month.ends_at))


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def shortfall(texts: Texts, short: Shortfall) -> str:
    """Say what the member has left, and when their credits reset."""
    return texts(
        "pitch-shortfall",
        price=format_credits(texts, short.required),
        left=format_credits(texts, short.available),
        time=format_timestamp(short.resets_at),
    )


def taken_back(texts: Texts, outcome: Pledged) -> str:
    """Confirm that credits came back."""
    missing = format_credits(texts, outcome.pitch.missing)
    return texts("pitch-taken-back", share=format_credits(texts, -outcome.added), missing=missing)


def handled(texts: Texts, pledged: int) -> str:
    """Say that a press was handled before, and what the member holds now."""
    return texts("pitch-handled", mine=format_credits(texts, pledged))


def never_fits(texts: Texts, short: Shortfall) -> str:
    """Say that no month's budget can pay for a pitch.

    The operator's plan is not named in figures.
    """
    price = format_credits(texts, short.required)
    if short.scope not in _NEVER_FITS:
        return texts("pitch-never-fits-bot", price=price)
    return texts(_NEVER_FITS[short.scope], price=price, left=format_credits(texts, short.available))


PAGE_SIZE: Final = 5
"""Pitches a page."""

PAGE: Final = "pitches"
SORT: Final = "pitches-sort"
MANAGE: Final = "pitches-manage"

SORT_CHOICES: Final = {each: localized(message_id("commands-pitches", each)) for each in PitchSort}


def list_message(texts: Texts, page: NumberedPage[Pitch]) -> Message:
    """Build a page of the list, two lines a pitch."""
    first = page.number * PAGE_SIZE + 1
    entries = [f"**{number}.** {_entry(texts, pitch)}" for number, pitch in enumerate(page.items, first)]
    description = "\n".join(entries) or texts("pitches-empty")
    footer = texts("pitches-page-footer", page=page.number + 1, pages=page.pages) if page.pages > 1 else ""
    return build_card(texts("pitches-list-title"), description, BRAND, footer=footer)


def list_view(
    texts: Texts, page: NumberedPage[Pitch], sort: PitchSort, managed: Sequence[Pitch] = ()
) -> tuple[Row, ...]:
    """Build the selects of a pitch and of orders, and the page buttons.

    `managed` are those of which the reader may take back, withdraw or remove something. None where there is nothing to
    choose.
    """
    items: list[Button | Select] = [manage_select(texts, managed)] if managed else []
    if page.total > 1:
        options = tuple(Option(texts(message_id("commands-pitches", each)), each.value) for each in PitchSort)
        items.append(Select(texts("pitches-sort-placeholder"), (SORT,), options, sort.value))
    if page.pages > 1:
        before, after = page.number - 1, page.number + 1
        items.append(Button(texts("pitches-back-button"), (PAGE, sort, max(0, before)), enabled=before >= 0))
        items.append(Button(texts("pitches-next-button"), (PAGE, sort, after), enabled=after < page.pages))
    return in_rows(*items)


def manage_select(texts: Texts, managed: Sequence[Pitch]) -> Select:
    """Build the select of a pitch to take back from, withdraw or remove.

    It needs no message of the pitch: that may be deleted.
    """
    options = tuple(
        Option(truncate(shown_prompt(texts, each.request.prompt), MAX_OPTION_LENGTH), each.id) for each in managed
    )
    return Select(texts("pitches-manage-placeholder"), (MANAGE,), options)


def managed_message(texts: Texts, pitch: Pitch, pledged: int) -> Message:
    """Build what a reader sees of the pitch that they chose, with their share."""
    entry = _entry(texts, pitch)
    mine = f" · {texts('pitches-mine', credits=pledged)}" if pledged else ""
    return Message(BRAND, (f"{entry}{mine}",))


def managed_view(texts: Texts, pitch: Pitch, *, pledged: int, mine: bool, staff: bool) -> tuple[Row, ...]:
    """Build the buttons of a pitch that a reader chose, as they may."""
    allowed = {BACK: bool(pledged), WITHDRAW: mine, REMOVE: staff}
    buttons = [_button(texts, action, pitch) for action, may in allowed.items() if may]
    return in_rows(*buttons)


def _entry(texts: Texts, pitch: Pitch) -> str:
    """Format one pitch in two lines, with a link to its message."""
    prompt = escape_line(shown_prompt(texts, pitch.request.prompt), 120)
    missing = texts("pitches-missing", credits=pitch.missing, price=format_credits(texts, pitch.price))
    parts = (
        missing if pitch.missing else texts("pitches-complete"),
        texts("pitches-votes", votes=pitch.votes),
        texts("pitches-ends", time=format_timestamp(pitch.ends_at)),
        f"[{texts('pitches-open')}]({pitch_url(pitch)})",
    )
    return f"{prompt}\n{' · '.join(parts)}"


def notice_text(texts: Texts, notices: Sequence[Notice], *, direct: bool) -> str:
    """Tell members what became of their share in a pitch.

    Only a direct message, which one of them gets, says how much it was.
    """
    first, pitch = notices[0], notices[0].subject
    assert isinstance(pitch, Pitch)
    kind: str = first.kind
    if first.kind is MessageKind.FUNDED and pitch.awaits_approval:
        kind = "approval"
    elif first.kind is MessageKind.RETURNED and any(each.spent for each in notices):  # the movie was canceled
        kind = "charged"
    elif first.kind is MessageKind.RETURNED and not first.credits:  # they made the pitch, and paid nothing
        kind = "over"
    return texts(
        message_id("pledges", kind, *(["direct"] if direct else [])),
        members=" ".join(mention(each.member_id) for each in notices),
        credits=first.credits,
        spent=format_credits(texts, first.spent),
        refunded=format_credits(texts, first.credits),
        why="" if first.reason is None else f"{texts(message_id('pledges-why', first.reason))} ",
        pitch=pitch_url(pitch),
    )


def pitch_url(pitch: Pitch) -> str:
    """Return the address of a pitch's message, or of its channel."""
    if pitch.message_id is None:
        return channel_url(pitch.guild_id, pitch.channel_id)
    return message_url(pitch.guild_id, PostedMessage(pitch.channel_id, pitch.message_id))

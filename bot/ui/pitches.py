"""What is seen of pitches: the public message, its buttons and modal, the answers to presses, the list, and notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.domain.delivery import PostedMessage
from bot.domain.message import MessageKind, Notice
from bot.domain.movie_list import NumberedPage
from bot.domain.pitches import (
    CHIP_IN_AMOUNTS,
    MAX_CHIP_IN,
    Pitch,
    PitchEndReason,
    PitchSort,
    PitchState,
    Pledge,
    Pledged,
)
from bot.domain.text import MAX_OPTION_LENGTH
from bot.locales.texts import Texts, message_id
from bot.ui import copies, prompts
from bot.ui.command_descriptions import localized
from bot.ui.components import (
    MORE_LABEL,
    Accent,
    Button,
    Link,
    Message,
    Option,
    Row,
    Section,
    Select,
    TextField,
    build_modal,
    in_rows,
    is_marked,
    mark,
    plain,
)
from bot.ui.formatting import (
    channel_url,
    escape,
    escape_line,
    escape_name,
    facts,
    format_credits,
    format_number,
    format_timestamp,
    heading,
    join_facts,
    join_lines,
    jump,
    mention,
    mention_if_known,
    message_url,
    progress_bar,
    shown_prompt,
    split_title,
    truncate,
)
from bot.ui.job_messages import request_summary

ADD: Final = "pitch-add"
REST: Final = "pitch-rest"
MORE: Final = "pitch-more"
OTHER: Final = "pitch-other"
OTHER_SEND: Final = "pitch-other-send"
BACK: Final = "pitch-back"
VOTE: Final = "pitch-vote"
WITHDRAW: Final = "pitch-withdraw"
WITHDRAW_CONFIRM: Final = "pitch-withdraw-confirm"
REMOVE: Final = "pitch-remove"
REMOVE_CONFIRM: Final = "pitch-remove-confirm"

AMOUNT: Final = "amount"

_ACCENTS: Final = {
    PitchState.OPEN: Accent.MONEY,
    PitchState.WAITING_FOR_PLAN: Accent.WAITING,
    PitchState.FUNDED: Accent.READY,
}

_SIGNS: Final = {PitchState.WAITING_FOR_PLAN: "⏳", PitchState.FUNDED: "🎬"}

_HIDDEN: Final = frozenset({PitchEndReason.REMOVED_BY_STAFF, PitchEndReason.PROMPT_REFUSED})
"""After these, the channel no longer shows the prompt."""


def pitch_message(texts: Texts, pitch: Pitch, catalogue: Catalogue) -> Message:
    """Build a pitch's message: the movie, what is pledged or what became of it, and who pitched it."""
    title, rest = split_title(shown_prompt(texts, pitch.request.prompt))
    if pitch.end_reason in _HIDDEN:
        title, rest = texts("pitch-ended-title"), ""
    return Message(
        _ACCENTS.get(pitch.state, Accent.NEUTRAL),
        (
            heading(f"{_SIGNS.get(pitch.state, '🎟️')} {escape(title)}"),
            copies.title(texts, pitch.request.operation),
            escape_line(rest, 1000) if pitch.state.is_open else "",
            join_facts(progress_bar(texts, pitch.pledged, pitch.price), progress(texts, pitch))
            if pitch.state.is_open
            else "",
            status(texts, pitch),
            *_buttons(texts, pitch),
            facts(
                request_summary(texts, pitch.request, catalogue),
                texts("pitch-by", member=member_name(texts, pitch)),
                f"ID {pitch.id}",
            ),
        ),
        mark("pitch", pitch.id),
    )


def is_message_of(pitch: Pitch, message: discord.Message) -> bool:
    """Return whether a message is a pitch's own. One that was posted before messages had marks has its footer."""
    if message.flags.ephemeral:
        return False
    footers = [embed.footer.text for embed in message.embeds]
    return is_marked(message, mark("pitch", pitch.id)) or f"ID {pitch.id}" in footers


def progress(texts: Texts, pitch: Pitch) -> str:
    """Say what is pledged, by how many, and when the pitch ends."""
    return texts(
        "pitch-progress",
        pledged=f"**{format_number(texts, pitch.pledged)}**",
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


def _buttons(texts: Texts, pitch: Pitch) -> tuple[Row, ...]:
    """Build the buttons of an open pitch.

    What does not fit is disabled, not left out: no button changes its place just before someone presses it.
    """
    if not pitch.state.is_open:
        return ()
    first, *others = CHIP_IN_AMOUNTS
    labels = (texts("pitch-add-button", credits=first), *(format_number(texts, amount) for amount in others))
    fixed = [
        Button(label, (ADD, pitch.id, amount), discord.ButtonStyle.primary, enabled=amount <= pitch.missing)
        for amount, label in zip(CHIP_IN_AMOUNTS, labels, strict=True)
    ]
    return in_rows(
        *fixed,
        # the rest may grow before the press, and nobody pays more than they read
        Button(
            texts("pitch-rest-button", credits=pitch.missing),
            (REST, pitch.id, pitch.missing),
            discord.ButtonStyle.success,
            enabled=pitch.missing > 0,
        ),
        Button(f"▲ {format_number(texts, pitch.votes)}", (VOTE, pitch.id)),
        Button(MORE_LABEL, (MORE, pitch.id)),
    )


def more_message(
    texts: Texts, pitch: Pitch, catalogue: Catalogue, pledged: int, *, may_pay: bool, mine: bool, staff: bool
) -> Message:
    """Build what is behind ⋯: the whole request, and what a reader may do now with an open pitch.

    It needs no message of the pitch, which may be deleted.
    """
    title, rest = split_title(shown_prompt(texts, pitch.request.prompt))
    values = {"share": format_credits(texts, pledged), "missing": format_credits(texts, pitch.missing)}
    allowed = {OTHER: may_pay and bool(pitch.missing), BACK: bool(pledged), WITHDRAW: mine, REMOVE: staff}
    return Message(
        _ACCENTS.get(pitch.state, Accent.NEUTRAL),
        (
            heading(escape(title)),
            join_facts(progress(texts, pitch), jump(texts, pitch_url(pitch))),
            status(texts, pitch),
            *(
                Section(
                    texts(message_id(each, "line"), **values),
                    Button(texts(message_id(each, "button")), (each, pitch.id)),
                )
                for each, may in allowed.items()
                if may
            ),
            *(prompts.whole(pitch.request.prompt) if rest else ()),
            facts(request_summary(texts, pitch.request, catalogue)),
        ),
    )


def amount_modal(texts: Texts, pitch: Pitch) -> discord.ui.Modal:
    """Build the modal that asks for an amount."""
    return build_modal(
        texts("pitch-other-modal-title"),
        (OTHER_SEND, pitch.id),
        TextField(
            AMOUNT,
            texts("pitch-amount-label"),
            texts("pitch-amount-hint", credits=pitch.missing),
            len(str(MAX_CHIP_IN)),
            required=True,
        ),
    )


def question(texts: Texts, pitch: Pitch, action: str) -> Message:
    """Ask whether to withdraw or remove a pitch, with what that means."""
    return plain(
        texts(message_id(action, "question")),
        *in_rows(
            Button(texts(message_id(action, "button")), (f"{action}-confirm", pitch.id), discord.ButtonStyle.danger)
        ),
    )


def pledge_text(texts: Texts, outcome: Pledged) -> str:
    """Say what a press did to a member's pledge."""
    pitch, pledge, share = outcome.pitch, outcome.pledge, format_credits(texts, abs(outcome.added))
    if outcome.added < 0:
        return texts("pitch-taken-back", share=share, missing=format_credits(texts, pitch.missing))
    match pitch.state:
        case PitchState.OPEN | PitchState.WAITING_FOR_PLAN:
            added = texts(
                "pitch-pledged" if pitch.state is PitchState.OPEN else "pitch-completed-waiting",
                share=share,
                mine=format_credits(texts, pledge.credits),
                missing=format_credits(texts, pitch.missing),
            )
            return join_lines(added, status(texts, pitch), _month_ends(texts, pitch, pledge))
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


PAGE_SIZE: Final = 5
"""Pitches a page."""

PAGE: Final = "pitches"
SORT: Final = "pitches-sort"
MANAGE: Final = "pitches-manage"

SORT_CHOICES: Final = {each: localized(message_id("commands-pitches", each)) for each in PitchSort}


def list_message(texts: Texts, page: NumberedPage[Pitch], sort: PitchSort) -> Message:
    """Build a page of the list, with the selects of a pitch and of orders."""
    options = [Option(texts(message_id("commands-pitches", each)), each) for each in PitchSort]
    before, after = page.number - 1, page.number + 1
    turns = (
        Button(texts("pitches-back-button"), (PAGE, sort, max(0, before)), enabled=before >= 0),
        Button(texts("pitches-next-button"), (PAGE, sort, after), enabled=after < page.pages),
    )
    return Message(
        Accent.MONEY,
        (
            heading(texts("pitches-list-title")),
            *(Section(_entry(texts, each), Link(texts("pitches-open"), pitch_url(each))) for each in page.items),
            "" if page.items else texts("pitches-empty"),
            *in_rows(
                manage_select(texts, page.items) if page.items else None,
                Select(texts("pitches-sort-placeholder"), (SORT,), options, sort) if page.total > 1 else None,
                *(turns if page.pages > 1 else ()),
            ),
            facts(texts("pitches-page-footer", page=after, pages=page.pages)) if page.pages > 1 else "",
        ),
    )


def manage_select(texts: Texts, shown: Sequence[Pitch]) -> Select:
    """Build the select of a pitch, which opens what is behind its ⋯."""
    options = [Option(truncate(shown_prompt(texts, each.request.prompt), MAX_OPTION_LENGTH), each.id) for each in shown]
    return Select(texts("pitches-manage-placeholder"), (MANAGE,), options)


def _entry(texts: Texts, pitch: Pitch) -> str:
    """Format one pitch in two lines."""
    title, _ = split_title(shown_prompt(texts, pitch.request.prompt))
    return join_lines(
        f"**{escape(title)}**",
        facts(
            texts(
                "pitches-missing" if pitch.missing else "pitches-complete",
                credits=pitch.missing,
                price=format_credits(texts, pitch.price),
            ),
            f"▲ {format_number(texts, pitch.votes)}",
            texts("pitches-ends", time=format_timestamp(pitch.ends_at)),
        ),
    )


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
        why="" if first.reason is None else f" – {texts(message_id('pledges-why', first.reason))}",
        pitch=pitch_url(pitch),
    )


def pitch_url(pitch: Pitch) -> str:
    """Return the address of a pitch's message, or of its channel."""
    if pitch.message_id is None:
        return channel_url(pitch.guild_id, pitch.channel_id)
    return message_url(pitch.guild_id, PostedMessage(pitch.channel_id, pitch.message_id))

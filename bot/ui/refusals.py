"""Why an order is refused, what is wrong with a request, and what the member can do.

Each message names the mistake, what is possible, and that nothing was charged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, get_args

from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.moderation import MAX_HITS_A_DAY, TIMEOUT_HOURS, ModerationCategory, PromptRefused
from bot.domain.pitches import Pitch
from bot.domain.quota import Block
from bot.domain.refusal import QUOTE_CODES, OrderRefusalCode, Refused
from bot.domain.request import Problem
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import credits, extras, pitches
from bot.ui.components import Message, plain
from bot.ui.formatting import (
    escape,
    escape_line,
    format_credits,
    format_duration,
    format_list,
    format_number,
    format_timestamp,
    join_lines,
    list_fitting,
    mention_if_known,
    message_url,
    quoted,
    small,
)
from bot.ui.setup_filter import rule_problem

_MAX_LIST_LENGTH: Final = 1000
"""For a list of models. The longest refusal has two of them, and room for 4,000 characters."""

_MAX_PROMPT_LENGTH: Final = 2_500
"""Of a refused prompt, with its escapes: Fluent takes no longer argument."""

_OF_ORDERS: Final = frozenset(get_args(OrderRefusalCode))

_SHORT: Final[Mapping[BudgetScope, MessageId]] = {
    BudgetScope.PLAN: "refusals-bot-credits",
    BudgetScope.SERVER: "refusals-server-credits",
    BudgetScope.QUEUED: "refusals-queue-full",
}
"""The others are the member's own."""


def validation_message(texts: Texts, problems: Sequence[Problem]) -> Message:
    """Say everything that is wrong with a request, each on a line."""
    lines = [_problem(texts, problem) for problem in problems]
    return _not_charged(texts, *(lines if len(lines) == 1 else (f"• {line}" for line in lines)))


def _not_charged(texts: Texts, *lines: str, note: MessageId = "refusals-not-charged") -> Message:
    return plain(*lines, small(texts(note)))


def permissions(texts: Texts, missing: Sequence[str]) -> str:
    """Name permissions as Discord's settings do."""
    return format_list(texts, [f"**{texts(message_id('errors', name))}**" for name in missing])


def _problem(texts: Texts, problem: Problem) -> str:
    value, allowed = problem.value, problem.allowed
    id_: MessageId = problem.code
    values: Mapping[str, str | int]
    match problem.code:
        case "errors-prompt-blank":
            values = {"max": int(allowed[0])}
        case "errors-prompt-too-long":
            values = {"characters": int(value), "max": int(allowed[0])}
        case "errors-duration":
            given = escape_line(value, 30)
            id_ = "errors-duration" if given else "errors-no-duration"
            values = {"value": given, "min": int(allowed[0]), "max": int(allowed[1])}
        case "errors-video-model-aspect-ratio":
            ratio = escape_line(problem.aspect_ratio, 30)
            values = {"model": escape_line(value, 100), "ratio": ratio, "names": _join_names(texts, allowed)}
        case "errors-no-model":
            values = {"ratio": escape_line(value, 30)}
        case _:
            values = {"value": extras.choice_name(texts, value, 60), "names": _join_names(texts, allowed)}
    return texts(id_, **values)


def _join_names(texts: Texts, values: Sequence[str]) -> str:
    """Join as many names as fit, and count the others."""
    return list_fitting(
        texts,
        [f"**{extras.choice_name(texts, value)}**" for value in values],
        _MAX_LIST_LENGTH,
        "errors-more-models",
    )


def _as_typed(texts: Texts, given: object) -> str:
    """Show an option's value, which may be forged."""
    return format_number(texts, given) if type(given) is int else escape_line(str(given), 40)


_SHOWN_AS: Final[Mapping[str, Callable[[Texts, Any], str]]] = {
    "time": lambda _, ms: format_timestamp(ms),
    "missing": format_credits,
    "price": format_credits,
    "left": format_credits,
    "member": mention_if_known,
    "staff": mention_if_known,
    "role": lambda _, role_id: f"<@&{role_id}>",
    "roles": lambda texts, ids: format_list(texts, [f"<@&{each}>" for each in ids]),
    "channels": lambda texts, ids: format_list(texts, [f"<#{each}>" for each in ids]),
    "permissions": permissions,
    "link": lambda _, place: message_url(*place),
    "given": _as_typed,
    "value": lambda _, value: escape_line(value, 60),
    "channel": lambda _, channel_id: f"<#{channel_id}>",
    "names": lambda texts, names: format_list(texts, [f"`{each}`" for each in names]),
    "longest": format_duration,
    "problem": rule_problem,
}
"""How the values that a text names are shown, by their names there; others as they are."""


def message(texts: Texts, refused: Refused) -> Message:
    """Say why nothing was done, and of an order that it cost nothing."""
    text = refusal_text(texts, refused)
    if refused.code not in _OF_ORDERS:
        return plain(text)
    is_blocked = refused.code == "refusals-blocked"
    return _not_charged(texts, text, note="refusals-in-progress-finish" if is_blocked else "refusals-not-charged")


def ends(refused: Refused) -> bool:
    """Return whether what is refused can't be tried again where it was pressed.

    Where a quote was replaced, the message shows the one in its place, or will in a moment.
    """
    return refused.code != "quotes-replaced" and (refused.code in QUOTE_CODES or refused.code in _OF_ORDERS)


def refusal_text(texts: Texts, refused: Refused) -> str:
    """Say why nothing was done.

    `refused` names only channels and roles that still exist.
    """
    match refused.data:
        case {"block": Block() as block}:
            return credits.blocked_text(texts, block)
        case {"channels": ()} | {"roles": ()}:
            return texts(message_id(refused.code, "deleted"))
        case {"pitch": Pitch() as pitch} if refused.code == "pitch-over":
            return pitches.over(texts, pitch)
        case {"pitch": Pitch() as pitch} if refused.code == "pitch-not-yours":
            return texts(refused.code, member=pitches.member_name(texts, pitch))
        case _:
            plain = {name: value for name, value in refused.data.items() if isinstance(value, int | str)}
            shown = {name: show(texts, refused.data[name]) for name, show in _SHOWN_AS.items() if name in refused.data}
            return texts(refused.code, **(plain | shown))


def shortfall_message(texts: Texts, shortfall: Shortfall, *more: str) -> Message:
    """Say what is left, and until when.

    A shortfall of the plan names no figure, because what is left of it concerns only the operator.
    """
    return _not_charged(
        texts,
        texts(
            _SHORT.get(shortfall.scope, "refusals-member-credits"),
            price=format_credits(texts, shortfall.required),
            left=format_credits(texts, shortfall.available),
            date=format_timestamp(shortfall.resets_at, "D"),
        ),
        *more,
    )


def prompt_message(texts: Texts, refused: PromptRefused, prompt: str, *, has_pictures: bool = False) -> Message:
    """Say that a prompt is not taken, and show it.

    Its member can copy it. The rule is not named: who knows it gets around it. What the movie service flagged it for
    is: it may be wrong.
    """
    warning = ""
    if refused.timeout is not None and refused.timeout.until is not None:
        warning = texts("refusals-prompt-timed-out", time=format_timestamp(refused.timeout.until))
    elif refused.hits == MAX_HITS_A_DAY - 1:
        warning = texts("refusals-prompt-last-one", hours=TIMEOUT_HOURS)
    if isinstance(refused.category, ModerationCategory):
        said = texts(
            "refusals-pictures-flagged" if has_pictures else "refusals-prompt-flagged",
            category=texts(message_id("log-category", refused.category)),
        )
    else:
        said = texts("refusals-prompt" if refused.hits else "refusals-prompt-by-bot")
    return _not_charged(texts, said, warning).plus(quoted(escape(prompt, _MAX_PROMPT_LENGTH)))


def member_may_not_post(texts: Texts) -> str:
    """Refuse an order in a channel where the member may not post."""
    return join_lines(texts("refusals-may-not-post"), small(texts("refusals-not-charged")))

"""Why an order is refused, and what the member can do.

Rejections and errors.

They name the mistake, what is possible, and that nothing was charged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, get_args

import discord

from bot.domain.catalogue import RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.pitches import Pitch
from bot.domain.prompt_refusal import TIMEOUT_HOURS, PromptRefused
from bot.domain.quota import Block
from bot.domain.refusal import QUOTE_CODES, OrderRefusalCode, Refused
from bot.domain.request import Problem, ProblemCode
from bot.domain.text import MAX_FIELD_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import credits, extras, pitches
from bot.ui.formatting import (
    NEUTRAL,
    count_fitting,
    escape,
    escape_line,
    format_credits,
    format_duration,
    format_list,
    format_number,
    format_timestamp,
    mention_if_known,
    message_url,
)
from bot.ui.job_messages import Message

_MAX_LIST_LENGTH: Final = 1000
"""For a list of models. The longest refusal has two of them and room for 4,096 characters."""

_SEPARATOR_LENGTH: Final = 2

_NOT_AVAILABLE: Final[Mapping[ProblemCode, MessageId]] = {
    ProblemCode.VIDEO_MODEL_UNKNOWN: "errors-video-model",
    ProblemCode.IMAGE_MODEL_UNKNOWN: "errors-image-model",
    ProblemCode.ASPECT_UNKNOWN: "errors-aspect-ratio",
    ProblemCode.LANGUAGE_UNKNOWN: "errors-language",
    ProblemCode.TONE_UNKNOWN: "errors-tone",
}
"""Where the message names what is available."""

_NOT_OFFERED: Final[Mapping[ProblemCode, MessageId]] = {
    ProblemCode.LANGUAGE_UNKNOWN: "errors-no-language",
    ProblemCode.SUBTITLES_UNKNOWN: "errors-no-subtitles",
    ProblemCode.TONE_UNKNOWN: "errors-no-tone",
}
"""Where the API has no such extra."""

_PERMISSIONS: Final[Mapping[str, MessageId]] = {
    "view_channel": "errors-view-channel",
    "send_messages": "errors-send-messages",
    "send_messages_in_threads": "errors-send-messages-in-threads",
    "embed_links": "errors-embed-links",
    "attach_files": "errors-attach-files",
    "read_message_history": "errors-read-message-history",
    "manage_threads": "errors-manage-threads",
}


def validation_embed(texts: Texts, problems: Sequence[Problem]) -> discord.Embed:
    """List everything that is wrong with a request."""
    lines = [f"• {_problem(texts, problem)}" for problem in problems]
    return discord.Embed(
        title=texts("errors-problems-title", problems=len(lines)),
        description="\n".join([*lines, "", texts("errors-not-charged")]),
        colour=NEUTRAL,
    )


def permissions(texts: Texts, missing: Sequence[str]) -> str:
    """Name permissions as Discord's settings do."""
    names = [texts(_PERMISSIONS[name]) if name in _PERMISSIONS else name for name in missing]
    return format_list(texts, [f"**{name}**" for name in names])


def _problem(texts: Texts, problem: Problem) -> str:
    code, allowed = problem.code, problem.allowed
    if code in _NOT_OFFERED and not allowed:
        return texts(_NOT_OFFERED[code])
    if code in _NOT_AVAILABLE:
        value = escape_line(extras.choice_name(texts, problem.value), 60)
        return texts(_NOT_AVAILABLE[code], value=value, names=_join_names(texts, allowed))
    match code:
        case ProblemCode.PROMPT_BLANK | ProblemCode.PROMPT_TOO_LONG:
            return _prompt_problem(texts, problem.value, int(allowed[0]))
        case ProblemCode.SECONDS_OUT_OF_RANGE:
            return _duration_problem(texts, escape_line(problem.value, 30), int(allowed[0]), int(allowed[1]))
        case _:
            return _other_problem(texts, problem)


def _other_problem(texts: Texts, problem: Problem) -> str:
    match problem.code:
        case ProblemCode.VIDEO_MODEL_ASPECT:
            return _aspect_ratio_problem(texts, problem)
        case ProblemCode.LANGUAGE_AMBIGUOUS:
            return texts("errors-several-languages", names=_join_names(texts, problem.allowed))
        case ProblemCode.SUBTITLES_UNKNOWN:
            return texts("errors-subtitles")
        case _:
            return texts("errors-no-model", ratio=escape_line(problem.value, 30))


def _prompt_problem(texts: Texts, length: str, longest: int) -> str:
    """Say that a prompt is too long, or, without a length, empty."""
    if not length:
        return texts("errors-prompt-blank", max=longest)
    return texts("errors-prompt-too-long", characters=int(length), max=longest)


def _aspect_ratio_problem(texts: Texts, problem: Problem) -> str:
    """Say that a model does not support an aspect ratio."""
    return texts(
        "errors-video-model-aspect-ratio",
        model=escape_line(problem.value, 100),
        ratio=escape_line(problem.aspect_ratio, 30),
        names=_join_names(texts, problem.allowed),
    )


def _duration_problem(texts: Texts, given: str, shortest: int, longest: int) -> str:
    if not given:
        return texts("errors-no-duration", min=shortest, max=longest)
    return texts("errors-duration", value=given, min=shortest, max=longest)


def _join_names(texts: Texts, values: Sequence[str]) -> str:
    """Join as many names as fit, and count the others."""
    names = [f"**{escape_line(extras.choice_name(texts, value), 100)}**" for value in values]
    fitting = count_fitting(names, _MAX_LIST_LENGTH, separator=_SEPARATOR_LENGTH)
    rest = len(names) - fitting
    more = [texts("errors-more-models", models=rest)] if rest else []
    return format_list(texts, [*names[:fitting], *more])


_TITLED: Final = frozenset(get_args(OrderRefusalCode))

_A_CHOICE: Final = 2
_MAX_PROMPT_LENGTH: Final = 2_500
"""Of a refused prompt, with its escapes: Fluent takes no longer argument."""

_MAX_NAME_LENGTH: Final = 60


def _as_typed(texts: Texts, given: object) -> str:
    """Show an option's value, which may be forged."""
    return format_number(texts, given) if type(given) is int else escape_line(str(given), 40)


_SHOWN_AS: Final[Mapping[str, Callable[[Texts, Any], str]]] = {
    "time": lambda _, ms: format_timestamp(ms),
    "missing": format_credits,
    "member": mention_if_known,
    "role": lambda _, role_id: f"<@&{role_id}>",
    "roles": lambda texts, ids: format_list(texts, [f"<@&{each}>" for each in ids]),
    "channels": lambda texts, ids: format_list(texts, [f"<#{each}>" for each in ids]),
    "permissions": permissions,
    "link": lambda _, place: message_url(*place),
    "given": _as_typed,
}
"""How the values that a text names are shown, by their names there; others as they are."""


def message(texts: Texts, refused: Refused) -> Message:
    """Say why nothing was done; what is refused whatever it costs has a title."""
    text = refusal_text(texts, refused)
    if refused.code in QUOTE_CODES:
        return Message("", discord.Embed(description=text, colour=NEUTRAL))
    if refused.code not in _TITLED:
        return Message(text, None)
    rest = "refusals-in-progress-finish" if refused.code == "refusals-blocked" else "refusals-not-charged"
    title, description = texts(message_id(refused.code, "title")), f"{text}\n{texts(rest)}"
    return Message("", discord.Embed(title=title, description=description, colour=NEUTRAL))


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


def insufficient_credits_embed(
    texts: Texts, shortfall: Shortfall, model: VideoModel, limits: RequestLimits
) -> discord.Embed:
    """Say what is left, what it affords, and when credits reset.

    A shortfall of the plan names no figure, because what is left of it concerns only the operator.
    """
    time, date = format_timestamp(shortfall.resets_at), format_timestamp(shortfall.resets_at, "D")
    if shortfall.scope is BudgetScope.PLAN:
        text = texts("refusals-bot-credits", time=time, date=date)
        return discord.Embed(title=texts("refusals-bot-credits-title"), description=text, colour=NEUTRAL)
    if shortfall.scope is BudgetScope.QUEUED:
        return _queue_full_embed(texts, shortfall, model, limits)
    of_server = shortfall.scope is BudgetScope.SERVER
    lines = [
        texts(
            "refusals-server-credits" if of_server else "refusals-member-credits",
            price=format_credits(texts, shortfall.required),
            left=format_credits(texts, shortfall.available),
        ),
        _affordable(texts, shortfall, model, limits)
        or texts("refusals-nothing-affordable", model=escape_line(model.label, 100)),
        texts("refusals-reset", time=time, date=date),
        texts("refusals-not-charged"),
    ]
    return discord.Embed(title=texts("refusals-no-credits-title"), description="\n".join(lines), colour=NEUTRAL)


def add_affordable_models(
    texts: Texts, embed: discord.Embed, shortfall: Shortfall, models: Sequence[VideoModel], limits: RequestLimits
) -> None:
    """Add the longest affordable duration with each model.

    Nothing is added where there is no choice, or where the member's or the server's own credits are not what is short.
    """
    if shortfall.scope in (BudgetScope.PLAN, BudgetScope.QUEUED) or len(models) < _A_CHOICE:
        return
    lines: list[str] = []
    for model in models:
        longest = limits.longest_within(shortfall.affordable_seconds(model.credits_per_second))
        name = escape_line(model.label, _MAX_NAME_LENGTH)
        if longest:
            line = texts("refusals-model-affordable", model=name, duration=format_duration(texts, longest))
        else:
            line = texts("refusals-model-not-affordable", model=name)
        if len("\n".join([*lines, line])) <= MAX_FIELD_LENGTH:
            lines.append(line)
    embed.add_field(name=texts("refusals-models-field"), value="\n".join(lines), inline=False)


def _queue_full_embed(texts: Texts, shortfall: Shortfall, model: VideoModel, limits: RequestLimits) -> discord.Embed:
    price, left = format_credits(texts, shortfall.required), format_credits(texts, shortfall.available)
    lines = [
        texts("refusals-queue-full", price=price, left=left),
        _affordable(texts, shortfall, model, limits),
        texts("refusals-not-charged"),
    ]
    text = "\n".join(line for line in lines if line)
    return discord.Embed(title=texts("refusals-queue-full-title"), description=text, colour=NEUTRAL)


def _affordable(texts: Texts, shortfall: Shortfall, model: VideoModel, limits: RequestLimits) -> str:
    """Say which duration the member can afford; '' for none."""
    seconds = limits.longest_within(shortfall.affordable_seconds(model.credits_per_second))
    if not seconds:
        return ""
    duration = format_duration(texts, seconds)
    return texts("refusals-affordable", duration=duration, model=escape_line(model.label, 100))


def prompt_embed(texts: Texts, refused: PromptRefused, prompt: str) -> discord.Embed:
    """Say that a prompt is not taken, and show it.

    Its member can copy it. The rule is not named: who knows it gets around it.
    """
    lines = [texts("refusals-prompt" if refused.hits else "refusals-prompt-by-bot")]
    if refused.timeout is not None and refused.timeout.until is not None:
        lines.append(texts("refusals-prompt-timed-out", time=format_timestamp(refused.timeout.until)))
    elif refused.left == 1:
        lines.append(texts("refusals-prompt-last-one", hours=TIMEOUT_HOURS))
    lines += [
        texts("refusals-not-charged"),
        "",
        texts("refusals-prompt-yours", prompt=escape(prompt, _MAX_PROMPT_LENGTH)),
    ]
    return discord.Embed(title=texts("refusals-prompt-title"), description="\n".join(lines), colour=NEUTRAL)


def member_may_not_post(texts: Texts) -> str:
    """Refuse an order in a channel where the member may not post."""
    return f"{texts('refusals-may-not-post')}\n{texts('refusals-not-charged')}"

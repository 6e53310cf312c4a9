"""Rejections and errors.

They name the mistake, what is possible, and that nothing was charged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.request import Problem, ProblemCode
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import extras
from bot.ui.amounts import format_list
from bot.ui.escaping import escape_line
from bot.ui.field_lines import count_fitting
from bot.ui.formatting import NEUTRAL

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

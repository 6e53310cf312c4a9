"""Rejections and errors.

They name the mistake, what is possible, and that nothing was spent.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import discord

from bot.domain.language import Language
from bot.domain.request import Problem, ProblemCode
from bot.locales.texts import texts_in
from bot.ui import extras
from bot.ui.escaping import escape_line
from bot.ui.formatting import NEUTRAL
from bot.ui.refusals import NOTHING_SPENT

_MAX_LIST_LENGTH = 1000
"""For a list of models. The longest refusal has two of them and room for 4,096 characters."""


def validation_embed(problems: Sequence[Problem]) -> discord.Embed:
    """List everything that is wrong with a request."""
    lines = [f"• **{_OPTION_NAMES[problem.code]}**: {_SENTENCES[problem.code](problem)}" for problem in problems]
    title = "One thing to change" if len(lines) == 1 else f"{len(lines)} things to change"
    return discord.Embed(title=title, description="\n".join([*lines, "", NOTHING_SPENT]), colour=NEUTRAL)


def missing_permissions(missing: Sequence[str]) -> str:
    """Say which permissions the bot lacks in this channel."""
    return (
        f"I can't post movies in this channel yet: I need {permissions(missing)} here. "
        f"Someone who manages the server can allow it. {NOTHING_SPENT}"
    )


def permissions(missing: Sequence[str]) -> str:
    """Name permissions as Discord's settings do."""
    return ", ".join(f"**{_PERMISSIONS.get(name, name)}**" for name in missing)


def empty_message() -> str:
    """Say that the message has no text to use as a prompt."""
    return f"This message has no words to make a movie of. Type /movie and describe one. {NOTHING_SPENT}"


def only_in_servers() -> str:
    """Say that the command works in servers only."""
    return f"Movies are made in servers, where everyone can watch them. {NOTHING_SPENT}"


def internal_error() -> str:
    """Apologize for an unexpected error."""
    return "Something went wrong on my side. Nothing was spent on it; please try again in a moment."


def restarting() -> str:
    """Say that the process is shutting down."""
    return f"I'm restarting this very moment. Please try again in a minute. {NOTHING_SPENT}"


def invalid_option(value: object) -> str:
    """Refuse a forged or broken option value."""
    given = escape_line(str(value), 60) or "Nothing"
    return f"{given} is not possible there; pick what is offered. {NOTHING_SPENT}"


def server_not_loaded() -> str:
    """Say that Discord has not sent this server's channels yet."""
    return "Discord hasn't shown me this server's channels yet. Please try again in a minute. Nothing was changed."


def outdated_command() -> str:
    """Say that the command's registration is out of date."""
    return f"This command has just been updated. Please type it again. {NOTHING_SPENT}"


def order_voided() -> str:
    """Say that the order was voided before it was queued."""
    return "This took too long to start, so it was cancelled and your credits are back. Please try again."


def not_queued() -> str:
    """Say that the order failed; the next recovery pass releases the hold."""
    return (
        "I couldn't put your movie into the queue, so it won't be made. "
        "Your credits come back in a minute or two; then please try again."
    )


def _join_names(values: Sequence[str]) -> str:
    """Join as many names as fit, and count the others."""
    names = [f"**{escape_line(value, 100)}**" for value in values]
    lengths = itertools.accumulate(len(name) + len(", ") for name in names)
    fitting = sum(length - len(", ") <= _MAX_LIST_LENGTH for length in lengths)
    rest = len(names) - fitting
    return ", ".join([*names[:fitting], *([f"{rest} more"] if rest else [])])


def _choice_name(value: str) -> str:
    return extras.choice_name(texts_in(Language.ENGLISH), value)


def _not_offered(name: str, problem: Problem) -> str:
    """Refuse a language or a tone.

    The API may have no choice of them.
    """
    if not problem.allowed:
        return "this bot offers no choice of it right now. Leave it empty."
    choices = _join_names([_choice_name(each) for each in problem.allowed])
    return f"{escape_line(name, 30)} isn't available. Choose from {choices}."


_OPTION_NAMES = {
    ProblemCode.PROMPT_BLANK: "prompt",
    ProblemCode.PROMPT_TOO_LONG: "prompt",
    ProblemCode.SECONDS_OUT_OF_RANGE: "duration",
    ProblemCode.VIDEO_MODEL_UNKNOWN: "video_model",
    ProblemCode.VIDEO_MODEL_ASPECT: "video_model",
    ProblemCode.IMAGE_MODEL_UNKNOWN: "image_model",
    ProblemCode.ASPECT_UNKNOWN: "aspect_ratio",
    ProblemCode.ASPECT_WITHOUT_MODEL: "aspect_ratio",
    ProblemCode.LANGUAGE_UNKNOWN: "language",
    ProblemCode.LANGUAGE_AMBIGUOUS: "language",
    ProblemCode.SUBTITLES_UNKNOWN: "subtitles",
    ProblemCode.TONE_UNKNOWN: "tone",
}

_SENTENCES: dict[ProblemCode, Callable[[Problem], str]] = {
    ProblemCode.PROMPT_BLANK: lambda p: f"describe your movie in 1 to {escape_line(p.allowed[0], 30)} characters.",
    ProblemCode.PROMPT_TOO_LONG: lambda p: f"{p.value} characters are too many; {p.allowed[0]} is the limit.",
    ProblemCode.SECONDS_OUT_OF_RANGE: lambda p: (
        f"{escape_line(p.value, 30) or 'Nothing'} s is not possible; "
        f"{p.allowed[0]} to {p.allowed[1]} s is, in whole seconds."
    ),
    ProblemCode.VIDEO_MODEL_UNKNOWN: lambda p: (
        f"{escape_line(p.value, 60)} is not available; choose from {_join_names(p.allowed)}."
    ),
    ProblemCode.VIDEO_MODEL_ASPECT: lambda p: (
        f"{escape_line(p.value, 120)} is not possible; in that shape, choose from {_join_names(p.allowed)}."
    ),
    ProblemCode.IMAGE_MODEL_UNKNOWN: lambda p: (
        f"{escape_line(p.value, 60)} is not available; choose from {_join_names(p.allowed)}."
    ),
    ProblemCode.ASPECT_UNKNOWN: lambda p: (
        f"{escape_line(p.value, 30)} is not possible; choose from {_join_names(p.allowed)}."
    ),
    ProblemCode.ASPECT_WITHOUT_MODEL: lambda p: f"no model makes {escape_line(p.value, 30)} movies at the moment.",
    ProblemCode.LANGUAGE_UNKNOWN: lambda p: _not_offered(_choice_name(p.value), p),
    ProblemCode.LANGUAGE_AMBIGUOUS: lambda p: (
        f"a movie has one, and you picked {_join_names([_choice_name(each) for each in p.allowed])}."
    ),
    ProblemCode.SUBTITLES_UNKNOWN: lambda p: (
        "must be True or False." if p.allowed else "this bot has none right now. Leave it empty."
    ),
    ProblemCode.TONE_UNKNOWN: lambda p: _not_offered(_choice_name(p.value), p),
}

_PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
}

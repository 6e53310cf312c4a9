"""Routes buttons, selects and modals to their handlers by custom_id.

A method that answers one is declared with `component`; the buttons themselves are in bot/ui.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from inspect import Parameter, signature
from types import NoneType
from typing import Annotated, Final, TypeAlias, TypeVar, cast, get_args, get_type_hints

import discord
import structlog
from discord.ext import commands

from bot.discord_client.responses import Interaction, handle_error, refuse, send_text
from bot.domain.jobs import ID_PATTERN
from bot.domain.refusal import Refused
from bot.ui import movie_list, pitches, privacy
from bot.ui.components import parse_custom_id
from bot.ui.job_buttons import OWN_ACTIONS
from cogs.checks import timed_out_until
from data.engine.rows import ROW_ID_PATTERN

_log = structlog.stdlib.get_logger(__name__)

ComponentHandler = Callable[[Interaction, tuple[str, ...]], Awaitable[None]]
"""Responds to a component, with the arguments of its custom_id, which may be forged."""

M = TypeVar("M", bound=Callable[..., Awaitable[None]])

T = TypeVar("T")

_ANY: Final = r"(?s).*"

KEPT_IN_TIME_OUT: Final = frozenset(
    {
        *(*OWN_ACTIONS, "quote-cancel"),
        *(movie_list.PAGE_ACTION, movie_list.FILTER, movie_list.OPEN),
        *(pitches.PAGE, pitches.SORT, pitches.MANAGE, pitches.MORE),
        *(pitches.BACK, pitches.WITHDRAW, pitches.WITHDRAW_CONFIRM),
        *(privacy.EXPORT, privacy.ERASE, privacy.CONFIRM, privacy.CONFIRM_WITH_MESSAGES, privacy.KEEP),
    }
)
"""What a member may do whom the server's staff timed out: read and take back what is their own."""


class InvalidCustomId(Exception):
    """A custom_id with arguments that this version does not create."""


IdArgument: TypeAlias = Annotated[str, ID_PATTERN]
"""The id of a job, a quote or a pitch."""

RowIdArgument: TypeAlias = Annotated[str, ROW_ID_PATTERN]
"""The id of a row that is only ever appended."""

SubjectArgument: TypeAlias = Annotated[str, f"{ID_PATTERN}|{ROW_ID_PATTERN}"]
"""What a message in the staff channel is about, a job's id or a row's."""

NumberArgument: TypeAlias = Annotated[int, "[0-9]{1,18}|[1-8][0-9]{18}"]
"""A number that fits the database's 63 bits, such as Discord's ids."""

PageArgument: TypeAlias = Annotated[int, "[0-9]{1,6}"]
"""The number of a page: a larger one times the page size could exceed the database's 63 bits."""

YesNo: TypeAlias = Annotated[str, "yes|no"]


def component(
    action: str, *, given: Callable[..., Awaitable[object]] | None = None, **fixed: object
) -> Callable[[M], M]:
    """Let a method respond to the buttons, selects or modals of an action.

    The annotations of its parameters say what the custom_id's arguments must be; they may be forged. The first ones are
    those of another method where what that finds is `given`. `fixed` arguments are the action's own.
    """

    def declare(method: M) -> M:
        vars(method).setdefault("component_actions", {})[action] = (given, fixed)
        return method

    return declare


def handlers_of(owner: object) -> dict[str, ComponentHandler]:
    """Return the handlers of an object by their actions."""
    methods = [getattr(each, "callback", each) for each in vars(type(owner)).values()]  # a command may answer, too
    return {
        action: partial(_call, owner, method, given, fixed)
        for method in methods
        for action, (given, fixed) in getattr(method, "component_actions", {}).items()
    }


async def _call(
    owner: object,
    handler: Callable[..., Awaitable[None]],
    given: Callable[..., Awaitable[object]] | None,
    fixed: Mapping[str, object],
    interaction: Interaction,
    texts: tuple[str, ...],
) -> None:
    """Call a handler with the arguments of a custom_id; those that it does not know are ignored."""
    found: list[object] = []
    if given is not None:
        wanted = _arguments(given, texts)
        found, texts = [await given(owner, interaction, *wanted)], texts[len(wanted) :]
    await handler(owner, interaction, *found, *_arguments(handler, texts, known=len(found), fixed=fixed), **fixed)


def _arguments(
    function: Callable[..., object], texts: tuple[str, ...], known: int = 0, fixed: Collection[str] = ()
) -> list[object]:
    """Return texts as the parameters of a method behind the interaction and those that are known."""
    values: list[object] = []
    wanted = [each for each in _parameters(function)[2 + known :] if each[0].name not in fixed]
    for position, (parameter, type_) in enumerate(wanted):
        if parameter.kind is Parameter.VAR_POSITIONAL:
            values += texts[position:]
        elif parameter.kind is Parameter.POSITIONAL_OR_KEYWORD and position < len(texts):
            values.append(_read(type_, texts[position]))
        elif parameter.default is Parameter.empty:
            raise InvalidCustomId
    return values


@cache
def _parameters(function: Callable[..., object]) -> Sequence[tuple[Parameter, object]]:
    types = get_type_hints(function, include_extras=True)
    return [(each, types.get(each.name)) for each in signature(function).parameters.values()]  # self has no type


def _read(annotation: object, text: str) -> object:
    if NoneType in get_args(annotation):
        [annotation] = {*get_args(annotation)} - {NoneType}
    convert, pattern = get_args(annotation) or (annotation, _ANY)
    return read_argument(cast("Callable[[str], object]", convert), text, pattern)


def read_argument(convert: Callable[[str], T], text: str, pattern: str = _ANY) -> T:
    """Return a text that matches a pattern, as a number or of an enum.

    Raises:
        InvalidCustomId: It is something else.
    """
    if not re.fullmatch(pattern, text):
        raise InvalidCustomId
    try:
        return convert(text)
    except ValueError as exc:
        raise InvalidCustomId from exc


class ComponentRouter(commands.Cog):
    """Calls the handler of each component interaction.

    `refuse_unserved` answers interactions that are not served, and tells whether it was one.
    """

    def __init__(self, owners: Iterable[object], *, refuse_unserved: Callable[[Interaction], Awaitable[bool]]) -> None:
        self._refuse_unserved = refuse_unserved
        self._handlers = {action: handler for each in owners for action, handler in handlers_of(each).items()}

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Route a component or a submitted modal of this bot."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        parsed = parse_custom_id(str((interaction.data or {}).get("custom_id", "")))
        if parsed is None or await self._refuse_unserved(interaction):
            return
        action, arguments = parsed
        until = timed_out_until(interaction)
        if until is not None and action not in KEPT_IN_TIME_OUT:
            await refuse(interaction, Refused("refusals-button-timed-out", {"time": until}))
            return
        if action not in self._handlers:
            await _refuse_unknown(interaction, action)
            return
        try:
            await self._handlers[action](interaction, arguments)
        except InvalidCustomId:
            await _refuse_unknown(interaction, action)
        except Exception as exc:  # noqa: BLE001 (the outer boundary: the member is told, and it is logged)
            await handle_error(interaction, exc, "component_failed", action=action)


async def _refuse_unknown(interaction: Interaction, action: str) -> None:
    """Respond to a component of another version, or a forged one."""
    _log.warning("component_unknown", action=action)
    await send_text(interaction, "errors-outdated")

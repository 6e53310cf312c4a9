"""Every message that the bot shows, made by every function of bot/ui from the samples of its parameters.

A new function of bot/ui is here by itself where its parameters have samples. Where they have none, or only some fit
each other, it belongs to `apart`, and where what it makes is only seen in other messages, to PARTS.
"""

import ast
import functools
import importlib
import inspect
import itertools
import json
import math
import pkgutil
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Final, TypeAlias, Union, cast, get_args

import discord

import bot.ui
from bot.domain.breaker import Outage
from bot.domain.catalogue import Music, SpokenLanguage, Tone, Voice
from bot.domain.credits import Budget, LedgerEntry
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page
from bot.domain.movie_nights import MovieNight
from bot.domain.preferences import Preferences
from bot.domain.quota import AuditAction, AuditContext, AuditEvent, Balance, Block
from bot.domain.refusal import RefusalCode
from bot.domain.reports import Receipt
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import Setting
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.samsar.config import AUTUMN_2026
from bot.ui import (
    command_descriptions,
    credits,
    extras,
    job_buttons,
    movie_actions,
    movie_list,
    movie_nights,
    pitches,
    preferences,
    quota,
    server_setup,
)
from bot.ui.chart import SERIES
from bot.ui.components import Message, Row
from bot.ui.formatting import format_month
from bot.ui.preferences import PreferencesPage
from tests.helpers.shown import Plain, Shown
from tests.unit.ui.samples import JOB_ID, NOVEMBER, Named, Outside, chosen, jobs, linked, samples

Variants: TypeAlias = Mapping[str, Callable[[Texts], Shown]]

_PARTS = """
chart formatting approvals.outcome copies.choices copies.no_choices copies.pitch_buttons copies.title
credit_requests.hint credits.allowance_source credits.blocked_text credits.ended credits.standing extras.modal_options
job_buttons.posted_buttons job_buttons.star_button job_buttons.studio_links job_buttons.target_buttons
job_messages.movie_facts job_messages.movie_message job_status.state_label job_status.state_title modals.video_options
movie_actions.detail_buttons pitches.manage_select pitches.member_name pitches.over pitches.progress player.by_link
player.player prompts.buttons prompts.style_select quota.budget_line quotes.affordable_button quotes.reason_message
rankings.movie_line rankings.play_all refusals.permissions refusals.refusal_text scenes.other_button
server_setup.choice_text server_setup.option_text server_setup.panel_value server_setup.setting_line
server_setup.shown_values staff_subjects.more_button storyboards.decision_buttons storyboards.posted_still
storyboards.shown_parts storyboards.still_file storyboards.waiting_text
"""
PARTS: Final = frozenset(_PARTS.split())
"""Modules and functions whose results are seen in other messages or tests, as test_formatting and test_chart."""

_DISCORD_SIDE: Final = tuple(Path(bot.ui.__path__[0]).parents[1] / folder for folder in ("cogs", "bot/discord_client"))

PLAIN: Final = {
    "player.describe": 1024,
    "movie_nights.post_title": 100,
    "prompts.compose": 500,
    "prompts.new_idea": 160,
    "quotes.duration_choice": 100,
    "quotes.next_scene": 500,
    "reports.chart_alt_text": 1024,
}
"""Functions whose texts are shown where there is no Markdown, and how long they may be."""

_MAX_COMBINATIONS: Final = 100
_MAX_EMBEDS: Final = 32
"""Of samples for one function. Beyond, each parameter is varied alone."""


def messages(o: Outside, *names: str) -> Iterator[tuple[str, Variants]]:
    found, special = samples(o), apart(o)
    for name, function, hints in functions():
        if not names or name in names:
            yield name, special.pop(name, None) or _varied(name, function, hints, found)
    yield from ((name, variants) for name, variants in special.items() if not names or name in names)


@functools.cache
def functions() -> Sequence[tuple[str, Callable[..., Shown], Mapping[str, Any]]]:
    found: list[tuple[str, Callable[..., Shown], Mapping[str, Any]]] = []
    for info in pkgutil.iter_modules(bot.ui.__path__):
        if info.name in PARTS:
            continue
        module = importlib.import_module(f"bot.ui.{info.name}")
        for name, function in vars(module).items():
            full = f"{info.name}.{name}"
            if not inspect.isfunction(function) or function.__module__ != module.__name__ or name.startswith("_"):
                continue
            hints = typing.get_type_hints(function)
            if Texts in hints.values() and full not in PARTS:
                found.append((full, _plain(full, function), hints))
    return found


def _varied(name: str, function: Callable[..., Shown], hints: Mapping[str, Any], found: dict[Any, Named]) -> Variants:
    large = {discord.ui.Modal, tuple[Row, ...], Message}
    most = _MAX_EMBEDS if hints["return"] in large else _MAX_COMBINATIONS
    hints = {parameter: hint for parameter, hint in hints.items() if parameter != "return" and hint is not Texts}
    choices = [[*_values(name, parameter, hint, found).items()] for parameter, hint in hints.items()]
    if math.prod(map(len, choices)) <= most:
        combinations = list(itertools.product(*choices))
    else:
        usual = [each[0] for each in choices]
        alone = ([*usual[:at], choice, *usual[at + 1 :]] for at, each in enumerate(choices) for choice in each[1:])
        combinations = [tuple(usual), *map(tuple, alone)]
    variants: dict[str, Callable[[Texts], Shown]] = {}
    for combination in combinations:
        label = ", ".join(filter(None, (label for label, _ in combination)))
        assert label not in variants, f"{name}: two samples are named {label}"
        variants[label] = _bound(function, dict(zip(hints, (value for _, value in combination), strict=True)))
    parameters = inspect.signature(function).parameters
    required = {parameter for parameter in hints if parameters[parameter].default is inspect.Parameter.empty}
    if required != {*hints}:
        usual = zip(hints, choices, strict=True)
        least = {parameter: choice[0][1] for parameter, choice in usual if parameter in required}
        variants["by default"] = _bound(function, least)
    return variants


def _bound(function: Callable[..., Shown], values: Mapping[str, Any]) -> Callable[[Texts], Shown]:
    bound = inspect.signature(function).bind_partial()

    def render(texts: Texts) -> Shown:
        bound.arguments = {"texts": texts, **values}
        return function(*bound.args, **bound.kwargs)

    return render


def _plain(name: str, function: Callable[..., Shown]) -> Callable[..., Shown]:
    if name not in PLAIN:
        return function

    @functools.wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Shown:
        text = function(*arguments, **named)
        return text if text is None else Plain(str(text), PLAIN[name])

    return wrapped


def _values(function: str, parameter: str, hint: Any, found: dict[Any, Named]) -> Named:
    module, _, name = function.partition(".")
    for key in (f"{name}.{parameter}", f"{module}.{parameter}", parameter, hint):
        if key in found:
            return found[key]
    if hint is bool:
        return {"": False, parameter: True}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {each.value: each for each in hint}
    if typing.get_origin(hint) in {Union, UnionType}:
        of = [_values(function, parameter, each, found) for each in typing.get_args(hint) if each is not type(None)]
        none = {f"no {parameter}": None} if type(None) in typing.get_args(hint) else {}
        return {label: value for each in (*of, none) for label, value in each.items()}
    raise AssertionError(f"{function}: no samples of {parameter}: {hint}")


CHANGES: Final = (AuditAction.GRANT, AuditAction.SET_MEMBER_LIMIT, AuditAction.BLOCK)


def apart(o: Outside) -> dict[str, Variants]:
    found = samples(o)
    changes = [AuditEvent(AuditContext(o.staff, 2), each, o.id, 70, 5) for each in CHANGES]
    return {
        "credits.account_message": _accounts(o),
        "credits.limit_note": {
            name: lambda t, each=each: credits.limit_note(t, each) for name, each in _limited(o).items()
        },
        "quota.changed": {
            name: lambda t, each=each: quota.changed(t, changes, each) for name, each in _limited(o).items()
        },
        "movie_list.movie_list_message": _lists(o),
        "job_buttons.buttons": {
            each: lambda t, each=each: job_buttons.buttons(t, o.job(), each)
            for each in ("unfollow", "cancel-confirm", "delete-confirm")
        },
        "movie_actions.more_message": {
            f"{name}, {reader}": lambda t, job=job, of=of: movie_actions.more_message(t, job, of)
            for name, job in found["more_message.job"].items()
            for reader, of in found[movie_actions.Reader].items()
        },
        "movie_nights.play": {
            name: lambda t, of=of: movie_nights.play(
                t, found[MovieNight]["night"].movies, *of[:2], ("night", 2), may_be_expired=of[2], spoiler=of[3]
            )
            for name, of in {
                "first": (1, linked(o)["ready"], False, False),
                "last, old, of who erased their data": (2, jobs(o)["erased"], True, True),
                "too long": (1, linked(o)["link of 5000"], True, False),
            }.items()
        },
        "extras.choice_name": {
            each: lambda t, each=each: extras.choice_name(t, each) for each in (*SpokenLanguage, *Tone, *Music, *Voice)
        },
        "preferences.preferences_message": {
            f"{name}, {offered}, {page}": lambda t, each=each, catalogue=catalogue, page=page: (
                preferences.preferences_message(t, each, catalogue, "a note" if each.unlisted else "", page)
            )
            for offered, catalogue in found["preferences.catalogue"].items()
            for name, each in found[Preferences].items()
            for page in PreferencesPage
            if offered == "newer API" or (name in {"gone", "none", "tall"} and page is PreferencesPage.MOVIE)
        },
        "server_setup.value_text": _setting_values(o),
        "chart.draw": {
            each: lambda t, each=each: t(each, month=format_month(t, NOVEMBER))
            for each in ("report-chart-title", "report-chart-empty", *(series.label for series in SERIES))
        },
        "choices": _choices(),
        "said by cogs": _said_by_cogs(o),
    }


def _accounts(o: Outside) -> Variants:
    found = samples(o)
    changes, receipts, blocks = ([*found[each].values()] for each in (LedgerEntry, Receipt, Block))

    def account(page: int, total: int, **more: Any) -> Callable[[Texts], Shown]:
        values = {"member_id": o.id, "balance": o.balance(), "receipts": [], "block": None, "is_own": True, **more}
        return lambda t: credits.account_message(
            t, month=NOVEMBER, page=page, total=total, guild_id=2, catalogue=o.catalogue(), **values
        )

    return {
        **{
            f"{page} of {total}": account(page, total)
            for page, total in ((0, 5), (19, 100), (0, 101), (24, 125), (24, 126))
        },
        "own": account(0, 6, receipts=receipts[:5], changes=changes[:4], block=blocks[1]),
        **{f"limited by {name}": account(0, 0, balance=each) for name, each in _limited(o).items()},
        **{f"blocked: {name}": account(0, 0, block=block) for name, block in found[Block].items()},
        **{
            f"another's, limited by {name}": account(0, 0, balance=each, is_own=False)
            for name, each in _limited(o).items()
        },
    }


def _limited(o: Outside) -> Mapping[str, Balance]:
    """Return balances by the limit that decides what can be spent now."""
    return {
        "member": o.balance(server=None),
        "nothing left": o.balance(allowance=Budget(9, 9), extra=Budget(0)),
        "server": o.balance(),
        "server, nothing left": o.balance(server=Budget(9, 9)),
        "plan": o.balance(plan=Budget(o.part - 1)),
        "plan, nothing left": o.balance(plan=Budget(9, 9)),
        "queue": o.balance(queued=o.part - 1),
        "queue, nothing left": o.balance(queued=0),
    }


def _lists(o: Outside) -> Variants:
    some = ("queued", "rendering", "ready, shared", "removed")
    mine, theirs = MovieQuery(o.id), MovieQuery(o.id, 2)
    every = jobs(o)
    all_items = [MovieItem(job) for job in {**every, **linked(o)}.values()]
    long = [replace(linked(o)["link of 350"], request=o.request(video_model=f"{o.label}{n}"[:70])) for n in range(5)]

    def listed(
        *items: MovieItem,
        query: MovieQuery = mine,
        guild_id: int = 2,
        turned: tuple[bool, bool] = (False, False),
        **more: Any,
    ) -> Callable[[Texts], Shown]:
        values = {"catalogue": o.catalogue(), "outage": None, **more}
        apart = (replace(item, job=replace(item.job, id=f"{number:013}")) for number, item in enumerate(items))
        page = Page(tuple(apart), *turned)
        return lambda t: movie_list.movie_list_message(t, page, query, guild_id, **values)

    return {
        "mine": listed(
            *(MovieItem(every[name]) for name in some), MovieItem(every["gone models"]), outage=Outage.RATE_LIMITED
        ),
        "of the longest": listed(*map(MovieItem, long), query=theirs, guild_id=3),
        "a member's, elsewhere": listed(MovieItem(every["ready"]), query=theirs, guild_id=3),
        "a member's, hidden": listed(MovieItem(every["ready"]).hidden(), query=theirs),
        "an unnamed member's": listed(MovieItem(every["gone models"]), query=theirs),
        "first": listed(MovieItem(every["ready"]), turned=(False, True)),
        "last": listed(
            MovieItem(every["ready"]), turned=(True, False), query=MovieQuery(o.id, filter=MovieFilter.RUNNING)
        ),
        **{f"none, {each}": listed(query=MovieQuery(o.id, filter=each)) for each in MovieFilter},
        **{f"none of a member, {each}": listed(query=MovieQuery(o.id, 2, each)) for each in MovieFilter},
        **{f"entries from {at}": listed(*all_items[at : at + 5]) for at in range(0, len(all_items), 5)},
        **{f"undelivered: {name}": listed(MovieItem(every[name], undelivered=True)) for name in ("ready", "removed")},
        **{
            f"outage: {name}": listed(MovieItem(every[name]), outage=Outage.NO_ANSWER)
            for name in ("reserved", "awaiting_approval", "rendering")
        },
    }


def _setting_values(o: Outside) -> Variants:
    def value(setting: Setting, value: Any, *deleted: int) -> Callable[[Texts], Shown]:
        return lambda t: server_setup.value_text(t, setting, value, o.catalogue(), deleted)

    values = chosen(o)
    return {
        **{setting.name: value(setting, each) for setting, each in values.items()},
        **{
            f"{setting}, none": value(setting, () if isinstance(each, tuple) else None)
            for setting, each in values.items()
        },
        "deleted": value(ServerSetup.channels, (7, 8, 9), 8, 9),
        "deleted role": value(ServerSetup.staff_roles, (8,), 8),
        "deleted gallery": value(ServerSetup.gallery, 8, 8),
        "another is deleted": value(ServerSetup.gallery, 7, 8),
        "number of rules": value(ServerSetup.filter_rules, 2),
        "no rules": value(ServerSetup.filter_rules, 0),
        "long list": value(ServerSetup.roles, tuple(range(10**18, 10**18 + 25))),
    }


def _choices() -> Variants:
    described: dict[str, str] = {
        "prompt": command_descriptions.prompt(AUTUMN_2026.limits),
        "duration": command_descriptions.duration(AUTUMN_2026.limits),
        "picture": command_descriptions.picture(),
        "pending": movie_list.PENDING_CHOICE,
        "menu": command_descriptions.MESSAGE_MENU,
        "member menu": command_descriptions.MEMBER_MENU,
    }
    for choices in (movie_list.FILTER_CHOICES, pitches.SORT_CHOICES, extras.CHOICES):
        described |= {f"choice {choice}": each for choice, each in choices.items()}

    def text(texts: Texts, each: str) -> Plain:
        message_id, _, arguments = each.partition(" ")
        return Plain(texts(cast("MessageId", message_id), **json.loads(arguments or "{}")), 100)

    return {name: lambda t, each=each: text(t, each) for name, each in described.items()}


def _said_by_cogs(o: Outside) -> Variants:
    """Return the texts that cogs say by their ids, with the values that they name."""
    values = {"member": f"<@{o.id}>", "role": f"<@&{o.id}>", "id": JOB_ID}
    found: dict[str, dict[str, str | int]] = {}
    for path in itertools.chain.from_iterable(sorted(folder.glob("*.py")) for folder in _DISCORD_SIDE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.arguments):
                found |= {each.value: {} for each in node.defaults if isinstance(each, ast.Constant)}
            elif isinstance(node, ast.Call):
                named = {each.arg: values.get(each.arg, o.credits) for each in node.keywords if each.arg}
                arguments = [each for argument in node.args for each in (argument, *_choices_of(argument))]
                found |= {each.value: named for each in arguments if isinstance(each, ast.Constant)}
    ids = {*get_args(MessageId)} - {*get_args(RefusalCode)}
    return {
        each: lambda t, each=each: Plain(t(each), 100) if each.startswith("commands-") else t(each, **found[each])
        for each in sorted(ids & {*found})
    }


def _choices_of(argument: ast.expr) -> Sequence[ast.expr]:
    return [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else []

"""`init`: asks for what the bot needs, waits until it is in a server, and writes .env.

Nothing is written before everything is known. Each answer can be an option, or be in the environment, which also points
the command to another API, as with `check`.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import discord
from pydantic import SecretStr

from bot.cli.catalogue import describe_budgets
from bot.cli.check import ENV_FILE, api_errors_explained, invite_link, require_writable, spoken_config
from bot.cli.servers import joined_servers, log_in
from bot.cli.terminal import ask, confirm, format_count, write_file
from bot.core.errors import (
    CommandError,
    ConfigurationError,
    KeyRejected,
    SamsarError,
    TokenRejected,
)
from bot.core.program import PROGRAM, start_command
from bot.domain.catalogue import Catalogue, ListedModel, compare
from bot.domain.credit_request import usual_price
from bot.domain.credits import MOVIES_PER_ALLOWANCE
from bot.domain.text import clean_text
from bot.samsar.client import SamsarClient
from bot.samsar.config import ApiProfile, SamsarConfig
from bot.settings import STRANGERS_MONTHLY_CREDITS, Settings, check_secret, load_settings
from data.catalogue import bundled_path, load_catalogue

T = TypeVar("T")

_NO_FILE: Final = Path(os.devnull)
"""In place of .env, which is about to be replaced."""

_TOKEN: Final = re.compile(r"([\w-]{18,}={0,2})\.[\w-]{5,}\.[\w-]{25,}", re.ASCII)

_BAD_SHAPE: Final = (
    "That isn't a bot's token, which has three parts with periods between them. Copy it from the developer portal"
    " (Bot, Reset Token)."
)

_LOOK_EVERY_SECONDS: Final = 2

_WAITING: Final = "Waiting until it is in a server. Ctrl-C stops, and writes nothing."

_STOPPED: Final = "Stopped. Nothing was written."

_QUESTIONS: Final[Mapping[str, str]] = {
    "--token": "Token (https://discord.com/developers/applications, your application, Bot, Reset Token): ",
    "--key": "API key (from the settings in your Samsar dashboard): ",
    "--servers": "Only for your own servers? Otherwise, anyone who adds it to theirs can spend your credits. [Y/n] ",
}


_SECRETS: Final = {"--token": "discord_token", "--key": "samsar_api_key"}
"""The settings of answers that the environment may have, too."""


@dataclass(frozen=True, slots=True)
class _Account:
    """The API with the key, what is left on the account, and what movies cost there."""

    config: SamsarConfig
    credits: int | None
    catalogue: Catalogue

    @property
    def price(self) -> int:
        """What a movie with all defaults costs."""
        return usual_price(self.catalogue)

    @property
    def budget(self) -> int | None:
        """What is left, where that pays for a movie."""
        return self.credits if self.credits is not None and self.credits >= self.price else None


async def init(options: argparse.Namespace) -> int:
    """Ask, write .env, and return the exit status."""
    try:
        return await _init(options)
    except asyncio.CancelledError:  # Ctrl-C
        print(f"\n{_STOPPED}", file=sys.stderr)
        raise


async def _init(options: argparse.Namespace) -> int:
    settings = load_settings(env_file=_NO_FILE, secrets_needed=False)
    given = _given(settings, options)
    _require_answers(given)
    file = Path.cwd() / ENV_FILE
    await asyncio.to_thread(require_writable, file.parent, ENV_FILE.name)
    exists = file.exists()
    if exists:
        await confirm(f"{ENV_FILE} exists. Replace it, with everything in it?", "init", yes=options.yes)
    settings = await _answer("--token", given, lambda token: _accepted_token(settings, token))
    account = await _answer("--key", given, lambda key: _account(settings, key))
    only_own = await _answer("--servers", given, _only_own)
    async with log_in(settings) as client:
        joined = await _joined(client, options.wait)
        is_public = client.application is not None and client.application.bot_public
    values = _values(settings, account, sorted(joined), only_own=only_own)
    written = load_settings(values, _NO_FILE)
    write_file(file, "".join(f"{name}={value}\n" for name, value in values.items()), overwrite=exists)
    shown = [f"  {name}={value}" for name, value in values.items() if name.lower() not in _SECRETS.values()]
    lines = [f"Wrote {ENV_FILE}, which only you can read, with the token, the key, and:", *shown]
    lines += describe_budgets(written.limits, account.catalogue, len(joined))
    lines += _notes(account, is_public=is_public)
    print("\n".join([*lines, f"Start the bot: {start_command()}"]))
    return 0


def _given(settings: Settings, options: argparse.Namespace) -> Mapping[str, str]:
    """Return the answers that need no question: options, and secrets that the environment has."""
    there = {option: name for option, name in _SECRETS.items() if name in settings.model_fields_set}
    secrets = {option: getattr(settings, name).get_secret_value() for option, name in there.items()}
    answers = {option: getattr(options, option.removeprefix("--")) for option in _QUESTIONS}
    return secrets | {option: answer for option, answer in answers.items() if answer is not None}


def _require_answers(given: Mapping[str, str]) -> None:
    """Require an option for each question where nobody can be asked."""
    other = {option: f", or set {name.upper()}" for option, name in _SECRETS.items()}
    missing = [f"{option}{other.get(option, '')}" for option in _QUESTIONS if option not in given]
    if missing and not sys.stdin.isatty():
        raise ConfigurationError(tuple(f"`init` can't ask without a terminal. Add {each}." for each in missing))


async def _answer(option: str, given: Mapping[str, str], check: Callable[[str], Awaitable[T]]) -> T:
    """Check an option, or ask until an answer is right."""
    if (answer := given.get(option)) is not None:
        return await check(answer)
    while True:
        typed = await ask(_QUESTIONS[option], _STOPPED, secret=option in _SECRETS)
        try:
            return await check(typed)
        except (ConfigurationError, TokenRejected, KeyRejected) as exc:
            print(exc, file=sys.stderr)


async def _accepted_token(settings: Settings, token: str) -> Settings:
    """Return the settings with a token that Discord accepts."""
    if not _is_token(token):
        raise ConfigurationError((_BAD_SHAPE,))
    settings = settings.model_copy(update={"discord_token": SecretStr(token)})
    async with log_in(settings) as client:
        print(f"Logged in as {client.user}.")
    return settings


def _is_token(text: str) -> bool:
    """Return whether a text looks like a token, which begins with the bot's ID."""
    found = _TOKEN.fullmatch(text)
    try:
        return found is not None and base64.urlsafe_b64decode(found[1].rstrip("=") + "==").isdigit()
    except ValueError:
        return False


async def _account(settings: Settings, key: str) -> _Account:
    """Ask the API which version it is, what is on the account, and what movies cost."""
    try:
        config = replace(settings.samsar_config, key=check_secret(SecretStr(key)))
    except ValueError as exc:
        raise ConfigurationError((f"The key {exc}.",)) from exc
    with api_errors_explained(config):
        config = await spoken_config(config)
        async with SamsarClient.open(config) as api:
            await api.verify_key()  # an API of another version was only asked whether it is one
            credits, prices = await api.get_credits(), await _prices(api)
    left = "" if credits is None else f", {format_count(credits, 'credit')} left"
    print(f"{config.base_url} is reachable and is version {config.profile.version}, key accepted{left}.")
    return _Account(config, credits, _catalogue(config.profile, prices))


async def _prices(api: SamsarClient) -> Sequence[ListedModel]:
    """Return the API's list of models; nothing where it can't be read, as at the bot's start."""
    try:
        return await api.list_models() or ()
    except SamsarError:
        return ()


def _catalogue(profile: ApiProfile, listed: Sequence[ListedModel]) -> Catalogue:
    """Return what the bot will offer: its own catalogue, as far as it follows the API's list."""
    catalogue = load_catalogue(bundled_path(profile.version), profile.limits)
    if not (listed and profile.has_price_list):
        return catalogue
    wrong = [each for each in compare(catalogue, listed) if each.type.is_wrong]
    return catalogue.following([(each.kind, each.key, each.listed_price) for each in wrong])


async def _only_own(answer: str) -> bool:
    match answer.lower():
        case "" | "y" | "yes" | "own":
            return True
        case "n" | "no" | "any":
            return False
        case _:
            raise ConfigurationError(("Answer y or n.",))


async def _joined(client: discord.Client, seconds: int) -> Mapping[int, str]:
    """Print the invite link, and wait until the bot is in a server; return its servers' names."""
    print(f"To add the bot to a server, open this link:\n{invite_link(client)}", flush=True)
    ends = time.monotonic() + seconds
    joined = await joined_servers(client)
    if not joined and seconds:
        print(_WAITING, flush=True)
    while not joined:
        if time.monotonic() >= ends:
            raise CommandError(f"The bot isn't in any server yet. Open the link, then run `{PROGRAM} init` again.")
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        joined = await joined_servers(client)
    for server, name in sorted(joined.items()):
        print(f"It is in {clean_text(name)} ({server}).")
    return joined


def _values(settings: Settings, account: _Account, servers: Sequence[int], *, only_own: bool) -> dict[str, str]:
    """Return what .env is to have: the secrets, the API, who may use the bot, and budgets that fit the account."""
    config = account.config
    plan = settings.plan_monthly_credits if account.budget is None else account.budget
    member = max(settings.member_monthly_credits, account.price * MOVIES_PER_ALLOWANCE)
    server = plan // len(servers) if only_own else min(STRANGERS_MONTHLY_CREDITS, plan // len(servers))
    found = {
        "DISCORD_TOKEN": settings.discord_token.get_secret_value(),
        "SAMSAR_API_KEY": config.key.get_secret_value(),
        "SAMSAR_API": config.profile.version.value,
        "SAMSAR_BASE_URL": "" if config.base_url == config.profile.base_url else config.base_url,
        "ALLOWED_SERVERS": ",".join(map(str, servers)) if only_own else "",
        "PLAN_MONTHLY_CREDITS": str(plan),
        "SERVER_MONTHLY_CREDITS": "" if only_own and len(servers) == 1 else str(server),
        "MEMBER_MONTHLY_CREDITS": str(min(member, plan)),
    }
    return {name: value for name, value in found.items() if value}


def _notes(account: _Account, *, is_public: bool) -> Sequence[str]:
    """Say what the operator should look at."""
    notes: list[str] = []
    if account.credits is None:
        notes.append(
            "The API doesn't say what is on the account. Set PLAN_MONTHLY_CREDITS to what it may spend a month"
        )
    elif account.budget is None:
        notes.append(f"Warning: the account has only {format_count(account.credits, 'credit')}. Add some at Samsar")
    if is_public:
        notes.append(
            "Anyone can add the bot to a server. To prevent that, switch Public Bot off in the developer portal (Bot)"
        )
    return notes

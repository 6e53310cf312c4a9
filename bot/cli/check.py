"""`python -m bot check`: checks the configuration.

For each problem it says how to fix it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import stat
import tempfile
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import discord

from bot.cli.catalogue import describe_budgets, describe_comparison
from bot.cli.databases import now_ms
from bot.cli.servers import joined_servers, log_in
from bot.cli.terminal import format_count, format_utc
from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    KeyRejected,
    MatineeError,
    SamsarError,
    StartupError,
)
from bot.core.program import PROGRAM, start_command
from bot.domain.text import clean_text
from bot.lifecycle import check_persistent_disk
from bot.samsar.client import SamsarClient, detect_other_version
from bot.samsar.config import SamsarConfig
from bot.settings import Settings, check_settings
from bot.web.listener import is_loopback_host
from data import availability, server_policies
from data.catalogue import load_catalogue, load_styles
from data.engine import move_record
from data.engine.migration_files import has_tables
from data.filters import load_operator_rules
from data.storage import engines
from data.storage.file_modes import FOLDER_MODE

if TYPE_CHECKING:
    from data.engine.postgresql_connection import ServerReport

REQUIRED_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    embed_links=True,
    attach_files=True,
)
"""What the bot needs in a channel to post movies."""

ENV_FILE = Path(".env")

_BUDGETS = ("MEMBER_MONTHLY_CREDITS", "SERVER_MONTHLY_CREDITS", "PLAN_MONTHLY_CREDITS", "ALLOWED_SERVERS")

_EXPOSED = (
    "Warning: DATABASE_URL leads to another machine without sslmode=verify-full, so others on the way could read or"
    " change what is sent. See docs/deploy/data.md"
)


async def check(_options: argparse.Namespace) -> int:
    """Print one line per check, and return the exit status.

    0 if all pass, 2 for wrong settings, else 1. A check whose own settings are wrong is skipped.
    """
    checked = await asyncio.to_thread(check_settings)
    for problem in checked.problems:
        print(f"fail  Settings: {problem}")
    if not checked.problems:
        print("ok    Settings")
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[str]], tuple[str, ...]], ...] = (
        ("Port", _port, ("HOST", "PORT", "PUBLIC_URL", "SAMSAR_BASE_URL")),
        ("Files", _files, ("DATABASE_URL",)),
        ("Catalogue", _catalogue, ("CATALOGUE_PATH", *_BUDGETS)),
        ("Styles", _styles, ("STYLES_PATH",)),
        ("Prompt filter", _prompt_filter, ("PROMPT_FILTER_PATH",)),
        ("Database", _database, ("DATABASE_URL",)),
        ("Privacy", _privacy, ("RETENTION_DAYS", "PRIVACY_URL", "TERMS_URL")),
        ("Discord", _discord, ("DISCORD_TOKEN",)),
        ("Samsar API", _api, ("SAMSAR_API_KEY", "SAMSAR_API", "SAMSAR_BASE_URL")),
    )
    passed = not checked.problems
    for name, run_check, needed in checks:
        if wrong := [setting for setting in needed if setting in checked.wrong]:
            print(f"skip  {name}: needs a valid {' and '.join(wrong)}")
        else:
            passed = await _passes(name, run_check, checked.settings) and passed
    print(
        f"All checks passed. Start the bot: {start_command()}"
        if passed
        else "Fix the problems above, then run the check again."
    )
    return 2 if checked.problems else 0 if passed else 1


async def _passes(name: str, run_check: Callable[[Settings], Awaitable[str]], settings: Settings) -> bool:
    try:
        print(f"ok    {name}: {await run_check(settings)}")
    except MatineeError as exc:
        for line in str(exc).splitlines():
            print(f"fail  {name}: {line}")
        return False
    return True


async def _port(settings: Settings) -> str:
    """Describe who can connect.

    Raises:
        MatineeError: with a line for each mistake.
    """
    problems: list[str] = []
    if settings.public_url is not None and settings.port is None:
        problems.append("PUBLIC_URL is set, but nothing listens for callbacks. Set PORT, or remove PUBLIC_URL.")
    if _sends_in_the_clear(settings.public_url):
        problems.append("PUBLIC_URL sends the secret in each callback's address unencrypted. Use https://.")
    if _sends_in_the_clear(settings.samsar_base_url):
        problems.append("SAMSAR_BASE_URL sends the API key unencrypted. Use https://.")
    if problems:
        raise MatineeError("\n".join(problems))
    if settings.port is None:
        return "closed (PORT is empty)"
    reach = ", reachable from this machine only" if is_loopback_host(settings.host) else ""
    path = urlsplit(settings.public_url or "").path
    strip = f"; the proxy in front of it must strip {path} (from PUBLIC_URL) from callbacks" if path else ""
    return f"{settings.host} port {settings.port}{reach}{strip}"


async def _files(settings: Settings) -> str:
    """Say that no other user can read the secrets and the database.

    Raises:
        MatineeError: with a line for each file that they can read or write.
    """
    files = {ENV_FILE: "the token and the key"}
    if settings.database_path is not None:
        files[settings.database_path] = "prompts and links"
    problems = [
        f"{file} contains {what}, and every user of this machine can read or change it. Run: chmod 600 {file}"
        for file, what in files.items()
        if _is_open(file)
    ]
    if problems:
        raise MatineeError("\n".join(problems))
    return "closed to other users of this machine"


def _sends_in_the_clear(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.scheme == "http" and not is_loopback_host(parts.hostname or "")


def _is_open(file: Path) -> bool:
    """Return whether users outside the file's group can read or write it."""
    try:
        return bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
    except OSError:  # there is none
        return False


async def _catalogue(settings: Settings) -> str:
    catalogue = load_catalogue(settings.catalogue_path, settings.api_profile.limits)
    videos, images = len(catalogue.enabled_video_models), len(catalogue.enabled_image_models)
    budgets = describe_budgets(settings.limits, catalogue, len(settings.allowed_servers))
    return "\n      ".join([f"enabled models: {videos} video, {images} image", *budgets])


async def _styles(settings: Settings) -> str:
    return f"enabled: {sum(style.enabled for style in load_styles(settings.styles_path))}"


async def _prompt_filter(settings: Settings) -> str:
    asked = "asked about each prompt" if settings.is_moderated else "not asked about prompts"
    moderation = f"the movie service's moderation is {asked} (MODERATION={settings.moderation})"
    if settings.prompt_filter_path is None:
        return f"none set; server managers can set their own with /setup\n      {moderation}"
    rules = load_operator_rules(settings.prompt_filter_path)
    return f"rules that apply in every server: {len(rules):,}\n      {moderation}"


async def _privacy(settings: Settings) -> str:
    days = settings.retention_days
    kept = f"what people write is kept for {format_count(days, 'day')}" if days else "what people write is kept forever"
    links = (("privacy policy", "PRIVACY_URL", settings.privacy_url), ("terms", "TERMS_URL", settings.terms_url))
    lines = [f"{what}: {url}" if url else f"no {what}; publish yours and set {name}" for what, name, url in links]
    return "\n      ".join([kept, *lines])


async def _database(settings: Settings) -> str:
    check_persistent_disk(settings)
    path = settings.database_path
    if path is not None and not path.exists():
        await asyncio.to_thread(require_writable, path.parent, "DATABASE_URL")
        return f"{path} will be created on first start"
    engine = engines.engine(settings.database_url)
    server = engine.examine and await asyncio.to_thread(engine.examine, now_ms)
    name = f"{engine.place} ({_describe_server(server)})" if server else engine.place
    waiting = await asyncio.to_thread(engine.pending_migrations)
    notes = [_EXPOSED] if server and server.is_exposed else []
    if not has_tables(waiting):
        return "\n      ".join([f"{name} is reachable; its tables will be created on first start", *notes])
    async with await engine.open() as database:
        # it needs the write lock, and changes no row
        await database.write(lambda tx: tx.execute("UPDATE key_value SET value = value WHERE key = ''"))
        await database.read(move_record.reject_moved)
        paused_at = await database.read(server_policies.paused_at)
        refused = () if waiting else await database.read(availability.refused)
    upgrade = f"; the next start upgrades it ({', '.join(waiting)})" if waiting else ""
    if paused_at is not None:
        notes.append(f"Orders have been paused since {format_utc(paused_at)}. To resume: {PROGRAM} resume")
    notes += [
        f"The API refused {each.model}, so it isn't offered. Details: {PROGRAM} catalogue compare" for each in refused
    ]
    return "\n      ".join([f"{name} is readable and writable{upgrade}", *notes])


def _describe_server(server: ServerReport) -> str:
    clocks = f"clocks {abs(server.clock_difference_ms)} ms apart"
    return f"PostgreSQL {server.version}, {server.latency_ms:.1f} ms away, {clocks}"


def require_writable(folder: Path, what: str) -> None:
    """Make a folder where there is none, and try to write there.

    Raises:
        StartupError: it can't be written, with `what` is to be there.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as exc:
        raise StartupError(f"{what}: can't write to {folder}: {exc.strerror}") from exc


async def _discord(settings: Settings) -> str:
    async with log_in(settings) as client:
        joined = await joined_servers(client)
        public = client.application is not None and client.application.bot_public
        lines = [f"logged in as {client.user}", *_visibility(settings, joined, public=public)]
    return "\n      ".join([*lines, "To invite the bot to a server, open this link:", invite_link(client)])


def invite_link(client: discord.Client) -> str:
    """Return the link that adds the bot to a server."""
    return discord.utils.oauth_url(
        client.application_id or 0, permissions=REQUIRED_PERMISSIONS, scopes=("bot", "applications.commands")
    )


def _visibility(settings: Settings, joined: Mapping[int, str], *, public: bool) -> Sequence[str]:
    """Say who can invite the bot, and which servers it serves."""
    invites = "Anyone can invite it. To prevent that, switch Public Bot off in the developer portal (Bot)"
    lines = [invites if public else "Only you can invite it (Public Bot is off)"]
    allowed, limit = settings.allowed_servers, settings.limits.server
    if allowed:
        lines.append(f"It serves only the servers in ALLOWED_SERVERS ({len(allowed):,})")
    else:
        most = "" if limit is None else format_count(limit, "credit")
        each = f"each for up to {most} a month" if most else "with no limit but the plan's"
        lines.append(f"It serves every server that invites it, {each}")
        enough = -(-settings.plan_monthly_credits // limit) if limit else None
        if enough is not None and (public or len(joined) >= enough):
            servers = "One such server" if enough <= 1 else f"{enough:,} such servers"
            lines.append(f"{servers} can spend your whole plan, and one person can have several")
    for server, name in sorted(joined.items()):
        note = "" if not allowed or server in allowed else ", which isn't in ALLOWED_SERVERS, so the bot will leave it"
        lines.append(f"It is in {clean_text(name)} ({server}){note}")
    if joined and allowed ^ joined.keys():
        lines.append("To serve only these servers, put this line into .env, without any server that you don't know:")
        lines.append(f"ALLOWED_SERVERS={','.join(map(str, sorted(joined)))}")
    return lines


async def _api(settings: Settings) -> str:
    config = settings.samsar_config
    with api_errors_explained(config):
        if (spoken := await spoken_config(config)) != config:
            raise MatineeError(_set(settings, spoken))
        async with SamsarClient.open(config) as api:
            balance = await api.get_credits()
            lines = await describe_comparison(settings, api)
            silent = await _moderation_problem(api) if settings.is_moderated else ""
    left = "" if balance is None else f", {format_count(balance, 'credit')} left"
    version = "" if config.has_custom_paths else f" and is version {config.profile.version}"
    if silent:
        lines.append(f"Its moderation doesn't answer: {silent}. Movies are ordered without it, or set MODERATION=off")
    return "\n      ".join([f"{settings.samsar_base_url} is reachable{version}, key accepted{left}", *lines])


@contextlib.contextmanager
def api_errors_explained(config: SamsarConfig) -> Generator[None]:
    """Say what to do about the API's errors.

    Raises:
        KeyRejected: The API does not accept the key.
        StartupError: It can't be reached, or answers something else.
    """
    try:
        yield
    except AuthenticationFailed as exc:
        raise KeyRejected("The API rejected the key (SAMSAR_API_KEY). Copy it from your Samsar dashboard.") from exc
    except ConnectFailed as exc:
        told = f"Can't reach {config.base_url} ({exc}). Check SAMSAR_BASE_URL and your network."
        raise StartupError(told) from exc
    except SamsarError as exc:
        raise StartupError(f"Unexpected answer from {config.base_url}: {exc}. Check SAMSAR_BASE_URL.") from exc


async def spoken_config(config: SamsarConfig) -> SamsarConfig:
    """Return the configuration for the version that the API is: this one, where it accepts the key so.

    Raises:
        SamsarError: It is of no version, can't be reached, or does not accept the key.
    """
    try:
        async with SamsarClient.open(config) as api:
            await api.verify_key()
    except AuthenticationFailed:
        raise
    except SamsarError:
        if (other := await detect_other_version(config)) is None:
            raise
        return other
    # where a version's own paths work, models and prices would still be those of the version that is set
    return (await detect_other_version(config) if config.has_custom_paths else None) or config


async def _moderation_problem(api: SamsarClient) -> str:
    """Ask about a harmless prompt; return why there is no verdict, "" where there is one."""
    try:
        await api.moderate("A paper boat on a calm lake")
    except SamsarError as exc:
        return str(exc)
    return ""


def _set(settings: Settings, other: SamsarConfig) -> str:
    """Say what to set for the version that the API is."""
    needed = [f"SAMSAR_API={other.profile.version}"]
    given = settings.model_fields_set
    superfluous = [name for name in ("samsar_create_path", "samsar_status_path", "catalogue_path") if name in given]
    if other.base_url != other.profile.base_url:
        needed.append(f"SAMSAR_BASE_URL={other.base_url}")
    elif "samsar_base_url" in given:
        superfluous.insert(0, "samsar_base_url")
    without = f", and remove {' and '.join(name.upper() for name in superfluous)}" if superfluous else ""
    return f"This API is version {other.profile.version}. Set {' and '.join(needed)}{without}"

"""`python -m bot check`: checks the configuration.

For each problem it says how to fix it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import discord

from bot.app import samsar_config
from bot.cli.catalogue import describe_differences, find_differences
from bot.cli.discord_login import joined_servers, log_in
from bot.cli.exposure import check_files, check_port
from bot.cli.ledger import now_ms
from bot.cli.tables import format_utc
from bot.domain.model_comparison import Difference
from bot.domain.text import clean_text
from bot.errors import AuthenticationFailed, CatalogueError, MatineeError, SamsarError
from bot.lifecycle import check_persistent_disk
from bot.samsar.client import SamsarClient
from bot.samsar.config import SamsarConfig
from bot.samsar.detection import detect_other_version
from bot.settings import Settings, check_settings
from data import connect, move_record, refused_models, server_policies
from data.catalogue import load_catalogue
from data.database import Transaction
from data.file_modes import FOLDER_MODE

REQUIRED_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    embed_links=True,
    attach_files=True,
)
"""What the bot needs in a channel to post movies."""

_RESUME = "`python -m bot resume` takes them again"


async def check() -> int:
    """Print one line per check, and return the exit status.

    0 if all pass, 2 for wrong settings, else 1. A check whose own settings are wrong is skipped.
    """
    checked = await asyncio.to_thread(check_settings)
    _print_settings(checked.problems)
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[str]], tuple[str, ...]], ...] = (
        ("Port", check_port, ("HOST", "PORT", "PUBLIC_URL", "SAMSAR_BASE_URL")),
        ("Files", check_files, ("DATABASE_URL",)),
        ("Catalogue", _catalogue, ("CATALOGUE_PATH",)),
        ("Database", _database, ("DATABASE_URL",)),
        ("Discord", _discord, ("DISCORD_TOKEN",)),
        ("Movie API", _api, ("SAMSAR_API_KEY", "SAMSAR_API", "SAMSAR_BASE_URL")),
    )
    passed = not checked.problems
    for name, run_check, needed in checks:
        if wrong := [setting for setting in needed if setting in checked.wrong]:
            print(f"skip  {name}: needs {' and '.join(wrong)}")
        else:
            passed = await _passes(name, run_check, checked.settings) and passed
    print(
        "Everything is in order: start the bot with `python -m bot`."
        if passed
        else "Mend what is wrong and run this again."
    )
    return 2 if checked.problems else 0 if passed else 1


def _print_settings(problems: tuple[str, ...]) -> None:
    for problem in problems:
        print(f"wrong Settings: {problem}")
    if not problems:
        print("ok    Settings: complete")


async def _passes(name: str, run_check: Callable[[Settings], Awaitable[str]], settings: Settings) -> bool:
    try:
        print(f"ok    {name}: {await run_check(settings)}")
    except MatineeError as exc:
        for line in str(exc).splitlines():
            print(f"wrong {name}: {line}")
        return False
    return True


async def _catalogue(settings: Settings) -> str:
    catalogue = load_catalogue(settings.catalogue_path, settings.api_profile.limits)
    videos, images = len(catalogue.enabled_video_models), len(catalogue.enabled_image_models)
    return f"{videos} video models and {images} image models are on"


async def _database(settings: Settings) -> str:
    check_persistent_disk(settings)
    path, url = settings.database_path, settings.database_url
    if path is not None and not path.exists():
        await asyncio.to_thread(_require_writable, path.parent)
        return f"{path} is made at the first start"
    server = await asyncio.to_thread(connect.describe_server, url, now_ms)
    waiting = await asyncio.to_thread(connect.pending_migrations, url)
    if not connect.has_schema(url, waiting):
        return f"{connect.place_of(url)} ({server}) can be reached; its tables are made at the first start"
    database = await connect.open_database(url)
    try:
        await database.write(_write_nothing)
        await database.read(move_record.reject_moved)
        paused_at = await database.read(server_policies.paused_at)
        refused = () if waiting else await database.read(refused_models.refused)
    finally:
        await database.close()
    upgrade = f"; the next start brings it up to date ({', '.join(waiting)})" if waiting else ""
    since = "" if paused_at is None else f"\n      New orders are paused since {format_utc(paused_at)}: {_RESUME}"
    name = connect.place_of(url) if server is None else f"{connect.place_of(url)} ({server})"
    models = "".join(
        f"\n      The API refused {each.model}, so it is not offered: `python -m bot catalogue compare` says more"
        for each in refused
    )
    return f"{name} can be read and written{upgrade}{since}{models}"


def _write_nothing(tx: Transaction) -> None:
    """Run a statement that needs the write lock and changes no row."""
    tx.execute("UPDATE key_value SET value = value WHERE key = ''")


def _require_writable(folder: Path) -> None:
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as exc:
        raise MatineeError(f"DATABASE_URL: nothing can be written in {folder}: {exc.strerror}") from exc


async def _discord(settings: Settings) -> str:
    async with log_in(settings) as client:
        joined = await joined_servers(client)
        link = discord.utils.oauth_url(
            client.application_id or 0, permissions=REQUIRED_PERMISSIONS, scopes=("bot", "applications.commands")
        )
        public = client.application is not None and client.application.bot_public
        lines = [f"logged in as {client.user}", *_visibility(settings, joined, public=public)]
    return "\n      ".join([*lines, "Invite the bot to a server with this link:", link])


def _visibility(settings: Settings, joined: Mapping[int, str], *, public: bool) -> Sequence[str]:
    """Say who can invite the bot, and which servers it serves."""
    invites = "Anyone can invite it: switch Public Bot off in the developer portal (Bot) if you don't want that"
    lines = [invites if public else "Only you can invite it (Public Bot is off)"]
    allowed, limit = settings.allowed_servers, settings.limits.server
    if allowed:
        lines.append(f"It serves {len(allowed):,} servers (ALLOWED_SERVERS)")
    else:
        each = "without a limit of their own" if limit is None else f"each for up to {limit:,} credits a month"
        lines.append(f"It serves every server that invites it, {each}")
        enough = -(-settings.plan_monthly_credits // limit) if limit else None
        if enough is not None and (public or len(joined) >= enough):
            servers = "One such server" if enough <= 1 else f"{enough:,} such servers"
            lines.append(f"{servers} can spend your whole plan, and one person can have several")
    for server, name in sorted(joined.items()):
        note = "" if not allowed or server in allowed else ": not in ALLOWED_SERVERS, so it leaves"
        lines.append(f"It is in {clean_text(name)} ({server}){note}")
    if joined:
        lines.append("To serve these servers and no others, put this into .env, without any that you don't know:")
        lines.append(f"ALLOWED_SERVERS={','.join(map(str, sorted(joined)))}")
    return lines


async def _api(settings: Settings) -> str:
    config = samsar_config(settings)
    async with SamsarClient.open(config) as api:
        try:
            await api.verify_key()
            balance = await api.get_credits()
            differences = await _differences(settings, api)
        except AuthenticationFailed as exc:
            raise MatineeError("the key is not accepted: copy it from the API's dashboard into SAMSAR_API_KEY") from exc
        except SamsarError as exc:
            other = await detect_other_version(config)
            raise MatineeError(_not_answering(settings, exc) if other is None else _set(settings, other)) from exc
    if wrong := describe_differences(differences or (), wrong=True):
        raise MatineeError("\n".join([*wrong, "`python -m bot catalogue write FILE` writes a catalogue that fits"]))
    left = "" if balance is None else f", {balance:,} credits left on the plan there"
    lines = [f"{settings.samsar_base_url} answers and takes the key{left}"]
    if differences is not None:
        lines.append("The catalogue's models and prices are those of the API")
        lines += describe_differences(differences, wrong=False)
    return "\n      ".join(lines)


async def _differences(settings: Settings, api: SamsarClient) -> tuple[Difference, ...] | None:
    """Compare the catalogue with the API's list; None without both."""
    try:
        catalogue = load_catalogue(settings.catalogue_path)
    except CatalogueError:  # another check says so
        return None
    return await find_differences(api, catalogue)


def _not_answering(settings: Settings, exc: SamsarError) -> str:
    return f"{settings.samsar_base_url} does not answer as it should: {exc}; check SAMSAR_BASE_URL and the network"


def _set(settings: Settings, other: SamsarConfig) -> str:
    """Say what to set for the version that the server speaks."""
    needed = [f"SAMSAR_API={other.profile.version}"]
    given = settings.model_fields_set
    superfluous = [name for name in ("samsar_create_path", "samsar_status_path", "catalogue_path") if name in given]
    if other.base_url != other.profile.base_url:
        needed.append(f"SAMSAR_BASE_URL={other.base_url}")
    elif "samsar_base_url" in given:
        superfluous.insert(0, "samsar_base_url")
    without = f", and leave out {' and '.join(name.upper() for name in superfluous)}" if superfluous else ""
    return f"this server speaks the API of {other.profile.version}: set {' and '.join(needed)}{without}"

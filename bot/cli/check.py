"""`python -m bot check`: checks the configuration and says how to fix it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import discord

from bot.app import samsar_config
from bot.cli.exposure import check_files, check_port
from bot.errors import AuthenticationFailed, MatineeError, SamsarError
from bot.lifecycle import check_persistent_disk
from bot.samsar.client import SamsarClient
from bot.settings import Settings, load_settings
from data.catalogue import load_catalogue
from data.database import Database, Transaction
from data.file_modes import FOLDER_MODE
from data.migrations_runner import pending_migrations

REQUIRED_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    embed_links=True,
    attach_files=True,
)
"""What the bot needs in a channel to post movies."""


async def check() -> int:
    """Print one line per check; return 0 if all pass, else 1.

    Raises:
        SettingsError: the settings are wrong, so that nothing else can be checked.
    """
    settings = load_settings()
    print("ok    Settings: complete")
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
        ("Port", check_port),
        ("Files", check_files),
        ("Catalogue", _catalogue),
        ("Database", _database),
        ("Discord", _discord),
        ("Movie API", _api),
    )
    passed = True
    for name, run_check in checks:
        try:
            print(f"ok    {name}: {await run_check(settings)}")
        except MatineeError as exc:
            passed = False
            for line in str(exc).splitlines():
                print(f"wrong {name}: {line}")
    print(
        "Everything is in order: start the bot with `python -m bot`."
        if passed
        else "Mend what is wrong and run this again."
    )
    return 0 if passed else 1


async def _catalogue(settings: Settings) -> str:
    catalogue = load_catalogue(settings.catalogue_path)
    videos, images = len(catalogue.enabled_video_models), len(catalogue.enabled_image_models)
    return f"{videos} video models and {images} image models are on"


async def _database(settings: Settings) -> str:
    check_persistent_disk(settings)
    path = settings.database_path
    if not path.exists():
        await asyncio.to_thread(_require_writable, path.parent)
        return f"{path} is made at the first start"
    waiting = await asyncio.to_thread(pending_migrations, path)
    database = await Database.open(path)
    try:
        await database.write(_write_nothing)
    finally:
        await database.close()
    upgrade = f"; the next start brings it up to date ({', '.join(waiting)})" if waiting else ""
    return f"{path} can be read and written{upgrade}"


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
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30.0)
    try:
        await client.login(settings.discord_token.get_secret_value())
    except discord.LoginFailure as exc:
        raise MatineeError(
            "the token is not accepted: copy it from the developer portal (Bot, Reset Token) into DISCORD_TOKEN"
        ) from exc
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as exc:
        raise MatineeError(f"cannot be reached: {exc}; check the network, and discordstatus.com") from exc
    finally:
        await client.close()
    link = discord.utils.oauth_url(
        client.application_id or 0, permissions=REQUIRED_PERMISSIONS, scopes=("bot", "applications.commands")
    )
    return f"logged in as {client.user}\n      Invite the bot to a server with this link:\n      {link}"


async def _api(settings: Settings) -> str:
    async with SamsarClient.open(samsar_config(settings)) as api:
        try:
            await api.verify_key()
            balance = await api.get_credits()
        except AuthenticationFailed as exc:
            raise MatineeError("the key is not accepted: copy it from the API's dashboard into SAMSAR_API_KEY") from exc
        except SamsarError as exc:
            raise MatineeError(
                f"{settings.samsar_base_url} does not answer as it should: {exc}; check SAMSAR_BASE_URL and the network"
            ) from exc
    left = "" if balance is None else f", {balance:,} credits left on the plan there"
    return f"{settings.samsar_base_url} answers and takes the key{left}"

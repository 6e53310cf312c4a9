"""The only composition root: opens everything, wires it, and closes it in reverse order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import aiohttp
import discord

from bot.domain.credits import Limits
from bot.domain.pace import Pace
from bot.engine.engine import Engine, Rules
from bot.engine.ports import Clock, SystemClock
from bot.engine.submit import Bounds
from bot.errors import StartupError, StorageError
from bot.front.client import Client
from bot.front.screen import DiscordScreen
from bot.samsar.client import Endpoints, SamsarClient
from bot.settings import Settings
from cogs.credits import CreditsCog
from cogs.movie import MovieCog
from cogs.presses import PressesCog
from cogs.quota import QuotaCog
from data.accounts import LedgerAccounts
from data.catalogue import load_catalogue
from data.database import Database
from data.facts import Facts
from data.migrate import migrate
from data.quota_book import QuotaBook
from data.store import JobStore

_log = logging.getLogger(__name__)

GRACE_SECONDS = 8.0
"""How long a submission under way may take to end; a host kills 10 to 30 seconds after it asked."""


@dataclass(frozen=True, slots=True)
class App:
    """Everything, open and wired. The engine is not started yet, and the client not connected."""

    settings: Settings
    client: Client
    engine: Engine
    accounts: LedgerAccounts
    store: JobStore
    database: Database


@contextlib.asynccontextmanager
async def open_app(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[App]:
    """Open the database and the API client, and wire the house.

    Raises:
        CatalogueError, StorageError: Before anything is open.
    """
    clock = clock or SystemClock()
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses a voice here
    catalogue = load_catalogue(settings.catalogue_path)
    await asyncio.to_thread(migrate, settings.database_path)
    limits = Limits(member=settings.member_monthly_credits, plan=settings.plan_monthly_credits)
    rules = Rules(
        limits,
        Bounds(settings.max_rendering_jobs, settings.max_rendering_jobs_per_member),
        Pace(settings.poll_fastest_seconds, settings.poll_slowest_seconds),
    )
    async with contextlib.AsyncExitStack() as stack:
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        api = await stack.enter_async_context(SamsarClient.open(endpoints(settings)))
        store = JobStore(database)
        accounts = LedgerAccounts(database, limits, clock.now)
        client = Client(Facts(database))
        engine = Engine(store, api, DiscordScreen(client, catalogue, accounts), clock, rules)
        quotas = QuotaBook(database, limits, clock.now, noted=engine.wake)
        credits_cog = CreditsCog(accounts, quotas)
        client.bring(
            MovieCog(engine.intake, catalogue),
            credits_cog,
            QuotaCog(quotas, accounts),
            PressesCog(credits_cog.presses),
        )
        yield App(settings, client, engine, accounts, store, database)


def endpoints(settings: Settings) -> Endpoints:
    """How to reach the API."""
    return Endpoints(
        key=settings.samsar_api_key,
        base_url=settings.samsar_base_url,
        create_path=settings.samsar_create_path,
        status_path=settings.samsar_status_path,
    )


async def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises:
        StartupError: Discord does not take the token, or can't be reached.
    """
    async with open_app(settings) as app:
        stop = _stop_on_signals()
        await app.engine.start()
        audit = asyncio.create_task(_audit(app.accounts), name="audit")
        gateway = asyncio.create_task(app.client.start(settings.discord_token.get_secret_value()), name="gateway")
        engine = asyncio.create_task(app.engine.failed(), name="engine")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        try:
            await asyncio.wait((gateway, engine, stopped), return_when=asyncio.FIRST_COMPLETED)
            if gateway.done():
                _raise_readably(gateway)
            if engine.done():
                raise StartupError("a part of the engine has ended; see the log above")
        finally:
            _log.info("stopping")
            await app.engine.stop(GRACE_SECONDS)
            await app.client.close()
            for task in (audit, gateway, engine, stopped):
                task.cancel()
            await asyncio.gather(audit, gateway, engine, stopped, return_exceptions=True)


async def _audit(accounts: LedgerAccounts) -> None:
    """Recompute every sum once after the start, beside everything else, and log each difference as an error."""
    try:
        differences = await accounts.differences()
    except StorageError as exc:
        _log.error("audit_not_done", extra={"reason": str(exc)})
        return
    for difference in differences:
        _log.error("audit_difference", extra={"difference": difference})
    _log.info("audited", extra={"differences": len(differences)})


def _stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets; discord.py handles neither when it is started by hand."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no signals to handle; Ctrl-C ends it there
            loop.add_signal_handler(number, stop.set)
    return stop


def _raise_readably(gateway: asyncio.Task[None]) -> None:
    error = None if gateway.cancelled() else gateway.exception()
    match error:
        case None:
            raise StartupError("the connection to Discord has ended")
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):  # the gateway's word for a wrong token
            raise StartupError(
                "Discord does not accept DISCORD_TOKEN: copy the bot's token from the developer portal"
            ) from error
        case aiohttp.ClientError() | OSError():
            raise StartupError(f"Discord cannot be reached: {_one_line(error)}") from error
        case discord.DiscordException():
            raise StartupError(f"Discord does not answer as it should: {_one_line(error)}") from error
        case _:
            raise error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

"""The only composition root: opens everything, wires it, and closes it in reverse order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import discord

from bot.domain.credits import Limits
from bot.domain.pace import Pace
from bot.engine.engine import Engine, Rules
from bot.engine.ports import Clock, SystemClock
from bot.engine.submit import Bounds
from bot.front.attachments import SMALL, Attachments
from bot.front.client import Client
from bot.front.screen import DiscordScreen
from bot.metrics import MeteredApi, Metrics
from bot.movies.fetch import FetchRules, MovieFetcher
from bot.samsar.client import Endpoints, SamsarClient
from bot.settings import AttachMovies, Settings
from bot.web.callbacks import PATH as CALLBACK_PATH
from cogs.credits import CreditsCog
from cogs.movie import MovieCog
from cogs.movies import MoviesCog
from cogs.presses import PressesCog
from cogs.quota import QuotaCog
from data.accounts import LedgerAccounts
from data.catalogue import load_catalogue
from data.database import Database
from data.facts import Facts
from data.job_lists import JobLists
from data.migrate import migrate
from data.quota_book import QuotaBook
from data.store import JobStore


@dataclass(frozen=True, slots=True)
class App:
    """Everything, open and wired. The engine is not started yet, and the client not connected."""

    settings: Settings
    clock: Clock
    client: Client
    engine: Engine
    accounts: LedgerAccounts
    store: JobStore
    lists: JobLists
    database: Database
    metrics: Metrics


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
    async with contextlib.AsyncExitStack() as stack:
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        metrics = Metrics()
        api = MeteredApi(await stack.enter_async_context(SamsarClient.open(endpoints(settings))), metrics)
        fetcher = MovieFetcher(FetchRules(trusted_origins=settings.trusted_movie_origins, total_seconds=45, at_once=4))
        stack.push_async_callback(fetcher.close)
        store = JobStore(database)
        lists = JobLists(database)
        accounts = LedgerAccounts(database, limits, clock.now)
        client = Client(Facts(database))
        attachments = Attachments(fetcher, lambda guild_id: _largest(settings.attach_movies, client, guild_id))
        screen = DiscordScreen(client, catalogue, accounts, attachments=attachments, failed=metrics.discord_error)
        engine = Engine(store, api, screen, clock, rules(settings, limits))
        quotas = QuotaBook(database, limits, clock.now, noted=engine.wake)
        credits_cog = CreditsCog(accounts, quotas)
        movies_cog = MoviesCog(lists)
        client.bring(
            MovieCog(engine.intake, catalogue, acknowledged=metrics.acknowledged),
            credits_cog,
            movies_cog,
            QuotaCog(quotas, accounts),
            PressesCog(credits_cog.presses, movies_cog.presses, leaving=lambda: client.leaving),
        )
        yield App(settings, clock, client, engine, accounts, store, lists, database, metrics)


def rules(settings: Settings, limits: Limits) -> Rules:
    """What the engine keeps to."""
    callbacks = settings.port is not None and settings.public_url is not None
    return Rules(
        limits,
        Bounds(settings.max_rendering_jobs, settings.max_rendering_jobs_per_member),
        Pace(settings.poll_fastest_seconds, settings.poll_slowest_seconds, called_back=callbacks),
        callbacks=f"{settings.public_url}{CALLBACK_PATH}" if callbacks else None,
    )


def endpoints(settings: Settings) -> Endpoints:
    """How to reach the API."""
    return Endpoints(
        key=settings.samsar_api_key,
        base_url=settings.samsar_base_url,
        create_path=settings.samsar_create_path,
        status_path=settings.samsar_status_path,
    )


def _largest(attach: AttachMovies, client: Client, guild_id: int) -> int:
    """What may be attached in a server, in bytes."""
    match attach:
        case AttachMovies.OFF:
            return 0
        case AttachMovies.SMALL:
            return SMALL
        case AttachMovies.ALWAYS:
            guild = client.get_guild(guild_id)
            return SMALL if guild is None else guild.filesize_limit

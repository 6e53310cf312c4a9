"""The only composition root: opens everything, wires it, and closes it in reverse order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

import discord

from bot.domain.callback import PATH as CALLBACK_PATH
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.figures import Figures
from bot.domain.pace import Pace
from bot.engine.engine import Engine, Rules
from bot.engine.history import History
from bot.engine.ports import Clock, MovieApi, SystemClock
from bot.engine.submit import Bounds
from bot.front.attachments import SMALL, Attachments
from bot.front.client import Client
from bot.front.meter import DiscordMeter
from bot.front.outlooks import Outlooks
from bot.front.screen import DiscordScreen
from bot.movies.fetch import FetchRules, MovieFetcher
from bot.samsar.client import Endpoints, Patience, SamsarClient
from bot.settings import AttachMovies, Settings
from cogs.credits import CreditsCog
from cogs.help import HelpCog, HelpDesk
from cogs.movie import MovieCog
from cogs.movie_buttons import Hands, MovieButtons
from cogs.movies import Library, MoviesCog
from cogs.ordering import Desk, Ordering
from cogs.preferences import PreferencesCog
from cogs.presses import PressesCog
from cogs.quota import QuotaCog
from data.accounts import LedgerAccounts
from data.catalogue import load_catalogue
from data.database import Database
from data.facts import Facts
from data.job_lists import JobLists
from data.migrate import migrate
from data.preferences import PreferenceBook
from data.presence import Presence
from data.quota_book import QuotaBook
from data.store import JobStore


@dataclass(frozen=True, slots=True)
class App:
    """Everything, open and wired. The engine is not started yet, and the client not connected.

    `metrics` makes their page of the database's figures, see Metrics.page; None without a port, where nobody can ask.
    """

    settings: Settings
    clock: Clock
    client: Client
    engine: Engine
    accounts: LedgerAccounts
    store: JobStore
    lists: JobLists
    database: Database
    metrics: Callable[[Figures | None], tuple[bytes, str]] | None


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, patience: Patience | None = None
) -> AsyncGenerator[App]:
    """Open the database and the API client, and wire the house.

    `clock` is the machine's, and `patience` with the API the client's own, unless others are handed in.

    Raises:
        CatalogueError, StorageError: Before anything is open.
    """
    clock, there = clock or SystemClock(), endpoints(settings, patience)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses a voice here
    catalogue = load_catalogue(settings.catalogue_path)
    await asyncio.to_thread(migrate, settings.database_path)
    limits = settings.limits
    async with contextlib.AsyncExitStack() as stack:
        presence = stack.enter_context(Presence(settings.database_path))
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        api: MovieApi = await stack.enter_async_context(SamsarClient.open(there))
        metrics = None
        if settings.port is not None:
            from bot.metrics import MeteredApi, Metrics  # noqa: PLC0415 (no start without a port waits for them)

            metrics = Metrics()
            api = MeteredApi(api, metrics)
        fetcher = MovieFetcher(FetchRules(trusted_origins=settings.trusted_movie_origins, total_seconds=45, at_once=4))
        stack.push_async_callback(fetcher.close)
        store = JobStore(database)
        lists = JobLists(database)
        accounts = LedgerAccounts(database, limits, clock.now)
        client = Client(Facts(database), DiscordMeter(metrics) if metrics else None, presence)
        attachments = Attachments(fetcher, lambda guild_id: _largest(settings.attach_movies, client, guild_id))
        history = History(store)
        outlooks = Outlooks(store.ahead_of, store.outage, history.usual, clock.now)
        screen = DiscordScreen(client, catalogue, accounts, attachments=attachments, outlook=outlooks.of)
        engine = Engine(store, api, screen, clock, rules(settings, limits, there.patience), history, presence)
        if metrics is not None:
            metrics.count_stuck(lambda: len(engine.watchdog.stuck()))
        for back in ("on_ready", "on_resumed"):
            client.add_listener(engine.connected, back)
        app = App(settings, clock, client, engine, accounts, store, lists, database, metrics.page if metrics else None)
        _bring_cogs(app, catalogue, screen, outlooks)
        yield app


def _bring_cogs(app: App, catalogue: Catalogue, screen: DiscordScreen, outlooks: Outlooks) -> None:
    """Everything that people type and press."""
    engine, client, now = app.engine, app.client, app.clock.now
    quotas = QuotaBook(app.database, app.settings.limits, now, noted=engine.wake)
    book, confirm_above = PreferenceBook(app.database), app.settings.confirm_above_credits
    ordering = Ordering(Desk(engine.intake, catalogue, book, outlooks.of_placed, confirm_above))
    buttons = MovieButtons(Hands(catalogue, app.store, ordering, screen.show, engine.links, now))
    movie = MovieCog(ordering, catalogue)
    credits = CreditsCog(app.accounts, quotas, catalogue)
    movies = MoviesCog(Library(app.lists, app.store, catalogue, outlooks.of, app.store.outage, engine.links, now))
    preferences = PreferencesCog(book, catalogue)
    helping = HelpDesk(app.accounts, quotas, app.lists, catalogue, confirm_above, lambda: client.command_ids)
    pressed = (each.presses for each in (ordering, buttons, credits, movies, preferences))
    presses = PressesCog(*pressed, refused=client.refused)
    client.bring(
        movie,
        credits,
        movies,
        preferences,
        HelpCog(helping),
        QuotaCog(quotas, app.accounts, catalogue),
        presses,
        menus=(movie.menu(),),
    )


def rules(settings: Settings, limits: Limits, patience: Patience) -> Rules:
    """What the engine keeps to."""
    callbacks = settings.port is not None and settings.public_url is not None
    return Rules(
        limits,
        Bounds(settings.max_rendering_jobs, settings.max_rendering_jobs_per_member),
        Pace(settings.poll_fastest_seconds, settings.poll_slowest_seconds, called_back=callbacks),
        patience.total_seconds,
        callbacks=f"{settings.public_url}{CALLBACK_PATH}" if callbacks else None,
    )


def endpoints(settings: Settings, patience: Patience | None = None) -> Endpoints:
    """How to reach the API."""
    return Endpoints(
        key=settings.samsar_api_key,
        base_url=settings.samsar_base_url,
        create_path=settings.samsar_create_path,
        status_path=settings.samsar_status_path,
        patience=patience or Patience(),
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

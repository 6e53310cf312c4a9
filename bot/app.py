"""The only composition root: opens everything, wires it, and closes it in reverse order."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

import discord

from bot import log
from bot.clock import Clock, SystemClock
from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.discord_client.client import Client
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.upload_limits import UploadLimits
from bot.domain.callback_token import CALLBACK_PATH
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.polling import PollingSchedule
from bot.domain.stats import QueueStats
from bot.downloads.downloader import DownloadPolicy, MovieDownloader
from bot.observability.discord_http import DiscordHttpMetrics
from bot.observability.metrics import InstrumentedApi, Metrics
from bot.samsar.client import ClientOptions, SamsarClient, SamsarConfig
from bot.services.accounts import AccountService
from bot.services.durations import DurationHistory
from bot.services.estimates import Estimator
from bot.services.movie_api import MovieApi
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from bot.settings import AttachMovies, Settings
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import Worker, WorkerConfig
from cogs.component_router import ComponentRouter
from cogs.credits import CreditsCog
from cogs.help import HelpCog
from cogs.job_buttons import JobButtons
from cogs.movie import MovieCog
from cogs.movies import MoviesCog
from cogs.order_card import OrderCard
from cogs.order_components import OrderComponents
from cogs.order_flow import OrderFlow
from cogs.order_quotes import OrderQuotes
from cogs.preferences import PreferencesCog
from cogs.quota import QuotaCog
from data import breakers
from data.catalogue import load_catalogue
from data.database import Database
from data.instance_lock import InstanceLock
from data.migrations_runner import migrate


@dataclass(frozen=True, slots=True)
class App:
    """Everything, open and wired. The engine is not started yet, and the client not connected.

    `metrics` makes their page of the database's figures, see Metrics.page; None without a port, where nobody can ask.
    """

    settings: Settings
    clock: Clock
    client: Client
    engine: Worker
    signals: Signals
    accounts: AccountService
    database: Database
    metrics: Callable[[QueueStats | None], tuple[bytes, str]] | None


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, patience: ClientOptions | None = None
) -> AsyncGenerator[App]:
    """Open the database and the API client, and wire the house.

    `clock` is the machine's, and `patience` with the API the client's own, unless others are handed in.

    Raises:
        CatalogueError, StorageError: Before anything is open.
    """
    log.configure_structlog()  # the tests and the demo do not call log.configure()
    clock, there = clock or SystemClock(), samsar_config(settings, patience)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses a voice here
    catalogue = load_catalogue(settings.catalogue_path)
    await asyncio.to_thread(migrate, settings.database_path)
    limits = settings.limits
    async with contextlib.AsyncExitStack() as stack:
        presence = stack.enter_context(InstanceLock(settings.database_path))
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        api: MovieApi = await stack.enter_async_context(SamsarClient.open(there))
        metrics = None
        if settings.port is not None:
            metrics = Metrics()
            api = InstrumentedApi(api, metrics)
        fetcher = MovieDownloader(
            DownloadPolicy(trusted_origins=settings.trusted_movie_origins, total_seconds=45, max_concurrent=4)
        )
        stack.push_async_callback(fetcher.close)
        accounts = AccountService(database, limits, clock.now)
        client = Client(database, DiscordHttpMetrics(metrics) if metrics else None, presence)
        attachments = Attachments(fetcher, _upload_limit(settings.attach_movies, UploadLimits(client, clock.now)))
        history, signals = DurationHistory(database), Signals()
        outlooks = Estimator(database, history, clock.now)
        screen = DiscordPublisher(client, catalogue, accounts, attachments=attachments, outlook=outlooks.for_job)
        config = worker_config(settings, limits, there.patience)
        engine = Worker(database, catalogue, api, screen, clock, config, history, presence, signals)
        if metrics is not None:
            metrics.count_stuck(lambda: len(engine.watchdog.stuck()))
        for back in ("on_ready", "on_resumed"):
            client.add_listener(engine.on_gateway_ready, back)
        app = App(settings, clock, client, engine, signals, accounts, database, metrics.render if metrics else None)
        _build_cogs(app, catalogue, screen, outlooks)
        yield app


def _build_cogs(app: App, catalogue: Catalogue, screen: DiscordPublisher, outlooks: Estimator) -> None:
    """Everything that people type and press."""
    engine, client, now = app.engine, app.client, app.clock.now
    quotas = QuotaService(app.database, app.settings.limits, now, app.signals)
    confirm_above = app.settings.confirm_above_credits
    order_quotes = OrderQuotes(engine.intake, catalogue)
    card = OrderCard(engine.intake, catalogue, outlooks.for_order)
    order_flow = OrderFlow(engine.intake, catalogue, order_quotes, card, confirm_above)
    order_components = OrderComponents(engine.intake, catalogue, order_flow, order_quotes)
    buttons = JobButtons(
        app.database,
        catalogue=catalogue,
        order_flow=order_flow,
        links=engine.links,
        update_card=screen.update_card,
        now=now,
    )
    movie = MovieCog(order_flow, catalogue)
    credits = CreditsCog(app.accounts, quotas, catalogue)
    movies = MoviesCog(
        app.database,
        catalogue=catalogue,
        links=engine.links,
        estimate=outlooks.for_job,
        outage=functools.partial(app.database.read, breakers.outage),
        now=now,
    )
    preferences = PreferencesCog(app.database, catalogue)
    helping = HelpCog(
        app.database,
        accounts=app.accounts,
        quotas=quotas,
        catalogue=catalogue,
        confirm_above=confirm_above,
        command_ids=lambda: client.command_ids,
    )
    pressed = (each.component_handlers for each in (order_components, buttons, credits, movies, preferences))
    presses = ComponentRouter(*pressed, refused=client.refused)
    client.set_cogs(
        movie,
        credits,
        movies,
        preferences,
        helping,
        QuotaCog(quotas, app.accounts, catalogue),
        presses,
        menus=(movie.context_menu(),),
    )


def worker_config(settings: Settings, limits: Limits, patience: ClientOptions) -> WorkerConfig:
    """What the engine keeps to."""
    callbacks = settings.port is not None and settings.public_url is not None
    return WorkerConfig(
        limits,
        ConcurrencyLimits(settings.max_rendering_jobs, settings.max_rendering_jobs_per_member),
        PollingSchedule(settings.poll_fastest_seconds, settings.poll_slowest_seconds, callbacks_enabled=callbacks),
        patience.total_seconds,
        callbacks=f"{settings.public_url}{CALLBACK_PATH}" if callbacks else None,
    )


def samsar_config(settings: Settings, patience: ClientOptions | None = None) -> SamsarConfig:
    """How to reach the API."""
    return SamsarConfig(
        key=settings.samsar_api_key,
        base_url=settings.samsar_base_url,
        create_path=settings.samsar_create_path,
        status_path=settings.samsar_status_path,
        patience=patience or ClientOptions(),
    )


def _upload_limit(attach: AttachMovies, limits: UploadLimits) -> Callable[[int], Awaitable[int]]:
    """Return what reads the upload limit of a server, in bytes."""
    if attach is AttachMovies.ALWAYS:
        return limits.get
    limit = 0 if attach is AttachMovies.OFF else DEFAULT_UPLOAD_LIMIT

    async def fixed(_guild_id: int) -> int:
        return limit

    return fixed

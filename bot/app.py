"""The composition root: opens and wires every part, and closes it.

Parts are closed in reverse order.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import discord

from bot import __version__, log
from bot.app_cogs import add_cogs
from bot.app_parts import App
from bot.clock import SYSTEM_CLOCK, Clock
from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.discord_client.client import COMMANDS_PER_MINUTE, Client
from bot.discord_client.identify import SharedIdentifySlots
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.upload_limits import UploadLimits
from bot.domain.callback_token import CALLBACK_PATH
from bot.domain.polling import PollingSchedule
from bot.domain.process import ProcessInfo, Role
from bot.domain.shards import ALL_SHARDS, ShardPlan
from bot.downloads.downloader import DownloadPolicy, MovieDownloader
from bot.observability.discord_http import DiscordHttpMetrics
from bot.observability.metrics import InstrumentedApi, Metrics
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions
from bot.services.balance import BalanceWatch
from bot.services.callbacks import CallbackService
from bot.services.cancellations import CancellationService
from bot.services.durations import DurationHistory
from bot.services.estimates import Estimator
from bot.services.movie_api import MovieApi
from bot.services.movie_links import MovieLinks
from bot.services.orders import OrderService
from bot.services.pitches import PitchService
from bot.services.privacy import PrivacyService
from bot.services.reconnections import ReconnectionListener
from bot.services.refused_prompts import RefusedPrompts
from bot.services.request_limits import LimitFactory
from bot.services.retention import RetentionService
from bot.services.signals import Signals
from bot.services.unknown_jobs import UnknownJobs
from bot.settings import AttachMovies, Settings
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import Worker, WorkerConfig
from data import refused_models
from data.catalogue import load_catalogue
from data.compiled_filters import CompiledFilters
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.operator_filter import load_operator_rules
from data.policy import Policy
from data.storage import engines
from data.style_catalogue import load_styles


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings,
    clock: Clock | None = None,
    client_options: ClientOptions | None = None,
    process: ProcessInfo | None = None,
) -> AsyncGenerator[App]:
    """Open the database and the API client, and build everything on them.

    `clock` defaults to the machine's, `client_options` to those of the API client, `process` to one for everything.
    Nothing runs yet: lifecycle.py starts what the process's role needs.

    Raises:
        CatalogueError: the catalogue or the file of styles is invalid. Nothing is open.
        PromptFilterError: the operator's file of rules is invalid. Nothing is open.
        StorageError: the database can't be opened or migrated. Nothing is open.
    """
    log.configure_structlog()  # the tests and the demo do not call log.configure()
    clock, process = clock or SYSTEM_CLOCK, process or this_process(Role.ALL, settings.shards)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = (
        False  # without this, discord.py warns that voice is not supported
    )
    catalogue = replace(
        load_catalogue(settings.catalogue_path, settings.api_profile.limits), styles=load_styles(settings.styles_path)
    )
    api_config = replace(
        settings.samsar_config, options=client_options or ClientOptions(), model_labels=catalogue.labels
    )
    filters = CompiledFilters(load_operator_rules(settings.prompt_filter_path))
    engine = engines.engine(settings.database_url)
    await asyncio.to_thread(engine.migrate)
    async with contextlib.AsyncExitStack() as stack:
        signals = Signals()
        instance_lock = await stack.enter_async_context(engine.open_instance_lock(signals.receive))
        database = await engine.open(clock, signals.notify)
        stack.push_async_callback(database.close)
        database.policy = Policy(catalogue, settings.limits, filters, settings.allowed_servers)
        catalogue = await database.read(refused_models.available)
        database.policy = replace(database.policy, catalogue=catalogue)
        samsar = await stack.enter_async_context(SamsarClient.open(api_config, now=lambda: clock.now() / 1000))
        downloader = MovieDownloader(
            DownloadPolicy(trusted_origins=settings.trusted_movie_origins, total_seconds=45, max_concurrent=4)
        )
        stack.push_async_callback(downloader.close)
        yield _build(
            settings,
            process,
            clock,
            api_config.options,
            signals=signals,
            instance_lock=instance_lock,
            database=database,
            samsar=samsar,
            downloader=downloader,
        )


def _build(
    settings: Settings,
    process: ProcessInfo,
    clock: Clock,
    client_options: ClientOptions,
    *,
    signals: Signals,
    instance_lock: InstanceLock,
    database: Database,
    samsar: SamsarClient,
    downloader: MovieDownloader,
) -> App:
    """Build everything on what is open.

    Longer than other functions, because it names each part once.
    """
    metrics = None if settings.port is None else Metrics(process)
    api: MovieApi = samsar if metrics is None else InstrumentedApi(samsar, metrics)
    client = _build_client(settings, clock, database, instance_lock, metrics)
    attachments = Attachments(downloader, _upload_limit(settings.attach_movies, UploadLimits(client, clock)))
    history = DurationHistory(database)
    estimator = Estimator(database, history, clock, per_member=_concurrency(settings).of_member)
    publisher = DiscordPublisher(
        client,
        database,
        attachments=attachments,
        estimate=estimator.for_job,
        cancellable=settings.api_profile.can_cancel,
    )
    config = worker_config(settings, client_options, process.role)
    refused = RefusedPrompts()
    orders, pitches = OrderService(database, clock), PitchService(database, clock)
    request_limits = LimitFactory(clock, database if settings.database_path is None else None)
    links = MovieLinks(database, api, clock, request_limits)
    cancellations = CancellationService(database, api, request_limits, supported=settings.api_profile.can_cancel)
    worker = Worker(
        database,
        api,
        publisher,
        clock,
        config,
        orders,
        pitches,
        links,
        history,
        instance_lock,
        signals,
        process_id=process.id,
    )
    if metrics is not None:
        metrics.charges = worker.charges.by_model
        metrics.show_delivery_times(worker.delivery_times)
        metrics.plan.set(settings.plan_monthly_credits)
        metrics.refused_prompts = refused.by_category
        metrics.stuck.set_function(lambda: len(worker.watchdog.stuck()))
    _listen_for_connections(client, ReconnectionListener(database, clock))
    app = App(
        settings=settings,
        process=process,
        clock=clock,
        client=client,
        instance_lock=instance_lock,
        samsar=samsar,
        worker=worker,
        signals=signals,
        orders=orders,
        pitches=pitches,
        links=links,
        cancellations=cancellations,
        callbacks=CallbackService(database),
        database=database,
        balance=BalanceWatch(samsar.get_credits),
        retention=RetentionService(database, clock, settings.retention_days),
        unknown_jobs=UnknownJobs(database, clock, settings.unknown_days),
        privacy=PrivacyService(database, clock, settings.backup_dir, settings.database_path, request_limits),
        metrics=metrics,
    )
    add_cogs(app, publisher, estimator, request_limits, refused)
    return app


def _build_client(
    settings: Settings, clock: Clock, database: Database, instance_lock: InstanceLock, metrics: Metrics | None
) -> Client:
    return Client(
        database,
        DiscordHttpMetrics(metrics) if metrics else None,
        instance_lock,
        clock=clock,
        plan=settings.shards,
        identify_slots=SharedIdentifySlots(database, clock) if settings.database_path is None else None,
        allowed_servers=settings.allowed_servers,
        commands_per_minute=max(COMMANDS_PER_MINUTE, settings.orders_per_minute),
    )


def _listen_for_connections(client: Client, reconnections: ReconnectionListener) -> None:
    for event in ("on_shard_ready", "on_shard_resumed"):
        client.add_listener(reconnections.on_gateway_ready, event)


def this_process(role: Role, plan: ShardPlan = ALL_SHARDS) -> ProcessInfo:
    """Describe this process under a new id."""
    return ProcessInfo(
        secrets.token_hex(4),
        role,
        socket.gethostname(),
        os.getpid(),
        __version__,
        SYSTEM_CLOCK.now(),
        str(plan) if role.answers_members else "",
    )


def worker_config(settings: Settings, client_options: ClientOptions, role: Role) -> WorkerConfig:
    """Build the worker's configuration from the settings.

    Callbacks come to a process of the role `web`, or to this one if it has a port.
    """
    callbacks = settings.public_url is not None and (settings.port is not None or not role.takes_callbacks)
    return WorkerConfig(
        _concurrency(settings),
        PollingSchedule(settings.poll_fastest_seconds, settings.poll_slowest_seconds, callbacks_enabled=callbacks),
        client_options.total_seconds,
        callback_url=f"{settings.public_url}{CALLBACK_PATH}" if callbacks else None,
    )


def _concurrency(settings: Settings) -> ConcurrencyLimits:
    return ConcurrencyLimits(settings.max_rendering_jobs, settings.max_rendering_jobs_per_member)


def _upload_limit(attach: AttachMovies, limits: UploadLimits) -> Callable[[int], Awaitable[int]]:
    """Return a function that reads a server's upload limit, in bytes."""
    if attach is AttachMovies.ALWAYS:
        return limits.get
    limit = 0 if attach is AttachMovies.OFF else DEFAULT_UPLOAD_LIMIT

    async def fixed(_guild_id: int) -> int:
        return limit

    return fixed

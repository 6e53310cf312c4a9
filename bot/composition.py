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
from functools import partial
from typing import TYPE_CHECKING, Final

import discord

from bot import __version__, log
from bot.app import App
from bot.core.clock import SYSTEM_CLOCK, Clock
from bot.discord_client.client import COMMANDS_PER_MINUTE, Client
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.sharded import SharedIdentifySlots
from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT, Attachments, PictureUploads, UploadLimits
from bot.domain.callback_token import CALLBACK_PATH
from bot.domain.catalogue import Catalogue
from bot.domain.jobs import Job, Still
from bot.domain.polling import PollingSchedule
from bot.domain.process import ALL_SHARDS, ProcessInfo, Role, ShardPlan
from bot.downloads.downloader import DownloadPolicy, MovieDownloader
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions
from bot.services.cancellations import CancellationService
from bot.services.moderation import Moderator
from bot.services.movie_api import MovieApi
from bot.services.movie_links import MovieLinks, fresh_stills
from bot.services.orders import BalanceWatch, DurationHistory, Estimator
from bot.services.privacy import PrivacyService
from bot.services.request_limits import LimitFactory
from bot.services.signals import ReconnectionListener, Signals
from bot.settings import AttachMovies, Settings
from bot.worker.recovery import Stuck
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import Worker, WorkerConfig
from data import availability
from data.catalogue import load_catalogue, load_styles
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.filters import CompiledFilters, load_operator_rules
from data.policy import Policy
from data.storage import engines

if TYPE_CHECKING:
    from bot.observability.discord_http import DiscordHttpMetrics
    from bot.observability.metrics import Metrics


_UPLOAD_LIMITS: Final = {AttachMovies.OFF: 0, AttachMovies.SMALL: DEFAULT_UPLOAD_LIMIT}
"""Bytes of a file, where they are not what each server allows."""


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
        database = await stack.enter_async_context(await engine.open(clock, signals.notify))
        database.policy = Policy(catalogue, settings.limits, filters, settings.allowed_servers)
        offered = await database.read(availability.accepted_models)
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
            offered=offered,
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
    offered: Catalogue,
    signals: Signals,
    instance_lock: InstanceLock,
    database: Database,
    samsar: SamsarClient,
    downloader: MovieDownloader,
) -> App:
    """Build everything on what is open."""
    metrics, api, discord_metrics = _observe(settings, process, samsar)
    client = _build_client(settings, clock, database, instance_lock, discord_metrics)
    history = DurationHistory(database)
    estimator = Estimator(database, history, clock, per_member=_concurrency(settings).of_member)
    stills = partial(fresh_stills, database, api)
    publisher = _build_publisher(settings, client, database, downloader, estimator, stills)
    moderator = Moderator(database, api if settings.is_moderated else None, clock)
    request_limits = LimitFactory(clock, database if settings.database_path is None else None)
    links = MovieLinks(database, api, clock, request_limits)
    worker = Worker(
        database,
        api,
        publisher,
        clock,
        worker_config(settings, client_options, process.role),
        links,
        history,
        instance_lock,
        signals,
        process_id=process.id,
    )
    if metrics is not None:
        metrics.plan.set(settings.plan_monthly_credits)
        _show_work(worker, moderator, metrics)
    app = App(
        settings=settings,
        process=process,
        clock=clock,
        client=client,
        offered=offered,
        instance_lock=instance_lock,
        samsar=samsar,
        worker=worker,
        signals=signals,
        links=links,
        cancellations=CancellationService(database, api, request_limits, supported=settings.api_profile.can_cancel),
        database=database,
        balance=BalanceWatch(samsar.get_credits),
        privacy=PrivacyService(database, clock, settings.backup_dir, settings.database_path, request_limits),
        metrics=metrics,
    )
    if process.role.answers_members:
        from bot.cog_setup import add_cogs

        add_cogs(app, publisher, estimator, request_limits, moderator, PictureUploads(downloader))
    return app


def _observe(
    settings: Settings, process: ProcessInfo, samsar: SamsarClient
) -> tuple[Metrics | None, MovieApi, DiscordHttpMetrics | None]:
    """Return the metrics, and the API and Discord's requests as they feed them; none without a port."""
    if settings.port is None:
        return None, samsar, None
    from bot.observability.discord_http import DiscordHttpMetrics
    from bot.observability.metrics import Metrics, instrumented

    metrics = Metrics(process)
    return metrics, instrumented(samsar, metrics), DiscordHttpMetrics(metrics)


def _build_client(
    settings: Settings,
    clock: Clock,
    database: Database,
    instance_lock: InstanceLock,
    metrics: DiscordHttpMetrics | None,
) -> Client:
    client = Client(
        database,
        metrics,
        instance_lock,
        clock=clock,
        plan=settings.shards,
        identify_slots=SharedIdentifySlots(database, clock) if settings.database_path is None else None,
        allowed_servers=settings.allowed_servers,
        commands_per_minute=max(COMMANDS_PER_MINUTE, settings.orders_per_minute),
    )
    reconnections = ReconnectionListener(database, clock)
    for event in ("on_shard_ready", "on_shard_resumed"):
        client.add_listener(reconnections.on_gateway_ready, event)
    return client


def _build_publisher(
    settings: Settings,
    client: Client,
    database: Database,
    downloader: MovieDownloader,
    estimator: Estimator,
    stills: Callable[[Job], Awaitable[tuple[Still, ...]]],
) -> DiscordPublisher:
    limits = UploadLimits(client, database.clock, _UPLOAD_LIMITS.get(settings.attach_movies))
    attachments = Attachments(downloader, limits.get)
    return DiscordPublisher(client, database, attachments=attachments, estimate=estimator.for_job, fresh_stills=stills)


def _show_work(worker: Worker, moderator: Moderator, metrics: Metrics) -> None:
    metrics.refused_prompts = moderator.refused
    metrics.charges = worker.charges.by_model
    metrics.show_delivery_times(worker.delivery_times)
    metrics.stuck.set_function(lambda: len(worker.watchdog.stuck()))


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


def _concurrency(settings: Settings) -> ConcurrencyLimits:
    return ConcurrencyLimits(settings.max_rendering_jobs, settings.max_rendering_jobs_per_member)


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
        has_stills=settings.api_profile.details_path is not None,
    )


def describe_stuck(stuck: Stuck) -> str:
    """Describe stuck work to the operator."""
    return f"work is stuck: {stuck.work} {stuck.key}, for {stuck.seconds:.0f} s".replace(" ,", ",")

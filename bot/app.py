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
from dataclasses import dataclass, replace

import discord

from bot import __version__, log
from bot.core.clock import SYSTEM_CLOCK, Clock
from bot.discord_client.client import COMMANDS_PER_MINUTE, Client
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.sharded import SharedIdentifySlots
from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT, Attachments, UploadLimits
from bot.domain.callback_token import CALLBACK_PATH
from bot.domain.orders import ConfirmationRule
from bot.domain.polling import PollingSchedule
from bot.domain.process import ALL_SHARDS, ProcessInfo, Role, ShardPlan
from bot.downloads.downloader import DownloadPolicy, MovieDownloader
from bot.observability.discord_http import DiscordHttpMetrics
from bot.observability.metrics import InstrumentedApi, Metrics
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions
from bot.services.cancellations import CancellationService
from bot.services.movie_api import MovieApi
from bot.services.movie_links import MovieLinks
from bot.services.orders import BalanceWatch, DurationHistory, Estimator, OrderService
from bot.services.privacy import ExportService, PrivacyService
from bot.services.reports import RankingService, ReportService
from bot.services.request_limits import LimitFactory, OrderLimit, RefusedPrompts
from bot.services.signals import ReconnectionListener, Signals
from bot.settings import AttachMovies, Settings
from bot.ui.privacy import Policy as PrivacyPolicy
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import Worker, WorkerConfig
from cogs.approvals import ApprovalButtons
from cogs.component_router import ComponentRouter
from cogs.credits import GIFT_BURST, TRIES, CreditsCog, GiftCog
from cogs.help import HelpCog
from cogs.job_access import JobAccess
from cogs.job_buttons import JobButtons
from cogs.movie import MovieCommands
from cogs.movie_list import MoviesCog
from cogs.movie_nights import MovieNightButtons
from cogs.movie_reports import ReportButtons
from cogs.orders import OrderComponents, OrderFlow
from cogs.pitches import PitchesCog
from cogs.preferences import PreferencesCog
from cogs.privacy import PrivacyCog
from cogs.quota import QueuedMovies, QuotaCog
from cogs.rankings import TopCog
from cogs.server_setup import SetupCog
from data import availability
from data.catalogue import load_catalogue, load_styles
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.filters import CompiledFilters, load_operator_rules
from data.policy import Policy
from data.storage import engines


@dataclass(frozen=True, slots=True)
class App:
    """The open and wired parts.

    The worker is not started yet, and the client is not connected. `metrics` is None without a port.
    """

    settings: Settings
    process: ProcessInfo
    clock: Clock
    client: Client
    instance_lock: InstanceLock
    samsar: SamsarClient
    worker: Worker
    signals: Signals
    links: MovieLinks
    cancellations: CancellationService
    database: Database
    balance: BalanceWatch
    privacy: PrivacyService
    metrics: Metrics | None


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
        catalogue = await database.read(availability.accepted_models)
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
    """Build everything on what is open."""
    metrics = None if settings.port is None else Metrics(process)
    api: MovieApi = samsar if metrics is None else InstrumentedApi(samsar, metrics)
    client = _build_client(settings, clock, database, instance_lock, metrics)
    history = DurationHistory(database)
    estimator = Estimator(database, history, clock, per_member=_concurrency(settings).of_member)
    publisher = _build_publisher(settings, clock, client, database, downloader, estimator)
    refused = RefusedPrompts()
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
        metrics.refused_prompts = refused.by_category
        _show_work(worker, metrics)
    app = App(
        settings=settings,
        process=process,
        clock=clock,
        client=client,
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
    add_cogs(app, publisher, estimator, request_limits, refused)
    return app


def _build_client(
    settings: Settings, clock: Clock, database: Database, instance_lock: InstanceLock, metrics: Metrics | None
) -> Client:
    client = Client(
        database,
        DiscordHttpMetrics(metrics) if metrics else None,
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
    clock: Clock,
    client: Client,
    database: Database,
    downloader: MovieDownloader,
    estimator: Estimator,
) -> DiscordPublisher:
    limit = _upload_limit(settings.attach_movies, UploadLimits(client, clock))
    return DiscordPublisher(
        client,
        database,
        attachments=Attachments(downloader, limit),
        estimate=estimator.for_job,
        cancellable=settings.api_profile.can_cancel,
    )


def _show_work(worker: Worker, metrics: Metrics) -> None:
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


def add_cogs(
    app: App, publisher: DiscordPublisher, estimator: Estimator, limits: LimitFactory, refused_prompts: RefusedPrompts
) -> None:
    """Give the client its cogs and the component router."""
    database, client = app.database, app.client
    confirm = ConfirmationRule(app.settings.confirm_above_credits, app.settings.confirm_above_percent)
    order_limit = OrderLimit(limits, app.settings.orders_per_minute)
    order_flow = OrderFlow(
        database, OrderService(database, app.clock), estimator.for_order, confirm, order_limit, refused_prompts
    )
    queued = QueuedMovies(database, update_messages=publisher.update_messages)
    access = JobAccess(database)
    order_components = OrderComponents(database, order_flow, access)
    job_buttons = JobButtons(
        database,
        access,
        order_flow=order_flow,
        links=app.links,
        cancellations=app.cancellations,
        update_card=publisher.update_card,
        update_messages=publisher.update_messages,
    )
    pitches = PitchesCog(database, order_flow, refused_prompts)
    movie = MovieCommands(database, order_flow)
    credits = CreditsCog(database, ExportService(database, limits))
    approval_buttons = ApprovalButtons(database, update_messages=publisher.update_messages)
    movies = MoviesCog(
        database,
        links=app.links,
        estimate=estimator.for_job,
        pending=approval_buttons.show,
        cancellable=app.cancellations.supported,
    )
    preferences = PreferencesCog(database)
    policy = PrivacyPolicy(app.settings.retention_days, app.settings.privacy_url, app.settings.terms_url)
    privacy = PrivacyCog(database, app.privacy, policy, publisher.update_card)
    setup = SetupCog(database)
    top = TopCog(database, RankingService(database, app.clock), access)
    components = (
        *(order_components, approval_buttons, queued, job_buttons, ReportButtons(database, access, queued), top),
        *(pitches, credits, movies, preferences, privacy, setup),
        MovieNightButtons(database, app.links),
    )
    router = ComponentRouter(*(each.component_handlers for each in components), refuse_unserved=client.refuse_unserved)
    client.set_cogs(
        credits,
        movies,
        pitches,
        preferences,
        privacy,
        HelpCog(database, confirm=confirm, command_ids=lambda: client.command_ids),
        GiftCog(database, limits.limit("gift", 1, GIFT_BURST), limits.limit("gift-try", TRIES, TRIES)),
        top,
        QuotaCog(database, ReportService(database, app.clock, limits), queued),
        setup,
        router,
        built=(movie.movie(), movie.pitch(pitches.submit), movie.context_menu()),
    )

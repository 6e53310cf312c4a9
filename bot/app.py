"""The composition root: opens and wires every part, and closes it.

Parts are closed in reverse order.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import secrets
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, replace

import discord

from bot import __version__, log
from bot.clock import Clock, SystemClock
from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.discord_client.client import Client
from bot.discord_client.identify import SharedIdentifySlots
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.upload_limits import UploadLimits
from bot.domain.callback_token import CALLBACK_PATH
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.order import ConfirmationRule
from bot.domain.polling import PollingSchedule
from bot.domain.process import ProcessInfo, Role
from bot.domain.shards import ALL_SHARDS, ShardPlan
from bot.downloads.downloader import DownloadPolicy, MovieDownloader
from bot.observability.discord_http import DiscordHttpMetrics
from bot.observability.metrics import InstrumentedApi, Metrics
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions
from bot.samsar_settings import samsar_config
from bot.services.accounts import AccountService
from bot.services.balance import BalanceWatch
from bot.services.callbacks import CallbackService
from bot.services.cancellations import CancellationService
from bot.services.credit_requests import CreditRequestService
from bot.services.durations import DurationHistory
from bot.services.estimates import Estimator
from bot.services.exports import ExportService
from bot.services.movie_api import MovieApi
from bot.services.movie_links import MovieLinks
from bot.services.orders import OrderService
from bot.services.privacy import PrivacyService
from bot.services.quotas import QuotaService
from bot.services.reconnections import ReconnectionListener
from bot.services.removals import RemovalService
from bot.services.reports import ReportService
from bot.services.request_limits import LimitFactory
from bot.services.retention import RetentionService
from bot.services.server_setup import ServerSetupService
from bot.services.signals import Signals
from bot.settings import AttachMovies, Settings
from bot.ui.privacy import Policy
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import Worker, WorkerConfig
from cogs.cancel_buttons import CancelButtons
from cogs.component_router import ComponentRouter
from cogs.credit_requests import CreditRequestButtons
from cogs.credits import CreditsCog
from cogs.delete_buttons import DeleteButtons
from cogs.duration_choices import DurationChoices
from cogs.help import HelpCog
from cogs.job_access import JobAccess
from cogs.job_buttons import JobButtons
from cogs.movie import MovieCommands
from cogs.movies import MoviesCog
from cogs.order_card import OrderCard
from cogs.order_components import OrderComponents
from cogs.order_flow import OrderFlow
from cogs.order_quotes import OrderQuotes
from cogs.preferences import PreferencesCog
from cogs.privacy import PrivacyCog
from cogs.quota import QuotaCog
from cogs.quote_prompts import QuotePrompts
from cogs.setup import SetupCog
from cogs.setup_files import SetupFiles
from data import breakers, connect, refused_models
from data.catalogue import load_catalogue
from data.database import Database
from data.instance_lock import InstanceLock
from data.style_catalogue import load_styles


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
    accounts: AccountService
    orders: OrderService
    links: MovieLinks
    cancellations: CancellationService
    callbacks: CallbackService
    database: Database
    balance: BalanceWatch
    retention: RetentionService
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
        StorageError: the database can't be opened or migrated. Nothing is open.
    """
    log.configure_structlog()  # the tests and the demo do not call log.configure()
    clock, process = clock or SystemClock(), process or this_process(Role.ALL, settings.shards)
    api_config = samsar_config(settings, client_options)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = (
        False  # without this, discord.py warns that voice is not supported
    )
    catalogue = replace(
        load_catalogue(settings.catalogue_path, settings.api_profile.limits), styles=load_styles(settings.styles_path)
    )
    await asyncio.to_thread(connect.migrate, settings.database_url)
    async with contextlib.AsyncExitStack() as stack:
        signals = Signals()
        instance_lock = await stack.enter_async_context(
            connect.open_instance_lock(settings.database_url, signals.receive)
        )
        database = await connect.open_database(settings.database_url)
        stack.push_async_callback(database.close)
        catalogue = await database.read(refused_models.available, catalogue)
        samsar = await stack.enter_async_context(SamsarClient.open(api_config, now=lambda: clock.now() / 1000))
        downloader = MovieDownloader(
            DownloadPolicy(trusted_origins=settings.trusted_movie_origins, total_seconds=45, max_concurrent=4)
        )
        stack.push_async_callback(downloader.close)
        yield _build(
            settings,
            process,
            clock,
            catalogue,
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
    catalogue: Catalogue,
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
    limits = settings.limits
    metrics = None if settings.port is None else Metrics(process)
    api: MovieApi = samsar if metrics is None else InstrumentedApi(samsar, metrics)
    accounts = AccountService(database, limits, clock.now)
    client = _build_client(settings, clock, database, instance_lock, metrics)
    attachments = Attachments(downloader, _upload_limit(settings.attach_movies, UploadLimits(client, clock.now)))
    history = DurationHistory(database)
    estimator = Estimator(database, history, clock.now, per_member=_concurrency(settings).of_member)
    publisher = DiscordPublisher(
        client,
        catalogue,
        accounts,
        attachments=attachments,
        estimate=estimator.for_job,
        cancellable=settings.api_profile.can_cancel,
    )
    config = worker_config(settings, limits, client_options, process.role)
    orders = OrderService(database, clock, catalogue, limits, signals)
    request_limits = LimitFactory(clock, database if settings.database_path is None else None)
    links = MovieLinks(database, api, clock, request_limits)
    cancellations = CancellationService(
        database, api, clock, signals, request_limits, supported=settings.api_profile.can_cancel
    )
    worker = Worker(
        database,
        api,
        publisher,
        clock,
        config,
        orders,
        links,
        history,
        instance_lock,
        signals,
        process_id=process.id,
    )
    if metrics is not None:
        metrics.show_charges(worker.charges.by_model)
        metrics.count_stuck(lambda: len(worker.watchdog.stuck()))
    _listen_for_connections(client, ReconnectionListener(database, clock, signals))
    app = App(
        settings=settings,
        process=process,
        clock=clock,
        client=client,
        instance_lock=instance_lock,
        samsar=samsar,
        worker=worker,
        signals=signals,
        accounts=accounts,
        orders=orders,
        links=links,
        cancellations=cancellations,
        callbacks=CallbackService(database, clock, signals),
        database=database,
        balance=BalanceWatch(samsar.get_credits),
        retention=RetentionService(database, clock, settings.retention_days),
        privacy=PrivacyService(database, clock, settings.backup_dir, settings.database_path, request_limits),
        metrics=metrics,
    )
    _build_cogs(app, catalogue, publisher, estimator, request_limits)
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
    )


def _listen_for_connections(client: Client, reconnections: ReconnectionListener) -> None:
    for event in ("on_shard_ready", "on_shard_resumed"):
        client.add_listener(reconnections.on_gateway_ready, event)


def _build_cogs(
    app: App, catalogue: Catalogue, publisher: DiscordPublisher, estimator: Estimator, limits: LimitFactory
) -> None:
    """Give the client its cogs and the component router."""
    orders, client, now = app.orders, app.client, app.clock.now
    quotas = QuotaService(app.database, app.settings.limits, now, app.signals)
    setups = ServerSetupService(app.database, catalogue, now, app.signals)
    requests = CreditRequestService(app.database, app.settings.limits, now, app.signals)
    order_quotes = OrderQuotes(orders, setups, catalogue, requests)
    card = OrderCard(orders, catalogue, estimator.for_order)
    per_minute = app.settings.orders_per_minute
    order_limit = limits.limit("order", per_minute, per_minute)
    confirm = ConfirmationRule(app.settings.confirm_above_credits, app.settings.confirm_above_percent)
    order_flow = OrderFlow(orders, setups, order_quotes, card, confirm, order_limit)
    order_components = OrderComponents(orders, catalogue, order_flow, order_quotes)
    quote_prompts = QuotePrompts(catalogue, order_flow, order_quotes)
    job_buttons = _build_job_buttons(app, catalogue, publisher, order_flow)
    movie = MovieCommands(order_flow, setups, catalogue, DurationChoices(orders, setups))
    exports = ExportService(app.database, app.clock, limits)
    credits = CreditsCog(app.accounts, exports, quotas, requests, setups, catalogue)
    movies = MoviesCog(
        app.database,
        catalogue=catalogue,
        links=app.links,
        estimate=estimator.for_job,
        outage=functools.partial(app.database.read, breakers.outage),
        now=now,
        cancellable=app.cancellations.supported,
    )
    preferences = PreferencesCog(app.database, setups)
    policy = Policy(app.settings.retention_days, app.settings.privacy_url, app.settings.terms_url)
    privacy = PrivacyCog(app.database, app.privacy, policy, publisher.update_card)
    help_cog = HelpCog(
        app.database,
        accounts=app.accounts,
        quotas=quotas,
        requests=requests,
        setups=setups,
        confirm=confirm,
        command_ids=lambda: client.command_ids,
    )
    setup = SetupCog(setups, SetupFiles(setups))
    request_buttons = CreditRequestButtons(requests, catalogue)
    components = (
        *(order_components, quote_prompts, request_buttons, *job_buttons),
        *(credits, movies, preferences, privacy, setup),
    )
    handlers = (each.component_handlers for each in components)
    router = ComponentRouter(*handlers, refuse_unserved=client.refuse_unserved)
    client.set_cogs(
        credits,
        movies,
        preferences,
        privacy,
        help_cog,
        QuotaCog(quotas, app.accounts, ReportService(app.accounts, app.clock, limits), catalogue),
        setup,
        router,
        built=(movie.movie(), movie.context_menu()),
    )


def _build_job_buttons(
    app: App, catalogue: Catalogue, publisher: DiscordPublisher, order_flow: OrderFlow
) -> tuple[CancelButtons, DeleteButtons, JobButtons]:
    """Build what answers the buttons of cards and movies."""
    access = JobAccess(app.database, catalogue)
    cancel = CancelButtons(
        app.database, access, app.cancellations, update_card=publisher.update_card, now=app.clock.now
    )
    delete = DeleteButtons(access, RemovalService(app.database, app.clock, app.signals))
    others = JobButtons(
        app.database,
        access,
        order_flow=order_flow,
        links=app.links,
        accounts=app.accounts,
        update_card=publisher.update_card,
        now=app.clock.now,
    )
    return cancel, delete, others


def this_process(role: Role, plan: ShardPlan = ALL_SHARDS) -> ProcessInfo:
    """Describe this process under a new id."""
    return ProcessInfo(
        secrets.token_hex(4),
        role,
        socket.gethostname(),
        os.getpid(),
        __version__,
        SystemClock().now(),
        str(plan) if role.answers_members else "",
    )


def worker_config(settings: Settings, limits: Limits, client_options: ClientOptions, role: Role) -> WorkerConfig:
    """Build the worker's configuration from the settings.

    Callbacks come to a process of the role `web`, or to this one if it has a port.
    """
    callbacks = settings.public_url is not None and (settings.port is not None or not role.takes_callbacks)
    return WorkerConfig(
        limits,
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

"""The parts of an open bot."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.discord_client.client import Client
from bot.domain.process import ProcessInfo
from bot.observability.metrics import Metrics
from bot.samsar.client import SamsarClient
from bot.services.balance import BalanceWatch
from bot.services.callbacks import CallbackService
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.orders import OrderService
from bot.services.pitches import PitchService
from bot.services.privacy import PrivacyService
from bot.services.retention import RetentionService
from bot.services.signals import Signals
from bot.services.unknown_jobs import UnknownJobs
from bot.settings import Settings
from bot.worker.worker import Worker
from data.database import Database
from data.engine.instance_lock import InstanceLock


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
    orders: OrderService
    pitches: PitchService
    links: MovieLinks
    cancellations: CancellationService
    callbacks: CallbackService
    database: Database
    balance: BalanceWatch
    retention: RetentionService
    unknown_jobs: UnknownJobs
    privacy: PrivacyService
    metrics: Metrics | None

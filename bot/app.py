"""What a running process consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.clock import Clock
from bot.discord_client.client import Client
from bot.domain.catalogue import Catalogue
from bot.domain.process import ProcessInfo
from bot.samsar.client import SamsarClient
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.orders import BalanceWatch
from bot.services.privacy import PrivacyService
from bot.services.signals import Signals
from bot.settings import Settings
from bot.worker.worker import Worker
from data.database import Database
from data.engine.instance_lock import InstanceLock

if TYPE_CHECKING:
    from bot.observability.metrics import Metrics


@dataclass(frozen=True, slots=True)
class App:
    """The open and wired parts.

    The worker is not started yet, and the client is not connected. `offered` are the models that commands list.
    `metrics` is None without a port.
    """

    settings: Settings
    process: ProcessInfo
    clock: Clock
    client: Client
    offered: Catalogue
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

"""What commands and presses are answered with, and the base of what answers them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.discord_client.client import Client
from bot.discord_client.publisher import DiscordPublisher
from bot.domain.catalogue import Catalogue
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.orders import Estimator
from bot.services.privacy import PrivacyService
from bot.services.request_limits import LimitFactory
from bot.services.scenes import SceneQuotes
from bot.ui.privacy import Policy
from cogs.job_access import JobAccess
from cogs.order_flow import OrderFlow
from data.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a process that answers members. `offered` are the models that commands list."""

    client: Client
    database: Database
    publisher: DiscordPublisher
    estimator: Estimator
    limits: LimitFactory
    links: MovieLinks
    cancellations: CancellationService
    privacy: PrivacyService
    policy: Policy
    scenes: SceneQuotes
    offered: Catalogue
    flow: OrderFlow


class Answering(JobAccess):
    """Answers commands, and what its methods declare with `component`."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.database)
        self._parts = parts
        self._flow = parts.flow

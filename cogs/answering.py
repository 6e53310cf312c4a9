"""What commands and presses are answered with, and the base of what answers them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.discord_client.client import Client
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import Interaction
from bot.domain.catalogue import Catalogue
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.orders import Estimator
from bot.services.privacy import ExportService, PrivacyService
from bot.services.reports import RankingService, ReportService
from bot.services.request_limits import RequestLimit
from bot.services.scenes import SceneQuotes
from bot.ui.privacy import Policy
from cogs.job_access import JobAccess
from cogs.order_flow import OrderFlow
from data import availability
from data.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a process that answers members.

    `offered` are the models that commands list. `gifts` counts each member's gifts, because each one mentions its
    recipient, and `gift_tries` also those that are refused, because each one asks the database.
    """

    client: Client
    database: Database
    publisher: DiscordPublisher
    estimator: Estimator
    exports: ExportService
    rankings: RankingService
    reports: ReportService
    gifts: RequestLimit
    gift_tries: RequestLimit
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

    async def _offered(self, interaction: Interaction) -> Catalogue:
        """Return what this server offers, with its defaults."""
        return await self._database.read(availability.of_server, interaction.guild_id or 0)

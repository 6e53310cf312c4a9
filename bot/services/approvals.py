"""Orders that wait for a server's staff, and the decisions about them."""

from __future__ import annotations

from bot.domain.approval_decision import Decision
from bot.domain.catalogue import Catalogue
from bot.domain.job import Job
from bot.domain.numbered_page import NumberedPage
from bot.domain.quota import AuditContext
from data import approvals
from data.compiled_filters import CompiledFilters, write_checked
from data.database import Database


class ApprovalService:
    """Lists, approves and declines orders that wait.

    `catalogue` is the operator's. A decision raises DuplicateInteraction where its interaction has made it already.
    """

    def __init__(self, database: Database, catalogue: Catalogue, filters: CompiledFilters) -> None:
        self._database = database
        self._catalogue = catalogue
        self._filters = filters

    async def page(self, guild_id: int, number: int, size: int) -> NumberedPage[Job]:
        """Return a page of the orders that wait in a server."""
        return await self._database.read(approvals.page, guild_id, number, size)

    async def approve(self, by: AuditContext, job_id: str, *, manages: bool) -> Decision | None:
        """Queue an order.

        None: the server has no such movie. `manages`: the staff member may manage the server.
        """
        return await write_checked(
            self._database, self._filters, approvals.approve, job_id, self._catalogue, by=by, manages=manages
        )

    async def decline(self, by: AuditContext, job_id: str) -> Decision | None:
        """Cancel and refund an order.

        Its member is told the reason of `by`. None: the server has no such movie.
        """
        return await self._database.write(approvals.decline, job_id, by=by)

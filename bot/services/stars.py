"""Stars that members give finished movies."""

from __future__ import annotations

from bot.domain.job import Job
from data import stars
from data.database import Database
from data.stars import Starred, StarRefusal


class StarService:
    """Gives stars, and takes them back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def toggle(self, job: Job, member_id: int, *, interaction_id: int, may_post: bool) -> Starred | StarRefusal:
        """Give a movie a star, or take it back.

        Without `may_post`, the movie does not go to the gallery.

        Raises:
            DuplicateInteraction: The interaction, or a later one of the member's, was counted already.
        """
        return await self._database.write(
            stars.toggle, job.id, member_id, interaction_id=interaction_id, may_post=may_post
        )

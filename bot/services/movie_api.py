"""The API as services and workers use it. bot/samsar/client.py implements it."""

from __future__ import annotations

from typing import Protocol

from bot.domain.request import MovieRequest
from bot.domain.upstream import Status


class MovieApi(Protocol):
    """The API. Its methods raise a SamsarError; see bot/core/errors.py."""

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """Submit a movie, without a retry, and return its request id.

        A cancellation whose cause is ConnectFailed means that the request was not sent.
        """
        ...

    async def get_status(self, request_id: str) -> Status:
        """Return how far a movie is."""
        ...

    def pause_status(self, seconds: float) -> None:
        """Request no status for so long: `get_status` raises RateLimited."""
        ...

    async def cancel_movie(self, request_id: str) -> None:
        """Cancel a movie. The API does not look whether it is finished.

        Whatever it answers, the status tells how the movie ended.
        """
        ...

    async def ping(self) -> None:
        """Return if the API responds and accepts the key. Creates nothing.

        Raises:
            SamsarError: It does not.
        """
        ...

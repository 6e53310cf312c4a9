"""Logs malformed requests as one line each, limited in rate."""

from __future__ import annotations

import logging

from aiohttp.http_exceptions import HttpProcessingError

from bot.domain.rate_limit import RateLimiter


class MalformedRequestLogger(logging.LoggerAdapter[logging.Logger]):
    """The logger of an aiohttp server; other records pass unchanged."""

    def __init__(self, logger: logging.Logger, limit: RateLimiter) -> None:
        super().__init__(logger)
        self._limit = limit

    def exception(self, msg: object, *args: object, exc_info: object = True, **_: object) -> None:
        """Log an error.

        Of a malformed request it logs only the error's type, as its bytes are untrusted.
        """
        if not isinstance(exc_info, HttpProcessingError):
            super().exception(msg, *args, exc_info=exc_info if isinstance(exc_info, BaseException) else True)
        elif self._limit.allow(""):
            address = args[0] if args else None
            self.logger.info("http_request_malformed", extra={"address": address, "error": type(exc_info).__name__})

"""What strangers send that is no HTTP: a readable line, not a traceback, and not so many that they fill a disk."""

from __future__ import annotations

import logging

from aiohttp.http_exceptions import HttpProcessingError

from bot.web.rate_limit import RateLimiter


class MalformedRequestLogger(logging.LoggerAdapter[logging.Logger]):
    """aiohttp's logger for one server. All else that it has to say stays as it is."""

    def __init__(self, logger: logging.Logger, limit: RateLimiter) -> None:
        super().__init__(logger)
        self._limit = limit

    def exception(self, msg: object, *args: object, exc_info: object = True, **_: object) -> None:
        """Log an error; of a request that can't be read, only what is wrong with it, for its bytes may be anything."""
        if not isinstance(exc_info, HttpProcessingError):
            super().exception(msg, *args, exc_info=exc_info if isinstance(exc_info, BaseException) else True)
        elif self._limit.allow(""):
            address = args[0] if args else None
            self.logger.info("http_request_malformed", extra={"address": address, "error": type(exc_info).__name__})

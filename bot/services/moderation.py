"""The check of prompts before anything is held: by the transaction's own rules, then by the movie service.

    the transaction ──► placed, quoted or refused
      └─► Unmoderated: valid, and nothing written ──► the movie service is asked ──► the transaction, with its verdict

So nothing is sent of a prompt that is refused anyway, and no lock is held while the movie service thinks.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, Final, ParamSpec, TypeVar

import structlog

from bot.core.clock import Clock
from bot.core.errors import SamsarError
from bot.domain.moderation import MAY_BE_ORDERED, ModerationCategory, PromptRefused, Unmoderated, Verdict
from bot.domain.orders import QUOTE_TTL_MS, Order, OrderRefused
from bot.domain.pictures import Picture
from bot.domain.request import clean_prompt
from bot.services.movie_api import MovieApi
from data.database import Database, Transaction

_log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")
P = ParamSpec("P")

MAX_VERDICTS: Final = 1000
"""Verdicts that are remembered, of 100 bytes each."""

_MAX_INLINE_BYTES: Final = 6 * 2**20 - 100
"""Of a picture whose data URL is not above 8 MiB: the API's moderation takes no longer address."""


class Moderator:
    """Runs the transactions that order, quote or pitch a prompt. Without an `api`, nobody else is asked about it.

    A verdict is remembered as long as a quote lives, by a hash of its prompt: another duration, or *Make it*, asks
    once. Pictures are shown to it when they come. Where there is no answer, the order goes on. `refused` counts refused
    prompts since this process began, by what they were refused for.
    """

    def __init__(self, database: Database, api: MovieApi | None, clock: Clock) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._verdicts: OrderedDict[bytes, tuple[int, Verdict]] = OrderedDict()
        self.refused = Counter[str]()

    async def run(
        self,
        function: Callable[Concatenate[Transaction, Order, P], T | Unmoderated],
        order: Order,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run the transaction `function(tx, order, ...)`, with the movie service's verdict where it needs one.

        Raises:
            StorageError: The database fails.
        """
        has_words = self._api is not None and not order.draft.operation.declared.is_copy
        known = self._known(_key(order)) if has_words else MAY_BE_ORDERED
        outcome = await self._database.write(function, replace(order, verdict=known), *args, **kwargs)
        if isinstance(outcome, Unmoderated):
            moderated = replace(order, verdict=await self._ask(order))
            outcome = await self._database.write(function, moderated, *args, **kwargs)
        assert not isinstance(outcome, Unmoderated), "it has a verdict"
        reason = outcome.reason if isinstance(outcome, OrderRefused) else outcome
        if isinstance(reason, PromptRefused):
            by_service = isinstance(reason.category, ModerationCategory)
            self.refused[f"moderation-{reason.category}" if by_service else reason.category] += 1
        return outcome

    def _known(self, key: bytes) -> Verdict | None:
        asked_at, verdict = self._verdicts.get(key, (0, None))
        return verdict if 0 <= self._clock.now() - asked_at < QUOTE_TTL_MS else None

    async def _ask(self, order: Order) -> Verdict:
        """Ask the movie service. Without pictures, it does not wait for long: Discord gives three seconds for all."""
        assert self._api is not None
        try:
            addresses = [await _address(self._api, each) for each in order.pictures]
            verdict = await self._api.moderate(clean_prompt(order.draft.prompt), addresses)
        except SamsarError as exc:  # its message may quote the prompt
            _log.warning("prompt_not_moderated", error_type=type(exc).__name__)
            return MAY_BE_ORDERED
        key = _key(order)
        self._verdicts[key] = self._clock.now(), verdict
        self._verdicts.move_to_end(key)
        while len(self._verdicts) > MAX_VERDICTS:
            self._verdicts.popitem(last=False)
        return verdict


def _key(order: Order) -> bytes:
    shown = "\n".join((clean_prompt(order.draft.prompt), *(picture.id for picture in order.pictures)))
    return hashlib.sha256(shown.encode(errors="surrogatepass")).digest()


async def _address(api: MovieApi, picture: Picture) -> str:
    """Return an address of a picture: what it holds, or where the API has it if that is too long to be moderated."""
    if len(picture.content) > _MAX_INLINE_BYTES:
        return await api.upload_picture(picture.content, picture.type.media_type)
    return f"data:{picture.type.media_type};base64,{base64.b64encode(picture.content).decode()}"

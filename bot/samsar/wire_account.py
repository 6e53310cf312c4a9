"""Decodes what the API says of the operator's account. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.core.errors import InvalidResponse
from bot.domain.catalogue import ModelKind
from bot.domain.model_comparison import ListedModel
from bot.domain.upstream import RecentRequest
from bot.samsar.wire import (
    as_list,
    as_number,
    as_object,
    clean,
    is_success,
    load_json,
    load_object,
    parse_request_id,
    require_success,
)

MAX_LISTED_MODELS: Final = 200
MAX_LISTED_REQUESTS: Final = 50
_LISTS: Final = ("requests", "items", "data", "results")
_MAX_STATUS_LENGTH: Final = 40
_MAX_TIME_MS: Final = 10**14
MAX_MODEL_NAME_LENGTH: Final = 100
MAX_PRICE: Final = 100_000
"""Credits a second. What is dearer is an error of the server."""

MAX_BALANCE = 10**12
"""Credits. A larger balance is an error of the server."""


def decode_credits(status: int, headers: Mapping[str, str], body: bytes) -> int:
    """Decode the response to `GET /v1/credits`.

    Raises:
        InvalidResponse: there is no balance in it.
        SamsarError: as for a status that is no success.
    """
    require_success(status, headers, body)
    value = as_number((load_object(body) or {}).get("remainingCredits"))
    if value is None or not abs(value) <= MAX_BALANCE:
        raise InvalidResponse("the answer has no balance", status=status)
    return math.floor(value)


def decode_models(status: int, _headers: Mapping[str, str], body: bytes) -> tuple[ListedModel, ...] | None:
    """Decode the API's list of models; None where there is none.

    An image model's price is another product's, so it is left out.
    """
    answer = load_object(body) if is_success(status) else None
    if answer is None:
        return None
    found = (*_models(answer, "VIDEO_MODELS", ModelKind.VIDEO), *_models(answer, "IMAGE_MODELS", ModelKind.IMAGE))
    return tuple({(model.kind, model.key): model for model in found}.values()) or None


def _models(answer: Mapping[str, object], name: str, kind: ModelKind) -> Iterator[ListedModel]:
    for entry in as_list(answer.get(name))[:MAX_LISTED_MODELS]:
        model = as_object(entry) or {}
        key = clean(model.get("value"), MAX_MODEL_NAME_LENGTH)
        if key is not None:
            yield ListedModel(kind, key, _price(model) if kind is ModelKind.VIDEO else None)


def _price(model: Mapping[str, object]) -> int | None:
    value = as_number(model.get("basePrice"))
    return None if value is None or not 0 < value <= MAX_PRICE else math.ceil(value)


def decode_requests(status: int, headers: Mapping[str, str], body: bytes) -> tuple[RecentRequest, ...]:
    """Decode the list of the account's last requests.

    Those that can't be read are left out, as long as others can.

    Raises:
        InvalidResponse: there is no list, or nothing in it can be read. That is no evidence that nothing was created.
        SamsarError: as for a status that is no success.
    """
    require_success(status, headers, body)
    answer = load_json(body)
    named = as_object(answer) or {}
    lists = [answer, *(named.get(name) for name in _LISTS)]
    rows = [row for each in lists for row in as_list(each)]
    found = tuple(each for row in rows if (each := _request(as_object(row) or {})) is not None)
    if not any(isinstance(each, list) for each in lists) or (rows and not found):
        raise InvalidResponse("the list of the last requests can't be read", status=status)
    return found


def _request(row: Mapping[str, object]) -> RecentRequest | None:
    request_id, created_at = parse_request_id(row.get("request_id")), _time(row.get("created_at"))
    if request_id is None or created_at is None:
        return None
    return RecentRequest(request_id, clean(row.get("status"), _MAX_STATUS_LENGTH) or "?", created_at)


def _time(value: object) -> int | None:
    """Parse a time as UTC epoch milliseconds.

    It is in ISO 8601 or in milliseconds.
    """
    number = as_number(value)
    if number is not None and 0 < number < _MAX_TIME_MS:
        return int(number)
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp() * 1000)

"""Responses of Discord's REST API, of which discord.py's errors read the status."""

from __future__ import annotations

from http import HTTPStatus
from types import SimpleNamespace
from typing import cast

import aiohttp


def rest_response(status: HTTPStatus) -> aiohttp.ClientResponse:
    return cast("aiohttp.ClientResponse", SimpleNamespace(status=status.value, reason=status.phrase))

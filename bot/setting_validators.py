"""How each setting is checked and completed.

A ValueError's text is what the operator reads between the setting's name and a period.
"""

from __future__ import annotations

import contextlib
import re
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationInfo

from bot.domain.discord_limits import MAX_BUTTON_URL_LENGTH
from bot.samsar.config import MARCH_2025, PROFILES, ApiProfile, ApiVersion
from data import style_catalogue
from data.catalogue import bundled_path
from data.database import SQLITE

API_KEY_PLACEHOLDER: Final = "YOUR_ACTUAL_KEY_HERE"
"""The API's own documentation shows it in place of a key."""

_POSTGRESQL: Final = ("postgresql://", "postgres://")

BUNDLED_STYLES: Final = style_catalogue.BUNDLED_PATH

NO_PATH: Final = Path()
"""In place of a default that depends on SAMSAR_API."""

MAX_SHARDS: Final = 10_000
"""For 25 million servers."""

_ALL_INTERFACES: Final = str(IPv4Address(0))


def check_secret(secret: SecretStr) -> SecretStr:
    """Reject what can be no token or key."""
    value = secret.get_secret_value()
    if value == API_KEY_PLACEHOLDER:
        raise ValueError("is still the placeholder. Replace it with your real one")
    if not (value.isascii() and value.isprintable()) or " " in value or not value:
        raise ValueError("contains characters that a token or key can't have. Copy it again")
    return secret


def _is_plain_url(text: str) -> bool:
    """Return whether a text is an HTTP URL without a user, a password, a query and a fragment."""
    try:
        parts = urlsplit(text)
        has_host = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an invalid port or IPv6 address. The message may quote a password
        return False
    return has_host and "@" not in parts.netloc and not set(text) & set("?# ")


def profile(info: ValidationInfo) -> ApiProfile:
    """Return the profile of SAMSAR_API, which is checked first."""
    return PROFILES[info.data.get("samsar_api", ApiVersion.MARCH_2025)]


def base_url(value: str, info: ValidationInfo) -> str:
    """Return SAMSAR_BASE_URL, or the profile's, with a slash at the end."""
    url = value or profile(info).base_url
    if not _is_plain_url(url):
        raise ValueError(f"must be a plain URL, such as {MARCH_2025.base_url}")
    return url.rstrip("/") + "/"


def api_path(value: str, info: ValidationInfo) -> str:
    """Return SAMSAR_CREATE_PATH or SAMSAR_STATUS_PATH, or the profile's."""
    usual = profile(info)
    path = (value or (usual.create_path if info.field_name == "samsar_create_path" else usual.status_path)).strip("/ ")
    if not path or re.match(r"[^/]*:", path) or "?" in path or "#" in path:
        raise ValueError("must be a path below SAMSAR_BASE_URL, such as create_movie")
    return path


def catalogue_path(value: Path, info: ValidationInfo) -> Path:
    """Return CATALOGUE_PATH, or the catalogue that comes with the bot."""
    return bundled_path(profile(info).version) if value == NO_PATH else value


def plain_url(what: str) -> AfterValidator:
    """Return a validator that removes the slash at a URL's end; `what` completes "must be the URL"."""

    def validate(value: str) -> str:
        if not _is_plain_url(value):
            raise ValueError(f"must be the URL {what}")
        return value.rstrip("/")

    return AfterValidator(validate)


def page_url(value: str) -> str:
    """Return the URL of a page that members can open."""
    if not _is_plain_url(value.replace("#", "").replace("?", "")) or len(value) > MAX_BUTTON_URL_LENGTH:
        raise ValueError(f"must be the URL of a page, of up to {MAX_BUTTON_URL_LENGTH} characters")
    return value


def host(value: str, info: ValidationInfo) -> str:
    """Return HOST, or a default that depends on who connects.

    All interfaces only where other machines are meant to connect.
    """
    return value or (_ALL_INTERFACES if info.data.get("public_url") else "127.0.0.1")


def database_url(value: str) -> str:
    """Return DATABASE_URL if it names a file or a server's database."""
    if value.startswith(_POSTGRESQL):
        with contextlib.suppress(ValueError):  # a port that is none
            parts = urlsplit(value)
            if parts.path.strip("/") and parts.port != 0:
                return value
    elif value.startswith(SQLITE) and value.removeprefix(SQLITE).strip("/"):
        return value
    raise ValueError("must be sqlite:///FILE, such as sqlite:///var/movies.db, or postgresql://USER:PASSWORD@HOST/NAME")


def networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Parse networks separated by commas."""
    try:
        parsed = tuple(ip_network(piece.strip(), strict=False) for piece in value.split(",") if piece.strip())
    except ValueError:
        raise ValueError("must be addresses or networks separated by commas, such as 10.0.0.5, fd00::/8") from None
    if any(network.prefixlen == 0 for network in parsed):
        raise ValueError("must not match every address. Use your proxy's address")
    return parsed


def ids(value: str) -> frozenset[int]:
    """Parse server ids separated by commas."""
    pieces = [piece.strip() for piece in value.split(",") if piece.strip()]
    # without any id it would mean every server, which nobody writes like that
    if not pieces or not all(re.fullmatch(r"[0-9]{1,19}", piece) and 0 < int(piece) < 2**63 for piece in pieces):
        raise ValueError("must be server IDs separated by commas, such as 1100000000000000001")
    return frozenset(map(int, pieces))


def shard_ids(value: str) -> tuple[int, ...]:
    """Return the ids of shards, in order."""
    ids: list[int] = []
    for piece in filter(None, (each.strip() for each in value.split(","))):
        first, dash, last = piece.partition("-")
        last = last if dash else first
        if not all(re.fullmatch(r" *[0-9]{1,5} *", each) for each in (first, last)) or int(first) > int(last):
            raise ValueError("must be shard IDs separated by commas, such as 0,1,2 or 0-2")
        ids += range(int(first), int(last) + 1)
    if len(set(ids)) < len(ids):
        raise ValueError("must not list a shard twice")
    return tuple(sorted(ids))

"""Finds out which version of the API a server speaks, creating nothing."""

from __future__ import annotations

from dataclasses import replace

from bot.core.errors import AuthenticationFailed, RateLimited, SamsarError, UpstreamCreditsExhausted
from bot.samsar.client import SamsarClient
from bot.samsar.config import PROFILES, SamsarConfig


async def detect_other_version(config: SamsarConfig) -> SamsarConfig | None:
    """Return a configuration with which the same server answers.

    It asks for the status of a movie that never was, on the paths of each other version. None: it speaks none of them.
    """
    for profile in PROFILES.values():
        candidate = replace(
            config,
            base_url=server_root(config.base_url).rstrip("/") + profile.base_path,
            create_path=profile.create_path,
            status_path=profile.status_path,
            profile=profile,
        )
        if candidate == config:
            continue
        async with SamsarClient.open(candidate) as client:
            try:
                await client.verify_key()
            except (AuthenticationFailed, UpstreamCreditsExhausted, RateLimited):
                pass  # in JSON or not, only an API refuses a key
            except SamsarError:
                continue
        return candidate
    return None


def server_root(base_url: str) -> str:
    """Return a base URL without the path of any version's own."""
    paths = sorted((profile.base_path for profile in PROFILES.values()), key=len, reverse=True)
    url = base_url.rstrip("/") + "/"
    return next((url.removesuffix(path) + "/" for path in paths if url.endswith(path)), url)

"""The API client's configuration, from the settings.

Apart from bot/app.py, so that the command line asks the API without loading the bot.
"""

from __future__ import annotations

from bot.samsar.config import ClientOptions, SamsarConfig
from bot.settings import Settings


def samsar_config(settings: Settings, client_options: ClientOptions | None = None) -> SamsarConfig:
    """Build the API client's configuration from the settings."""
    return SamsarConfig(
        key=settings.samsar_api_key,
        base_url=settings.samsar_base_url,
        create_path=settings.samsar_create_path,
        status_path=settings.samsar_status_path,
        profile=settings.api_profile,
        options=client_options or ClientOptions(),
    )

"""Settings of a test, in its own folder."""

from __future__ import annotations

from pathlib import Path

from bot.samsar.config import ApiVersion
from bot.sandbox.contract import ModelSpec
from bot.settings import Settings, load_settings

CATALOGUE = """\
[[video_models]]
key = "LUMA"
label = "Luma Dream Machine"
credits_per_second = 10
aspect_ratios = ["16:9"]
recommended_for = ["16:9"]

[[video_models]]
key = "KLINGIMGTOVIDPRO"
label = "Kling Pro"
credits_per_second = 10
aspect_ratios = ["16:9", "9:16"]
recommended_for = ["9:16"]

[[video_models]]
key = "VEOI2V"
label = "Google Veo"
credits_per_second = 60
aspect_ratios = ["16:9", "9:16"]

[[video_models]]
key = "RETIRED"
label = "Retired Model"
credits_per_second = 10
aspect_ratios = ["16:9"]
enabled = false

[[image_models]]
key = "FLUX1.1PRO"
label = "Flux 1.1 Pro"
"""
"""A small catalogue for tests: one model is for wide movies only, one is expensive, one is disabled."""

CATALOGUE_2026 = """\
[[video_models]]
key = "COSMOS3SUPERI2V"
label = "Cosmos 3 Super"
credits_per_second = 10
aspect_ratios = ["16:9", "9:16"]
recommended_for = ["16:9", "9:16"]

[[video_models]]
key = "RUNWAYML"
label = "Runway"
credits_per_second = 60
aspect_ratios = ["16:9", "9:16"]

[[image_models]]
key = "NANOBANANAPRO"
label = "Nano Banana Pro"
"""
"""The same for the API of 2026, with the other version's prices."""

MODELS_2026 = {"COSMOS3SUPERI2V": ModelSpec(10, ("16:9", "9:16")), "RUNWAYML": ModelSpec(60, ("16:9", "9:16"))}

_CATALOGUES = {ApiVersion.MARCH_2025: CATALOGUE, ApiVersion.AUTUMN_2026: CATALOGUE_2026}

WITHOUT_BOUNDS = {
    "SERVER_MONTHLY_CREDITS": "1000000000",
    "MAX_OPEN_JOBS_PER_MEMBER": "100000",
    "MAX_OPEN_JOBS_PER_SERVER": "100000",
    "MAX_FAILED_CREDITS_PER_MEMBER": "1000000000",
    "ORDERS_PER_MINUTE": "100000",
    "CONFIRM_ABOVE_PERCENT": "100",
    "CONFIRM_FIRST_ORDER": "false",
    "MODERATION": "off",
}
"""High bounds on strangers, and no request about a prompt, for tests about something else."""

KEY = "test-key-0123456789"


def make_settings(tmp_path: Path, **overrides: object) -> Settings:
    catalogue = tmp_path / "catalogue.toml"
    if not catalogue.exists():
        version = ApiVersion(str(overrides.get("samsar_api", ApiVersion.MARCH_2025)))
        catalogue.write_text(_CATALOGUES[version], encoding="utf-8")
    values: dict[str, object] = {
        "discord_token": "test-token",
        "samsar_api_key": KEY,
        "samsar_base_url": "http://127.0.0.1:9/v1/video/",
        "database_url": f"sqlite:///{tmp_path / 'movies.db'}",
        "catalogue_path": catalogue,
        "confirm_above_credits": 1_000_000,  # what is tested is not the price's card, unless a test sets it
        **{name.lower(): value for name, value in WITHOUT_BOUNDS.items()},
        "poll_fastest_seconds": 5,
        "poll_slowest_seconds": 10,
    }
    environ = {name.upper(): str(value) for name, value in {**values, **overrides}.items()}
    return load_settings(environ, tmp_path / "absent.env")

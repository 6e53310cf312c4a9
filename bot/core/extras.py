"""The optional packages: the extras of pyproject.toml that operators may install."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

POSTGRESQL: Final = "postgresql"
TRACES: Final = "traces"

_MODULES: Final = {
    POSTGRESQL: ("psycopg", "psycopg_pool"),
    TRACES: (
        "opentelemetry.sdk",
        "opentelemetry.exporter.otlp.proto.http",
        "opentelemetry.instrumentation.aiohttp_client",
    ),
}
"""By extra, a module of each of its packages: who installs them by hand may have only some."""


def describe_missing(extra: str) -> str | None:
    """Return how to install the packages of an extra; None: they are there."""
    if all(map(_is_there, _MODULES[extra])):
        return None
    return f'needs packages that are not installed. Run: make install EXTRAS="{extra}"'


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # what it is in
        return False

"""The optional packages: the extras of pyproject.toml that operators may install."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

POSTGRESQL: Final = "postgresql"
TRACES: Final = "traces"

_MODULES: Final = {POSTGRESQL: "psycopg", TRACES: "opentelemetry"}
"""By extra, a module that only its packages bring."""


def describe_missing(extra: str) -> str | None:
    """Return how to install the packages of an extra; None: they are there.

    The command keeps the extras that are installed.
    """
    missing = {each for each, module in _MODULES.items() if find_spec(module) is None}
    if extra not in missing:
        return None
    wanted = [each for each in _MODULES if each == extra or each not in missing]
    return f'needs packages that are not installed. Run: make install EXTRAS="{" ".join(wanted)}"'

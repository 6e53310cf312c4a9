"""Checks of what others could reach or read.

Those are the port, addresses without TLS, and files.
"""

from __future__ import annotations

import stat
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import MatineeError
from bot.settings import Settings
from bot.web.client_ip import is_loopback_host

_ENV_FILE = Path(".env")


async def check_port(settings: Settings) -> str:
    """Describe who can connect.

    Raises:
        MatineeError: with a line for each mistake.
    """
    problems: list[str] = []
    if settings.public_url is not None and settings.port is None:
        problems.append("PUBLIC_URL is set, but nothing listens for callbacks. Set PORT, or remove PUBLIC_URL.")
    if _sends_in_the_clear(settings.public_url):
        problems.append("PUBLIC_URL sends the secret in each callback's address unencrypted. Use https://.")
    if _sends_in_the_clear(settings.samsar_base_url):
        problems.append("SAMSAR_BASE_URL sends the API key unencrypted. Use https://.")
    if problems:
        raise MatineeError("\n".join(problems))
    if settings.port is None:
        return "closed (PORT is empty)"
    reach = ", reachable from this machine only" if is_loopback_host(settings.host) else ""
    path = urlsplit(settings.public_url or "").path
    strip = f"; the proxy in front of it must strip {path} (from PUBLIC_URL) from callbacks" if path else ""
    return f"{settings.host} port {settings.port}{reach}{strip}"


async def check_files(settings: Settings) -> str:
    """Say that no other user can read the secrets and the database.

    Raises:
        MatineeError: with a line for each file that they can read or write.
    """
    files = {_ENV_FILE: "the token and the key"}
    if settings.database_path is not None:
        files[settings.database_path] = "prompts and links"
    problems = [
        f"{file} contains {what}, and every user of this machine can read or change it. Run: chmod 600 {file}"
        for file, what in files.items()
        if _is_open(file)
    ]
    if problems:
        raise MatineeError("\n".join(problems))
    return "closed to other users of this machine"


def _sends_in_the_clear(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.scheme == "http" and not is_loopback_host(parts.hostname or "")


def _is_open(file: Path) -> bool:
    """Return whether users outside the file's group can read or write it."""
    try:
        return bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
    except OSError:  # there is none
        return False

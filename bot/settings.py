"""The operator's settings: one frozen value, read from the environment and .env when asked, never at import.

Every mistake is reported at once, one line each, naming the variable; a secret's value is never shown.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails

from bot.domain.credits import Limits
from bot.errors import SettingsError
from bot.movies.addresses import parse_origins

PLACEHOLDER: Final = "YOUR_ACTUAL_KEY_HERE"
"""What the API's own page shows in place of a key."""

CATALOGUE: Final = Path(__file__).parent.parent / "data" / "catalogue.toml"
"""The catalogue that comes with the bot."""

_UNUSED: Final = "unused"

_SQLITE: Final = "sqlite:///"


class LogFormat(StrEnum):
    """How logs are written."""

    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    """What is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class AttachMovies(StrEnum):
    """Whether a finished movie is uploaded with its message, because links expire."""

    OFF = "off"
    """Never: only the link."""

    SMALL = "small"
    """Where it fits what every server takes: 10 MiB."""

    ALWAYS = "always"
    """Where it fits what this server takes."""


def _secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if not text or text == PLACEHOLDER:
        raise ValueError("still holds the placeholder: put the real one in")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("holds characters that no token or key has: copy it again")
    return SecretStr(text)


def _base_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        usable = usable and "@" not in parts.netloc and not parts.query and not parts.fragment
    except ValueError:  # a port or an IPv6 address that is none
        usable = False
    if not usable:
        raise ValueError("must be a plain address such as https://api.samsar.one/v1/video/")
    return value.rstrip("/") + "/"


def _path(value: str) -> str:
    path = value.strip("/ ")
    if not path or urlsplit(path).scheme or "?" in path or "#" in path:
        raise ValueError("must be a path below SAMSAR_BASE_URL, such as create_movie")
    return path


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(
            "must be the address at which the movie service reaches this bot, such as https://bot.example.org"
        )
    return value.rstrip("/")


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Read addresses and networks, with commas between them."""
    try:
        networks = tuple(ip_network(piece.strip(), strict=False) for piece in value.split(",") if piece.strip())
    except ValueError:
        raise ValueError("must be addresses or networks with commas between them, such as 10.0.0.5, fd00::/8") from None
    if any(network.prefixlen == 0 for network in networks):
        raise ValueError("must not be everyone: name your proxy's own address")
    return networks


def _database_url(value: str) -> str:
    if not value.startswith(_SQLITE) or not value.removeprefix(_SQLITE).strip("/"):
        raise ValueError("must be sqlite:///FILE, such as sqlite:///var/movies.db")
    return value


Secret = Annotated[SecretStr, AfterValidator(_secret)]


class Settings(BaseModel):
    """What the operator decides.

    Credits are whole; seconds may be fractions. `.env.example` says the same in one line each.
    """

    model_config = ConfigDict(frozen=True)

    discord_token: Secret
    samsar_api_key: Secret
    samsar_base_url: Annotated[str, AfterValidator(_base_url)] = "https://api.samsar.one/v1/video/"
    samsar_create_path: Annotated[str, AfterValidator(_path)] = "create_movie"
    samsar_status_path: Annotated[str, AfterValidator(_path)] = "status"
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite:///var/movies.db"
    member_monthly_credits: Annotated[int, Field(ge=0, le=1_000_000_000)] = 600
    confirm_above_credits: Annotated[int, Field(ge=0, le=1_000_000_000)] = 300
    plan_monthly_credits: Annotated[int, Field(ge=0, le=1_000_000_000)] = 5000
    max_rendering_jobs: Annotated[int, Field(ge=1, le=100_000)] = 10
    max_rendering_jobs_per_member: Annotated[int, Field(ge=1, le=100_000)] = 2
    poll_fastest_seconds: Annotated[float, Field(gt=0, le=3600)] = 5
    poll_slowest_seconds: Annotated[float, Field(gt=0, le=86400, validate_default=True)] = 120
    catalogue_path: Path = CATALOGUE
    public_url: Annotated[str, AfterValidator(_public_url)] | None = None
    host: str = "0.0.0.0"  # noqa: S104 (inside a container, the port that is let through is the operator's decision)
    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    metrics_public: bool = False
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)] = ()
    attach_movies: AttachMovies = AttachMovies.SMALL
    trusted_movie_origins: Annotated[frozenset[str], BeforeValidator(parse_origins)] = frozenset()
    backup_every_hours: Annotated[float, Field(ge=0, le=24 * 365)] = 0
    backup_keep: Annotated[int, Field(ge=1, le=10_000)] = 7
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.CONSOLE

    @field_validator("poll_slowest_seconds")
    @classmethod
    def _not_below_the_fastest(cls, value: float, info: ValidationInfo) -> float:
        if value < info.data.get("poll_fastest_seconds", value):
            raise ValueError("must not be less than POLL_FASTEST_SECONDS")
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in a log."""
        return (self.discord_token.get_secret_value(), self.samsar_api_key.get_secret_value())

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix(_SQLITE))

    @property
    def limits(self) -> Limits:
        """What members and the plan may spend where nobody set anything else."""
        return Limits(member=self.member_monthly_credits, plan=self.plan_monthly_credits)

    @property
    def backups_folder(self) -> Path:
        """Where backups go that nobody named a file for."""
        return self.database_path.parent / "backups"


def read_settings(
    environ: Mapping[str, str] | None = None, env_file: Path = Path(".env"), *, secrets_needed: bool = True
) -> Settings:
    """Read the settings; the environment wins over the file.

    Without `secrets_needed`, for commands that only look at the database, a missing token or key is no mistake.

    Raises:
        SettingsError: With every mistake, one line each.
    """
    names = {name.upper(): name for name in Settings.model_fields}
    problems: list[str] = []
    broken: set[str] = set()
    given = dict(_env_file(env_file, names, problems, broken))
    given |= {name: value for name, value in (os.environ if environ is None else environ).items() if name in names}
    values = {names[name]: value.strip() for name, value in given.items() if value.strip()}
    if not secrets_needed:
        values = {"discord_token": _UNUSED, "samsar_api_key": _UNUSED} | values
    try:
        settings = Settings.model_validate(values)
    except ValidationError as exc:
        errors = exc.errors(include_url=False, include_input=False)
        problems += [_problem(error) for error in errors if error["type"] != "missing" or _name(error) not in broken]
        raise SettingsError(tuple(problems)) from None  # the cause would show secrets
    if problems:
        raise SettingsError(tuple(problems))
    return settings


def _env_file(path: Path, names: Mapping[str, str], problems: list[str], broken: set[str]) -> Iterator[tuple[str, str]]:
    """Read a .env file; a line that is no assignment, or a name that is nearly one of ours, is a problem.

    `broken` takes the names that such a line was meant to set: one mistake is not told again as a missing name.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8 text"
        problems.append(f"{path}: cannot be read: {reason}")
        return
    for binding in bindings:
        text = binding.original.string
        empty = text[: len(text) - len(text.lstrip())].count("\n")  # it begins with the empty lines before it
        line = binding.original.line + empty
        if binding.error or (binding.key is not None and binding.value is None):
            problems.append(f"{path}, line {line}: is no assignment such as NAME=value")
            broken.update(re.findall(r"[A-Z_]+", text.partition("=")[0]))
        elif binding.key is None:
            continue  # a comment or an empty line
        elif binding.key in names:
            yield binding.key, binding.value or ""
        else:
            near = difflib.get_close_matches(binding.key.upper(), names, 1, 0.85)
            if near:
                problems.append(f"{path}, line {line}: {binding.key} is unknown: is {near[0]} meant?")
                broken.add(near[0])


def _name(error: ErrorDetails) -> str:
    return str(error["loc"][0]).upper()


def _problem(error: ErrorDetails) -> str:
    name = _name(error)
    if error["type"] == "missing":
        return f"{name}: is missing: set it in the environment or in .env"
    message = error["msg"].removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}"

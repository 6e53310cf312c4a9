"""The operator's settings, read from the environment and from .env.

Nothing is read at import. All mistakes are reported together, one line each. A wrong value is in its line, a secret
never is. The text of a check's ValueError is what the operator reads between the setting's name and a period.
python-dotenv's parser reads .env, because it gives the number of a broken line.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from io import StringIO
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from dotenv.parser import Binding, parse_stream
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

from bot.core.errors import SettingsError
from bot.domain.credits import Limits
from bot.domain.process import ShardPlan
from bot.domain.risk import RiskLimits
from bot.domain.text import MAX_BUTTON_URL_LENGTH
from bot.downloads.url_policy import parse_origins
from bot.samsar.config import MARCH_2025, PROFILES, ApiProfile, ApiVersion, SamsarConfig
from data.catalogue import BUNDLED_PATH, bundled_path
from data.database import SQLITE, sqlite_path

_EXTRAS: Final = {
    "postgresql": ("psycopg", "psycopg_pool"),
    "traces": (
        "opentelemetry.sdk",
        "opentelemetry.exporter.otlp.proto.http",
        "opentelemetry.instrumentation.aiohttp_client",
    ),
}
"""By extra of pyproject.toml, a module of each of its packages: who installs them by hand may have only some."""

API_KEY_PLACEHOLDER: Final = "YOUR_ACTUAL_KEY_HERE"
"""The API's own documentation shows it in place of a key."""

_POSTGRESQL: Final = ("postgresql://", "postgres://")

NO_PATH: Final = Path()
"""In place of a default that depends on SAMSAR_API."""

MAX_SHARDS: Final = 10_000
"""For 25 million servers."""

_ALL_INTERFACES: Final = str(IPv4Address(0))

_DEFAULT_PATH: Final = Path("var/movies.db")

_MAX_ECHOED: Final = 60
"""Characters. What is longer may be a token that was pasted into the wrong line."""

_KEY_LIKE: Final = re.compile(r"(?=[\w.-]*[0-9])(?=[\w.-]*[A-Za-z])[\w.-]{12,}")
"""A long run of letters and digits may be a key in the wrong line, whose own line is empty."""

_NAME_SIMILARITY: Final = 0.85
"""From this ratio of difflib on, an unknown name is taken for a misspelt setting."""

STRANGERS_MONTHLY_CREDITS: Final = 2_000
"""What a server may spend where every server may invite the bot and the operator set no other limit."""

_QUEUED_SHARE: Final = 5
"""The waiting jobs of one member hold a fifth of the plan at most."""

_WHOLE_NUMBER: Final = "must be a whole number"

_MESSAGES: Final = {
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_parsing": "must be true or false",
    "enum": "must be {expected}",
    "greater_than": "must be greater than {gt:.15g}",
    "greater_than_equal": "must be at least {ge:.15g}",
    "less_than_equal": "must be at most {le:.15g}",
}
"""What the operator reads in place of pydantic's own message, by its type."""


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


def _profile(info: ValidationInfo) -> ApiProfile:
    """Return the profile of SAMSAR_API, which is checked first."""
    return PROFILES[info.data.get("samsar_api", ApiVersion.MARCH_2025)]


def check_base_url(value: str, info: ValidationInfo) -> str:
    """Return SAMSAR_BASE_URL, or the profile's, with a slash at the end."""
    url = value or _profile(info).base_url
    if not _is_plain_url(url):
        raise ValueError(f"must be a plain URL, such as {MARCH_2025.base_url}")
    return url.rstrip("/") + "/"


def check_api_path(value: str, info: ValidationInfo) -> str:
    """Return SAMSAR_CREATE_PATH or SAMSAR_STATUS_PATH, or the profile's."""
    usual = _profile(info)
    path = (value or (usual.create_path if info.field_name == "samsar_create_path" else usual.status_path)).strip("/ ")
    if not path or re.match(r"[^/]*:", path) or "?" in path or "#" in path:
        raise ValueError("must be a path below SAMSAR_BASE_URL, such as create_movie")
    return path


def check_catalogue_path(value: Path, info: ValidationInfo) -> Path:
    """Return CATALOGUE_PATH, or the catalogue that comes with the bot."""
    return bundled_path(_profile(info).version) if value == NO_PATH else value


def check_moderation(value: Moderation | None, info: ValidationInfo) -> Moderation:
    """Return MODERATION, or samsar where the API has moderation."""
    is_offered = _profile(info).moderation_path is not None
    if value is Moderation.SAMSAR and not is_offered:
        raise ValueError(f"must be off with SAMSAR_API={_profile(info).version}, which has no moderation")
    return value or (Moderation.SAMSAR if is_offered else Moderation.OFF)


def check_plain_url(what: str, value: str) -> str:
    """Return a URL without the slash at its end; `what` completes "must be the URL"."""
    if not _is_plain_url(value):
        raise ValueError(f"must be the URL {what}")
    return value.rstrip("/")


def check_page_url(value: str) -> str:
    """Return the URL of a page that members can open."""
    if not _is_plain_url(value.replace("#", "").replace("?", "")) or len(value) > MAX_BUTTON_URL_LENGTH:
        raise ValueError(f"must be the URL of a page, of up to {MAX_BUTTON_URL_LENGTH} characters")
    return value


def check_host(value: str, info: ValidationInfo) -> str:
    """Return HOST, or a default that depends on who connects.

    All interfaces only where other machines are meant to connect.
    """
    return value or (_ALL_INTERFACES if info.data.get("public_url") else "127.0.0.1")


def require_extra(extra: str, value: str) -> str:
    """Return the value of a setting that needs the packages of an extra."""
    if not all(map(_is_there, _EXTRAS[extra])):
        raise ValueError(f'needs packages that are not installed. Run: make install EXTRAS="{extra}"')
    return value


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # what it is in
        return False


def check_database_url(value: str) -> str:
    """Return DATABASE_URL if it names a file or a server's database."""
    if value.startswith(_POSTGRESQL):
        require_extra("postgresql", value)
        with contextlib.suppress(ValueError):  # a port that is none
            parts = urlsplit(value)
            if parts.path.strip("/") and parts.port != 0:
                return value
    elif value.startswith(SQLITE) and value.removeprefix(SQLITE).strip("/"):
        return value
    raise ValueError("must be sqlite:///FILE, such as sqlite:///var/movies.db, or postgresql://USER:PASSWORD@HOST/NAME")


def parse_networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Parse networks separated by commas."""
    try:
        parsed = tuple(ip_network(piece.strip(), strict=False) for piece in value.split(",") if piece.strip())
    except ValueError:
        raise ValueError("must be addresses or networks separated by commas, such as 10.0.0.5, fd00::/8") from None
    if any(network.prefixlen == 0 for network in parsed):
        raise ValueError("must not match every address. Use your proxy's address")
    return parsed


def parse_ids(value: str) -> frozenset[int]:
    """Parse server ids separated by commas."""
    pieces = [piece.strip() for piece in value.split(",") if piece.strip()]
    # without any id it would mean every server, which nobody writes like that
    if not pieces or not all(re.fullmatch(r"[0-9]{1,19}", piece) and 0 < int(piece) < 2**63 for piece in pieces):
        raise ValueError("must be server IDs separated by commas, such as 1100000000000000001")
    return frozenset(map(int, pieces))


def parse_shard_ids(value: str) -> tuple[int, ...]:
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


class _Choice(StrEnum):
    """A setting with a fixed set of words, in any case."""

    @classmethod
    def _missing_(cls, value: object) -> _Choice | None:
        written = str(value).casefold()
        return next((member for member in cls if member.value.casefold() == written), None)


class LogFormat(_Choice):
    """How logs are written."""

    CONSOLE = "console"
    JSON = "json"


class LogLevel(_Choice):
    """The least severe log records that are written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class Moderation(_Choice):
    """Who is asked about each prompt before anything is held for it, besides the rules of the prompt filter."""

    OFF = "off"
    SAMSAR = "samsar"
    """The API's own moderation, which is free."""


class AttachMovies(_Choice):
    """Whether a finished movie is uploaded with its message, because links expire."""

    OFF = "off"
    """Only the link is posted."""

    SMALL = "small"
    """Uploaded if it fits the limit of every server, 10 MiB."""

    ALWAYS = "always"
    """Uploaded if it fits the limit of this server."""


_Secret = Annotated[SecretStr, AfterValidator(check_secret)]
_PublicUrl = Annotated[
    str,
    AfterValidator(
        partial(check_plain_url, "at which the Samsar API reaches this bot, such as https://bot.example.org")
    ),
]
_CollectorUrl = Annotated[
    str,
    AfterValidator(partial(check_plain_url, "of an OpenTelemetry collector, such as http://127.0.0.1:4318")),
    AfterValidator(partial(require_extra, "traces")),
]
_Credits = Annotated[int, Field(ge=0, le=1_000_000_000)]
_Percent = Annotated[int, Field(ge=0, le=100)]
_Jobs = Annotated[int, Field(ge=1, le=100_000)]


class Settings(BaseModel):
    """The operator's settings, which `load_settings` reads.

    Credits are whole numbers, seconds and hours may be fractions. scripts/generate_settings_page.py writes .env.example
    and docs/settings.md from what is below each.
    """

    model_config = ConfigDict(
        alias_generator=str.upper, extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )

    discord_token: _Secret
    """The bot's token: https://discord.com/developers/applications, your application, Bot, Reset Token."""

    samsar_api_key: _Secret
    """The key of your Samsar account, from the settings in its dashboard."""

    samsar_api: ApiVersion = ApiVersion.MARCH_2025
    """The version of the API: 2025-03 or 2026. It sets the next three and CATALOGUE_PATH; `python -m bot check` says
    which one your API is. Leave the next three as they are unless your API is at another address."""

    samsar_base_url: Annotated[
        str,
        AfterValidator(check_base_url),
        Field(examples=["https://api.samsar.one/v1/video/"], validate_default=True),
    ] = ""
    """API base URL; with SAMSAR_API=2026 https://api.samsar.one/ instead."""

    samsar_create_path: Annotated[
        str, AfterValidator(check_api_path), Field(examples=["create_movie"], validate_default=True)
    ] = ""
    """Path for creating movies, relative to it; with SAMSAR_API=2026 v1/video/text_to_video instead."""

    samsar_status_path: Annotated[
        str, AfterValidator(check_api_path), Field(examples=["status"], validate_default=True)
    ] = ""
    """Path for checking status, relative to it; with SAMSAR_API=2026 v1/status instead."""

    database_url: Annotated[str, AfterValidator(check_database_url)] = "sqlite:///var/movies.db"
    """The SQLite file (on a disk that survives restarts), or postgresql://USER:PASSWORD@HOST/NAME, which
    needs the packages of `make install EXTRAS=postgresql`."""

    shard_count: Annotated[int, Field(ge=1, le=MAX_SHARDS)] | None = None
    """The total number of shards across all gateway processes. Empty: Discord's recommendation."""

    shard_ids: Annotated[tuple[int, ...], BeforeValidator(parse_shard_ids)] = ()
    """The shards of this gateway process, such as 0-3 or 0,2; needs SHARD_COUNT and PostgreSQL. Empty: all of them."""

    member_monthly_credits: _Credits = 600
    """Each member's monthly allowance in each server, in credits."""

    allowed_servers: Annotated[frozenset[int], BeforeValidator(parse_ids)] = frozenset()
    """IDs of the servers that may use the bot, separated by commas. Empty: every server that invites it."""

    server_monthly_credits: Annotated[_Credits, Field(examples=[2000])] | None = None
    """The most that a server can cost you in a month, in credits, including failed movies. Default: 2000 if
    ALLOWED_SERVERS is empty; otherwise no limit except the plan's. `python -m bot servers limit` changes it for one
    server."""

    max_open_jobs_per_member: _Jobs = 5
    """Max movies in progress per member, across all servers."""

    max_open_jobs_per_server: _Jobs = 50
    """Max movies in progress per server."""

    max_failed_credits_per_member: _Credits = 600
    """The most that one member's failed movies can cost you in a month, in credits, before a server manager has to
    agree to more."""

    orders_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 60
    """Max order attempts per member per minute; the members of a server together can make five times as many."""

    plan_monthly_credits: _Credits = 5000
    """Total monthly budget across all servers, in credits (your API plan)."""

    confirm_above_credits: _Credits = 300
    """Ask for confirmation above this price (0: always)."""

    confirm_above_percent: _Percent = 34
    """Also ask above this percentage of the member's remaining credits (0: always, 100: never)."""

    confirm_first_order: bool = True
    """Show each member the price of their first movie in a server before they pay it, whatever it costs."""

    max_rendering_jobs: _Jobs = 10
    """Max movies rendering at once; the rest queue."""

    max_rendering_jobs_per_member: _Jobs = 2
    """Max of those per member."""

    poll_fastest_seconds: Annotated[float, Field(gt=0, le=3600)] = 5
    """Shortest polling interval, in seconds (fractions are fine); after a callback it is 2 seconds."""

    poll_slowest_seconds: Annotated[float, Field(gt=0, le=86400, validate_default=True)] = 120
    """Longest polling interval, in seconds; with PUBLIC_URL, half an hour."""

    catalogue_path: Annotated[
        Path,
        AfterValidator(check_catalogue_path),
        Field(examples=["data/catalogues/2025-03.toml"], validate_default=True),
    ] = NO_PATH
    """Your own catalogue of models and prices instead of the one that comes with the bot for SAMSAR_API."""

    styles_path: Annotated[Path, Field(examples=["data/catalogues/styles.toml"])] = BUNDLED_PATH
    """Your own style presets, in a changed copy of the file that comes with the bot."""

    prompt_filter_path: Path | None = None
    """A file of rules that no prompt may break in any server, one on each line."""

    moderation: Annotated[
        Moderation | None, AfterValidator(check_moderation), Field(examples=["off"], validate_default=True)
    ] = None
    """Whether the movie service's moderation is asked about each prompt before anything is on hold: samsar, or off;
    see docs/prompt-filter.md. Default: samsar with SAMSAR_API=2026, off with 2025-03, which has no moderation."""

    public_url: _PublicUrl | None = None
    """Public URL for API callbacks (faster delivery), such as https://bot.example.org. Requires PORT."""

    host: Annotated[str, AfterValidator(check_host), Field(examples=["127.0.0.1"], validate_default=True)] = ""
    """The address to listen on for callbacks, /healthz, /readyz and /metrics. Default: 127.0.0.1 (this machine only),
    or 0.0.0.0 with PUBLIC_URL. See docs/deploy/proxy.md."""

    port: Annotated[int, Field(examples=[8080], ge=0, le=65535)] | None = None
    """The port to listen on; without one, nothing listens."""

    metrics_public: bool = False
    """Whether other machines can read /metrics and /readyz."""

    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(parse_networks)] = ()
    """Trusted proxies in front of PORT, as addresses or networks (their X-Forwarded-For is trusted)."""

    attach_movies: AttachMovies = AttachMovies.SMALL
    """Upload the finished movie with its message, since links expire: off, small (up to 10 MiB), always (up
    to the server's limit)."""

    trusted_movie_origins: Annotated[frozenset[str], BeforeValidator(parse_origins)] = frozenset()
    """Extra origins to fetch movies from, even if they aren't https or aren't public, such as your own mirror."""

    backup_every_hours: Annotated[float, Field(ge=0, le=24 * 365)] = 0
    """Automatic backup interval, in hours (0: off)."""

    backup_keep: Annotated[int, Field(ge=1, le=10_000)] = 7
    """How many of these backups to keep, and of the copies that upgrades, restores and moves make."""

    unknown_days: Annotated[int, Field(ge=0, le=36_500)] = 30
    """After how many days a movie ends as failed and is refunded when it's unclear whether the API took its order, and
    you haven't resolved it (0: never)."""

    retention_days: Annotated[int, Field(ge=0, le=36_500)] = 365
    """After how many days to delete what people wrote: prompts, links and names of movies that ended, and reasons in
    the log; who gave bonus credits to whom; and copies that upgrades, restores and moves made (0: never)."""

    privacy_url: Annotated[str, AfterValidator(check_page_url)] | None = None
    """The page with your privacy policy, for example from the template docs/PRIVACY.md. /privacy links to it."""

    terms_url: Annotated[str, AfterValidator(check_page_url)] | None = None
    """The page with your terms of service, for example from the template docs/TERMS.md. /privacy links to it."""

    otel_exporter_otlp_endpoint: Annotated[_CollectorUrl, Field(examples=["http://127.0.0.1:4318"])] | None = None
    """An OpenTelemetry collector that gets traces, by HTTP: one for each movie, across all processes. Needs
    the packages of `make install EXTRAS=traces`."""

    log_level: LogLevel = LogLevel.INFO
    """How much is logged: DEBUG, INFO, WARNING or ERROR."""

    log_format: LogFormat = LogFormat.CONSOLE
    """How logs are written: console for people, in short lines with local time; json for machines, with all fields."""

    @field_validator("*")
    @classmethod
    def _check_printable(cls, value: object) -> object:
        if isinstance(value, str | Path) and not str(value).isprintable():
            raise ValueError("contains invisible characters. Type it again")
        return value

    @field_validator("shard_ids")
    @classmethod
    def _check_shard_ids(cls, value: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        if not value or "shard_count" not in info.data:  # its own problem is told
            return value
        count = info.data["shard_count"]
        if count is None:
            raise ValueError("needs SHARD_COUNT, the total number of shards across all gateway processes")
        if value[-1] >= count:
            raise ValueError(f"must be below SHARD_COUNT: the highest of {count} shard IDs is {count - 1}")
        return value

    @field_validator("poll_slowest_seconds")
    @classmethod
    def _check_poll_interval(cls, value: float, info: ValidationInfo) -> float:
        if value < info.data.get("poll_fastest_seconds", 0):
            raise ValueError("must be at least POLL_FASTEST_SECONDS")
        return value

    @property
    def api_profile(self) -> ApiProfile:
        """The version of the API that SAMSAR_API names."""
        return PROFILES[self.samsar_api]

    @property
    def is_moderated(self) -> bool:
        """Whether the API's moderation is asked about prompts."""
        return self.moderation is Moderation.SAMSAR

    @property
    def samsar_config(self) -> SamsarConfig:
        """The configuration of the API's client."""
        return SamsarConfig(
            key=self.samsar_api_key,
            base_url=self.samsar_base_url,
            create_path=self.samsar_create_path,
            status_path=self.samsar_status_path,
            profile=self.api_profile,
        )

    @property
    def has_token(self) -> bool:
        """Whether there is a token, which some commands can do without."""
        return "discord_token" in self.model_fields_set

    @property
    def has_api_key(self) -> bool:
        """Whether there is a key, which some commands can do without."""
        return "samsar_api_key" in self.model_fields_set

    @property
    def secret_values(self) -> tuple[str, ...]:
        """The values that must never be in a log."""
        url = urlsplit(self.database_url)
        passwords = {url.password or "", *parse_qs(url.query).get("password", ())} - {""}
        secrets = (self.discord_token.get_secret_value(), self.samsar_api_key.get_secret_value())
        return (*secrets, *(passwords | set(map(unquote, passwords))))

    @property
    def database_path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        url = self.database_url
        return sqlite_path(url) if url.startswith(SQLITE) else None

    @property
    def shards(self) -> ShardPlan:
        """The gateway's shards that this process runs."""
        return ShardPlan(self.shard_count, self.shard_ids)

    @property
    def limits(self) -> Limits:
        """The operator's limits, which hold where no other limit is set."""
        server = self.server_monthly_credits
        if server is None and not self.allowed_servers:
            server = STRANGERS_MONTHLY_CREDITS
        risk = RiskLimits(
            open_jobs_per_member=self.max_open_jobs_per_member,
            open_jobs_per_server=self.max_open_jobs_per_server,
            queued_credits=self.plan_monthly_credits // _QUEUED_SHARE,
            failed_credits=max(1, self.max_failed_credits_per_member),
        )
        return Limits(self.member_monthly_credits, self.plan_monthly_credits, server, risk)

    @property
    def backup_dir(self) -> Path:
        """The directory for backups without a file name."""
        return (self.database_path or _DEFAULT_PATH).parent / "backups"


_UNUSED: Final = SecretStr("unused")


class _SettingsWithoutSecrets(Settings):
    """For commands that use only the database."""

    model_config = ConfigDict(defer_build=True)  # a start does without

    discord_token: _Secret = _UNUSED
    samsar_api_key: _Secret = _UNUSED


_NAMES: Final = tuple(name.upper() for name in Settings.model_fields)
_SECRETS: Final = tuple(name.upper() for name, field in Settings.model_fields.items() if field.annotation is SecretStr)


@dataclass(frozen=True, slots=True)
class CheckedSettings:
    """Settings with defaults in place of wrong values.

    `problems` has one line for each mistake. `wrong` names the variables without a usable value.
    """

    settings: Settings
    problems: tuple[str, ...] = ()
    wrong: frozenset[str] = frozenset()


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path = Path(".env"), *, secrets_needed: bool = True
) -> Settings:
    """Read the settings from the environment and a .env file.

    The environment wins. `environ` replaces the process's own environment.

    Raises:
        SettingsError: with every mistake, one line each.
    """
    checked = check_settings(environ, env_file, secrets_needed=secrets_needed)
    if checked.problems:
        raise SettingsError(checked.problems)
    return checked.settings


def check_settings(
    environ: Mapping[str, str] | None = None, env_file: Path = Path(".env"), *, secrets_needed: bool = True
) -> CheckedSettings:
    """Read the settings, with every problem beside what can be used."""
    environ = os.environ if environ is None else environ
    found = read_env_file(env_file, _NAMES)
    given = {name: environ.get(name, found.values.get(name)) for name in _NAMES}
    values: dict[str, Any] = {name: text for name, value in given.items() if (text := (value or "").strip())}
    errors: list[ErrorDetails] = []
    try:
        settings: Settings = (Settings if secrets_needed else _SettingsWithoutSecrets)(**values)
    except ValidationError as exc:
        errors = exc.errors(include_url=False)
        settings = _valid_part(values)
    told = [error for error in errors if error["type"] != "missing" or _variable(error) not in found.broken]
    problems = (*found.problems, *(f"{_variable(error)} {_message(error, given)}." for error in told))
    wrong = {*found.broken, *(_variable(error) for error in errors)}
    return CheckedSettings(settings, problems, frozenset(wrong))


def _valid_part(values: Mapping[str, str]) -> Settings:
    """Make settings of the valid values.

    A value must be valid alone and with those before it.
    """
    kept: dict[str, Any] = {}
    for name, value in values.items():
        trial: dict[str, Any] = {**kept, name: value}
        with contextlib.suppress(ValidationError):  # it is in the problems already; this value is left out
            _SettingsWithoutSecrets(**trial)
            kept = trial
    return _SettingsWithoutSecrets(**kept)


def _variable(error: ErrorDetails) -> str:
    return str(error["loc"][0]).upper()  # an error about a default names the field


def _message(error: ErrorDetails, given: Mapping[str, str | None]) -> str:
    if error["type"] == "missing":
        what = "not set" if given[_variable(error)] is None else "empty"
        return f"is {what}. Put it in .env (copy .env.example) or in the environment"
    message = error["msg"].removeprefix("Value error, ")
    if known := _MESSAGES.get(error["type"]):
        message = known.format_map(error.get("ctx", {}))
    return message[:1].lower() + message[1:] + _echo(error, given)


def _echo(error: ErrorDetails, given: Mapping[str, str | None]) -> str:
    """Quote a wrong value, unless it may hold a secret.

    Such as a password in an address, or a token in the wrong line.
    """
    value = str(error["input"])
    secrets = [(given[name] or "").strip() for name in _SECRETS]
    private = _variable(error) in _SECRETS or len(value) > _MAX_ECHOED or set(value) & set("@?")
    if private or _KEY_LIKE.search(value) or any(secret and secret in value for secret in secrets):
        return ""
    return f" (currently {value!r})"


@dataclass(slots=True)
class EnvFile:
    """The content of a .env file.

    `problems` has one line for each mistake, and `broken` the names that such a line was meant to set.
    """

    values: dict[str, str] = field(default_factory=dict[str, str])
    problems: list[str] = field(default_factory=list[str])
    broken: set[str] = field(default_factory=set[str])


def read_env_file(path: Path, names: Sequence[str]) -> EnvFile:
    """Read the settings in `names`.

    A name that is close to one of them is a problem. All others are ignored.
    """
    found = EnvFile()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return found
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it isn't UTF-8 text"
        found.problems.append(f"{path} can't be read: {reason}")
        return found
    for line, binding in _bindings(text):
        if binding.error or binding.key is None or binding.value is None:
            found.problems.append(f"{path} line {line}: expected NAME=value")
            found.broken.update(re.findall(r"[A-Z_]+", binding.original.string.partition("=")[0]))
        elif binding.key in names:
            found.values[binding.key] = binding.value
        elif near := get_close_matches(binding.key.upper(), names, 1, _NAME_SIMILARITY):
            found.problems.append(f"{path} line {line}: unknown setting {binding.key}. Did you mean {near[0]}?")
            found.broken.add(near[0])
    return found


def _bindings(text: str) -> Iterator[tuple[int, Binding]]:
    """Yield the lines of a .env file with their numbers, without comments."""
    for binding in parse_stream(StringIO(text)):
        written = binding.original.string
        blank_lines = written[: len(written) - len(written.lstrip())].count("\n")  # the parser puts them in front
        if binding.error or binding.key is not None:
            yield binding.original.line + blank_lines, binding

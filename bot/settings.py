"""The operator's settings: one frozen value, read from the environment and .env when asked, never at import.

Every mistake is reported at once, one line each, naming the variable; a secret's value is never shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from io import StringIO
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

from bot.domain.credits import Limits
from bot.domain.secret import Secret
from bot.downloads.url_policy import parse_origins
from bot.errors import SettingsError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

API_KEY_PLACEHOLDER: Final = "YOUR_ACTUAL_KEY_HERE"
"""What the API's own page shows in place of a key."""

CATALOGUE: Final = Path(__file__).parent.parent / "data" / "catalogue.toml"
"""The catalogue that comes with the bot."""

_UNUSED: Final = "unused"

_SQLITE: Final = "sqlite:///"

_CREDITS_MOST: Final = 1_000_000_000
_JOBS_MOST: Final = 100_000

_BOOLEANS: Final = {
    **dict.fromkeys(("true", "yes", "on", "1", "t", "y"), True),
    **dict.fromkeys(("false", "no", "off", "0", "f", "n"), False),
}


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


def _secret(value: str) -> Secret:
    if value == API_KEY_PLACEHOLDER:
        raise ValueError("still holds the placeholder: put the real one in")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("holds characters that no token or key has: copy it again")
    return Secret(value)


def _is_plain_address(value: str) -> bool:
    """Whether it is http or https, a host, perhaps a port and a path, and no more: no name or password, above all."""
    try:
        parts = urlsplit(value)
        there = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none; it says so in words that may hold a password
        return False
    return there and "@" not in parts.netloc and not set(value) & set("?# ")


def _base_url(value: str) -> str:
    if not _is_plain_address(value):
        raise ValueError("must be a plain address such as https://api.samsar.one/v1/video/")
    return value.rstrip("/") + "/"


def _path(value: str) -> str:
    path = value.strip("/ ")
    if not path or re.match(r"[^/]*:", path) or "?" in path or "#" in path:
        raise ValueError("must be a path below SAMSAR_BASE_URL, such as create_movie")
    return path


def _public_url(value: str) -> str:
    if not _is_plain_address(value):
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


def _integer(minimum: int, limit: int) -> Callable[[str], int]:
    """Reads a whole number; one that is written with a fraction of nothing (5.0) is one, too."""

    def read(value: str) -> int:
        whole, _, fraction = value.partition(".")
        try:
            number = None if fraction.strip("0") else int(whole)
        except ValueError:
            number = None
        if number is None or not minimum <= number <= limit:
            raise ValueError(f"must be a whole number, at least {minimum} and at most {limit:,}")
        return number

    return read


def _number(*, limit: int, or_none: bool = False) -> Callable[[str], float]:
    """Reads a number above 0, or 0 itself where that stands for none."""

    def read(value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if not (0 < number <= limit or (or_none and number == 0)):  # what is not a number is on no side of any
            raise ValueError(f"must be a number, {'at least' if or_none else 'more than'} 0 and at most {limit:,}")
        return number

    return read


def _boolean(value: str) -> bool:
    flag = _BOOLEANS.get(value.lower())
    if flag is None:
        raise ValueError("must be true or false")
    return flag


def _one_of(choices: type[E]) -> Callable[[str], E]:
    def read(value: str) -> E:
        if value not in tuple(choices):
            raise ValueError(f"must be one of {', '.join(choices)}")
        return choices(value)

    return read


_READ: Final = "read"


def _field(read: Callable[[str], T], default: T) -> T:
    """A field that `read` reads, which raises ValueError with what is wrong about a text."""
    return field(default=default, metadata={_READ: read})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides; made by `read_settings`.

    Credits are whole; seconds may be fractions. `.env.example` says the same in one line each.
    """

    discord_token: Secret = field(metadata={_READ: _secret})
    samsar_api_key: Secret = field(metadata={_READ: _secret})
    samsar_base_url: str = _field(_base_url, "https://api.samsar.one/v1/video/")
    samsar_create_path: str = _field(_path, "create_movie")
    samsar_status_path: str = _field(_path, "status")
    database_url: str = _field(_database_url, "sqlite:///var/movies.db")
    member_monthly_credits: int = _field(_integer(0, _CREDITS_MOST), 600)
    confirm_above_credits: int = _field(_integer(0, _CREDITS_MOST), 300)
    plan_monthly_credits: int = _field(_integer(0, _CREDITS_MOST), 5000)
    max_rendering_jobs: int = _field(_integer(1, _JOBS_MOST), 10)
    max_rendering_jobs_per_member: int = _field(_integer(1, _JOBS_MOST), 2)
    poll_fastest_seconds: float = _field(_number(limit=3600), 5)
    poll_slowest_seconds: float = _field(_number(limit=86400), 120)
    catalogue_path: Path = _field(Path, CATALOGUE)
    public_url: str | None = _field(_public_url, None)
    host: str = _field(str, "0.0.0.0")  # noqa: S104 (inside a container, the port that is let through is the operator's decision)
    port: int | None = _field(_integer(0, 65535), None)
    metrics_public: bool = _field(_boolean, default=False)
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = _field(_networks, ())
    attach_movies: AttachMovies = _field(_one_of(AttachMovies), AttachMovies.SMALL)
    trusted_movie_origins: frozenset[str] = _field(parse_origins, frozenset())
    backup_every_hours: float = _field(_number(limit=24 * 365, or_none=True), 0)
    backup_keep: int = _field(_integer(1, 10_000), 7)
    log_level: LogLevel = _field(_one_of(LogLevel), LogLevel.INFO)
    log_format: LogFormat = _field(_one_of(LogFormat), LogFormat.CONSOLE)

    @property
    def secret_values(self) -> tuple[str, ...]:
        """What must never stand in a log."""
        return (self.discord_token.reveal(), self.samsar_api_key.reveal())

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix(_SQLITE))

    @property
    def limits(self) -> Limits:
        """What members and the plan may spend where nobody set anything else."""
        return Limits(member=self.member_monthly_credits, plan=self.plan_monthly_credits)

    @property
    def backup_dir(self) -> Path:
        """Where backups go that nobody named a file for."""
        return self.database_path.parent / "backups"


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path = Path(".env"), *, secrets_needed: bool = True
) -> Settings:
    """Read the settings; the environment wins over the file.

    Without `secrets_needed`, for commands that only look at the database, a missing token or key is no mistake.

    Raises:
        SettingsError: With every mistake, one line each.
    """
    names = tuple(each.name.upper() for each in fields(Settings))
    problems: list[str] = []
    broken: set[str] = set()
    given = dict(_env_file(env_file, names, problems, broken))
    given |= {name: value for name, value in (os.environ if environ is None else environ).items() if name in names}
    texts = {name: text for name, value in given.items() if (text := value.strip())}
    if not secrets_needed:
        texts = {"DISCORD_TOKEN": _UNUSED, "SAMSAR_API_KEY": _UNUSED} | texts
    wrong: dict[str, str] = {}
    values = _values(texts, wrong)
    problems += [f"{name}: {wrong[name]}" for name in names if name in wrong and (name in texts or name not in broken)]
    if problems:
        raise SettingsError(tuple(problems))
    return Settings(**cast("dict[str, Any]", values))


def _values(texts: Mapping[str, str], wrong: dict[str, str]) -> dict[str, object]:
    """The fields' values; `wrong` takes what is the matter with those that have none, by the variables' names."""
    values: dict[str, object] = {}
    for each in fields(Settings):
        name = each.name.upper()
        if name in texts:
            try:
                values[each.name] = each.metadata[_READ](texts[name])
            except ValueError as exc:
                why = str(exc)
                wrong[name] = f"{why[:1].lower()}{why[1:]}"
            else:
                if not texts[name].isprintable():
                    wrong[name] = "holds characters that nobody can see: write it again"
        elif each.default is not MISSING:
            values[each.name] = each.default
        else:
            wrong[name] = "is missing: set it in the environment or in .env"
    fastest, slowest = values.get("poll_fastest_seconds"), values.get("poll_slowest_seconds")
    if isinstance(fastest, float | int) and isinstance(slowest, float | int) and slowest < fastest:
        wrong["POLL_SLOWEST_SECONDS"] = "must not be less than POLL_FASTEST_SECONDS"
    return values


def _env_file(path: Path, names: Sequence[str], problems: list[str], broken: set[str]) -> Iterator[tuple[str, str]]:
    """Read a .env file; a line that is no assignment, or a name that is nearly one of ours, is a problem.

    `broken` takes the names that such a line was meant to set: one mistake is not told again as a missing name.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8 text"
        problems.append(f"{path}: cannot be read: {reason}")
        return
    from difflib import get_close_matches  # noqa: PLC0415 (a host that sets variables has no file, and waits for neither)

    from dotenv.parser import parse_stream  # noqa: PLC0415 (as above)

    for binding in parse_stream(StringIO(text)):
        written = binding.original.string
        empty = written[: len(written) - len(written.lstrip())].count("\n")  # it begins with the empty lines before it
        line = binding.original.line + empty
        if binding.error or (binding.key is not None and binding.value is None):
            problems.append(f"{path}, line {line}: is no assignment such as NAME=value")
            broken.update(re.findall(r"[A-Z_]+", written.partition("=")[0]))
        elif binding.key is None:
            continue  # a comment or an empty line
        elif binding.key in names:
            yield binding.key, binding.value or ""
        else:
            near = get_close_matches(binding.key.upper(), names, 1, 0.85)
            if near:
                problems.append(f"{path}, line {line}: {binding.key} is unknown: is {near[0]} meant?")
                broken.add(near[0])

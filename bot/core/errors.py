"""The exceptions that cross module boundaries.

A module's own errors are next to their code. Those that carry something are dataclasses: their text is the message.

MatineeError
├── ConfigurationError            the operator's configuration is wrong; lists every problem
│   ├── SettingsError             environment or .env
│   ├── CatalogueError            a catalogue of models and prices, or of styles
│   └── PromptFilterError         the operator's rules for prompts
├── StartupError                  the process can't start or go on: a folder, a port, a token, stuck work
│   ├── TokenRejected             Discord does not accept the token
│   └── KeyRejected               the API does not accept the key
├── CommandError                  the command line was asked for something that is not possible now
├── StorageError                  the database can't be used
│   ├── SchemaTooNew              a newer version of this code has migrated it
│   ├── SchemaTooOld              it is from before all that this code can upgrade
│   ├── SchemaUnknown             its tables are another program's
│   ├── DatabaseMoved             its rows are in another database now
│   └── ConstraintViolation       a constraint or trigger forbids the write, now and at every retry
├── DuplicateInteraction          the interaction was already processed
├── SamsarError                   the API did not do what was asked
│   ├── InvalidRequest            400: the request was wrong (carries the API's message)
│   │   └── ModelRefused          400: the API does not take this model
│   ├── WrongApi                  404 with a web page: the server speaks another version of the API
│   ├── AuthenticationFailed      the API key is missing or invalid
│   ├── UpstreamCreditsExhausted  402: the operator's plan at the API is used up
│   │   └── KeyLimitReached       402: the key's own monthly limit is
│   ├── RequestNotFound           404: the API does not know this request_id
│   ├── RateLimited               429: too many requests (carries Retry-After)
│   ├── InvalidResponse           5xx, HTML, not JSON, wrong shapes
│   ├── ConnectFailed             certainly not sent: DNS, refused, TLS
│   └── OutcomeUnknown            sent, without a certain answer: it may have been carried out
└── DeliveryError                 Discord did not accept a message
    ├── DeliveryRejected          permanently: this channel is closed (carries Discord's code)
    │   └── GalleryRejected       the server's gallery does not take a movie
    ├── DeliveryDeferred          for now: retry
    ├── DeliveryUnconfirmed       sent and not confirmed: it may have arrived
    └── AnsweredElsewhere         another process responded first
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

UNKNOWN_CHANNEL: Final = 10003
"""Discord's code for a channel or a thread that is gone, with its messages."""

ARCHIVED_THREAD: Final = 50083
"""Discord's code for a thread that was archived: its messages can be edited once it is opened again."""


class MatineeError(Exception):
    """Base of all exceptions of this project."""


class ConfigurationError(MatineeError):
    """A wrong configuration; `problems` has one readable line for each mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SettingsError(ConfigurationError):
    """A wrong environment or .env file."""


class CatalogueError(ConfigurationError):
    """A wrong catalogue of models or styles.

    Each problem names file and line.
    """


class PromptFilterError(ConfigurationError):
    """A wrong file of rules for prompts.

    Each problem names file and line.
    """


class StartupError(MatineeError):
    """A process that can't start or go on.

    The message says what to do.
    """


class TokenRejected(StartupError):
    """A token that Discord does not accept."""

    def __init__(self) -> None:
        super().__init__(
            "Discord rejected the token (DISCORD_TOKEN). Copy it from the developer portal (Bot, Reset Token)."
        )


class KeyRejected(StartupError):
    """A key that the API does not accept."""


class CommandError(MatineeError):
    """A command line request that is not possible now.

    The message says why.
    """


class StorageError(MatineeError):
    """A database that can't be opened, read or written."""


class SchemaTooNew(StorageError):
    """A database with a newer schema than this code knows."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The database has schema {found} of a newer version, and this one knows only up to {known}: upgrade the"
            " bot, or restore a backup from before that upgrade."
        )


class SchemaTooOld(StorageError):
    """A database with a schema from before the first that this code can upgrade."""

    def __init__(self, found: int, oldest: int) -> None:
        super().__init__(
            f"The database or backup has schema {found}, and this version upgrades only from {oldest} on: upgrade it"
            " with the git tag before-one-schema first, as docs/operators.md says."
        )


class SchemaUnknown(StorageError):
    """A database with another program's tables; `place` names it."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} has tables of another program: set DATABASE_URL to a database that only the bot uses."
        )


class DatabaseMoved(StorageError):
    """A database whose rows were moved to another one.

    Or are on their way. The message says where, and what to do.
    """


class ConstraintViolation(StorageError):
    """A write that a constraint or trigger forbids.

    A retry would fail too.
    """


class DuplicateInteraction(MatineeError):
    """An interaction that two processes received and one has already processed."""


@dataclass(eq=False, repr=False, kw_only=True)
class SamsarError(MatineeError):
    """The API did not do what was asked.

    `message` is the API's own text, truncated and untrusted; `status` is the HTTP status, if there was one. Neither
    contains the key.
    """

    message: str = field(kw_only=False)
    status: int | None = None


class InvalidRequest(SamsarError):
    """A request that the API rejected, with 400 or a similar status.

    Nothing was created or charged. `message` is the API's reason as shown to the member; empty where it gave none.
    """


@dataclass(eq=False, repr=False, kw_only=True)
class ModelRefused(InvalidRequest):
    """A request whose video or image model the API does not take."""

    kind: str


@dataclass(eq=False, repr=False, kw_only=True)
class WrongApi(SamsarError):
    """404 with a web page: the server has no such path.

    Nothing was created. `advice` says what to set.
    """

    advice: str = ""


class AuthenticationFailed(SamsarError):
    """A missing key (400 says so) or an invalid one (401, 403).

    Nothing was created.
    """


class UpstreamCreditsExhausted(SamsarError):
    """402: the operator's plan has no credits left; nothing was created."""


class KeyLimitReached(UpstreamCreditsExhausted):
    """402: the key's monthly limit is reached; the account may have credits."""


class RequestNotFound(SamsarError):
    """404 on /status, which is believed only when it persists."""


@dataclass(eq=False, repr=False, kw_only=True)
class RateLimited(SamsarError):
    """429; `retry_after` is in seconds, None where the API did not say."""

    retry_after: float | None = None


class InvalidResponse(SamsarError):
    """A response that can't be understood: 5xx, HTML, not JSON, wrong shapes."""


class ConnectFailed(SamsarError):
    """A request that certainly never left; safe to retry."""


class OutcomeUnknown(SamsarError):
    """A request that was sent, with an unknown outcome.

    It must never be sent again.
    """


@dataclass(eq=False, repr=False, kw_only=True)
class DeliveryError(MatineeError):
    """A message that Discord did not accept.

    `code` is Discord's error code or 0.
    """

    message: str = field(kw_only=False)
    code: int = 0


@dataclass(eq=False, repr=False, kw_only=True)
class DeliveryRejected(DeliveryError):
    """A permanent failure: channel gone, no permission, no direct messages.

    `is_closed`: nothing can be sent there. False: Discord objects to what this message says. `is_removed`: the bot is
    not in the server any more.
    """

    is_closed: bool = True
    is_removed: bool = False


@dataclass(eq=False, repr=False, kw_only=True)
class GalleryRejected(DeliveryRejected):
    """The server's gallery does not take a movie.

    `is_closed`: it takes none, for it is gone or the bot may not post there. `is_unrestricted`: everyone can open it,
    where movies are posted in age-restricted channels only.
    """

    is_unrestricted: bool = False


@dataclass(eq=False, repr=False, kw_only=True)
class DeliveryDeferred(DeliveryError):
    """A transient failure. `retry_after` is in seconds, or None.

    Without `definitely_failed`, the message may have been accepted anyway.
    """

    retry_after: float | None = None
    definitely_failed: bool = False


class DeliveryUnconfirmed(DeliveryError):
    """A first response that Discord did not confirm.

    The member may see it.
    """


class AnsweredElsewhere(DeliveryError):
    """A first response that another process gave; this one is not shown."""


def one_line(error: BaseException) -> str:
    """Return an error's text on one line; its class without one.

    Of a system's error, that is its reason only, such as "Connection refused".
    """
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return " ".join(text.split()) or type(error).__name__

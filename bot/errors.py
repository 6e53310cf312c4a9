"""Every exception that this project raises on purpose.

MatineeError
├── ConfigurationError        what the operator must mend before a start; many problems at once
│   ├── SettingsError         environment or .env
│   └── CatalogueError        data/catalogue.toml
├── StartupError              something outside us is not in order: a folder, a port, a token
├── StorageError              the database file cannot be used
│   ├── SchemaTooNew          written by a newer version of this code
│   └── ConstraintViolation        a rule of the tables forbids the write, now and at every try
├── IllegalTransition         a job was asked to make a move that the table of states forbids
├── DuplicateInteraction            an interaction's change was made already
├── SamsarError               the API did not do what was asked
│   ├── InvalidRequest       400: our request was wrong (carries the API's message)
│   ├── AuthenticationFailed           the API key is missing or invalid
│   ├── UpstreamCreditsExhausted          402: the operator's plan at the API is used up
│   ├── RequestNotFound        404: the API does not know this request_id
│   ├── Busy                  429: asked too often (carries how long to wait)
│   ├── Broken                5xx, HTML, not JSON, wrong shapes
│   ├── Unreachable           provably never sent: DNS, refused, TLS
│   └── Ambiguous             sent, and no answer that can be trusted: it may have been carried out
└── DeliveryError             Discord did not take a message
    ├── DeliveryRejected       for good: this way is closed (carries Discord's code)
    ├── DeliveryDeferred       for now: worth trying again
    └── DeliveryUnconfirmed          sent, and not confirmed: it may have arrived
"""

from __future__ import annotations


class MatineeError(Exception):
    """Base of all our exceptions."""


class ConfigurationError(MatineeError):
    """Something the operator wrote is wrong; `problems` holds one readable line for each mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SettingsError(ConfigurationError):
    """The environment or the .env file is wrong."""


class CatalogueError(ConfigurationError):
    """The model catalogue is wrong; each problem names the file and the line."""


class StartupError(MatineeError):
    """The surroundings are not in order; the message is one line that says what to do."""


class StorageError(MatineeError):
    """The database cannot be opened, read or written."""


class SchemaTooNew(StorageError):
    """The database was written by a newer version of this code and must not be touched by this one."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"the database has schema {found}, but this version knows only up to {known}: start the newer version"
        )
        self.found = found
        self.known = known


class ConstraintViolation(StorageError):
    """A rule of the tables (a constraint, a trigger) forbids the write: trying again is of no use."""


class IllegalTransition(MatineeError):
    """A move that the table of states forbids; raised before anything is written."""

    def __init__(self, job_id: str, current: str, wanted: str) -> None:
        super().__init__(f"job {job_id} cannot go from {current} to {wanted}")
        self.job_id = job_id
        self.current = current
        self.wanted = wanted


class DuplicateInteraction(MatineeError):
    """This interaction has made its change already: two processes can be handed the same one."""


class SamsarError(MatineeError):
    """The API did not do what was asked.

    `message` is the API's own text, cut to a sane length and never trusted; `status` is the HTTP status where there
    was one. Neither ever holds the key.
    """

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class InvalidRequest(SamsarError):
    """400 and its kind: the API read the request and refused it. Nothing was made, nothing was charged.

    `message` is what a member is told that the API said; empty where a 400 said nothing.
    """


class AuthenticationFailed(SamsarError):
    """The key is missing (400 says so) or invalid (401, 403). Nothing was made."""


class UpstreamCreditsExhausted(SamsarError):
    """402: the operator's plan at the API has no credits left. Nothing was made."""


class RequestNotFound(SamsarError):
    """404 on /status: believed only when it persists, for it can be a passing fault."""


class RateLimited(SamsarError):
    """429. `retry_after` is in seconds, or None where the API did not say."""

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, status=status)
        self.retry_after = retry_after


class InvalidResponse(SamsarError):
    """The API answered with something that cannot be understood: 5xx, HTML, not JSON, wrong shapes."""


class ConnectFailed(SamsarError):
    """The request provably never left: no address, connection refused, TLS failed. Safe to try again."""


class OutcomeUnknown(SamsarError):
    """The request left and its fate is not known. It must never be sent again."""


class DeliveryError(MatineeError):
    """Discord did not take a message; `code` is Discord's own error code (0 where it gave none)."""

    def __init__(self, message: str, *, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


class DeliveryRejected(DeliveryError):
    """This way is closed for good (channel gone, no permission, no direct messages)."""


class DeliveryDeferred(DeliveryError):
    """Discord or the way to it is not well. `retry_after` is in seconds, or None.

    Without `certain` the message may have been taken all the same.
    """

    def __init__(
        self, message: str, *, code: int = 0, retry_after: float | None = None, definitely_failed: bool = False
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after
        self.certain = definitely_failed


class DeliveryUnconfirmed(DeliveryError):
    """A first answer that left, and that Discord did not confirm: the member may have seen it."""


class AnsweredElsewhere(DeliveryError):
    """Another process has given the first answer: what was to be answered is seen by nobody."""

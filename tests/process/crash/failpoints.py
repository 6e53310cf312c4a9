"""Where the bot is killed: every commit and request by its name in crash/injector.py, with the possible outcomes."""

import random
from collections.abc import Collection, Iterable, Mapping
from itertools import product

import pytest
from _pytest.mark import ParameterSet

from bot.samsar.config import ApiVersion

_ONCE = ("start", "migrate-before:1", "migrate-after:1", "opened", "recovered")
_LIFE = ("ready", *(f"commit-{when} {work}:1" for work, when in product(("record", "set_value"), ("before", "after"))))
_WORKS = ("place", "enqueue", "claim", "mark_rendering", "record_poll", "mark_sent", "settle")
_ENDS = ("complete", "fail_charged")
_REQUESTS = ("create", "status", "answer", "message", "card", "deletion")
_ONCE_ONLY = ("fetch", "register", "login")

FIRST = (
    *_ONCE,
    *_LIFE,
    *(f"commit-{when} {work}:{n}" for work, when, n in product(_WORKS, ("before", "after"), (1, 2)) if work != "claim"),
    *(f"commit-{when} {work}:1" for work, when in product(("claim", *_ENDS), ("before", "after"))),
    *(f"{request}-{when}:{n}" for request, when, n in product(_REQUESTS, ("before", "sent", "answered"), (1, 2))),
    *(f"{request}-{when}:1" for request, when in product(_ONCE_ONLY, ("before", "sent", "answered"))),
)
"""One death, by the moment at which it happens."""

_UNANSWERED = "answer-before:1"
_SUBMITTING = "create-sent:1"
_COMPLETE = "commit-after complete:1"

TWICE = (
    (_SUBMITTING, "opened:1"),
    (_SUBMITTING, "commit-before recover_stalled:1"),
    (_SUBMITTING, "commit-after recover_stalled:1"),
    (_SUBMITTING, "message-sent:1"),
    (_SUBMITTING, "commit-before mark_sent:1"),
    (_UNANSWERED, "commit-before void:1"),
    (_UNANSWERED, "commit-after void:1"),
    (_UNANSWERED, "message-sent:1"),
    ("answer-sent:1", "commit-after void:1"),
    (_COMPLETE, "message-sent:1"),
    (_COMPLETE, "message-answered:1"),
    (_COMPLETE, "commit-before mark_sent:1"),
    (_COMPLETE, "fetch-sent:1"),
    ("message-sent:1", "message-sent:1"),
    ("commit-before set_value:1", "commit-before set_value:1"),
    ("status-sent:1", "status-sent:1"),
)
"""Two deaths, one after the other."""

STOPPED = (
    ("create-sent:1", "leaving:1"),
    ("create-sent:1", "stopping:1"),
    ("create-sent:1", "commit-before mark_rendering:1"),
    ("create-sent:1", "commit-after mark_rendering:1"),
    ("message-sent:1", "commit-before mark_sent:1"),
    ("message-sent:1", "commit-after mark_sent:1"),
    ("commit-after complete:1", "closing:1"),
    ("answer-sent:1", "closing:1"),
    ("ready:1", "database-closing:1"),
    ("status-sent:1", "database-closing:1"),
)
"""A SIGTERM at the first moment, and a SIGKILL during the shutdown, at the second."""

_dice = random.Random(20261124)
RANDOM = tuple(
    (str(moments), *([str(moments // 6)] if number % 3 == 0 else []))
    for number, moments in enumerate(_dice.randrange(100) for _ in range(200))
)
"""Random deaths: how many moments, of a run's 110, come before. Every third time, recovery is killed, too."""

KILLS = (*((point,) for point in FIRST), *TWICE, *RANDOM)


def death(point: str) -> dict[str, str]:
    return {"KILL_AFTER": point} if point.isdigit() else {"KILL_AT": point if ":" in point else f"{point}:1"}


Variant = tuple[str, ApiVersion]

SQLITE, SQLITE_2026 = ("sqlite", ApiVersion.MARCH_2025), ("sqlite", ApiVersion.AUTUMN_2026)
POSTGRESQL, POSTGRESQL_2026 = ("postgresql", ApiVersion.MARCH_2025), ("postgresql", ApiVersion.AUTUMN_2026)
VARIANTS: tuple[Variant, ...] = (SQLITE, POSTGRESQL, SQLITE_2026, POSTGRESQL_2026)

OLDER_OR_SLOW = (ApiVersion.MARCH_2025, pytest.param(ApiVersion.AUTUMN_2026, marks=pytest.mark.slow))
"""Each version of the API, the newer one for the slow tests."""

_SQLITE_SAMPLE = frozenset(
    {
        ("commit-after place:1",),
        ("answer-sent:1",),
        ("commit-before claim:1",),
        ("commit-after claim:1",),
        ("create-sent:1",),
        ("create-answered:1",),
        ("commit-before mark_rendering:2",),
        ("commit-before complete:1",),
        ("message-sent:1",),
        ("message-answered:2",),
        ("commit-after mark_sent:1",),
        ("deletion-sent:1",),
        ("commit-before settle:2",),
        (_SUBMITTING, "commit-before recover_stalled:1"),
        (_UNANSWERED, "commit-after void:1"),
        RANDOM[0],
    }
)

_POSTGRESQL_SAMPLE = frozenset(
    {
        ("migrate-after:1",),
        ("commit-after place:1",),
        ("create-sent:1",),
        ("commit-after complete:1",),
        ("message-sent:1",),
        ("deletion-answered:1",),
        (_SUBMITTING, "commit-after recover_stalled:1"),
        RANDOM[0],
    }
)

_SQLITE_SAMPLE_2026 = frozenset(
    {
        ("create-sent:1",),
        ("create-answered:1",),
        ("commit-before complete:1",),
        ("commit-after fail_charged:1",),
        RANDOM[1],
    }
)

SAMPLES: Mapping[Variant, frozenset[tuple[str, ...]]] = {
    SQLITE: _SQLITE_SAMPLE,
    POSTGRESQL: _POSTGRESQL_SAMPLE,
    SQLITE_2026: _SQLITE_SAMPLE_2026,
    POSTGRESQL_2026: frozenset({("commit-after complete:1",)}),
}
"""The moments that every run tries; the slow tests try the rest."""


def around(*works: str) -> tuple[str, ...]:
    return tuple(f"commit-{when} {work}:1" for work, when in product(works, ("before", "after")))


def of_request(name: str) -> tuple[str, ...]:
    return tuple(f"{name}-{when}:1" for when in ("before", "sent", "answered"))


def sampled(cases: Iterable[tuple[object, ...]], sample: Collection[tuple[object, ...]]) -> list[ParameterSet]:
    """Return all cases, of which every run tries the sample, and the slow tests try the rest."""
    return [
        pytest.param(
            *case, id="-".join(map(str, case)).replace(" ", "_"), marks=() if case in sample else pytest.mark.slow
        )
        for case in cases
    ]

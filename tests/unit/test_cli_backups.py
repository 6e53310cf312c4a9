"""What `restore` and `hold` say of the work on hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import backups
from bot.domain.delivery import NotificationType
from data.holding import HeldForReview
from data.restore import Restored

NOTHING = HeldForReview()

START_IT = "Start the bot when you're ready: python -m bot"

WORK = """\
Now:
5 jobs may already be at the API and won't be ordered again.
  List: python -m bot jobs list --state unknown
  Resolve each: python -m bot jobs resolve JOB --request-id ID, or --failed (with --charged if the API
  charged for it)
1 message may already have been posted and won't be posted again.
Members find their movies in /movies.
  c: completed
Still rendering: 1,234 jobs. Credits settle when a job finishes, but its movie isn't posted, since it may already have\
 been: members find it in /movies.
"""


def test_each_kind_of_work_on_hold_comes_with_what_to_do() -> None:
    """Jobs that were unknown before are resolved like those of now."""
    held = HeldForReview(("a", "b"), (("c", NotificationType.COMPLETED),), rendering=1234, unknown=3)
    assert "\n".join(backups._review_lines("Now:", held)) == WORK + START_IT


def test_without_work_on_hold_nothing_is_left_to_do() -> None:
    assert backups._review_lines("Now:", NOTHING) == ["Now:", START_IT]


@pytest.mark.parametrize(
    ("messages", "last"), [(50, f"  job-49: {NotificationType.FAILED.value}"), (51, "  and 1 more (--json lists all)")]
)
def test_fifty_messages_are_named(messages: int, last: str) -> None:
    """--json has all."""
    held = HeldForReview(messages=tuple((f"job-{number}", NotificationType.FAILED) for number in range(messages)))
    lines = backups._review_lines("Now:", held)
    assert lines[-2:] == [last, START_IT]
    assert sum("job-" in line for line in lines) == 50
    assert backups._held_values(held)["messages_on_hold"] == [
        {"job": f"job-{number}", "notice": "failed"} for number in range(messages)
    ]


@pytest.mark.parametrize(
    ("done", "lines"),
    [
        (Restored(Path("movies.db"), None, (), NOTHING), ["Restored movies.db from copy.db."]),
        (
            Restored(Path("movies.db"), Path("before.db"), ("0007_a", "0008_b"), NOTHING),
            [
                "Restored movies.db from copy.db.",
                "The previous database is kept as before.db.",
                "The restored database was upgraded: 0007_a, 0008_b.",
            ],
        ),
    ],
)
def test_a_restore_says_what_else_it_did(done: Restored, lines: list[str]) -> None:
    assert backups._summary_lines("copy.db", done) == lines


def test_a_script_reads_the_same() -> None:
    held = HeldForReview(("a", "b"), (("c", NotificationType.COMPLETED),), rendering=4, unknown=3)
    values = {
        "jobs_on_hold": ("a", "b"),
        "messages_on_hold": [{"job": "c", "notice": "completed"}],
        "unknown_before": 3,
        "rendering": 4,
    }
    assert backups._values(Restored(Path("movies.db"), Path("before.db"), ("0008_b",), held)) == {
        "database": "movies.db",
        "replaced": "before.db",
        "migrated": ("0008_b",),
        **values,
    }
    assert backups._values(Restored("movies at host", None, (), held)) == {
        "database": "movies at host",
        "replaced": None,
        "migrated": (),
        **values,
    }

"""Killed while other things go wrong, or on its way out: the same promises hold.

Each trouble of killing/troubles.py leads the bot to a commit that it never makes on a good day; it dies before and
after it. And a bot that was asked to stop may be killed before it has: its host's patience is not ours to decide.
"""

from itertools import product
from pathlib import Path

import pytest

from tests.helpers import ledger_checks
from tests.process.crash.failpoints import STOPPED
from tests.process.crash.harness import MOVIE, CrashHarness, open_cinema
from tests.process.crash.invariants import MESSAGE_OF, check, check_answers, check_books, check_orders
from tests.process.crash.scenarios import AUDIT, TROUBLES

SAMPLE = {("unreachable", "before"), ("cut", "before")}
SAMPLED_STOP = ("create-sent:1", "commit-before mark_rendering:1")

POINTS = [
    pytest.param(name, work, when, id=f"{name}-{when}", marks=() if (name, when) in SAMPLE else (pytest.mark.slow,))
    for (name, trouble), when in product(TROUBLES.items(), ("before", "after"))
    for work in trouble.works
]


@pytest.mark.parametrize(("name", "work", "when"), POINTS)
async def test_killed_in_trouble(name: str, work: str, when: str, tmp_path: Path) -> None:
    """Killed at the commit that a trouble leads to, it is in no more trouble than before."""
    trouble = TROUBLES[name]
    async with open_cinema(tmp_path, callbacks=trouble.callbacks) as cinema:
        settings = trouble.bring(cinema)
        await cinema.run_until_killed(KILL_AT=f"commit-{when} {work}:1", **settings)
        assert cinema.passed[-1] == f"@ commit-{when} {work} 1", "it died somewhere else"
        cinema.age_database(3600 if trouble.callbacks else 0)
        await cinema.run_until_idle()
        [job] = [job for job in ledger_checks.jobs(cinema.path) if job["prompt"] == MOVIE]
        assert job["state"] == ("unknown" if job["id"] in cinema.submitting_at_death else trouble.state)
        if trouble.told:
            unknown = {job["id"] for job in ledger_checks.jobs(cinema.path) if job["state"] == "unknown"}
            check(cinema.discord, cinema.api, cinema.path, cinema.sent, cinema.submitting_at_death | unknown)
        else:
            check_all_but_messages(cinema)
        assert len(audit_lines(cinema)) == (name == "audited")


def check_all_but_messages(cinema: CrashHarness) -> None:
    """What was kept was never posted; all else is as ever."""
    jobs = check_books(cinema.path, cinema.submitting_at_death)
    check_orders(cinema.api, jobs)
    check_answers(cinema.discord, cinema.sent, jobs)
    contents = [message.content for message in cinema.discord.messages()]
    assert not [content for content in contents for words in MESSAGE_OF.values() if words in content]


def audit_lines(cinema: CrashHarness) -> list[str]:
    """What stands in the audit channel."""
    channels = [channel.id for channel in cinema.discord.world.channels.values() if channel.name == AUDIT]
    return [message.content for channel in channels for message in cinema.discord.messages(channel)]


@pytest.mark.parametrize(
    ("stop", "kill"),
    [
        pytest.param(
            *pair, id=" then ".join(pair).replace(" ", "_"), marks=() if pair == SAMPLED_STOP else (pytest.mark.slow,)
        )
        for pair in STOPPED
    ],
)
async def test_killed_on_its_way_out(stop: str, kill: str, tmp_path: Path) -> None:
    """A host that does not wait for the end of a stop loses nothing, and has nothing done twice."""
    async with open_cinema(tmp_path) as cinema:
        await cinema.run_until_killed(STOP_AT=stop, KILL_AT=kill)
        assert cinema.passed[-1] == f"@ {kill.replace(':', ' ')}", "it died somewhere else"
        await cinema.run_until_idle()
        check(cinema.discord, cinema.api, cinema.path, cinema.sent, cinema.submitting_at_death)


@pytest.mark.parametrize("nonce_forgotten", [True, False])
async def test_a_message_that_was_accepted_before_a_long_rest_is_not_posted_again(
    tmp_path: Path, *, nonce_forgotten: bool
) -> None:
    """Killed between Discord's acceptance and our record, and started again when the nonce may be forgotten."""
    async with open_cinema(tmp_path) as cinema:
        await cinema.run_until_killed(KILL_AT="message-answered:1")
        if nonce_forgotten:
            cinema.discord.forget_nonces()
        cinema.age_database(600)
        await cinema.run_until_idle()
        check(cinema.discord, cinema.api, cinema.path, cinema.sent, cinema.submitting_at_death)
        assert "duplicate_message_found" in "\n".join(cinema.log)

"""Kills during other faults, or during a shutdown: the same invariants hold."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from tests.helpers import ledger_checks
from tests.helpers.ledger_checks import Place
from tests.process.crash.failpoints import OLDER_OR_SLOW, SQLITE, SQLITE_2026, STOPPED, VARIANTS
from tests.process.crash.harness import MOVIE, CrashHarness, open_crash_harness
from tests.process.crash.invariants import MESSAGE_OF, check_answers, check_charges, check_ledger, check_orders
from tests.process.crash.scenarios import AUDIT, TROUBLES, FaultScenario

SAMPLE = {(SQLITE, "unreachable", "before"), (SQLITE, "cut", "before"), (SQLITE_2026, "model-refused", "after")}
SAMPLED_STOP = (SQLITE, "create-sent:1", "commit-before mark_rendering:1")

POINTS = [
    pytest.param(
        *variant,
        name,
        work,
        when,
        id=f"{'-'.join(variant)}-{name}-{when}",
        marks=() if (variant, name, when) in SAMPLE else (pytest.mark.slow,),
    )
    for variant, (name, trouble), when in product(VARIANTS, TROUBLES.items(), ("before", "after"))
    for work in trouble.works
]


@pytest.mark.parametrize(("engine", "version", "name", "work", "when"), POINTS)
async def test_killed_in_trouble(
    engine: str,
    version: ApiVersion,
    name: str,
    work: str,
    when: str,
    tmp_path: Path,
    crash_database: Callable[[], Place],
) -> None:
    trouble = TROUBLES[name]
    async with open_crash_harness(tmp_path, crash_database(), callbacks=trouble.callbacks, version=version) as harness:
        settings = trouble.bring(harness)
        await harness.run_until_killed(KILL_AT=f"commit-{when} {work}:1", **settings)
        assert harness.passed[-1] == f"@ commit-{when} {work} 1", "it died somewhere else"
        harness.age_database(3600 if trouble.callbacks else 0)
        await harness.run_until_idle()
        made = [job for job in ledger_checks.jobs(harness.database) if job["prompt"] == MOVIE]
        assert len(made) == 1 or (engine == "postgresql" and not made), "the other order may come first there"
        for job in made:
            assert (job["state"], job["end_reason"]) == expected_end(harness, job["id"], trouble)
        refusals = [job for job in made if job["end_reason"] == "model_refused"]
        assert len(ledger_checks.query(harness.database, "SELECT * FROM refused_models")) == len(refusals)
        unknown = {job["id"] for job in ledger_checks.jobs(harness.database) if job["state"] == "unknown"}
        if trouble.told:
            harness.check(rejected={MOVIE} if trouble.state == "failed" else frozenset(), unknown=unknown)
        else:
            check_all_but_messages(harness)
        audited = unknown if name == "audited" else set[str]()  # the kill may have cut off the other order, too
        lines = audit_lines(harness)
        assert len(lines) == len(audited)
        assert bool(audited) == (name == "audited")
        assert all(any(job_id in line for line in lines) for job_id in audited)


def expected_end(harness: CrashHarness, job_id: str, trouble: FaultScenario) -> tuple[str, str | None]:
    """On PostgreSQL, the other order may cause the death, before the first response to this one has arrived."""
    if job_id in harness.submitting_at_death:
        return "unknown", None
    if isinstance(harness.database, str) and job_id in harness.reserved_at_death:
        return "cancelled", "response_failed"
    return trouble.state, trouble.end_reason


def check_all_but_messages(harness: CrashHarness) -> None:
    jobs = check_ledger(harness.database, harness.submitting_at_death)
    check_orders(harness.api, jobs)
    check_charges(harness.api, harness.database, jobs)
    check_answers(harness.discord, harness.sent, jobs)
    contents = [message.content for message in harness.discord.messages()]
    assert not [content for content in contents for words in MESSAGE_OF.values() if words in content]


def audit_lines(harness: CrashHarness) -> list[str]:
    channels = [channel.id for channel in harness.discord.state.channels.values() if channel.name == AUDIT]
    return [message.content for channel in channels for message in harness.discord.messages(channel)]


@pytest.mark.parametrize(
    ("engine", "version", "stop", "kill"),
    [
        pytest.param(
            *variant,
            *pair,
            id=f"{'-'.join(variant)}-{' then '.join(pair).replace(' ', '_')}",
            marks=() if (variant, *pair) == SAMPLED_STOP else (pytest.mark.slow,),
        )
        for variant, pair in product(VARIANTS, STOPPED)
    ],
)
async def test_killed_on_its_way_out(
    version: ApiVersion, stop: str, kill: str, tmp_path: Path, crash_database: Callable[[], Place]
) -> None:
    async with open_crash_harness(tmp_path, crash_database(), version=version) as harness:
        await harness.run_until_killed(STOP_AT=stop, KILL_AT=kill)
        assert harness.passed[-1] == f"@ {kill.replace(':', ' ')}", "it died somewhere else"
        await harness.run_until_idle()
        harness.check()


@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize("nonce_forgotten", [True, False])
async def test_a_message_that_was_accepted_before_a_long_rest_is_not_posted_again(
    version: ApiVersion, tmp_path: Path, *, nonce_forgotten: bool
) -> None:
    """It is killed after Discord's acceptance, and restarted after the nonce's lifetime."""
    async with open_crash_harness(tmp_path, version=version) as harness:
        await harness.run_until_killed(KILL_AT="message-answered:1")
        if nonce_forgotten:
            harness.discord.forget_nonces()
        harness.age_database(600)
        await harness.run_until_idle()
        harness.check()
        assert "duplicate_message_found" in "\n".join(harness.log)

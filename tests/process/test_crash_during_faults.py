"""Kills during other faults, or during a shutdown: the same invariants hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.samsar.config import ApiVersion
from bot.sandbox.fault_injection import Route
from data.storage import engines
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import written
from tests.helpers.ledger_checks import Place
from tests.helpers.ports import free_port
from tests.process.crash.failpoints import OLDER_OR_SLOW, SQLITE, SQLITE_2026, STOPPED, VARIANTS, sampled
from tests.process.crash.harness import MOVIE, CrashHarness, open_crash_harness
from tests.process.crash.invariants import MESSAGE_OF, check_answers, check_charges, check_ledger, check_orders

AUDIT = "audit"

_NO_DEFAULT = {ApiVersion.MARCH_2025: "WAN2.1", ApiVersion.AUTUMN_2026: "COSMOS3SUPERI2V"}


@dataclass(frozen=True)
class FaultScenario:
    """A fault, the commit after it, and the movie's end. `discord` fails a path, `api` is a fault of an order."""

    work: str
    state: str = "completed"
    end_reason: str | None = None
    discord: tuple[str, dict[str, Any]] | None = None
    api: str | None = None
    staff: Literal["open", "closed"] | None = None
    told: bool = True
    callbacks: bool = False
    unreachable: bool = False

    def bring(self, harness: CrashHarness) -> Mapping[str, str]:
        """Return the settings of the process that meets it."""
        if self.discord is not None:
            path, how = self.discord
            harness.discord.fail("POST", path, **how)
        if self.api == "invalid-video-model":
            harness.models[MOVIE] = _NO_DEFAULT[harness.api.config.version]  # the other order has another one
        if self.api is not None:
            harness.api.inject(self.api, route=Route.CREATE, when=MOVIE)
        if self.staff is not None:
            channel = _name_staff_channel(harness)
            if self.staff == "closed":
                harness.discord.fail("POST", f"/channels/{channel}/messages", **_CLOSED)
        url = f"http://127.0.0.1:{free_port()}"
        if self.callbacks:
            address = {"PORT": url.rpartition(":")[2], "HOST": "127.0.0.1", "PUBLIC_URL": url}
            return {**address, "POLL_FASTEST_SECONDS": "60", "POLL_SLOWEST_SECONDS": "60"}
        return {"SAMSAR_BASE_URL": f"{url}{harness.api.contract.base_path}"} if self.unreachable else {}


_CLOSED: dict[str, Any] = {"status": 403, "code": 50001, "times": None}
_LATE = {"status": 404, "code": 10062, "times": 2}

TROUBLES = {
    "delayed": FaultScenario("reschedule", discord=("/channels/*/messages", {"status": 503, "times": 2})),
    "closed": FaultScenario("reject", discord=("/channels/*/messages", _CLOSED), told=False),
    "unreachable": FaultScenario("requeue", unreachable=True),
    "refused": FaultScenario("void", "cancelled", "response_failed", discord=("/interactions/**", _LATE)),
    "model-refused": FaultScenario("refuse", "failed", "model_refused", api="invalid-video-model"),
    "wrong-version": FaultScenario("refuse", "failed", "wrong_api", api="wrong-path"),
    "cut": FaultScenario("mark_unknown", "unknown", api="cut-after"),
    "audited": FaultScenario("_end", "unknown", api="cut-after", staff="open"),
    "audit-closed": FaultScenario("mark_closed", "unknown", api="cut-after", staff="closed"),
    "called-back": FaultScenario("record_callback", callbacks=True),
}


def _name_staff_channel(harness: CrashHarness) -> int:
    channel = harness.discord.state.add_channel(harness.discord.guild_id, AUDIT)
    engines.engine(harness.database_url).migrate()
    values = f"{harness.discord.guild_id}, {channel}"
    ledger_checks.execute(
        harness.database, f"INSERT INTO guild_settings (guild_id, staff_channel_id) VALUES ({values})"
    )
    return channel


SAMPLE = {(*SQLITE, "unreachable", "before"), (*SQLITE, "cut", "before"), (*SQLITE_2026, "model-refused", "after")}
POINTS = [(*variant, *point) for variant, point in product(VARIANTS, product(TROUBLES, ("before", "after")))]


@pytest.mark.parametrize(("engine", "version", "name", "when"), sampled(POINTS, SAMPLE))
async def test_killed_in_trouble(
    engine: str, version: ApiVersion, name: str, when: str, tmp_path: Path, crash_database: Callable[[], Place]
) -> None:
    trouble = TROUBLES[name]
    async with open_crash_harness(tmp_path, crash_database(), callbacks=trouble.callbacks, version=version) as harness:
        settings = trouble.bring(harness)
        await harness.run_until_killed(KILL_AT=f"commit-{when} {trouble.work}:1", **settings)
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
    contents = [written(message) for message in harness.discord.messages()]
    assert not [content for content in contents for words in MESSAGE_OF.values() if words in content]


def audit_lines(harness: CrashHarness) -> list[str]:
    channels = [channel.id for channel in harness.discord.state.channels.values() if channel.name == AUDIT]
    return [written(message) for channel in channels for message in harness.discord.messages(channel)]


@pytest.mark.parametrize(
    ("engine", "version", "stop", "kill"),
    sampled(
        [(*variant, *pair) for variant, pair in product(VARIANTS, STOPPED)],
        {(*SQLITE, "create-sent:1", "commit-before mark_rendering:1")},
    ),
)
async def test_killed_on_its_way_out(
    version: ApiVersion, stop: str, kill: str, tmp_path: Path, crash_database: Callable[[], Place]
) -> None:
    async with open_crash_harness(tmp_path, crash_database(), version=version) as harness:
        await harness.run_until_killed(STOP_AT=stop, KILL_AT=kill)
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
            harness.discord.state.nonces.clear()
        harness.age_database(600)
        await harness.run_until_idle()
        harness.check()
        assert "duplicate_message_found" in "\n".join(harness.log)

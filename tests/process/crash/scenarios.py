"""Faults that happen while the bot is killed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.samsar.config import ApiVersion
from bot.sandbox.fault_injection import Route
from data.storage import engines
from tests.helpers import ledger_checks
from tests.helpers.ports import free_port
from tests.process.crash.harness import MOVIE, CrashHarness

AUDIT = "audit"

_NO_DEFAULT = {ApiVersion.MARCH_2025: "WAN2.1", ApiVersion.AUTUMN_2026: "COSMOS3SUPERI2V"}


@dataclass(frozen=True)
class FaultScenario:
    """A fault, the commits after it, and the movie's end."""

    works: tuple[str, ...]
    bring: Callable[[CrashHarness], Mapping[str, str]]
    state: str = "completed"
    end_reason: str | None = None
    told: bool = True
    callbacks: bool = False


def _delayed(harness: CrashHarness) -> Mapping[str, str]:
    harness.discord.fail("POST", "/channels/*/messages", status=503, times=2)
    return {}


def _closed(harness: CrashHarness) -> Mapping[str, str]:
    harness.discord.fail("POST", "/channels/*/messages", status=403, code=50001, times=None)
    return {}


def _unreachable(harness: CrashHarness) -> Mapping[str, str]:
    return {"SAMSAR_BASE_URL": f"http://127.0.0.1:{free_port()}{harness.api.contract.base_path}"}


def _refused(harness: CrashHarness) -> Mapping[str, str]:
    harness.discord.fail("POST", "/interactions/**", status=404, code=10062, times=2)
    return {}


def _cut(harness: CrashHarness) -> Mapping[str, str]:
    harness.api.inject("cut-after", route=Route.CREATE, when=MOVIE)
    return {}


def _model_refused(harness: CrashHarness) -> Mapping[str, str]:
    harness.models[MOVIE] = _NO_DEFAULT[harness.api.config.version]  # the other order has another one
    harness.api.inject("invalid-video-model", route=Route.CREATE, when=MOVIE)
    return {}


def _wrong_version(harness: CrashHarness) -> Mapping[str, str]:
    harness.api.inject("wrong-path", route=Route.CREATE, when=MOVIE)
    return {}


def _audited(harness: CrashHarness) -> Mapping[str, str]:
    _name_staff_channel(harness)
    return _cut(harness)


def _audit_closed(harness: CrashHarness) -> Mapping[str, str]:
    channel = _name_staff_channel(harness)
    harness.discord.fail("POST", f"/channels/{channel}/messages", status=403, code=50001, times=None)
    return _cut(harness)


def _called_back(_: CrashHarness) -> Mapping[str, str]:
    port = str(free_port())
    address = {"PORT": port, "HOST": "127.0.0.1", "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    return {**address, "POLL_FASTEST_SECONDS": "60", "POLL_SLOWEST_SECONDS": "60"}


TROUBLES = {
    "delayed": FaultScenario(("reschedule",), _delayed),
    "closed": FaultScenario(("reject",), _closed, told=False),
    "unreachable": FaultScenario(("requeue",), _unreachable),
    "refused": FaultScenario(("void",), _refused, state="cancelled", end_reason="response_failed"),
    "model-refused": FaultScenario(("refuse",), _model_refused, state="failed", end_reason="model_refused"),
    "wrong-version": FaultScenario(("refuse",), _wrong_version, state="failed", end_reason="wrong_api"),
    "cut": FaultScenario(("mark_unknown",), _cut, state="unknown"),
    "audited": FaultScenario(("_end",), _audited, state="unknown"),
    "audit-closed": FaultScenario(("mark_closed",), _audit_closed, state="unknown"),
    "called-back": FaultScenario(("record_callback",), _called_back, callbacks=True),
}


def _name_staff_channel(harness: CrashHarness) -> int:
    channel = harness.discord.state.add_channel(harness.discord.guild_id, AUDIT)
    engines.engine(harness.database_url).migrate()
    values = f"{harness.discord.guild_id}, {channel}"
    ledger_checks.execute(
        harness.database, f"INSERT INTO guild_settings (guild_id, staff_channel_id) VALUES ({values})"
    )
    return channel

"""The circuit breaker never allows too many jobs, whatever happens."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.breaker import (
    INITIAL_PAUSE_MS,
    INITIAL_TRIAL_PAUSE_MS,
    MAX_PAUSE_MS,
    MAX_TRIAL_PAUSE_MS,
    PROBE_LEASE_MS,
    RATE_LIMITED_PAUSE_MS,
    Breaker,
    BreakerState,
    Outage,
)
from bot.domain.jobs import EndReason

NOW = 1_800_000_000_000
WIDTH = 4
HOUR = 3_600_000
CLOSED, OPEN, HALF_OPEN = BreakerState.CLOSED, BreakerState.OPEN, BreakerState.HALF_OPEN

EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["claim", "fail", "succeed", "release", "probe", "answer", "miss", "drop", "later"]),
        st.integers(0, 7),
        st.sampled_from(Outage),
        st.none() | st.integers(0, HOUR),
    ),
    max_size=60,
)


@dataclass
class Life:
    now: int = NOW
    breaker: Breaker = field(default_factory=Breaker)
    submitting: list[str] = field(default_factory=list[str])
    jobs: int = 0

    def step(self, what: str, number: int, outage: Outage, wait: int | None) -> None:
        breaker = self.breaker
        job_id = self.submitting[number % len(self.submitting)] if self.submitting else "nobody"
        match what:
            case "claim":
                self.claim()
            case "fail":
                self.breaker = breaker.failed(job_id, outage, self.now, wait)
            case "succeed":
                self.breaker = breaker.succeeded(job_id)
            case "release":
                self.breaker = breaker.released(job_id)
            case "probe":
                self.breaker = breaker.probing(self.now) if breaker.probe_is_due(self.now) else breaker
            case "answer":
                self.breaker = breaker.probe_answered()
            case "miss":
                self.breaker = breaker.probe_failed(outage, self.now, wait)
            case "drop":
                self.breaker = breaker.probe_released(self.now)
            case _:
                self.now += (-HOUR, 1000, 30_000, HOUR)[number % 4]
        if what in ("fail", "succeed", "release") and self.submitting:
            self.submitting.remove(job_id)

    def claim(self) -> None:
        for _ in range(self.breaker.jobs_allowed(WIDTH - len(self.submitting))):
            self.jobs += 1
            self.submitting.append(f"job {self.jobs}")
            self.breaker = self.breaker.claimed(self.submitting[-1])


@given(EVENTS)
def test_the_rules_hold_and_the_queue_comes_back(events: list[tuple[str, int, Outage, int | None]]) -> None:
    life = Life()
    for what, number, outage, wait in events:
        before, waited = life.breaker, set(life.submitting)
        life.step(what, number, outage, wait)
        after, claimed = life.breaker, set(life.submitting) - waited
        assert len(claimed) <= {CLOSED: WIDTH, OPEN: 0, HALF_OPEN: 1}[before.state]
        if after.trial_job_id is not None:
            assert after.state is HALF_OPEN
            assert after.trial_job_id in life.submitting
            assert after.jobs_allowed(WIDTH) == 0
        if before.state is not CLOSED and after.state is CLOSED:
            assert (what, before.state) == ("succeed", HALF_OPEN)
        if before.state is OPEN and after.state is HALF_OPEN:
            assert what == "answer"
        if before.state is CLOSED and after.state is not CLOSED:
            assert (what, after.state, after.opened_at) == ("fail", OPEN, life.now)
        if before.state is not CLOSED:
            assert after.opened_at == before.opened_at
        assert (after.state is CLOSED) == (after.outage is None)
        assert after.pause_ms <= HOUR
        if after.state is OPEN:
            assert after.probe_is_due(life.now) or 0 < after.retry_at - life.now <= max(after.pause_ms, PROBE_LEASE_MS)
    check_the_queue_comes_back(life)


def check_the_queue_comes_back(life: Life) -> None:
    for job_id in life.submitting:
        life.breaker = life.breaker.released(job_id)
    life.submitting.clear()
    life.now = max(life.now, life.breaker.retry_at)
    if life.breaker.state is OPEN:
        assert life.breaker.probe_is_due(life.now)
        life.breaker = life.breaker.probing(life.now).probe_answered()
    life.claim()
    if life.breaker.state is HALF_OPEN:
        [trial] = life.submitting
        life.breaker = life.breaker.succeeded(trial)
    assert (life.breaker.state, life.breaker.jobs_allowed(WIDTH)) == (CLOSED, WIDTH)


def opened(outage: Outage = Outage.NO_ANSWER, wait: int | None = None) -> Breaker:
    return Breaker().failed("first", outage, NOW, wait)


def test_pauses_double_while_probes_fail_up_to_two_minutes() -> None:
    breaker, pauses = opened(), [INITIAL_PAUSE_MS]
    for _ in range(8):
        breaker = breaker.probe_failed(Outage.NO_ANSWER, NOW)
        pauses.append(breaker.pause_ms)
        assert breaker.retry_at == NOW + breaker.pause_ms
    assert pauses == [2000, 4000, 8000, 16000, 32000, 64000, *[MAX_PAUSE_MS] * 3]


def test_pauses_grow_fourfold_where_each_trial_costs_an_unknown_job_and_twofold_where_nothing_was_made() -> None:
    """The API answers probes, but no orders. Of twelve jobs, five are tried in the first hour."""
    breaker = opened()
    pauses: list[int] = []
    while (now := breaker.retry_at) < NOW + HOUR:
        breaker = breaker.probe_answered().claimed("trial").failed("trial", Outage.NO_ANSWER, now)
        pauses.append(breaker.pause_ms)
    assert pauses == [INITIAL_TRIAL_PAUSE_MS, 240_000, 960_000, MAX_TRIAL_PAUSE_MS, MAX_TRIAL_PAUSE_MS]
    trial = opened().probe_answered().claimed("second")
    for outage in (Outage.UNREACHABLE, Outage.AUTHENTICATION_FAILED, Outage.PLAN_EXHAUSTED):
        assert trial.failed("second", outage, NOW).pause_ms == 2 * INITIAL_PAUSE_MS


def test_a_busy_api_is_left_alone_for_as_long_as_it_asked() -> None:
    found = [opened(Outage.RATE_LIMITED, wait).retry_at - NOW for wait in (None, 7000, 0)]
    assert found == [RATE_LIMITED_PAUSE_MS, 7000, INITIAL_PAUSE_MS]
    for wait in (0, 1000):
        probed = tried = opened(Outage.RATE_LIMITED, wait)
        for pause in (4000, 8000, 16_000):
            probed = probed.probe_failed(Outage.RATE_LIMITED, NOW, wait)
            tried = tried.probe_answered().claimed("trial").failed("trial", Outage.RATE_LIMITED, NOW, wait)
            assert (probed.retry_at, tried.retry_at) == (NOW + pause, NOW + pause)


def test_a_late_failure_never_shortens_the_pause_and_counts_once() -> None:
    breaker = opened(Outage.RATE_LIMITED, 60_000)
    assert breaker.failed("second", Outage.RATE_LIMITED, NOW, 5000) == breaker
    assert breaker.failed("second", Outage.RATE_LIMITED, NOW, 90_000).retry_at == NOW + 90_000, "it may grow"
    assert opened().failed("second", Outage.NO_ANSWER, NOW + 500).pause_ms == INITIAL_PAUSE_MS
    late = breaker.probe_answered().failed("late", Outage.NO_ANSWER, NOW)
    assert (late.state, late.outage, late.pause_ms) == (OPEN, Outage.NO_ANSWER, 60_000)


def test_a_late_answer_says_nothing_while_a_trial_is_under_way() -> None:
    trial = opened().probe_answered().claimed("trial")
    assert trial.failed("late", Outage.NO_ANSWER, NOW) == trial.succeeded("late") == trial.released("late") == trial
    assert opened().succeeded("late") == opened()
    assert [opened().probe_answered().jobs_allowed(limit) for limit in (0, 1, WIDTH)] == [0, 1, 1]


def test_a_probe_is_overdue_once_the_longest_pause_has_passed() -> None:
    breaker, longest = opened(), opened().retry_at + MAX_PAUSE_MS
    assert [breaker.probe_is_overdue(moment) for moment in (longest, longest + 1)] == [False, True]
    assert not Breaker().probe_is_overdue(NOW)
    assert not breaker.probe_answered().probe_is_overdue(NOW + HOUR)
    assert [breaker.probe_is_due(moment) for moment in (NOW, NOW - HOUR)] == [False, True], "the clock was set back"
    assert not breaker.probing(NOW).probe_is_due(NOW + PROBE_LEASE_MS - 1)


def test_members_read_of_an_outage_until_the_api_has_answered() -> None:
    answered = opened().probe_answered()
    shown = [each.shown_outage for each in (Breaker(), opened(), answered, answered.claimed("trial"))]
    assert shown == [None, Outage.NO_ANSWER, None, Outage.NO_ANSWER]


def test_each_outage_has_a_reason_that_its_jobs_end_with() -> None:
    reasons = {outage: outage.end_reason for outage in Outage}
    assert reasons[Outage.NO_ANSWER] is reasons[Outage.UNREACHABLE] is EndReason.UNREACHABLE
    assert len({*reasons.values()}) == len(reasons) - 1

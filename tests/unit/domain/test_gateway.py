"""Which shard serves a server, and how long a process that crashed waits."""

from collections.abc import Iterable
from itertools import cycle

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.process import STABLE_MS, Shard, ShardPlan, format_ids, parse, serialize, start_delay


def test_a_server_is_served_by_the_shard_of_its_id_and_direct_messages_by_shard_0() -> None:
    """The formula: https://docs.discord.com/developers/events/gateway#sharding-sharding-formula."""
    for count in (1, 2, 16):
        for number in range(40):
            assert Shard.serving((number << 22) + 4_194_303, count) == Shard(number % count, count)
    assert Shard.serving(None, 16) == Shard(0, 16)


def test_a_plan_is_written_as_people_do_and_knows_whether_others_complete_it_and_who_runs_shard_0() -> None:
    plans = {
        ShardPlan(): ("", False, True),
        ShardPlan(1): ("0 of 1", False, True),
        ShardPlan(2, (0, 1)): ("0-1 of 2", False, True),
        ShardPlan(2, (0,)): ("0 of 2", True, True),
        ShardPlan(2, (1,)): ("1 of 2", True, False),
        ShardPlan(16): ("0-15 of 16", False, True),
        ShardPlan(16, (0, 1, 2, 8, 10, 11)): ("0-2,8,10-11 of 16", True, True),
    }
    assert {plan: (str(plan), plan.is_part, plan.runs_first) for plan in plans} == plans
    assert format_ids([3, 1, 2]) == "1-3"


NOW = 1_800_000_000_000
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
CRASHED = tuple(NOW + minute * MINUTE for minute in range(8))


def starts_in_a_day(lives: Iterable[int]) -> int:
    """Simulate a day of crashes with these lifetimes in ms. A process that runs for an hour clears the record."""
    now, kept, count = NOW, "", 0
    for life in lives:
        now += int(1000 * start_delay(parse(kept), now))
        if now >= NOW + DAY:
            break
        count += 1
        kept = "" if life >= STABLE_MS else serialize((*parse(kept), now))
        now += life
    return count


def test_the_wait_doubles_from_the_third_start_on_up_to_ten_minutes() -> None:
    starts: tuple[int, ...] = ()
    pauses: list[float] = []
    for _ in range(12):
        pauses.append(start_delay(starts, NOW))
        starts = (*starts, NOW)
    assert pauses == [0, 0, 5, 10, 20, 40, 80, 160, 320, 600, 600, 600]


def test_starts_over_an_hour_before_or_after_now_count_no_more() -> None:
    last = CRASHED[-1]
    moments = (last + STABLE_MS, last + STABLE_MS + 1, last - STABLE_MS, last - STABLE_MS - 1, NOW - 365 * DAY)
    assert [start_delay(CRASHED, moment) for moment in moments] == [320, 0, 320, 0, 0]
    since = CRASHED[:3]
    assert start_delay((*(start + DAY for start in CRASHED), *since), since[-1]) == start_delay(since, since[-1]) == 10


@given(st.lists(st.one_of(st.integers(0, STABLE_MS + MINUTE), st.just(0)), min_size=1, max_size=40))
@example([0] * 9 + [STABLE_MS])
def test_no_pattern_of_crashes_burns_more_than_300_starts_a_day(pattern: list[int]) -> None:
    """Discord allows 1,000 IDENTIFYs a day. The most are short waits, then an hour that resets them."""
    assert starts_in_a_day(cycle(pattern)) <= 300


@given(st.lists(st.integers(0, 10**14), max_size=60), st.integers(0, 10**14))
def test_what_is_remembered_is_short_and_reads_back(starts: list[int], now: int) -> None:
    kept = parse(serialize((*starts, now)))
    assert kept == (*starts, now)[-20:]
    assert len(serialize(kept)) <= 320
    assert 0 <= start_delay(kept, now) <= 600
    assert parse(serialize(())) == parse(None) == parse("") == ()


@given(st.text())
@example("1 x 9999999999999999")
def test_a_broken_record_keeps_no_bot_from_starting(text: str) -> None:
    assert 0 <= start_delay(parse(text), NOW) <= 600

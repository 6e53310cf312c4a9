"""What commands print: reports, reviews, moves, checks and tables."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.cells import cell_len

from bot.cli import check, databases, ledger, parser, terminal
from bot.cli.terminal import format_count, format_table, format_utc
from bot.domain.credits import Budget, EntryType, LedgerEntry, Month
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason
from bot.domain.quota import ServerSpending
from bot.domain.reports import FailureStats, MonthlyReport, UsageShare
from bot.samsar.config import AUTUMN_2026, SamsarConfig
from data.engine.rows import Step
from data.restore_review import HeldForReview
from data.storage.move import Moved
from tests.helpers.settings import make_settings

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
    held = HeldForReview(("a", "b"), (("c", NotificationType.COMPLETED),), rendering=1234, unknown=3)
    assert "\n".join(databases._review_lines("Now:", held)) == WORK + START_IT
    assert databases._review_lines("Now:", NOTHING) == ["Now:", START_IT]


def test_fifty_messages_are_named() -> None:
    for count, last in ((50, f"  job-49: {NotificationType.FAILED.value}"), (51, "  and 1 more (--json lists all)")):
        jobs_held = [f"job-{number}" for number in range(count)]
        held = HeldForReview(messages=tuple((job, NotificationType.FAILED) for job in jobs_held))
        lines = databases._review_lines("Now:", held)
        assert (lines[-2:], sum("job-" in line for line in lines)) == ([last, START_IT], 50)
        values = databases._held_values(held)["messages_on_hold"]
        assert values == [{"job": job, "notice": "failed"} for job in jobs_held]


CINEMA, CLUB = {7: "The cinema"}, {8: "The\x1b[2J club"}
PRIVATE, PUBLIC = (
    "Only you can invite it (Public Bot is off)",
    "Anyone can invite it. To prevent that, switch Public Bot off in the developer portal (Bot)",
)
EVERY = "It serves every server that invites it, each for up to {} a month"
ONE = "One such server can spend your whole plan, and one person can have several"
TWO = "2 such servers can spend your whole plan, and one person can have several"
IN_CINEMA = "It is in The cinema (7)"
PASTE = "To serve only these servers, put this line into .env, without any server that you don't know:"
PLACES = (AUTUMN_2026.base_url, AUTUMN_2026.create_path, AUTUMN_2026.status_path)
AT_THE_API = SamsarConfig(SecretStr("key"), *PLACES, profile=AUTUMN_2026)


def test_the_operator_reads_what_strangers_can_cost(tmp_path: Path) -> None:
    to_paste = [IN_CINEMA, PASTE, "ALLOWED_SERVERS=7"]
    both = [IN_CINEMA, "It is in The[2J club (8)", PASTE, "ALLOWED_SERVERS=7,8"]
    spends = EVERY.format("100 credits")
    for plan, server, joined, public, lines in (
        (100, 100, {}, True, [PUBLIC, spends, ONE]),
        (101, 100, {}, True, [PUBLIC, spends, TWO]),
        (101, 100, {}, False, [PRIVATE, spends]),
        (101, 100, CINEMA, False, [PRIVATE, spends, *to_paste]),
        (100, 100, CINEMA, False, [PRIVATE, spends, ONE, *to_paste]),
        (100, 0, {}, True, [PUBLIC, EVERY.format("0 credits")]),
        (101, 100, CLUB | CINEMA, False, [PRIVATE, spends, TWO, *both]),
    ):
        settings = make_settings(tmp_path, plan_monthly_credits=plan, server_monthly_credits=server)
        assert check._visibility(settings, joined, public=public) == lines
    settings = make_settings(tmp_path, allowed_servers="7,11,12")
    assert check._visibility(settings, CINEMA | {9: "A stranger's"}, public=True) == [
        *(PUBLIC, "It serves only the servers in ALLOWED_SERVERS (3)", IN_CINEMA),
        "It is in A stranger's (9), which isn't in ALLOWED_SERVERS, so the bot will leave it",
        *(PASTE, "ALLOWED_SERVERS=7,9"),
    ]
    settings = make_settings(tmp_path, allowed_servers="7")
    only_these = [PRIVATE, "It serves only the servers in ALLOWED_SERVERS (1)", IN_CINEMA]
    assert check._visibility(settings, CINEMA, public=False) == only_these


def test_what_to_set_for_another_version_is_complete(tmp_path: Path) -> None:
    paths = {"samsar_create_path": "a", "samsar_status_path": "b"}
    elsewhere = replace(AT_THE_API, base_url="https://proxy.test/")
    every = "SAMSAR_BASE_URL and SAMSAR_CREATE_PATH and SAMSAR_STATUS_PATH and CATALOGUE_PATH"
    for given, other, told in (
        ({}, AT_THE_API, ", and remove SAMSAR_BASE_URL and CATALOGUE_PATH"),
        (paths, AT_THE_API, f", and remove {every}"),
        ({}, elsewhere, " and SAMSAR_BASE_URL=https://proxy.test/, and remove CATALOGUE_PATH"),
    ):
        settings = make_settings(tmp_path, **given)
        assert check._set(settings, other) == f"This API is version 2026. Set SAMSAR_API=2026{told}"


@pytest.mark.usefixtures("time_zone")
def test_a_time_is_shown_and_read_in_utc_in_every_time_zone() -> None:
    assert format_utc(1_794_312_000_999) == "2026-11-10 12:00:00 UTC"
    for given in ("2026-11-10T12:00", "2026-11-10 12:00:00", "2026-11-10T13:00+01:00"):
        assert parser._timestamp(given) == 1_794_312_000_000


def test_a_move_that_an_earlier_run_made_is_told_so_and_every_step_has_a_label() -> None:
    """A step without one would end the command on a terminal only."""
    lines = [*databases._move_lines(Moved("old.db", "new.db", None))]
    assert lines[:2] == ["Everything is already in new.db: an earlier run moved it.", ""]
    assert {*terminal._LABELS} == {*Step}


FIGURES = MonthlyReport(
    *(Month(2026, 11), 1001, 2, 3003, 4004, 5005, 6006, 7007),
    members=(
        UsageShare("22", "alice\x1b", 8, 80, 1800, 880),
        UsageShare("33", "", 1, 10, 10, 10),
        UsageShare("-987654321", "", 1, 10, 100, 100),
    ),
    models=(UsageShare("LUMA", "Luma", 9, 90, 900, 870),),
    failures=(FailureStats(EndReason.UPSTREAM_FAILED, 10, 1010, 101),),
    days=(),
    server=ServerSpending(Budget(2000, 1500, 50), failed=250),
    plan=Budget(20_000, 3003, 4004),
    charge_difference=-30,
    discrepancies=("plan budget",),
)

PRINTED = """\
month                    2026-11 (UTC)
movies completed         1,001
in progress              2
credits spent            3,003
on hold                  4,004
refunded                 5,005
lost to failed movies    6,006
charged above the price  -30
bonus credits granted    7,007
server budget            1,500 of 2,000 used, 250 of it on failed movies
plan left                12,993 of 20,000
API balance              4,200

member         movies  credits
alice (22)          8    1,800
33                  1       10
erased member       1      100

model  name  movies  credits  API charge  difference
LUMA   Luma       9      900         870  -30

failure          movies  refunded  lost
upstream_failed      10     1,010   101

mismatch: plan budget"""


def test_each_figure_of_a_report_stands_beside_its_name() -> None:
    assert "\n\n".join(ledger._report_sections(FIGURES, 4200)) == PRINTED


def test_every_entry_is_named() -> None:
    for entry_type in EntryType:
        assert terminal.describe_entry(LedgerEntry(0, entry_type, 70, 0, 0, "job", 11, 22, 0, "", "a boat"))
    entry = LedgerEntry(0, EntryType.CAPTURE, 70, 0, 0, "job", 11, 22, 0, "", "a boat", released=1030)
    assert terminal.describe_entry(entry) == "spent (1,030 refunded)"


def test_columns_are_aligned_by_the_width_that_a_terminal_gives_each_character() -> None:
    names = ("plain", "电影之夜", "🎬🎬", "cafe\u0301")
    table = format_table(("name", "credits"), [(name, 7) for name in names])
    assert [cell_len(line) for line in table.splitlines()] == [cell_len("电影之夜") + 2 + len("credits")] * 5
    table = format_table(("id", "limit", "used"), [("1300", 2000, 1300), ("1301", "no limit", -1_000_000)])
    assert table.splitlines()[1:] == ["1300  2,000          1,300", "1301  no limit  -1,000,000"]
    counted = [format_count(number, "credit") for number in (0, 1, 2, 1000)]
    assert counted == ["0 credits", "1 credit", "2 credits", "1,000 credits"]

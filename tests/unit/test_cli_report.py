"""What the command line prints of a report and an entry."""

from __future__ import annotations

import pytest

from bot.cli import ledger
from bot.domain.credits import Budget, EntryType, LedgerEntry, Month
from bot.domain.job import EndReason
from bot.domain.report import FailureStats, MonthlyReport, UsageShare

FIGURES = MonthlyReport(
    month=Month(2026, 11),
    movies=1001,
    running=2,
    spent=3003,
    held=4004,
    released=5005,
    upstream_charge=6006,
    granted=7007,
    members=(UsageShare("22", "alice", 8, 80, 1800, 880), UsageShare("-987654321", "", 1, 10, 100, 100)),
    models=(UsageShare("LUMA", "Luma", 9, 90, 900, 870),),
    failures=(FailureStats(EndReason.UPSTREAM_FAILED, 10, 1010, 101),),
    days=(),
    server=None,
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
plan left                12,993 of 20,000
API balance              4,200

member  name           movies  credits
22      alice               8    1,800
        erased member       1      100

model  name  movies  credits  API charge  difference
LUMA   Luma       9      900         870  -30

failure          movies  refunded  lost
upstream_failed      10     1,010   101

mismatch: plan budget"""


def test_each_figure_of_a_report_stands_beside_its_name() -> None:
    """The operator bills servers by them."""
    assert "\n\n".join(ledger._report_sections(FIGURES, 4200)) == PRINTED


@pytest.mark.parametrize("entry_type", EntryType)
def test_every_entry_is_named(entry_type: EntryType) -> None:
    """`credits show` prints each of a member's."""
    assert ledger._what(LedgerEntry(0, entry_type, 70, 0, 0, "job", 11, 22, 0, "", "a boat"))


def test_an_entry_that_captures_a_part_says_what_was_refunded() -> None:
    entry = LedgerEntry(0, EntryType.CAPTURE, 70, 0, 0, "job", 11, 22, 0, "", "a boat", released=1030)
    assert ledger._what(entry) == "spent (1,030 refunded)"
